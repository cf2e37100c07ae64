using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Log;

/// <summary>An entry ready to be written: its place in its aggregate and its hash are decided.</summary>
public sealed record NewEvent(long Merchant, string AggregateKind, string AggregateId, long Seq, string Kind, int SchemaVersion, string Actor,
    string? Reason, long AtMs, string Payload, byte[] PreviousHash, byte[] Hash);

/// <summary>What happened to one thing, before its place on the log is known. The payload holds no personal data: the log is never erased.</summary>
public sealed record Happening(string AggregateKind, string AggregateId, string Kind, object Payload, string? Reason = null, int SchemaVersion = 1);

/// <summary>
/// The door of the log for writers. Entries are appended in the transaction of what they tell, under the lock of their aggregate.
/// </summary>
public static class EventLog
{
    /// <summary>Makes the next entry of an aggregate that keeps its own seq and hash (an order).</summary>
    public static NewEvent Next(long merchant, string actor, Happening what, long previousSeq, byte[] previousHash, DateTimeOffset now)
    {
        string payload = what.Payload as string ?? JsonSerializer.Serialize(what.Payload, Json.Options);
        long seq = previousSeq + 1, at = now.ToUnixTimeMilliseconds();
        return new NewEvent(merchant, what.AggregateKind, what.AggregateId, seq, what.Kind, what.SchemaVersion, actor, what.Reason, at, payload, previousHash,
            EventHash.Of(previousHash, merchant, what.AggregateKind, what.AggregateId, seq, what.Kind, what.SchemaVersion, actor, what.Reason, at, payload));
    }

    /// <summary>Queues entries whose aggregates keep their own head; the caller writes seq and hash to the aggregate's row in the same batch.</summary>
    public static void Insert(Batch batch, IReadOnlyList<NewEvent> events) => batch.Execute(
        """
        insert into events (merchant_id, aggregate_kind, aggregate_id, seq, kind, schema_version, actor, reason, at_ms, payload, previous_hash, hash)
        select merchant_id, aggregate_kind, aggregate_id, seq, kind, schema_version, actor, reason, at_ms, payload, previous_hash, hash from @rows r
        """,
        Rows.Of(events).Long("merchant_id", e => e.Merchant).Text("aggregate_kind", e => e.AggregateKind).Text("aggregate_id", e => e.AggregateId)
            .Long("seq", e => e.Seq).Text("kind", e => e.Kind).Int("schema_version", e => e.SchemaVersion).Text("actor", e => e.Actor)
            .Text("reason", e => e.Reason).Long("at_ms", e => e.AtMs).Text("payload", e => e.Payload)
            .Bytes("previous_hash", e => e.PreviousHash).Bytes("hash", e => e.Hash));

    /// <summary>Appends entries of aggregates whose head is kept in event_heads: everything but orders. Several of one aggregate keep their order.</summary>
    public static async Task Append(Work work, Actor actor, DateTimeOffset now, params IReadOnlyList<Happening> happenings)
    {
        if (happenings.Count == 0) return;
        var keys = happenings.Select(h => (h.AggregateKind, h.AggregateId)).Distinct()
            .OrderBy(k => k.AggregateKind, StringComparer.Ordinal).ThenBy(k => k.AggregateId, StringComparer.Ordinal).ToList();
        Rows<(string Kind, string Id)> keyRows() => Rows.Of(keys).Text("aggregate_kind", k => k.AggregateKind).Text("aggregate_id", k => k.AggregateId);

        var lockHeads = work.Batch();
        lockHeads.Execute(
            """
            insert into event_heads (merchant_id, aggregate_kind, aggregate_id, seq, hash)
            select @merchant, aggregate_kind, aggregate_id, 0, @root::bytea from @rows r where true on conflict do nothing
            """, keyRows(), ("root", EventHash.Root));
        var heads = lockHeads.Query(
            """
            select h.aggregate_kind, h.aggregate_id, h.seq, h.hash from @rows r
              join event_heads h on h.merchant_id = @merchant and h.aggregate_kind = r.aggregate_kind and h.aggregate_id = r.aggregate_id
             order by h.aggregate_kind, h.aggregate_id for update of h
            """, keyRows(), row => (Key: (row.Text(), row.Text()), Seq: row.Long(), Hash: row.Bytes()));
        await lockHeads.Run();

        var head = heads.ToDictionary(h => h.Key, h => (h.Seq, h.Hash));
        var events = new List<NewEvent>(happenings.Count);
        foreach (var what in happenings)
        {
            var (seq, hash) = head[(what.AggregateKind, what.AggregateId)];
            var entry = Next(actor.Merchant, actor.Id, what, seq, hash, now);
            head[(what.AggregateKind, what.AggregateId)] = (entry.Seq, entry.Hash);
            events.Add(entry);
        }
        var write = work.Batch();
        Insert(write, events);
        write.Execute(
            """
            update event_heads set seq = r.seq, hash = r.hash from @rows r
             where event_heads.merchant_id = @merchant and event_heads.aggregate_kind = r.aggregate_kind and event_heads.aggregate_id = r.aggregate_id
            """,
            Rows.Of(head.ToList()).Text("aggregate_kind", h => h.Key.Item1).Text("aggregate_id", h => h.Key.Item2)
                .Long("seq", h => h.Value.Seq).Bytes("hash", h => h.Value.Hash));
        await write.Run();
    }
}
