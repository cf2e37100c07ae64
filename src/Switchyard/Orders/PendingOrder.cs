using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>What became of an order: a new answer, or the order that the channel had sent before.</summary>
public readonly record struct PlacedOutcome(OrderAnswer? Answer, OrderId? Existing)
{
    /// <summary>Nothing yet: a strategy has come meanwhile that asks a ranker, and the writer asks nobody. Whoever waits prepares it anew.</summary>
    internal bool IsToPrepare => Answer is null && Existing is null;
}

/// <summary>An order that waits for the writer, with all that could be worked out without a lock.</summary>
public sealed class PendingOrder
{
    private PendingOrder(Actor actor, AssembledOrder order, OrderId id, OrderRoutes routes, Guid? reservation, IReadOnlyList<long> skus)
    {
        (Actor, Order, Id, Routes, Reservation, Skus, Buyer) = (actor, order, id, routes, reservation, skus, OrderBuyer.Of(actor.Merchant, order.ChannelId, order.Request));
    }

    public Actor Actor { get; }
    public AssembledOrder Order { get; private set; }
    public OrderId Id { get; }

    /// <summary>The nodes that may serve it, with their lanes to its address.</summary>
    public OrderRoutes Routes { get; private set; }

    /// <summary>A soft reservation that this order converts.</summary>
    public Guid? Reservation { get; }

    /// <summary>The SKUs whose stock must be locked for it.</summary>
    public IReadOnlyList<long> Skus { get; private set; }

    /// <summary>What the order says of its customer.</summary>
    public CustomerTraits Buyer { get; private set; }

    /// <summary>Was it prepared by strategies that name rankers? Then they have been asked.</summary>
    public bool KnowsRankers { get; private set; }

    /// <summary>A plan of a large order made outside the locks.</summary>
    public RoutedPlan? Plan { get; private set; }

    /// <summary>Out of a file of orders placed before: none is a repeat of another.</summary>
    public bool IsFromFile { get; private set; }

    /// <summary>When it came, if that was not now: an order of days that are played again.</summary>
    public DateTimeOffset? CameAt { get; init; }

    /// <summary>The run of the import that places it.</summary>
    public long? ImportRun { get; set; }

    /// <summary>What it is made of, when that is a draft or another order.</summary>
    public OrderSource? Source { get; private init; }

    /// <summary>The draft and the origin as they were found under lock.</summary>
    public PlacedDraft? MadeOf { get; set; }
    public IReadOnlyList<LinkView> Links { get; set; } = [];

    /// <summary>What will be answered once it is committed.</summary>
    public OrderAnswer? Answer { get; set; }

    public TaskCompletionSource<Result<PlacedOutcome>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="ranks">What rankers said of it when it was prepared before: nobody is asked again while others wait for the writer.</param>
    public static async Task<Result<PendingOrder>> Prepare(Actor actor, PlaceOrder.Request request, CatalogReader catalog, NetworkReader network, PolicyReader policies, Db db,
        DateTimeOffset now, OrderId? id = null, bool isFromFile = false, OrderSource? source = null, IReadOnlyDictionary<string, RankerAnswer>? ranks = null, DateTimeOffset? cameAt = null)
    {
        var settings = await network.Settings(actor.Merchant);
        var assembled = await Assemble();
        if (!assembled.IsOk && await network.HasMoved(settings))                  // a channel or price made since the last look is no error
        {
            settings = await network.Refresh(actor.Merchant);
            assembled = await Assemble();
        }
        if (assembled.Error is { } error) return error;
        var order = assembled.Value;
        if (source is { Tags.Count: > 0 }) order = order with { Tags = [.. order.Tags.Concat(source.Tags).DistinctBy(Text.Key).Take(TagOrder.MostTags)] };
        if (ranks is not null) order = order with { Ranks = ranks };
        else if (settings.Routing.UsesRankers && network.Rankers is { } rankers && OrderRoutes.To(order, settings) is { IsCollected: false } routes)
            order = order with { Ranks = await rankers.Ask(settings, [settings.Routing.Live, settings.Routing.Shadow], RoutingFacts.Always(order, settings), routes.Candidates) };
        Guid? reservation = request.Reservation is { } text ? ReservationId.Parse(text, null).Value : null;
        HashSet<long> skus = [.. order.Lines.Where(l => l.HoldsStock && l.SkuId is not null).Select(l => l.SkuId!.Value)];
        if (reservation is { } held) skus.UnionWith(await ReservedSkus(actor, held, db));
        var pending = new PendingOrder(actor, order, id ?? OrderId.New(now), OrderRoutes.To(order, settings), reservation, [.. skus]) { Source = source, KnowsRankers = settings.Routing.UsesRankers, CameAt = cameAt };
        if (order.Lines.Count(l => l.HoldsStock) > StockPromise.MostLinesPlannedInside) pending.Plan = await PlanOutside(pending, db);
        pending.IsFromFile = isFromFile;
        return pending;

        async ValueTask<Result<AssembledOrder>> Assemble()
        {
            var policy = await policies.At(actor.Merchant, settings.Version);
            return OrderAssembly.Build(request, settings, await catalog.FindSkus(actor.Merchant, OrderAssembly.SkuKeys(request)),
                isFromFile ? policy.ForFiles() : source?.Judge(policy) ?? policy, now);
        }
    }

    /// <summary>An order that is placed already, only to be judged by rules that ask the books.</summary>
    internal static PendingOrder ToJudge(Actor actor, AssembledOrder order, OrderId id, MerchantSettings settings) =>
        new(actor, order, id, OrderRoutes.To(order, settings), null, []);

    /// <summary>Takes over what was worked out anew after the catalogue changed; id and waiter stay.</summary>
    public void Replace(PendingOrder anew) => (Order, Routes, Skus, Plan, Buyer) = (anew.Order, anew.Routes, anew.Skus, anew.Plan, anew.Buyer);

    private static Task<List<long>> ReservedSkus(Actor actor, Guid reservation, Db db) => db.Read(actor, work => work.Query(
        "select distinct sku_id from reservation_items where merchant_id = @merchant and reservation_id = @id", row => row.Long(), ("id", reservation)));

    private static async Task<RoutedPlan?> PlanOutside(PendingOrder pending, Db db)
    {
        if (pending.Routes.IsMixed || pending.Routes.Router?.AsksWhoBuys == true) return null;         // that is known only inside
        var stock = await db.Read(pending.Actor, work => StockRead.Available(work, [.. pending.Skus]));
        return StockPromise.Prepare(pending.Order.Lines, pending.Routes.With(stock), pending.Routes.SplitPenaltyMinor, pending.Routes.Router);
    }
}
