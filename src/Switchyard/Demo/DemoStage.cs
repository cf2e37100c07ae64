using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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
        string key = "demo-" + deed;
        return actor with { Stamp = new RequestStamp(key, SHA256.HashData(Encoding.UTF8.GetBytes(key))) };
    }

    /// <summary>Places an order of the played days; a repeated one is found by its channel's number.</summary>
    public async Task<Error?> Place(DemoOrder order)
    {
        var placed = await Writer!.Place(Actor, order.Request);
        if (placed.Error is { } error) return error.Code is "orders.short" or "orders.no_route" ? null : error;     // the web shop asks first and may hear no
        using var view = JsonDocument.Parse(placed.Value.Json);
        _orders[order.No] = view.RootElement.GetProperty("id").GetString()!;
        return null;
    }

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

/// <summary>One piece of making the shop, small enough for the lease of a job.</summary>
/// <param name="At">What the clock shows while it is done.</param>
internal sealed record DemoStep(string What, DateTimeOffset At, Func<DemoStage, Task<Error?>> Do);
