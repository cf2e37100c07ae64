using Switchyard.Database;

namespace Switchyard.Carts;

/// <summary>Removes carts whose time is over. Nobody finds them any more from that instant on; this only frees the room.</summary>
public sealed class ForgetCarts(Db db, TimeProvider clock, ILogger<ForgetCarts> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);
    private const int MostAtOnce = 1_000;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Every(Pause, clock, () => Handle(), log, "Carts whose time is over were not removed", stoppingToken);

    /// <returns>Carts removed.</returns>
    public async Task<int> Handle()
    {
        int all = 0, some;
        do all += some = await Some();
        while (some == MostAtOnce);
        return all;
    }

    private Task<int> Some() => db.WriteAll(work => work.Execute(
        "delete from shared_carts where id in (select c.id from shared_carts c where c.expires_at_ms <= @now order by c.expires_at_ms limit @most) /* house */",
        ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("most", (long)MostAtOnce)));
}
