using System.Diagnostics;
using System.Text.Json;
using Switchyard.Cli;
using Fault = Switchyard.Cli.SolveForm.Fault;

namespace Switchyard.Picking;

/// <summary>Answers pick routes in their published form (docs/rooms/picking.md) with the engine the server uses.</summary>
public static class SolvePickRoute
{
    // Lengths of the files may have three decimals.
    private const int Scale = 1000, MostSpots = 100_000, MostAisles = 10_000, MostBlocks = 1_000;
    private const double Most = 1e9;
    private const long StepsPerMs = 20_000;

    public sealed record Instance(JsonElement Id, Warehouse Warehouse, int DepotAisle, IReadOnlyList<IReadOnlyList<double>> Picks);
    public sealed record Warehouse(int Aisles, int Blocks, double BlockLength, double AisleSpacing);
    public sealed record Answer(JsonElement? Id, IReadOnlyList<int>? Sequence = null, double? Length = null, double? Ms = null, bool? Proven = null, Fault? Error = null);

    public static SolveProblem Problem { get; } =
        new("pickroute", "The shortest walk over the picks of one tour", (json, budgetMs) => One(json, budgetMs));

    /// <summary>One instance as JSON. What cannot be read gives an error that names the field.</summary>
    public static Answer One(string json, long? budgetMs = null)
    {
        if (SolveForm.Read<Instance>(json, out var instance) is { } unread) return new Answer(SolveForm.IdOf(json), Error: unread);
        if (Faulty(instance!) is { } fault) return new Answer(instance!.Id, Error: fault);
        var (house, spots) = (instance!.Warehouse, instance.Picks.Select(p => new PickSpot((int)p[0], Whole(p[1]))).ToArray());
        var floor = PickFloor.Regular(house.Aisles, house.Blocks, Whole(house.BlockLength), Whole(house.AisleSpacing), instance.DepotAisle);
        long start = Stopwatch.GetTimestamp();
        var tour = PickTours.Plan(floor, spots, (budgetMs ?? 200) * StepsPerMs);
        return new Answer(instance.Id, tour.Sequence, (double)tour.LengthMm / Scale, Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 4), tour.IsShortest);
    }

    private static Fault? Faulty(Instance instance)
    {
        var house = instance.Warehouse;
        if (house.Aisles is < 1 or > MostAisles) return Fault.OutOfRange("$.warehouse.aisles");
        if (house.Blocks is < 1 or > MostBlocks) return Fault.OutOfRange("$.warehouse.blocks");
        if (house.BlockLength is not (> 0 and <= Most)) return Fault.OutOfRange("$.warehouse.block_length");
        if (house.AisleSpacing is not (>= 0 and <= Most)) return Fault.OutOfRange("$.warehouse.aisle_spacing");
        if (instance.DepotAisle < 0 || instance.DepotAisle >= house.Aisles) return Fault.OutOfRange("$.depot_aisle");
        if (instance.Picks.Count > MostSpots) return Fault.OutOfRange("$.picks");
        for (int i = 0; i < instance.Picks.Count; i++)
        {
            if (instance.Picks[i] is not { Count: 2 } pick) return Fault.NotReadable("A pick is [aisle, y].", $"$.picks[{i}]");
            if (pick[0] < 0 || pick[0] >= house.Aisles || pick[0] != Math.Floor(pick[0])) return Fault.OutOfRange($"$.picks[{i}][0]");
            if (!(pick[1] >= 0 && pick[1] <= house.Blocks * house.BlockLength)) return Fault.OutOfRange($"$.picks[{i}][1]");
        }
        return null;
    }

    private static long Whole(double length) => (long)Math.Round(length * Scale);
}
