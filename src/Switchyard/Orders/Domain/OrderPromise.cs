using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Units of some lines that leave together, with what their dates were made from.</summary>
/// <param name="Node">Where from; null for units that wait and may come to any node.</param>
/// <param name="Service">Null where <paramref name="Node"/> is.</param>
/// <param name="Lines">The lines, ascending.</param>
/// <param name="FromMs">From when they could be worked on: after placing, grace and release date, or when they are expected.</param>
/// <param name="CutOff">The cut-off that counted, <c>HH:mm</c> by the node's clock.</param>
public sealed record PromisePart(long? Node, string? Service, IReadOnlyList<int> Lines, long FromMs, int LeadDays, int TransitDays, string? CutOff, long ShipByMs,
    long DeliverByMs)
{
    /// <summary>How likely it is kept; null for units that wait, and of promises from before this was known.</summary>
    public Confidence? Kept { get; init; }

    /// <summary>All but the lines: parts that are alike leave together.</summary>
    internal (long?, string?, long, int, int, string?, long, long) Alike => (Node, Service, FromMs, LeadDays, TransitDays, CutOff, ShipByMs, DeliverByMs);
}

/// <summary>
/// The dates of an order part by part, as they are planned; the order's are those of its last part. What was told is kept beside them, and
/// is earlier where a promise is kept to although it was planned worse.
/// </summary>
public sealed record OrderPromise(IReadOnlyList<PromisePart> Parts)
{
    private static readonly JsonSerializerOptions Compact = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>How likely it is that all of it is kept; null while nothing is known of any part.</summary>
    public decimal? Confidence => Parts.Any(p => p.Kept is not null) ? PromiseRecords.All(Parts.Where(p => p.Kept is not null).Select(p => (p.Node, p.Service, p.ShipByMs, p.Kept!.Value.Percent)).Distinct().Select(p => p.Percent)) : null;

    // Single letters: every order keeps one. Kept, where parcels were observed: percent, observed, in time. Node, service, transit days, lead days, cut-off, from, lines, ship by, deliver by; rule, parts.
    private sealed record Stored(long? N, string? S, int T, int L, string? C, long F, IReadOnlyList<int>? I, long B, long D, IReadOnlyList<long>? K = null);
    private sealed record Document(string R, IReadOnlyList<Stored> P);

    public long ShipByMs { get; } = Parts.Max(p => p.ShipByMs);
    public long DeliverByMs { get; } = Parts.Max(p => p.DeliverByMs);

    /// <summary>The rule they were made by.</summary>
    public string Rule { get; init; } = PromiseDates.Rule;

    /// <summary>One promise of many parts, those alike made one.</summary>
    public static OrderPromise Of(IEnumerable<PromisePart> parts) => new([.. parts.GroupBy(p => p.Alike)
        .Select(g => g.First() with { Lines = [.. g.SelectMany(p => p.Lines).Distinct().Order()] }).OrderBy(p => p.ShipByMs).ThenBy(p => p.Lines[0]).ThenBy(p => p.Node)]);

    /// <summary>The last dates of a line; null when nothing is known of it.</summary>
    public (long ShipByMs, long DeliverByMs)? OfLine(int line)
    {
        var parts = Parts.Where(p => p.Lines.Contains(line)).ToList();
        return parts.Count == 0 ? null : (parts.Max(p => p.ShipByMs), parts.Max(p => p.DeliverByMs));
    }

    /// <summary>As it is kept beside the order's own columns, without what these say.</summary>
    /// <param name="told">The dates that were told.</param>
    public string ToJson(long placedAtMs, (long? ShipByMs, long? DeliverByMs) told) => JsonSerializer.Serialize(new Document(Rule, [.. Parts.Select(p => new Stored(
        p.Node, p.Service, p.TransitDays, p.LeadDays, p.CutOff, p.FromMs == placedAtMs ? 0 : p.FromMs, Parts.Count == 1 ? null : p.Lines,
        p.ShipByMs == told.ShipByMs ? 0 : p.ShipByMs, p.DeliverByMs == told.DeliverByMs ? 0 : p.DeliverByMs,
        p.Kept is { Observed: > 0 } k ? [k.Percent, k.Observed, k.InTime] : null))]), Compact);

    /// <param name="lines">The order's lines that hold stock, for a promise of one part.</param>
    public static OrderPromise? Parse(string? json, long placedAtMs, (long? ShipByMs, long? DeliverByMs) told, IEnumerable<int> lines)
    {
        if (json is null) return null;
        var document = JsonSerializer.Deserialize<Document>(json, Compact)!;
        return new OrderPromise([.. document.P.Select(p => new PromisePart(p.N, p.S, p.I ?? [.. lines], p.F == 0 ? placedAtMs : p.F, p.L, p.T, p.C,
            p.B == 0 ? told.ShipByMs ?? 0 : p.B, p.D == 0 ? told.DeliverByMs ?? 0 : p.D)
        { Kept = p.K is [var percent, var observed, var inTime] ? new Confidence((int)percent, observed, inTime) : p.N is { } && document.R == PromiseDates.Rule ? PromiseRecords.Unknown : null })])
        { Rule = document.R };
    }
}
