using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Packing;
using Switchyard.Tests.Picking;
using Xunit.Abstractions;

namespace Switchyard.Tests.Packing;

/// <summary>The published form of packing problems, and the cases with known answers where they are at hand.</summary>
public sealed class SolvePackTests(ITestOutputHelper output)
{
    private const string Instance = """
        {"id":"A","group":"g","boxes":[{"id":"S","outer":[210,160,110],"inner":[200,150,100],"empty_weight":100,"max_weight":5000,"supply":null}],
         "items":[{"id":7,"l":150,"w":200,"h":50,"weight":100,"rotation":"none","fragile":false,"qty":1},{"id":8,"l":150,"w":200,"h":50,"weight":100,"rotation":"any","fragile":false,"qty":2}]}
        """;

    [Fact]
    public void An_instance_is_answered_in_the_published_form()
    {
        var answer = JsonNode.Parse(SolvePack.Run(Instance))!;
        answer["id"]!.GetValue<string>().ShouldBe("A");
        answer["ms"]!.GetValue<double>().ShouldBeGreaterThan(0);
        answer["boxes"]!.ToJsonString().ShouldBe(
            """[{"box":"S","items":[{"item":8,"x":0,"y":0,"z":0,"l":200,"w":150,"h":50},{"item":8,"x":0,"y":0,"z":50,"l":200,"w":150,"h":50}]}]""");
        answer["unpacked"]!.ToJsonString().ShouldBe("""[{"item":7,"qty":1}]""");
    }

    [Theory]
    [InlineData("\"qty\":2", "\"qty\":-2", "$.items[1].qty")]
    [InlineData("\"qty\":2", "\"qty\":2147483647", "$.items[1].qty")]
    [InlineData("\"l\":150", "\"l\":0", "$.items[0].l")]
    [InlineData("\"rotation\":\"none\"", "\"rotation\":\"sideways\"", "$.items[0].rotation")]
    [InlineData("\"id\":8", "\"id\":7", "$.items[1].id")]
    [InlineData("[200,150,100]", "[200,150]", "$.boxes[0].inner")]
    [InlineData("\"max_weight\":5000", "\"max_weight\":\"much\"", "$.boxes[0].max_weight")]
    public void What_cannot_be_read_names_its_field_and_the_others_are_answered(string good, string bad, string field)
    {
        var list = JsonNode.Parse(SolvePack.Run($"[{Replaced(good, bad)},{Instance}]"))!.AsArray();
        list[0]!["error"]!["field"]!.GetValue<string>().ShouldBe(field);
        list[1]!["error"].ShouldBeNull();
    }

    [Fact, Capability("PK-05")]
    public void Cases_with_a_known_optimum_are_packed_at_it()
    {
        if (SharedCases.Folder("solver", "cartonisation") is not { } folder)
        {
            output.WriteLine("Not run: the solver cases (../shared/solver/cartonisation) are not at hand.");
            return;
        }
        var known = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "reference.json")))!;
        foreach (string line in File.ReadLines(Path.Combine(folder, "instances.jsonl")))
        {
            var answer = SolvePack.One(line, null);
            answer.Boxes!.Count.ShouldBe(known[answer.Id!.Value.GetString()!]!["optimal_boxes"]!.GetValue<int>(), answer.Id.Value.GetString());
            SolvePack.Read(line, out var boxes, out var items).ShouldBeNull();
            PackChecker.Faults(boxes!, items!, PackEngine.Solve(boxes!, items!)).ShouldBeEmpty();
        }
    }

    private static string Replaced(string good, string bad)
    {
        int at = Instance.IndexOf(good, StringComparison.Ordinal);
        return string.Concat(Instance.AsSpan(0, at), bad, Instance.AsSpan(at + good.Length));
    }
}
