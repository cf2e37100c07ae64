using Switchyard.Access;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>A rule by which orders are held when they come in. Rules are tried in the order of their positions.</summary>
/// <param name="Code">Its name for machines; never renamed.</param>
/// <param name="Kind">What it looks at, one of <see cref="RuleKinds"/>.</param>
/// <param name="When">The orders it is about; null: all.</param>
/// <param name="Reason">What people read instead of the rule's own sentence; <c>{reason}</c> in it stands for that.</param>
/// <param name="Scope">line or order; null: as the kind has it.</param>
/// <param name="Owner">Who deals with it: a user, a role or the name of a queue.</param>
/// <param name="Permission">What whoever releases it needs beyond orders:write.</param>
/// <param name="ExpiresAfterMinutes">The hold opens by itself after so long; a payment's ends the order.</param>
/// <param name="EscalateAfterMinutes">After so long it is shown as overdue.</param>
/// <param name="IsFinal">No later rule is tried once this one holds.</param>
public sealed record HoldRule(string Code, int Position, string Kind, bool IsActive = true, OrderConditions? When = null, HoldSettings? Settings = null,
    string? Reason = null, string? Scope = null, string? Owner = null, string? Permission = null, int? ExpiresAfterMinutes = null,
    int? EscalateAfterMinutes = null, bool IsFinal = false)
{
    /// <summary>0: a rule of the house that nobody has changed.</summary>
    public long Version { get; init; }

    /// <summary>For whoever sees no prices: what a rule holds would tell amounts.</summary>
    internal static void RefuseAmounts(Checks checks, HoldRule rule)
    {
        OrderConditions.RefuseAmounts(checks, rule.When, "/when");
        checks.That(rule.Settings?.ToleranceMinor is null, "/settings/toleranceMinor", RoutingForm.Amounts, "toleranceMinor needs the right prices:read: what is held by it tells prices.");
        foreach (var (i, signal) in (rule.Settings?.Signals ?? []).Index())
            checks.That(signal is null || signal.Signal != "value_above" && signal.MinPriceMinor is null, $"/settings/signals/{i}", RoutingForm.Amounts,
                $"The signal {signal?.Signal} looks at amounts, which needs the right prices:read.");
    }

    /// <summary>Is it judged by what the books tell of the customer?</summary>
    public bool NeedsHistory => Kind is RuleKinds.Duplicate or RuleKinds.Blacklist or RuleKinds.Credit or RuleKinds.Risk;
}

/// <summary>What a rule of some kind needs beyond its conditions; members of other kinds are left out.</summary>
/// <param name="IgnorePostcode">address: only look whether street, town and country are there.</param>
/// <param name="RefusePostBoxes">address: parcels do not go to post-office boxes.</param>
/// <param name="TolerancePercent">price_off_list: prices may differ by this part of the list price.</param>
/// <param name="ToleranceMinor">price_off_list: or by this amount, minor units of the order's currency.</param>
/// <param name="OnlyBelow">price_off_list: prices above the list are fine.</param>
/// <param name="WithinMinutes">duplicate: how long after the first order a second is doubted.</param>
/// <param name="Limit">risk: a score above it holds the order.</param>
/// <param name="Emails">blacklist: addresses, or <c>@domain</c>. Beside the list of blocked people.</param>
/// <param name="Phones">blacklist: telephone numbers.</param>
/// <param name="Postcodes">blacklist: delivery postcodes.</param>
public sealed record HoldSettings(bool? IgnorePostcode = null, bool? RefusePostBoxes = null, decimal? TolerancePercent = null, long? ToleranceMinor = null,
    bool? OnlyBelow = null, int? WithinMinutes = null, int? Limit = null, IReadOnlyList<RiskSignal>? Signals = null,
    IReadOnlyList<string>? Emails = null, IReadOnlyList<string>? Phones = null, IReadOnlyList<string>? Postcodes = null);

/// <summary>What rules can look at. Codes are stored and never renamed.</summary>
public static class RuleKinds
{
    public const string Address = "address", Method = "method", UnknownSku = "unknown_sku", PriceOffList = "price_off_list", Payment = "payment",
        Risk = "risk", Blacklist = "blacklist", Credit = "credit", Duplicate = "duplicate", Documents = "documents", Manual = "manual", Customer = "customer";

    public static readonly IReadOnlyList<string> All =
        [Address, Method, UnknownSku, PriceOffList, Payment, Risk, Blacklist, Credit, Duplicate, Documents, Manual, Customer];

    /// <summary>What holds of this rule are called: a score's are fraud.</summary>
    public static string HoldKind(string kind) => kind == Risk ? HoldKinds.Fraud : kind;

    /// <summary>Kinds that need no finding: whatever meets the conditions is held.</summary>
    public static bool IsByConditions(string kind) => kind is Documents or Manual or Customer;
}

