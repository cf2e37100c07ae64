using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;
using Switchyard.Kernel;

namespace Switchyard.Connectors.Vendure;

/// <summary>Orders of Vendure in our words.</summary>
/// <param name="isGross">The shop's channel shows prices with tax.</param>
/// <param name="precision">Digits behind the point of the shop's amounts, whatever the currency has.</param>
/// <param name="settles">Authorised money is settled with the first parcel: such an order is to be worked on.</param>
internal sealed class VendureOrders(bool isGross, int precision, bool settles)
{
    private const int UsualPrecision = 2;

    /// <summary>A reader by what the answer says of its shop.</summary>
    public static VendureOrders For(JsonNode said, AdapterAccess access) => new(said.Is("activeChannel", "pricesIncludeTax"),
        said.Whole("globalSettings", "serverConfig", "moneyStrategyPrecision") ?? UsualPrecision, access.Setting("payments") == "shipped");

    /// <returns>Null: what came is no order, or one that nobody has placed yet.</returns>
    public ChannelOrder? Read(JsonObject order)
    {
        if (order.Say("id") is not { } id || order.Say("currencyCode") is not { } currency || order.When("orderPlacedAt") is not { } placed) return null;
        long Money(JsonNode? node) => Minor(node, currency);
        var shipped = order.Each("fulfillments").Where(f => f.Say("state") is "Shipped" or "Delivered").SelectMany(f => f.Each("lines"))
            .Where(l => l.Say("orderLineId") is not null).GroupBy(l => l.Say("orderLineId")!).ToDictionary(g => g.Key, g => g.Sum(l => (long)(l.Whole("quantity") ?? 0)));
        var refunds = order.Each("payments").SelectMany(p => p.Each("refunds")).Where(r => r.Say("state") != "Failed" && r.Say("id") is not null)
            .Select(r => Refund(r, currency)).ToList();
        var (lines, charges) = Priced(order, Money, shipped);
        var payments = order.Each("payments").ToList();
        long Of(string state) => payments.Where(p => p.Say("state") == state).Sum(p => Money(p.At("amount")));
        long settled = Of("Settled"), authorised = Of("Authorized");
        long total = Money(order.At("totalWithTax"));
        var state = StateOf(order.Say("state"), lines, isAuthorised: authorised > 0);
        // An order gets into these states only when all of it is settled.
        bool isPaid = settled >= total || order.Say("state") is "PaymentSettled" or "PartiallyShipped" or "Shipped" or "PartiallyDelivered" or "Delivered";
        string status = state == ChannelOrderState.Cancelled && settled == 0 ? "failed" : isPaid ? "paid" : settled + authorised >= total ? "authorised" : "pending";
        string? method = order.Each("shippingLines").Select(s => Some(s.Say("shippingMethod", "name")) ?? s.Say("shippingMethod", "code")).FirstOrDefault();
        string? reference = payments.Select(p => Some(p.Say("transactionId"))).FirstOrDefault(t => t is not null);
        var changed = refunds.Select(r => r.At).Append(order.When("updatedAt") ?? placed).Max();
        return new ChannelOrder(id, order.Say("code"), placed, changed, null, state, currency, isGross, Buyer(order), Place(order.At("shippingAddress")),
            Place(order.At("billingAddress")), method, lines, charges, new ChannelPayment(status, settled, payments.Select(p => p.Say("method")).FirstOrDefault(), reference), total)
        { Refunds = refunds };
    }

    /// <summary>An amount of the shop as minor units of its currency: a shop of two digits writes 100 yen as 10000.</summary>
    public long Minor(JsonNode? amount, string currency) =>
        amount.Say() is { } text && decimal.TryParse(text, CultureInfo.InvariantCulture, out decimal units) && Currency.TryParse(currency, out var money)
            && Math.Abs(units) < 1_000_000_000_000 ? (long)Math.Round(units * money.MinorPerMajor / Power, MidpointRounding.AwayFromZero) : 0;

    /// <summary>The same the other way.</summary>
    public long Units(long minor, string currency) => (long)Math.Round(AdapterJson.Major(minor, currency) * Power, MidpointRounding.AwayFromZero);

    private decimal Power => (decimal)Math.Pow(10, Math.Clamp(precision, 0, 6));

    private ChannelOrderState StateOf(string? state, IReadOnlyList<ChannelLine> lines, bool isAuthorised) => state switch
    {
        "Cancelled" => ChannelOrderState.Cancelled,
        "Shipped" or "Delivered" => ChannelOrderState.Closed,
        // What was delivered first may leave others behind.
        "PartiallyShipped" or "PartiallyDelivered" => lines.All(l => l.Quantity - l.Cancelled <= l.Shipped) ? ChannelOrderState.Closed : ChannelOrderState.Open,
        "PaymentSettled" => ChannelOrderState.Open,
        "PaymentAuthorized" => settles && isAuthorised ? ChannelOrderState.Open : ChannelOrderState.Pending,
        // Somebody changes it, or the shop has states of its own: goods are held, and it is told again.
        _ => ChannelOrderState.Pending,
    };

