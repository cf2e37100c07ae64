using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

// door: ReportAsPartner, PartBody, PackageView, ShipmentView
// door: PackingQueue, NotedUnits, TakenBody, FulfilmentOrderState, PackageLineView
// door: RecordFact, PartBody, CarriedAway
// door: PackageDesk, PackedParcel, PickedNotPacked, PackageState, PackageStates
// door: FulfilmentView, FulfilmentLineView, FulfilmentErrors, PackGoods, StopWork, StopOutcome, StoppedRelease, StopWish, ReadLoads, CountPromises, NodeWaves, ReleaseWaves, PickWork, PickedShort, PickedUnit, PickedInstead

/// <summary>The door of Fulfilment: work given to nodes, done by them, and handed to carriers and customers.</summary>
public static class FulfilmentRoom
{
    public static IServiceCollection AddFulfilment(this IServiceCollection services) => services
        .AddSingleton(FulfilmentBooks.Lines).AddSingleton(FulfilmentBooks.Buckets).AddSingleton(FulfilmentBooks.Claims).AddSingleton(FulfilmentBooks.States).AddSingleton(FulfilmentBooks.Suppliers).AddSingleton(FulfilmentBooks.Picked)
        .AddSingleton(TrackingTerms.Source)
        .AddSingleton<ChangeRelease>()
        .AddSingleton<PackGoods>().AddSingleton<AnswerAsPartner.Desk>().AddSingleton<ReportAsPartner>()
        .AddSingleton<WaveGates>()
        .AddSingleton<CountPromises>().AddHostedService(provider => provider.GetRequiredService<CountPromises>())
        .AddSingleton<KeepWorkMoving>().AddHostedService(provider => provider.GetRequiredService<KeepWorkMoving>());

    public static void Map(IEndpointRouteBuilder routes)
    {
        ReleaseOrder.Map(routes);
        ReadQueue.Map(routes);
        WriteWorkSettings.Map(routes);
        WriteWorkClasses.Map(routes);
        SuggestPlaces.Map(routes);
        ReadLoads.Map(routes);
        FindFulfilment.Map(routes);
        AnswerOffer.Map(routes);
        PickRelease.Map(routes);
        PackRelease.Map(routes);
        HandOver.Map(routes);
        Arrive.Map(routes);
        PutBackGoods.Map(routes);
        StopRelease.Map(routes);
        ShortPick.Map(routes);
        RejectRelease.Map(routes);
        MoveRelease.Map(routes);
        HoldRelease.Map(routes);
        RecordFact.Map(routes);
        TrackPackage.Map(routes);
        AnswerSupplierOrder.Map(routes);
        ReadPartnerWork.Map(routes);
        AnswerAsPartner.Map(routes);
        ListPartners.Map(routes);
    }

    /// <summary>How this house says that a package is not there.</summary>
    public static Error PackageNotFound => FulfilmentErrors.PackageNotFound;
    public static Error NothingUnderWay => FulfilmentErrors.NothingUnderWay;

    /// <summary>Does customs look at what goes from one of these countries to the other?</summary>
    public static bool CrossesCustoms(string from, string to) => CustomsBorder.IsBetween(from, to);

    /// <summary>May the partner have this paper: was the work given to a node of his, and does it name the paper as it stands now?</summary>
    public static Task<bool> IsPartnersPaper(Work work, Actor actor, FulfilmentId id, string kind, DateTimeOffset now) => ReadPartnerWork.HasPaper(work, actor, id, kind, now);

    /// <summary>A release the actor may see, as the API shows it.</summary>
    public static async Task<FulfilmentView?> Find(Work work, Actor actor, FulfilmentId id) =>
        await ChangeRelease.Find(work, actor, id) is null ? null : (await FulfilmentReader.Read(work, [id.Value]))[0];

    /// <summary>Releases of orders as the API shows them, those of the actor's nodes.</summary>
    public static async Task<IReadOnlyList<FulfilmentView>> Of(Work work, Actor actor, IReadOnlyList<OrderId> orders)
    {
        var found = await FulfilmentReader.OfOrders(work, orders);
        if (actor.Nodes is null) return found;
        var own = (await ReleaseRows.Nodes(work, actor.Nodes)).Values.Select(n => n.Code).ToHashSet();
        return [.. found.Where(f => own.Contains(f.Node))];
    }

    /// <summary>Releases by their ids, in the order asked for: those of the actor's nodes.</summary>
    public static async Task<IReadOnlyList<FulfilmentView>> ByIds(Work work, Actor actor, IReadOnlyList<FulfilmentId> ids)
    {
        var found = await FulfilmentReader.Read(work, [.. ids.Select(i => i.Value)]);
        if (actor.Nodes is null) return found;
        var own = (await ReleaseRows.Nodes(work, actor.Nodes)).Values.Select(n => n.Code).ToHashSet();
        return [.. found.Where(f => own.Contains(f.Node))];
    }

    /// <summary>An order has become more or less urgent, and so has the work on it that is not done yet. The order is locked.</summary>
    public static Task Prioritise(Work work, OrderId order, int priority) => work.Execute(
        """
        update fulfilment_orders set priority = @priority, version = version + 1 where merchant_id = @merchant and order_id = @order and priority <> @priority
           and state in ('planned', 'scheduled', 'offered', 'accepted', 'picking', 'picked', 'packed', 'readyForPickup', 'stopAsked')
        """, ("order", order.Value), ("priority", priority));

    /// <summary>SQL: have goods of an order been put ready for the customer? By the column of the order's id.</summary>
    internal static string IsReadyForPickup(string order) =>
        $"exists (select 1 from fulfilment_orders f where f.order_id = {order} and f.merchant_id = @merchant and f.state = 'readyForPickup')";

    /// <summary>Orders with goods that wait at a pickup place: queued in the reader's own trip.</summary>
    public static List<Guid> ReadyForPickup(Batch batch, Rows keys) => batch.Query(
        "select distinct f.order_id from @rows r join fulfilment_orders f on f.order_id = r.id where f.merchant_id = @merchant and f.state = 'readyForPickup'",
        keys, row => row.Uuid());
}
