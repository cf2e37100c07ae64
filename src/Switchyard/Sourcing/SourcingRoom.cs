using System.CommandLine;
using Switchyard.Cli;
using Switchyard.Files;

namespace Switchyard.Sourcing;

// door: Address, CandidateCodes, Demand, LaneOffer, LaneSettings, LinePart, MerchantSettings, NetworkReader, NodeSettings
// door: PlannedShipment, SourcingCandidate, SourcingEngine, SourcingNode, SourcingOptions, SourcingPlan
// door: PromiseDates, DatesOfParcel, NodeCalendar
// door: NodeErrors, NodeSwitch, NodeBody, OpenTime, Position, LaneBody, WriteZone

/// <summary>The door of Sourcing: the nodes that send, where they reach, and which of them sends what.</summary>
public static class SourcingRoom
{
    public static IServiceCollection AddSourcing(this IServiceCollection services) => services.AddSingleton<NetworkReader>();

    /// <summary>What can be imported and exported.</summary>
    public static IReadOnlyList<FileKind> Files { get; } = [new NodesFile(), new ZonesFile(), new LanesFile()];

    public static IEnumerable<Command> Commands(CommandHost host) => [SolveSourcingCommand.Create(host)];

    public static void Map(IEndpointRouteBuilder routes)
    {
        WriteNode.Map(routes);
        ReadNodes.Map(routes);
        WriteZone.Map(routes);
        WriteLanes.Map(routes);
    }
}
