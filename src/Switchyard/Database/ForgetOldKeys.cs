namespace Switchyard.Database;

/// <summary>Drops idempotency keys a week after their request; promised are 24 hours. Safe to run twice and on many processes.</summary>
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
                       (select merchant_id, key from idempotency_keys where created_at_ms < @before limit @most) /* house */
                """, ("before", before), ("most", AtOnce)));
            dropped += now;
            if (now < AtOnce) return dropped;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Old idempotency keys were not dropped", stoppingToken);
}
