namespace Switchyard.Log;

// door: EventLog, Happening, NewEvent, EventHash, EventConsumer, LoggedEvent, AggregateKey, ConsumerLag

/// <summary>The door of the log: writers use <see cref="EventLog"/>, readers the feed, rooms register an <see cref="EventConsumer"/>.</summary>
public static class LogRoom
{
    public static IServiceCollection AddLog(this IServiceCollection services) => services
        .AddSingleton<CommitHorizon>()
        .AddSingleton<EventStreams>()
        .AddSingleton<ConsumerPace>()
        .AddSingleton(AnchorFile.FromEnvironment())
        .AddSingleton(CheckChain.Check)
        .AddSingleton(CheckHeads.Check)
        .AddSingleton(CheckSeals.Check)
        .AddSingleton(provider => CheckSeals.AnchorCheck(provider.GetRequiredService<AnchorFile>()))
        .AddHostedService<KeepSealing>()
        .AddHostedService<RunConsumers>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        ReadEvents.Map(routes);
        FollowEvents.Map(routes);
        ListConsumers.Map(routes);
        ParkedEvents.Map(routes);
    }
}
