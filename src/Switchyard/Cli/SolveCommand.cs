using System.CommandLine;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Switchyard.Cli;

/// <summary>A kind of problem that <c>switchyard solve</c> answers from files.</summary>
/// <param name="One">Answers the JSON of one instance, within about so many milliseconds where that is said; never throws for what it reads.</param>
/// <param name="Plain">Answers one instance in a text form that is not JSON, with the name of its file; null when there is none.</param>
public sealed record SolveProblem(string Name, string Description, Func<string, long?, object> One, Func<string, string, long?, object>? Plain = null);

/// <summary><c>switchyard solve PROBLEM --in FILE --out FILE --budget-ms N</c>: the shell that every kind of problem shares; needs no database.</summary>
public static class SolveCommand
{
    /// <summary>The command of one kind of problem; <paramref name="more"/> stands beside it.</summary>
    public static Command Create(CommandHost host, SolveProblem problem, params Command[] more) =>
        CommandHost.Group("solve", "Solve problems from files with the engines the server uses", [Of(host, problem), .. more]);

    /// <summary>How fast the engine of a problem is: <c>switchyard solve bench NAME</c>.</summary>
    public static Command Bench(CommandHost host, string name, string description, Func<IEnumerable<string>> lines)
    {
        var one = CommandHost.Group(name, description);
        one.SetAction((_, _) => LocalRunner.Guard(host, () =>
        {
            foreach (string line in lines()) host.Output.Line(line);
            return Task.FromResult(ExitCode.Ok);
        }));
        return CommandHost.Group("bench", "How fast the engines are on this machine", one);
    }

    private static Command Of(CommandHost host, SolveProblem problem)
    {
        var input = host.FileOption("--in", "One instance, a JSON list, lines of JSON, or a folder of instances");
        var output = host.FileOption("--out", "Where the answers go; standard output when not said");
        var budget = new Option<long?>("--budget-ms") { Description = "About the longest time for one instance" };
        input.Required = true;
        var command = CommandHost.Group(problem.Name, problem.Description, input, output, budget);
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
                ? await Folder(problem, file.FullName, budgetMs, stop)
                : await Single(problem, file.FullName, budgetMs, stop);
            if (parsed.GetValue(output) is { } to) await File.WriteAllTextAsync(to.FullName, answers + "\n", new UTF8Encoding(false), stop);
            else host.Output.Line(answers);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static async Task<string> Single(SolveProblem problem, string path, long? budgetMs, CancellationToken stop)
    {
        string text = await Text(path, stop);
        return IsPlain(problem, text)
            ? JsonSerializer.Serialize(Answer(problem, path, text, budgetMs), SolveForm.Json)
            : SolveForm.Run(text, one => Answer(problem, path, one, budgetMs));
    }

    private static async Task<string> Folder(SolveProblem problem, string path, long? budgetMs, CancellationToken stop)
    {
        string[] endings = problem.Plain is null ? [".json", ".jsonl"] : [".json", ".jsonl", ".txt", ".txt.gz"];
        var answers = new List<object>();
        foreach (string file in Directory.EnumerateFiles(path).Where(f => endings.Any(e => f.EndsWith(e, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal))
        {
            string text = await Text(file, stop);
            bool isOne = file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !text.TrimStart().StartsWith('[');
            if (isOne || IsPlain(problem, text)) answers.Add(Answer(problem, file, text, budgetMs));
            else answers.AddRange(SolveForm.Several(text, one => Answer(problem, file, one, budgetMs)));
        }
        return SolveForm.Write(answers);
    }

    private static object Answer(SolveProblem problem, string path, string text, long? budgetMs)
    {
        if (!IsPlain(problem, text)) return problem.One(text, budgetMs);
        string name = Path.GetFileName(path);
        return problem.Plain!(name.Split('.')[0], text, budgetMs);
    }

    private static bool IsPlain(SolveProblem problem, string text) => problem.Plain is not null && text.TrimStart() is not (['{', ..] or ['[', ..]);

    private static async Task<string> Text(string path, CancellationToken stop)
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return await File.ReadAllTextAsync(path, stop);
        await using var packed = File.OpenRead(path);
        await using var open = new GZipStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(open);
        return await reader.ReadToEndAsync(stop);
    }
}
