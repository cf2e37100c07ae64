using System.CommandLine;
using Switchyard.Database;

namespace Switchyard.Cli;

/// <summary><c>switchyard serve</c>: the server, until it is told to stop.</summary>
public static class Serve
{
    public static Command Command(CommandHost host)
    {
        var urls = new Option<string?>("--urls") { Description = "Addresses to listen on, for instance http://0.0.0.0:8080" };
        var command = CommandHost.Group("serve", "Run the server. Further options go to its host, such as --Logging:LogLevel:Default Debug", urls);
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, stop) => LocalRunner.Guard(host, async () =>
        {
            string[] arguments = parsed.GetValue(urls) is { } listen ? ["--urls", listen, .. parsed.UnmatchedTokens] : [.. parsed.UnmatchedTokens];
            return await Run(host, arguments, stop);
        }));
        return command;
    }

    private static async Task<int> Run(CommandHost host, string[] arguments, CancellationToken stop)
    {
        var settings = LocalRunner.Settings();
        if (RunningServer.Find(settings) is { } other && await other.Answers(stop))
        {
            host.Output.Note($"A server already runs on {settings.SqlitePath}, at {other.Address}.");
            return ExitCode.CannotRun;
        }
        await using var app = await ServerHost.Build(settings, arguments);
        app.Services.GetRequiredService<Db>().BecomeWriter();
        await app.RunAsync(stop);
        return ExitCode.Ok;
    }
}
