using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>How carriers do: on time, late, lost, and what they cost, by account and service.</summary>
public static class ReadScorecards
{
    /// <param name="OnTime">Delivered by the date the order promised; where none was promised, by the carrier's own.</param>
    /// <param name="OnTimePercent">Of those delivered; null when none was.</param>
    /// <param name="MeanCostMinor">Of a parcel, rounded down.</param>
    public sealed record Scorecard(string Object, string Account, string? Service, string? Currency, long Parcels, long Delivered, long OnTime, long Late, long Lost, long UnderWay, long? OnTimePercent, long CostMinor, long MeanCostMinor)
    {
        /// <summary>What the account is called.</summary>
        public string AccountName { get; init; } = "";

        /// <summary>As the account calls the service; null where it has no name of its own.</summary>
        public string? ServiceName { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/carrier-scorecards", async (Db db, TimeProvider clock, Actor actor, [FromQuery] int? days) => (await Handle(db, clock, actor, days)).ToHttp())
            .Requires(Permission.ReportsRead).WithName("shipping.scorecards").WithTags("Shipping").WithSummary("Show how carriers did in the last days: on time, lost, cost")
            .Produces<Page<Scorecard>>().ProducesProblem(400);

    private static async Task<Result<Page<Scorecard>>> Handle(Db db, TimeProvider clock, Actor actor, int? days)
    {
        var checks = new Checks();
        checks.Range(days ?? 90, 1, 730, "#days");
        if (checks.AnyFault) return checks.ToError();
        var (rows, accounts) = await db.Read(actor, async work => (await work.Query(
            $"""
            select a.code, l.service, l.currency, count(*), sum(case when l.delivered_at_ms is not null then 1 else 0 end),
                   sum(case when l.delivered_at_ms is not null and l.delivered_at_ms <= coalesce(l.promised_by_ms, l.eta_ms, l.delivered_at_ms) then 1 else 0 end),
                   sum(case when l.is_lost then 1 else 0 end), sum(coalesce(l.cost_minor, 0))
              from carrier_labels l join carrier_accounts a on a.id = l.account_id
             where l.merchant_id = @merchant and l.booked_at_ms >= @since and l.state in ('booked', 'manifested'){(actor.Nodes is null ? "" : " and l.node_id = any(@nodes)")}
             group by a.code, l.service, l.currency order by a.code, l.service, l.currency limit 1000
            """,
            row =>
            {
                var (account, service, currency, parcels, delivered, onTime, lost, cost) = (row.Text(), row.TextOrNull(), row.TextOrNull(), row.Sum(), row.Sum(), row.Sum(), row.Sum(), row.Sum());
                return new Scorecard("carrierScorecard", account, service, currency, parcels, delivered, onTime, delivered - onTime, lost, parcels - delivered - lost, delivered == 0 ? null : 100 * onTime / delivered,
                    cost, parcels == 0 ? 0 : cost / parcels);
            }, ("since", clock.GetUtcNow().AddDays(-(days ?? 90)).ToUnixTimeMilliseconds()), ("nodes", actor.NodeFilter ?? [])), (await CarrierAccount.All(work)).ToDictionary(a => a.Code)));
        return new Page<Scorecard>([.. rows.Select(r => accounts.GetValueOrDefault(r.Account) is not { } account ? r
            : r with { AccountName = account.Name, ServiceName = account.Services.FirstOrDefault(s => s.Service == r.Service)?.Name })], null, false);
    }
}
