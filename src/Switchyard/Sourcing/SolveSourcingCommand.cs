using System.CommandLine;
using System.Text;
using Switchyard.Cli;

namespace Switchyard.Sourcing;

/// <summary><c>switchyard solve sourcing</c>: answers problems from files; needs no database.</summary>
public static class SolveSourcingCommand
{
    public static Command Create(CommandHost host) =>
        CommandHost.Group("solve", "Solve problems from files with the engines the server uses", Sourcing(host), Bench(host));

    private static Command Sourcing(CommandHost host)
    {
        var input = host.FileOption("--in", "One instance, a JSON list, lines of JSON, or a folder of instances");
        var output = host.FileOption("--out", "Where the answers go; standard output when not said");
        var budget = new Option<long?>("--budget-ms") { Description = "About the longest time for one instance" };
        input.Required = true;
        var command = CommandHost.Group("sourcing", "Which nodes send which units of an order, at the least cost", input, output, budget);
        command.SetAction((parsed, stop) => LocalRunner.Guard(host, async () =>
        {
            long? budgetMs = parsed.GetValue(budget);
            if (budgetMs is < 1 or > 3_600_000)
            {
                host.Output.Note("--budget-ms is 1 to 3600000.");
                return ExitCode.Usage;
            }
            var file = parsed.GetValue(input)!;
            if (!file.Exists && !Directory.Exists(file.FullName))
            {
                host.Output.Note($"There is no file or folder {file.FullName}.");
                return ExitCode.Usage;
            }
            string answers = Directory.Exists(file.FullName)
                ? await Folder(file.FullName, budgetMs, stop)
                : SolveSourcing.Run(await File.ReadAllTextAsync(file.FullName, stop), budgetMs);
            if (parsed.GetValue(output) is { } to) await File.WriteAllTextAsync(to.FullName, answers + "\n", new UTF8Encoding(false), stop);
            else host.Output.Line(answers);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command Bench(CommandHost host)
    {
        var sourcing = CommandHost.Group("sourcing", "Orders of 3 lines over 8 nodes a second, on one core");
        sourcing.SetAction((_, _) => LocalRunner.Guard(host, () =>
        {
            host.Output.Line(SourcingBench.Run(orders: 20_000, lines: 3, nodes: 8).ToString());
            host.Output.Line(SourcingBench.Run(orders: 200, lines: 10, nodes: 1_000).ToString());
            return Task.FromResult(ExitCode.Ok);
        }));
        return CommandHost.Group("bench", "How fast the engines are on this machine", sourcing);
    }

    private static async Task<string> Folder(string path, long? budgetMs, CancellationToken stop)
    {
        var answers = new List<SolveSourcing.Answer>();
        foreach (string file in Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal))
            answers.Add(SolveSourcing.One(await File.ReadAllTextAsync(file, stop), budgetMs));
        return SolveSourcing.Write(answers);
    }
}
