using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What the books tell of the customers of many orders, asked in the trip that locks their stock.</summary>
internal sealed class IntakeHistory
{
    /// <summary>Of one key no more than these newest orders are looked at, however many there are.</summary>
    private const int MostLooked = 50;

    private sealed record Answer(int No, Guid? ByEmail, Guid? ByPhone, Guid? ByPlace, bool IsKnownEmail, long EmailHour, long PlaceHour);
    private sealed record Twin(Guid Id, string Number, DateTimeOffset At);
    private sealed record Here(OrderId Id, string Number, OrderKeys Keys, long Merchant);

    private readonly List<Here> _here = [];
    private List<Answer> _answers = [];
    private List<Twin> _twins = [];
    private Dictionary<int, Answer>? _byNo;

    /// <summary>Queues one statement when any rule asks, to be followed by <see cref="ReadTwins"/>; it counts on the stock of the orders being locked, so that of two repeats at once the second sees the first.</summary>
    public static IntakeHistory Queue(Batch batch, IReadOnlyList<PendingOrder> orders, DateTimeOffset now, DateTimeOffset? until = null)
    {
        var asked = orders.Select((o, i) => (No: i, Order: o)).Where(o => Asks(o.Order)).ToList();
        var rows = Rows.Of(asked).Int("no", a => a.No).Long("merchant_id", a => a.Order.Actor.Merchant)
            .LongOrNull("email_key", a => a.Order.Order.Keys.Email).LongOrNull("phone_key", a => a.Order.Order.Keys.Phone)
            .LongOrNull("place_key", a => a.Order.Order.Keys.Place).LongOrNull("basket_key", a => a.Order.Order.Keys.Basket)
            .Instant("since", a => now - Within(a.Order.Order.Policy)).Uuid("own", a => a.Order.Id.Value).Bool("is_risk", a => a.Order.Order.Policy.Find(RuleKinds.Risk) is not null);
        (string, object?)[] hour = [("hour", (now - TimeSpan.FromHours(1)).ToUnixTimeMilliseconds()),
            ("until", (until ?? now.AddMinutes(5)).ToUnixTimeMilliseconds())];        // clocks of several servers differ a little
        return new IntakeHistory
        {
            _answers = batch.Query(
                $"""
                select r.no, {TwinBy("email_key")}, {TwinBy("phone_key")}, {TwinBy("place_key")},
                       r.is_risk and exists (select 1 from orders o where o.merchant_id = r.merchant_id and o.email_key = r.email_key and o.placed_at_ms <= @until and o.id <> r.own),
                       {InHour("email_key")}, {InHour("place_key")}
                  from @rows r
                """, rows, row => new Answer(row.Int(), row.UuidOrNull(), row.UuidOrNull(), row.UuidOrNull(), row.Bool(), row.Long(), row.Long()), hour),
        };
    }

    /// <summary>Reads the orders of which some of these seem repeats. There is nothing to read but rarely, so it is a trip of its own.</summary>
    public async Task ReadTwins(Work work, IReadOnlyList<PendingOrder> orders)
    {
        var found = _answers.SelectMany(a => new[] { a.ByEmail, a.ByPhone, a.ByPlace }.OfType<Guid>().Select(id => (orders[a.No].Actor.Merchant, Id: id))).Distinct().ToList();
        if (found.Count > 0) _twins = await work.Query("select o.id, o.number, o.placed_at_ms from @rows r join orders o on o.id = r.id and o.merchant_id = r.merchant_id",
            Rows.Of(found).Long("merchant_id", f => f.Merchant).Uuid("id", f => f.Id), row => new Twin(row.Uuid(), row.Text(), row.Instant()));
    }

    /// <summary>What is known of one order's customer, those placed before it in this very drain included.</summary>
    /// <param name="no">Its place among the orders that were queued.</param>
    public OrderHistory Of(int no, PendingOrder pending, IReadOnlyList<string> blocked, long? openCreditMinor, DateTimeOffset now)
    {
        var keys = pending.Order.Keys;
        _byNo ??= _answers.ToDictionary(a => a.No);
        var answer = _byNo.GetValueOrDefault(no);
        var here = _here.FindAll(h => h.Merchant == pending.Actor.Merchant);
        var (twin, at) = TwinOf(answer, here, keys, now);
        bool sameEmail(Here h) => keys.Email is not null && h.Keys.Email == keys.Email;
        return new OrderHistory(twin, at, keys.Email is not null && answer is { IsKnownEmail: false } && !here.Exists(sameEmail),
            (answer?.EmailHour ?? 0) + here.Count(sameEmail), (answer?.PlaceHour ?? 0) + here.Count(h => keys.Place is not null && h.Keys.Place == keys.Place),
            blocked, openCreditMinor);
    }

    /// <summary>The order is placed; those after it in the same drain are compared with it too.</summary>
    public void Placed(PendingOrder pending, string number)
    {
        if (Asks(pending)) _here.Add(new Here(pending.Id, number, pending.Order.Keys, pending.Actor.Merchant));
    }

    private (TwinOrder?, DateTimeOffset?) TwinOf(Answer? answer, List<Here> here, OrderKeys keys, DateTimeOffset now)
    {
        foreach (var (key, pick, stored, by) in new (long?, Func<OrderKeys, long?>, Guid?, string)[]
            { (keys.Email, k => k.Email, answer?.ByEmail, "email"), (keys.Phone, k => k.Phone, answer?.ByPhone, "telephone number"), (keys.Place, k => k.Place, answer?.ByPlace, "address") })
        {
            if (key is not null && here.FindLast(h => pick(h.Keys) == key && h.Keys.Basket == keys.Basket) is { } before) return (new TwinOrder(before.Id, before.Number, by), now);
            if (stored is { } id && _twins.Find(t => t.Id == id) is { } twin) return (new TwinOrder(new OrderId(twin.Id), twin.Number, by), twin.At);
        }
        return (null, null);
    }

    private static bool Asks(PendingOrder order) => order.Order.Policy.ByHistory.Any(r => r.Kind is RuleKinds.Duplicate or RuleKinds.Risk);

    private static TimeSpan Within(OrderPolicy policy) => TimeSpan.FromMinutes(policy.ByHistory.Where(r => r.Kind == RuleKinds.Duplicate)
        .Select(r => r.Settings?.WithinMinutes ?? 15).DefaultIfEmpty(0).Max());

    // The newest open order with the same basket among the newest of this key: two steps into one index, whatever the history.
    private static string TwinBy(string key) =>
        $"""
        (select t.id from (select o.id, o.basket_key, o.state, o.placed_at_ms from orders o where o.merchant_id = r.merchant_id and o.{key} = r.{key}
           and o.placed_at_ms >= r.since and o.placed_at_ms <= @until and o.id <> r.own order by o.placed_at_ms desc limit {MostLooked}) t
          where t.basket_key = r.basket_key and t.state in ('placed', 'confirmed') order by t.placed_at_ms desc limit 1)
        """;

    private static string InHour(string key) =>
        $"""
        case when r.is_risk then (select count(*) from (select 1 from orders o where o.merchant_id = r.merchant_id and o.{key} = r.{key}
           and o.placed_at_ms >= @hour and o.placed_at_ms <= @until and o.id <> r.own limit {MostLooked * 20}) h) else 0 end
        """;
}
