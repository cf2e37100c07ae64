using System.Globalization;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Search;

namespace Switchyard.Demo;

/// <summary>What the demo shop is made with, from the command line and by a job alike: the rooms, whoever acts, and the clock of the days that are played.</summary>
/// <param name="Now">When the making began. Everything is dated from it, also when it goes on in another process.</param>
internal sealed record DemoStage(Actor Actor, Db Db, IServiceProvider Services, DateTimeOffset Now, CancellationToken Stop)
{
    private readonly Dictionary<int, string> _orders = [];
    private readonly Dictionary<int, IReadOnlyList<FulfilmentId>> _releases = [];

    public DemoClock Clock { get; } = new(Now);

    /// <summary>Who works on the orders: user names that notes may mention and orders be given to. Empty: nobody is there but whoever acts.</summary>
    public IReadOnlyList<string> People { get; set; } = [];

    /// <summary>The one writer of the days that are played, at their time.</summary>
    public OrderWriter? Writer { get; set; }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>May a step be begun anew, in another process after this one died? At the command line nobody goes on: keys would only cost time.</summary>
    public bool MayBeRepeated { get; init; }

    /// <summary>The ids of people by their user names, as they stand on the log. Who is not among them is whoever acts.</summary>
    public IReadOnlyDictionary<string, string> Ids { get; init; } = new Dictionary<string, string>();

    /// <summary>Whoever does this deed, with a key of it: done once, however often the step is begun anew.</summary>
    public Actor Once(string deed, string who = "")
    {
        var actor = Ids.TryGetValue(who, out string? id) ? Actor with { Id = id, Name = who } : Actor;
        if (!MayBeRepeated) return actor;
        return actor with { Stamp = RequestStamp.Of("demo-" + deed) };
    }

    /// <summary>Places an order of the played days; a repeated one is found by its channel's number.</summary>
    public async Task<Error?> Place(DemoOrder order)
    {
        var placed = await Writer!.Place(Actor, order.Request);
        if (placed.Error is { } error) return IsNo(error) ? null : error;
        using var view = JsonDocument.Parse(placed.Value.Json);
        _orders[order.No] = view.RootElement.GetProperty("id").GetString()!;
        return null;
    }

    /// <summary>Places orders of one stretch of time together, each at its own instant; repeated ones are found by their numbers.</summary>
    public async Task<Error?> PlacePast(IReadOnlyList<DemoOrder> orders)
    {
        var placed = await Writer!.PlacePast(Actor, [.. orders.Select(o => (o.Request, o.At))]);
        foreach (var (i, one) in placed.Index())
        {
            if (one.IsOk) _orders[orders[i].No] = one.Value.ToString();
            else if (one.Error is { } error && !IsNo(error)) return error;
        }
        return null;
    }

    /// <summary>Of these orders those that were taken.</summary>
    public async Task<IReadOnlyDictionary<OrderId, DemoOrder>> IdsOf(IReadOnlyList<DemoOrder> orders)
    {
        var ids = new Dictionary<OrderId, DemoOrder>();
        foreach (var order in orders)
            if (await IdOf(order) is { } id) ids[OrderId.Parse(id, null)] = order;
        return ids;
    }

    /// <summary>Of these orders those that have not ended.</summary>
    public async Task<IReadOnlyDictionary<OrderId, DemoOrder>> Open(IReadOnlyList<DemoOrder> orders)
    {
        var ids = await IdsOf(orders);
        var open = await Db.Read(Actor, work => work.Query("select o.id from @rows r join orders o on o.id = r.id where o.merchant_id = @merchant and o.ended_at_ms is null order by o.id",
            Rows.Of(ids.Keys.ToList()).Uuid("id", id => id.Value), row => new OrderId(row.Uuid())));
        return open.ToDictionary(id => id, id => ids[id]);
    }

    /// <summary>Whoever has waited so long for goods waits no more.</summary>
    public async Task<Error?> GiveUp(IReadOnlyList<DemoOrder> orders)
    {
        foreach (var id in (await Open(orders)).Keys)
            if ((await CancelOrder.Handle(id.ToString(), new CancelOrder.Request("The buyer waits no longer.", null, true), Once($"give-up-{id}", "carla"), Clock, Get<FindOrder>(), _ => { })).Error
                is { Kind: not ErrorKind.Conflict } error) return error;
        return null;
    }

    // The web shop asks first and may hear no.
    private static bool IsNo(Error error) => error.Code is "orders.short" or "orders.no_route";

    /// <summary>The id of an order of the played days; null when it was not taken.</summary>
    public async Task<string?> IdOf(DemoOrder order)
    {
        if (_orders.TryGetValue(order.No, out string? known)) return known;
        var found = await ListOrders.Handle(Actor, Db, Clock, ListAsk.Of(string.Create(CultureInfo.InvariantCulture, $"externalId:{order.Request.ExternalId}"), 1, null));
        return found.IsOk && found.Value.Data is [var one] ? _orders[order.No] = one.Id.ToString() : null;
    }

    /// <summary>What the nodes have to do for an order of the played days.</summary>
    public async Task<IReadOnlyList<FulfilmentId>> ReleasesOf(DemoOrder order)
    {
        if (_releases.TryGetValue(order.No, out var known)) return known;
        if (await IdOf(order) is not { } id || !OrderId.TryParse(id, null, out var orderId)) return [];
        return _releases[order.No] = await Db.Read(Actor, work => work.Query("select id from fulfilment_orders where merchant_id = @merchant and order_id = @order order by id",
            row => new FulfilmentId(row.Uuid()), ("order", orderId.Value)));
    }
}

/// <summary>Something that happens in the shop at an instant.</summary>
internal sealed record DemoDeed(DateTimeOffset At, Func<DemoStage, Task<Error?>> Do);

/// <summary>One piece of making the shop, small enough for the lease of a job.</summary>
/// <param name="At">What the clock shows while it is done.</param>
internal sealed record DemoStep(string What, DateTimeOffset At, Func<DemoStage, Task<Error?>> Do);
