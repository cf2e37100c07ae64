using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>
/// Recounts the balances: first from the ledger, which is the record of what happened, and then the claim buckets from the claims.
/// What is mended leaves an entry in the ledger and one on the log.
/// </summary>
internal static class StockRepairs
{
    private sealed record Row(long Sku, long Node, string Name, Buckets Kept, Buckets Recounted);

    public const int Count = 2;

    public static IReadOnlyList<BooksRepair> All(TimeProvider clock) =>
    [
        new("stock.balances", (db, actor, apply) => EachMerchant(db, actor, merchant => Repair(db, merchant, FromLedger, false, apply, clock))),
        new("stock.claims", (db, actor, apply) => EachMerchant(db, actor, merchant => Repair(db, merchant, FromClaims, true, apply, clock))),
    ];

    private const string FromLedger =
        """
        select s.sku_id, s.node_id, p.sku || ' at ' || n.code, s.on_hand, s.unavailable, s.allocated, s.reserved, s.earmarked, s.safety,
               coalesce(sum(l.on_hand_delta), 0), coalesce(sum(l.unavailable_delta), 0), coalesce(sum(l.allocated_delta), 0),
               coalesce(sum(l.reserved_delta), 0), coalesce(sum(l.earmarked_delta), 0), coalesce(sum(l.safety_delta), 0)
          from stock s join products p on p.id = s.sku_id join nodes n on n.id = s.node_id
          left join stock_ledger l on l.sku_id = s.sku_id and l.node_id = s.node_id
         where s.merchant_id = @merchant and (@any or s.sku_id = any(@skus))
         group by s.sku_id, s.node_id, p.sku, n.code, s.on_hand, s.unavailable, s.allocated, s.reserved, s.earmarked, s.safety
        having s.on_hand <> coalesce(sum(l.on_hand_delta), 0) or s.unavailable <> coalesce(sum(l.unavailable_delta), 0)
            or s.allocated <> coalesce(sum(l.allocated_delta), 0) or s.reserved <> coalesce(sum(l.reserved_delta), 0)
            or s.earmarked <> coalesce(sum(l.earmarked_delta), 0) or s.safety <> coalesce(sum(l.safety_delta), 0)
         order by s.sku_id, s.node_id limit 10000
        """;

    private const string FromClaims =
        """
        select sku_id, node_id, name, on_hand, unavailable, allocated, reserved, earmarked, safety, on_hand, unavailable, claimed, held, earmarked, safety from (
            select s.*, p.sku || ' at ' || n.code as name,
                   coalesce((select sum(a.quantity) from allocations a where a.sku_id = s.sku_id and a.node_id = s.node_id), 0) as claimed,
                   coalesce((select sum(i.quantity) from reservation_items i where i.sku_id = s.sku_id and i.node_id = s.node_id and i.is_open), 0)
                   + coalesce((select sum(t.held) from transfer_lines t where t.sku_id = s.sku_id and t.from_node_id = s.node_id and t.held > 0), 0) as held
              from stock s join products p on p.id = s.sku_id join nodes n on n.id = s.node_id
             where s.merchant_id = @merchant and (@any or s.sku_id = any(@skus))) c
         where allocated <> claimed or reserved <> held order by sku_id, node_id limit 10000
        """;

    /// <param name="isMovement">Is the difference a movement that the ledger lacks, or is the ledger right and the balance wrong?</param>
    private static async Task<IReadOnlyList<Difference>> Repair(Db db, Actor actor, string recount, bool isMovement, bool apply, TimeProvider clock)
    {
        var found = await db.Read(actor, work => Recount(work, recount, null), snapshot: true);
        if (found.Count == 0 || !apply) return [.. found.Select(Tell)];
        var now = clock.GetUtcNow();
        var mended = await db.Write<List<Row>>(actor, async work =>
        {
            // Locked without a stock sheet, which refuses to work on books that are wrong; and counted again, since a movement is no fault.
            long[] skus = [.. found.Select(f => f.Sku).Distinct()];
            await work.Query("select sku_id from stock where merchant_id = @merchant and sku_id = any(@skus) order by sku_id, node_id for update", row => row.Long(), ("skus", skus));
            var locked = await Recount(work, recount, skus);
            await Mend(work, actor, locked, isMovement, now);
            await EventLog.Append(work, actor, now, [.. locked.Select(r => new Happening("stock", Text.Invariant(r.Sku) + "@" + Text.Invariant(r.Node), "StockRepaired",
                new { where = r.Name, kept = Show(r.Kept), recounted = Show(r.Recounted) }))]);
            return locked;
        });
        return mended.Error is { } error ? throw new InvalidOperationException(error.Detail) : [.. mended.Value.Select(Tell)];
    }

