using System.CommandLine;
using Switchyard.Cli;

namespace Switchyard.Sourcing;

/// <summary>The door of Sourcing: the nodes that send, where they reach, and which of them sends what (<see cref="SourcingEngine.Solve"/>).</summary>
public static class SourcingRoom
{
    public static IServiceCollection AddSourcing(this IServiceCollection services) => services.AddSingleton<NetworkReader>();

    public static IEnumerable<Command> Commands(CommandHost host) => [SolveSourcingCommand.Create(host)];

    public static void Map(IEndpointRouteBuilder routes)
    {
        WriteNode.Map(routes);
        ReadNodes.Map(routes);
        WriteZone.Map(routes);
        WriteLanes.Map(routes);
    }
}
