using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// Open returns as a file, a row a line of an order: what the system before this one told its customers to send back. A return is known by its reference; a line that it has already is left
/// as it is, and one that it has otherwise is refused. Orders are imported first.
/// </summary>
internal sealed class ReturnsFile : FileKind
{
    private const int PageRows = 1_000;

    public override string Name => "returns";
    public override Permission Reads => Permission.OrdersRead;
    public override Permission Writes => Permission.OrdersImport;

    /// <summary>Each row locks an order.</summary>
    public override int RowsAtOnce => 200;

    public override IReadOnlyList<FileColumn> Columns { get; } =
    [
        new("reference", true, "rma", "rma_number", "return_number"), new("order", true, "order_number", "external_order_reference"), new("sku", true, "item"), new("quantity", true, "qty", "units"),
        new("line"), new("reason", false, "return_reason"), new("due_at", false, "expected_at"),
    ];

    private sealed record Wanted(FileRow Row, string Reference, OrderId Order, string Sku, int? Line, long Units, string Reason, DateTimeOffset? DueAt);
    private sealed record Stored(ReturnId Id, OrderId Order, bool IsOpen);

    public override string Key(FileRow row) => $"{row.Word("reference")}\n{Text.Key(row.Word("sku") ?? "")}\n{row.Word("line")}";

    public override async Task<Error?> Save(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<FileRow> rows)
    {
        var orders = new Dictionary<string, IReadOnlyList<OrderId>>();
        foreach (string said in rows.Select(r => r.Word("order")).OfType<string>().Distinct()) orders[said] = await BuyersOrders.ByNumber(work, actor, said, 2);
        var read = rows.Select(row => Read(row, orders)).OfType<Wanted>().ToList();
        var locked = (await OpenOrder.LockAll(work, actor, [.. read.Select(r => r.Order)], now)).ToDictionary(o => o.Id);
        var known = (await work.Query("select reference, id, order_id, closed_at_ms is null from returns where merchant_id = @merchant and reference = any(@references)",
            row => (Reference: row.Text(), Return: new Stored(new ReturnId(row.Uuid()), new OrderId(row.Uuid()), row.Bool())), ("references", read.Select(r => r.Reference).Distinct().ToArray())))
            .ToDictionary(r => r.Reference, r => r.Return);
        var changed = new HashSet<OrderId>();
        foreach (var wanted in read)
        {
            if (!locked.TryGetValue(wanted.Order, out var order)) { wanted.Row.Fault("order", "orders.not_found", "There is no such order."); continue; }
            if (LineOf(wanted, order) is not { } line) continue;
            if (known.GetValueOrDefault(wanted.Reference) is not { } stored)
            {
                var made = await ExpectedReturns.Announce(work, actor, now, order, new NewReturn(ExpectedReturns.File, wanted.Reference, wanted.Reason, wanted.DueAt, [line]));
                if (made.Error is { } refused) { wanted.Row.Fault(refused, Column); continue; }
                known[wanted.Reference] = new Stored(made.Value, order.Id, true);
            }
            else if (await AlsoOf(work, wanted, stored, order, line) is not true) continue;
            wanted.Row.Outcome = SaveOutcome.Created;
            changed.Add(order.Id);
        }
        foreach (var order in locked.Values.Where(o => changed.Contains(o.Id)).OrderBy(o => o.Id.Value)) await order.Save(work);
        return null;
    }

    // A further line of a return that is there; false: it has the line, or cannot have it.
    private static async Task<bool> AlsoOf(Work work, Wanted wanted, Stored stored, OpenOrder order, BackLine line)
    {
        if (stored.Order != order.Id) { wanted.Row.Fault("reference", "orders.return_reference_taken", "This reference is a return of another order."); return false; }
        var before = await work.Query("select units from return_lines where return_id = @id and line_no = @line and merchant_id = @merchant", row => row.Long(),
            ("id", stored.Id.Value), ("line", (long)line.Line));
        if (before is [var units])
        {
            wanted.Row.Outcome = SaveOutcome.Unchanged;
            if (units != line.Units) wanted.Row.Fault("quantity", "orders.return_announced_otherwise", $"{wanted.Reference} was announced with {units} units of {wanted.Sku}.");
            return false;
        }
        if (!stored.IsOpen) { wanted.Row.Fault("reference", "orders.return_closed", "Nothing of this return is open any more."); return false; }
        if (await GoodsBack.Refusal(work, order, [line]) is { } refused) { wanted.Row.Fault(refused, Column); return false; }
        await ExpectedReturns.AddLines(work, order, stored.Id, [line]);
        order.Tell("ReturnExtended", new { reference = wanted.Reference, lines = new[] { new { line = line.Line, quantity = line.Units } } });
        return true;
    }

