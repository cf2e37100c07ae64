using System.Diagnostics;
using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.House;

/// <summary>What the README tells people to paste works, and what the documents link to is there.</summary>
public sealed partial class ReadmeTests
{
    [Fact, Trait("Kind", "Database")]
    public async Task The_calls_in_the_README_work_when_pasted()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        var calls = Call().Matches(await File.ReadAllTextAsync(Path.Combine(TestPostgres.Root, "README.md"))).Select(m => m.Value
            .Replace("http://127.0.0.1:5080", shop.Address, StringComparison.Ordinal).Replace("sy_demo_administrator", Shop.AdminKey, StringComparison.Ordinal)).ToList();
        calls.Count.ShouldBeGreaterThan(3);
        string last = "";
        foreach (string call in calls)
        {
            var start = new ProcessStartInfo("bash", ["-c", call.Replace("curl -s", "curl -sS --fail-with-body", StringComparison.Ordinal)]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var bash = Process.Start(start)!;
            last = await bash.StandardOutput.ReadToEndAsync();
            await bash.WaitForExitAsync();
            bash.ExitCode.ShouldBe(0, $"{call}\n{last}{await bash.StandardError.ReadToEndAsync()}");
        }
        last.ShouldContain("\"onHand\":5");
        last.ShouldContain("\"available\":3");
    }

    [Fact]
    public void Every_file_the_documents_link_to_is_there()
    {
        string[] documents = [.. Directory.EnumerateFiles(TestPostgres.Root, "*.md"), .. Directory.EnumerateFiles(Path.Combine(TestPostgres.Root, "docs"), "*.md", SearchOption.AllDirectories)];
        var dead = documents.SelectMany(document => Link().Matches(File.ReadAllText(document)).Select(m => m.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, target.Split('#')[0])))
            .Select(target => $"{Path.GetRelativePath(TestPostgres.Root, document)} links to {target}")).ToList();
        dead.ShouldBeEmpty(string.Join('\n', dead));
    }

    [GeneratedRegex(@"^    curl .*(\n      .*)*", RegexOptions.Multiline)] private static partial Regex Call();
    [GeneratedRegex(@"\]\(([^)#][^)]*)\)")] private static partial Regex Link();
}
