using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>
/// Open purchase orders as a file, a row a reference, SKU and node: what is still on its way. It says what <c>PUT /inventory/inbound</c> says, for many at once. Rows that the
/// file does not name stay as they are.
/// </summary>
internal sealed class InboundFile : FileKind
{
    private const int PageRows = 1_000;

    public override string Name => "inbound";
    public override Permission Reads => Permission.InventoryRead;
    public override Permission Writes => Permission.InventoryWrite;

    public override IReadOnlyList<FileColumn> Columns { get; } =
    [
        new("reference", true, "purchase_order", "po_number", "po"), new("sku", true, "item"), new("node", true, "location", "warehouse"), new("quantity", true, "ordered", "qty"),
        new("due_at", true, "expected_at", "eta"), new("received", false, "quantity_received"), new("is_promised", false, "promised"),
    ];

    /// <param name="Quantity">Still on its way; 0: nothing any more.</param>
    private sealed record Supply(string Reference, long SkuId, string Sku, long NodeId, string Node, long Quantity, long DueMs, bool IsPromised)
    {
        public string State => $"{Quantity} {DueMs} {IsPromised}";
    }

    public override string Key(FileRow row) => $"{row.Word("reference")}\n{Text.Key(row.Word("sku") ?? "")}\n{Text.Key(row.Word("node") ?? "")}";

    public override async Task<Error?> Save(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<FileRow> rows)
    {
        var names = await StockNames.Load(work, actor, rows.Select(r => r.Word("sku")), rows.Select(r => r.Word("node")));
        var read = rows.Select(row => (Row: row, Supply: Read(row, names))).Where(r => r.Supply is not null).Select(r => (r.Row, Supply: r.Supply!)).ToList();
        var stored = (await work.Query(
            """
            select r.place, i.quantity, i.due_at_ms, i.is_promised from @rows r
              join inbound i on i.merchant_id = @merchant and i.reference = r.reference and i.sku_id = r.sku_id and i.node_id = r.node_id
            """, Rows.Of(read.Index().ToList()).Long("place", r => r.Index).Text("reference", r => r.Item.Supply.Reference).Long("sku_id", r => r.Item.Supply.SkuId)
                .Long("node_id", r => r.Item.Supply.NodeId),
            row => (Place: (int)row.Long(), Quantity: row.Long(), DueMs: row.Long(), IsPromised: row.Bool()))).ToDictionary(s => s.Place, s => $"{s.Quantity} {s.DueMs} {s.IsPromised}");
        var changed = new List<Supply>();
        foreach (var (at, (row, supply)) in read.Index())
        {
            string? before = stored.GetValueOrDefault(at);
            // What is not on its way and was never told needs no row that says so.
            row.Outcome = before == supply.State || before is null && supply.Quantity == 0 ? SaveOutcome.Unchanged : before is null ? SaveOutcome.Created : SaveOutcome.Updated;
            if (row.Outcome != SaveOutcome.Unchanged) changed.Add(supply);
        }
        await Store(work, actor, now, changed, null);
        return null;
    }

    private static Supply? Read(FileRow row, StockNames names)
    {
        var checks = new Checks();
        string? reference = row.Word("reference");
        checks.Text(reference, "reference", 100, required: true);
        checks.That(reference?.Contains('\n', StringComparison.Ordinal) != true, "reference", "field.malformed", "A reference is one line.");
        checks.That(!TransferId.TryParse(reference, null, out _), "reference", "inventory.inbound_of_transfer", "What a transfer has on its way is changed by the transfer.");
        var product = names.Goods(row.Word("sku"), "sku", checks);
        var node = names.Node(row.Word("node"), "node", checks);
        var (ordered, received, due) = (row.Whole("quantity"), row.Whole("received") ?? 0, row.When("due_at"));
        if (row.IsSound)
        {
            checks.That(ordered is not null, "quantity", "field.required", "quantity is required.");
            checks.That(due is not null, "due_at", "field.required", "due_at is required.");
            checks.Range(ordered ?? 0, 0, Checks.MaxQuantity, "quantity");
            checks.Range(received, 0, Checks.MaxQuantity, "received");
        }
        bool isPromised = row.YesNo("is_promised") ?? true;
        if (checks.AnyFault) row.Fault(checks.ToError(), column => column);
        // More came than was ordered: nothing is on its way.
        return row.IsSound ? new Supply(reference!, product!.Id, product.Sku, node!.Id, node.Code, Math.Max(0, ordered!.Value - received), due!.Value.ToUnixTimeMilliseconds(), isPromised) : null;
    }