    private static async Task Mend(Work work, Actor actor, IReadOnlyList<Row> rows, bool isMovement, DateTimeOffset now)
    {
        var batch = work.Batch();
        batch.Execute(
            """
            update stock set on_hand = r.on_hand, unavailable = r.unavailable, allocated = r.allocated, reserved = r.reserved,
                   earmarked = r.earmarked, safety = r.safety, version = stock.version + 1
              from @rows r where stock.merchant_id = @merchant and stock.sku_id = r.sku_id and stock.node_id = r.node_id
            """, Columns());
        batch.Execute(
            """
            insert into stock_ledger (merchant_id, sku_id, node_id, kind, on_hand_delta, unavailable_delta, allocated_delta, reserved_delta,
                   earmarked_delta, safety_delta, on_hand, unavailable, allocated, reserved, earmarked, safety, reason, actor, at_ms, recorded_at_ms)
            select @merchant, r.sku_id, r.node_id, 'Repaired', r.on_hand_delta, r.unavailable_delta, r.allocated_delta, r.reserved_delta,
                   r.earmarked_delta, r.safety_delta, r.on_hand, r.unavailable, r.allocated, r.reserved, r.earmarked, r.safety, @reason, @actor, @now, @now from @rows r
            """, Columns(r => isMovement ? r.Recounted + -r.Kept : default),
            ("reason", isMovement ? "bucket set to the sum of its claims" : "balance set to the sum of its ledger"), ("actor", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
        await batch.Run();

        Rows Columns(Func<Row, Buckets>? delta = null)
        {
            var columns = Add(Rows.Of(rows).Long("sku_id", r => r.Sku).Long("node_id", r => r.Node), r => r.Recounted, "");
            return delta is null ? columns : Add(columns, delta, "_delta");
        }
    }

    private static Rows<Row> Add(Rows<Row> rows, Func<Row, Buckets> of, string suffix) => rows
        .Long("on_hand" + suffix, r => of(r).OnHand).Long("unavailable" + suffix, r => of(r).Unavailable).Long("allocated" + suffix, r => of(r).Allocated)
        .Long("reserved" + suffix, r => of(r).Reserved).Long("earmarked" + suffix, r => of(r).Earmarked).Long("safety" + suffix, r => of(r).Safety);

    private static Task<List<Row>> Recount(Work work, string sql, long[]? skus) => work.Query(sql,
        row => new Row(row.Long(), row.Long(), row.Text(), Read(row), Read(row)), ("any", skus is null), ("skus", skus ?? []));

    private static Buckets Read(Database.Row row) => new(row.Sum(), row.Sum(), row.Sum(), row.Sum(), row.Sum(), row.Sum());

    private static async Task<IReadOnlyList<Difference>> EachMerchant(Db db, Actor actor, Func<Actor, Task<IReadOnlyList<Difference>>> repair)
    {
        var all = new List<Difference>();
        foreach (long merchant in await db.ReadAll(work => work.Query("select id from merchants order by id /* house */", row => row.Long())))
            all.AddRange(await repair(Actor.House(actor.Id, merchant)));
        return all;
    }

    private static Difference Tell(Row row) => new(row.Name, Show(row.Kept), Show(row.Recounted));

    private static string Show(Buckets b) =>
        $"on hand {b.OnHand}, unavailable {b.Unavailable}, allocated {b.Allocated}, reserved {b.Reserved}, earmarked {b.Earmarked}, safety {b.Safety}";
}
