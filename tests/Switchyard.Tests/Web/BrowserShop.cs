using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Tests.Web;

/// <summary>How wide the window is: a desk, or a phone in one hand.</summary>
public enum Width { Desk = 1440, Phone = 390 }

/// <summary>
/// A server with the built web app and a few things to see, and people who look at it in a real browser. Whatever the pages
/// do against their content security policy, and whatever script fails, is collected and fails the test at its end.
/// </summary>
public sealed class BrowserShop : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";

    /// <summary>Loaded machines are slow: a page may need long, a wait ends as soon as its state is there.</summary>
    private const int MostWaitMs = 60_000;

    private readonly List<IBrowserContext> _contexts = [];
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _faults = new();
    private readonly HashSet<string> _hired = [];

    private BrowserShop(Shop shop) => Shop = shop;

    public Shop Shop { get; }

    /// <summary>Faults of pages that a test expects: whose text contains one of these is let through.</summary>
    public List<string> Expected { get; } = [];

    public static async Task<BrowserShop> Open(DatabaseKind kind = DatabaseKind.Sqlite, DatabaseSettings? settings = null)
    {
        string web = Environment.GetEnvironmentVariable("SWITCHYARD_WEB") ?? Path.Combine(TestPostgres.Root, "src", "web", "dist");
        File.Exists(Path.Combine(web, "index.html")).ShouldBeTrue("the web app is not built: ./run web build");
        return new BrowserShop(await Shop.Open(kind, settings: settings, more: "--SWITCHYARD_WEB=" + web));
    }

    /// <summary>Things to see: products, stock high and low, orders that go on, are held and are short.</summary>
    public async Task<IReadOnlyList<string>> Fill()
    {
        await Shop.Post("/nodes", new { code = "STORE", name = "Leeds store", kind = "store", address = new { name = "Store", line1 = "7 Victoria Quarter", city = "Leeds" }, country = "GB", postcode = "LS1 6AZ", position = new { latitude = 53.798, longitude = -1.541 } });
        foreach (var (sku, units) in new[] { ("MUG-MOSS", 40L), ("BOWL-INK", 3L), ("JUG-OAT", 0L) }) await Shop.Product(sku, units, priceMinor: 1250);
        await Shop.Stock("MUG-MOSS", 6, "STORE");
        var orders = new List<string>();
        for (int i = 0; i < 3; i++) orders.Add((await Shop.Post("/orders", Given.Order(("MUG-MOSS", 1 + i)))).Text("id")!);
        await Shop.Post($"/orders/{orders[1]}/hold", new { reason = "The buyer asked to wait" });
        await Shop.Post($"/orders/{orders[2]}/notes", new { body = "Leave it with the neighbour", isPinned = true });
        await Shop.Post($"/orders/{orders[2]}/tags", new { add = new[] { "gift" } });
        return orders;
    }

    /// <summary>A window of a person with this role (or a role of the shop's own), signed in, at the page.</summary>
    public async Task<IPage> SignedIn(string role = BuiltInRoles.Administrator, string path = "/", Width width = Width.Desk, ColorScheme scheme = ColorScheme.Light, string locale = "en-GB")
    {
        string user = role + "-person";
        if (_hired.Add(user)) await Shop.Post("/users", new { userName = user, displayName = "Robin Reader", password = Password, roles = new[] { role } });
        return await SignIn(await Page(path, width, scheme, locale), user, Password);
    }

    /// <summary>Signs in at the page as it stands.</summary>
    public static async Task<IPage> SignIn(IPage page, string user, string password)
    {
        await page.GetByLabel("User name").FillAsync(user);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        // The page of signing in has a heading too: only when it is gone is somebody signed in.
        await page.GetByLabel("User name").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.WaitForAsync();
        return page;
    }

    /// <summary>A window of somebody who has not signed in.</summary>
    public async Task<IPage> Page(string path = "/", Width width = Width.Desk, ColorScheme scheme = ColorScheme.Light, string locale = "en-GB")
    {
        var context = await (await Chromium.Browser).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Shop.Address,
            ViewportSize = new ViewportSize { Width = (int)width, Height = width == Width.Phone ? 844 : 900 },
            HasTouch = width == Width.Phone,
            IsMobile = width == Width.Phone,
            ColorScheme = scheme,
            Locale = locale,
            TimezoneId = "Europe/London",
            ReducedMotion = ReducedMotion.Reduce,
        });
        lock (_contexts) _contexts.Add(context);
        context.SetDefaultTimeout(MostWaitMs);
        Assertions.SetDefaultExpectTimeout(MostWaitMs);
        await context.AddInitScriptAsync("addEventListener('securitypolicyviolation', e => console.error(`against the policy: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile ?? ''}:${e.lineNumber} ${e.sample}`));");
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => _faults.Enqueue($"script failed at {page.Url}: {error}");
        page.Console += (_, message) =>
        {
            // The browser itself writes a line for every answer of 400 and more; the app shows those to people.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) _faults.Enqueue($"{page.Url}: {message.Text}");
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Shop.Address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                _faults.Enqueue($"{page.Url} asks another site: {request.Url}");
        };
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>What axe finds against WCAG 2.2 A and AA on the page as it stands.</summary>
    public static async Task<IReadOnlyList<string>> Barriers(IPage page)
    {
        var found = await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa") });
        return [.. found.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id} ({v.Impact}): {n.Html[..Math.Min(200, n.Html.Length)]} {string.Join("; ", n.Any.Concat(n.All).Select(c => c.Message).Take(2))}"))];
    }

    /// <summary>Ends the test: nothing that a page did may have been against its policy, failed, or gone to another site.</summary>
    public void ShouldBeQuiet()
    {
        var faults = _faults.Where(f => !Expected.Exists(f.Contains)).Distinct().ToList();
        faults.ShouldBeEmpty(string.Join('\n', faults));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts) await context.CloseAsync();
        await Shop.DisposeAsync();
    }
}
