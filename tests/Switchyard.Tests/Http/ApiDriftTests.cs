using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Http;

/// <summary>docs/api/openapi.json, from which clients are made, is what the server serves.</summary>
[Capability("IG-15")]
public sealed class ApiDriftTests
{
    /// <summary>Set by <c>./run openapi</c>: writes the file instead of judging it.</summary>
    private static readonly bool IsToWrite = Environment.GetEnvironmentVariable("SWITCHYARD_WRITE_OPENAPI") == "1";

    [Fact]
    public async Task The_committed_document_is_the_one_that_is_served()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        string served = (await shop.Http.GetStringAsync("/openapi/v1.json")).ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        string path = Path.Combine(TestPostgres.Root, "docs", "api", "openapi.json");
        if (IsToWrite) await File.WriteAllTextAsync(path, served);
        string committed = File.Exists(path) ? await File.ReadAllTextAsync(path) : "";
        if (committed == served) return;
        string[] was = committed.Split('\n'), now = served.Split('\n');
        int line = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.Fail($"docs/api/openapi.json is not what the server says (first in line {line + 1}: '{was.ElementAtOrDefault(line)?.Trim()}' is now '{now.ElementAtOrDefault(line)?.Trim()}'). "
            + "Run ./run openapi and commit the file with your change.");
    }

    [Fact]
    public async Task It_is_the_same_each_time()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        string first = await shop.Http.GetStringAsync("/openapi/v1.json");
        (await shop.Http.GetStringAsync("/openapi/v1.json")).ShouldBe(first);
    }
}
