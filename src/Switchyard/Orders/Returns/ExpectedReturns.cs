using System.Text.Json.Serialization;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <param name="Back">Units of it that came.</param>
/// <param name="Withdrawn">Units of it that will not come.</param>
public sealed record ReturnLineView(int Line, string Sku, string? Name, long Quantity, long Back, long Withdrawn);

/// <summary>Goods of an order that are announced to come back.</summary>
/// <param name="Number">The order's number and which of its returns it is.</param>
/// <param name="State">expected while units of it are still to come.</param>
/// <param name="Source">Who announced it: the office, a support desk, or the file of the system before this one.</param>
public sealed record ReturnView(ReturnId Id, OrderId Order, string Number, [property: Words("expected", "closed")] string State, [property: Words("office", "desk", "file")] string Source,
    string? Reference, string Reason, DateTimeOffset? DueAt, string AnnouncedBy, DateTimeOffset AnnouncedAt, DateTimeOffset? ClosedAt, IReadOnlyList<ReturnLineView> Lines)
{
    [JsonPropertyOrder(-1)]
    public string Object => "return";
}

/// <summary>A return as whoever announces it says it.</summary>
internal sealed record NewReturn(string Source, string? Reference, string Reason, DateTimeOffset? DueAt, IReadOnlyList<BackLine> Lines);

/// <summary>
/// The book of announced returns. All of it happens under the order's lock: an announced unit counts on its line as <c>return_requested</c> until it comes, by whatever door, or will not
/// come any more.
/// </summary>
internal static class ExpectedReturns
{
    public const string Office = "office", Desk = "desk", File = "file";

