using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Edi;

/// <summary>
/// A purchase order becomes an order of the partner's channel, with its number as external id: the same number again is the same order, whatever it says.
/// A partner that orders has sold, or counts on it: what is short is held or waits, as its channel has it.
/// </summary>
public sealed class ApplyOrder(Db db, OrderWriter writer, FindGoods goods)
{
    /// <summary>Original, duplicate, and confirmation: the order as it is. A change is another set (860), which is not taken.</summary>
    private static readonly string[] Purposes = ["00", "06", "07", "22"];

    internal async Task<Applied> Handle(MessageAtHand message)
    {
        var (document, faults) = ReadSets.Order(message.Set);
        if (document is null) return Applied.Failed(null, faults);
        if (await Known(message.Partner, document.Number, message.Id) is var (known, before))
            return before is null || IsSame(before, document) ? new Applied([], document.Number, Order: known)
                : new Applied([new EdiFault("BEG03", "edi.order_differs", $"Order {document.Number} is there, and says otherwise. It stays as it is: a change is made by a person.")], document.Number, known);
        if (!Purposes.Contains(document.Purpose))
            return Applied.Failed(document.Number, new EdiFault("BEG01", "edi.purpose_not_taken", $"Purpose {document.Purpose} (cancel, change, replace) is done by a person."));
        var (request, wrong) = await Request(message, document);
        if (request is null) return Applied.Failed(document.Number, wrong);
        if (PlaceOrder.Validate(request) is { } invalid) return Applied.Of(invalid, document.Number);
        var placed = await Db.Guard<OrderAnswer>(async () => await writer.Place(message.Partner.Actor, request));
        if (placed.Error is { } error) return Applied.Of(error, document.Number);
        using var json = JsonDocument.Parse(placed.Value.Json);
        return OrderId.TryParse(json.RootElement.GetProperty("id").GetString(), null, out var id) ? new Applied([], document.Number, Order: id.Value) : new Applied([], document.Number);
    }

    /// <summary>The order this number made before, and what was said then; that is not kept for ever.</summary>
    private async Task<(Guid Order, OrderDocument? Document)?> Known(EdiPartner partner, string number, Guid but)
    {
        var found = await db.Read(partner.Actor, work => work.Query(
            """
            select m.order_id, m.place, i.content from edi_messages m join edi_interchanges i on i.id = m.interchange_id
             where m.merchant_id = @merchant and m.partner_id = @partner and m.set_code = '850' and m.reference = @number and m.state = 'done' and m.id <> @but and m.order_id is not null
             order by m.id limit 1
            """, row => (Order: row.Uuid(), Place: row.Int(), Text: row.TextOrNull()), ("partner", partner.Id), ("number", number), ("but", but)));
        return found is not [var (order, place, text)] ? null : (order, X12Reader.SetOf(text, place) is { } set ? ReadSets.Order(set).Document : null);
    }

    /// <summary>Do both order the same? A duplicate (07) or a confirmation (06) names another purpose, and when it was written is no matter.</summary>
    private static bool IsSame(OrderDocument one, OrderDocument other) => Said(one) == Said(other);
    private static string Said(OrderDocument document) => JsonSerializer.Serialize(document with { Purpose = "", Date = null }, Json.Options);

    private async Task<(PlaceOrder.Request? Request, IReadOnlyList<EdiFault> Faults)> Request(MessageAtHand message, OrderDocument document)
    {
        var (partner, profile, faults) = (message.Partner, message.Partner.Settings.Profile, new List<EdiFault>());
        if (!Currency.TryParse(document.Currency ?? profile.Currency, out var currency)) faults.Add(new EdiFault("CUR02", "field.unknown_currency", $"{document.Currency} is no currency."));
        var skus = await goods.Skus(partner, [.. document.Lines.Select(l => l.Numbers)]);
        var lines = new List<PlaceOrder.Line>();
        foreach (var (i, line) in document.Lines.Index())
        {
            if (skus[i] is not { } sku) { faults.Add(new EdiFault($"PO1 {i + 1}", "edi.unknown_goods", $"There is no product {string.Join(", ", line.Numbers.Select(n => $"{n.Qualifier} {n.Value}"))}.")); continue; }
            if (profile.UnitsEach(line.Unit) is not { } each) { faults.Add(new EdiFault($"PO1 {i + 1}, PO103", "edi.unknown_unit", $"Unit {line.Unit} is not agreed with the partner.")); continue; }
            if (faults.Count > 0) continue;
            var (unit, discount) = line.Price is { } price ? EdiAmounts.Price(price, line.Quantity, each, currency) : (null, null);
            if (line.Price is not null && unit is null) { faults.Add(new EdiFault($"PO1 {i + 1}, PO104", "edi.bad_price", "The price is beyond what an order may hold.")); continue; }
            lines.Add(new PlaceOrder.Line(sku, line.Quantity * each, unit, Cut(line.Description, 500), discount, null, null, null));
        }
        if (faults.Count > 0) return (null, faults);
        long off = document.Charges.Where(c => c.IsAllowance).Sum(c => EdiAmounts.OfCents(c.AmountCents, currency));
        bool isWholesale = partner.Settings.OrderType == "wholesale";
        var ship = document.ShipTo ?? document.Buyer;
        return (new PlaceOrder.Request(partner.Channel ?? "", document.Number, currency.Code,
            isWholesale ? new PlaceOrder.Customer(partner.Name, null, null, partner.Code) : new PlaceOrder.Customer(Cut(ship?.Name, 200), Mail(ship?.Email), Cut(ship?.Phone, 64), null),
            Address(ship, profile), Address(document.BillTo ?? document.Buyer, profile),
            document.Method is { } method ? profile.Methods.GetValueOrDefault(method) : null, lines,
            [.. document.Charges.Where(c => !c.IsAllowance).Select(c => new PlaceOrder.Charge(c.Code, Cut(c.Name, 500), EdiAmounts.OfCents(c.AmountCents, currency), null, null))],
            off > 0 ? off : null, PricesIncludeTax: false, Payment: null, OnShort: null, $"edi {partner.Code} {document.Number}",
            Notes(document), Type: isWholesale ? "wholesale" : "sales"), []);
    }

    private static Dictionary<string, string>? Notes(OrderDocument document)
    {
        var notes = new Dictionary<string, string>();
        if (document.Notes.Count > 0) notes["note"] = Cut(string.Join('\n', document.Notes), 1_000)!;
        if (document.ShipBy is { } ship) notes["requestedShip"] = X12Dates.Of(ship);
        if (document.DeliverBy is { } deliver) notes["requestedDelivery"] = X12Dates.Of(deliver);
        foreach (var (qualifier, value) in document.References.Take(20)) notes["ref" + qualifier] = Cut(value, 1_000)!;
        return notes.Count == 0 ? null : notes;
    }

    private static PlaceOrder.Address? Address(EdiParty? party, PartnerProfile profile) => party is null || (party.Line1 ?? party.City ?? party.Postcode) is null ? null
        : new PlaceOrder.Address(Cut(party.Contact ?? party.Name, 200), Cut(party.Name, 200), Cut(party.Line1, 300), Cut(party.Line2, 300), Cut(party.City, 200), Cut(party.Region, 200), Cut(party.Postcode, 32),
            party.Country is { Length: 2 } country ? country : profile.Country, Cut(party.Phone, 64));

    private static string? Mail(string? text) => text is { Length: <= 320 } && text.Contains('@', StringComparison.Ordinal) ? text : null;
    private static string? Cut(string? text, int most) => text is { } known && known.Length > most ? known[..most] : text;
}
