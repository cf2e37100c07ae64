using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Log;

/// <summary>The newest entry of each history is the one its head names (an order's head is on the order), and none comes after it.</summary>
public static class CheckHeads
{
    private const int Slice = 5_000;

    public static readonly BooksCheck Check = new("events.heads", db => db.ReadAll(Run, snapshot: true));

    private sealed record Head(AggregateKey Key, long Seq, byte[] Hash);

    internal static async Task<CheckResult> Run(Work work)
    {
        var faults = new Faults();
        long counted = 0;
        AggregateKey after = new(long.MinValue, "", "");
        for (bool more = true; more;)
        {
            var heads = await work.Query(
                """
                select merchant_id, aggregate_kind, aggregate_id, seq, hash from event_heads /* house */
                 where (merchant_id, aggregate_kind, aggregate_id) > (@of, @kind, @id)
                 order by merchant_id, aggregate_kind, aggregate_id limit @limit
                """, row => new Head(new AggregateKey(row.Long(), row.Text(), row.Text()), row.Long(), row.Bytes()),
                ("of", after.Merchant), ("kind", after.Kind), ("id", after.Id), ("limit", Slice));
            await Compare(work, heads, faults);
            counted += heads.Count;
            more = heads.Count == Slice;
            if (more) after = heads[^1].Key;
        }
        var last = Guid.Empty;
        for (bool more = true; more;)
        {
            var heads = await work.Query(
                "select id, merchant_id, event_seq, event_hash from orders /* house */ where id > @after order by id limit @limit",
                row => (Id: row.Uuid(), Merchant: row.Long(), Seq: row.Long(), Hash: row.Bytes()), ("after", last), ("limit", Slice));
            await Compare(work, [.. heads.Where(h => h.Seq > 0)
                .Select(h => new Head(new AggregateKey(h.Merchant, "order", new OrderId(h.Id).ToString()), h.Seq, h.Hash))], faults);
            counted += heads.Count;
            more = heads.Count == Slice;
            if (more) last = heads[^1].Id;
        }
        return faults.Of(counted);
    }

    private static async Task Compare(Work work, IReadOnlyList<Head> heads, Faults faults)
    {
        var newest = await work.Query(
            """
            select r.no, e.hash, n.position from @rows r /* house */
              left join events e on e.aggregate_id = r.id and e.aggregate_kind = r.kind and e.merchant_id = r.merchant and e.seq = r.seq
              left join events n on n.aggregate_id = r.id and n.aggregate_kind = r.kind and n.merchant_id = r.merchant and n.seq = r.seq + 1
            """,
            Rows.Of(heads.Select((h, no) => (h, no)).ToList()).Int("no", h => h.no).Long("merchant", h => h.h.Key.Merchant)
                .Text("kind", h => h.h.Key.Kind).Text("id", h => h.h.Key.Id).Long("seq", h => h.h.Seq),
            row => (Head: heads[row.Int()], Hash: row.BytesOrNull(), Beyond: row.LongOrNull()));
        foreach (var (head, hash, beyond) in newest)
        {
            if (hash is null) faults.Add($"The newest entry of {head.Key}, number {head.Seq}, is missing.");
            else if (!CheckChain.Equal(hash, head.Hash)) faults.Add($"The newest entry of {head.Key}, number {head.Seq}, is not the one that was written.");
            if (beyond is { } position) faults.Add($"{head.Key} has an entry (position {position}) after its newest, number {head.Seq}.");
        }
    }
}