    /// <summary>Announces units. The order is locked, and saved by the caller.</summary>
    /// <remarks>Errors: orders.no_such_line, orders.not_that_many_back, orders.return_reference_taken.</remarks>
    public static async Task<Result<ReturnId>> Announce(Work work, Actor actor, DateTimeOffset now, OpenOrder order, NewReturn wish)
    {
        if (await GoodsBack.Refusal(work, order, wish.Lines) is { } refused) return refused;
        var id = ReturnId.New(now);
        int no = (int)await work.Scalar("select coalesce(max(return_no), 0) from returns where merchant_id = @merchant and order_id = @order", ("order", order.Id.Value)) + 1;
        int made = await work.Execute(
            """
            insert into returns (id, merchant_id, order_id, return_no, source, reference, reason, due_at_ms, announced_by, announced_at_ms)
            values (@id, @merchant, @order, @no, @source, @reference::text, @reason, @due::bigint, @by, @now) on conflict do nothing
            """, ("id", id.Value), ("order", order.Id.Value), ("no", (long)no), ("source", wish.Source), ("reference", wish.Reference), ("reason", wish.Reason),
            ("due", wish.DueAt?.ToUnixTimeMilliseconds()), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
        if (made == 0) return OrderErrors.ReturnReferenceTaken;
        await AddLines(work, order, id, wish.Lines);
        order.Tell("ReturnExpected", new
        {
            returnNumber = NumberOf(order.Number, no), source = wish.Source, dueAt = wish.DueAt,
            lines = wish.Lines.Select(l => new { line = l.Line, quantity = l.Units })
        }, wish.Reason);
        return id;
    }

    /// <summary>Adds lines that the return does not have to one that is open.</summary>
    public static async Task AddLines(Work work, OpenOrder order, ReturnId id, IReadOnlyList<BackLine> lines)
    {
        await work.Execute("insert into return_lines (return_id, line_no, merchant_id, order_id, units) select @id, r.line_no, @merchant, @order, r.units from @rows r where true",
            Rows.Of(lines).Int("line_no", l => l.Line).Long("units", l => l.Units), ("id", id.Value), ("order", order.Id.Value));
        await Request(work, order, [.. lines.Select(l => (l.Line, l.Units))]);
    }

    /// <summary>Units came back: those that were announced longest ago count as arrived.</summary>
    /// <param name="came">By line: units that are not expected any more because they are here.</param>
    /// <returns>The numbers of the returns they are of.</returns>
    public static async Task<IReadOnlyList<string>> Came(Work work, OpenOrder order, IReadOnlyList<(int Line, long Units)> came, DateTimeOffset now)
    {
        if (came.Count == 0) return [];
        var open = await work.Query(
            """
            select l.return_id, l.line_no, l.units - l.back - l.withdrawn, r.return_no from return_lines l join returns r on r.id = l.return_id
             where l.merchant_id = @merchant and l.order_id = @order and l.back + l.withdrawn < l.units order by r.return_no
            """, row => (Return: row.Uuid(), Line: row.Int(), Left: row.Long(), No: row.Int()), ("order", order.Id.Value));
        var taken = new List<(Guid Return, int Line, long Units, int No)>();
        foreach (var (line, units) in came)
        {
            long left = units;
            foreach (var one in open.Where(o => o.Line == line))
            {
                long part = Math.Min(left, one.Left);
                if (part > 0) taken.Add((one.Return, line, part, one.No));
                left -= part;
            }
        }
        await work.Execute("update return_lines set back = back + r.units from @rows r where return_lines.return_id = r.id and return_lines.line_no = r.line_no and return_lines.merchant_id = @merchant",
            Rows.Of(taken).Uuid("id", t => t.Return).Int("line_no", t => t.Line).Long("units", t => t.Units));
        await Request(work, order, [.. came.Select(c => (c.Line, -c.Units))]);
        await Close(work, order, now);
        return [.. taken.Select(t => t.No).Distinct().Order().Select(no => NumberOf(order.Number, no))];
    }

    /// <summary>What is open of a return will not come.</summary>
    public static async Task Withdraw(Work work, OpenOrder order, ReturnView open, string reason, DateTimeOffset now)
    {
        var lines = open.Lines.Select(l => (l.Line, Units: l.Quantity - l.Back - l.Withdrawn)).Where(l => l.Units > 0).ToList();
        await work.Execute("update return_lines set withdrawn = units - back where return_id = @id and merchant_id = @merchant", ("id", open.Id.Value));
        await Request(work, order, [.. lines.Select(l => (l.Line, -l.Units))]);
        await Close(work, order, now);
        order.Tell("ReturnWithdrawn", new { returnNumber = open.Number, lines = lines.Select(l => new { line = l.Line, quantity = l.Units }) }, reason);
    }

    /// <summary>The returns of an order, oldest first.</summary>
    public static async Task<IReadOnlyList<ReturnView>> Of(Work work, OrderId order)
    {
        var batch = work.Batch();
        var heads = batch.Query(
            """
            select r.id, o.number, r.return_no, r.source, r.reference, r.reason, r.due_at_ms, r.announced_by, r.announced_at_ms, r.closed_at_ms
              from returns r join orders o on o.id = r.order_id and o.merchant_id = @merchant where r.merchant_id = @merchant and r.order_id = @order order by r.return_no
            """, row => new ReturnView(new ReturnId(row.Uuid()), order, NumberOf(row.Text(), row.Int()), "expected", row.Text(), row.TextOrNull(), row.Text(), row.InstantOrNull(), row.Text(),
                row.Instant(), row.InstantOrNull(), []), ("order", order.Value));
        var lines = batch.Query(
            """
            select l.return_id, l.line_no, i.sku, i.name, l.units, l.back, l.withdrawn from return_lines l
              join order_lines i on i.order_id = l.order_id and i.line_no = l.line_no and i.merchant_id = @merchant
             where l.merchant_id = @merchant and l.order_id = @order order by l.line_no
            """, row => (Return: row.Uuid(), Line: new ReturnLineView(row.Int(), row.Text(), row.TextOrNull(), row.Long(), row.Long(), row.Long())), ("order", order.Value));
        await batch.Run();
        var linesOf = lines.ToLookup(l => l.Return, l => l.Line);
        return [.. heads.Select(h => h with { State = h.ClosedAt is null ? "expected" : "closed", Lines = [.. linesOf[h.Id.Value]] })];
    }

    public static string NumberOf(string order, int no) => $"{order}-R{Text.Invariant(no)}";

    private static Task<int> Request(Work work, OpenOrder order, IReadOnlyList<(int Line, long Units)> units) => work.Execute(
        """
        update order_lines set return_requested = return_requested + r.units from @rows r
         where order_lines.order_id = @order and order_lines.line_no = r.line_no and order_lines.merchant_id = @merchant
        """, Rows.Of(units).Int("line_no", u => u.Line).Long("units", u => u.Units), ("order", order.Id.Value));

    private static Task<int> Close(Work work, OpenOrder order, DateTimeOffset now) => work.Execute(
        """
        update returns set closed_at_ms = @now, version = version + 1 where merchant_id = @merchant and order_id = @order and closed_at_ms is null
           and not exists (select 1 from return_lines l where l.return_id = returns.id and l.merchant_id = @merchant and l.back + l.withdrawn < l.units)
        """, ("order", order.Id.Value), ("now", now.ToUnixTimeMilliseconds()));
}
