using System.CommandLine;
using System.Text.Json;

namespace Switchyard.Cli;

/// <summary>The tree of commands, and how a line of arguments is run through it.</summary>
public static class CommandLine
{
    /// <summary>Parses and runs one line; returns the exit code.</summary>
    public static async Task<int> Run(CommandHost host, IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var parsed = Tree(host).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            string detail = string.Join(" ", parsed.Errors.Select(e => e.Message));
            if (arguments.Contains("--json")) host.Output.Line(JsonSerializer.Serialize(new { error = new { code = "cli.usage", detail } }, Http.Json.Options));
            else host.Output.Note($"{detail}\nRun 'switchyard {string.Join(' ', Words(parsed))} --help'.".Replace("  ", " ", StringComparison.Ordinal));
            return ExitCode.Usage;
        }
        // Signals are the host's and LocalRunner's to handle: the parser's own handler would cut a draining server off.
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop);
    }

    /// <summary>A line with options and no command serves.</summary>
    public static string[] WithDefault(CommandHost host, string[] arguments)
    {
        string[] asks = ["--help", "-h", "-?", "--version"];
        bool hasCommand = arguments.Length > 0 && !arguments[0].StartsWith('-') || Tree(host).Subcommands.Any(c => arguments.Contains(c.Name));
        return hasCommand || arguments.Any(asks.Contains) ? arguments : ["serve", .. arguments];
    }

    private static RootCommand Tree(CommandHost host)
    {
        var root = new RootCommand("Switchyard, the open order management system. Without a command it serves.") { host.Json, host.Merchant };
        foreach (var command in (IEnumerable<Command>)[Serve.Command(host), Migrate.Command(host), Verify.Command(host), Repair.Command(host), Login.Create(host), .. ServerHost.RoomCommands(host)])
            Merge(root, command, host.Json, host.Merchant);
        return root;
    }

    private static void Merge(Command under, Command added, params Option[] everywhere)
    {
        if (under.Subcommands.FirstOrDefault(c => c.Name == added.Name) is not { } present) { under.Add(added); return; }
        // A command knows the options of the first parent it had, so those of the whole line are said there too.
        foreach (var option in everywhere) added.Add(option);
        foreach (var child in added.Subcommands.ToList()) Merge(present, child, everywhere);
    }

    private static IEnumerable<string> Words(ParseResult parsed)
    {
        var words = new Stack<string>();
        for (var at = parsed.CommandResult; at?.Parent is not null; at = at.Parent as System.CommandLine.Parsing.CommandResult) words.Push(at.Command.Name);
        return words;
    }
}
