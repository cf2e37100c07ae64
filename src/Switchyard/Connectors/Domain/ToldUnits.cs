namespace Switchyard.Connectors;

/// <summary>A line of an order as far as telling its channel goes.</summary>
/// <param name="Parent">Of a part of a bundle: the bundle's line.</param>
/// <param name="ChannelLine">The channel's id of it; null where the channel has none.</param>
/// <param name="UnitsEach">Units that one piece of the channel's is.</param>
public sealed record ToldLine(int No, int? Parent, long Quantity, string? ChannelLine, long UnitsEach);

/// <summary>Units of our lines as pieces of the channel's: a bundle is told when all its parts are there, a multipack when it is whole.</summary>
public static class ToldUnits
{
    /// <summary>What some units add to those before them.</summary>
    /// <param name="before">Units by our line that were told before.</param>
    /// <param name="more">Units that are told now.</param>
    /// <returns>Whole pieces by the channel's id of the line; what makes none is left out.</returns>
    public static IReadOnlyDictionary<string, long> Pieces(IReadOnlyList<ToldLine> lines, IReadOnlyDictionary<int, long> before, IReadOnlyDictionary<int, long> more)
    {
        var sums = lines.ToDictionary(l => l.No, l => before.GetValueOrDefault(l.No) + more.GetValueOrDefault(l.No));
        var pieces = new Dictionary<string, long>();
        foreach (var line in lines.Where(l => l.ChannelLine is not null && l.Parent is null))
            if (Whole(lines, line, sums) - Whole(lines, line, before) is > 0 and var told) pieces[line.ChannelLine!] = pieces.GetValueOrDefault(line.ChannelLine!) + told;
        return pieces;
    }

    private static long Whole(IReadOnlyList<ToldLine> lines, ToldLine line, IReadOnlyDictionary<int, long> units)
    {
        var parts = lines.Where(l => l.Parent == line.No).ToList();
        // Of each part so many are in one bundle; the scarcest says how many bundles there are.
        long own = parts.Count == 0 ? units.GetValueOrDefault(line.No) : parts.Min(p => (long)((Int128)units.GetValueOrDefault(p.No) * line.Quantity / p.Quantity));
        return own / Math.Max(1, line.UnitsEach);
    }
}
