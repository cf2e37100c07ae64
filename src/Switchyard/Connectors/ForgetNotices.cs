using Switchyard.Database;

namespace Switchyard.Connectors;

/// <summary>Forgets messages and counts that nobody needs any more. Safe to run twice.</summary>
public sealed class ForgetNotices(Db db, TimeProvider clock, ILogger<ForgetNotices> log) : BackgroundService
{
    /// <summary>A message is known for longer than it is taken (<see cref="TakeNotices"/>).</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1), NoticesStay = TimeSpan.FromDays(30), CountsStay = TimeSpan.FromDays(100);
    private const long AtOnce = 5_000;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Every(Pause, clock, Handle, log, "Old messages of channels were not forgotten", stoppingToken);

    internal async Task Handle()
    {
        var now = clock.GetUtcNow();
        int gone;
        do
        {
            gone = await db.WriteAll(work => work.Execute(
                """
                delete from channel_notices where (connection_id, notice_id) in
                       (select connection_id, notice_id from channel_notices where received_at_ms < @before order by received_at_ms limit @most) /* house */
                """, ("before", (now - NoticesStay).ToUnixTimeMilliseconds()), ("most", AtOnce)));
        } while (gone == AtOnce);
        await db.WriteAll(work => work.Execute("delete from connection_counts where day < @day /* house */", ("day", MessageTally.Day(now - CountsStay))));
    }
}
