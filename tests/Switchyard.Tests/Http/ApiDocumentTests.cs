using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Access;

namespace Switchyard.Tests.Http;

/// <summary>The API's description tells integrators how they may be refused.</summary>
[Capability("IG-15")]
public sealed class ApiDocumentTests
{
    [Fact]
    public async Task Every_operation_that_needs_a_right_describes_its_refusals()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        var document = await Operation.Document(shop);
        var faults = new List<string>();
        int judged = 0;
        foreach (var path in document.GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject().Where(o => o.Value.Text("x-permission") != "anyone"))
            {
                judged++;
                foreach (string status in (string[])["401", "403", "429", "503"])
                    if (!operation.Value.GetProperty("responses").TryGetProperty(status, out var response)
                        || Access.Operation.Resolve(response, document).GetProperty("content").EnumerateObject().First().Value.GetProperty("schema").Text("$ref") != "#/components/schemas/ProblemDetails")
                        faults.Add($"{operation.Name} {path.Name}: {status}");
            }
        judged.ShouldBeGreaterThan(80);
        faults.ShouldBeEmpty(string.Join('\n', faults));
        var problem = document.GetProperty("components").GetProperty("schemas").GetProperty("ProblemDetails");
        problem.GetProperty("required").EnumerateArray().Select(r => r.GetString()).Order().ShouldBe(["code", "detail", "requestId", "status", "title", "type"]);
        problem.GetProperty("properties").GetProperty("errors").GetProperty("items").GetProperty("required").GetArrayLength().ShouldBe(3);
    }
}
