using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>Why an order goes from where it goes, planning those that wait anew, and trying another network on the past.</summary>
[Collection(PagesTests.Floor)]
public sealed class PlanningTests(PlanningTests.Opened opened) : IClassFixture<PlanningTests.Opened>
{
    public sealed class Opened : IAsyncLifetime
    {
        public BrowserShop Shop { get; private set; } = null!;
        public string Order { get; private set; } = "";
        public string Number { get; private set; } = "";

        public async Task InitializeAsync()
        {
            Shop = await BrowserShop.Open();
            await Shop.Shop.Product("TIN-TEA", 20);
            var order = await Shop.Shop.Post("/orders", Given.Order(("TIN-TEA", 2)));
            (Order, Number) = (order.Text("id")!, order.Text("number")!);
        }

        public async Task DisposeAsync() => await Shop.DisposeAsync();
    }

    [Fact, Capability("NX-01", "NX-11", "SE-06")]
    public async Task A_person_reads_why_an_order_goes_where_it_goes_and_plans_those_that_wait_anew()
    {
        var page = await opened.Shop.SignedIn(path: $"/orders/{opened.Order}/routing");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync($"Why #{opened.Number}");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Sent from MAIN");
        var chosen = page.GetByRole(AriaRole.Row, new() { NameRegex = new("^MAIN") }).Filter(new() { HasText = "Sends it" });
        await Assertions.Expect(chosen).ToHaveCountAsync(1);
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();

        await page.GetByRole(AriaRole.Link, new() { Name = "Plan orders anew" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Only try" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Planned anew,");
        await Assertions.Expect(page.GetByText("Only tried")).ToBeVisibleAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Planning" }).GetByRole(AriaRole.Link, new() { Name = "Planned anew" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan anew", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Planned anew,");
        await Assertions.Expect(page.GetByText("Only tried")).ToHaveCountAsync(0);
        opened.Shop.ShouldBeQuiet();
    }

    [Fact, Capability("AX-67", "SE-06")]
    public async Task A_planner_tries_the_past_without_a_warehouse_and_follows_an_order_that_would_have_gone_otherwise()
    {
        var page = await opened.Shop.SignedIn(path: "/planning/backtests");
        await page.GetByRole(AriaRole.Link, new() { Name = "New back-test" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Without the main warehouse");
        await page.GetByLabel("Nodes closed").First.ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { NameRegex = new("^MAIN") }).ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Without the main warehouse");
        var orders = page.GetByRole(AriaRole.Region, new() { Name = "Orders that would have gone otherwise" }).First;
        var order = orders.GetByRole(AriaRole.Link, new() { Name = "#" + opened.Number, Exact = true });
        await Assertions.Expect(order).ToBeVisibleAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await order.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("#" + opened.Number);
        opened.Shop.ShouldBeQuiet();
    }
}
