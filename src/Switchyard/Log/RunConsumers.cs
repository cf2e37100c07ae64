using Switchyard.Database;

namespace Switchyard.Log;

/// <summary>Runs every registered consumer, each in its own loop, so that a slow one delays no other.</summary>
public sealed class RunConsumers(IEnumerable<EventConsumer> consumers, Db db, CommitHorizon horizon, ConsumerPace pace, TimeProvider clock,
    ILogger<RunConsumers> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var all = consumers.ToList();
        var twice = all.GroupBy(c => c.Name).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null) throw new InvalidOperationException($"Two consumers are called {twice.Key}.");
        return Task.WhenAll(all.Select(c => Task.Run(() => new ConsumerLoop(c, db, horizon, pace, clock, log).Run(stoppingToken), CancellationToken.None)));
    }
}
