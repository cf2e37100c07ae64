using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Log;

/// <summary>
/// Walks every history on the log: each entry's hash is recomputed from all it says, follows the entry before, and none is
/// missing between. Reads in slices along the index, so memory does not grow with the log.
/// </summary>
public static class CheckChain
{
    private const int Slice = 5_000;

    public static readonly BooksCheck Check = new("events.chain", db => db.ReadAll(Run, snapshot: true));

    internal static async Task<CheckResult> Run(Work work)
    {
        var faults = new Faults();
        long counted = 0;
        LoggedEvent? before = null;
        while (true)
        {
            var slice = await Next(work, before);
            var ended = new List<AggregateKey>();
            foreach (var entry in slice)
            {
                if (before is not null && before.Aggregate != entry.Aggregate) ended.Add(before.Aggregate);
                Link(before?.Aggregate == entry.Aggregate ? before : null, entry, faults);
                before = entry;
                counted++;
            }
            bool isLast = slice.Count < Slice;
            if (isLast && before is not null) ended.Add(before.Aggregate);
            await WithoutHead(work, ended, faults);
            if (isLast) return faults.Of(counted);
        }
    }

    private static void Link(LoggedEvent? before, LoggedEvent entry, Faults faults)
    {
        string what = $"Entry {entry.Seq} of {entry.Aggregate} (position {entry.Position})";
        long expected = (before?.Seq ?? 0) + 1;
        if (entry.Seq == expected + 1) faults.Add($"Entry {expected} of {entry.Aggregate} is missing.");
        else if (entry.Seq > expected) faults.Add($"Entries {expected} to {entry.Seq - 1} of {entry.Aggregate} are missing.");
        else if (!Equal(entry.PreviousHash, before?.Hash ?? EventHash.Root)) faults.Add($"{what} does not follow the entry before it.");
        if (before is not null && entry.Position < before.Position) faults.Add($"{what} stands before entry {before.Seq}: they changed places.");
        if (!Equal(entry.Hash, entry.ComputeHash())) faults.Add($"{what} was changed: its hash is not that of what it says.");
    }

    // An invented history has no head; an order's head is its own row.
    private static async Task WithoutHead(Work work, List<AggregateKey> ended, Faults faults)
    {
        var orders = ended.Where(a => a.Kind == "order").Select(a => (Key: a, Id: OrderId.TryParse(a.Id, null, out var id) ? id.Value : Guid.Empty)).ToList();
        var others = ended.Where(a => a.Kind != "order").ToList();
        var batch = work.Batch();
        var orphans = batch.Query(
            """
            select r.merchant, r.kind, r.id from @rows r /* house */
             where not exists (select 1 from event_heads h where h.merchant_id = r.merchant and h.aggregate_kind = r.kind and h.aggregate_id = r.id)
            """, Rows.Of(others).Long("merchant", a => a.Merchant).Text("kind", a => a.Kind).Text("id", a => a.Id),
            row => new AggregateKey(row.Long(), row.Text(), row.Text()));
        var orderless = batch.Query(
            "select r.merchant, r.name from @rows r /* house */ where not exists (select 1 from orders o where o.id = r.id and o.merchant_id = r.merchant)",
            Rows.Of(orders).Long("merchant", a => a.Key.Merchant).Text("name", a => a.Key.Id).Uuid("id", a => a.Id),
            row => new AggregateKey(row.Long(), "order", row.Text()));
        await batch.Run();
        foreach (var key in orphans.Concat(orderless)) faults.Add($"There are entries of {key}, which does not exist.");
    }

    private static Task<List<LoggedEvent>> Next(Work work, LoggedEvent? after) => work.Query(
        $"""
        select {EventsSql.Columns} from events /* house */
         where (aggregate_id, aggregate_kind, merchant_id, seq) > (@id, @kind, @of, @seq)
         order by aggregate_id, aggregate_kind, merchant_id, seq limit @limit
        """, EventsSql.Read, ("id", after?.AggregateId ?? ""), ("kind", after?.AggregateKind ?? ""), ("of", after?.Merchant ?? long.MinValue),
        ("seq", after?.Seq ?? long.MinValue), ("limit", Slice));

    internal static bool Equal(byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other);
}

/// <summary>Collects the first faults of a check; a wholly broken log must not fill the memory.</summary>
internal sealed class Faults
{
    private readonly List<string> _faults = [];
    private long _all;

    public void Add(string fault)
    {
        _all++;
        if (_faults.Count < BooksCheck.MostFaults - 1) _faults.Add(fault);
    }

    public CheckResult Of(long counted)
    {
        if (_all > _faults.Count) _faults.Add($"… and {_all - _faults.Count} more.");
        return new CheckResult(counted, _faults);
    }
}
