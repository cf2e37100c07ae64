using Switchyard.Database;

namespace Switchyard.Customers;

/// <summary>Forgets marketplaces' relay addresses when their time is over. Safe to run twice and on many processes.</summary>
public sealed class ForgetRelayAddresses(Db db, TimeProvider clock, ILogger<ForgetRelayAddresses> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private const long AtOnce = 1_000;

    /// <returns>Addresses forgotten.</returns>
    public async Task<int> Handle()
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        for (int forgotten = 0; ;)
        {
            int batch = await db.WriteAll(async work =>
            {
                var gone = await work.Query(
                    """
                    delete from customer_identities where (merchant_id, kind, channel_id, key) in (select merchant_id, kind, channel_id, key
                      from customer_identities where expires_at_ms is not null and expires_at_ms <= @now limit @most) /* house */
                    returning customer_id, key
                    """, row => (Customer: row.Uuid(), Key: row.Text()), ("now", now), ("most", AtOnce));
                await work.Execute("update customers set email = null, version = version + 1 from @rows r where customers.id = r.id and lower(customers.email) = r.key /* house */",
                    Rows.Of(gone).Uuid("id", g => g.Customer).Text("key", g => g.Key));
                return gone.Count;
            });
            forgotten += batch;
            if (batch < AtOnce) return forgotten;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Relay addresses were not forgotten", stoppingToken);
}
