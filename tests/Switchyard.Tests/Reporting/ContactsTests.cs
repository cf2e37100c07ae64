using System.Net;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Reporting;

/// <summary>Customers who ask where their order is, beside the orders that shipped.</summary>
public sealed class ContactsTests
{
    [Theory, BothDatabases, Capability("CU-05")]
    public async Task Contacts_are_counted_for_each_hundred_orders_shipped_in_a_week_and_whoever_cannot_follow_an_order_is_listed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);          // Monday, 2 March 2026
        await shop.Product("MUG", 100, priceMinor: 1000);
        var first = await Shipped(shop, 3);
        await Asked(shop, first[0], "whereIsIt", "phone", "Where is my jug?");
        await Asked(shop, first[0], "whereIsIt", "mail");
        await Asked(shop, first[1], "complaint", "chat");
        shop.Clock!.Advance(TimeSpan.FromDays(7));
        var second = await Shipped(shop, 2);
        await shop.Until(async () => (await Report(shop)).GetProperty("linkShare").GetDecimal() == 1m);

        // A helpdesk tells it twice, by the order's number; and tries to tell it of another order.
        string number = (await shop.Get("/orders/" + second[0])).Text("number")!;
        var told = await shop.Post("/contacts", new { order = "#" + number, kind = "whereIsIt", medium = "mail", reference = "ticket-7", note = "Asked by mail" });
        (await shop.Post("/contacts", new { order = number, kind = "whereIsIt", medium = "mail", reference = "ticket-7" })).Long("contact").ShouldBe(told.Long("contact"));
        await shop.Refused(HttpMethod.Post, "/contacts", new { order = second[1], kind = "change", reference = "ticket-7" }, 409, "orders.contact_elsewhere");
        await shop.Refused(HttpMethod.Post, "/contacts", new { order = "nobody's", kind = "change" }, 404, "orders.not_found");
        (await shop.Refused(HttpMethod.Post, $"/orders/{second[0]}/contacts", new { kind = "wismo", medium = "pigeon", at = "2030-01-01T00:00:00Z" }, 400, "request.invalid"))
            .GetProperty("errors").EnumerateArray().Select(e => e.Text("pointer")).ShouldBe(["/kind", "/medium", "/at"]);
        (await shop.Send(HttpMethod.Delete, $"/orders/{second[1]}/tracking-link", null)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var report = await Report(shop);
        (report.Long("shippedOrders"), report.Long("contacts"), report.Long("whereIsIt"), report.GetProperty("per100").GetDecimal()).ShouldBe((5, 4, 3, 60m));
        report.GetProperty("kinds").EnumerateArray().Select(k => (k.Text("kind"), k.Long("contacts"))).ShouldBe([("whereIsIt", 3), ("complaint", 1)]);
        report.GetProperty("weeks").EnumerateArray().Select(w => (w.Text("from"), w.Text("to"), w.Long("shippedOrders"), w.Long("contacts"), w.Long("whereIsIt"), Per100(w))).ShouldBe(
            [("2026-02-26", "2026-03-01", 0, 0, 0, null), ("2026-03-02", "2026-03-08", 3, 3, 2, 66.67m), ("2026-03-09", "2026-03-10", 2, 1, 1, 50m)]);
        (report.Long("withLink"), report.GetProperty("linkShare").GetDecimal()).ShouldBe((4, 0.8m));
        report.GetProperty("missing").EnumerateArray().Select(m => m.Text("order")).ShouldBe([second[1]]);
        await shop.Refused(HttpMethod.Get, "/reports/contacts?from=2026-03-04&to=2026-03-03", null, 400, "request.invalid");

        // On the order's history, with the words that the log does not have.
        var entry = (await shop.Get($"/orders/{second[0]}/timeline")).GetProperty("data").EnumerateArray().Single(e => e.Text("kind") == "OrderContacted");
        (entry.GetProperty("contact").Text("note"), entry.GetProperty("contact").Text("reference"), entry.GetProperty("payload").GetRawText().Contains("Asked by mail", StringComparison.Ordinal)).ShouldBe(("Asked by mail", "ticket-7", false));
        (await shop.Get($"/orders/{first[0]}/contacts")).GetProperty("data").GetArrayLength().ShouldBe(2);
    }

    [Theory, BothDatabases, Capability("CU-05")]
    public async Task A_ticket_that_is_told_many_times_at_once_is_noted_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 10, priceMinor: 1000);
        string[] orders = [await shop.Placed(("MUG", 1)), await shop.Placed(("MUG", 1))];
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => shop.Send(HttpMethod.Post, $"/orders/{orders[i % 2]}/contacts", new { kind = "whereIsIt", reference = "ticket-1" })));
        answers.Select(a => (int)a.StatusCode).Distinct().Order().ShouldBe([201, 409]);
        var kept = new List<JsonElement>();
        foreach (string order in orders) kept.AddRange((await shop.Get($"/orders/{order}/contacts")).GetProperty("data").EnumerateArray());
        kept.ShouldHaveSingleItem().Long("contact").ShouldBe(1);
    }

    private static Task<JsonElement> Report(Shop shop) => shop.Get("/reports/contacts?from=2026-02-26&to=2026-03-10");
    private static decimal? Per100(JsonElement week) => week.GetProperty("per100") is { ValueKind: JsonValueKind.Number } n ? n.GetDecimal() : null;
    private static Task<JsonElement> Asked(Shop shop, string order, string kind, string medium, string? note = null) => shop.Post($"/orders/{order}/contacts", new { kind, medium, note });

    private static async Task<List<string>> Shipped(Shop shop, int count)
    {
        var orders = new List<string>();
        for (int i = 0; i < count; i++)
        {
            var (order, release) = await shop.Released(("MUG", 1));
            await shop.Run(release, "start-picking", "pick", "pack", "ship");
            orders.Add(order);
        }
        return orders;
    }
}
