using Deque.AxeCore.Commons;
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

    public static async Task<BrowserShop> Open(DatabaseKind kind = DatabaseKind.Sqlite, DatabaseSettings? settings = null, params string[] more)
    {
        string web = Environment.GetEnvironmentVariable("SWITCHYARD_WEB") ?? Path.Combine(TestPostgres.Root, "src", "web", "dist");
        File.Exists(Path.Combine(web, "index.html")).ShouldBeTrue("the web app is not built: ./run web build");
        return new BrowserShop(await Shop.Open(kind, settings: settings, more: ["--SWITCHYARD_WEB=" + web, .. more]));
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
    /// <param name="session">What <see cref="IBrowserContext.StorageStateAsync"/> kept of somebody who has signed in.</param>
    public async Task<IPage> Page(string path = "/", Width width = Width.Desk, ColorScheme scheme = ColorScheme.Light, string locale = "en-GB", string? session = null)
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
            StorageState = session,
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
    public static Task<IReadOnlyList<string>> Barriers(IPage page) => Axe(page, "{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'] }");

    /// <summary>The same in both schemes. Only colours differ between them, so the second look is at contrast alone.</summary>
    public static async Task<IReadOnlyList<string>> BarriersInBothSchemes(IPage page)
    {
        var found = await Barriers(page);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var dark = await Axe(page, "{ type: 'rule', values: ['color-contrast'] }");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return [.. found, .. dark.Select(d => "dark: " + d)];
    }

    private static readonly string AxeScript = new BundledAxeScriptProvider().GetScript();

    /// <remarks>Axe's own runner for Playwright opens another page for each look and describes what passes too, which takes half of the time.</remarks>
    private static async Task<IReadOnlyList<string>> Axe(IPage page, string runOnly)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window")) await page.EvaluateAsync(AxeScript);
        // Colours that change over slowly are judged when they have: a moment after the scheme changed they are neither the one nor the other.
        await page.EvaluateAsync("""
            async () => {
              for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
              await Promise.all(document.getAnimations().filter(a => a.effect?.getComputedTiming().endTime !== Infinity).map(a => a.finished.catch(() => {})));
            }
            """);
        return await page.EvaluateAsync<string[]>($$"""
            async () => (await axe.run(document, { runOnly: {{runOnly}}, resultTypes: ['violations'] })).violations.flatMap(v => v.nodes.map(n =>
                `${v.id} (${v.impact}): ${n.html.slice(0, 200)} ${[...n.any, ...n.all].slice(0, 2).map(c => c.message).join('; ')}`))
            """);
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
