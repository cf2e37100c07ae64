using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Cli;
using Switchyard.Picking;
using Xunit.Abstractions;

namespace Switchyard.Tests.Picking;

/// <summary>Tours of pickers, alone and beside the plain rules.</summary>
public sealed class PickTourTests(ITestOutputHelper output)
{
    [Theory, Capability("PK-03")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void No_tour_is_shorter_on_floors_of_up_to_five_blocks(int blocks)
    {
        var dice = new Dice((ulong)blocks);
        for (int i = 0; i < 60; i++)
        {
            var (floor, spots) = PickingBench.Case(ref dice, 1 + dice.Below(6), blocks, 1 + dice.Below(8));
            var tour = PickTours.Plan(floor, spots);
            tour.Sequence.Order().ShouldBe(Enumerable.Range(0, spots.Length));
            tour.LengthMm.ShouldBe(ShortestTour.Length(floor, spots), $"case {i} of {blocks} blocks");
            tour.IsShortest.ShouldBeTrue();
        }
    }

    [Theory, Capability("PK-03")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public void A_tour_is_never_longer_than_the_list_the_S_shape_or_the_largest_gap(int blocks)
    {
        var dice = new Dice((ulong)blocks);
        for (int i = 0; i < 20; i++)
        {
            var (floor, spots) = PickingBench.Case(ref dice, 1 + dice.Below(30), blocks, 1 + dice.Below(60));
            var tour = PickTours.Plan(floor, spots, budgetSteps: 50_000);
            tour.Sequence.Order().ShouldBe(Enumerable.Range(0, spots.Length));
            tour.LengthMm.ShouldBe(floor.Length(spots, tour.Sequence));
            foreach (var rule in new[] { TourRules.SShape(floor, spots), TourRules.LargestGap(floor, spots), [.. Enumerable.Range(0, spots.Length)] })
            {
                rule.Order().ShouldBe(Enumerable.Range(0, spots.Length));
                tour.LengthMm.ShouldBeLessThanOrEqualTo(floor.Length(spots, rule), $"case {i} of {blocks} blocks");
            }
        }
    }

    [Fact]
    public void Unequal_blocks_and_aisles_are_walked_as_they_are()
    {
        var floor = new PickFloor([0, 3_000, 9_000, 10_000], [0, 4_000, 24_000], DepotAisle: 1);
        var dice = new Dice(3);
        for (int i = 0; i < 100; i++)
        {
            var spots = new PickSpot[1 + dice.Below(7)];
            for (int s = 0; s < spots.Length; s++) spots[s] = new PickSpot(dice.Below(4), dice.Below(25) * 1_000L);
            PickTours.Plan(floor, spots).LengthMm.ShouldBe(ShortestTour.Length(floor, spots), $"case {i}");
        }
    }

    [Fact]
    public void A_pick_list_is_answered_in_the_published_form()
    {
        string instance = """{"id":"T","warehouse":{"aisles":3,"blocks":1,"block_length":100,"aisle_spacing":25},"depot_aisle":0,"picks":[[0,5],[2,80],[2,20],[2,50],[2,85]]}""";
        var answer = JsonNode.Parse(SolveForm.Run(instance, json => SolvePickRoute.One(json)))!;
        answer["length"]!.GetValue<double>().ShouldBe(280);
        answer["sequence"]!.AsArray().Count.ShouldBe(5);

        var list = JsonNode.Parse(SolveForm.Run($"[{instance.Replace("[2,20]", "[3,20]", StringComparison.Ordinal)}, {instance}, {{}}]", json => SolvePickRoute.One(json)))!.AsArray();
        list[0]!["error"]!["field"]!.GetValue<string>().ShouldBe("$.picks[2][0]");
        list[1]!["length"]!.GetValue<double>().ShouldBe(280);
        list[2]!["error"]!["code"]!.GetValue<string>().ShouldBe("solve.not_readable");
    }

    [Theory]
    [InlineData("\"blocks\":1", "\"blocks\":0", "$.warehouse.blocks")]
    [InlineData("\"aisles\":3", "\"aisles\":1e9", "$.warehouse.aisles")]
    [InlineData("\"block_length\":100", "\"block_length\":-1", "$.warehouse.block_length")]
    [InlineData("\"depot_aisle\":0", "\"depot_aisle\":3", "$.depot_aisle")]
    [InlineData("[0,5]", "[0,100.5]", "$.picks[0][1]")]
    [InlineData("[0,5]", "[0]", "$.picks[0]")]
    public void What_is_out_of_range_names_its_field(string good, string bad, string field)
    {
        string instance = """{"id":"T","warehouse":{"aisles":3,"blocks":1,"block_length":100,"aisle_spacing":25},"depot_aisle":0,"picks":[[0,5]]}""";
        SolvePickRoute.One(instance.Replace(good, bad, StringComparison.Ordinal)).Error!.Field.ShouldBe(field);
    }

    [Fact, Capability("PK-03")]
    public void The_known_cases_are_answered_with_their_proven_optimum()
    {
        if (SharedCases.Folder("solver", "pickrouting") is not { } folder)
        {
            output.WriteLine("Not run: the solver cases (../shared/solver/pickrouting) are not at hand.");
            return;
        }
        var optima = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "optima.json")))!;
        var answers = JsonNode.Parse(SolveForm.Run(File.ReadAllText(Path.Combine(folder, "instances.json")), json => SolvePickRoute.One(json)))!.AsArray();
        foreach (var answer in answers)
        {
            string id = answer!["id"]!.GetValue<string>();
            answer["length"]!.GetValue<double>().ShouldBe(optima[id]!["optimal"]!.GetValue<double>(), id);
        }
        answers.Count.ShouldBe(60);
    }
}
