using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Demo;

/// <summary>How Fenwick &amp; Vale could send its orders otherwise than by the house rule: what it tries beside it, has ready, and is still writing. None is live.</summary>
internal static class DemoRouting
{
    /// <param name="Rules">Checked and published, the oldest first; a strategy without any is only a draft.</param>
    private sealed record Strategy(string Code, string Name, IReadOnlyList<RoutingRules> Rules, RoutingRules? Draft, bool IsShadow = false);

    private static readonly RoutingScenario NextDay = new("Next day before all else", "method:next-day", Objective: RoutingWords.Fastest),
        Dear = new("Dear orders in one parcel", "country:GB total:>=150", Split: new RoutingSplit(1), Otherwise: RoutingWords.Next),
        Rest = new("All others", Nodes: "waiting:<40", Objective: RoutingWords.Balanced, Weights: new RoutingWeights(HundredKmMinor: 20, WorkloadMinor: 5));

    private static readonly IReadOnlyList<Strategy> Strategies =
    [
        new("warehouses-first", "Warehouses first, shops when they are empty",
        [
            new RoutingRules(
            [
                new RoutingScenario("Great Britain from a warehouse", "country:GB", Nodes: "kind:warehouse", Split: new RoutingSplit(1), Otherwise: RoutingWords.Next),
                new RoutingScenario("From a shop nearby", "country:GB", Nodes: "kind:store distance:<150", Weights: new RoutingWeights(StockMinor: 50, VelocityMinor: 40), Split: new RoutingSplit(2, MostExtraMinor: 400)),
                new RoutingScenario("Everything else", Weights: new RoutingWeights(DayMinor: 30)),
            ]),
        ], null, IsShadow: true),
        new("peak", "Peak season: fast, and no place overrun", [new RoutingRules([Dear, NextDay, Rest])], new RoutingRules([NextDay, Dear, Rest with { Nodes = "waiting:<30" }])),
        new("europe", "The continent from Rotterdam", [], new RoutingRules(
        [
            new RoutingScenario("The continent", "country:(NL, BE, DE, FR)", Nodes: "group:continent"),
            new RoutingScenario("Everything else", Otherwise: RoutingWords.Backorder),
            new RoutingScenario("Ireland from Glasgow", "country:IE", Nodes: "code:GLA"),
        ])),
    ];

    /// <summary>Where the towns of the made-up buyers are, near enough for a strategy that goes by distance.</summary>
    private static readonly IReadOnlyDictionary<string, WritePlaces.Place[]> Places = new Dictionary<string, WritePlaces.Place[]>
    {
        ["GB"] =
        [
            new("M1", 53.48m, -2.23m), new("SW1A", 51.50m, -0.13m), new("B2", 52.48m, -1.90m), new("LS2", 53.80m, -1.55m), new("BS8", 51.46m, -2.62m), new("EH1", 55.95m, -3.19m),
            new("G1", 55.86m, -4.25m), new("CF10", 51.48m, -3.18m), new("L1", 53.40m, -2.98m), new("NE1", 54.97m, -1.61m), new("NR2", 52.63m, 1.28m), new("EX4", 50.73m, -3.54m),
            new("IV1", 57.49m, -4.22m), new("BT1", 54.60m, -5.93m), new("YO1", 53.96m, -1.08m), new("BN1", 50.83m, -0.14m),
        ],
        ["NL"] = [new("3511", 52.09m, 5.12m)],
        ["DE"] = [new("50667", 50.94m, 6.96m)],
        ["FR"] = [new("59", 50.63m, 3.06m)],
    };

    /// <summary>Parcels that are signed for: dearer than what goes without, so that nothing goes by them of itself.</summary>
    private static readonly WriteRateCard.Request Signed = new("PostNL signed for 2026", "PostNL", "EUR",
        [new("Netherlands", "NL"), new("Belgium and Luxembourg", "BE"), new("Belgium and Luxembourg", "LU"), new("Germany", "DE"), new("Northern France", "FR", "59"), new("Northern France", "FR", "62")],
        [.. new[] { ("Netherlands", 995L, 1), ("Belgium and Luxembourg", 1195L, 2), ("Germany", 1295L, 2), ("Northern France", 1495L, 3) }.SelectMany(z => Weights(z.Item1, "postnl-signed", "standard", z.Item2, z.Item3))]);

    private static readonly WriteRateCard.Request Pallets = new("Kestrel pallets, spring tariff", "Kestrel Freight", "GBP",
        [new("Mainland", "GB"), new("Highlands", "GB", "IV"), new("Highlands", "GB", "KW"), new("Northern Ireland", "GB", "BT")],
        [.. new[] { ("Mainland", 4_900L, 2), ("Highlands", 8_900L, 4), ("Northern Ireland", 9_900L, 4) }.SelectMany(z => Weights(z.Item1, "kestrel-economy", "pallet", z.Item2, z.Item3).Concat(Weights(z.Item1, "kestrel-next-day", "next-day", z.Item2 * 3 / 2, 1)))]);

    private static IEnumerable<CardRate> Weights(string zone, string service, string method, long from, int days) =>
        new[] { 2_000L, 5_000L, 10_000L, 30_000L }.Select((grams, i) => new CardRate(zone, service, method, grams, from + i * from / 4, days));

    /// <summary>Where towns are, and what carriers ask that have given their cards.</summary>
    public static async Task<Error?> Prices(DemoStage stage)
    {
        foreach (var (country, places) in Places)
            if ((await WritePlaces.Handle(country, new WritePlaces.Request(places), stage.Db, stage.Clock, stage.Once("places-" + country))).Error is { } error) return error;
        foreach (var (code, card) in new[] { ("postnl-signed", Signed), ("kestrel-pallets", Pallets) })
            if ((await WriteRateCard.Handle(code, card, null, stage.Db, stage.Clock, stage.Actor)).Error is { } error) return error;
        return (await NodeCards.Handle("RTM", new NodeCards.Request(["postnl-signed"]), stage.Db, stage.Clock, stage.Actor)).Error;
    }

    public static async Task<Error?> Write(DemoStage stage)
    {
        foreach (var strategy in Strategies)
            if (await Write(stage, strategy) is { } error) return error;
        return null;
    }

    private static async Task<Error?> Write(DemoStage stage, Strategy strategy)
    {
        var network = stage.Get<NetworkReader>();
        foreach (var (i, rules) in strategy.Rules.Index())
        {
            if (await Draft(stage, strategy, rules, i) is { } error) return error;
            var ready = await StageStrategy.Check(strategy.Code, stage.Db, network, stage.Clock, stage.Once($"check-{strategy.Code}-{i}"));
            if (ready.Error is { } refused) return refused;
            Must.Hold(ready.Value.Number is not null, $"the demo's strategy {strategy.Code} is sound: {ready.Value.Findings.FirstOrDefault()?.Detail}");
        }
        if (strategy.Draft is { } draft && await Draft(stage, strategy, draft, strategy.Rules.Count) is { } unwritten) return unwritten;
        return strategy.IsShadow ? (await StageStrategy.Handle(strategy.Code, null, RoutingStage.Shadow, stage.Db, network, stage.Clock, stage.Once("shadow"))).Error : null;
    }

    private static async Task<Error?> Draft(DemoStage stage, Strategy strategy, RoutingRules rules, int i) =>
        (await WriteStrategy.Handle(strategy.Code, new WriteStrategy.Request(strategy.Name, rules), null, stage.Db, stage.Clock, stage.Once($"strategy-{strategy.Code}-{i}"))).Error;
}
