using System.CommandLine;
using Switchyard.Cli;
using Switchyard.Files;

namespace Switchyard.Picking;

// door: PickedTotes
// door: PickFloor, PickSpot, PickTour, PickTours

/// <summary>The door of Picking: what is picked together, by whom, and along which way.</summary>
public static class PickingRoom
{
    public static IReadOnlyList<FileKind> Files { get; } = [new FacesFile()];

    public static IServiceCollection AddPicking(this IServiceCollection services) => services.AddSingleton(RefillBooks.Tasks)
        .AddSingleton<RunWaveRules>().AddHostedService(provider => provider.GetRequiredService<RunWaveRules>());

    public static void Map(IEndpointRouteBuilder routes)
    {
        ReadPickQueue.Map(routes);
        MakeWave.Map(routes);
        RunWave.Map(routes);
        WaveRules.Map(routes);
        ReadWaves.Map(routes);
        GiveTour.Map(routes);
        WriteOperatives.Map(routes);
        WorkShift.Map(routes);
        WriteLabourRates.Map(routes);
        TakeStop.Map(routes);
        TakeTour.Map(routes);
        OfferSubstitutes.Map(routes);
        SendPicks.Map(routes);
        SettleClash.Map(routes);
        ReadFigures.Map(routes);
        WriteFaces.Map(routes);
        SuggestFaces.Map(routes);
        ReadRefills.Map(routes);
        PlanRefills.Map(routes);
        GiveRefill.Map(routes);
        TakeRefill.Map(routes);
        DoRefill.Map(routes);
    }

    public static IEnumerable<Command> Commands(CommandHost host) =>
    [
        SolveCommand.Create(host, SolvePickRoute.Problem, SolveCommand.Bench(host, "pickroute", "Tours of 150 picks in 60 aisles", PickingBench.Run)),
        SolveCommand.Create(host, SolveWave.Problem),
    ];
}
