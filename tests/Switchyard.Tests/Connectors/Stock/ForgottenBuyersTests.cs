using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Connectors;
using Switchyard.Database;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>Personal data of a channel's buyers goes when the channel says so.</summary>
public sealed class ForgottenBuyersTests
{
    [Theory, BothDatabases, Capability("CU-06")]
    public async Task A_buyer_is_forgotten_when_the_time_after_the_last_parcel_is_over_and_goods_and_money_stay(DatabaseKind kind)
    {
        await using var desk = await StockShop.Open(kind);
        var shop = desk.Shop;
        await shop.Product("MUG", 100);
        var sim = await desk.Connect("north");
        sim.Shop.List("MUG", "A mug", 1_000, 50);
        await desk.UntilShows(sim, "MUG", 100);
        var (sent, open) = (sim.Generator.Buy("MUG", 2, w => w with { Note = "Leave it with Mrs Jones" })!, sim.Generator.Buy("MUG", 1)!);
        string order = await desk.Taken(sent), other = await desk.Taken(open);
        string release = (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        foreach (string step in new[] { "start-picking", "pick" }) await shop.Post($"/fulfilments/{release}/{step}", new { });
        await shop.Post($"/fulfilments/{release}/pack", new { });
        await shop.Post($"/fulfilments/{release}/ship", new { tracking = "JD1" });
        // A slip, a label and a mail name the buyer.
        string slip = "/documents/" + (await shop.Post("/documents", new { kind = "packingSlip", of = new[] { release } })).Text("id") + "/file";
        (await shop.Send(HttpMethod.Get, slip, null)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        await shop.Db.WriteAll(async work =>
        {
            var (id, at) = (Kernel.OrderId.Parse(order, null).Value, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            await work.Execute(
                """
                insert into messages (id, merchant_id, order_id, kind, about, state, event_at_ms, due_at_ms, recipient, subject, body, asked_by, created_at_ms, settled_at_ms)
                select @id, o.merchant_id, o.id, 'orderShipped', '', 'sent', @now, @now, 'somebody@example.test', 'Dear somebody', '{}', 'test', @now, @now from orders o where o.id = @order
                """, ("id", Guid.NewGuid()), ("order", id), ("now", at));
            return await work.Execute(
                """
                insert into carrier_labels (id, merchant_id, package_id, label_no, order_id, fulfilment_id, node_id, state, policy, reference, account_id, tracking, format, label, due_at_ms, created_at_ms)
                select @id, p.merchant_id, p.id, 1, p.order_id, p.fulfilment_id, f.node_id, 'booked', 'cheapest', 'r', @id, p.tracking, 'pdf', @label, 0, @now from packages p join fulfilment_orders f on f.id = p.fulfilment_id where p.order_id = @order
                """, ("id", Guid.NewGuid()), ("order", id), ("label", "A buyer's label"u8.ToArray()), ("now", at));
        });
        var before = await shop.Get("/orders/" + order);
        var forget = desk.Service<ForgetBuyers>();
        (await forget.Handle()).ShouldBe(0);
        await shop.Db.WriteAll(work => work.Execute("update connections set serving = @serving", ("serving", """{"mailsBuyer":false,"refundsItself":true,"owesTax":false,"relayDomains":[],"purgeDays":0}""")));
        await shop.Until(async () => await forget.Handle() == 1);

        var after = await shop.Get("/orders/" + order);
        string[] gone = [sent.Buyer.Email, sent.ShipTo.Postcode, "Mrs Jones"];
        foreach (string personal in gone)
        {
            before.GetRawText().ShouldContain(personal);
            after.GetRawText().ShouldNotContain(personal);
            (await shop.Db.ReadAll(work => work.Query("select coalesce(told, '') || coalesce(taken, '') from channel_orders where external_id = @id", row => row.Text(), ("id", sent.Key))))[0].ShouldNotContain(personal);
        }
        after.Long("totalMinor").ShouldBe(before.Long("totalMinor"));
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from customers where email = @email", ("email", sent.Buyer.Email)))).ShouldBe(0);
        (await shop.Get("/orders/" + other)).GetRawText().ShouldContain(open.Buyer.Email);
        (await forget.Handle()).ShouldBe(0);
        (await shop.Send(HttpMethod.Get, slip, null)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await shop.Db.ReadAll(work => work.Scalar("select (select count(*) from messages where recipient is not null or subject is not null or body is not null) + (select count(*) from carrier_labels where label is not null)"))).ShouldBe(0);

        // The channel tells of the same people again, with another address: nobody is troubled with that, nothing is kept of it.
        long seen = await Seen();
        sim.Shop.Change(sent, o => o.ShipTo = o.ShipTo with { Street = "9 New Road", Postcode = "LS1 4DY" });
        await shop.Until(async () => await Seen() > seen);
        await desk.Taken(sent);
        (await shop.Get("/exceptions?kind=order_changed_late")).GetProperty("data").GetArrayLength().ShouldBe(0);
        (await shop.Get("/orders/" + order)).GetRawText().ShouldNotContain("LS1 4DY");
        await shop.Until(async () => await forget.Handle() == 1);
        await Fulfilment.Works.BooksAreRight(shop);

        Task<long> Seen() => shop.Db.ReadAll(work => work.Scalar("select seen from channel_orders where external_id = @id", ("id", sent.Key)));
    }
}
