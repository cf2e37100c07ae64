using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>Which units of a release a request means.</summary>
/// <param name="Line">The order line's number.</param>
/// <param name="Quantity">Units; all that there are, when left out.</param>
public sealed record PartBody(int? Line, long? Quantity);

internal static class ReleaseParts
{
    public const int Most = 5_000;

    /// <summary>The form of the parts; null means everything.</summary>
    public static void Check(Checks checks, IReadOnlyList<PartBody?>? parts, string pointer)
    {
        if (parts is null) return;
        checks.Range(parts.Count, 1, Most, pointer);
        var seen = new HashSet<int>();
        for (int i = 0; i < Math.Min(parts.Count, Most); i++)
        {
            checks.That(parts[i]?.Line is not null, $"{pointer}/{i}/line", "field.required", "line is required.");
            if (parts[i]?.Line is { } line) checks.That(seen.Add(line), $"{pointer}/{i}/line", "field.repeated", "This line is named before.");
            if (parts[i]?.Quantity is { } quantity) checks.Quantity(quantity, $"{pointer}/{i}/quantity");
        }
    }

    /// <summary>The units meant, of those that are <paramref name="where"/>; an error when there are not that many.</summary>
    /// <remarks>Errors: fulfilment.no_such_line, fulfilment.not_that_many.</remarks>
    public static Result<List<(ReleaseLine Line, long Units)>> Of(OpenRelease release, IReadOnlyList<PartBody?>? parts, ReleaseUnits where, string pointer)
    {
        if (parts is null) return release.Lines.Where(l => l[where] > 0).Select(l => (l, l[where])).ToList();
        var found = new List<(ReleaseLine, long)>(parts.Count);
        for (int i = 0; i < parts.Count; i++)
        {
            if (release.Line(parts[i]!.Line!.Value) is not { } line) return FulfilmentErrors.NoSuchLine($"{pointer}/{i}/line");
            long units = parts[i]!.Quantity ?? line[where];
            if (units > line[where] || units == 0)
                return FulfilmentErrors.NotThatMany($"{pointer}/{i}/quantity", where.ToString().ToLowerInvariant(), line[where]);
            found.Add((line, units));
        }
        return found;
    }
}
