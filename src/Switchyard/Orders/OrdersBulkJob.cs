using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What an action on many orders needs besides the orders.</summary>
/// <param name="Tags">For tag and untag.</param>
/// <param name="Reason">For hold, releaseHold and cancel.</param>
/// <param name="Kind">Of the hold, for hold and releaseHold.</param>
/// <param name="Priority">For priority: from -1000 to 1000; higher goes first.</param>
/// <param name="Columns">For export: the columns of the file; all when left out.</param>
/// <param name="Format">For export: csv (the default) or ndjson.</param>
public sealed record BulkArguments(IReadOnlyList<string?>? Tags, string? Reason, string? Kind, int? Priority = null, IReadOnlyList<string?>? Columns = null, string? Format = null)
{
    public static readonly BulkArguments None = new(null, null, null);

    /// <summary>For assign: the name of a user; null for nobody.</summary>
    public string? Assignee { get; init; }
}

/// <param name="Query">What chose the orders, for people to see; the orders are the job's rows.</param>
internal sealed record BulkJob(string Action, BulkArguments Arguments, string? Query = null);

/// <summary>An action on many orders. Tagging and priority can be taken back, row by row.</summary>
public sealed class OrdersBulkJob : JobKind
{
    public static readonly IReadOnlyList<string> Actions = ["tag", "untag", "priority", "hold", "releaseHold", "cancel", "assign", "export"];
    private const int RowsAtOnce = 50;

    private sealed record TagUndo(string[] Added, string[] Removed);
    private sealed record PriorityUndo(int? Priority, int? Given);

    public override string Code => "orders.bulk";
    public override Permission Permission => Permission.OrdersWrite;
    public override bool CanRetry => true;
    public override bool CanUndo => true;

    internal static Error? Check(string action, BulkArguments arguments) => action switch
    {
        "tag" or "untag" => TagOrder.Check(new TagOrder.Request(arguments.Tags, null)) is { } error
            ? error with { Fields = [.. error.Fields.Select(f => f with { Pointer = f.Pointer.Replace("/add", "/tags", StringComparison.Ordinal) })] } : null,
        "priority" => PriorityCheck(arguments),
        "export" => StartExport.Check(OrderExports.Orders, arguments.Columns, arguments.Format, ""),
        "assign" => AssignOrder.Check(arguments.Assignee),
        "hold" => HoldOrder.Check(new HoldOrder.Request(arguments.Reason!, arguments.Kind)),
        "releaseHold" => ReleaseHold.Check(new ReleaseHold.Request(null, arguments.Kind, arguments.Reason)),
        _ => CancelCheck(arguments),
    };

    public override Task<Dictionary<string, string>> Names(Work work, IReadOnlyList<string> references) => NumbersOf(work, references);

    /// <summary>What people call orders, by their ids.</summary>
    internal static async Task<Dictionary<string, string>> NumbersOf(Work work, IReadOnlyList<string> references) => references.Count == 0 ? [] : (await work.Query(
        "select o.id, o.number from @rows r join orders o on o.id = r.id and o.merchant_id = @merchant",
        Rows.Of(references.Where(r => OrderId.TryParse(r, null, out _)).ToList()).Uuid("id", r => OrderId.Parse(r, null).Value), row => (Id: new OrderId(row.Uuid()), Number: row.Text())))
        .ToDictionary(o => o.Id.ToString(), o => o.Number);

    public override async Task<bool> Next(JobTurn turn)
    {
        var job = JsonSerializer.Deserialize<BulkJob>(turn.Job.Arguments, Json.Options)!;
        var rows = turn.Job.UndoOf is null ? await turn.Waiting(RowsAtOnce) : await turn.ToUndo(RowsAtOnce);
        if (rows.Count == 0) return true;
        if (job.Action == "priority") await OneByOne(turn, job, rows);
        else if (turn.Job.UndoOf is not null || job.Action is "tag" or "untag") await Together(turn, job, rows);
        else await OneByOne(turn, job, rows);
        return false;
    }

