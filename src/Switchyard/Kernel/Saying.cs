using System.Globalization;
using System.Text.Json;

namespace Switchyard.Kernel;

/// <summary>Sentences of the house's own: why an order is held, what a person must look at. Codes are stored and never renamed.</summary>
public enum Phrase
{
    AddressNoStreet, AddressNoTown, AddressNoPostcode, AddressNoCountry, AddressPostBox, CountryUnknown, CountryNoCode, PostcodeWrong,
    MethodUnknown, SkuUnknown, PriceOffList, StockShort, CreditTooLittle, CreditNone, WholesaleUnknown,
    PaymentNotTaken, PaymentPending, PaymentPendingLate, PaymentFailed, PaymentVoided, PaymentStayed,
    Repeat, BlockedFor, BlockedEmail, BlockedPhone, BlockedPostcode, DocumentsWanted, CustomerWaits, PersonLooks, EditWaits,
    RiskScore, RiskValueAbove, RiskFirstOrder, RiskBillingCountryDiffers, RiskFreeMail, RiskManyOfEmail, RiskManyOfPlace, RiskManyUnits, RiskForwarder, RiskPhoneCountry,
    LineOverdue, NotPaidInTime, CannotLeaveInTime, ShippedAfterStop, ShippedUnsaid, ShippedTooMany, ShippedCancelled, ShippedUngiven, DeliveredBeforeShipped,
    NoAnswer, PaymentUnknown, PaymentDisputed, OverPaid, RefundOwed, StockDeficit, HoldOverdue, CannotReplan, SoldAtTill,
    RouteCheapest, RouteByRule, RouteParcels, RouteUnsent, RouteSends, RouteDearer, RouteRanked, RouteTied, RouteTogether, RouteOnlyPart, RouteExcluded, RouteNoService, RouteNoStock, RouteNoLane,
    RouteTooLate, RouteTooHeavy, RouteFull, MovedTogether, FlipCheaper, FlipDearer, FlipMoreStock, FlipEarlier,
    ChannelNotTaken, ChannelRefused, ChannelSilent, ChannelCancelledLate, ChannelLineLate, ChannelAddressLate, ChannelMethodLate, ChannelShippedThere,
    PromiseOverdue, PromiseUndated, PromisePlannedLate, PromiseCrowded, PromiseWaits, PromiseHeld, PromiseNotBegun, PromiseNotPacked, PromiseEnded, PromiseLeft, PromiseKept,
}

/// <summary>A sentence by its code and what stands in it, so that a screen can say it in the person's language.</summary>
/// <param name="Values">By name. Amounts are minor units, named <c>amountMinor</c> beside <c>currency</c>.</param>
public sealed record Saying([property: Words(typeof(Phrase))] string Code, IReadOnlyDictionary<string, string> Values)
{
    private static readonly JsonSerializerOptions Kept = new(JsonSerializerDefaults.Web);

    /// <summary>One sentence, as it is stored beside its English words.</summary>
    public static string Of(Phrase phrase, params (string Name, object Value)[] values) => Write([One(phrase, values)]);

    /// <summary>Several in a row, as they are stored; null when one of them has no code, since then only the words say it all.</summary>
    public static string? Join(IEnumerable<string?> sayings)
    {
        var all = new List<Saying>();
        foreach (string? kept in sayings)
        {
            if (Read(kept) is not { } known) return null;
            all.AddRange(known);
        }
        return Write(all);
    }

    public static IReadOnlyList<Saying>? Read(string? kept) => kept is null ? null : JsonSerializer.Deserialize<List<Saying>>(kept, Kept);

    /// <summary>As it is sent: notPaidInTime.</summary>
    public static string CodeOf(Phrase phrase) => JsonNamingPolicy.CamelCase.ConvertName(phrase.ToString());

    private static Saying One(Phrase phrase, (string Name, object Value)[] values) => new(CodeOf(phrase),
        values.ToDictionary(v => v.Name, v => Convert.ToString(v.Value, CultureInfo.InvariantCulture) ?? "", StringComparer.Ordinal));

    private static string Write(IReadOnlyList<Saying> sayings) => JsonSerializer.Serialize(sayings, Kept);
}
