using Switchyard.Customers;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Something that makes an order more likely to be fraud, and how much it weighs.</summary>
/// <param name="Signal">One of <see cref="RiskScore.Signals"/>.</param>
/// <param name="Threshold">value_above: minor units of the merchant's currency; many_of_email, many_of_place: orders within the hour; many_units: units of one line.</param>
/// <param name="MinPriceMinor">many_units: only lines of at least this unit price.</param>
/// <param name="List">free_mail: domains; forwarder: beginnings of delivery postcodes.</param>
public sealed record RiskSignal(
    [Words("value_above", "first_order", "billing_country_differs", "free_mail", "many_of_email", "many_of_place", "many_units", "forwarder", "phone_country")] string Signal, int Weight, long? Threshold = null, long? MinPriceMinor = null, IReadOnlyList<string>? List = null);

/// <summary>A signal that was seen, with the sentence that says so.</summary>
public sealed record SeenSignal(string Signal, int Weight, string Says)
{
    /// <summary>The sentence by its code, as it is stored.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Kept { get; init; }
}

/// <summary>Adds up the weights of what is suspicious about an order. Pure.</summary>
public static class RiskScore
{
    public static readonly IReadOnlyList<string> Signals =
        ["value_above", "first_order", "billing_country_differs", "free_mail", "many_of_email", "many_of_place", "many_units", "forwarder", "phone_country"];

    private static readonly IReadOnlyList<string> FreeMail =
    [
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.uk", "ymail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.com", "msn.com", "icloud.com",
        "me.com", "aol.com", "gmx.de", "gmx.net", "web.de", "mail.ru", "yandex.ru", "proton.me", "protonmail.com", "mail.com", "zoho.com", "qq.com", "163.com",
    ];

    /// <summary>Weights to begin with; the rule is off until a merchant turns it on.</summary>
    public static readonly IReadOnlyList<RiskSignal> Suggested =
    [
        new("value_above", 40, Threshold: 50_000), new("first_order", 20), new("billing_country_differs", 40), new("free_mail", 10),
        new("many_of_email", 40, Threshold: 3), new("many_of_place", 40, Threshold: 5), new("many_units", 30, Threshold: 3, MinPriceMinor: 20_000),
        new("phone_country", 20),
    ];

    /// <summary>The signals that are seen, in the order of the rule. The score is the sum of their weights.</summary>
    /// <remarks>What is not known (an amount without a rate, an order without an email) is no signal.</remarks>
    public static IReadOnlyList<SeenSignal> Of(OrderFacts order, IReadOnlyList<RiskSignal> signals)
    {
        var seen = new List<SeenSignal>();
        foreach (var signal in signals)
            if (Says(order, signal) is { } says) seen.Add(new SeenSignal(signal.Signal, signal.Weight, says.Words) { Kept = says.Kept });
        return seen;
    }

    public static int Sum(IReadOnlyList<SeenSignal> seen) => seen.Sum(s => s.Weight);

    public static void Check(Checks checks, HoldSettings settings)
    {
        checks.That(settings.Limit is >= 0 and <= 10_000, "/settings/limit", "field.out_of_range", "limit must be from 0 to 10000.");
        checks.That(settings.Signals is { Count: > 0 and <= 50 }, "/settings/signals", "field.required", "A score needs from 1 to 50 signals.");
        for (int i = 0; i < Math.Min(settings.Signals?.Count ?? 0, 50); i++)
        {
            if (settings.Signals![i] is not { } signal) { checks.Fault($"/settings/signals/{i}", "field.required", "A signal must be an object."); continue; }
            checks.That(Signals.Contains(signal.Signal), $"/settings/signals/{i}/signal", "field.unknown_value", $"signal must be one of {string.Join(", ", Signals)}.");
            checks.Range(signal.Weight, -10_000, 10_000, $"/settings/signals/{i}/weight");
            if (signal.Threshold is { } threshold) checks.Amount(threshold, $"/settings/signals/{i}/threshold");
            OrderConditions.CheckList(checks, signal.List, $"/settings/signals/{i}/list");
            checks.That(signal.Signal is not ("value_above" or "many_of_email" or "many_of_place" or "many_units") || signal.Threshold is not null,
                $"/settings/signals/{i}/threshold", "field.required", $"{signal.Signal} needs a threshold.");
            checks.That(signal.Signal is not "forwarder" || signal.List is not null, $"/settings/signals/{i}/list", "field.required", "forwarder needs a list of postcodes.");
        }
    }

    private static (string Words, string Kept)? Says(OrderFacts order, RiskSignal signal)
    {
        var (shipping, billing, history) = (order.Request.ShippingAddress, order.Request.BillingAddress, order.History);
        long limit = signal.Threshold ?? 0;
        switch (signal.Signal)
        {
            case "value_above": return order.TotalBaseMinor > limit ? ("It is worth more than usual.", Saying.Of(Phrase.RiskValueAbove)) : null;
            case "first_order": return history is { IsFirstOfEmail: true } ? ("It is the first order of this email address.", Saying.Of(Phrase.RiskFirstOrder)) : null;
            case "billing_country_differs":
                return billing?.Country is { Length: > 0 } bill && shipping?.Country is { Length: > 0 } ship && Text.Key(bill) != Text.Key(ship)
                    ? ("The bill goes to another country than the goods.", Saying.Of(Phrase.RiskBillingCountryDiffers)) : null;
            case "free_mail":
                return order.Buyer.EmailKey is { } email && (signal.List ?? FreeMail).Any(d => email.EndsWith("@" + d.TrimStart('@').ToLowerInvariant(), StringComparison.Ordinal))
                    ? ("The email address is of a free service.", Saying.Of(Phrase.RiskFreeMail)) : null;
            case "many_of_email":
                return history?.OfEmailInHour >= limit
                    ? ($"This email address ordered {history.OfEmailInHour} times within the hour.", Saying.Of(Phrase.RiskManyOfEmail, ("n", history.OfEmailInHour))) : null;
            case "many_of_place":
                return history?.OfPlaceInHour >= limit
                    ? ($"{history.OfPlaceInHour} orders went to this address within the hour.", Saying.Of(Phrase.RiskManyOfPlace, ("n", history.OfPlaceInHour))) : null;
            case "many_units":
                return order.Lines.FirstOrDefault(l => l.Quantity >= limit && l.UnitPriceMinor >= (signal.MinPriceMinor ?? 0)) is { } line
                    ? ($"{line.Quantity} units of {line.Sku} are many.", Saying.Of(Phrase.RiskManyUnits, ("n", line.Quantity), ("sku", line.Sku))) : null;
            case "forwarder":
                return shipping?.Postcode is { } code && signal.List!.Any(p => AddressFormats.Bare(code).StartsWith(AddressFormats.Bare(p), StringComparison.Ordinal))
                    ? ("The address is one of a forwarder.", Saying.Of(Phrase.RiskForwarder)) : null;
            case "phone_country": return IsFromElsewhere(order.Request, shipping) ? ("The telephone number is of another country.", Saying.Of(Phrase.RiskPhoneCountry)) : null;
            default: return null;
        }
    }

    private static bool IsFromElsewhere(PlaceOrder.Request request, PlaceOrder.Address? shipping) =>
        shipping?.Country is { } country && PhoneKey.CallingCode(country) is { } code
        && PhoneKey.Of(request.Customer?.Phone ?? shipping.Phone, country) is { } phone && phone[0] == '+' && !phone.StartsWith("+" + code, StringComparison.Ordinal);
}
