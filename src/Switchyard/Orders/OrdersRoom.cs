using System.CommandLine;
using Switchyard.Cli;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Log;

namespace Switchyard.Orders;

// door: OrderClaims, ShareClaims, OpenOrder, OpenLine, StandIn, OpenHold, NodeClaim, LineBucket, LineMoves, LineKind, OrderState, OrderErrors, FindOrder, OrderView
// door: SoldAtCounter, CounterLine
// door: OrderSource, OrderTotals, OrderMoney, PricedLine, GoodsBack, BackLine, BackLeft, BackMoney
// door: BuyersOrders, ReplaceOrder, OrderStates, CancelOrder, ReinstateOrder, Reinstated, OrderPaid
// door: ForgetBuyer, PlaceOrder, OrderWriter, OrderAnswer, EditOrder, NoteOrder, LineView, OnShort
// door: OrderTermSource, OrderTerm, OrdersList, OrderFields
// door: Replan, ReplanWish, Replanned, Waiting, DecideTogether
// door: OrderWriter, PlaceOrder, OnShort, OrderAnswer, LineView, CheckAvailability
// door: HoldsOf, HoldKinds, HoldRules, NewHold
// door: TaxOwers, LineText
// door: AnnounceReturn, ReturnView, ReturnLineView, ExpectedReturns

/// <summary>The door of Orders: taking orders in, promising stock to them, reading and ending them.</summary>
public static class OrdersRoom
{
    /// <summary>What can be imported and exported row by row. Orders have imports of their own.</summary>
    public static IReadOnlyList<FileKind> Files { get; } = [new ReturnsFile()];