    /// <summary>Prices are of the units that are wanted now. A surcharge that takes money off comes off the goods, dearest first.</summary>
    private (IReadOnlyList<ChannelLine>, IReadOnlyList<ChannelCharge>) Priced(JsonObject order, Func<JsonNode?, long> money, Dictionary<string, long> shipped)
    {
        string Side(string name) => isGross ? name + "WithTax" : name;
        var lines = order.Each("lines").Select(l => Line(l, money, shipped.GetValueOrDefault(l.Say("id") ?? ""))).OfType<ChannelLine>().ToList();
        var charges = order.Each("shippingLines").Select(s => new ChannelCharge("shipping", Some(s.Say("shippingMethod", "name")), money(s.At(Side("discountedPrice"))),
            money(s.At("discountedPriceWithTax")) - money(s.At("discountedPrice")))).Where(c => c.AmountMinor > 0).ToList();
        foreach (var extra in order.Each("surcharges"))
        {
            long amount = money(extra.At(Side("price"))), tax = money(extra.At("priceWithTax")) - money(extra.At("price"));
            if (amount > 0) charges.Add(new ChannelCharge("fee", Some(extra.Say("description")), amount, tax, Rate(extra)));
            for (long off = -amount; off > 0;)
            {
                if (lines.Count == 0) break;
                int at = lines.IndexOf(lines.MaxBy(Worth)!);
                long part = Math.Min(off, Worth(lines[at]));
                if (part <= 0) break;
                lines[at] = lines[at] with { DiscountMinor = lines[at].DiscountMinor + part, TaxMinor = lines[at].TaxMinor + (off == -amount ? tax : 0) };
                off -= part;
            }
        }
        return (lines, charges);
    }

    private static long Worth(ChannelLine line) => line.UnitPriceMinor * (line.Quantity - line.Cancelled) - line.DiscountMinor;

    private ChannelLine? Line(JsonObject line, Func<JsonNode?, long> money, long shipped)
    {
        long units = line.Whole("quantity") ?? 0, placed = Math.Max(line.Whole("orderPlacedQuantity") ?? 0, units);
        if (line.Say("id") is not { } id || placed == 0) return null;
        long price = money(line.At(isGross ? "unitPriceWithTax" : "unitPrice")), total = money(line.At(isGross ? "proratedLinePriceWithTax" : "proratedLinePrice"));
        // The line's total is the shop's to the penny: what a rounded price leaves over comes off as a discount.
        if (units > 0 && price * units < total) price = (total + units - 1) / units;
        var variant = line.At("productVariant");
        return new ChannelLine(id, variant.Say("id"), Some(variant.Say("sku")), variant.Say("name"), placed, placed - units, price, price * units - total, money(line.At("lineTax")),
            Rate(line))
        { Shipped = shipped };
    }

    private static decimal? Rate(JsonObject of) =>
        of.Say("taxRate") is { } text && decimal.TryParse(text, CultureInfo.InvariantCulture, out decimal percent) ? percent / 100 : null;

    private ChannelRefund Refund(JsonObject refund, string currency)
    {
        var units = refund.Each("lines").Where(l => l.Say("orderLineId") is not null && l.Whole("quantity") is > 0).GroupBy(l => l.Say("orderLineId")!)
            .ToDictionary(g => g.Key, g => g.Sum(l => (long)l.Whole("quantity")!.Value));
        return new ChannelRefund(refund.Say("id")!, Minor(refund.At("total"), currency), refund.When("createdAt") ?? default, Some(refund.Say("reason")), units);
    }

    private static ChannelBuyer? Buyer(JsonObject order) => order.At("customer") is not JsonObject buyer ? null
        : new ChannelBuyer(Some($"{buyer.Say("firstName")} {buyer.Say("lastName")}"), Some(buyer.Say("emailAddress")),
            Some(buyer.Say("phoneNumber")) ?? Some(order.Say("shippingAddress", "phoneNumber")), buyer.Say("id"));

    private static ChannelAddress? Place(JsonNode? at) => Some(at.Say("streetLine1")) is null && Some(at.Say("postalCode")) is null && Some(at.Say("city")) is null ? null
        : new ChannelAddress(Some(at.Say("fullName")), Some(at.Say("company")), Some(at.Say("streetLine1")), Some(at.Say("streetLine2")), Some(at.Say("city")),
            Some(at.Say("province")), Some(at.Say("postalCode")), Some(at.Say("countryCode"))?.ToUpperInvariant(), Some(at.Say("phoneNumber")));

    private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
