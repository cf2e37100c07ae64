using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Connectors;

/// <summary>
/// Counts messages that were not believed. They are kept in memory and written together, so that neither the time of an answer nor the database tells whether a connection is there; whoever
/// sends too many of them is asked to wait.
/// </summary>
public sealed class MessageTally(Db db, ConnectorPatience patience, TimeProvider clock, ILogger<MessageTally> log) : BackgroundService
{
    public const int MostForgedAMinute = 60;
    private const int MostKept = 20_000;
    private readonly ConcurrentDictionary<(Guid Connection, long Merchant), long> _forged = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _seen = [];
    private long _minute;

    /// <summary>Seconds to wait for a network that has sent too many; 0: none.</summary>
    public int Wait(IPAddress? from)
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_lock) return now / 60 == _minute && _seen.GetValueOrDefault(LoginThrottle.Network(from)) > MostForgedAMinute ? (int)(60 - now % 60) : 0;
    }

    /// <param name="connection">Null: there is none under that id.</param>
    internal void Forged(IPAddress? from, Connection? connection)
    {
        string network = LoginThrottle.Network(from);
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_lock)
        {
            if (now / 60 != _minute || _seen.Count > MostKept)
            {
                _seen.Clear();
                _minute = now / 60;
            }
            _seen[network] = _seen.GetValueOrDefault(network) + 1;
        }
        if (connection is not null) _forged.AddOrUpdate((connection.Id.Value, connection.Merchant), 1, (_, n) => n + 1);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Every(patience.Poll, clock, Write, log, "Forged messages were not counted", stoppingToken);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Write();
    }

    /// <summary>Writes what was counted since.</summary>
    internal async Task Write()
    {
        foreach (var key in _forged.Keys.ToList())
        {
            if (!_forged.TryRemove(key, out long n)) continue;
            var kept = await db.Write<int>(Actor.House("system:connectors", key.Merchant), async work => await Add(work, key.Connection, "forged", n, clock.GetUtcNow()));
            if (!kept.IsOk) _forged.AddOrUpdate(key, n, (_, more) => more + n);
        }
    }

    /// <summary>Adds to the counts of a day; nothing when the connection is gone.</summary>
    /// <param name="what">forged, stale, repeated, taken, stockTold or stockCorrected.</param>
    internal static Task<int> Add(Work work, Guid connection, string what, long n, DateTimeOffset now) => Add(work, connection, [(what, n)], now);

    internal static async Task<int> Add(Work work, Guid connection, IReadOnlyList<(string What, long N)> counts, DateTimeOffset now)
    {
        var some = counts.Where(c => c.N > 0).OrderBy(c => c.What, StringComparer.Ordinal).ToList();
        return some.Count == 0 ? 0 : await work.Execute(
            """
            insert into connection_counts (connection_id, day, what, merchant_id, n) select k.id, @day, r.what, @merchant, r.n from @rows r join connections k on k.merchant_id = @merchant and k.id = @id where true
                on conflict (connection_id, day, what) do update set n = connection_counts.n + excluded.n
            """, Rows.Of(some).Text("what", c => c.What).Long("n", c => c.N), ("id", connection), ("day", Day(now)));
    }

    internal static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
