using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Switchyard.Tests.Torture;
using Xunit.Abstractions;

namespace Switchyard.Tests.Web;

/// <summary>Texts that break programs, wherever people may write: shown as the text they are, and nothing runs or bursts.</summary>
[Collection(PagesTests.Name)]
public sealed class HostileTextOnPagesTests(ITestOutputHelper output)
{
    private const int NotesAnOrder = 40, TagsAnOrder = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>What a shop meets beside the lists: each begins with a word to find it by.</summary>
    private static readonly string[] Findable =
    [
        "Findme <script>document.title='ran'</script>", "Findme \"><img src=x onerror=alert(1)>", "Findme \u202Egnp.exe\u202C", "Findme a\u200Bb\u200Dc\uFEFFd",
        "Findme مرحبا بالعالم שלום", "Findme " + new string('W', 150), "Findme {{7*7}} ${7*7} <%= 7*7 %>", "Findme javascript:alert(1)",
        "Findme Z\u0351\u0352\u0353a\u0300\u0301\u0302l\u0363\u0364\u0365g\u035C\u035D\u035Eo", "Findme 田中さんにあげて下さい 😀👨‍👩‍👧",
    ];

    [Fact, Capability("P24")]
    public async Task Hostile_text_in_names_notes_tags_skus_and_addresses_is_shown_as_text()
    {
        await using var browser = await BrowserShop.Open();
        List<string> texts = [.. HostileTextTests.Texts(output), .. Findable, "Long " + string.Join(' ', Enumerable.Repeat("words", 30))];
        var told = new Told();
        await Write(browser.Shop, texts, told);
        output.WriteLine($"{texts.Count} texts: {told.Names.Count} names, {told.Skus.Count} SKUs, {told.Towns.Count} towns, {told.Orders.Sum(o => o.Written.Count)} notes, tags and lines were taken");
        told.Names.Count.ShouldBeGreaterThan(Findable.Length);

        var page = await browser.SignedIn(path: "/customers", width: Width.Phone);
        var faults = new List<string>();
        page.Dialog += (_, dialog) =>
        {
            lock (faults) faults.Add($"{page.Url} opened a window that says {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        Lacks("customers", told.Names, await Walk(page, "/customers", faults), faults);
        Lacks("catalogue", told.Skus, await Walk(page, "/catalogue", faults), faults);
        Lacks("orders", told.Towns, await Walk(page, "/orders?sort=-placedAt", faults), faults);

        string printed = "";
        foreach (var (order, written) in told.Orders)
        {
            await Look.At(page, "/orders/" + order);
            Lacks("order page", written, await Whole(page, written), faults);
            await Judge(page, faults);
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            printed += await page.Locator("body").InnerTextAsync();
            if (await Look.IsTooWide(page)) faults.Add($"{page.Url} is wider than its paper");
            await page.EmulateMediaAsync(new() { Media = Media.Screen });
        }
        Lacks("print", [.. told.Orders.SelectMany(o => o.Written).Where(n => n.StartsWith("Findme <script>", StringComparison.Ordinal))], printed, faults);

        foreach (string path in told.Pages) { await Look.At(page, path); await Judge(page, faults); }
        await Palette(await browser.SignedIn(path: "/"), faults);
        faults.ShouldBeEmpty(string.Join('\n', faults.Take(40)));
        browser.ShouldBeQuiet();
    }

    /// <summary>What the server took, and where it stands now.</summary>
    private sealed class Told
    {
        public List<string> Names { get; } = [];
        public List<string> Skus { get; } = [];
        public List<string> Towns { get; } = [];

        /// <summary>Notes, tags and names of lines, by the order they are on.</summary>
        public List<(string Order, List<string> Written)> Orders { get; } = [];
        public List<string> Pages { get; } = [];
    }

    /// <summary>Writes every text everywhere it is taken; what is refused by its field is no text of the shop.</summary>
    private static async Task Write(Shop shop, List<string> texts, Told told)
    {
        await shop.Product("A", 100_000, priceMinor: 100);
        foreach (string text in texts)
        {
            if (await Took(shop, "/customers", new { name = text, tags = new[] { "hostile" }, addresses = new[] { new { line1 = text, city = "Leeds" } } }) is { } customer)
            {
                told.Names.Add(customer.Text("name")!);
                if (text.StartsWith("Findme", StringComparison.Ordinal)) told.Pages.Add("/customers/" + customer.Text("id"));
            }
            if (await Took(shop, "/products", new { sku = text, name = text }) is { } product)
            {
                told.Skus.Add(product.Text("sku")!);
                if (text.StartsWith("Findme", StringComparison.Ordinal)) told.Pages.AddRange([At("/catalogue/"), At("/inventory/")]);
                string At(string begin) => begin + Uri.EscapeDataString(product.Text("sku")!);
            }
            var body = Given.Order(("A", 1));
            body["shippingAddress"] = new { name = text, line1 = text, city = text, postcode = "LS1 6AZ", country = "GB" };
            if (await Took(shop, "/orders", body) is { } order) told.Towns.Add(order.GetProperty("shippingAddress").Text("city")!);
        }
        foreach (string[] some in texts.Chunk(NotesAnOrder))
        {
            var body = Given.Order(("A", 1));
            var written = new List<string>();
            string[] lines = [.. some.Where(t => t.Length is > 1 and < 200 && t.Trim() == t && !t.Any(char.IsControl) && !t.Any(char.IsSurrogate)).Take(5)];
            body["lines"] = lines.Select(name => new { sku = "A", name, quantity = 1, unitPriceMinor = 5 }).Prepend(new { sku = "A", name = "plain", quantity = 1, unitPriceMinor = 5 }).ToArray();
            if (await Took(shop, "/orders", body) is { } order) written.AddRange(lines);
            else order = await shop.Post("/orders", Given.Order(("A", 1)));
            string id = order.Text("id")!;
            foreach (string text in some) if (await Took(shop, $"/orders/{id}/notes", new { body = text }) is not null) written.Add(text);
            foreach (string text in some.Take(TagsAnOrder)) if (await Took(shop, $"/orders/{id}/tags", new { add = new[] { text } }) is not null) written.Add(text);
            told.Orders.Add((id, written));
        }
    }

    private static async Task<JsonElement?> Took(Shop shop, string path, object body)
    {
        using var answer = await shop.Send(HttpMethod.Post, path, body);
        ((int)answer.StatusCode).ShouldBeLessThan(500, path);
        return answer.IsSuccessStatusCode ? await Shop.Read(answer, null) : null;
    }

    /// <summary>All pages of a list, one after the other; what is written on them.</summary>
    private static async Task<string> Walk(IPage page, string path, List<string> faults)
    {
        await Look.At(page, path);
        string written = "";
        while (true)
        {
            await PagesTests.Settled(page);
            written += await Look.Written(page) + "\n";
            await Judge(page, faults);
            var next = page.GetByRole(AriaRole.Button, new() { Name = "Next", Exact = true });
            if (await next.CountAsync() == 0 || await next.IsDisabledAsync()) return written;
            string first = (await page.Locator("[data-row]").First.GetAttributeAsync("data-row"))!;
            await next.ClickAsync();
            // An id in a selector would have to be escaped: a SKU may hold anything. The rows are looked at instead.
            await Assertions.Expect(page.Locator("[data-row]").First).Not.ToHaveAttributeAsync("data-row", first);
        }
    }

    /// <summary>What is written on a page once the last of these texts has come: parts of a page are fetched each by itself.</summary>
    private static async Task<string> Whole(IPage page, IReadOnlyList<string> texts)
    {
        string written = "";
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(100))
            if (Missing(texts, written = await Look.Written(page)).Length == 0) break;
        return written;
    }

    private static async Task Judge(IPage page, List<string> faults)
    {
        if (await Look.IsTooWide(page)) faults.Add($"{page.Url} is wider than the window");
        foreach (string element in await Look.Foreign(page)) faults.Add($"{page.Url} has {element}");
        if (await page.TitleAsync() == "ran") faults.Add($"{page.Url} ran a script");
    }

    private static async Task Palette(IPage page, List<string> faults)
    {
        await page.Keyboard.PressAsync("Control+k");
        var dialog = page.GetByRole(AriaRole.Dialog);
        var field = dialog.GetByRole(AriaRole.Combobox);
        foreach (string typed in (string[])["findme", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "hostile", "'; drop table orders; --", "\u202Egnp.exe"])
        {
            await field.FillAsync(typed);
            await Assertions.Expect(dialog.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
            if (typed == "findme") await Assertions.Expect(dialog.GetByRole(AriaRole.Option, new() { Name = "Findme" }).First).ToBeVisibleAsync();
            await Judge(page, faults);
        }
    }

    private static void Lacks(string where, IReadOnlyList<string> texts, string written, List<string> faults) =>
        faults.AddRange(Missing(texts, written).Take(5).Select(t => $"{where} lack {JsonSerializer.Serialize(t[..Math.Min(t.Length, 80)])}"));

    private static string[] Missing(IReadOnlyList<string> texts, string written) => [.. texts.Where(t => !written.Contains(t.Trim(), StringComparison.Ordinal))];
}
