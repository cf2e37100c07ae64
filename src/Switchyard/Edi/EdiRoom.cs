using Switchyard.Log;

namespace Switchyard.Edi;

/// <summary>The door of EDI: what is exchanged with trading partners in X12.</summary>
public static class EdiRoom
{
    public static IServiceCollection AddEdi(this IServiceCollection services) => services
        .AddSingleton<FindGoods>().AddSingleton<ApplyOrder>().AddSingleton<ApplyStock>().AddSingleton<ApplyShipped>().AddSingleton<ComposeEdi>()
        .AddSingleton<QueueEdi>().AddSingleton(provider => new EventConsumer("edi", provider.GetRequiredService<QueueEdi>().Handle) { Kinds = QueueEdi.Kinds })
        .AddSingleton<ApplyMessages>().AddHostedService(provider => provider.GetRequiredService<ApplyMessages>())
        .AddSingleton<SendEdi>().AddHostedService(provider => provider.GetRequiredService<SendEdi>())
        .AddSingleton<TakeInterchange>()
        .AddSingleton<EdiFolder>().AddHostedService(provider => provider.GetRequiredService<EdiFolder>());

    public static void Map(IEndpointRouteBuilder routes)
    {
        WriteEdiPartner.Map(routes);
        TakeInterchange.Map(routes);
        ReadInterchanges.Map(routes);
        ReplayMessage.Map(routes);
    }
}
