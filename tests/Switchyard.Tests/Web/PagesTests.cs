using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>A person signs in, and every page of the navigation opens: at a desk and on a phone, light and dark, without a barrier.</summary>
[Collection(Name)]
public sealed class PagesTests(PagesTests.Opened opened) : IClassFixture<PagesTests.Opened>
{
    /// <summary>Browser tests run one after the other: each takes a core by itself.</summary>
    public const string Name = "browser";

    /// <summary>One shop for all pages, since none of them changes it.</summary>
    public sealed class Opened : IAsyncLifetime
    {
        public BrowserShop Shop { get; private set; } = null!;
        public IReadOnlyList<string> Orders { get; private set; } = [];

        public async Task InitializeAsync()
        {
            Shop = await BrowserShop.Open();
            Orders = await Shop.Fill();
            var page = await Shop.SignedIn();
            await page.Locator("nav a[href^='/']").First.WaitForAsync();
            Links = [.. (await page.Locator("nav a[href^='/']").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))")).Distinct()];
        }

        /// <summary>The addresses of the navigation, as an administrator's links name them.</summary>
        public IReadOnlyList<string> Links { get; private set; } = [];

        public async Task DisposeAsync() => await Shop.DisposeAsync();
    }

    [Fact, Capability("SE-11")]
    public async Task A_person_signs_in_is_greeted_by_name_and_signs_out()
    {
        var page = await opened.Shop.Page("/orders");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await page.GetByLabel("User name").FillAsync("nobody");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("not the password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("wrong");
        opened.Shop.ShouldBeQuiet();

        page = await opened.Shop.SignedIn("viewer", "/orders");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/orders"));
        opened.Shop.ShouldBeQuiet();
    }

    [Theory]
    [InlineData(Width.Desk, ColorScheme.Light)]
    [InlineData(Width.Desk, ColorScheme.Dark)]
    [InlineData(Width.Phone, ColorScheme.Light)]
    [InlineData(Width.Phone, ColorScheme.Dark)]
    [Capability("SE-06", "SE-11", "P24")]
    public async Task Every_page_of_the_navigation_opens_without_a_barrier_and_keeps_to_its_policy(Width width, ColorScheme scheme)
    {
        var page = await opened.Shop.SignedIn(path: "/", width: width, scheme: scheme);
        opened.Links.Count.ShouldBeGreaterThan(5);
        var faults = new List<string>();
        foreach (string link in opened.Links)
        {
            await page.GotoAsync(link);
            await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.WaitForAsync();
            await Settled(page);
            (await page.GetByLabel("User name").CountAsync()).ShouldBe(0, link + " is shown to whoever signed in");
            faults.AddRange((await BrowserShop.Barriers(page)).Select(b => $"{link}: {b}"));
            if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth + 1")) faults.Add($"{link} is wider than the window");
        }
        faults.ShouldBeEmpty(string.Join('\n', faults));
        opened.Shop.ShouldBeQuiet();
    }

    /// <summary>Nothing is being fetched and no place is kept for what comes.</summary>
    /// <remarks>Asked from outside: a function waiting inside the page would be against its own policy.</remarks>
    internal static Task Settled(IPage page) =>
        Assertions.Expect(page.Locator("[aria-busy=true], .mantine-Skeleton-root, .mantine-Loader-root")).ToHaveCountAsync(0);
}

[CollectionDefinition(PagesTests.Name)]
public sealed class BrowserCollection;
