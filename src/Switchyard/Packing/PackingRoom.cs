using System.CommandLine;
using Switchyard.Cli;

namespace Switchyard.Packing;

// door: HandoverSteps

/// <summary>The door of Packing: what boxes there are, which to take, and the work at a packing station.</summary>
public static class PackingRoom
{
    public static IEnumerable<Command> Commands(CommandHost host) =>
        [SolveCommand.Create(host, SolvePack.Problem, SolveCommand.Bench(host, "pack", "Orders of up to 30 items, and boxes that can be filled to the last corner", PackBench.Run))];

    public static void Map(IEndpointRouteBuilder routes)
    {
        WritePackaging.Map(routes);
        WritePackingSettings.Map(routes);
        SuggestCarton.Map(routes);
        FindTable.Map(routes);
        PackAtTable.Map(routes);
        PrintParcel.Map(routes);
    }
}
