using System.Collections.Concurrent;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;

namespace Switchyard.Sourcing;

/// <summary>
/// Reads live strategies again when the network has changed: a group of nodes that is no longer there sends nothing, and nobody would hear of it.
/// What is wrong is an exception until it is right again. Safe to run on many processes.
/// </summary>
public sealed class WatchStrategies(Db db, NetworkReader network, TimeProvider clock, ILogger<WatchStrategies> log) : BackgroundService
{
    private const string Kind = "strategy_wrong";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<long, (long Version, string? Subject)> _seen = new();

    private sealed record Live(long Merchant, string Strategy, long Version);

    /// <summary>Looks at the live strategies of merchants whose catalogue has changed since the last look.</summary>
    public async Task Handle()
    {
        var live = await db.ReadAll(work => work.Query(
            "select s.merchant_id, s.strategy, c.version from routing_stages s join catalog_versions c on c.merchant_id = s.merchant_id where s.state = 'live' order by s.merchant_id /* house */",
            row => new Live(row.Long(), row.Text(), row.Long())));
        foreach (var one in live.Where(l => !_seen.TryGetValue(l.Merchant, out var seen) || seen.Version != l.Version)) await Look(one.Merchant);
        foreach (long merchant in _seen.Where(s => s.Value.Subject is not null).Select(s => s.Key).Except(live.Select(l => l.Merchant)).ToList()) await Look(merchant);
    }

    /// <summary>What is wrong with a merchant's live strategy now; raised, or mended.</summary>
    public async Task<IReadOnlyList<RoutingFinding>> Look(long merchant)
    {
        var settings = await network.Settings(merchant);
        if (await network.HasMoved(settings)) settings = await network.Refresh(merchant);
        var actor = Actor.House("system:routing", merchant);
        var rules = settings.Routing.Live is not { } live ? null : await db.Read(actor, work => RoutingSql.Version(work, live.Code, live.Version));
        List<RoutingFinding> wrong = rules is null ? [] : [.. RoutingLinter.Check(rules.Rules, settings).Where(f => f.Severity == "error")];
        string? subject = wrong.Count == 0 ? null : rules!.Strategy, before = _seen.TryGetValue(merchant, out var seen) ? seen.Subject : null;
        bool isNew = !_seen.ContainsKey(merchant);
        if (subject != before || isNew && rules is not null) await Tell(actor, wrong, subject, before ?? rules?.Strategy);
        _seen[merchant] = (settings.Version, subject);
        return wrong;
    }

    private Task Tell(Actor actor, List<RoutingFinding> wrong, string? subject, string? before) => db.Write<Kernel.Done>(actor, async work =>
    {
        var (batch, now) = (work.Batch(), clock.GetUtcNow());
        if (before is not null && before != subject) ExceptionsRoom.Mend(batch, [(Kind, before)], actor, "The strategy fits the network again, or is no longer live.", now);
        if (subject is not null) ExceptionsRoom.Raise(batch, [new Trouble(Kind, subject, $"The live strategy {subject} no longer fits the network: {wrong[0].Detail}")], now);
        await batch.Run();
        return new Kernel.Done();
    });

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Live strategies were not looked at", stoppingToken);
}
