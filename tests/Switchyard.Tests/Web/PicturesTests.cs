using Microsoft.Playwright;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Web;

/// <summary>
/// The pictures of the documents, made from the demo shop: <c>./run pictures</c> writes all of them to docs/pictures; the
/// ordinary run makes one, to know that it can be done.
/// </summary>
[Collection(PagesTests.Floor)]
public sealed class PicturesTests
{
    private static readonly (string Name, string Path)[] Pages =
    [
        ("dashboard", "/"), ("orders", "/orders"), ("order", "/orders/{order}"), ("inventory", "/inventory"), ("exceptions", "/exceptions"),
        ("drafts", "/drafts"), ("catalogue", "/catalogue"), ("customers", "/customers"), ("nodes", "/nodes"), ("settings", "/settings"),
    ];

    [Fact]
    public async Task The_main_pages_of_the_demo_shop_are_drawn()
    {
        string? to = Environment.GetEnvironmentVariable("SWITCHYARD_PICTURES");
        bool isAll = to is { Length: > 0 };
        string folder = isAll ? Directory.CreateDirectory(to!).FullName : Directory.CreateTempSubdirectory("switchyard-pictures-").FullName;
        var settings = Shop.NewDatabase(DatabaseKind.Sqlite);
        (await SwitchyardProcess.Run(settings.SqlitePath, null, "seed", "demo", "--history", isAll ? "3000" : "0")).Code.ShouldBe(0);
        await using var shop = await BrowserShop.Open(settings: settings);
        var found = await shop.Shop.Get("/orders?limit=1&query=" + Uri.EscapeDataString("tag:gift"));
        string order = found.GetProperty("data")[0].Text("id")!;
        foreach (var width in isAll ? new[] { Width.Desk, Width.Phone } : [Width.Desk])
            foreach (var scheme in isAll ? new[] { ColorScheme.Light, ColorScheme.Dark } : [ColorScheme.Light])
            {
                var page = await BrowserShop.SignIn(await shop.Page("/", width, scheme), "demo", "fenwick-and-vale");
                foreach (var (name, path) in isAll ? Pages : Pages[..1])
                {
                    await page.GotoAsync(path.Replace("{order}", order, StringComparison.Ordinal));
                    await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.WaitForAsync();
                    await PagesTests.Settled(page);
                    await WholeHeader(page);
                    string file = Path.Combine(folder, $"{name}-{width}-{scheme}.png".ToLowerInvariant());
                    await page.ScreenshotAsync(new PageScreenshotOptions { Path = file, Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
                    new FileInfo(file).Length.ShouldBeGreaterThan(5_000);
                }
            }
    }

    /// <summary>An order from the shop's checkout to its parcel, as the frames of a small silent film; eng/pictures makes it of them.</summary>
    [Fact]
    public async Task The_way_of_an_order_to_its_parcel_is_filmed()
    {
        if (Environment.GetEnvironmentVariable("SWITCHYARD_FILM") is not { Length: > 0 } to) return;
        string folder = Directory.CreateDirectory(to).FullName;
        int taken = 0;
        var settings = Shop.NewDatabase(DatabaseKind.Sqlite);
        (await SwitchyardProcess.Run(settings.SqlitePath, null, "seed", "demo", "--history", "0")).Code.ShouldBe(0);
        await using var shop = await BrowserShop.Open(settings: settings);
        var page = await BrowserShop.SignIn(await shop.Page("/"), "demo", "fenwick-and-vale");
        await page.SetViewportSizeAsync(1200, 750);
        await page.GotoAsync("/orders");
        await Frame();

        // The web shop's checkout sends the order; the list says that there is a new one.
        await shop.Shop.Post("/products", new { sku = "JUG-HAND-01", name = "Hand-thrown jug", weightGrams = 900, prices = new[] { new { currency = "GBP", priceMinor = 2400 } } });
        await shop.Shop.Post("/inventory/adjustments", new { items = new[] { "BHM", "MAN", "GLA" }.Select((node, i) => new { sku = "JUG-HAND-01", node, delta = 6 - 2 * i, reason = "first delivery" }) });
        var order = await shop.Shop.Post("/orders", new
        {
            channel = "web", currency = "GBP", method = "standard", customer = new { name = "Ada Byron", email = "ada@example.com" }, payment = new { status = "paid", method = "card" },
            shippingAddress = new { name = "Ada Byron", line1 = "1 Mill Lane", city = "Manchester", postcode = "M1 1AE", country = "GB" },
            lines = new[] { new { sku = "JUG-HAND-01", quantity = 2, unitPriceMinor = 2400 } },
        });
        string number = order.Text("number")!, id = order.Text("id")!;
        await page.GotoAsync("/orders");
        await page.GetByRole(AriaRole.Link, new() { Name = number }).First.WaitForAsync();
        await Frame();
        await page.GotoAsync("/orders/" + id);
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.WaitForAsync();
        await Frame();
        await page.GetByRole(AriaRole.Button, new() { Name = "BHM" }).First.ClickAsync();
        await Frame();
        await page.Keyboard.PressAsync("Escape");

        // The node gets it, picks, packs and hands it over; the page follows what happens.
        string work = (await shop.Shop.Post($"/orders/{id}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        await Frame();
        await shop.Shop.Post($"/fulfilments/{work}/start-picking", new { });
        await shop.Shop.Post($"/fulfilments/{work}/pick", new { });
        await Frame();
        await shop.Shop.Post($"/fulfilments/{work}/pack", new { });
        await Frame();
        await shop.Shop.Post($"/fulfilments/{work}/ship", new { carrier = "Evri", service = "Standard", tracking = "EV048210375GB" });
        await Frame();
        taken.ShouldBe(8);

        async Task Frame()
        {
            // What happened comes to the page by itself; a fresh load shows the same and is surer under load.
            if (taken >= 4) await page.ReloadAsync();
            await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.WaitForAsync();
            await PagesTests.Settled(page);
            await WholeHeader(page);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{++taken:00}.png"), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
        }
    }

    /// <summary>The header's end is fetched after the page.</summary>
    private static Task WholeHeader(IPage page) => page.Locator("header").GetByRole(AriaRole.Button, new() { NameRegex = new("^Attention") }).WaitForAsync();
}
