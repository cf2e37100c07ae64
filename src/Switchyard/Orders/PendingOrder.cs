using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>What became of an order: a new answer, or the order that the channel had sent before.</summary>
public readonly record struct PlacedOutcome(OrderAnswer? Answer, OrderId? Existing);

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

    /// <summary>A plan of a large order made outside the locks.</summary>
    public SourcingPlan? Plan { get; private set; }

    /// <summary>Out of a file of orders placed before: none is a repeat of another.</summary>
    public bool IsFromFile { get; private set; }

    /// <summary>What it is made of, when that is a draft or another order.</summary>
    public OrderSource? Source { get; private init; }

    /// <summary>The draft and the origin as they were found under lock.</summary>
    public PlacedDraft? MadeOf { get; set; }
    public IReadOnlyList<LinkView> Links { get; set; } = [];

    /// <summary>What will be answered once it is committed.</summary>
    public OrderAnswer? Answer { get; set; }

    public TaskCompletionSource<Result<PlacedOutcome>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<Result<PendingOrder>> Prepare(Actor actor, PlaceOrder.Request request, CatalogReader catalog, NetworkReader network, PolicyReader policies, Db db,
        DateTimeOffset now, OrderId? id = null, bool isFromFile = false, OrderSource? source = null)
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
        Guid? reservation = request.Reservation is { } text ? ReservationId.Parse(text, null).Value : null;
        HashSet<long> skus = [.. order.Lines.Where(l => l.HoldsStock && l.SkuId is not null).Select(l => l.SkuId!.Value)];
        if (reservation is { } held) skus.UnionWith(await ReservedSkus(actor, held, db));
        var pending = new PendingOrder(actor, order, id ?? OrderId.New(now), OrderRoutes.To(order, settings), reservation, [.. skus]) { Source = source };
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

    /// <summary>Takes over what was worked out anew after the catalogue changed; id and waiter stay.</summary>
    public void Replace(PendingOrder anew) => (Order, Routes, Skus, Plan, Buyer) = (anew.Order, anew.Routes, anew.Skus, anew.Plan, anew.Buyer);

    private static Task<List<long>> ReservedSkus(Actor actor, Guid reservation, Db db) => db.Read(actor, work => work.Query(
        "select distinct sku_id from reservation_items where merchant_id = @merchant and reservation_id = @id", row => row.Long(), ("id", reservation)));

    private static async Task<SourcingPlan> PlanOutside(PendingOrder pending, Db db)
    {
        var stock = await db.Read(pending.Actor, work => StockRead.Available(work, [.. pending.Skus]));
        return StockPromise.Prepare(pending.Order.Lines, pending.Routes.With(stock), pending.Routes.SplitPenaltyMinor);
    }
}
