using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Sourcing;
using Xunit.Abstractions;

namespace Switchyard.Tests.Sourcing;

/// <summary>The published form of sourcing problems, and the cases with proven optima where they are at hand.</summary>
public sealed class SolveSourcingTests(ITestOutputHelper output)
{
    private const string Instance = """
        {"id": "A", "line_split": true, "nodes": [
          {"id": 3, "kind": "dc", "x": 1, "y": 1, "ready_day": 1, "pick_fixed": 40, "handling": 10, "cap_units": null, "cap_shipments": null,
           "stock": {"5": {"on_hand": 6, "reserved": 2, "safety": 1, "opportunity": -3}}}],
         "orders": [{"id": 0, "x": 0, "y": 0, "promise_days": 3, "max_shipments": 2, "split_penalty": 100,
           "lines": [{"sku": 5, "qty": 4, "weight": 3, "unfilled_penalty": 900}]}],
         "lanes": [{"order": 0, "node": 3, "service": 0, "zone": 1, "base": 500, "per_weight": 7, "transit_days": 2},
                   {"order": 0, "node": 3, "service": 1, "zone": 1, "base": 100, "per_weight": 7, "transit_days": 3}]}
        """;

    [Fact]
    public void An_instance_is_answered_in_the_published_form()
    {
        var answer = JsonNode.Parse(SolveSourcing.Run(Instance))!;
        // 3 of 6 - 2 - 1 are to be had; the cheaper lane is late: 540 + 3 × (21 + 10 - 3) + 900.
        answer["cost"]!.GetValue<long>().ShouldBe(1524);
        answer["bound"]!.GetValue<long>().ShouldBe(1524);
        answer["ms"]!.GetValue<double>().ShouldBeGreaterThan(0);
        answer["shipments"]!.ToJsonString().ShouldBe("""[{"order":0,"node":3,"service":0,"lines":[{"line":0,"qty":3}]}]""");
        answer["unfilled"]!.ToJsonString().ShouldBe("""[{"order":0,"line":0,"qty":1}]""");
    }

    [Fact]
    public void What_cannot_be_read_names_the_field_and_the_others_are_answered()
    {
        string bad = Instance.Replace("\"handling\": 10", "\"handling\": \"ten\"", StringComparison.Ordinal);
        string batch = Instance.Replace("\"orders\": [", "\"orders\": [{\"id\": 9, \"promise_days\": 1, \"max_shipments\": 1, \"split_penalty\": 0, \"lines\": []},", StringComparison.Ordinal);
        var list = JsonNode.Parse(SolveSourcing.Run($"[{bad},{Instance},{batch}]"))!.AsArray();
        list[0]!["error"]!["code"]!.GetValue<string>().ShouldBe("solve.not_readable");
        list[0]!["error"]!["field"]!.GetValue<string>().ShouldBe("$.nodes[0].handling");
        list[0]!["id"]!.GetValue<string>().ShouldBe("A");
        list[1]!["cost"]!.GetValue<long>().ShouldBe(1524);
        list[2]!["cost"]!.GetValue<long>().ShouldBe(1524);             // the second order wants nothing
        string twice = batch.Replace("\"id\": 9", "\"id\": 0", StringComparison.Ordinal);
        JsonNode.Parse(SolveSourcing.Run(twice))!["error"]!["field"]!.GetValue<string>().ShouldBe("$.orders[1].id");

        string lines = string.Join('\n', Instance.ReplaceLineEndings(" "), "{oops", Instance.ReplaceLineEndings(" "));
        var read = JsonNode.Parse(SolveSourcing.Run(lines))!.AsArray();
        read.Select(a => a!["error"]?["code"]?.GetValue<string>()).ShouldBe([null, "solve.not_readable", null]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1, null, \"x\"]")]
    [InlineData("{}")]
    [InlineData("{\"id\": 1}")]
    [InlineData("[{]")]
    [InlineData("nonsense")]
    public void Nonsense_is_answered_with_an_error(string text) =>
        SolveSourcing.Run(text).ShouldContain("solve.not_readable");

