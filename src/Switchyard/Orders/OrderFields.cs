using Switchyard.Access;
using Switchyard.Search;

namespace Switchyard.Orders;

/// <summary>What orders can be found by, in lists and in conditions of rules alike.</summary>
public static class OrderFields
{
    private static readonly Func<string, string[]> AsItIs = text => [text.Trim()];
    private static readonly Func<string, string[]> Upper = text => [text.Trim().ToUpperInvariant()];

    public static readonly FieldCatalogue Catalogue = new(
    [
        new("number", FieldType.Code, "The order's number") { Split = text => [text.Trim().TrimStart('#')], HasPrefixes = false },
        new("externalId", FieldType.Code, "The channel's own number of it") { Split = AsItIs, HasPrefixes = false, Aliases = ["external"] },
        new("status", FieldType.Code, "The headline")
        {
            Split = AsItIs, HasPrefixes = false,
            Values = ["draft", "placed", "confirmed", "onHold", "backordered", "released", "picking", "packed", "readyForPickup", "partlyShipped", "shipped", "delivered", "closed", "cancelled", "expired"],
        },
        new("state", FieldType.Code, "What was decided about it") { Split = AsItIs, HasPrefixes = false, Values = ["draft", "placed", "confirmed", "closed", "cancelled", "expired"] },
        new("held", FieldType.Code, "yes, no, or the kind of an open hold, such as address") { HasPrefixes = false },
        new("channel", FieldType.Code, "The channel's code") { Split = AsItIs, HasPrefixes = false },
        new("type", FieldType.Code, "sales, wholesale, draft …"),
        new("priority", FieldType.Number, "Higher goes first; 0 is ordinary"),
        new("payment", FieldType.Code, "none, pending, authorised, paid, failed or terms"),
        new("method", FieldType.Code, "The delivery method") { Split = AsItIs },
        new("total", FieldType.Money, "The total in the order's currency, such as 12.50"),
        new("currency", FieldType.Code, "ISO code") { Split = Upper, HasPrefixes = false },
        new("placed", FieldType.Instant, "When it was placed") { Aliases = ["placedAt"] },
        new("shipBy", FieldType.Instant, "When it must have left"),
        new("deliverBy", FieldType.Instant, "When it was promised to arrive"),
        new("atRisk", FieldType.YesNo, "Its promised dates are in danger"),
        new("customer", FieldType.Words, "A word of the name, the email, the telephone number or the channel's reference of the customer") { Split = BareWord.Candidates, IsAnyWord = true },
        new("name", FieldType.Words, "Words of a name on it") { Split = TermText.Words },
        new("email", FieldType.Words, "The customer's email"),
        new("phone", FieldType.Words, "The customer's telephone number") { Split = TermText.Phone },
        new("country", FieldType.Code, "The country it goes to") { Split = Upper, HasPrefixes = false },
        new("postcode", FieldType.Words, "The postcode it goes to, with or without blanks") { Split = TermText.Postcode },
        new("city", FieldType.Words, "Words of the city it goes to") { Split = TermText.Words },
        new("sku", FieldType.Words, "A product in it"),
        new("tracking", FieldType.Words, "A tracking number"),
        new("tag", FieldType.Code, "A tag on it") { Split = text => [Kernel.Text.Key(text)] },
        new("assignee", FieldType.Code, "The user who deals with it, or none") { Split = text => [Kernel.Text.Key(text.Trim().TrimStart('@'))] },
        new("node", FieldType.Code, "A warehouse or store that has goods claimed for it") { Split = AsItIs, HasPrefixes = false },
        new("soldAt", FieldType.Code, "The store at whose till it was sold") { Split = AsItIs, HasPrefixes = false },
        new("history", FieldType.YesNo, "Brought in as history"),
    ], new("anything", FieldType.Words, "number, channel's number, name, email, telephone, postcode, city, SKU, tracking") { Split = BareWord.Candidates, IsAnyWord = true });

    /// <summary>The fields of an order as it is shown, for a condition asked in memory.</summary>
    public static Func<Field, object?> Of(OrderView order) => field => field.Name switch
    {
        "number" => order.Number,
        "externalId" => order.ExternalId,
        "status" => order.Status,
        "state" => order.State,
        "held" => order.IsHeld ? order.Holds.Where(h => h.State == "open").Select(h => h.Kind).Append("yes").Append("true") : ["no", "false"],
        "channel" => order.Channel,
        "type" => order.Type,
        "priority" => order.Priority,
        "payment" => order.PaymentStatus,
        "method" => order.Method,
        "total" => order.TotalMinor / (decimal)Kernel.Currency.Parse(order.Currency).MinorPerMajor,
        "currency" => order.Currency,
        "placed" => order.PlacedAt,
        "shipBy" => order.ShipBy,
        "deliverBy" => order.DeliverBy,
        "atRisk" => order.AtRiskSince is not null,
        "name" => Names(order),
        "email" => order.Customer?.Email,
        "phone" => order.Customer?.Phone,
        "country" => order.ShippingAddress?.Country,
        "postcode" => order.ShippingAddress?.Postcode,
        "city" => order.ShippingAddress?.City,
        "sku" => order.Lines.Where(l => l.Kind != "charge").Select(l => l.Sku),
        "tag" => order.Tags,
        "assignee" => Kernel.Text.Key(order.Assignee ?? "none"),
        "node" => order.Lines.SelectMany(l => l.Allocations.Select(a => a.Node)),
        "customer" => OrderWords.Of(order).Where(t => t.Kind is "name" or "email" or "phone").Select(t => t.Term).Concat(order.Customer?.Reference is { } own ? [WordsValue.Exactly(own)] : []),
        "anything" => OrderWords.Of(order).Select(t => t.Term).Append(WordsValue.Exactly(order.Number)).Concat(order.ExternalId is { } external ? [WordsValue.Exactly(external)] : []),
        "soldAt" => order.SoldAt,
        "history" => false,                          // rules judge what is going on, never what was brought in as history
        _ => null,
    };

    internal static IEnumerable<string> Names(OrderView order) =>
        new[] { order.Customer?.Name, order.ShippingAddress?.Name, order.ShippingAddress?.Company }.OfType<string>();
}
