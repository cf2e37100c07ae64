using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Purchasing;

namespace Switchyard.Fulfilment;

/// <summary>Work of a partner's node: what to send, to whom, by when. It says what the delivery needs and no more: no prices, no other data of the customer.</summary>
/// <param name="State">new: to be accepted or rejected; accepted; stopAsked: to be answered; shipped: all that was to leave has; delivered; rejected; cancelled.</param>
/// <param name="SupplierOrder">Of a supplier: the number of our order to it.</param>
/// <param name="OrderNumber">The customer's order, as the packing slip has it.</param>
/// <param name="Method">The delivery that was bought, by its code.</param>
/// <param name="IsHeld">Nothing may leave for now.</param>
/// <param name="IsLate">It should have left by now, or been answered.</param>
/// <param name="AnswerBy">Accept or reject by then; later somebody is told and the work goes elsewhere.</param>
/// <param name="Reference">What the partner calls it.</param>
/// <param name="ShipTo">Null once the work was rejected or cancelled.</param>
/// <param name="Label">yours: the parcel goes with a label of the partner's own carrier.</param>
/// <param name="Documents">What goes with the goods, to be printed.</param>
public sealed record PartnerWorkView(FulfilmentId Id, string Number, string? SupplierOrder, string OrderNumber, string Node,
    [Words("new", "accepted", "stopAsked", "shipped", "delivered", "rejected", "cancelled")] string State, string? Method, bool IsHeld, bool IsLate,
    DateTimeOffset? ShipBy, DateTimeOffset? DeliverBy, DateTimeOffset? AnswerBy, DateTimeOffset? OfferedAt, DateTimeOffset? ExpectedAt, string? Reference, ShipToView? ShipTo,
    [Words("yours")] string Label, string? GiftMessage, IReadOnlyList<PartnerPaper> Documents, IReadOnlyList<PartnerLineView> Lines, IReadOnlyList<PartnerParcelView> Parcels,
    DateTimeOffset UpdatedAt, long Version)
{
    public string Object => "partnerWork";
}

/// <param name="Open">Units still to be sent.</param>
/// <param name="Cancelled">Units that will not be sent from there: cancelled, rejected, short.</param>
/// <param name="Details">What is to be made or written for this customer.</param>
public sealed record PartnerLineView(int Line, string Sku, string? Name, string? Barcode, long? WeightGrams, long Quantity, long Open, long Shipped, long Cancelled, IReadOnlyList<PartnerDetail> Details);
public sealed record PartnerDetail(string Name, string Value);

/// <param name="State">labelled, manifested, inTransit, outForDelivery, availableAtPoint, delivered, exception, lost, returnedToSender.</param>
public sealed record PartnerParcelView(int Parcel, [Words(typeof(PackageState))] string State, string? Carrier, string? Service, string? Tracking, long? WeightGrams, DateTimeOffset? ShippedAt,
    IReadOnlyList<PackageLineView> Lines);

/// <param name="Kind">packingSlip, giftMessage, returnSlip, or papers for customs where the parcel crosses a border.</param>
public sealed record PartnerPaper([Words("packingSlip", "giftMessage", "returnSlip", "cn23", "commercialInvoice")] string Kind, string Href);

/// <summary>Reads releases as a partner is shown them.</summary>
internal static class PartnerWorkRows
{
    private const int MostDetails = 10;

    private sealed record Beside(Guid Release, string? To, string? Metadata, string? Country, string? SupplierOrder, string? Reference, DateTimeOffset? ExpectedAt);

    public static readonly IReadOnlyList<string> Open = ["offered", "accepted", "picking", "picked", "packed", "readyForPickup", "stopAsked"];

