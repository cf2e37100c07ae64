using Switchyard.Channels;
using Switchyard.Database;
using Switchyard.Files;

namespace Switchyard.Inventory;

// door: Atp, BundlePart, Buckets, Dated, Movement, MovementKind, NodeSupply, SkuSupply, StockRead, StockRow, StockSheet, SupplyReader, Due, Instants
// door: StockHistory, StockEntry
// door: DraftStock, Wish, HeldForDraft, ReservationState, WantedStock, Taken
// door: StockWatch, Supplies, LedgerHorizon
// door: ShareRule, SharePart, SoldTo, SaleLimit, SaleView, StockFeeds, Fed, StockSnapshot
// door: CountTasks, WantedCount, StockPosition, StockPositions, SetInbound, StockNames, StockList
// door: ProductTracking, Tracks
// door: GoodsCode, TakeSnapshot, OpenDelivery, ReceiveGoods, DeliveryId, GoodsCondition
// door: MoveBins, MovePurpose, MissingInBin
// door: PickedBins, PickedUnits, BinRegister, StockNode, BinnedUnits, LotBlocks, Serials, SerialUnit, Removal, RemovalPlace, RemovalStrategy

/// <summary>The door of Inventory: balances, their ledger, reservations, and what may be promised.</summary>
public static class InventoryRoom
{
    public static IReadOnlyList<FileKind> Files { get; } = [new StockFile(), new InboundFile()];

    public static IServiceCollection AddInventory(this IServiceCollection services)
    {
        services.AddSingleton<WatchLots>().AddHostedService(provider => provider.GetRequiredService<WatchLots>());
        services.AddSingleton<LedgerHorizon>().AddSingleton<StockWatch>().AddSingleton(StockList.Spec).AddExport(StockExport.Source);
        foreach (var check in StockBooks.All) services.AddSingleton(check);
        for (int i = 0; i < StockRepairs.Count; i++)
        {
            int place = i;
            services.AddSingleton(provider => StockRepairs.All(provider.GetRequiredService<TimeProvider>())[place]);
        }
        return services;
    }

    /// <summary>How the merchant of this work divides its stock: the rules in force, in the order in which they are asked.</summary>
    public static Func<IReadOnlyList<ChannelSettings>, IReadOnlyList<ShareRule>> Shares(Batch batch) => ShareSql.QueueActive(batch);

    public static void Map(IEndpointRouteBuilder routes)
    {
        WriteShare.Map(routes);
        ShowShares.Map(routes);
        AdjustStock.Map(routes);
        TakeSnapshot.Map(routes);
        ReadStock.Map(routes);
        ListLevels.Map(routes);
        ReadLedger.Map(routes);
        ReadHolders.Map(routes);
        MoveStock.Map(routes);
        SetSafety.Map(routes);
        ReserveStock.Map(routes);
        ChangeReservation.Map(routes);
        TransferReservation.Map(routes);
        SetBins.Map(routes);
        LocateStock.Map(routes);
        MoveBins.Map(routes);
        SetTracking.Map(routes);
        RecallLot.Map(routes);
        ReadLot.Map(routes);
        SetInbound.Map(routes);
        WantCounts.Map(routes);
        EnterCount.Map(routes);
        ApproveCount.Map(routes);
        PlanCounts.Map(routes);
        AssignCounts.Map(routes);
        WriteCountSettings.Map(routes);
        ReadCounts.Map(routes);
        OpenDelivery.Map(routes);
        ReadDeliveries.Map(routes);
        ReceiveGoods.Map(routes);
        UndoReceipt.Map(routes);
        CloseDelivery.Map(routes);
        LabelRequests.Map(routes);
        ScanAtDock.Map(routes);
        ReadDeliveryGoods.Map(routes);
        ReadDockWork.Map(routes);
        CreateTransfer.Map(routes);
        ReadTransfers.Map(routes);
        ChangeTransfer.Map(routes);
        SendTransfer.Map(routes);
        SettleTransfer.Map(routes);
    }
}
