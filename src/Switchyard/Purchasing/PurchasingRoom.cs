namespace Switchyard.Purchasing;

/// <summary>The door of Purchasing: what is to be bought again, and that it is on order.</summary>
public static class PurchasingRoom
{
    public static IServiceCollection AddPurchasing(this IServiceCollection services) => services
        .AddSingleton<SuggestReorders>().AddHostedService(provider => provider.GetRequiredService<SuggestReorders>());

    public static void Map(IEndpointRouteBuilder routes)
    {
        SetReorderLevels.Map(routes);
        SuggestReorders.Map(routes);
        DecideReorder.Map(routes);
    }
}
