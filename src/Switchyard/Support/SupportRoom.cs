using Switchyard.Support.Gorgias;
using Switchyard.Support.Zendesk;

namespace Switchyard.Support;

// door: ISupportDesk, DeskManifest, DeskPatience

/// <summary>The door of Support: the help desks that the house's agents work in, by adapters that speak their language.</summary>
public static class SupportRoom
{
    public static IServiceCollection AddSupport(this IServiceCollection services)
    {
        foreach (var desk in Desks()) services.AddSingleton(desk);
        return services
            .AddSingleton<DeskPatience>().AddSingleton<DeskHttp>().AddSingleton<DeskSecrets>().AddSingleton<SupportDesks>().AddSingleton<ReadDesks>().AddSingleton<WriteDesk>()
            .AddSingleton<ReadCards>().AddSingleton<RunMacro>().AddSingleton<TakeDeskCalls>()
            .AddSingleton<KeepTickets>().AddHostedService(provider => provider.GetRequiredService<KeepTickets>());
    }

    /// <summary>Every help desk there is an adapter for. They keep no state of their own.</summary>
    public static IReadOnlyList<ISupportDesk> Desks() => [new GorgiasDesk(), new ZendeskDesk()];

    public static void Map(IEndpointRouteBuilder routes)
    {
        ReadDesks.Map(routes);
        WriteDesk.Map(routes);
        TestDesk.Map(routes);
        ListTickets.Map(routes);
        TakeDeskCalls.Map(routes);
    }
}
