using System.Diagnostics;
using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.House;

/// <summary>Every command of docs/api/guide.md works when it is pasted, one after the other, on an empty server.</summary>
[Capability("IG-15")]
public sealed partial class GuideTests
{
    [Fact, Trait("Kind", "Database")]
    public async Task The_commands_of_the_guide_work_one_after_the_other()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        string[] blocks = [.. Block().Matches(await File.ReadAllTextAsync(Path.Combine(TestPostgres.Root, "docs", "api", "guide.md"))).Select(m => m.Groups[1].Value)];
        blocks.Length.ShouldBeGreaterThan(5);
        string script = "set -euo pipefail\n" + string.Join('\n', blocks.Where(b => !b.StartsWith("export ", StringComparison.Ordinal)));
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["SWITCHYARD"] = shop.Address, ["KEY"] = Shop.AdminKey },
        };
        using var bash = Process.Start(start)!;
        string said = await bash.StandardOutput.ReadToEndAsync(), faults = await bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();
        if (faults.Contains("jq: command not found", StringComparison.Ordinal)) return;        // jq only makes the answers shorter
        bash.ExitCode.ShouldBe(0, said + faults);
        said.ShouldContain("OrderPlaced\n");
        said.ShouldContain("handedOver");
        said.ShouldContain("whsec_");
    }

    [GeneratedRegex("^```sh\\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
