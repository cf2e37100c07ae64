using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>An order looked risky to the rules: somebody who may judge that lets it go on.</summary>
[Collection(PagesTests.Name)]
public sealed class ReleaseAFraudHoldTests(OrderDesk desk)
{
    [Theory]
    [InlineData(Hand.Mouse, ColorScheme.Light)]
    [InlineData(Hand.Finger, ColorScheme.Dark)]
    [InlineData(Hand.Keys, ColorScheme.Light)]
    [Capability("OV-02", "OV-04", "SE-06")]
    public async Task A_service_agent_finds_what_is_held_for_fraud_sees_why_and_releases_it(Hand hand, ColorScheme scheme)
    {
        var (id, number) = await desk.RiskyOrder();
        var shop = await desk.Shop();
        var judge = await desk.Person("fay", "/orders", hand, scheme);
        var page = judge.Page;
        await judge.Press(page.GetByRole(AriaRole.Navigation, new() { Name = "Views" }).GetByRole(AriaRole.Button, new() { NameRegex = new("^On hold") }));
        await judge.Press(page.GetByRole(AriaRole.Link, new() { Name = "#" + number }));

        var stops = page.GetByRole(AriaRole.Region, new() { Name = "What stops this order" });
        await Assertions.Expect(stops).ToContainTextAsync("Held: Fraud");
        await Assertions.Expect(stops).ToContainTextAsync("The risk score is 70, above 50");
        await judge.Press(stops.GetByRole(AriaRole.Button, new() { Name = "Release hold" }));
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByRole(AriaRole.Table)).ToContainTextAsync("Released");
        if (!judge.HasKeysOnly) (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await judge.Write(dialog.GetByLabel("Reason"), "Called her, the card is hers");
        await judge.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Release hold" }));
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Assertions.Expect(stops).ToHaveCountAsync(0);
        var timeline = page.GetByRole(AriaRole.Region, new() { Name = "Timeline" });
        await judge.Press(timeline.GetByRole(AriaRole.Button, new() { Name = "Holds" }));
        await Assertions.Expect(timeline).ToContainTextAsync("Called her, the card is hers");

        var order = await shop.Get("/orders/" + id);
        (order.Text("state"), order.GetProperty("isHeld").GetBoolean()).ShouldBe(("confirmed", false));
        (await desk.Opened).ShouldBeQuiet();
    }

    [Fact, Capability("OV-02", "SE-01")]
    public async Task Whoever_may_not_judge_fraud_is_told_so_before_trying()
    {
        var (id, _) = await desk.RiskyOrder();
        var agent = await desk.Person("ann", "/orders/" + id, Hand.Mouse);
        await Assertions.Expect(agent.Page.GetByRole(AriaRole.Region, new() { Name = "What stops this order" })).ToContainTextAsync("needs the right");
        await Assertions.Expect(agent.Page.GetByRole(AriaRole.Button, new() { Name = "Release hold" })).ToHaveCountAsync(0);
        (await desk.Opened).ShouldBeQuiet();
    }
}
