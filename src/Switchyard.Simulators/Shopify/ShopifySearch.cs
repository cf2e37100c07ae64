using System.Globalization;
using System.Text.RegularExpressions;
using GraphQL;

namespace Switchyard.Simulators;

/// <summary>
/// The search syntax of <c>query</c> arguments, as far as it is made of terms that must all hold: <c>updated_at:>='2025-01-31T10:00:00Z' AND status:open</c>.
/// A term that is not known here is refused, where Shopify would leave it out with a warning: a simulator should not hide a mistake.
/// </summary>
internal static partial class ShopifySearch
{
    public static IEnumerable<SimOrder> Orders(IEnumerable<SimOrder> all, string? query) => Terms(query).Aggregate(all, (found, term) => found.Where(Order(term)));

    public static IEnumerable<SimListing> Listings(IEnumerable<SimListing> all, string? query) => Terms(query).Aggregate(all, (found, term) => found.Where(Listing(term)));

    private static Func<SimOrder, bool> Order((string Field, string Sign, string Value) term) => term.Field switch
    {
        "updated_at" => At<SimOrder>(term, o => o.UpdatedAt),
        "created_at" or "processed_at" => At<SimOrder>(term, o => o.PlacedAt),
        "id" => Number<SimOrder>(term, ShopifyIds.Order),
        "name" => o => Same("#" + o.Number, "#" + term.Value.TrimStart('#')),
        "email" => o => Same(o.Buyer.Email, term.Value),
        "tag" => o => o.Tags.Any(t => Same(t, term.Value)),
        "status" => term.Value.ToLowerInvariant() switch
        {
            "any" => _ => true,
            "open" => o => !o.IsCancelled && !ShopifyOrders.IsClosed(o),
            "closed" => ShopifyOrders.IsClosed,
            "not_closed" => o => !ShopifyOrders.IsClosed(o),
            "cancelled" => o => o.IsCancelled,
            _ => throw Unknown(term),
        },
        "financial_status" => o => Same(ShopifyOrders.Financial(o), term.Value),
        "fulfillment_status" => o => Same(ShopifyOrders.Fulfilment(o),
            term.Value is "shipped" ? "fulfilled" : term.Value is "unshipped" ? "unfulfilled" : term.Value is "partial" ? "partially_fulfilled" : term.Value),
        _ => throw Unknown(term),
    };

    private static Func<SimListing, bool> Listing((string Field, string Sign, string Value) term) => term.Field switch
    {
        "updated_at" => At<SimListing>(term, l => l.UpdatedAt),
        "sku" => l => Same(l.Sku, term.Value),
        "barcode" => l => Same(l.Barcode, term.Value),
        "id" => Number<SimListing>(term, l => l.Id),
        "status" => _ => Same(term.Value, "active"),
        _ => throw Unknown(term),
    };

    private static Func<T, bool> At<T>((string Field, string Sign, string Value) term, Func<T, DateTimeOffset> of)
    {
        if (!DateTimeOffset.TryParse(term.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var at)) throw new ExecutionError($"Invalid date in search term {term.Field}.");
        // Shopify keeps moments to the second.
        return Signed<T>(term.Sign, one => of(one).ToUnixTimeSeconds().CompareTo(at.ToUnixTimeSeconds()));
    }

    private static Func<T, bool> Number<T>((string Field, string Sign, string Value) term, Func<T, long> of)
    {
        if (!long.TryParse(term.Value.Split('/')[^1], NumberStyles.None, CultureInfo.InvariantCulture,
            out long no)) throw new ExecutionError($"Invalid number in search term {term.Field}.");
        return Signed<T>(term.Sign, one => of(one).CompareTo(no));
    }

    private static Func<T, bool> Signed<T>(string sign, Func<T, int> how) => sign switch
    {
        ">" => one => how(one) > 0,
        ">=" => one => how(one) >= 0,
        "<" => one => how(one) < 0,
        "<=" => one => how(one) <= 0,
        _ => one => how(one) == 0,
    };

    private static List<(string Field, string Sign, string Value)> Terms(string? query)
    {
        var terms = new List<(string, string, string)>();
        int at = 0;
        string text = query ?? "";
        while (at < text.Length)
        {
            var term = Term().Match(text, at);
            if (!term.Success || term.Index != at) throw new ExecutionError($"The simulator does not understand the search from «{text[at..]}».");
            at += term.Length;
            if (term.Groups["field"].Success) terms.Add((term.Groups["field"].Value, term.Groups["sign"].Value,
                term.Groups["value"].Value.Trim('\'', '"').Replace("\\:", ":", StringComparison.Ordinal)));
        }
        return terms;
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static ExecutionError Unknown((string Field, string Sign, string Value) term) => new($"The simulator does not know the search term {term.Field}:{term.Value}.");

    [GeneratedRegex("""\s+|AND\b|(?<field>\w+):(?<sign>>=|<=|>|<)?(?<value>'[^']*'|"[^"]*"|[^\s'"]+)""")]
    private static partial Regex Term();
}
