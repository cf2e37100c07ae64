using System.Text.Json;
using Switchyard.Database;

namespace Switchyard.Channels;

/// <summary>How one sales channel is served.</summary>
/// <param name="OnShort"><c>refuse</c>, <c>hold</c> or <c>backorder</c>.</param>
/// <param name="SplitPenaltyMinor">Cost of each shipment beyond the first, minor units of the merchant's base currency.</param>
/// <param name="Buffer">Units of each SKU that this channel never sells.</param>
/// <param name="ExcludedNodeKinds">Kinds of nodes that do not serve this channel.</param>
public sealed record ChannelSettings(long Id, string Code, string Name, string OnShort, long SplitPenaltyMinor, long Buffer,
    IReadOnlyList<string> ExcludedNodeKinds, long Version)
{
    internal const string Columns =
        "id, code, name, on_short, split_penalty_minor, buffer, excluded_node_kinds, version, grace_minutes, urgent_methods, accepts_cancels, payment_rule, release, close_after_days, risk_minutes, allow_substitutes";

    /// <summary>So long after placing an order is not released, so that it may be changed; 0 for none.</summary>
    public long GraceMinutes { get; init; }

    /// <summary>Delivery methods so urgent that there is no grace.</summary>
    public IReadOnlyList<string> UrgentMethods { get; init; } = [];

    /// <summary>Is a buyer's wish to cancel granted by itself while nothing has begun?</summary>
    public bool AcceptsCancels { get; init; } = true;

    /// <summary>What lets an order go forward: <c>authorised</c> in full, or <c>paid</c> in full.</summary>
    public string PaymentRule { get; init; } = "authorised";

    /// <summary><c>manual</c>, or <c>automatic</c>: confirmed orders are given to their nodes by themselves.</summary>
    public string Release { get; init; } = "manual";

    /// <summary>Days after which mail without tracking counts as delivered.</summary>
    public int CloseAfterDays { get; init; } = 14;

    /// <summary>So many minutes before its ship-by an order must be with a node, or it is at risk.</summary>
    public long RiskMinutes { get; init; } = DefaultRiskMinutes;

    /// <summary>May another product go instead where neither the order nor its customer says?</summary>
    public bool AllowSubstitutes { get; init; }

    public const long DefaultRiskMinutes = 120;

    internal static ChannelSettings Read(Row row) => new(row.Long(), row.Text(), row.Text(), row.Text(), row.Long(), row.Long(),
        JsonSerializer.Deserialize<List<string>>(row.Text())!, row.Long())
    {
        GraceMinutes = row.Long(),
        UrgentMethods = JsonSerializer.Deserialize<List<string>>(row.Text())!,
        AcceptsCancels = row.Bool(),
        PaymentRule = row.Text(),
        Release = row.Text(),
        CloseAfterDays = row.Int(),
        RiskMinutes = row.Long(),
        AllowSubstitutes = row.Bool(),
    };
}

/// <summary>The worth of a currency: base currency units for one of it, times 10^9, from an instant on.</summary>
public sealed record ExchangeRate(string Currency, long ValidFromMs, long RateE9, string Source);