    public static IServiceCollection AddOrders(this IServiceCollection services) => services
        .AddSingleton<OrderNumbers>()
        .AddSingleton<PolicyReader>()
        .AddSingleton(OrdersNeedingAttention.All[0]).AddSingleton(OrdersNeedingAttention.All[1]).AddSingleton(OrdersNeedingAttention.All[2]).AddSingleton(OrdersNeedingAttention.All[3])
        .AddSingleton<MendHolds>().AddSingleton(provider => provider.GetRequiredService<MendHolds>().Consumer())
        .AddSingleton<KeepHolds>().AddHostedService(provider => provider.GetRequiredService<KeepHolds>())
        .AddSingleton<Replan>().AddSingleton<PastDecisions>()
        .AddSingleton<BacktestJob>().AddSingleton<JobKind>(provider => provider.GetRequiredService<BacktestJob>())
        .AddSingleton<FindOrder>().AddSingleton<EditOrder.OrderEditor>()
        .AddSingleton<CarryOutEdits>().AddHostedService(provider => provider.GetRequiredService<CarryOutEdits>())
        .AddSingleton<OrderImport>().AddSingleton<JobKind, OrdersImportJob>()
        .AddSingleton(OrdersList.Spec).AddSingleton(ListDrafts.Spec).AddSingleton<DraftDesk>().AddExport(OrderExports.Orders).AddExport(OrderExports.Lines).AddExport(new DraftExport())
        .AddSingleton<TellExpiredQuotes>().AddHostedService(provider => provider.GetRequiredService<TellExpiredQuotes>())
        .AddSingleton<StoreHistory>()
        .AddSingleton<IndexOrders>().AddSingleton<EventConsumer>(provider => provider.GetRequiredService<IndexOrders>().Consumer())
        .AddSingleton<OrdersBulkJob>().AddSingleton<JobKind>(provider => provider.GetRequiredService<OrdersBulkJob>())
        .AddSingleton(PromiseBooks.Waiting).AddSingleton(PromiseBooks.Promises)
        .AddSingleton<RedateWaiting>().AddSingleton(provider => provider.GetRequiredService<RedateWaiting>().Consumer())
        .AddSingleton<WatchPromises>().AddHostedService(provider => provider.GetRequiredService<WatchPromises>())
        .AddSingleton<WatchCrowdedNodes>().AddHostedService(provider => provider.GetRequiredService<WatchCrowdedNodes>())
        .AddSingleton<PromiseOldOrders>().AddHostedService(provider => provider.GetRequiredService<PromiseOldOrders>())
        .AddSingleton(OrderBooks.Lines).AddSingleton(OrderBooks.Allocations).AddSingleton(OrderBooks.Rows).AddSingleton(OrderBooks.Money)
        .AddSingleton(KindBooks.Drafts).AddSingleton(KindBooks.Links).AddSingleton(KindBooks.Splits).AddSingleton(KindBooks.Returns)
        .AddSingleton<OrderWriter>().AddHostedService(provider => provider.GetRequiredService<OrderWriter>())
        .AddSingleton(provider => new Gauge("switchyard_orders_lines_waiting", "Order lines that wait for the writer",
            () => provider.GetRequiredService<OrderWriter>().LinesWaiting))
        .AddSingleton(IndexOrders.Lag)
        .AddSingleton(new TimelineScope("order", FindOrder.MaySee))
        .AddSingleton<CancelUnroutable>().AddHostedService(provider => provider.GetRequiredService<CancelUnroutable>())
        .AddSingleton<Waiting>()
        .AddSingleton<DecideTogether>().AddSingleton(provider => ReplanMarks.Consumer(provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<KeepReplanning>().AddHostedService(provider => provider.GetRequiredService<KeepReplanning>())
        .AddSingleton<ServeWaiting>().AddHostedService(provider => provider.GetRequiredService<ServeWaiting>())
        .AddSingleton<MoveOffNodes>().AddHostedService(provider => provider.GetRequiredService<MoveOffNodes>())
        .AddSingleton<PullStopped>().AddHostedService(provider => provider.GetRequiredService<PullStopped>())
        .AddSingleton<ExpireUnpaidOrders>().AddHostedService(provider => provider.GetRequiredService<ExpireUnpaidOrders>());

    public static void Map(IEndpointRouteBuilder routes)
    {
        PlaceOrder.Map(routes);
        FindOrder.Map(routes);
        ListOrders.Map(routes);
        EditOrder.Map(routes);
        CancelOrder.Map(routes);
        CancelRequests.Map(routes);
        HoldOrder.Map(routes);
        ReleaseHold.Map(routes);
        AssignHold.Map(routes);
        PrioritiseOrder.Map(routes);
        AssignOrder.Map(routes);
        WriteHoldRule.Map(routes);
        WriteIntakeRule.Map(routes);
        TryHoldRules.Map(routes);
        TryRouting.Map(routes);
        RunReplan.Map(routes);
        WriteReplanSettings.Map(routes);
        ReadRoutingQueue.Map(routes);
        ReadRouting.Map(routes);
        ReadShadow.Map(routes);
        StartBacktest.Map(routes);
        ReadBacktest.Map(routes);
        CheckAvailability.Map(routes);
        RecordTillSale.Map(routes);
        ListWaiting.Map(routes);
        ListParked.Map(routes);
        ImportOrders.Map(routes);
        TagOrder.Map(routes);
        BulkOrders.Map(routes);
        CloseNode.Map(routes);
        ReadClosing.Map(routes);
        PreviewClosing.Map(routes);
        StopSale.Map(routes);
        ReadSaleStop.Map(routes);
        NoteOrder.Map(routes);
        ContactOrder.Map(routes);
        ReadTimeline.Map(routes);
        WriteNumberSeries.Map(routes);
        ReadPromises.Map(routes);
        SaveDraft.Map(routes);
        ListDrafts.Map(routes);
        PreviewDraft.Map(routes);
        ChangeDraft.Map(routes);
        PlaceDraft.Map(routes);
        LinkOrder.Map(routes);
        ReorderOrder.Map(routes);
        ReplaceOrder.Map(routes);
        SplitOrder.Map(routes);
        AnnounceReturn.Map(routes);
    }

    /// <summary>What people call orders, by their ids; a text that is no order's id has none.</summary>
    public static Task<Dictionary<string, string>> NumbersOf(Work work, IReadOnlyList<string> ids) => OrdersBulkJob.NumbersOf(work, ids);

    public static IEnumerable<Command> Commands(CommandHost host) => [ImportOrdersCommand.Create(host), ReindexOrdersCommand.Create(host), ListOrdersCommand.Create(host), BacktestCommand.Create(host)];
}
