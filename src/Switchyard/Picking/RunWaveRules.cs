using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Picking;

/// <summary>
/// Makes waves when the times of a node's rules have come. A time is written down in the transaction that makes its wave, so it is run once on any number
/// of processes; a time that was missed for more than half an hour is left out.
/// </summary>
public sealed class RunWaveRules(Db db, TimeProvider clock, Replan replan, ILogger<RunWaveRules> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10), Patience = TimeSpan.FromMinutes(30);

    private sealed record Due(long Merchant, long Node, string Code, WaveRules.Item Rule, DateTimeOffset At, DateTimeOffset? ShipBefore);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Every(Pause, clock, Handle, log, "Wave rules were not looked at", stoppingToken);

    /// <returns>Times that were run now.</returns>
    public async Task<int> Handle()
    {
        var now = clock.GetUtcNow();
        int run = 0;
        foreach (var due in await Find(now))
        {
            try { if (await Run(due, now)) run++; }
#pragma warning disable CA1031 // a rule that cannot be run keeps no other from running
            catch (Exception e) { log.LogError(e, "Wave rule {Rule} could not be run", due.Code); }
#pragma warning restore CA1031
        }
        return run;
    }

    private async Task<IReadOnlyList<Due>> Find(DateTimeOffset now)
    {
        var merchants = await db.ReadAll(work => work.Query("select distinct merchant_id from wave_rules where rules <> '[]' order by merchant_id limit 1000 -- house", row => row.Long()));
        var due = new List<Due>();
        foreach (long merchant in merchants)
        {
            var actor = Actor.House("system:picking", merchant);
            var settings = await replan.Settings(actor);
            foreach (long node in await db.Read(actor, work => work.Query("select node_id from wave_rules where merchant_id = @merchant and rules <> '[]' order by node_id", row => row.Long())))
            {
                if (!settings.NodesById.TryGetValue(node, out var known)) continue;
                var (rules, _) = await db.Read(actor, work => WaveRules.Load(work, node));
                foreach (var (rule, since) in rules)
                    if (rule.IsActive && WaveRules.Times(rule, known)?.Last(now) is { } at && now - at < Patience && at.ToUnixTimeMilliseconds() >= since)
                        due.Add(new Due(merchant, node, known.Code, rule, at, rule.OnlyToday ? known.Calendar.EndOf(known.Calendar.DayOf(at)) : null));
            }
        }
        return due;
    }

    private async Task<bool> Run(Due due, DateTimeOffset now)
    {
        var actor = Actor.House("system:picking", due.Merchant);
        // Looked at without a lock first: a time that is done is asked for again in each round until its patience is over.
        if (await db.Read(actor, work => IsDone(work, due))) return false;
        var result = await db.Write<bool>(actor, async work =>
        {
            int first = await work.Execute(
                """
                insert into wave_rule_runs (merchant_id, node_id, rule_code, due_at_ms, outcome, run_at_ms) values (@merchant, @node, @rule, @due, 'nothing', @now)
                    on conflict (merchant_id, node_id, rule_code, due_at_ms) do nothing
                """, ("node", due.Node), ("rule", due.Rule.Code), ("due", due.At.ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds()));
            if (first == 0) return false;
            var made = await MakeWave.Make(work, actor, due.Rule.ToWave(due.Code, due.ShipBefore), now, due.Rule.Least ?? 1);
            if (made.Error is { } refused) return refused == PickingErrors.NothingToPick ? true : refused.Code == PickingErrors.TooFew.Code ? await Note(work, due, "few", null, 0) : refused;
            var (wave, releases) = made.Value;
            if (due.Rule.Releases) await RunWave.Open(work, actor, wave, due.Node, now);
            return await Note(work, due, "made", wave, releases);
        });
        // Somebody took one of the releases at this instant: nothing was written, the next round looks again.
        return result.IsOk && result.Value;
    }

    private static async Task<bool> IsDone(Work work, Due due) => await work.Scalar(
        "select count(*) from wave_rule_runs where merchant_id = @merchant and node_id = @node and rule_code = @rule and due_at_ms = @due",
        ("node", due.Node), ("rule", due.Rule.Code), ("due", due.At.ToUnixTimeMilliseconds())) > 0;

    private static async Task<bool> Note(Work work, Due due, string outcome, WaveId? wave, long releases)
    {
        const string Row = "where merchant_id = @merchant and node_id = @node and rule_code = @rule and due_at_ms = @due";
        (string, object?)[] key = [("node", due.Node), ("rule", due.Rule.Code), ("due", due.At.ToUnixTimeMilliseconds()), ("outcome", outcome), ("releases", releases)];
        await (wave is { } made
            ? work.Execute($"update wave_rule_runs set outcome = @outcome, releases = @releases, wave_id = @wave {Row}", [.. key, ("wave", made.Value)])
            : work.Execute($"update wave_rule_runs set outcome = @outcome, releases = @releases {Row}", key));
        return true;
    }
}
