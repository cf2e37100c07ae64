using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Webhooks;

/// <summary>
/// What a loyalty programme lives on: the money of a completed order that stayed paid is earned by its customer, and what is given back of it afterwards is
/// taken off again. Told on the log as PointsEarned and PointsReversed, for merchants whose webhooks ask for them; how many points that is, the programme knows.
/// Told is always the difference from what was told before, so that nothing counts twice however often an entry comes.
/// </summary>
public sealed class TellPoints(Db db, TimeProvider clock)
{
    public const string Earned = "PointsEarned", Reversed = "PointsReversed";

    private static readonly string[] Money = ["OrderClosed", "PaymentRecorded", "PaymentCaptured", "PaymentSettled", "PaymentReconciled", "PaymentRefunded"];

    /// <param name="KeptMinor">What was taken and not given back.</param>
    private sealed record Standing(string State, string Currency, long KeptMinor, Guid? Customer);
    private sealed record Told(long EarnedMinor, long No);

    public EventConsumer Consumer() => EventConsumer.Outward("points", Deliver) with { Kinds = Money };

    internal async Task Deliver(IReadOnlyList<LoggedEvent> events, CancellationToken stop)
    {
        var orders = events.Where(e => e.AggregateKind == "order").Select(e => (e.Merchant, Id: OrderId.Parse(e.AggregateId, null))).Distinct().ToList();
        foreach (var merchant in orders.GroupBy(o => o.Merchant))
        {
            var actor = Actor.House("system:points", merchant.Key);
            if (!await db.Read(actor, AreWanted)) continue;
            foreach (var (_, order) in merchant)
            {
                stop.ThrowIfCancellationRequested();
                var done = await db.Write<Done>(actor, async work =>
                {
                    await Tell(work, actor, order, clock.GetUtcNow());
                    return new Done();
                });
                // Told again later: the entry is not done with.
                if (done.Error is { } error) throw new InvalidOperationException($"{order}: {error.Detail}");
            }
        }
    }

    private static async Task<bool> AreWanted(Work work) =>
        (await work.Query("select kinds from webhook_endpoints where merchant_id = @merchant and state <> 'deleted'", row => System.Text.Json.JsonSerializer.Deserialize<List<string>>(row.Text())!))
            .Exists(kinds => EventFilter.Takes(kinds, Earned) || EventFilter.Takes(kinds, Reversed));

    private static async Task Tell(Work work, Actor actor, OrderId id, DateTimeOffset now)
    {
        await work.Execute("insert into order_points (merchant_id, order_id, earned_minor) select @merchant, o.id, 0 from orders o where o.merchant_id = @merchant and o.id = @id on conflict do nothing", ("id", id.Value));
        // The row is locked before the money is read: who comes second sees what the first has told.
        var told = await work.Find("select p.earned_minor, p.told_no from order_points p where p.merchant_id = @merchant and p.order_id = @id for update", row => new Told(row.Long(), row.Long()), ("id", id.Value));
        if (told is null) return;
        var order = await work.Find(
            """
            select o.state, o.currency, o.captured_minor - o.refunded_minor, coalesce(u.root_id, o.customer_id) from orders o
              left join customers u on u.id = o.customer_id and u.merchant_id = @merchant where o.merchant_id = @merchant and o.id = @id
            """, row => new Standing(row.Text(), row.Text(), row.Long(), row.UuidOrNull()), ("id", id.Value));
        if (order is not { Customer: { } customer } || order.State != "closed" && told.No == 0) return;
        long earned = order.State == "closed" ? Math.Max(0, order.KeptMinor) : 0, more = earned - told.EarnedMinor;
        if (more == 0) return;
        await work.Execute("update order_points set earned_minor = @earned, told_no = told_no + 1 where merchant_id = @merchant and order_id = @id", ("earned", earned), ("id", id.Value));
        await EventLog.Append(work, actor, now, new Happening("points", $"{id}:points", more > 0 ? Earned : Reversed, new
        {
            key = $"points:{id}:{told.No + 1}",
            orderId = id,
            customerId = new CustomerId(customer),
            currency = order.Currency,
            amountMinor = Math.Abs(more),
            earnedMinor = earned,
        }));
    }
}
