using Shouldly;
using Switchyard.Connectors;

namespace Switchyard.Tests.Connectors;

/// <summary>Properties of what a listing is to show, over many made-up situations.</summary>
public sealed class StockTargetTests
{
    private const int Cases = 20_000;

    [Fact, Capability("IN-04")]
    public void A_listing_never_shows_more_than_is_free_less_what_it_sold_unseen()
    {
        var random = new Random(7);
        for (int i = 0; i < Cases; i++)
        {
            long free = random.NextInt64(-50, 500), unseen = random.Next(0, 20);
            var rule = new ListingRule(random.Next(1, 7), random.Next(0, 30), random.Next(0, 101), random.Next(3) == 0 ? random.Next(0, 40) : null, random.Next(10) == 0);
            long shown = StockTarget.Of(free, rule, unseen);
            shown.ShouldBeGreaterThanOrEqualTo(0);
            if (rule.Most is { } most) shown.ShouldBeLessThanOrEqualTo(most);
            if (rule.IsStopped) shown.ShouldBe(0);
            if (shown > 0) ((shown + unseen) * rule.UnitsEach).ShouldBeLessThanOrEqualTo(free - rule.Buffer);
            // More to sell never shows less, and a sale unseen never shows more.
            StockTarget.Of(free + 1, rule, unseen).ShouldBeGreaterThanOrEqualTo(shown);
            StockTarget.Of(free, rule, unseen + 1).ShouldBeLessThanOrEqualTo(shown);
        }
        StockTarget.Of(long.MaxValue, new ListingRule(SharePercent: 99), 0).ShouldBeGreaterThan(0);
    }

    /// <summary>A channel that sells by itself, our books that hear of it later, and other channels that sell too: in the end it shows what is free, and at no moment do all promise more than there is.</summary>
    [Fact, Capability("IN-04")]
    public void However_sales_looks_and_orders_follow_one_another_nothing_is_promised_twice()
    {
        var random = new Random(11);
        for (int run = 0; run < 400; run++)
        {
            long free = random.Next(0, 60), shows = 0, waiting = 0;
            long? expects = null;
            for (int step = 0; step < 60; step++)
            {
                switch (random.Next(5))
                {
                    case 0 when shows > 0: shows--; waiting++; break;                                                   // it sells, and we do not know
                    case 1 when waiting > 0: waiting--; free--; expects--; break;                                         // the order comes in
                    case 2 when free > waiting + shows: free--; break;                                                   // another channel sells what this one does not show
                    case 3: free += random.Next(0, 5); break;                                                            // goods come in
                    default: Look(); break;
                }
                (shows + waiting).ShouldBeLessThanOrEqualTo(free, $"run {run}, step {step}");
            }
            while (waiting > 0) { waiting--; free--; expects--; }
            Look();
            shows.ShouldBe(Math.Max(0, free));

            void Look()
            {
                var facts = new StockFacts(free, new ListingRule(), expects, null);
                if (facts.IsAsExpected && shows + waiting == expects) { StockPlan.Of(facts with { Shows = shows }).Quantity.ShouldBe(shows); return; }
                var plan = StockPlan.Of(facts with { Shows = shows });
                (shows, expects) = (plan.Quantity, plan.Expects);
            }
        }
    }

    [Fact, Capability("IN-04", "CH-15")]
    public void Bundles_and_multipacks_are_told_whole_and_nothing_of_them_twice()
    {
        ToldLine[] lines = [new(1, null, 12, "a", 6), new(2, null, 2, "b", 1), new(3, 2, 4, null, 1), new(4, 2, 2, null, 1), new(5, null, 3, null, 1)];
        var random = new Random(3);
        for (int run = 0; run < 500; run++)
        {
            var (left, before, told) = (new Dictionary<int, long> { [1] = 12, [3] = 4, [4] = 2, [5] = 3 }, new Dictionary<int, long>(), new Dictionary<string, long>());
            while (left.Values.Any(v => v > 0))
            {
                var parcel = left.Where(l => l.Value > 0).ToDictionary(l => l.Key, l => random.NextInt64(0, l.Value + 1));
                foreach (var (line, pieces) in ToldUnits.Pieces(lines, before, parcel)) told[line] = told.GetValueOrDefault(line) + pieces;
                foreach (var (line, units) in parcel) (left[line], before[line]) = (left[line] - units, before.GetValueOrDefault(line) + units);
            }
            told.ShouldBe(new Dictionary<string, long> { ["a"] = 2, ["b"] = 2 }, ignoreOrder: true);
        }
    }

    [Fact, Capability("IN-04")]
    public void A_listing_is_matched_by_its_sku_before_its_barcode_and_by_likeness_never()
    {
        var random = new Random(5);
        var products = Enumerable.Range(1, 60).Select(i => new MatchCandidate(i, $"SKU-{i}", $"Thing {i % 7} of kind {i % 11}", i % 5 == 0 ? ["4006381333931"] : [$"40063813339{i:00}"])).ToList();
        var known = new ListingMatch.Catalogue(products);
        for (int i = 0; i < 2_000; i++)
        {
            var product = products[random.Next(products.Count)];
            string? sku = random.Next(3) switch { 0 => product.Sku.ToLowerInvariant(), 1 => " " + product.Sku + " ", _ => "OTHER-" + i };
            string? barcode = random.Next(2) == 0 ? "0" + product.Barcodes[0] : null;
            bool isAlone = products.Count(p => p.Barcodes[0] == product.Barcodes[0]) == 1;
            var match = ListingMatch.Of(new ChannelListing(new ListingKey("1", null, sku), product.Name, barcode, null, true, true), known);
            if (!sku.StartsWith("OTHER", StringComparison.Ordinal)) (match.How, match.Product).ShouldBe(("sku", product));
            else if (barcode is not null && isAlone) (match.How, match.Product).ShouldBe(("barcode", product));
            else (match.How, match.Product).ShouldBe(("none", null));
            match.Suggestions.Count.ShouldBeLessThanOrEqualTo(5);
        }
    }

    [Fact]
    public void Lags_are_told_within_a_quarter_of_what_they_were()
    {
        var random = new Random(9);
        var lags = Enumerable.Range(0, 5_000).Select(_ => (long)random.Next(1, 4_000)).Order().ToList();
        var view = StockLags.Of([.. lags.GroupBy(StockLags.StepOf).OrderBy(g => g.Key).Select(g => (g.Key, (long)g.Count()))]);
        view.N.ShouldBe(5_000);
        foreach (var (said, was) in new[] { (view.P50Ms!.Value, lags[2_499]), (view.P99Ms!.Value, lags[4_949]) })
        {
            said.ShouldBeGreaterThanOrEqualTo(was);
            said.ShouldBeLessThanOrEqualTo(Math.Max(25, was * 5 / 4 + 1));
        }
        StockLags.Of([]).ShouldBe(new StockLags.View(null, null, 0));
    }
}
