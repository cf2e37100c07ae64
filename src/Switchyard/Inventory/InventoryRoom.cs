using Switchyard.Database;
using Switchyard.Files;

namespace Switchyard.Inventory;

// door: Atp, BundlePart, Buckets, Dated, Movement, MovementKind, NodeSupply, SkuSupply, StockRead, StockRow, StockSheet, SupplyReader, Due, Instants
// door: DraftStock, Wish, HeldForDraft, ReservationState, WantedStock, Taken
// door: CountTasks, WantedCount, StockPosition, StockPositions, SetInbound, StockNames, StockList

/// <summary>The door of Inventory: balances, their ledger, reservations, and what may be promised.</summary>
public static class InventoryRoom
{
    public static IReadOnlyList<FileKind> Files { get; } = [new StockFile()];

    public static IServiceCollection AddInventory(this IServiceCollection services)
    {
        services.AddSingleton(StockList.Spec).AddExport(StockExport.Source);
        foreach (var check in StockBooks.All) services.AddSingleton(check);
        for (int i = 0; i < StockRepairs.Count; i++)
        {
            int place = i;
            services.AddSingleton(provider => StockRepairs.All(provider.GetRequiredService<TimeProvider>())[place]);
        }
        return services;
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        AdjustStock.Map(routes);
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
        SetInbound.Map(routes);
        WantCounts.Map(routes);
        EnterCount.Map(routes);
        ReadCounts.Map(routes);
        OpenDelivery.Map(routes);
        ReadDeliveries.Map(routes);
        ReceiveGoods.Map(routes);
        UndoReceipt.Map(routes);
        CloseDelivery.Map(routes);
        CreateTransfer.Map(routes);
        ReadTransfers.Map(routes);
        ChangeTransfer.Map(routes);
        SendTransfer.Map(routes);
        SettleTransfer.Map(routes);
    }
}
