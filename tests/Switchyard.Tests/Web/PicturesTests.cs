using Microsoft.Playwright;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Web;

/// <summary>
/// The pictures of the documents, made from the demo shop: <c>./run pictures</c> writes all of them to docs/pictures; the
/// ordinary run makes one, to know that it can be done.
/// </summary>
[Collection(PagesTests.Name)]
public sealed class PicturesTests
{
    private static readonly (string Name, string Path)[] Pages =
    [
        ("dashboard", "/"), ("orders", "/orders"), ("order", "/orders/{order}"), ("inventory", "/inventory"), ("exceptions", "/exceptions"),
        ("catalogue", "/catalogue"), ("customers", "/customers"), ("nodes", "/nodes"), ("settings", "/settings"),
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
                    string file = Path.Combine(folder, $"{name}-{width}-{scheme}.png".ToLowerInvariant());
                    await page.ScreenshotAsync(new PageScreenshotOptions { Path = file, Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
                    new FileInfo(file).Length.ShouldBeGreaterThan(5_000);
                }
            }
    }
}
