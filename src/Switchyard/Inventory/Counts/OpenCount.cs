using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>A wanted count with its shelf, both locked, and the one way to book it.</summary>
internal sealed class OpenCount
{
    private static readonly Error Outdated = Error.Conflict(StockErrors.OlderThanCount, "The shelf was counted after this. Count it again.");
    private static readonly Error BeforeWanted = Error.Conflict("inventory.count_too_old", "Units went missing after this was counted. Count it again.");

    private readonly StockSheet _sheet;
    private readonly long _id;

    internal sealed record Wanted(long Sku, long Node, string State, long Pending, long WantedAtMs, string Stage, string? FirstBy, long? Proposed, string? ProposedBy, long? ProposedAsOfMs);

    private OpenCount(long id, Wanted task, StockSheet sheet) => (_id, Task, _sheet) = (id, task, sheet);

    public Wanted Task { get; }

    /// <remarks>Errors: inventory.no_such_count, inventory.count_done.</remarks>
    public static async Task<Result<OpenCount>> Lock(Work work, Actor actor, long id, DateTimeOffset now)
    {
        if (await Find(work, actor, id, "") is not { } wanted) return CountTasks.NotFound;
        // Stock is locked before the count: whoever adds to a count holds its stock row.
        var sheet = await StockSheet.Lock(work, [wanted.Sku], now, [(wanted.Sku, wanted.Node)]);
        var task = (await Find(work, actor, id, "for update of c"))!;
        return task.State != "open" ? CountTasks.IsDone : new OpenCount(id, task, sheet);
    }

    /// <summary>Units by which the books are wrong, if this was on the shelf then; what is in hand besides and what moved since is kept.</summary>
    /// <remarks>Errors: inventory.count_too_old, inventory.older_than_last_count.</remarks>
    public async Task<Result<long>> Variance(Work work, long counted, long? asOfMs)
    {
        var row = _sheet.Find(Task.Sku, Task.Node)!;
        if (asOfMs is not { } at) return counted + await InHand.Units(work, Task.Sku, Task.Node, null) - row.Balance.OnHand;
        if (Task.Pending > 0 && at < Task.WantedAtMs) return BeforeWanted;
        if (PhysicalStatement.IsOutdated(at, row.CountedAtMs)) return Outdated;
        var asOf = DateTimeOffset.FromUnixTimeMilliseconds(at);
        return PhysicalStatement.OnHandNow(counted + await InHand.Units(work, Task.Sku, Task.Node, asOf), at, await Since(work, asOf)) - row.Balance.OnHand;
    }

    /// <summary>Writes what was counted to the books and ends the count.</summary>
    /// <param name="asOfMs">When it was counted; null: now.</param>
    /// <param name="approvedBy">Who said that a large variance is so; null for one that needs no approval.</param>
    /// <remarks>Errors: inventory.count_too_old, inventory.older_than_last_count.</remarks>
    public async Task<Result<CountView>> Book(Work work, Actor actor, long counted, long? asOfMs, string? approvedBy, DateTimeOffset now)
    {
        var found = await Variance(work, counted, asOfMs);
        if (found.Error is { } refused) return refused;
        long variance = found.Value, at = asOfMs ?? now.ToUnixTimeMilliseconds();
        Settle(variance, actor, DateTimeOffset.FromUnixTimeMilliseconds(at));
        await PickedBins.Found(work, _sheet, Task.Sku, Task.Node, Math.Max(0, -variance));
        var row = _sheet.Find(Task.Sku, Task.Node)!;
        row.CountedAtMs = at;
        _sheet.Touch(row);
        var batch = work.Batch();
        var check = _sheet.QueueWrite(batch);
        batch.Execute(
            """
            update count_tasks set state = 'done', counted = @counted, as_of_ms = @at, variance = @variance, done_by = coalesce(proposed_by, @by), done_at_ms = @now
             where id = @id and merchant_id = @merchant
            """, ("counted", counted), ("at", at), ("variance", variance), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()), ("id", _id));
        if (approvedBy is not null) batch.Execute("update count_tasks set approved_by = @by where id = @id and merchant_id = @merchant", ("by", approvedBy), ("id", _id));
        ExceptionsRoom.Mend(batch, [("count_wanted", CountTasks.Subject(Task.Sku, Task.Node))], actor, $"Counted {counted}.", now);
        var view = batch.Query($"{CountTasks.Select} where c.id = @id and c.merchant_id = @merchant", CountTasks.Read, ("id", _id));
        await batch.Run();
        check();
        await EventLog.Append(work, actor, now, new Happening("count", Text.Invariant(_id), "CountEntered", new { view[0].Sku, view[0].Node, counted, variance, settled = Task.Pending, approvedBy }));
        return view[0];
    }

    // What was pending is on the shelf or it is not: either way the count has said so, and nothing stays unavailable for its sake.
    private void Settle(long variance, Actor actor, DateTimeOffset at)
    {
        var row = _sheet.Find(Task.Sku, Task.Node)!;
        string reference = "count_" + Text.Invariant(_id);
        long pending = Math.Min(Task.Pending, row.Balance.Unavailable);
        if (pending > 0) _sheet.Move(Task.Sku, Task.Node, new Buckets { Unavailable = -pending }, new Movement(MovementKind.MadeAvailable, actor.Id, Reference: reference, Reason: "counted"));
        if (variance != 0) _sheet.Move(Task.Sku, Task.Node, new Buckets { OnHand = variance }, new Movement(MovementKind.Counted, actor.Id, Reference: reference, At: at));
    }

    private async Task<IEnumerable<Moved>> Since(Work work, DateTimeOffset asOf) => (await StockMoves.Since(work, [(Task.Sku, Task.Node, asOf)])).GetValueOrDefault((Task.Sku, Task.Node), []);

    private static Task<Wanted?> Find(Work work, Actor actor, long id, string locking) => work.Find(
        $"""
        select c.sku_id, c.node_id, c.state, c.pending, c.wanted_at_ms, c.stage, c.first_by, c.proposed, c.proposed_by, c.proposed_as_of_ms from count_tasks c
         where c.id = @id and c.merchant_id = @merchant and (@all or c.node_id = any(@nodes)) {locking}
        """, row => new Wanted(row.Long(), row.Long(), row.Text(), row.Long(), row.Long(), row.Text(), row.TextOrNull(), row.LongOrNull(), row.TextOrNull(), row.LongOrNull()),
        ("id", id), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []));
}
