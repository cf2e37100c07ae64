namespace Switchyard.Purchasing;

// door: SupplierOrders, SupplierWork, SupplierWorkLine, ReadPurchaseOrders, PurchaseOrderView, ShipToView

/// <summary>The door of Purchasing: what is to be bought again, that it is on order, and what suppliers send to customers for us.</summary>
public static class PurchasingRoom
{
    public static IServiceCollection AddPurchasing(this IServiceCollection services) => services
        .AddSingleton<SendSupplierOrders>().AddHostedService(provider => provider.GetRequiredService<SendSupplierOrders>())
        .AddSingleton<SuggestReorders>().AddHostedService(provider => provider.GetRequiredService<SuggestReorders>());

    public static void Map(IEndpointRouteBuilder routes)
    {
        SetReorderLevels.Map(routes);
        SuggestReorders.Map(routes);
        DecideReorder.Map(routes);
        ReadPurchaseOrders.Map(routes);
    }
}
