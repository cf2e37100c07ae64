using Microsoft.AspNetCore.Http;
using Shouldly;
using Switchyard.Adapters;
using Switchyard.Erp;
using Switchyard.Simulators;

namespace Switchyard.Tests.Erp;

/// <summary>What every ERP's adapter keeps. An adapter joins by a class that makes its ERP.</summary>
[Capability("IG-05")]
public abstract class ErpAdapterContract
{
    private static readonly DateOnly Today = new(2031, 3, 1);

    private protected abstract Task<ErpDeskOfTests> Open();

    private static ErpOrder Order(string id = "sy-order-1", long mugs = 3) => new(id, Today, "Order 10001 (Web)", "10001", "GBP", "10001",
        [new ErpOrderLine(1, "MUG", "A mug", mugs, 1_000 * mugs), new ErpOrderLine(2, "CUP", "A cup", 1, 500), new ErpOrderLine(3, null, "Postage", 1, 395)], 779);

    private static ErpShipment Parcel(long mugs, long cups, string id) => new(id, Today, "Parcel of order 10001", "sy-order-1", "MAIN",
        [new ErpUnits(1, "MUG", mugs), new ErpUnits(2, "CUP", cups)], "DHL", "JD" + id, 750);

    private static IEnumerable<ErpDocument> Documents() =>
    [
        Order(), Parcel(2, 0, "sy-shipment-1"), new ErpMoney("sy-sale-1", Today, "Payment of order 10001", false, "GBP", 3_895, 779, "external"),
        new ErpMoney("sy-refund-1", Today, "Refund of order 10001", true, "GBP", 417, 83, "external"),
        new ErpPurchaseOrder("sy-purchase-1", Today, "Order PO-1 to ACME", "PO-1", "ACME", "GBP", [new ErpPurchaseLine("MUG", 20, 410)]),
        new ErpStockDifference("sy-stock-1", Today, "Stock of MAIN", "MAIN", new Dictionary<string, long> { ["MUG"] = 5, ["CUP"] = -2 }),
    ];

    private async Task<ErpDeskOfTests> Stocked()
    {
        var desk = await Open();
        foreach (string sku in new[] { "MUG", "CUP", "JUG" }) desk.Sim.Books.Item(sku);
        return desk;
    }

    private static bool Writes(HttpRequest call) => call.Method is "PUT" or "PATCH" || call.Method == "POST" && call.Path.Value!.Contains("!transform", StringComparison.Ordinal);

