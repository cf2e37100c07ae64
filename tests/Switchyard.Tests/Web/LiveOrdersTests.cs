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
        string search = Of(postcode);
        // The stream tells what happens from when it is open: an order before that is on the list or on none.
        if (hasStream) await page.RunAndWaitForResponseAsync(() => page.GotoAsync(search), IsStream);
        else await page.GotoAsync(search);
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

    [Fact]
    public async Task A_new_order_that_the_search_finds_only_at_the_second_look_is_told_all_the_same()
    {
        const string postcode = "YO1 1AC";
        await desk.Order("York", postcode);
        var page = (await desk.Person("fay", "/", Hand.Mouse)).Page;
        var (stream, list) = (page.WaitForResponseAsync(IsStream), page.WaitForResponseAsync(a => a.Url.Contains("/api/v1/orders?", StringComparison.Ordinal) && a.Url.Contains("YO1", StringComparison.Ordinal)));
        await page.GotoAsync(Of(postcode));
        await stream;
        byte[] before = await (await list).BodyAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new("^#") })).ToHaveCountAsync(1);
        int looks = 0;
        await page.RouteAsync((await list).Url, route => Interlocked.Increment(ref looks) == 1 ? route.FulfillAsync(new() { BodyBytes = before, ContentType = "application/json" }) : route.ContinueAsync());

        await desk.Order("York", postcode);
        await page.GetByRole(AriaRole.Button, new() { Name = "1 new" }).WaitForAsync();
    }

    private static string Of(string postcode) => "/orders?query=" + Uri.EscapeDataString($"postcode:\"{postcode}\"");

    private static bool IsStream(IResponse answer) => answer.Url.EndsWith("/events/stream", StringComparison.Ordinal);
}