    /// <summary>Tags touch nothing but their order, so many orders are one transaction; a refusal has written nothing.</summary>
    private static async Task Together(JobTurn turn, BulkJob job, List<JobRow> rows)
    {
        var done = await turn.Commit(async work =>
        {
            var after = new List<JobRow>(rows.Count);
            foreach (var row in rows)
            {
                var (add, remove) = Tags(turn, job, row);
                var changed = await TagOrder.Change(work, turn.Actor, OrderId.Parse(row.Reference, null), add, remove, turn.Clock.GetUtcNow());
                after.Add(changed.Error is { } error ? row.Failed(error)
                    : changed.Value.Added.Length + changed.Value.Removed.Length == 0 ? row.Skipped("orders.nothing_to_change", "It was so already.")
                    : row.Ok(turn.Job.UndoOf is null ? JsonSerializer.Serialize(new TagUndo(changed.Value.Added, changed.Value.Removed), Json.Options) : null));
            }
            return new JobStep(rows[^1].No, after);
        });
        if (done.Error is { } why) throw new JobRefusedException(why);
    }

    /// <summary>What touches stock locks orders, then stock: one order a transaction keeps that order.</summary>
    private static async Task OneByOne(JobTurn turn, BulkJob job, List<JobRow> rows)
    {
        foreach (var row in rows)
        {
            var id = OrderId.Parse(row.Reference, null);
            var done = job.Action == "priority" ? await turn.CommitRow(row, work => Prioritise(work, turn, job, row, id))
                : job.Action == "assign" ? await turn.CommitRow(row, async work => (await AssignOrder.Change(work, turn.Actor, id, job.Arguments.Assignee, turn.Clock.GetUtcNow()))
                    .Then<JobRow>(isChanged => isChanged ? row.Ok() : row.Skipped("orders.nothing_to_change", "It was so already.")))
                : await turn.CommitRow(row, async work => (await Do(work, turn, job, id)).Then<JobRow>(_ => row.Ok()));
            if (done.Error is { } why) throw new JobRefusedException(why);
            if (turn.IsToEnd) return;
        }
    }

    private static Task<Result<Done>> Do(Work work, JobTurn turn, BulkJob job, OrderId id)
    {
        var (with, now) = (job.Arguments, turn.Clock.GetUtcNow());
        return job.Action switch
        {
            "hold" => HoldOrder.Change(work, turn.Actor, id, new HoldOrder.Request(with.Reason!, with.Kind), now),
            "releaseHold" => ReleaseHold.Change(work, turn.Actor, id, new ReleaseHold.Request(null, with.Kind, with.Reason), now),
            "cancel" when !turn.Actor.May(Permission.OrdersCancel) => Task.FromResult<Result<Done>>(AccessErrors.Forbidden),
            "cancel" => CancelOrder.Change(work, turn.Actor, id, with.Reason, now),
            _ => Task.FromResult<Result<Done>>(Error.Invalid("jobs.unknown_action", $"This version knows no action {job.Action}.")),
        };
    }

    /// <summary>Taken back only where the priority is still the one that was given.</summary>
    private static async Task<Result<JobRow>> Prioritise(Work work, JobTurn turn, BulkJob job, JobRow row, OrderId id)
    {
        var back = turn.Job.UndoOf is null ? null : JsonSerializer.Deserialize<PriorityUndo>(row.Undo!, Json.Options)!;
        var changed = await PrioritiseOrder.Change(work, turn.Actor, id, back?.Priority ?? job.Arguments.Priority!.Value, job.Arguments.Reason, turn.Clock.GetUtcNow(), back?.Given);
        if (changed.Error is { } error) return error;
        if (changed.Value is not { } before) return row.Skipped("orders.nothing_to_change", back is null ? "It was so already." : "It was changed since, and is left.");
        return row.Ok(back is null ? JsonSerializer.Serialize(new PriorityUndo(before, job.Arguments.Priority), Json.Options) : null);
    }

    private static Error? PriorityCheck(BulkArguments arguments)
    {
        var checks = new Checks();
        checks.That(arguments.Priority is not null, "/priority", "field.required", "Say which priority.");
        checks.Range(arguments.Priority ?? 0, IntakeRules.LeastPriority, IntakeRules.MostPriority, "/priority");
        checks.Text(arguments.Reason, "/reason", 500);
        return checks.AnyFault ? checks.ToError() : null;
    }

    private static (string[] Add, string[] Remove) Tags(JobTurn turn, BulkJob job, JobRow row)
    {
        if (turn.Job.UndoOf is null) return job.Action == "tag" ? (TagOrder.Words(job.Arguments.Tags), []) : ([], TagOrder.Words(job.Arguments.Tags));
        var undo = JsonSerializer.Deserialize<TagUndo>(row.Undo!, Json.Options)!;
        return (undo.Removed, undo.Added);
    }

    private static Error? CancelCheck(BulkArguments arguments)
    {
        var checks = new Checks();
        checks.Text(arguments.Reason, "/reason", 500);
        return checks.AnyFault ? checks.ToError() : null;
    }
}
