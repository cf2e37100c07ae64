using Switchyard.Database;
using Switchyard.Files;

namespace Switchyard.Log;

// door: EventLog, Happening, NewEvent, EventHash, EventConsumer, LoggedEvent, AggregateKey, ConsumerLag, EventView, CommitHorizon, AwayException, AggregateTimeline, ThingHistory, SkipConsumer, EntryScope, TimelineScope, EventCustomer

/// <summary>The door of the log: writers use <see cref="EventLog"/>, readers the feed, rooms register an <see cref="EventConsumer"/>.</summary>
public static class LogRoom
{
    public static IServiceCollection AddLog(this IServiceCollection services) => services
        .AddSingleton<CommitHorizon>()
        .AddExport(new EventExport())
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

    /// <summary>The entries at these positions, of whatever merchant, for those who tell others of them.</summary>
    public static Task<List<LoggedEvent>> Entries(Work work, long[] positions) => work.Query(
        $"select {EventsSql.Columns} from events /* house */ where position = any(@positions) order by position", EventsSql.Read, ("positions", positions));
}
