using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Sourcing;

namespace Switchyard.Fulfilment;

/// <summary>
/// Counts how often parcels left and arrived by the day that was told: of each node its last releases of 90 days, at most 2,000. What should have left and has not counts as
/// late. Arrivals count where tracking told them. What is collected is left out: when it leaves is the customer's choice. Safe to run twice and on many processes.
/// </summary>
public sealed class CountPromises(Db db, TimeProvider clock, ILogger<CountPromises> log) : BackgroundService
{
    private const int Days = 90, MostOfNode = 2_000, MostMerchants = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>The records as they were counted last, queued in the reader's own trip.</summary>
    public static List<(long Node, string Method, string Country, KeptPromises Kept)> Queue(Batch batch) => batch.Query(
        "select node_id, method, country, departures, departures_in_time, arrivals, arrivals_in_time from promise_records where merchant_id = @merchant",
        row => (row.Long(), row.Text(), row.Text(), new KeptPromises(row.Long(), row.Long(), row.Long(), row.Long())));

    public async Task Handle()
    {
        var merchants = await db.ReadAll(work => work.Query("select id from merchants order by id limit @most /* house */", row => row.Long(), ("most", (long)MostMerchants)));
        foreach (long merchant in merchants) await Count(merchant);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Kept promises were not counted", stoppingToken);

    private async Task Count(long merchant)
    {
        var (actor, now) = (Actor.House("system:promises", merchant), clock.GetUtcNow());
        var counted = await db.Read(actor, work => work.Query(
            """
            select c.node_id, coalesce(c.method, ''), coalesce(upper(o.ship_country), ''), c.ship_by_ms, c.deliver_by_ms, c.handed_over_at_ms,
                   (select max(p.state_at_ms) from packages p where p.fulfilment_id = c.id and p.merchant_id = @merchant and p.state = 'delivered' and p.tracking is not null)
              from (select f.id, f.order_id, f.node_id, f.method, f.ship_by_ms, f.deliver_by_ms, f.handed_over_at_ms,
                           row_number() over (partition by f.node_id order by f.offered_at_ms desc, f.id desc) as place
                      from node_merchants m join fulfilment_orders f on f.node_id = m.node_id and f.offered_at_ms >= @since
                     where m.merchant_id = @merchant and f.merchant_id = @merchant and f.ship_by_ms is not null
                       and (f.handed_over_at_ms is not null or f.ship_by_ms < @now and f.state not in ('cancelled', 'rejected', 'short', 'planned', 'scheduled'))
                       and coalesce(f.method, '') not in ('collect', 'pickup', 'carry-out')) c
              join orders o on o.id = c.order_id where c.place <= @most and o.merchant_id = @merchant
            """, row => (Node: row.Long(), Method: row.Text(), Country: row.Text(), ShipBy: row.Long(), DeliverBy: row.LongOrNull(), Left: row.LongOrNull(), Arrived: row.LongOrNull()),
            ("since", now.AddDays(-Days).ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds()), ("most", (long)MostOfNode)));
        var records = counted.GroupBy(c => (c.Node, c.Method, c.Country)).Select(g => (g.Key.Node, g.Key.Method, g.Key.Country, Kept: new KeptPromises(
            g.Count(), g.Count(c => c.Left <= c.ShipBy), g.Count(c => c.Arrived is not null && c.DeliverBy is not null), g.Count(c => c.Arrived <= c.DeliverBy)))).ToList();
        await db.Write<Kernel.Done>(actor, async work =>
        {
            await work.Execute("delete from promise_records where merchant_id = @merchant");
            await work.Execute(
                """
                insert into promise_records (merchant_id, node_id, method, country, departures, departures_in_time, arrivals, arrivals_in_time, counted_at_ms)
                select @merchant, node_id, method, country, departures, departures_in_time, arrivals, arrivals_in_time, @now from @rows r where true on conflict do nothing
                """,
                Rows.Of(records).Long("node_id", r => r.Node).Text("method", r => r.Method).Text("country", r => r.Country).Long("departures", r => r.Kept.Departures)
                    .Long("departures_in_time", r => r.Kept.DeparturesInTime).Long("arrivals", r => r.Kept.Arrivals).Long("arrivals_in_time", r => r.Kept.ArrivalsInTime),
                ("now", now.ToUnixTimeMilliseconds()));
            return new Kernel.Done();
        });
    }
}
