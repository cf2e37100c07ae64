using System.Text.Json;
using Shouldly;
using Switchyard.Connectors;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Simulators;
using Switchyard.Tests.Messages;
using Switchyard.Tests.Picking;

namespace Switchyard.Tests.Connectors;

/// <summary>Who mails the buyer, who gives money back, who owes the tax, and what was written for one buyer alone.</summary>
public sealed class ServingTests
{
    [Theory, BothDatabases, Capability("CH-15")]
    public async Task Whoever_serves_the_buyer_mails_refunds_and_owes_the_tax_and_nobody_else_does(DatabaseKind kind)
    {
        await using var desk = await StockShop.Open(kind);
        var shop = desk.Shop;
        await using var sink = new MailSink();
        await shop.ReadyForMail();
        await shop.Mail(sink);
        await shop.Product("MUG", 100);
        // One is served by its channel, as WooCommerce is unless somebody says otherwise; the other by us, but for its tax.
        var (theirs, ours) = (await desk.Connect("theirs"), await desk.Connect("ours"));
        string own = JsonSerializer.Serialize(new ChannelServing(MailsBuyer: true, RefundsItself: false, OwesTax: true, [], null), Json.Options);
        await shop.Db.WriteAll(work => work.Execute("update connections set serving = @own where channel_id = (select id from channels where code = 'ours') /* house */", ("own", own)));
        foreach (var sim in desk.Sims) sim.Shop.List("MUG", "A mug", 1_000, 50);
        foreach (var sim in desk.Sims) await desk.UntilShows(sim, "MUG", 100);
        var (kept, sold) = (theirs.Generator.Buy("MUG", 2, country: "GB")!, ours.Generator.Buy("MUG", 2, country: "GB")!);
        string first = await desk.Taken(kept, "theirs"), second = await desk.Taken(sold, "ours");
        foreach (string order in new[] { first, second })
        {
            string release = (await shop.Boxed(order, 2)).Text("id")!;
            await shop.Post($"/fulfilments/{release}/ship", new { carrier = "DHL", packages = new object[] { new { package = 1, tracking = "JD-" + order[^4..] } } });
        }
        (await shop.Settled(first, 2)).ShouldAllBe(m => m.Text("state") == "skipped" && m.Text("reason") == "channelOff");
        (await shop.Settled(second, 2)).Select(m => (m.Text("kind"), m.Text("state"))).Order().ShouldBe([("confirmation", "sent"), ("shipped", "sent")]);
        sink.Taken.Count.ShouldBe(2, "the channel's buyer hears from the channel");

        // The tax of the second is its channel's, because its connection says so.
        (await shop.Get("/orders/" + first)).TryGetProperty("taxOwedBy", out _).ShouldBeFalse();
        (await shop.Get("/orders/" + second)).Text("taxOwedBy").ShouldBe("channel");

        // Money goes back one way only: what we give back of the second stays between us and its buyer, though it is read before the first.
        await Refund(second);
        await Refund(first);
        await shop.Until(async () => (await desk.Tasks("theirs")).Any(t => t.Text("kind") == "refunded" && t.Text("state") == "done"));
        (await desk.Tasks("ours")).ShouldNotContain(t => t.Text("kind") == "refunded");
        (theirs.Shop.Read(_ => kept.RefundedMinor), ours.Shop.Read(_ => sold.RefundedMinor)).ShouldBe((100, 0));
        // Its channel tells us of it, as of any other: that is the same money.
        await shop.Until(async () => await shop.Db.ReadAll(work => work.Scalar("select count(*) from channel_orders where external_id = @id and taken like '%\"amountMinor\":100,%' /* house */",
            ("id", kept.Key))) > 0);
        foreach (string order in new[] { first, second }) (await shop.Get("/orders/" + order)).Long("refundedMinor").ShouldBe(100);
        theirs.Shop.Read(_ => kept.Refunds.Count).ShouldBe(1);

        async Task Refund(string order)
        {
            string payment = (await shop.Get($"/orders/{order}/payments")).GetProperty("data").EnumerateArray().First(p => p.Text("tender") == "external").Text("id")!;
            await shop.Post($"/payments/{payment}/refund", new { amountMinor = 100, reason = "A scratch" });
        }
    }

    [Theory, BothDatabases, Capability("CH-04")]
    public async Task What_a_buyer_had_written_is_shown_where_it_is_picked_and_packed_and_its_line_stays_apart(DatabaseKind kind)
    {
        await using var desk = await StockShop.Open(kind);
        var shop = desk.Shop;
        await shop.Product("MUG", 100);
        var sim = await desk.Connect("north");
        sim.Shop.List("MUG", "A mug", 1_000, 50);
        await desk.UntilShows(sim, "MUG", 100);
        var (person, place) = sim.Generator.Person("GB");
        var sold = sim.Shop.Place(new OrderWish([new WishedLine("MUG", 1, "For Ada", "Happy birthday"), new WishedLine("MUG", 1, "For Bob"), new WishedLine("MUG", 1)], person, place))!;
        string order = await desk.Taken(sold);
        (await shop.Get("/orders/" + order)).GetProperty("lines").EnumerateArray().Count(l => l.Text("sku") == "MUG" && l.Text("kind") == "goods").ShouldBe(3);
        string release = (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        var table = await shop.Get($"/fulfilments/{release}/packing");
        table.Text("giftMessage").ShouldBe("Happy birthday");
        table.GetProperty("lines").EnumerateArray().Select(l => l.Text("text")).Order(StringComparer.Ordinal).ShouldBe([null, "For Ada", "For Bob"]);
        await shop.Wave(new { node = "MAIN", method = "single" });
        (await shop.Stops()).Select(s => s.TryGetProperty("text", out var text) ? text.GetString() : null).Order(StringComparer.Ordinal).ShouldBe([null, "For Ada", "For Bob"]);
    }
}
