using System.Diagnostics;
using System.Text.Json;
using Switchyard.Cli;
using Fault = Switchyard.Cli.SolveForm.Fault;

namespace Switchyard.Packing;

/// <summary>Answers packing instances in their published form (docs/rooms/packing-engine.md) with the engine the server uses.</summary>
public static class SolvePack
{
    private const long StepsPerMs = 12_000;
    private const int MostSize = 100_000, MostUnits = 5_000;
    private const long MostGrams = 1_000_000_000;
    public static SolveProblem Problem { get; } = new("pack", "Which boxes to use and where each item lies", One);

    public sealed record Instance(JsonElement Id, IReadOnlyList<Box> Boxes, IReadOnlyList<Item> Items, string? Group = null);
    public sealed record Box(
        JsonElement Id, IReadOnlyList<int> Inner, long EmptyWeight, long MaxWeight, int? Supply = null, long? Cost = null, IReadOnlyList<int>? Outer = null);
    public sealed record Item(
        JsonElement Id, int L, int W, int H, long Weight, int Qty, string Rotation = "any", bool Fragile = false, IReadOnlyList<bool>? Up = null);

    public sealed record Answer(JsonElement? Id, double? Ms = null, IReadOnlyList<Filled>? Boxes = null, IReadOnlyList<Out>? Unpacked = null, Fault? Error = null);
    public sealed record Filled(JsonElement Box, IReadOnlyList<Place> Items);
    public sealed record Place(JsonElement Item, int X, int Y, int Z, int L, int W, int H);
    public sealed record Out(JsonElement Item, int Qty);

    /// <summary>One instance gives one answer; a list, or lines of JSON, a list of answers in the same order.</summary>
    /// <param name="budgetMs">Time of one instance, about; null: the engine's own budget, counted in work.</param>
    public static string Run(string json, long? budgetMs = null) => SolveForm.Run(json, one => One(one, budgetMs));

    /// <summary>One instance as JSON. What cannot be read gives an error that names the field.</summary>
    public static Answer One(string json, long? budgetMs)
    {
        if (SolveForm.Read<Instance>(json, out var instance) is { } unread) return new Answer(SolveForm.IdOf(json), Error: unread);
        return Faulty(instance!) is { } fault ? new Answer(instance!.Id, Error: fault) : Solve(instance!, budgetMs);
    }

    private static Fault? Faulty(Instance instance)
    {
        var seen = new HashSet<string>();
        for (int i = 0; i < instance.Boxes.Count; i++)
        {
            var box = instance.Boxes[i];
            if (!seen.Add(box.Id.GetRawText())) return Fault.NotReadable("Two boxes have this id.", $"$.boxes[{i}].id");
            if (box.Inner.Count != 3 || box.Inner.Any(Wild)) return Fault.OutOfRange($"$.boxes[{i}].inner");
            if (box.EmptyWeight is < 0 or > MostGrams) return Fault.OutOfRange($"$.boxes[{i}].empty_weight");
            if (box.MaxWeight is < 0 or > MostGrams) return Fault.OutOfRange($"$.boxes[{i}].max_weight");
            if (box.Supply is < 0) return Fault.OutOfRange($"$.boxes[{i}].supply");
            if (box.Cost is < 0 or > MostGrams) return Fault.OutOfRange($"$.boxes[{i}].cost");
        }
        seen.Clear();
        long units = 0;
        for (int i = 0; i < instance.Items.Count; i++)
        {
            var item = instance.Items[i];
            if (!seen.Add(item.Id.GetRawText())) return Fault.NotReadable("Two items have this id.", $"$.items[{i}].id");
            if (Wild(item.L)) return Fault.OutOfRange($"$.items[{i}].l");
            if (Wild(item.W)) return Fault.OutOfRange($"$.items[{i}].w");
            if (Wild(item.H)) return Fault.OutOfRange($"$.items[{i}].h");
            if (item.Weight is < 0 or > MostGrams) return Fault.OutOfRange($"$.items[{i}].weight");
            if (item.Qty < 0 || (units += item.Qty) > MostUnits) return Fault.OutOfRange($"$.items[{i}].qty");
            if (item.Rotation is not ("any" or "this_way_up" or "none"))
                return Fault.NotReadable("rotation is any, this_way_up or none.", $"$.items[{i}].rotation");
            if (item.Up is { Count: not 3 }) return Fault.NotReadable("up says it for l, w and h.", $"$.items[{i}].up");
        }
        return null;
    }

    private static bool Wild(int size) => size is < 1 or > MostSize;

    private static Answer Solve(Instance instance, long? budgetMs)
    {
        var (boxes, items) = Of(instance);
        bool isContainer = instance.Group == "container";
        int units = items.Sum(i => i.Quantity);
        long steps = isContainer ? PackEngine.ContainerSteps : units <= 30 ? PackEngine.OrderSteps : PackEngine.OrderSteps * Math.Min(10, units / 15);
        long start = Stopwatch.GetTimestamp();
        var plan = PackEngine.Solve(boxes, items, new PackOptions(
            budgetMs is { } ms ? checked(ms * StepsPerMs * 10) : steps,
            budgetMs is { } most ? () => Stopwatch.GetElapsedTime(start).TotalMilliseconds > most * 0.9 : null, isContainer));
        double spent = Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 4);
        return new Answer(instance.Id, spent,
            [.. plan.Boxes.Select(b => new Filled(instance.Boxes[b.Box].Id,
                [.. b.Places.Select(p => new Place(instance.Items[p.Item].Id, p.X, p.Y, p.Z, p.LengthMm, p.WidthMm, p.HeightMm))]))],
            plan.IsWhole || isContainer ? null : [.. instance.Items.Zip(plan.Unpacked).Where(o => o.Second > 0).Select(o => new Out(o.First.Id, o.Second))]);
    }

    /// <summary>The engine's own terms of an instance.</summary>
    internal static Fault? Read(string json, out IReadOnlyList<PackBox>? boxes, out IReadOnlyList<PackItem>? items)
    {
        (boxes, items) = (null, null);
        if (SolveForm.Read<Instance>(json, out var instance) is { } unread) return unread;
        if (Faulty(instance!) is { } fault) return fault;
        (boxes, items) = Of(instance!);
        return null;
    }

    private static (PackBox[] Boxes, PackItem[] Items) Of(Instance instance) =>
    (
        [.. instance.Boxes.Select(b => new PackBox(b.Inner[0], b.Inner[1], b.Inner[2], b.EmptyWeight, b.MaxWeight, b.Supply, b.Cost))],
        [.. instance.Items.Select(i => new PackItem(i.L, i.W, i.H, i.Weight, i.Qty, Edges(i), i.Rotation != "none" || i.Up is not null, i.Fragile))]
    );

    private static UprightEdges Edges(Item item) =>
        item.Up is { } up
            ? (up[0] ? UprightEdges.Length : 0) | (up[1] ? UprightEdges.Width : 0) | (up[2] ? UprightEdges.Height : 0)
            : item.Rotation == "any" ? UprightEdges.Any : UprightEdges.Height;
}
