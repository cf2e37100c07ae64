using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Which orders a rule is about: every condition that is given must hold, and of a list any one. None given: all orders.</summary>
/// <param name="PostcodePrefixes">Beginnings of delivery postcodes; blanks do not count.</param>
/// <param name="SkuFlags">Handling flags of products, for instance chilled.</param>
/// <param name="MinTotalMinor">The order's total in the merchant's currency, minor units.</param>
/// <param name="MinUnits">Units of any one SKU.</param>
public sealed record OrderConditions(IReadOnlyList<string>? Channels = null, IReadOnlyList<string>? Methods = null, IReadOnlyList<string>? Countries = null,
    IReadOnlyList<string>? PostcodePrefixes = null, IReadOnlyList<string>? SkuFlags = null, IReadOnlyList<string>? Skus = null,
    IReadOnlyList<string>? PaymentStatuses = null, IReadOnlyList<string>? PaymentMethods = null, long? MinTotalMinor = null, long? MaxTotalMinor = null,
    long? MinUnits = null, IReadOnlyDictionary<string, string>? Metadata = null)
{
    private const int MostOfEach = 500;

    /// <summary>Does the order meet them all? An order whose worth in the merchant's currency is not known is above no amount and below none.</summary>
    public bool Hold(OrderFacts order)
    {
        var address = order.Request.ShippingAddress;
        var payment = order.Request.Payment;
        return Any(Channels, order.Request.Channel) && Any(Methods, order.Method) && Any(Countries, address?.Country) && Any(PaymentMethods, payment?.Method)
            && Any(PaymentStatuses, payment?.Status ?? "none")
            && (PostcodePrefixes is null || address?.Postcode is { } code && PostcodePrefixes.Any(p => AddressFormats.Bare(code).StartsWith(AddressFormats.Bare(p), StringComparison.Ordinal)))
            && (MinTotalMinor is not { } least || order.TotalBaseMinor >= least) && (MaxTotalMinor is not { } most || order.TotalBaseMinor <= most)
            && (!IsAboutLines || order.Lines.Any(HoldsFor))
            && (Metadata is null || Metadata.All(m => order.Request.Metadata?.GetValueOrDefault(m.Key) == m.Value));
    }

    internal bool AsksAmounts => MinTotalMinor is not null || MaxTotalMinor is not null;

    /// <summary>Is any condition about lines?</summary>
    public bool IsAboutLines => SkuFlags is not null || Skus is not null || MinUnits is not null;

    /// <summary>Does one line meet the conditions that are about lines?</summary>
    public bool HoldsFor(LineFacts line) => (SkuFlags is null || SkuFlags.Any(f => line.Flags.Contains(f, StringComparer.OrdinalIgnoreCase)))
        && Any(Skus, line.Sku) && (MinUnits is not { } least || line.Quantity >= least);

    public void Check(Checks checks, string at)
    {
        foreach (var (list, name) in new[] { (Channels, "channels"), (Methods, "methods"), (Countries, "countries"), (PostcodePrefixes, "postcodePrefixes"),
            (SkuFlags, "skuFlags"), (Skus, "skus"), (PaymentStatuses, "paymentStatuses"), (PaymentMethods, "paymentMethods") })
            CheckList(checks, list, $"{at}/{name}");
        if (MinTotalMinor is { } least) checks.Amount(least, at + "/minTotalMinor");
        if (MaxTotalMinor is { } most) checks.Amount(most, at + "/maxTotalMinor");
        if (MinUnits is { } units) checks.Quantity(units, at + "/minUnits");
        checks.That(Metadata is null || Metadata.Count <= PlaceOrder.MostMetadata, at + "/metadata", "field.too_many", $"At most {PlaceOrder.MostMetadata} entries of metadata.");
        foreach (var (key, value) in Metadata ?? new Dictionary<string, string>())
        {
            checks.Text(key, at + "/metadata", 100, required: true);
            checks.Text(value, at + "/metadata", 1_000);
        }
    }

    /// <summary>For whoever sees no prices: conditions on amounts are refused, since what is held by them would tell them.</summary>
    internal static void RefuseAmounts(Checks checks, OrderConditions? when, string at)
    {
        foreach (var (amount, name) in new[] { (when?.MinTotalMinor, "minTotalMinor"), (when?.MaxTotalMinor, "maxTotalMinor") })
            checks.That(amount is null, $"{at}/{name}", RoutingForm.Amounts, $"A condition on the total ({name}) needs the right prices:read: its outcome tells amounts.");
    }

    internal static void CheckList(Checks checks, IReadOnlyList<string?>? list, string at)
    {
        if (list is null) return;
        checks.That(list.Count is > 0 and <= MostOfEach, at, "field.out_of_range", $"A list has from 1 to {MostOfEach} entries; leave it out to mean all.");
        for (int i = 0; i < Math.Min(list.Count, MostOfEach); i++) checks.Text(list[i], $"{at}/{i}", 200, required: true);
    }

    private static bool Any(IReadOnlyList<string>? wanted, string? value) => wanted is null || value is not null && wanted.Any(w => Text.Key(w) == Text.Key(value));
}
