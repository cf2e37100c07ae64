using Switchyard.Log;

namespace Switchyard.Connectors;

/// <summary>Listings, stock and telling channels back: what the room adds of them.</summary>
internal static class MapListings
{
    public static IServiceCollection AddStockOfChannels(this IServiceCollection services) => services
        .AddSingleton<MarkListings>().AddHostedService(provider => provider.GetRequiredService<MarkListings>())
        .AddSingleton<ForgetBuyers>().AddHostedService(provider => provider.GetRequiredService<ForgetBuyers>()).AddSingleton<StockAsk>().AddSingleton<KeepStockPushed>().AddHostedService(provider => provider.GetRequiredService<KeepStockPushed>())
        .AddSingleton<KeepListings>().AddHostedService(provider => provider.GetRequiredService<KeepListings>())
        .AddSingleton<TellChannels>().AddHostedService(provider => provider.GetRequiredService<TellChannels>())
        .AddSingleton<QueueTasks>().AddSingleton(provider => new EventConsumer(QueueTasks.Consumer, provider.GetRequiredService<QueueTasks>().Handle) { Kinds = QueueTasks.Kinds });

    public static void Map(IEndpointRouteBuilder routes)
    {
        ListListings.Map(routes);
        WriteListing.Map(routes);
        ListTasks.Map(routes);
    }
}
