using Switchyard.Database;

namespace Switchyard.Webhooks;

/// <summary>Drops deliveries with their tries after 30 days, and at once those of deleted webhooks. Safe to run twice and on many processes.</summary>
public sealed class ForgetOldDeliveries(Db db, WebhookSettings settings, TimeProvider clock, ILogger<ForgetOldDeliveries> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);
    private const long AtOnce = 2_000;

    /// <returns>Deliveries dropped.</returns>
    public async Task<int> Handle()
    {
        long before = (clock.GetUtcNow() - settings.Kept).ToUnixTimeMilliseconds();
        int dropped = 0;
        for (int now = int.MaxValue; now >= AtOnce; dropped += now) now = await Sweep("created_at_ms < @before", before);
        for (int now = int.MaxValue; now >= AtOnce; dropped += now)
            now = await Sweep("endpoint_id in (select id from webhook_endpoints where state = 'deleted')", before);
        await db.WriteAll(async work =>
        {
            // What was never sent to a webhook that stayed disabled is gone now; its lanes are empty.
            await work.Execute("delete from webhook_lanes where not exists (select 1 from webhook_deliveries d where d.endpoint_id = webhook_lanes.endpoint_id and d.lane = webhook_lanes.lane and d.state = 'waiting') and lease_until_ms = 0 /* house */");
            return await work.Execute("delete from webhook_endpoints where state = 'deleted' and not exists (select 1 from webhook_deliveries d where d.endpoint_id = webhook_endpoints.id) /* house */");
        });
        return dropped;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Old webhook deliveries were not dropped", stoppingToken);

    private Task<int> Sweep(string which, long before) => db.WriteAll(async work =>
    {
        var keys = await work.Query($"select endpoint_id, position from webhook_deliveries where {which} limit @most /* house */",
            row => (Endpoint: row.Uuid(), Position: row.Long()), ("before", before), ("most", AtOnce));
        var rows = Rows.Of(keys).Uuid("endpoint", k => k.Endpoint).Long("position", k => k.Position);
        await work.Execute("delete from webhook_attempts where (endpoint_id, position) in (select r.endpoint, r.position from @rows r) /* house */", rows);
        await work.Execute("delete from webhook_deliveries where (endpoint_id, position) in (select r.endpoint, r.position from @rows r) /* house */", rows);
        return keys.Count;
    });
}
