using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

// door: FulfilmentView, StopWork, StopOutcome, StoppedRelease, StopWish

/// <summary>The door of Fulfilment: work given to nodes, done by them, and handed to carriers and customers.</summary>
public static class FulfilmentRoom
{
    public static IServiceCollection AddFulfilment(this IServiceCollection services) => services
        .AddSingleton(FulfilmentBooks.Lines).AddSingleton(FulfilmentBooks.Buckets).AddSingleton(FulfilmentBooks.Claims).AddSingleton(FulfilmentBooks.States)
        .AddSingleton(TrackingTerms.Source)
        .AddSingleton<ChangeRelease>()
        .AddSingleton<KeepWorkMoving>().AddHostedService(provider => provider.GetRequiredService<KeepWorkMoving>());

    public static void Map(IEndpointRouteBuilder routes)
    {
        ReleaseOrder.Map(routes);
        ReadQueue.Map(routes);
        WriteWorkSettings.Map(routes);
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
    }

    /// <summary>Releases of orders as the API shows them, those of the actor's nodes.</summary>
    public static async Task<IReadOnlyList<FulfilmentView>> Of(Work work, Actor actor, IReadOnlyList<OrderId> orders)
    {
        var found = await FulfilmentReader.OfOrders(work, orders);
        if (actor.Nodes is null) return found;
        var own = (await ReleaseRows.Nodes(work, actor.Nodes)).Values.Select(n => n.Code).ToHashSet();
        return [.. found.Where(f => own.Contains(f.Node))];
    }

    /// <summary>Orders with goods that wait at a pickup place: queued in the reader's own trip.</summary>
    public static List<Guid> ReadyForPickup(Batch batch, Rows keys) => batch.Query(
        "select distinct f.order_id from @rows r join fulfilment_orders f on f.order_id = r.id where f.merchant_id = @merchant and f.state = 'readyForPickup'",
        keys, row => row.Uuid());
}
