using Switchyard.Search;

namespace Switchyard.Orders;

/// <summary>A word an order is found by.</summary>
/// <param name="Kind">name, email, phone, postcode, city, sku or tracking.</param>
public readonly record struct OrderTerm(string Kind, string Term)
{
    public static IEnumerable<OrderTerm> Of(string kind, string? text, Func<string, string[]> split) => text is null ? [] : split(text).Select(term => new OrderTerm(kind, term));
}

/// <summary>The words of an order: the same whether it is read for the table of words or for a condition in memory.</summary>
internal static class OrderWords
{
    public static IEnumerable<OrderTerm> Of(OrderView order) => Of(OrderFields.Names(order), order.Customer?.Email, order.Customer?.Phone,
        order.ShippingAddress?.Postcode, order.ShippingAddress?.City, order.Lines.Where(l => l.Kind != "charge").Select(l => l.Sku));

    public static IEnumerable<OrderTerm> Of(IEnumerable<string?> names, string? email, string? phone, string? postcode, string? city, IEnumerable<string> skus) =>
        names.SelectMany(n => OrderTerm.Of("name", n, TermText.Words))
            .Concat(OrderTerm.Of("email", email, TermText.Whole)).Concat(OrderTerm.Of("phone", phone, TermText.Phone))
            .Concat(OrderTerm.Of("postcode", postcode, TermText.Postcode)).Concat(OrderTerm.Of("city", city, TermText.Words))
            .Concat(skus.SelectMany(s => OrderTerm.Of("sku", s, TermText.Whole))).Distinct();
}
