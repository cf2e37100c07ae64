using System.CommandLine;

namespace Switchyard.Cli;

/// <summary>What a command does to the database before it starts.</summary>
public enum CommandNeeds
{
    /// <summary>Runs on a database that is up to date, and changes nothing.</summary>
    Reads,

    /// <summary>The database is made or brought up to date first.</summary>
    Writes,
}

/// <summary>
/// Makes the commands of one command line. A room's door offers <c>IEnumerable&lt;Command&gt; Commands(CommandHost host)</c>;
/// commands of the same name from several rooms (<c>import orders</c>, <c>import products</c>) become one with both below it.
/// </summary>
public sealed class CommandHost(CommandOutput output, string folder, CommandHost.Runner runner)
{
    /// <summary>Runs a body where it belongs: in this process, or in the server that has the database open.</summary>
    public delegate Task<int> Runner(CommandHost host, ParseResult parsed, CommandNeeds needs, Func<CommandRun, Task<int>> body, CancellationToken stop);

    public CommandOutput Output => output;
    public Option<bool> Json { get; } = new("--json") { Description = "Answer with one JSON document", Recursive = true };
    public Option<string?> Merchant { get; } = new("--merchant") { Description = "The merchant to work for, by code; the first when not said", Recursive = true };

    /// <summary>A command with its arguments and options. The body runs in this process or in the running server alike.</summary>
    public Command Command(string name, string description, CommandNeeds needs, Func<CommandRun, Task<int>> body, params Symbol[] parts)
    {
        var command = Group(name, description, parts);
        command.SetAction((parsed, stop) => runner(this, parsed, needs, body, stop));
        return command;
    }

    /// <summary>A word that only gathers commands below it, such as <c>import</c>.</summary>
    public static Command Group(string name, string description, params Symbol[] parts)
    {
        var command = new Command(name, description);
        foreach (var part in parts)
        {
            if (part is Command child) command.Add(child);
            else if (part is Argument argument) command.Add(argument);
            else command.Add((Option)part);
        }
        return command;
    }

    /// <summary>A file argument. Its path counts from the folder of whoever typed it, also when a server runs the command.</summary>
    public Argument<FileInfo> FileArgument(string name, string description) =>
        new(name) { Description = description, CustomParser = result => At(result.Tokens[0].Value) };

    /// <inheritdoc cref="FileArgument"/>
    public Option<FileInfo?> FileOption(string name, string description) =>
        new(name) { Description = description, CustomParser = result => At(result.Tokens[0].Value) };

    /// <summary>A path as it is meant by whoever typed it.</summary>
    public string PathOf(string path) => Path.GetFullPath(path, folder);

    private FileInfo At(string path) => new(Path.GetFullPath(path, folder));
}
