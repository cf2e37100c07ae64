using System.CommandLine;
using Switchyard.Cli;
using Switchyard.Database;
using Switchyard.Files;

namespace Switchyard.Sourcing;

// door: Address, CandidateCodes, Demand, LaneOffer, LaneSettings, LinePart, MerchantSettings, Place, NetworkReader, NodeSettings
// door: PlannedShipment, SourcingCandidate, SourcingEngine, SourcingNode, SourcingOptions, SourcingPlan
// door: BatchEngine, BatchOrder, BatchNode, BatchOptions, BatchPlan, BatchOrderPlan
// door: SourcingFlips, SourcingFlip, FlipChanges
// door: DeliveryWays, PromiseDates, DatesOfParcel, ParcelTerms, NodeCalendar, CarrierCalendar, CarrierCalendars, PromiseRecords, KeptPromises, Confidence, NodeDays, DayBook, NodeCollect, NodeSameDay
// door: OrderRouter, RoutedOrder, RoutedLine, RoutedPlan, RoutingDecision, RoutedCandidate, TriedScenario, ShadowDecision, UnsentLine, RoutingWords
// door: RateCardIndex, CardRate
// door: SkuTraits, RateCard, NetworkChange, NetworkChanges, AddedNode, NodeLimit, CardChange, LaneChange
// door: ParcelCost, ParcelCosts, DecisionInput, SeenInput, SeenWords, PastSettings, RoutingFlips
// door: OrderQuery, RoutingFigures, RoutingRules, RoutingForm, RoutingStrategy, RoutingSettings, RoutingErrors, RoutingLinter, RoutingFinding, RoutingVersions
// door: KeepRoutingWorlds, AskRankers, RankerAnswer, RankerWords, RankerSettings
// door: FeedRule, FeedStep, CardZones
// door: NodeErrors, NodeSwitch, NodeBody, OpenTime, Position, LaneBody, WriteZone

/// <summary>The door of Sourcing: the nodes that send, where they reach, and which of them sends what.</summary>
public static class SourcingRoom
{
    public static IServiceCollection AddSourcing(this IServiceCollection services) => services.AddSingleton<AskRankers>().AddSingleton<NetworkReader>().AddSingleton<PastSettings>().AddHostedService<KeepRoutingWorlds>()
        .AddSingleton<WatchStrategies>().AddHostedService(provider => provider.GetRequiredService<WatchStrategies>())
        .AddSingleton<WatchFeeds>().AddHostedService(provider => provider.GetRequiredService<WatchFeeds>())
        .AddSingleton<KeepRoutingFigures>().AddHostedService(provider => provider.GetRequiredService<KeepRoutingFigures>());

    /// <summary>What can be imported and exported.</summary>
    public static IReadOnlyList<FileKind> Files { get; } = [new NodesFile(), new ZonesFile(), new LanesFile()];

    /// <summary>A rate card ready for looking up, for whoever books parcels by it; null when the merchant of the work sees none.</summary>
    public static async Task<RateCardIndex?> Card(Work work, string code) =>
        await RateCardSql.FindOf(work, code) is { } stored ? new RateCardIndex(stored.Card) { Code = stored.Code } : null;

    public static IEnumerable<Command> Commands(CommandHost host) => [SolveSourcingCommand.Create(host)];

    public static void Map(IEndpointRouteBuilder routes)
    {
        WriteNode.Map(routes);
        ReadNodes.Map(routes);
        WriteZone.Map(routes);
        WriteLanes.Map(routes);
        ReadRateCards.Map(routes);
        WriteRateCard.Map(routes);
        NodeCards.Map(routes);
        WriteStrategy.Map(routes);
        StageStrategy.Map(routes);
        WriteRanker.Map(routes);
        TryRanker.Map(routes);
        WritePlaces.Map(routes);
        WriteCarrierCalendar.Map(routes);
        ReadNodeDays.Map(routes);
        ReadNodeDates.Map(routes);
    }
}
