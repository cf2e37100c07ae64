namespace Switchyard.Log;

// door: EventLog, Happening, NewEvent, EventHash

/// <summary>The door of the log: writers use <see cref="EventLog"/>, readers the feed, rooms register an EventConsumer.</summary>
public static class LogRoom
{
    public static IServiceCollection AddLog(this IServiceCollection services) => services
        .AddSingleton<CommitHorizon>()
        .AddSingleton<EventStreams>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        ReadEvents.Map(routes);
        FollowEvents.Map(routes);
    }
}
