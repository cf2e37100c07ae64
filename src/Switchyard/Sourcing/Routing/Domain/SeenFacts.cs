using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>What strategies asked of an order, its goods and the nodes when they decided: only that is kept, and nothing of it while none decides.</summary>
internal sealed record SeenFacts
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    [JsonPropertyName("t")] public long? Total { get; init; }
    [JsonPropertyName("p")] public int Priority { get; init; }
    [JsonPropertyName("y")] public string? Payment { get; init; }
    [JsonPropertyName("g")] public IReadOnlyList<string>? Tags { get; init; }
    [JsonPropertyName("c")] public bool? IsCompany { get; init; }
    [JsonPropertyName("h")] public IReadOnlyList<string>? CustomerTags { get; init; }
    [JsonPropertyName("m")] public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Lines that the strategy saw and were not wanted in these units: line, SKU, units, grams.</summary>
    [JsonPropertyName("l")] public IReadOnlyList<long[]>? Lines { get; init; }

    /// <summary>Kilometres by node; null where nobody knew.</summary>
    [JsonPropertyName("k")] public IReadOnlyDictionary<long, long?>? Km { get; init; }

    /// <summary>SKU, node and units sold there.</summary>
    [JsonPropertyName("s")] public IReadOnlyList<long[]>? Sold { get; init; }
    [JsonPropertyName("w")] public IReadOnlyDictionary<long, long>? Waiting { get; init; }
    [JsonPropertyName("q")] public IReadOnlyDictionary<long, long>? CapacityLeft { get; init; }
    [JsonPropertyName("a")] public IReadOnlyDictionary<long, decimal>? FeedAgeHours { get; init; }
    [JsonPropertyName("r")] public IReadOnlyDictionary<long, int>? Trust { get; init; }
    /// <summary>What rankers said, by key.</summary>
    [JsonPropertyName("e")] public IReadOnlyDictionary<string, RankerAnswer>? Ranks { get; init; }
    [JsonPropertyName("f")] public IReadOnlyDictionary<long, SkuTraits>? Traits { get; init; }

    public static string Write(OrderRouter router, DecisionInput input)
    {
        var (order, routing, figures) = (router.Order, router.Routing, router.Figures);
        var (live, shadow) = (routing.Live, routing.Shadow);
        long[] skus = [.. input.Skus.Concat(order.Lines.Select(l => l.SkuId ?? 0)).Distinct()], nodes = [.. input.Nodes.Select(n => n.NodeId)];
        var lines = order.Lines.Select(l => (long[])[l.Line, l.SkuId ?? 0, l.Quantity, l.WeightGrams]);
        bool isAsDemanded = lines.Select(l => (l[0], l[1], l[2], l[3])).SequenceEqual(input.Demands.Select(d => ((long)d.Line, d.SkuId, d.Quantity, d.WeightGrams)));
        bool usesFigures = routing.UsesFigures, usesTraits = live?.UsesTraits == true || shadow?.UsesTraits == true;
        var sold = usesFigures ? skus.SelectMany(s => nodes.Select(n => (long[])[s, n, figures.Shipped.GetValueOrDefault((s, n))])).Where(s => s[2] != 0).ToList() : [];
        return JsonSerializer.Serialize(new SeenFacts
        {
            Total = router.Asks("total") ? order.TotalMinor : null,
            Priority = router.Asks("priority") ? order.Priority : 0,
            Payment = router.Asks("payment") ? order.Payment : null,
            Tags = router.Asks("tag") ? order.Tags : null,
            IsCompany = router.AsksWhoBuys ? order.IsCompany : null,
            CustomerTags = router.AsksWhoBuys ? order.CustomerTags : null,
            Metadata = router.Asks("metadata") ? order.Metadata.Where(m => router.Asks("metadata." + m.Key)).ToDictionary(m => m.Key, m => m.Value) : null,
            Lines = isAsDemanded ? null : [.. lines],
            Km = router.KnownKm.Count == 0 ? null : router.KnownKm,
            Sold = sold.Count == 0 ? null : sold,
            Waiting = usesFigures ? Of(figures.Waiting, nodes) : null,
            CapacityLeft = usesFigures ? Of(figures.CapacityLeft, nodes) : null,
            FeedAgeHours = router.Asks("feedAge") ? Of(figures.FeedAgeHours, nodes) : null,
            Trust = router.Asks("trust") ? Of(figures.Trust, nodes) : null,
            Ranks = routing.UsesRankers && order.Ranks.Count > 0 ? order.Ranks : null,
            Traits = usesTraits ? routing.Traits.Where(t => skus.Contains(t.Key)).ToDictionary() : null,
        }, Form);
    }

    /// <summary>The router of then: strategies of the settings, the order as it was.</summary>
    public static OrderRouter Read(string json, MerchantSettings settings, RoutedOrder order, IReadOnlyList<Demand> demands)
    {
        var facts = JsonSerializer.Deserialize<SeenFacts>(json, Form)!;
        var skus = order.Lines.DistinctBy(l => l.Line).ToDictionary(l => l.Line, l => l.Sku);
        var lines = facts.Lines?.Select(l => (Line: (int)l[0], Sku: l[1], Units: l[2], Grams: l[3])) ?? demands.Select(d => (d.Line, Sku: d.SkuId, Units: d.Quantity, Grams: d.WeightGrams));
        var then = order with
        {
            TotalMinor = facts.Total,
            Total = facts.Total / (decimal)Currency.Parse(settings.BaseCurrency).MinorPerMajor,
            Priority = facts.Priority,
            Payment = facts.Payment ?? "none",
            Tags = facts.Tags ?? [],
            IsCompany = facts.IsCompany,
            CustomerTags = facts.CustomerTags ?? [],
            Ranks = facts.Ranks ?? RankerAnswer.None,
            Metadata = facts.Metadata ?? new Dictionary<string, string>(),
            Lines = [.. lines.Select(l => new RoutedLine(l.Line, l.Sku == 0 ? null : l.Sku, skus.GetValueOrDefault(l.Line, ""), l.Units, l.Grams))],
        };
        var figures = new RoutingFigures((facts.Sold ?? []).ToDictionary(s => (s[0], s[1]), s => s[2]), facts.Waiting ?? new Dictionary<long, long>(), facts.CapacityLeft ?? new Dictionary<long, long>())
        { FeedAgeHours = facts.FeedAgeHours ?? new Dictionary<long, decimal>(), Trust = facts.Trust ?? new Dictionary<long, int>() };
        return new OrderRouter(settings, then, settings.Routing with { Traits = facts.Traits ?? new Dictionary<long, SkuTraits>() }, figures) { KnownKm = facts.Km ?? new Dictionary<long, long?>() };
    }

    private static Dictionary<long, T>? Of<T>(IReadOnlyDictionary<long, T> figures, long[] nodes) =>
        nodes.Where(figures.ContainsKey).ToDictionary(n => n, n => figures[n]) is { Count: > 0 } some ? some : null;
}
