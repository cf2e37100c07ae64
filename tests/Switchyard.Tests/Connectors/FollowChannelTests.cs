using System.Net;
using System.Text;
using System.Text.Json;
using Shouldly;
using Switchyard.Connectors;
using Switchyard.Database;
using Switchyard.Simulators;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Connectors;

/// <summary>What a channel changes of its orders, and what is believed of what comes in its name.</summary>
[Capability("CH-04", "CH-14", "P13")]
public sealed class FollowChannelTests
{
    private static async Task<WooCommerceSim> Woo() => (await SimHost.Listening(new WooCommerceSim { EndsTls = true })).Stocked();

    private static SimOrder Buy(VendorSim sim, string sku, int units, Func<OrderWish, OrderWish>? with = null) =>
        sim.Generator.Buy(sku, units, w => (with ?? (o => o))(w with { Discount = null, Note = "" }), "GB")!;

    [Theory, BothDatabases]
    public async Task What_comes_too_late_is_somebodys_task_and_the_rest_is_done(DatabaseKind kind)
    {
        await using var shop = await ConnectedShop.Open(kind);
        await using var sim = await Woo();
        await shop.Connect(sim, "woo");
        var (sent, given, lessened, paidLate) = (Buy(sim, "CUP", 2), Buy(sim, "BOWL", 1), Buy(sim, "JUG", 3), Buy(sim, "CUP", 1, w => w with { IsPaid = false }));
        string id(JsonElement order) => order.Text("id")!;
        async Task<string> shipped(SimOrder order)
        {
            string ours = id(await shop.OrderOf("woo", order.Key));
            string release = (await shop.Post($"/orders/{ours}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
            await shop.Run(release, "start-picking", "pick", "pack", "ship");
            return ours;
        }

        string late = await shipped(sent), refunded = await shipped(given);
        (await shop.OrderOf("woo", paidLate.Key)).GetProperty("isHeld").GetBoolean().ShouldBeTrue("it is not paid");
        sim.Shop.Cancel(sent, "customer");
        sim.Shop.Refund(given, given.TotalMinor, "It broke", [new SimRefundedLine(sim.Shop.NextId(), given.Lines[0].Id, 1, given.Lines[0].NetMinor, 0, false)], given.Method.PriceMinor, paidOut: true);
        sim.Shop.Change(lessened, o => o.ShipTo = o.ShipTo with { Street = "1 Other Street", City = "York", Postcode = "YO1 7HH" });
        sim.Shop.SetQuantity(lessened, lessened.Lines[0].Id, 1);
        sim.Shop.Pay(paidLate);

        await shop.Until(async () => (await shop.Troubles("order_changed_late")).Any(t => t.GetRawText().Contains(late, StringComparison.Ordinal)));
        await shop.Until(async () => (await shop.Get("/orders/" + refunded)).Text("paymentStatus") == "refunded");
        await shop.Until(async () => (await shop.OrderOf("woo", lessened.Key)) is var o && o.GetProperty("shippingAddress").Text("postcode") == "YO1 7HH" && o.GetProperty("lines")[0].Long("cancelled") == 2);
        await shop.Until(async () => (await shop.OrderOf("woo", paidLate.Key)) is var o && o.Text("paymentStatus") == "paid" && !o.GetProperty("isHeld").GetBoolean());
        (await shop.Troubles("order_changed_late")).ShouldHaveSingleItem("a refund of what has left is no cancelling");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases]
    public async Task What_nobody_knows_waits_and_what_is_mended_goes_on(DatabaseKind kind)
    {
        await using var shop = await ConnectedShop.Open(kind);
        await using var sim = await Woo();
        var live = DateTimeOffset.UtcNow.AddDays(-1);
        sim.Shop.List("MYSTERY", "A mystery", 500, 10);
        // Placed when another system still took orders: part of it is gone, and what is over stays where it is.
        var (open, over) = (Buy(sim, "CUP", 2, w => w with { PlacedAt = live.AddDays(-2) }), Buy(sim, "BOWL", 1, w => w with { PlacedAt = live.AddDays(-3) }));
        sim.Shop.Ship(over, [new SimShippedLine(over.Lines[0].Id, 1)], "Royal Mail", "T1");
        await shop.Connect(sim, "woo", live: live);
        var unknown = Buy(sim, "MYSTERY", 1);
        var ours = await shop.OrderOf("woo", open.Key);
        ours.GetProperty("lines")[0].Long("quantity").ShouldBe(2);
        (await shop.Get($"/connections/woo/orders/{open.Key}")).GetProperty("isBefore").GetBoolean().ShouldBeTrue();
        await shop.Until(async () => (await shop.Get("/connections/woo/orders?state=ignored")).GetRawText().Contains($"\"{over.Key}\"", StringComparison.Ordinal));

        var held = await shop.OrderOf("woo", unknown.Key);
        held.GetProperty("holds").EnumerateArray().ShouldContain(h => h.Text("kind") == "unknown_sku");
        await shop.Product("MYSTERY", 5, priceMinor: 500);
        await shop.Until(async () => !(await shop.OrderOf("woo", unknown.Key)).GetProperty("isHeld").GetBoolean());

        // The old system sends what was to be sent here: it is sent once.
        sim.Shop.Ship(open, [new SimShippedLine(open.Lines[0].Id, 2)], "Royal Mail", "T2");
        await shop.Until(async () => (await shop.Get("/orders/" + ours.Text("id"))).GetProperty("lines")[0].Long("shipped") == 2);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases]
    public async Task What_is_not_genuine_or_comes_again_changes_nothing_and_is_counted(DatabaseKind kind)
    {
        await using var shop = await ConnectedShop.Open(kind);
        await using var sim = await Woo();
        string id = await shop.Connect(sim, "woo");
        var order = Buy(sim, "CUP", 1);
        await shop.OrderOf("woo", order.Key);
        async Task<(HttpStatusCode Status, string Body)> send(string to, byte[] body, params (string Name, string Value)[] headers)
        {
            using var http = shop.Client(null);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/channel-messages/" + to) { Content = new ByteArrayContent(body) };
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await http.SendAsync(request);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        static string plain(string problem) => string.Concat(JsonDocument.Parse(problem).RootElement.EnumerateObject().Where(m => m.Name is not ("instance" or "requestId" or "traceId")).Select(m => m.ToString()));

        byte[] forged = Encoding.UTF8.GetBytes($$"""{"id":{{order.Key}},"status":"cancelled"}""");
        var wrong = await send(id, forged, ("X-WC-Webhook-Signature", "bm90IGdlbnVpbmU="), ("X-WC-Webhook-Topic", "order.updated"), ("X-WC-Webhook-Delivery-ID", "f1"));
        var nobody = await send("con_00000000000000000000000000000000", forged, ("X-WC-Webhook-Signature", "bm90IGdlbnVpbmU="));
        (wrong.Status, nobody.Status).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized));
        plain(wrong.Body).ShouldBe(plain(nobody.Body), "one that is not there answers as one whose secret does not fit");
        (await send(id, new byte[TakeNotices.MostBytes + 1])).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);

        async Task<JsonElement> counts() => (await shop.Get("/connections/woo")).GetProperty("health").GetProperty("counts");
        await shop.Until(async () => (await counts()).Long("forged") >= 1);
        // Of orders: those of listings come whenever stock is told.
        Task<long> taken() => shop.Db.ReadAll(work => work.Scalar("select count(*) from channel_notices where kind = 'order' /* house */"));
        await sim.Sender.Quiet();
        long before = await taken();
        sim.Sender.Replay(m => m.Topic.StartsWith("order", StringComparison.Ordinal));
        await sim.Sender.Quiet();
        (await taken(), (await counts()).Long("repeated") > 0).ShouldBe((before, true));
        (await shop.OrderOf("woo", order.Key)).Text("state").ShouldNotBe("cancelled");
        for (int i = 0; i < 2 * MessageTally.MostForgedAMinute + 5 && wrong.Status == HttpStatusCode.Unauthorized; i++) wrong = await send(id, forged, ("X-WC-Webhook-Signature", "bm90IGdlbnVpbmU="));
        wrong.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        Buy(sim, "BOWL", 1);
        await shop.BecomesEqual(sim, "woo");
    }
}