    [Theory]
    [InlineData("\"qty\": 4", "\"qty\": 9223372036854775807", "$.orders[0].lines[0].qty")]
    [InlineData("\"qty\": 4", "\"qty\": 1.5", "$.orders[0].lines[0].qty")]
    [InlineData("\"weight\": 3", "\"weight\": -1", "$.orders[0].lines[0].weight")]
    [InlineData("\"per_weight\": 7, \"transit_days\": 2", "\"per_weight\": 9223372036854775807, \"transit_days\": 2", "$.lanes[0].per_weight")]
    [InlineData("\"on_hand\": 6, \"reserved\": 2", "\"on_hand\": 9223372036854775807, \"reserved\": -9223372036854775807", "$.nodes[0].stock.5")]
    public void Figures_out_of_range_name_their_field(string good, string bad, string field)
    {
        var answer = JsonNode.Parse(SolveSourcing.Run(Instance.Replace(good, bad, StringComparison.Ordinal)))!;
        answer["error"]!["field"]!.GetValue<string>().ShouldBe(field);
    }

    [Fact]
    public void One_order_cases_are_solved_to_their_proven_optimum()
    {
        if (Cases() is not { } folder)
        {
            output.WriteLine("Not run: the solver cases (../shared/solver/sourcing) are not at hand.");
            return;
        }
        using var optima = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "optima.json")));
        var files = Directory.GetFiles(Path.Combine(folder, "instances"), "*.json").Where(f => Path.GetFileName(f)[0] is 'S' or 'L').Order(StringComparer.Ordinal).ToList();
        foreach (string file in files) SolveSourcing.Run(File.ReadAllText(file));         // warm
        foreach (string file in files)
        {
            var answer = JsonNode.Parse(SolveSourcing.Run(File.ReadAllText(file)))!;
            string id = answer["id"]!.GetValue<string>();
            output.WriteLine($"{id} {answer["cost"]} in {answer["ms"]} ms");
            answer["cost"]!.GetValue<long>().ShouldBe(optima.RootElement.GetProperty(id).GetProperty("optimal").GetInt64(), id);
            answer["proven"]!.GetValue<bool>().ShouldBeTrue(id);
        }
        files.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Batches_come_near_their_proven_optimum()
    {
        if (Cases() is not { } folder)
        {
            output.WriteLine("Not run: the solver cases (../shared/solver/sourcing) are not at hand.");
            return;
        }
        using var optima = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "optima.json")));
        var ratios = new List<double>();
        foreach (string file in Directory.GetFiles(Path.Combine(folder, "instances"), "*.json").Where(f => Path.GetFileName(f)[0] is 'B' or 'D').Order(StringComparer.Ordinal))
        {
            var (instance, answer) = (JsonNode.Parse(File.ReadAllText(file))!, JsonNode.Parse(SolveSourcing.Run(File.ReadAllText(file), batchSteps: 4_000_000))!);
            string id = answer["id"]!.GetValue<string>();
            long cost = SourcingScorer.Cost(instance, answer, id), optimum = optima.RootElement.GetProperty(id).GetProperty("optimal").GetInt64();
            answer["cost"]!.GetValue<long>().ShouldBe(cost, id);
            answer["bound"]!.GetValue<long>().ShouldBeLessThanOrEqualTo(optimum, id);
            if (answer["proven"]!.GetValue<bool>()) cost.ShouldBe(optimum, id);
            ratios.Add((double)cost / optimum);
            output.WriteLine($"{id} {cost} of {optimum}, bound {answer["bound"]}, {answer["ms"]} ms");
        }
        ratios.Average().ShouldBeLessThanOrEqualTo(1.02);
        ratios.Max().ShouldBeLessThanOrEqualTo(1.10);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_costs_what_it_says_by_the_published_rules(bool mayDivide)
    {
        for (ulong seed = 1; seed <= 12; seed++)
        {
            var instance = SourcingScorer.Instance(seed, new SourcingCases.Shape(1 + (int)(seed % 5), 4, mayDivide, seed % 3 == 0 ? 30 : 100, CapPercent: 60));
            var answer = JsonNode.Parse(SolveSourcing.Run(instance.ToJsonString()))!;
            answer["cost"]!.GetValue<long>().ShouldBe(SourcingScorer.Cost(instance, answer, $"seed {seed}"), $"seed {seed}");
        }
    }

    private static string? Cases()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "shared", "solver", "sourcing");
            if (Directory.Exists(folder)) return folder;
        }
        return null;
    }
}
