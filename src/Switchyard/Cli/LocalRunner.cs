using System.CommandLine;
using Microsoft.Data.Sqlite;
using Npgsql;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Cli;

/// <summary>
/// Runs commands from a terminal. When a server has the SQLite file open it is the only writer, so the line is sent to it;
/// otherwise the rooms are set up in this process.
/// </summary>
public static class LocalRunner
{
    /// <summary>The whole command line of this process.</summary>
    public static async Task<int> Start(string[] arguments)
    {
        using var interrupted = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = true; interrupted.Cancel(); };
        await using var output = ConsoleOutput.OfProcess();
        string folder = Environment.CurrentDirectory;
        var host = new CommandHost(output, folder, (host, parsed, needs, body, stop) => Run(host, parsed, needs, body, arguments, folder, stop));
        arguments = CommandLine.WithDefault(host, arguments);
        return await CommandLine.Run(host, arguments, interrupted.Token);
    }

    /// <summary>The database this process is told to use.</summary>
    public static DatabaseSettings Settings() => DatabaseSettings.Parse(Environment.GetEnvironmentVariable("SWITCHYARD_DATABASE"));

    private static async Task<int> Run(CommandHost host, ParseResult parsed, CommandNeeds needs, Func<CommandRun, Task<int>> body,
        string[] arguments, string folder, CancellationToken stop)
    {
        return await Guard(host, async () =>
        {
            var settings = Settings();
            if (RunningServer.Find(settings) is { } server && await server.Send(arguments, folder, host.Output, stop) is { } code) return code;
            if (needs == CommandNeeds.Writes) await Migrator.Run(settings, TimeProvider.System);
            else if (await Migrator.Missing(settings) is { } missing) return Complain(host, missing);
            await using var app = ServerHost.Compose(settings, ["--Logging:LogLevel:Default", "Warning"], TimeProvider.System);
            return await body(new CommandRun(app.Services, parsed, host, isInServer: false, stop));
        });
    }

    /// <summary>Turns what keeps a command from running into a sentence and exit code 3.</summary>
    public static async Task<int> Guard(CommandHost host, Func<Task<int>> run)
    {
        try { return await run(); }
        catch (OperationCanceledException) { return Complain(host, "Interrupted."); }
        catch (Exception e) when (e is DatabaseInUseException or MigrationException or NpgsqlException or SqliteException or IOException or UnauthorizedAccessException)
        {
            return Complain(host, e.Message);
        }
#pragma warning disable CA1031 // the process edge
        catch (Exception e) { return Complain(host, "A fault of ours, please report it: " + e); }
#pragma warning restore CA1031
    }

    private static int Complain(CommandHost host, string sentence)
    {
        host.Output.Note(sentence);
        return ExitCode.CannotRun;
    }
}