    [Fact]
    public async Task Good_keys_are_let_in_and_wrong_ones_are_told()
    {
        await using var desk = await Stocked();
        var test = await desk.Erp.Test(desk.Call());
        test.IsOk.ShouldBeTrue(test.Fault?.Words);
        test.Value.Places.Select(p => p.Id).ShouldBe(["1", "2"]);
        var wrong = desk.Sim.Secrets.ToDictionary(s => s.Key, s => s.Key == "privateKey" ? s.Value : "wrong");
        (await desk.Erp.Test(desk.Call(wrong))).Fault!.Kind.ShouldBe(FaultKind.Unauthorized);
        // Tokens that ended are renewed where there are any.
        desk.Sim.ExpireTokens();
        (await desk.Erp.Test(desk.Call())).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task Each_document_is_posted_once_however_often_and_through_whatever_goes_wrong()
    {
        await using var desk = await Stocked();
        foreach (var document in Documents())
            foreach (var mood in new[] { Mood.BreaksOffAfter, Mood.FailsAfter, Mood.Broken, Mood.Fine, Mood.Fine })
            {
                // The first is done and nobody hears it: from then on it is found.
                if (mood != Mood.Fine) desk.Sim.Next(mood, mood == Mood.BreaksOffAfter ? Writes : _ => true);
                var said = await desk.Erp.Post(desk.Call(), document);
                if (mood != Mood.Fine) said.Fault!.IsOpen.ShouldBeTrue($"{document.ExternalId} {mood}: {said.Fault.Words}");
                else said.IsOk.ShouldBeTrue($"{document.ExternalId}: {said.Fault?.Words}");
                desk.Sim.Books.Records.Count(r => r.ExternalId == document.ExternalId).ShouldBe(1, $"{document.ExternalId} {mood}");
            }
        desk.Sim.Books.Levels.Values.Sum().ShouldBe(5 - 2 - 2, "a parcel of two and a difference of three, each once");
    }

    [Fact]
    public async Task Two_who_post_the_same_at_once_make_one_record()
    {
        await using var desk = await Stocked();
        await desk.Post(Order());
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => desk.Erp.Post(desk.Call(), Parcel(1, 1, "sy-shipment-9"))));
        all.Select(a => a.Fault?.Words).ShouldAllBe(f => f == null);
        all.Select(a => a.Value.Id).Distinct().Count().ShouldBe(1);
        desk.Sim.Books.Of("itemFulfillment").Count().ShouldBe(1);
        desk.Sim.WereInside.ShouldBeLessThanOrEqualTo(2, "no more calls at once than the account leaves us");
    }

    [Fact]
    public async Task A_parcel_holds_what_is_in_it_and_a_change_says_what_is_left()
    {
        await using var desk = await Stocked();
        await desk.Post(Order());
        await desk.Post(Parcel(2, 0, "sy-shipment-1"));
        await desk.Post(Parcel(0, 1, "sy-shipment-2"));
        desk.Sim.Books.Of("itemFulfillment").Select(f => string.Join(',', f.Lines.Select(l => $"{l.No}:{l.Quantity:0}"))).ShouldBe(["1:2", "2:1"]);
        var change = new ErpChange("sy-change-1", Today, "Order 10001", "sy-order-1", [new ErpUnits(1, "MUG", 2), new ErpUnits(2, "CUP", 1)]);
        await desk.Post(change);
        await desk.Post(change);
        desk.Sim.Books.Of("salesOrder").Single().Lines[0].Quantity.ShouldBe(2);
        await desk.Post(change with { Lines = [new ErpUnits(1, "MUG", 0), new ErpUnits(2, "CUP", 0)] });
        desk.Sim.Books.Of("salesOrder").Single().Lines.ShouldAllBe(l => l.IsClosed);
    }

    [Fact]
    public async Task What_the_ERP_refuses_is_told_in_its_words_and_what_waits_its_turn_is_no_refusal()
    {
        await using var desk = await Stocked();
        var unknown = await desk.Erp.Post(desk.Call(), Order() with { Lines = [new ErpOrderLine(1, "NOBODY", "Nobody's", 1, 100)] });
        (unknown.Fault!.Kind, unknown.Fault.Words).ShouldBe((FaultKind.Refused, "NetSuite has no item NOBODY."));
        (await desk.Erp.Post(desk.Call(), Parcel(1, 0, "sy-shipment-1"))).Fault!.Kind.ShouldBe(FaultKind.Refused, "there is no order");
        desk.Sim.Next(Mood.Throttled);
        (await desk.Erp.Post(desk.Call(), Order())).Fault!.Kind.ShouldBe(FaultKind.Throttled);
        desk.Sim.Next(Mood.Malformed);
        (await desk.Erp.Post(desk.Call(), Order())).Fault!.PassesBy.ShouldBeTrue();
        desk.Sim.Books.Records.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_item_is_seen_though_some_change_between_two_pages()
    {
        await using var desk = await Stocked();
        for (int i = 0; i < 1_100; i++) desk.Sim.Books.Item($"S-{i:0000}");
        var (all, mark) = await ErpDeskOfTests.All(cursor => desk.Erp.Items(desk.Call(), null, cursor), page =>
        {
            // And the token ends in the middle, where there is one.
            desk.Sim.ExpireTokens();
            desk.Sim.Books.Item($"S-{page:0000}", "Changed");
        });
        all.Select(i => i.Sku).Distinct().Count().ShouldBe(1_103);
        mark.ShouldNotBeNull();
        desk.Sim.Books.Item("NEW", "A new one");
        var (later, _) = await ErpDeskOfTests.All(cursor => desk.Erp.Items(desk.Call(), mark, cursor));
        later.ShouldContain(i => i.Sku == "NEW" && i.Name == "A new one");
    }

    [Fact]
    public async Task Purchases_receipts_and_levels_are_read_without_those_that_we_posted()
    {
        await using var desk = await Stocked();
        var order = desk.Sim.Books.Buy("PO-77", 1, ("MUG", 20), ("CUP", 5));
        desk.Sim.Books.Receive(order, "IR-1", (1, 8));
        await desk.Post(new ErpPurchaseOrder("sy-purchase-1", Today, "Order PO-1 to ACME", "PO-1", "ACME", "GBP", [new ErpPurchaseLine("MUG", 20, null)]));
        await desk.Post(new ErpGoodsIn("sy-receipt-1", Today, "Delivery PO-77", "PO-77", "MAIN", new Dictionary<string, long> { ["MUG"] = 2, ["CUP"] = 5 }));
        var (purchases, _) = await ErpDeskOfTests.All(cursor => desk.Erp.Purchases(desk.Call(), null, cursor));
        var only = purchases.ShouldHaveSingleItem();
        (only.Number, only.Place, only.DueOn).ShouldBe(("PO-77", "1", new DateOnly(2031, 1, 2)));
        only.Lines.Select(l => (l.Sku, l.Open)).ShouldBe([("MUG", 10L), ("CUP", 0L)]);
        var (receipts, _) = await ErpDeskOfTests.All(cursor => desk.Erp.Receipts(desk.Call(), null, cursor));
        var receipt = receipts.ShouldHaveSingleItem();
        (receipt.Purchase, receipt.Lines.Single().Sku, receipt.Lines.Single().Quantity).ShouldBe(("PO-77", "MUG", 8L));
        var (levels, _) = await ErpDeskOfTests.All(cursor => desk.Erp.Stock(desk.Call(), "1", cursor));
        levels.OrderBy(l => l.Sku).Select(l => (l.Sku, l.OnHand)).ShouldBe([("CUP", 5L), ("MUG", 2L)]);
    }

    [Fact]
    public async Task What_was_posted_on_a_day_is_told_with_its_amounts()
    {
        await using var desk = await Stocked();
        foreach (var document in Documents()) await desk.Post(document);
        var (posted, _) = await ErpDeskOfTests.All(cursor => desk.Erp.Posted(desk.Call(), Today, cursor));
        posted.Select(p => p.ExternalId).ShouldBe(Documents().Select(d => d.ExternalId), ignoreOrder: true);
        posted.Single(p => p.ExternalId == "sy-order-1").AmountMinor.ShouldBe(Order().TotalMinor);
        posted.Single(p => p.ExternalId == "sy-sale-1").AmountMinor.ShouldBe(4_674);
        posted.Single(p => p.ExternalId == "sy-refund-1").AmountMinor.ShouldBe(500);
        (await ErpDeskOfTests.All(cursor => desk.Erp.Posted(desk.Call(), Today.AddDays(1), cursor))).All.ShouldBeEmpty();
    }
}
