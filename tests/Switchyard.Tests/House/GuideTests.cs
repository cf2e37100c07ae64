using System.Diagnostics;
using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.House;

/// <summary>Every command of the guides works when it is pasted, one after the other, on an empty server.</summary>
[Capability("IG-15")]
public sealed partial class GuideTests
{
    [Fact, Trait("Kind", "Database")]
    public async Task The_commands_of_the_guide_work_one_after_the_other()
    {
        if (await Run("guide.md") is not { } said) return;
        said.ShouldContain("OrderPlaced\n");
        said.ShouldContain("handedOver");
        said.ShouldContain("whsec_");
    }

    [Fact, Trait("Kind", "Database")]
    public async Task The_commands_of_files_in_and_out_work_one_after_the_other()
    {
        if (await Run("imports.md") is not { } said) return;
        said.ShouldContain("""{"created":2,"failed":1}""");
        said.ShouldContain("error_line,error_field,error_code,error_reason,Code,Label,Preis\r\n4,sku,");
        said.ShouldEndWith("sku,prices,is_active\r\nMUG-1,12.95 GBP,no\r\nMUG-2,9.50 GBP,no\r\n");
    }

    /// <summary>What the commands said; null where jq, which only makes the answers shorter, is missing.</summary>
    private static async Task<string?> Run(string guide)
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        string[] blocks = [.. Block().Matches(await File.ReadAllTextAsync(Path.Combine(TestPostgres.Root, "docs", "api", guide))).Select(m => m.Groups[1].Value)];
        blocks.Length.ShouldBeGreaterThan(5);
        string script = "set -euo pipefail\n" + string.Join('\n', blocks.Where(b => !b.StartsWith("export ", StringComparison.Ordinal)));
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["SWITCHYARD"] = shop.Address, ["KEY"] = Shop.AdminKey },
        };
        using var bash = Process.Start(start)!;
        string said = await bash.StandardOutput.ReadToEndAsync(), faults = await bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();
        if (faults.Contains("jq: command not found", StringComparison.Ordinal)) return null;
        bash.ExitCode.ShouldBe(0, said + faults);
        return said;
    }

    [GeneratedRegex("^```sh\\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
