using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Switchyard.Adapters;
using Switchyard.Kernel;

namespace Switchyard.Connectors.WooCommerce;

/// <summary>An order of WooCommerce in our words.</summary>
internal static class WooOrders
{
    /// <param name="refunds">Of GET …/refunds; empty where the order names none.</param>
    /// <returns>Null: what came is no order, or one that nobody has placed yet.</returns>
    public static ChannelOrder? Read(JsonNode order, IEnumerable<JsonObject> refunds)
    {
        string? currency = order.Say("currency")?.ToUpperInvariant(), status = order.Say("status");
        if (order.Say("id") is not { } id || currency is null || StateOf(status) is not { } state || Gmt(order, "date_created_gmt") is not { } placed) return null;
        bool isGross = order.Is("prices_include_tax");
        var given = refunds.ToList();
        var back = given.SelectMany(r => r.Each("line_items")).Select(l => (Line: RefundedOf(l), Units: Math.Abs(Units(l)))).Where(l => l.Line is not null).GroupBy(l => l.Line!).ToDictionary(g => g.Key, g => g.Sum(l => l.Units));
        bool isPaid = Gmt(order, "date_paid_gmt") is not null;
        var lines = order.Each("line_items").Select(l => Line(l, currency, isGross, back)).OfType<ChannelLine>().ToList();
        return new ChannelOrder(id, order.Say("number"), placed, Gmt(order, "date_modified_gmt") ?? placed, null, state, currency, isGross, Buyer(order), Place(order.At("shipping")) ?? Place(order.At("billing")), Place(order.At("billing")),
            order.Each("shipping_lines").Select(s => s.Say("method_title") is { Length: > 0 } title ? title : s.Say("method_id")).FirstOrDefault(),
            lines, [.. Charges(order, "shipping_lines", "shipping", currency, isGross), .. Charges(order, "fee_lines", "fee", currency, isGross)],
            new ChannelPayment(isPaid ? "paid" : state == ChannelOrderState.Cancelled ? "failed" : "pending", isPaid ? order.At("total").Minor(currency) ?? 0 : 0, order.Say("payment_method"), order.Say("transaction_id") is { Length: > 0 } paid ? paid : null),
            order.At("total").Minor(currency))
        {
            Note = order.Say("customer_note") is { Length: > 0 } note ? Plain(note) : null,
            Refunds = [.. given.Select(r => Refund(r, currency)).OfType<ChannelRefund>()],
        };
    }

    /// <summary>Null: not an order yet.</summary>
    private static ChannelOrderState? StateOf(string? status) => status switch
    {
        "processing" => ChannelOrderState.Open,
        "pending" or "on-hold" => ChannelOrderState.Pending,
        "completed" => ChannelOrderState.Closed,
        "cancelled" or "failed" or "refunded" or "trash" => ChannelOrderState.Cancelled,
        null or "" or "auto-draft" or "checkout-draft" => null,
        // Shops add statuses of their own: such an order is there, and a person looks at it.
        _ => ChannelOrderState.Pending,
    };

    /// <summary>
    /// Amounts of a line are without tax, however prices were entered; where the shop shows prices with tax ours have it too. What a price cannot be divided into whole minor units by is
    /// rounded up, and comes off as a discount: the line's total is the shop's to the penny.
    /// </summary>
    private static ChannelLine? Line(JsonObject line, string currency, bool isGross, Dictionary<string, long> refunded)
    {
        if (line.Say("id") is not { } id || Units(line) is not (> 0 and var units)) return null;
        long tax = line.At("total_tax").Minor(currency) ?? 0, before = line.At("subtotal").Minor(currency) ?? 0, total = line.At("total").Minor(currency) ?? 0;
        if (isGross) (before, total) = (before + (line.At("subtotal_tax").Minor(currency) ?? 0), total + tax);
        before = Math.Max(before, total);
        long price = (before + units - 1) / units;
        string product = line.Say("product_id") ?? "0", variation = line.Say("variation_id") ?? "0";
        var said = line.Each("meta_data").Select(m => (Name: m.Say("key") ?? "", Value: m.Say("value"))).Where(m => m.Name.Length > 0 && m.Name[0] != '_' && m.Value is not null)
            .Select(m => (m.Name, Value: Plain(m.Value!))).ToList();
        return new ChannelLine(id, variation is not "0" ? variation : product is not "0" ? product : null, line.Say("sku") is { Length: > 0 } sku ? sku : null, Plain(line.Say("name") ?? ""),
            units, Math.Min(units, refunded.GetValueOrDefault(id)), price, price * units - total, tax, null)
        {
            Properties = said.GroupBy(m => m.Name).Take(20).ToDictionary(g => g.Key, g => g.Last().Value),
            Personalisation = BuyersWords.Personal(said.Where(m => !IsOption(m.Name, variation))), GiftMessage = said.Where(m => BuyersWords.IsGiftMessage(m.Name)).Select(m => m.Value).FirstOrDefault(),
        };
    }

