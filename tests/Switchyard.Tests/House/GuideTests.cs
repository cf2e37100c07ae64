using System.Diagnostics;
using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.House;

/// <summary>Every command of the guides in docs/api works when it is pasted, one after the other, on an empty server.</summary>
[Capability("IG-15")]
public sealed partial class GuideTests
{
    [Theory, Trait("Kind", "Database")]
    [InlineData("guide.md", 6, "OrderPlaced\n", "handedOver", "whsec_")]
    [InlineData("fulfil.md", 9, "accepted\n", "rejected\n", "delivered\n", "cancelled\n", "handedOver")]
    [InlineData("change-orders.md", 4, "\"totalMinor\"", "cancelled\n", "accepted\n")]
    [InlineData("search.md", 1, "\"isExact\":true", "\"fields\"")]
    [InlineData("jobs.md", 1, "\"counts\"", "[]")]
    [InlineData("webhooks.md", 2, "isDelivered", "evt_test_")]
    [InlineData("desk.md", 6, "\"isExact\":true", "grace\n", "\"kinds\":[\"assigned\",\"mention\"]", "{\"read\":2}", "{\"columns\":{\"orders\":[\"number\",\"total\"]}}", "PNG", "MUG-2\n")]
    public async Task The_commands_of_a_guide_work_one_after_the_other(string guide, int least, params string[] words)
    {
        if (await Run(guide, least) is not { } said) return;
        foreach (string word in words) said.ShouldContain(word);
    }

    [Fact, Trait("Kind", "Database")]
    public async Task The_commands_of_files_in_and_out_work_one_after_the_other()
    {
        if (await Run("imports.md", 6) is not { } said) return;
        said.ShouldContain("""{"created":2,"failed":1}""");
        said.ShouldContain("error_line,error_field,error_code,error_reason,Code,Label,Preis\r\n4,sku,");
        said.ShouldEndWith("sku,prices,is_active\r\nMUG-1,12.95 GBP,no\r\nMUG-2,9.50 GBP,no\r\n");
    }

    [Fact, Trait("Kind", "Database")]
    public async Task The_commands_of_drafts_and_linked_orders_work_one_after_the_other()
    {
        if (await Run("drafts.md", 5) is not { } said) return;
        foreach (string saying in new[] { "WH-005000", "accepted", "\"replacement\"" }) said.ShouldContain(saying);
    }

    /// <summary>What the commands said; null where jq, which only makes the answers shorter, is missing.</summary>
    private static async Task<string?> Run(string guide, int least)
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        string[] blocks = [.. Block().Matches(await File.ReadAllTextAsync(Path.Combine(TestPostgres.Root, "docs", "api", guide))).Select(m => m.Groups[1].Value)];
        blocks.Length.ShouldBeGreaterThanOrEqualTo(least);
        string script = "set -euo pipefail\n" + string.Join('\n', blocks.Where(b => !b.StartsWith("export ", StringComparison.Ordinal)));
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["SWITCHYARD"] = shop.Address, ["KEY"] = Shop.AdminKey },
        };
        using var bash = Process.Start(start)!;
        var noted = bash.StandardError.ReadToEndAsync();                // both at once: a full pipe would hold the script up
        string said = await bash.StandardOutput.ReadToEndAsync(), faults = await noted;
        await bash.WaitForExitAsync();
        if (faults.Contains("jq: command not found", StringComparison.Ordinal)) return null;
        bash.ExitCode.ShouldBe(0, said + faults);
        return said;
    }

    [GeneratedRegex("^```sh\\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
