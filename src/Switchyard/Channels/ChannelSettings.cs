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
    internal const string Columns = "id, code, name, on_short, split_penalty_minor, buffer, excluded_node_kinds, version";

    internal static ChannelSettings Read(Row row) => new(row.Long(), row.Text(), row.Text(), row.Text(), row.Long(), row.Long(),
        JsonSerializer.Deserialize<List<string>>(row.Text())!, row.Long());
}

/// <summary>The worth of a currency: base currency units for one of it, times 10^9, from an instant on.</summary>
public sealed record ExchangeRate(string Currency, long ValidFromMs, long RateE9, string Source);