    /// <summary>The releases with these ids, in the order asked for. Whoever calls has seen to it that they are of the partner's nodes.</summary>
    public static async Task<IReadOnlyList<PartnerWorkView>> Read(Work work, IReadOnlyList<Guid> ids, DateTimeOffset now)
    {
        var releases = await FulfilmentReader.Read(work, ids);
        if (releases.Count == 0) return [];
        var keys = Rows.Of(releases).Uuid("id", r => r.Id.Value);
        var batch = work.Batch();
        var beside = batch.Query(
            """
            select f.id, o.ship_to, o.metadata, n.country, p.number, f.partner_reference, f.partner_expected_at_ms from @rows r join fulfilment_orders f on f.id = r.id
              join orders o on o.id = f.order_id join nodes n on n.id = f.node_id left join purchase_orders p on p.fulfilment_id = f.id and p.merchant_id = f.merchant_id
             where f.merchant_id = @merchant
            """, keys, row => new Beside(row.Uuid(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.InstantOrNull()));
        var goods = batch.Query(
            """
            select l.fulfilment_id, l.line_no, p.weight_grams, (select min(b.barcode) from product_barcodes b where b.merchant_id = l.merchant_id and b.product_id = l.sku_id), o.metadata
              from @rows r join fulfilment_lines l on l.fulfilment_id = r.id join products p on p.id = l.sku_id
              left join order_lines o on o.order_id = l.order_id and o.line_no = l.line_no where l.merchant_id = @merchant
            """, keys, row => (Key: (row.Uuid(), row.Int()), Weight: row.LongOrNull(), Barcode: row.TextOrNull(), Details: row.TextOrNull()));
        await batch.Run();
        var (of, goodsOf) = (beside.ToDictionary(b => b.Release), goods.ToDictionary(g => g.Key));
        return [.. releases.Select(r => View(r, of[r.Id.Value], line => goodsOf[(r.Id.Value, line)] is var g ? (g.Weight, g.Barcode, g.Details) : default, now))];
    }

    private static PartnerWorkView View(FulfilmentView r, Beside beside, Func<int, (long? Weight, string? Barcode, string? Details)> goods, DateTimeOffset now)
    {
        string state = StateOf(r.State);
        var to = beside.To is { } address ? JsonSerializer.Deserialize<ShipToView>(address, Json.Options) : null;
        var metadata = beside.Metadata is { } json ? JsonNode.Parse(json) as JsonObject : null;
        string? gift = (string?)(metadata?["giftMessage"] ?? metadata?["gift_message"]);
        var (left, isOver) = (r.Shipments.ToDictionary(s => s.Id, s => s.ShippedAt), state is "rejected" or "cancelled");
        bool isOpen = Open.Contains(r.State);
        return new PartnerWorkView(r.Id, r.Number, beside.SupplierOrder, r.OrderNumber, r.Node, state, r.Method, r.IsHeld || r.Holds.Count > 0,
            isOpen && (r.ShipBy < now || r.State == "offered" && (r.AnswerBy <= now || r.RemindedAt is not null)), r.ShipBy, r.DeliverBy, r.AnswerBy, r.OfferedAt, beside.ExpectedAt, beside.Reference,
            isOver ? null : to, "yours", isOver ? null : gift, isOver ? [] : Papers(r.Id, gift, beside.Country, to?.Country),
            [.. r.Lines.Select(l => Line(l, goods(l.Line)))],
            [.. r.Packages.Where(p => p.State != "voided").Select(p => new PartnerParcelView(p.Package, p.State, p.Carrier, p.Service, p.Tracking, p.WeightGrams,
                p.Shipment is { } shipment && left.TryGetValue(shipment, out var at) ? at : null, p.Lines))],
            r.UpdatedAt, r.Version);
    }

    private static PartnerLineView Line(FulfilmentLineView l, (long? Weight, string? Barcode, string? Details) goods) => new(l.Line, l.Sku, l.Name, goods.Barcode, goods.Weight, l.Quantity,
        l.Open + l.Picked + l.Packed, l.Shipped, l.Short + l.Rejected + l.Cancelled,
        [.. ((goods.Details is { } json ? JsonNode.Parse(json) as JsonObject : null) ?? []).Where(d => d.Value is JsonValue && !HidePrices.IsMoney(d.Key)).Take(MostDetails)
            .Select(d => new PartnerDetail(d.Key, d.Value!.ToString()))]);

    private static IReadOnlyList<PartnerPaper> Papers(FulfilmentId id, string? gift, string? from, string? to)
    {
        List<string> kinds = ["packingSlip"];
        if (gift is not null) kinds.Add("giftMessage");
        kinds.Add("returnSlip");
        if (from is not null && to is not null && CustomsBorder.IsBetween(from, to)) kinds.AddRange(["cn23", "commercialInvoice"]);
        return [.. kinds.Select(kind => new PartnerPaper(kind, $"/api/v1/partner/work/{id}/documents/{kind}"))];
    }

    private static string StateOf(string release) => release switch
    {
        "offered" => "new",
        "accepted" or "picking" or "picked" or "packed" or "readyForPickup" => "accepted",
        "stopAsked" => "stopAsked",
        "handedOver" or "lost" or "sentBack" => "shipped",
        "delivered" => "delivered",
        "rejected" => "rejected",
        _ => "cancelled",
    };
}
