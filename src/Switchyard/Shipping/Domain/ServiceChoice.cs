using System.Text.Json;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>How a service is chosen among those that keep what the customer bought.</summary>
public enum ShippingPolicy { Cheapest, Fastest, CheapestInTime, Greenest }

/// <summary>A service of an account, as the merchant set it up.</summary>
/// <param name="Service">The carrier's code.</param>
/// <param name="Methods">What a customer may have bought to be sent by it; <c>standard</c> when left out. A method that is not listed is never served by it.</param>
/// <param name="MinDays">Working days at best; those at worst are the rate's.</param>
/// <param name="Co2Grams">Of one parcel, as the carrier declares it; services without count as the worst.</param>
/// <param name="IsOff">Not used for now; what is known of it stays.</param>
public sealed record AccountService(string? Service, string? Name = null, IReadOnlyList<string?>? Methods = null, int? MinDays = null, bool IsGuaranteed = false, long? Co2Grams = null, long? MaxGrams = null,
    bool IsOff = false)
{
    /// <summary>May what the customer bought go by it? Nothing bought is standard.</summary>
    public bool Serves(string? method) => !IsOff && (Methods is { Count: > 0 } methods ? methods : ["standard"]).Any(m => string.Equals(m, method ?? "standard", StringComparison.OrdinalIgnoreCase));
}

/// <summary>One way a parcel could go, with its cost and days, or why it is out.</summary>
/// <param name="Eta">The last day by which it arrives, at its end.</param>
/// <param name="Reason">Null: it can go so. Else a stable code: carrierFailed, tooHeavy, notServed, noRate, otherCurrency.</param>
/// <param name="Said">What the carrier said when it failed.</param>
public sealed record ServiceQuote(string Account, string Carrier, string? Service, string? Name, long? CostMinor, string? Currency, int? MinDays, int? MaxDays, DateTimeOffset? Eta, bool IsGuaranteed,
    long? Co2Grams, bool IsInTime, [property: Words("carrierFailed", "tooHeavy", "notServed", "noRate", "otherCurrency")] string? Reason = null, string? Said = null)
{
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? CarrierKey { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public bool CanGo => Reason is null;
}

/// <summary>What was chosen and among what: stored with the label.</summary>
/// <param name="Quotes">All of them, the chosen first, those that cannot go last.</param>
/// <param name="IsLate">None keeps the date that was promised; the earliest goes.</param>
public sealed record ServiceDecision(ShippingPolicy Policy, string? Method, DateTimeOffset? PromisedBy, IReadOnlyList<ServiceQuote> Quotes, bool IsLate)
{
    /// <summary>Those that can go, in the order in which they are tried.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<ServiceQuote> Choices => Quotes.Where(q => q.CanGo);
}

/// <summary>Chooses a service. Pure.</summary>
public static class ServiceChoice
{
    /// <summary>Orders quotes by a policy. Ties go to the cheaper, the faster, the guaranteed, then by name, so that the same quotes always choose the same.</summary>
    /// <remarks>Those that do not keep the promised date come after all that do; when none does, the earliest is first whatever the policy.</remarks>
    public static ServiceDecision Decide(ShippingPolicy policy, string? method, DateTimeOffset? promisedBy, IEnumerable<ServiceQuote> quotes)
    {
        var all = quotes.ToList();
        bool isLate = promisedBy is not null && all.Any(q => q.CanGo) && !all.Any(q => q.CanGo && q.IsInTime);
        bool minds = promisedBy is not null && policy is ShippingPolicy.CheapestInTime;
        var ordered = all.OrderBy(q => q.CanGo ? 0 : 1).ThenBy(q => (minds || isLate) && !q.IsInTime ? 1 : 0);
        ordered = isLate && minds ? ordered.ThenBy(Days).ThenBy(Cost) : policy switch
        {
            ShippingPolicy.Fastest => ordered.ThenBy(Days).ThenBy(q => q.IsGuaranteed ? 0 : 1).ThenBy(Cost),
            ShippingPolicy.Greenest => ordered.ThenBy(q => q.Co2Grams ?? long.MaxValue).ThenBy(Cost).ThenBy(Days),
            _ => ordered.ThenBy(Cost).ThenBy(Days).ThenBy(q => q.IsGuaranteed ? 0 : 1),
        };
        return new ServiceDecision(policy, method, promisedBy, [.. ordered.ThenBy(q => q.Account, StringComparer.Ordinal).ThenBy(q => q.Service, StringComparer.Ordinal)], isLate);

        static long Cost(ServiceQuote q) => q.CostMinor ?? long.MaxValue;
        static int Days(ServiceQuote q) => q.MaxDays ?? int.MaxValue;
    }

    /// <summary>The end of the last working day (Monday to Friday) by which a parcel handed over at that instant arrives, by the node's clock.</summary>
    /// <param name="days">≥ 0.</param>
    public static DateTimeOffset Eta(DateTimeOffset at, int days, TimeZoneInfo zone)
    {
        var day = TimeZoneInfo.ConvertTime(at, zone).Date;
        for (int left = days; left > 0;)
        {
            day = day.AddDays(1);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) left--;
        }
        var end = DateTime.SpecifyKind(day.AddDays(1), DateTimeKind.Unspecified);
        return new DateTimeOffset(end, zone.GetUtcOffset(end)).ToUniversalTime();
    }

    public static string Name(ShippingPolicy policy) => JsonNamingPolicy.CamelCase.ConvertName(policy.ToString());
    public static ShippingPolicy Parse(string name) => Enum.Parse<ShippingPolicy>(name, ignoreCase: true);
}
