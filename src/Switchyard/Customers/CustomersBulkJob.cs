using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Customers;

/// <param name="Query">What chose the customers, for people to see; the customers are the job's rows.</param>
internal sealed record CustomersJob(string Action, string[] Tags, string? Query = null);

/// <summary>Tags on many customers, which can be taken back row by row.</summary>
public sealed class CustomersBulkJob : JobKind
{
    public static readonly IReadOnlyList<string> Actions = ["tag", "untag"];
    private const int RowsAtOnce = 200;

    private sealed record Before(string[] Added, string[] Removed);
    private sealed record Changed(CustomerId Id, IReadOnlyList<string> Tags);

    public override string Code => "customers.bulk";
    public override Permission Permission => Permission.CustomersWrite;
    public override bool CanRetry => true;
    public override bool CanUndo => true;

    internal static string[] Tags(IReadOnlyList<string?>? tags) => [.. (tags ?? []).OfType<string>().Select(t => t.Trim()).DistinctBy(Text.Key)];

    public override async Task<Dictionary<string, string>> Names(Work work, IReadOnlyList<string> references) => references.Count == 0 ? [] : (await work.Query(
        "select c.id, coalesce(c.name, c.email) from @rows r join customers c on c.id = r.id and c.merchant_id = @merchant where coalesce(c.name, c.email) is not null",
        Rows.Of(references.Where(r => CustomerId.TryParse(r, null, out _)).ToList()).Uuid("id", r => CustomerId.Parse(r, null).Value), row => (Id: new CustomerId(row.Uuid()), Name: row.Text())))
        .ToDictionary(c => c.Id.ToString(), c => c.Name);

    public override async Task<bool> Next(JobTurn turn)
    {
        var job = JsonSerializer.Deserialize<CustomersJob>(turn.Job.Arguments, Json.Options)!;
        bool isUndo = turn.Job.UndoOf is not null;
        var rows = isUndo ? await turn.ToUndo(RowsAtOnce) : await turn.Waiting(RowsAtOnce);
        if (rows.Count == 0) return true;
        var done = await turn.Commit(async work =>
        {
            var stored = (await CustomersSql.Lock(work, rows.Select(r => CustomerId.Parse(r.Reference, null)))).ToDictionary(c => c.Id.ToString());
            var (after, changed) = (new List<JobRow>(rows.Count), new List<Changed>());
            foreach (var row in rows)
            {
                if (!stored.TryGetValue(row.Reference, out var customer)) { after.Add(row.Failed(CustomerErrors.NotFound)); continue; }
                if (customer.IsMerged) { after.Add(row.Failed(CustomerErrors.IsMerged(customer.Root))); continue; }
                var wish = isUndo ? JsonSerializer.Deserialize<Before>(row.Undo!, Json.Options)! : job.Action == "tag" ? new Before([], job.Tags) : new Before(job.Tags, []);
                var (tags, before) = Change(customer.Tags, wish);
                if (before is { Added: [], Removed: [] }) { after.Add(row.Skipped("customers.nothing_to_change", "It was so already.")); continue; }
                if (tags.Count > CustomerBody.MostTags) { after.Add(row.Failed(CustomerErrors.TooManyTags(CustomerBody.MostTags))); continue; }
                changed.Add(new Changed(customer.Id, tags));
                after.Add(row.Ok(isUndo ? null : JsonSerializer.Serialize(before, Json.Options)));
            }
            await Save(work, turn.Actor, changed, turn.Clock.GetUtcNow());
            return new JobStep(rows[^1].No, after);
        });
        if (done.Error is { } why) throw new JobRefusedException(why);
        return false;
    }

    /// <summary>Takes a change back: what was added goes, what was removed comes. The answer's second is what takes that back again.</summary>
    private static (IReadOnlyList<string> After, Before Undo) Change(IReadOnlyList<string> tags, Before back)
    {
        var gone = back.Added.Select(Text.Key).ToHashSet();
        string[] removed = [.. tags.Where(t => gone.Contains(Text.Key(t)))];
        string[] added = [.. back.Removed.Where(t => tags.All(own => Text.Key(own) != Text.Key(t)))];
        return ([.. tags.Except(removed), .. added], new Before(added, removed));
    }

    private static async Task Save(Work work, Actor actor, IReadOnlyList<Changed> changed, DateTimeOffset now)
    {
        // The words of many are read behind them: their version has moved on.
        await work.Execute(
            """
            update customers set tags = r.tags, updated_at_ms = @now, version = version + 1 from @rows r where customers.id = r.id and customers.merchant_id = @merchant
            """, Rows.Of(changed).Uuid("id", c => c.Id.Value).Text("tags", c => JsonSerializer.Serialize(c.Tags)), ("now", now.ToUnixTimeMilliseconds()));
        await EventLog.Append(work, actor, now, [.. changed.Select(c => new Happening("customer", c.Id.ToString(), "CustomerTagged", new { count = c.Tags.Count }))]);
    }
}