/// <summary>What holds are called. Codes are stored and never renamed.</summary>
public static class HoldKinds
{
    public const string Fraud = "fraud", Stock = "stock";

    /// <summary>The SKU of the line is not sold for now; its resuming releases it.</summary>
    public const string SaleStopped = "sale_stopped";

    /// <summary>The pickup place would not hand the goods out: the customer is asked; it is never made a parcel by itself.</summary>
    public const string PickupRejected = "pickup_rejected";

    /// <summary>What customs asks of the goods is not known; it ends when their product says it.</summary>
    public const string Customs = "customs";

    /// <summary>An edit waits until a node has put goods back; an edit that waited could not be made.</summary>
    public const string Change = "change", ChangeFailed = "change_failed";

    public static readonly IReadOnlyList<string> All = [.. RuleKinds.All.Select(RuleKinds.HoldKind), Stock, Change, ChangeFailed, SaleStopped, PickupRejected, Customs];

    /// <summary>Kinds a person may put on an order by hand.</summary>
    public static readonly IReadOnlyList<string> ByHand = [RuleKinds.Manual, RuleKinds.Customer, Fraud, RuleKinds.Address, RuleKinds.Documents];

    /// <summary>Nothing is reserved for a line that is held for this: what it is, or what it costs, is in doubt.</summary>
    public static bool BarsStock(string kind) => kind is RuleKinds.UnknownSku or RuleKinds.PriceOffList or SaleStopped or PickupRejected;
}

/// <summary>The rules every merchant has until it changes them.</summary>
public static class DefaultRules
{
    public const int MostMinutes = 525_600;

    public static readonly IReadOnlyList<HoldRule> Holds =
    [
        new(RuleKinds.Address, 100, RuleKinds.Address),
        new(RuleKinds.Method, 200, RuleKinds.Method),
        new(RuleKinds.UnknownSku, 300, RuleKinds.UnknownSku),
        new(RuleKinds.PriceOffList, 400, RuleKinds.PriceOffList),
        new(RuleKinds.Payment, 500, RuleKinds.Payment),
        new(RuleKinds.Duplicate, 600, RuleKinds.Duplicate, Settings: new HoldSettings(WithinMinutes: 15)),
        new(RuleKinds.Blacklist, 700, RuleKinds.Blacklist, IsActive: false, Permission: Permission.OrdersReviewRisk.Code),
        new(RuleKinds.Risk, 800, RuleKinds.Risk, IsActive: false, Permission: Permission.OrdersReviewRisk.Code,
            Settings: new HoldSettings(Limit: 100, Signals: RiskScore.Suggested)),
        new(RuleKinds.Credit, 900, RuleKinds.Credit, IsActive: false),
    ];

    /// <summary>Every fault of a rule as somebody wrote it.</summary>
    public static void Check(Checks checks, HoldRule rule)
    {
        checks.That(RuleKinds.All.Contains(rule.Kind), "/kind", "field.unknown_value", $"kind must be one of {string.Join(", ", RuleKinds.All)}.");
        checks.Range(rule.Position, 0, 1_000_000, "/position");
        checks.Text(rule.Reason, "/reason", 500);
        checks.Text(rule.Owner, "/owner", 200);
        checks.That(rule.Scope is null or "line" or "order", "/scope", "field.unknown_value", "scope must be line or order.");
        checks.That(rule.Permission is null || Permission.Codes.Contains(rule.Permission), "/permission", "field.unknown_value", "There is no such permission.");
        if (rule.ExpiresAfterMinutes is { } expires) checks.Range(expires, 1, MostMinutes, "/expiresAfterMinutes");
        if (rule.EscalateAfterMinutes is { } escalate) checks.Range(escalate, 1, MostMinutes, "/escalateAfterMinutes");
        rule.When?.Check(checks, "/when");
        var settings = rule.Settings ?? new HoldSettings();
        if (settings.TolerancePercent is { } percent) checks.That(percent is >= 0 and <= 100, "/settings/tolerancePercent", "field.out_of_range", "tolerancePercent must be from 0 to 100.");
        if (settings.ToleranceMinor is { } amount) checks.Amount(amount, "/settings/toleranceMinor");
        if (settings.WithinMinutes is { } within) checks.Range(within, 1, 10_080, "/settings/withinMinutes");
        if (rule.Kind == RuleKinds.Risk) RiskScore.Check(checks, settings);
        OrderConditions.CheckList(checks, settings.Emails, "/settings/emails");
        OrderConditions.CheckList(checks, settings.Phones, "/settings/phones");
        OrderConditions.CheckList(checks, settings.Postcodes, "/settings/postcodes");
        checks.That(!RuleKinds.IsByConditions(rule.Kind) || rule.When is not null, "/when", "field.required",
            $"A rule of kind {rule.Kind} says which orders it is about; else every order would be held.");
    }
}
