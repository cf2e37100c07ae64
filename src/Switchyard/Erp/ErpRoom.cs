using Switchyard.Erp.NetSuite;
using Switchyard.Log;

namespace Switchyard.Erp;

// door: IErp, ErpManifest, ErpPatience

/// <summary>The door of ERP: what is exchanged with the system that keeps the merchant's accounts.</summary>
public static class ErpRoom
{
    public static IServiceCollection AddErp(this IServiceCollection services)
    {
        foreach (var erp in Erps()) services.AddSingleton(erp);
        return services
            .AddSingleton<ErpPatience>().AddSingleton<ErpHttp>().AddSingleton<ErpSecrets>().AddSingleton<ErpDesk>().AddSingleton<ReadErp>()
            .AddSingleton<QueueErp>().AddSingleton(provider => new EventConsumer(QueueErp.Consumer, provider.GetRequiredService<QueueErp>().Handle) { Kinds = QueueErp.Kinds })
            .AddSingleton<PostToErp>().AddHostedService(provider => provider.GetRequiredService<PostToErp>())
            .AddSingleton<AskErp>().AddHostedService(provider => provider.GetRequiredService<AskErp>())
            .AddSingleton<TakeErpThings>().AddHostedService(provider => provider.GetRequiredService<TakeErpThings>());
    }

    /// <summary>Every ERP there is an adapter for. They keep no state of their own but for tokens that run out.</summary>
    public static IReadOnlyList<IErp> Erps() => [new NetSuiteErp()];

    public static void Map(IEndpointRouteBuilder routes)
    {
        ReadErp.Map(routes);
        WriteErp.Map(routes);
        StartErp.Map(routes);
        ListErpTasks.Map(routes);
        ReconcileErp.Map(routes);
    }
}
