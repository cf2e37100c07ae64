namespace Switchyard.Database;

/// <summary>
/// Drops idempotency keys a week after their request; promised are 24 hours. Safe to run twice and on many processes. Keys of wishes from support desks stay for as long
/// as there may be a ticket from which somebody presses the button again; only what was answered is dropped, which may tell of people.
/// </summary>
public sealed class ForgetOldKeys(Db db, TimeProvider clock, ILogger<ForgetOldKeys> log) : BackgroundService
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private const long AtOnce = 5_000;

    /// <returns>Keys dropped.</returns>
    public async Task<int> Handle()
    {
        long before = (clock.GetUtcNow() - Kept).ToUnixTimeMilliseconds();
        for (int dropped = 0; ;)
        {
            int now = await db.WriteAll(work => work.Execute(
                """
                delete from idempotency_keys where (merchant_id, key) in
                       (select merchant_id, key from idempotency_keys where created_at_ms < @before and not substr(key, 1, 5) = @kept limit @most) /* house */
                """, ("before", before), ("most", AtOnce), ("kept", RequestStamp.OfDesks)));
            dropped += now;
            if (now == AtOnce) continue;
            await db.WriteAll(work => work.Execute(
                """
                update idempotency_keys set answer = null, packed = null
                 where created_at_ms < @before and substr(key, 1, 5) = @kept and (answer is not null or packed is not null) /* house */
                """, ("before", before), ("kept", RequestStamp.OfDesks)));
            return dropped;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Old idempotency keys were not dropped", stoppingToken);
}