    // Which variation was bought stands among the fields as well, by the slugs of its attributes; what a buyer fills in has the words of the shop's page.
    private static bool IsOption(string name, string variation) =>
        name.StartsWith("pa_", StringComparison.Ordinal) || variation is not "0" && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '%' or '_');

    private static IEnumerable<ChannelCharge> Charges(JsonNode order, string list, string code, string currency, bool isGross) => order.Each(list)
        .Select(c => (Name: c.Say("method_title") ?? c.Say("name"), Net: c.At("total").Minor(currency) ?? 0, Tax: c.At("total_tax").Minor(currency) ?? 0))
        .Where(c => c.Net > 0).Select(c => new ChannelCharge(code, c.Name is null ? null : Plain(c.Name), isGross ? c.Net + c.Tax : c.Net, c.Tax));

    private static ChannelBuyer Buyer(JsonNode order) => new(Name(order.At("billing")) ?? Name(order.At("shipping")), Some(order.Say("billing", "email")), Some(order.Say("billing", "phone")),
        order.Say("customer_id") is { } id and not "0" ? id : null);

    private static ChannelAddress? Place(JsonNode? at) => Some(at.Say("address_1")) is null && Some(at.Say("postcode")) is null && Some(at.Say("city")) is null ? null
        : new ChannelAddress(Name(at), Some(at.Say("company")), Some(at.Say("address_1")), Some(at.Say("address_2")), Some(at.Say("city")), Some(at.Say("state")), Some(at.Say("postcode")), Some(at.Say("country")), Some(at.Say("phone")));

    private static ChannelRefund? Refund(JsonObject refund, string currency) => refund.Say("id") is not { } id ? null
        : new ChannelRefund(id, Math.Abs((refund.At("amount") ?? refund.At("total")).Minor(currency) ?? 0), Gmt(refund, "date_created_gmt") ?? default, Some(refund.Say("reason")),
            refund.Each("line_items").Select(l => (Line: RefundedOf(l), Units: Math.Abs(Units(l)))).Where(l => l.Line is not null && l.Units > 0).GroupBy(l => l.Line!).ToDictionary(g => g.Key, g => g.Sum(l => l.Units)));

    // A refunded line names the line it is of in its own words.
    private static string? RefundedOf(JsonObject line) => line.Each("meta_data").FirstOrDefault(m => m.Say("key") == "_refunded_item_id").Say("value");

    private static long Units(JsonObject line) => line.Say("quantity") is { } text && decimal.TryParse(text, CultureInfo.InvariantCulture, out decimal units) && Math.Abs(units) < 1_000_000_000 ? (long)decimal.Truncate(units) : 0;
    private static string? Name(JsonNode? at) => Some($"{at.Say("first_name")} {at.Say("last_name")}".Trim());
    private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) ? null : Plain(text);

    // Titles come as HTML writes them.
    private static string Plain(string text) => WebUtility.HtmlDecode(text).Trim();

    /// <summary>An instant in UTC, written without saying so.</summary>
    public static DateTimeOffset? Gmt(JsonNode node, string name) => node.When(name);
}
