using Switchyard.Connectors.Amazon;
using Switchyard.Connectors.Ebay;
using Switchyard.Connectors.Magento;
using Switchyard.Connectors.Shopify;
using Switchyard.Connectors.Vendure;
using Switchyard.Connectors.WooCommerce;
using Switchyard.Database;
using Switchyard.Jobs;
using Switchyard.Messages;

namespace Switchyard.Connectors;

// door: ISalesChannel, ChannelManifest, ChannelServing, ConnectorPatience

/// <summary>The door of Connectors: the shops and marketplaces that channels are at, by adapters that speak their language.</summary>
public static class ConnectorsRoom
{
    public static IServiceCollection AddConnectors(this IServiceCollection services)
    {
        foreach (var channel in Channels()) services.AddSingleton(channel);
        return services
            .AddSingleton<ConnectorPatience>().AddSingleton<ConnectorHttp>().AddSingleton<ConnectorSecrets>().AddSingleton<ConnectorDesk>().AddSingleton<OwnAddress>().AddSingleton<ReadConnections>()
            .AddSingleton<IBuyersVoice, BuyersVoice>().AddSingleton<FollowMoney>().AddSingleton<FollowChannel>().AddSingleton<TakeNotices>()
            .AddSingleton<MessageTally>().AddHostedService(provider => provider.GetRequiredService<MessageTally>())
            .AddSingleton<TakeOrders>().AddHostedService(provider => provider.GetRequiredService<TakeOrders>())
            .AddSingleton<KeepAsking>().AddHostedService(provider => provider.GetRequiredService<KeepAsking>())
            .AddSingleton<ForgetNotices>().AddHostedService(provider => provider.GetRequiredService<ForgetNotices>())
            .AddSingleton<Reconcile>().AddSingleton<JobKind>(provider => provider.GetRequiredService<Reconcile>())
            .AddStockOfChannels()
            .AddSingleton(ConnectorBooks.Orders);
    }

    /// <summary>Every sales channel there is an adapter for. They keep no state of their own but for tokens that run out.</summary>
    public static IReadOnlyList<ISalesChannel> Channels() => [new ShopifyChannel(), new AmazonChannel(), new EbayChannel(), new WooChannel(), new MagentoChannel(), new VendureChannel()];

    /// <summary>Pages outside of the API.</summary>
    public static void MapPages(IEndpointRouteBuilder routes) => AuthoriseConnection.MapBack(routes);

    public static void Map(IEndpointRouteBuilder routes)
    {
        ReadConnections.Map(routes);
        WriteConnection.Map(routes);
        TestConnection.Map(routes);
        AuthoriseConnection.Map(routes);
        StartConnection.Map(routes);
        TakeNotices.Map(routes);
        ReadToldOrders.Map(routes);
        Reconcile.Map(routes);
        MapListings.Map(routes);
    }
}
