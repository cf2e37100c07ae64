using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>A list that lives: what comes waits behind a pill, and the row under the pointer stays where it is.</summary>
[Collection(PagesTests.Name)]
public sealed class LiveOrdersTests(OrderDesk desk)
{
    [Theory]
    [InlineData(true, "YO1 1AA")]
    [InlineData(false, "YO1 1AB")]
    public async Task New_orders_wait_behind_a_pill_and_no_row_moves_also_when_the_stream_of_events_is_cut(bool hasStream, string postcode)
    {
        var (_, first) = await desk.Order("York", postcode);
        var agent = await desk.Person("fay", "/", Hand.Mouse);
        var page = agent.Page;
        if (!hasStream) await page.RouteAsync("**/api/v1/events/stream", route => route.AbortAsync());
        await page.GotoAsync("/orders?query=" + Uri.EscapeDataString($"postcode:\"{postcode}\""));
        var links = page.GetByRole(AriaRole.Link, new() { NameRegex = new("^#") });
        await Assertions.Expect(links).ToHaveCountAsync(1);
        await links.First.HoverAsync();

        var (_, second) = await desk.Order("York", postcode);
        var pill = page.GetByRole(AriaRole.Button, new() { Name = "1 new" });
        await pill.WaitForAsync();
        (await links.AllTextContentsAsync()).ShouldBe(["#" + first], "rows stay where they are until somebody asks");
        await pill.ClickAsync();
        await Assertions.Expect(links).ToHaveTextAsync(["#" + second, "#" + first]);
        await Assertions.Expect(pill).ToHaveCountAsync(0);
    }
}
