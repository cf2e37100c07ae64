using Switchyard.Database;

namespace Switchyard.Access;

/// <summary>
/// Writes down once a minute which keys and sessions were used, off the way of requests, and sweeps dead sessions.
/// Safe to run twice and on several processes.
/// </summary>
public sealed class NoteLastUse(Db db, SignIn signIn, TimeProvider clock, ILogger<NoteLastUse> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public static async Task Handle(Db db, SignIn signIn, DateTimeOffset now)
    {
        var keys = signIn.LastUses.TakeKeys();
        var sessions = signIn.LastUses.TakeSessions();
        await db.WriteAll(async work =>
        {
            await work.Execute(
                "update api_keys set last_used_at_ms = r.at_ms from @rows r where api_keys.id = r.id and coalesce(last_used_at_ms, 0) < r.at_ms -- house",
                Rows.Of(keys).Text("id", k => k.Id).Long("at_ms", k => k.AtMs));
            await work.Execute(
                "update sessions set seen_at_ms = r.at_ms from @rows r where sessions.token_hash = r.token_hash and seen_at_ms < r.at_ms",
                Rows.Of(sessions).Bytes("token_hash", s => s.Hash).Long("at_ms", s => s.AtMs));
            return await work.Execute("delete from sessions where expires_at_ms <= @now or seen_at_ms <= @idle",
                ("now", now.ToUnixTimeMilliseconds()), ("idle", (now - Sessions.MostIdle).ToUnixTimeMilliseconds()));
        });
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, () => Handle(db, signIn, clock.GetUtcNow()), log, "Last uses were not written down", stoppingToken);
}
