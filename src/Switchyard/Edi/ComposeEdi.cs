using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Edi;

/// <summary>What a message says.</summary>
/// <param name="Segments">Null: there is nothing to say, or it cannot be said yet.</param>
internal sealed record Composed(IReadOnlyList<Segment>? Segments, string? Reference, IReadOnlyList<EdiFault> Faults, bool IsLater = false)
{
    public static readonly Composed Nothing = new(null, null, []);
    public static readonly Composed Later = new(null, null, [], IsLater: true);
    public static Composed Failed(Error error) => new(null, null, [new EdiFault("", error.Code, error.Detail)], error.Kind is ErrorKind.Busy or ErrorKind.Unavailable);
}

/// <summary>Works out what a partner is told, from orders, releases and stock as they are, and from the purchase order as the partner sent it.</summary>
public sealed class ComposeEdi(Db db, FindOrder orders, StockWatch stock, NetworkReader network, CatalogReader catalog, TimeProvider clock)
{
    private const int MostGoods = 10_000;

    internal async Task<Composed> Handle(EdiPartner partner, string set, OrderId? order, FulfilmentId? release, string about)
    {
        if (set == "846") return await Stock(partner, about);
        if (order is not { } id || await orders.Find(partner.Actor, id) is not { } view) return Composed.Nothing;
        if (set == "940") return await Release(partner, view, release!.Value);
        // Partners may share a channel: what another asked for is none of this one's business.
        if (view.SourceReference is { } source && source.StartsWith("edi ", StringComparison.Ordinal) && !source.StartsWith($"edi {partner.Code} ", StringComparison.Ordinal)) return Composed.Nothing;
        if (view.ExternalId is not { } number) return Composed.Nothing;
        var (isThere, asked) = await Asked(partner, id);
        if (set == "855" && !isThere)
            // An order that was not placed by EDI is not confirmed by it. One that was may be ahead of its own message by a moment.
            return view.SourceReference?.StartsWith($"edi {partner.Code} ", StringComparison.Ordinal) == true ? Composed.Later : Composed.Nothing;
        var goods = new OrderOfPartner(view, asked, partner.Settings.Profile);
        if (set == "855") return new Composed(WriteSets.Confirmation(goods.Confirmation(DateOf(clock.GetUtcNow()))), number, []);
        var releases = (await db.Read(partner.Actor, work => FulfilmentRoom.Of(work, partner.Actor, [id]), snapshot: true)).ToList();
        int shipment = int.Parse(about.AsSpan(about.LastIndexOf('s') + 1), System.Globalization.CultureInfo.InvariantCulture);
        if (releases.Find(r => r.Id == release) is not { } of || of.Shipments.FirstOrDefault(s => s.Shipment == shipment) is not { } left) return Composed.Nothing;
        if (set == "810") return new Composed(WriteSets.Invoice(goods.Invoice(releases, of, left, partner.Name)), number, []);
        var ssccs = await db.Read(partner.Actor, async work => (await work.Query(
            "select c.package_id, c.sscc from package_costs c where c.merchant_id = @merchant and c.fulfilment_id = @release and c.sscc is not null", row => (Package: row.Uuid(), Sscc: row.Text()), ("release", of.Id.Value)))
            .ToDictionary(s => s.Package, s => s.Sscc));
        return new Composed(WriteSets.Notice(goods.Notice(of, left, ssccs)), number, []);
    }

    /// <summary>The purchase order this order was made of, as it came; not there any more once its content is forgotten.</summary>
    private async Task<(bool IsThere, OrderDocument? Document)> Asked(EdiPartner partner, OrderId order)
    {
        var found = await db.Read(partner.Actor, work => work.Query(
            """
            select m.place, i.content from edi_messages m join edi_interchanges i on i.id = m.interchange_id
             where m.merchant_id = @merchant and m.partner_id = @partner and m.set_code = '850' and m.direction = 'in' and m.order_id = @order and m.state = 'done' order by m.id limit 1
            """, row => (Place: row.Int(), Content: row.TextOrNull()), ("partner", partner.Id), ("order", order.Value)));
        if (found is not [var (place, content)]) return (false, null);
        var set = X12Reader.SetOf(content, place);
        return (true, set is null ? null : ReadSets.Order(set).Document);
    }

    private async Task<Composed> Release(EdiPartner partner, OrderView order, FulfilmentId id)
    {
        if (await db.Read(partner.Actor, work => FulfilmentRoom.Find(work, partner.Actor, id), snapshot: true) is not { } release || release.State is not ("offered" or "accepted" or "picking")) return Composed.Nothing;
        string qualifier = partner.Settings.GoodsQualifier;
        return new Composed(WriteSets.Release(new ReleaseDocument(release.Number, order.Number, OrderOfPartner.Party(order.ShippingAddress, partner.Settings.Country), release.Node, partner.OurId,
            Day(release.ShipBy), Day(release.DeliverBy), partner.Settings.Methods.FirstOrDefault(m => m.Value == release.Method).Key ?? release.Method, null,
            [.. release.Lines.Where(l => l.Open + l.Picked + l.Packed > 0).Select(l => new ReleasedLine(Text.Invariant(l.Line), l.Open + l.Picked + l.Packed, "EA", [new GoodsNumber(qualifier, l.Sku)], l.Name))])),
            release.Number, []);
    }

    /// <summary>What the partner's channel can sell now: the same answer as everybody gets who asks for it.</summary>
    private async Task<Composed> Stock(EdiPartner partner, string about)
    {
        if (partner.Channel is null) return Composed.Nothing;
        var now = clock.GetUtcNow();
        var skus = await db.Read(partner.Actor, work => work.Query("select sku from products where merchant_id = @merchant and kind = 'goods' order by sku_key limit @most", row => row.Text(), ("most", (long)MostGoods)));
        if (skus.Count == 0) return Composed.Nothing;
        var lines = new List<StockLine>();
        foreach (string[] some in skus.Chunk(CheckAvailability.MostItems))
        {
            var answer = await CheckAvailability.Handle(new CheckAvailability.Request([.. some.Select(s => (CheckAvailability.Item?)new CheckAvailability.Item(s, 1))],
                new CheckAvailability.Place(partner.Settings.Country, null), null, partner.Channel), stock, network, catalog, clock, partner.Actor);
            if (answer.Error is { } error) return Composed.Failed(error);
            lines.AddRange(answer.Value.Items.Select(i => new StockLine([new GoodsNumber(partner.Settings.GoodsQualifier, i.Sku)], Math.Max(0, i.Available), "EA", null)));
        }
        string number = about[(about.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return new Composed(WriteSets.Stock(new StockDocument(number, now, lines), now), number, []);
    }

    private static DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
    private static DateOnly? Day(DateTimeOffset? at) => at is { } known ? DateOf(known) : null;
}
