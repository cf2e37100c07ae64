using System.Diagnostics;
using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.House;

/// <summary>What the README tells people to paste works and answers as it says, and what the documents link to is there.</summary>
public sealed partial class ReadmeTests
{
    [Fact, Trait("Kind", "Database")]
    public async Task The_three_things_to_try_answer_as_the_README_says()
    {
        var settings = Shop.NewDatabase(DatabaseKind.Sqlite);
        (await SwitchyardProcess.Run(settings.SqlitePath, null, "seed", "demo", "--history", "0")).Code.ShouldBe(0);
        await using var shop = await Shop.Open(DatabaseKind.Sqlite, settings: settings);
        var blocks = Block().Matches(await File.ReadAllTextAsync(Path.Combine(TestPostgres.Root, "README.md"))).Select(m => (IsAnswer: m.Groups[1].Value == "text", Text: m.Groups[2].Value
            .Replace("http://127.0.0.1:5080", shop.Address, StringComparison.Ordinal).Replace("sy_demo_administrator", Shop.AdminKey, StringComparison.Ordinal))).ToList();
        blocks.Count(b => b.IsAnswer).ShouldBeGreaterThanOrEqualTo(3);
        const string Mark = "=== the answer ===";
        string script = "set -eu\n" + string.Join('\n', blocks.Where(b => !b.IsAnswer).Select(b => $"echo '{Mark}'\n{b.Text}"));
        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var bash = Process.Start(start)!;
        var noted = bash.StandardError.ReadToEndAsync();
        string said = await bash.StandardOutput.ReadToEndAsync(), faults = await noted;
        await bash.WaitForExitAsync();
        if (faults.Contains("jq: command not found", StringComparison.Ordinal)) return;
        bash.ExitCode.ShouldBe(0, said + faults);
        string[] answers = said.Split(Mark + "\n")[1..];
        for (int i = 0, call = -1; i < blocks.Count; i++)
        {
            if (!blocks[i].IsAnswer) call++;
            else answers[call].ShouldBe(blocks[i].Text, blocks[i - 1].Text);
        }
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

    [GeneratedRegex("^```(sh|text)\\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)] private static partial Regex Block();
    [GeneratedRegex(@"\]\(([^)#][^)]*)\)")] private static partial Regex Link();
}
