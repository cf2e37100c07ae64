namespace Switchyard.Sourcing;

// door: Address, CandidateCodes, Demand, LaneOffer, MerchantSettings, NetworkReader, NodeSettings, SourcingEngine
// door: SourcingNode, SourcingOptions, SourcingPlan

/// <summary>The door of Sourcing: the nodes that send, where they reach, and which of them sends what.</summary>
public static class SourcingRoom
{
    public static IServiceCollection AddSourcing(this IServiceCollection services) => services.AddSingleton<NetworkReader>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        WriteNode.Map(routes);
        ReadNodes.Map(routes);
        WriteZone.Map(routes);
        WriteLanes.Map(routes);
    }
}
