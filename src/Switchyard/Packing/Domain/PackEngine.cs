namespace Switchyard.Packing;

/// <summary>
/// Which boxes to use and where each item lies: least cost where boxes have one, else fewest boxes and then least inner volume.
/// One box is tried first, smallest first; several boxes are filled one after another and then bettered (<see cref="BoxSearch"/>).
/// </summary>
public static class PackEngine
{
    /// <summary>Written beside every suggestion that is kept.</summary>
    public const string Version = "pack-1";

    /// <summary>Search for an order: some 10 to 30 ms where the first tries do not settle it.</summary>
    public const long OrderSteps = 180_000;

    /// <summary>Search for a whole container.</summary>
    public const long ContainerSteps = 20_000_000;

    public static PackPlan Solve(IReadOnlyList<PackBox> boxes, IReadOnlyList<PackItem> items, PackOptions? options = null)
    {
        options ??= new PackOptions();
        var work = new PackWork(options.BudgetSteps, options.IsOver);
        PackBox[] kinds = [.. boxes];
        PackItem[] goods = [.. items];
        if (goods.Sum(i => (long)i.Quantity) == 0 || kinds.Length == 0)
            return new PackPlan([], [.. goods.Select(i => i.Quantity)], 0);
        return options.FillOne ? FillOne(kinds, goods, work) : new BoxSearch(kinds, goods, work).Run();
    }

    private static PackPlan FillOne(PackBox[] boxes, PackItem[] items, PackWork work)
    {
        PackPlan? best = null;
        long most = -1;
        for (int at = 0; at < boxes.Length; at++)
        {
            int[] left = [.. items.Select(i => i.Quantity)];
            var book = new BoxBook(items, boxes[at], mostBlocks: 8_000, minFill: 0.98, work);
            var filling = new BoxFiller(book, left, [.. items.Select(i => i.Volume)], work).Fill(work.Most / boxes.Length);
            if (filling.Worth <= most) continue;
            most = filling.Worth;
            best = new PackPlan([new PackedBox(at, Settle(items, filling.Places))], filling.Left, 1);
        }
        return best!;
    }

    /// <summary>Lets every item sink until it rests on something; the order is the one they are put in.</summary>
    /// <remarks>What lay above an item before lies above it afterwards and nothing else does, so a fragile item stays free.</remarks>
    internal static IReadOnlyList<PackPlace> Settle(PackItem[] items, IEnumerable<PackPlace> places)
    {
        var settled = new List<PackPlace>();
        foreach (var place in places.OrderBy(p => p.Z).ThenBy(p => p.Y).ThenBy(p => p.X))
        {
            int floor = 0;
            foreach (var below in settled)
                if (place.X < below.X + below.LengthMm && below.X < place.X + place.LengthMm
                    && place.Y < below.Y + below.WidthMm && below.Y < place.Y + place.WidthMm)
                    floor = Math.Max(floor, below.Z + below.HeightMm);
            settled.Add(place with { Z = floor });
        }
        return [.. settled.OrderBy(p => p.Z).ThenBy(p => items[p.Item].IsFragile).ThenBy(p => p.Y).ThenBy(p => p.X)];
    }
}
