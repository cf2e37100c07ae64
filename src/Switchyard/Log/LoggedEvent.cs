using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Log;

/// <summary>An entry as it stands on the log.</summary>
public sealed record LoggedEvent(long Position, long Merchant, string AggregateKind, string AggregateId, long Seq, string Kind,
    int SchemaVersion, string Actor, string? Reason, long AtMs, string Payload, byte[] PreviousHash, byte[] Hash)
{
    /// <summary>The order, product or other thing that this tells of; entries of one keep their order.</summary>
    public AggregateKey Aggregate => new(Merchant, AggregateKind, AggregateId);

    /// <summary>The payload as the type its kind is known by.</summary>
    public T Read<T>() => JsonSerializer.Deserialize<T>(Payload, Json.Options)!;

    /// <summary>What its hash must be, worked out from everything it says.</summary>
    public byte[] ComputeHash() => EventHash.Of(PreviousHash, Merchant, AggregateKind, AggregateId, Seq, Kind, SchemaVersion, Actor, Reason, AtMs, Payload);
}

/// <summary>One thing that has a history on the log.</summary>
public readonly record struct AggregateKey(long Merchant, string Kind, string Id)
{
    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>The columns of an entry and how they are read; used by every slice that reads the log.</summary>
internal static class EventsSql
{
    public const string Columns =
        "position, merchant_id, aggregate_kind, aggregate_id, seq, kind, schema_version, actor, reason, at_ms, payload, previous_hash, hash";

    public static LoggedEvent Read(Row row) => new(row.Long(), row.Long(), row.Text(), row.Text(), row.Long(), row.Text(),
        row.Int(), row.Text(), row.TextOrNull(), row.Long(), row.Text(), row.Bytes(), row.Bytes());

    /// <summary>The next entries of one merchant in the order of the log; <paramref name="upTo"/> is never beyond the horizon.</summary>
    public static Task<List<LoggedEvent>> OfMerchant(Work work, long after, long upTo, int limit, string[] kinds) => work.Query(
        $"""
        select {Columns} from events
         where merchant_id = @merchant and position > @after and position <= @upTo {(kinds.Length > 0 ? "and kind = any(@kinds)" : "")}
         order by position limit @limit
        """, Read, Arguments(after, upTo, limit, kinds));

    /// <summary>The next entries of the whole house.</summary>
    public static Task<List<LoggedEvent>> OfHouse(Work work, long after, long upTo, int limit, string[] kinds) => work.Query(
        $"""
        select {Columns} from events /* house */
         where position > @after and position <= @upTo {(kinds.Length > 0 ? "and kind = any(@kinds)" : "")}
         order by position limit @limit
        """, Read, Arguments(after, upTo, limit, kinds));

    private static (string, object?)[] Arguments(long after, long upTo, int limit, string[] kinds) => kinds.Length > 0
        ? [("after", after), ("upTo", upTo), ("limit", limit), ("kinds", kinds)]
        : [("after", after), ("upTo", upTo), ("limit", limit)];
}