    private static async Task Store(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<Supply> supplies, string? reason)
    {
        if (supplies.Count == 0) return;
        // Two files at once take their rows in one order.
        var sorted = supplies.OrderBy(s => s.Reference, StringComparer.Ordinal).ThenBy(s => s.SkuId).ThenBy(s => s.NodeId).ToList();
        await work.Execute(
            """
            insert into inbound (merchant_id, reference, sku_id, node_id, quantity, due_at_ms, is_promised)
            select @merchant, r.reference, r.sku_id, r.node_id, r.quantity, r.due_ms, r.promised from @rows r where true
            on conflict (merchant_id, reference, sku_id, node_id) do update
               set quantity = excluded.quantity, due_at_ms = excluded.due_at_ms, is_promised = excluded.is_promised
            """, Rows.Of(sorted).Text("reference", s => s.Reference).Long("sku_id", s => s.SkuId).Long("node_id", s => s.NodeId).Long("quantity", s => s.Quantity)
                .Long("due_ms", s => s.DueMs).Bool("promised", s => s.IsPromised));
        await EventLog.Append(work, actor, now, [.. sorted.Select(s => new Happening("inbound", s.Reference, "InboundSet",
            new SetInbound.Response("inbound", s.Reference, s.Sku, s.Node, s.Quantity, DateTimeOffset.FromUnixTimeMilliseconds(s.DueMs), s.IsPromised), reason))]);
    }

    public override bool CanUndo => true;

    /// <summary>What is on its way: as long as nothing of it was received or told anew it is as the file left it.</summary>
    public override async Task<Dictionary<string, string>> States(Work work, Actor actor, IReadOnlyList<string> keys) =>
        (await Find(work, actor, keys)).ToDictionary(f => f.Key, f => f.Value.State);

    public override async Task<IReadOnlyList<Error?>> Restore(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<ThingBefore> things)
    {
        var known = await Find(work, actor, [.. things.Select(t => t.Key)]);
        await Store(work, actor, now, [.. things.Select(t => Before(known[t.Key], t.Before))], "import undone");
        return new Error?[things.Count];
    }

    private static Supply Before(Supply supply, string? state)
    {
        if (state?.Split(' ') is not [var quantity, var due, var promised]) return supply with { Quantity = 0 };
        return supply with
        {
            Quantity = long.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture),
            DueMs = long.Parse(due, System.Globalization.CultureInfo.InvariantCulture),
            IsPromised = bool.Parse(promised),
        };
    }

    private static async Task<Dictionary<string, Supply>> Find(Work work, Actor actor, IReadOnlyList<string> keys) => (await work.Query(
        """
        select r.key, i.reference, p.id, p.sku, n.id, n.code, i.quantity, i.due_at_ms, i.is_promised from @rows r
          join products p on p.merchant_id = @merchant and p.sku_key = r.sku join nodes n on upper(n.code) = r.node
          join inbound i on i.merchant_id = @merchant and i.reference = r.reference and i.sku_id = p.id and i.node_id = n.id
        """, Rows.Of(keys.Select(k => k.Split('\n')).Where(k => k.Length == 3).ToList()).Text("key", k => string.Join('\n', k)).Text("reference", k => k[0]).Text("sku", k => k[1]).Text("node", k => k[2]),
        row => (Key: row.Text(), Supply: new Supply(row.Text(), row.Long(), row.Text(), row.Long(), row.Text(), row.Long(), row.Long(), row.Bool()))))
        .Where(f => actor.MaySeeNode(f.Supply.NodeId)).ToDictionary(f => f.Key, f => f.Supply);

    /// <summary>What is on its way from suppliers. What transfers have on theirs is told by the transfers.</summary>
    public override async IAsyncEnumerable<string?[]> Export(Db db, Actor actor)
    {
        yield return ["reference", "sku", "node", "quantity", "due_at", "is_promised"];
        long after = 0;
        while (true)
        {
            var page = await db.Read(actor, work => work.Query(
                """
                select i.id, i.reference, p.sku, n.code, i.quantity, i.due_at_ms, i.is_promised from inbound i
                  join products p on p.id = i.sku_id and p.merchant_id = @merchant join nodes n on n.id = i.node_id
                 where i.merchant_id = @merchant and i.quantity > 0 and i.id > @after and (@all or i.node_id = any(@nodes)) order by i.id limit @limit
                """, row => (Id: row.Long(), Reference: row.Text(), Sku: row.Text(), Node: row.Text(), Quantity: row.Long(), Due: row.Instant(), IsPromised: row.Bool()),
                ("after", after), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []), ("limit", (long)PageRows)));
            foreach (var i in page.Where(i => !TransferId.TryParse(i.Reference, null, out _)))
                yield return [i.Reference, i.Sku, i.Node, Text.Invariant(i.Quantity), FileRow.Instant(i.Due), i.IsPromised ? "yes" : "no"];
            if (page.Count < PageRows) yield break;
            after = page[^1].Id;
        }
    }
}
