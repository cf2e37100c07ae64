using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>Lines of historic orders that returns may mean, and the writing down of what came back.</summary>
internal static class SoldLines
{
    private sealed record Sold(Guid Id, string ExternalId, string Customer, DateTimeOffset At);
    private sealed record Head(Guid Order, long Seq, byte[] Hash);

    /// <summary>Every line with units left that one of the returns could mean; its orders are locked until the work ends.</summary>
    /// <remarks>
    /// The customers' orders first, then the lines of these: in one statement PostgreSQL, which knows nothing of tables that are being filled,
    /// went through all lines for each customer (measured: 3 s a batch).
    /// </remarks>
    public static async Task<List<SoldLine>> Load(Work work, long channel, IReadOnlyList<ImportedReturn> returns)
    {
        var products = await EnsureProducts.Find(work, [.. returns.Select(r => r.SkuKey).Distinct()]);
        var skus = products.GroupBy(p => p.Value.Id).ToDictionary(g => g.Key, g => g.First().Key);
        var asked = returns.Where(r => products.ContainsKey(r.SkuKey)).ToList();
        if (asked.Count == 0) return [];
        var wanted = asked.Select(r => (r.Customer, r.SkuKey)).ToHashSet();
        var orders = await work.Query(
            """
            select o.id, o.external_id, o.customer_reference, o.placed_at_ms from orders o
             where o.merchant_id = @merchant and o.customer_reference = any(@customers) and o.channel_id = @channel and o.is_history
               and o.placed_at_ms < @before and o.external_id is not null
             order by o.id for update
            """,
            row => new Sold(row.Uuid(), row.Text(), row.Text(), row.Instant()),
            ("customers", asked.Select(r => r.Customer).Distinct().ToArray()), ("channel", channel), ("before", asked.Max(r => r.At).ToUnixTimeMilliseconds()));
        var byId = orders.ToDictionary(o => o.Id);
        var lines = await work.Query(
            """
            select l.order_id, l.line_no, l.sku_id, l.quantity - l.returned - l.return_requested - l.written_off
              from @rows r join order_lines l on l.order_id = r.id and l.merchant_id = @merchant
             where l.kind = 'goods' and l.sku_id = any(@skus) and l.quantity > l.returned + l.return_requested + l.written_off
            """,
            Rows.Of(orders).Uuid("id", o => o.Id), row => (Order: row.Uuid(), LineNo: row.Int(), Sku: row.Long(), Left: row.Long()), ("skus", skus.Keys.ToArray()));
        return [.. lines.Select(l => new SoldLine(l.Order, byId[l.Order].ExternalId, l.LineNo, byId[l.Order].Customer, skus[l.Sku], byId[l.Order].At, l.Left))
            .Where(l => wanted.Contains((l.Customer, l.SkuKey)))];
    }

    /// <summary>Queues the returned units of the lines and one event for each order.</summary>
    public static async Task QueueReturned(Work work, Batch batch, Actor actor, long run, IReadOnlyList<MatchedUnits> matched, DateTimeOffset now)
    {
        if (matched.Count == 0) return;
        var lines = matched.GroupBy(m => (m.Sale.OrderId, m.Sale.LineNo)).Select(g => (g.Key.OrderId, g.Key.LineNo, Units: g.Sum(m => m.Quantity))).ToList();
        var orders = matched.GroupBy(m => m.Sale.OrderId).ToDictionary(g => g.Key, g => g.ToList());
        var heads = await work.Query("select o.id, o.event_seq, o.event_hash from @rows r join orders o on o.id = r.id and o.merchant_id = @merchant",
            Rows.Of(orders.Keys.ToList()).Uuid("id", id => id), row => new Head(row.Uuid(), row.Long(), row.Bytes()));
        var events = heads.ConvertAll(head => EventLog.Next(actor.Merchant, actor.Id, new Happening("order", new Kernel.OrderId(head.Order).ToString(), "ReturnImported", new
        {
            importRun = run,
            lines = orders[head.Order].Select(m => new { line = m.Sale.LineNo, quantity = m.Quantity, document = m.Return.Document, atMs = m.Return.At.ToUnixTimeMilliseconds() }),
        }), head.Seq, head.Hash, now));
        batch.Execute(
            """
            update order_lines set returned = returned + r.units from @rows r
             where order_lines.order_id = r.order_id and order_lines.line_no = r.line_no and order_lines.merchant_id = @merchant
            """,
            Rows.Of(lines).Uuid("order_id", l => l.OrderId).Int("line_no", l => l.LineNo).Long("units", l => l.Units));
        EventLog.Insert(batch, events);
        batch.Execute(
            "update orders set event_seq = r.seq, event_hash = r.hash, version = version + 1 from @rows r where orders.id = r.id and orders.merchant_id = @merchant",
            Rows.Of(heads.Zip(events).ToList()).Uuid("id", x => x.First.Order).Long("seq", x => x.Second.Seq).Bytes("hash", x => x.Second.Hash));
    }
}

/// <summary>Remembers which documents gave something back, so that two files that overlap do not give it back twice.</summary>
internal static class ReturnDocuments
{
    /// <summary>Answers the returns of documents that belong to this run; those that another import had are counted or reported.</summary>
    public static async Task<List<ImportedReturn>> Take(
        Work work, long channel, ImportRun run, IReadOnlyList<ImportedReturn> returns, ImportCounts counts, List<RowFault> faults)
    {
        var documents = returns.DistinctBy(r => r.Document).OrderBy(r => r.Document, StringComparer.Ordinal).ToList();
        var batch = work.Batch();
        batch.Execute(
            """
            insert into imported_returns (channel_id, document, merchant_id, run_id, content_hash)
            select @channel, document, @merchant, @run, content_hash from @rows r where true on conflict do nothing
            """,
            Rows.Of(documents).Text("document", d => d.Document).Text("content_hash", d => d.DocumentHash), ("channel", channel), ("run", run.Id));
        var owners = batch.Query(
            "select document, run_id, content_hash from imported_returns where merchant_id = @merchant and channel_id = @channel and document = any(@documents)",
            row => (Document: row.Text(), Run: row.Long(), Hash: row.Text()), ("channel", channel), ("documents", documents.Select(d => d.Document).ToArray()));
        await batch.Run();
        var owner = owners.ToDictionary(o => o.Document, StringComparer.Ordinal);
        var ours = new List<ImportedReturn>();
        foreach (var one in returns)
        {
            var (_, taker, hash) = owner[one.Document];
            if (taker == run.Id) ours.Add(one);
            else if (hash == one.DocumentHash) counts.Returns.RowsKnown++;
            else faults.Add(KnownOrders.Differs(one.FileLine, one.Document));
        }
        return ours;
    }
}