    private static BackLine? LineOf(Wanted wanted, OpenOrder order)
    {
        var lines = order.Lines.Where(l => l.ParentLineNo is null && l.Kind is LineKind.Goods or LineKind.Bundle && Text.Key(l.Sku) == Text.Key(wanted.Sku)
            && (wanted.Line is null || l.LineNo == wanted.Line)).ToList();
        if (lines is [var one]) return new BackLine(one.LineNo, wanted.Units, false);
        if (lines.Count == 0) wanted.Row.Fault("sku", "orders.no_such_line", $"The order has no such line of {wanted.Sku}.");
        else wanted.Row.Fault("line", "field.required", $"The order has {lines.Count} lines of {wanted.Sku}: say which.");
        return null;
    }

    private static Wanted? Read(FileRow row, Dictionary<string, IReadOnlyList<OrderId>> orders)
    {
        var checks = new Checks();
        string? reference = row.Word("reference"), order = row.Word("order"), sku = row.Word("sku"), reason = row.Text("reason");
        checks.Text(reference, "reference", 100, required: true);
        checks.Text(sku, "sku", 100, required: true);
        checks.Words(reason, "reason", 500);
        IReadOnlyList<OrderId> found = order is null ? [] : orders[order];
        checks.That(order is not null, "order", "field.required", "order is required: its number here or at its channel.");
        checks.That(order is null || found.Count > 0, "order", "orders.not_found", $"There is no order {order}.");
        checks.That(found.Count <= 1, "order", "orders.ambiguous", $"Several channels have an order {order}: say our own number.");
        var (units, line, due) = (row.Whole("quantity"), row.Whole("line"), row.When("due_at"));
        if (row.IsSound) checks.That(units is not null, "quantity", "field.required", "quantity is required.");
        if (units is { } said) checks.Quantity(said, "quantity");
        if (line is { } no) checks.Range(no, 1, int.MaxValue, "line");
        if (checks.AnyFault) row.Fault(checks.ToError(), column => column);
        return row.IsSound ? new Wanted(row, reference!, found[0], sku!, (int?)line, units!.Value, string.IsNullOrWhiteSpace(reason) ? "Announced before we came" : reason.Trim(), due) : null;
    }

    private static string Column(string pointer) => pointer.EndsWith("/quantity", StringComparison.Ordinal) ? "quantity" : pointer == "/reference" ? "reference" : "sku";

    /// <summary>What is still expected.</summary>
    public override async IAsyncEnumerable<string?[]> Export(Db db, Actor actor)
    {
        yield return [.. Columns.Select(c => c.Name)];
        var (after, afterLine) = (Guid.Empty, 0L);
        while (true)
        {
            var page = await db.Read(actor, work => work.Query(
                $"""
                select l.return_id, l.line_no, coalesce(r.reference, o.number || '-R' || r.return_no), o.number, i.sku, l.units - l.back - l.withdrawn, r.reason, r.due_at_ms
                  from return_lines l join returns r on r.id = l.return_id join orders o on o.id = l.order_id and o.merchant_id = @merchant
                  join order_lines i on i.order_id = l.order_id and i.line_no = l.line_no and i.merchant_id = @merchant
                 where l.merchant_id = @merchant and l.back + l.withdrawn < l.units and (l.return_id > @after or l.return_id = @after and l.line_no > @line)
                 {(actor.Nodes is null ? "" : OpenOrder.OfNodes)} order by l.return_id, l.line_no limit @limit
                """, row => (Id: row.Uuid(), Line: row.Int(), Reference: row.Text(), Order: row.Text(), Sku: row.Text(), Units: row.Long(), Reason: row.Text(), Due: row.InstantOrNull()),
                ("after", after), ("line", afterLine), ("nodes", actor.NodeFilter ?? []), ("limit", (long)PageRows)));
            foreach (var l in page) yield return [l.Reference, l.Order, l.Sku, Text.Invariant(l.Units), Text.Invariant(l.Line), l.Reason, FileRow.Instant(l.Due)];
            if (page.Count < PageRows) yield break;
            (after, afterLine) = (page[^1].Id, page[^1].Line);
        }
    }
}
