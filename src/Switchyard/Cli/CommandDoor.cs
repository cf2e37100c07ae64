using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Cli;

/// <summary>
/// The server's side of the command line: on SQLite it announces itself beside the file, and runs the lines that are sent
/// to it with the very code a process of its own would run.
/// </summary>
public static class CommandDoor
{
    public static void Map(WebApplication app, DatabaseSettings settings)
    {
        if (settings.Kind != DatabaseKind.Sqlite) return;
        string token = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        app.MapGet(RunningServer.Path, (HttpContext http) => IsAllowed(http, token) ? Results.Ok() : Results.NotFound())
            .IsOpenToAnyone().ExcludeFromDescription().WithName("internal.ping");
        app.MapPost(RunningServer.Path, async (HttpContext http) =>
        {
            if (!IsAllowed(http, token)) { http.Response.StatusCode = StatusCodes.Status404NotFound; return; }
            var request = (await http.Request.ReadFromJsonAsync<RunningServer.Request>(Json.Options))!;
            await Run(http, request);
        }).IsOpenToAnyone().ExcludeFromDescription().WithName("internal.command");

        RunningServer? announced = null;
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            announced = new RunningServer(OnThisMachine(app.Services.GetRequiredService<IServer>()), token);
            announced.Announce(settings);
        });
        app.Lifetime.ApplicationStopping.Register(() => announced?.Withdraw(settings));
    }

    /// <summary>Only from this machine, and only with the token, compared in constant time.</summary>
    private static bool IsAllowed(HttpContext http, string token) =>
        (http.Connection.RemoteIpAddress is null || IPAddress.IsLoopback(http.Connection.RemoteIpAddress)) &&
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(http.Request.Headers[RunningServer.TokenHeader].ToString()), Encoding.UTF8.GetBytes(token));

    private static async Task Run(HttpContext http, RunningServer.Request request)
    {
        http.Response.ContentType = "application/x-ndjson";
        await http.Response.StartAsync();
        await using var output = new StreamOutput(http.Response.Body);
        var host = new CommandHost(output, request.Folder, (host, parsed, _, body, stop) => LocalRunner.Guard(host,
            () => body(new CommandRun(http.RequestServices, parsed, host, isInServer: true, stop))));
        output.Exit(await CommandLine.Run(host, request.Arguments, http.RequestAborted));
    }

    private static string OnThisMachine(IServer server)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()!.Addresses;
        string address = addresses.FirstOrDefault(a => a.StartsWith("http:", StringComparison.Ordinal)) ?? addresses.First();
        return address.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)
            .Replace("//+", "//127.0.0.1", StringComparison.Ordinal).Replace("//*", "//127.0.0.1", StringComparison.Ordinal);
    }

    /// <summary>Sends what a command says as lines of JSON. Progress is dropped while the reader is behind; words never are.</summary>
    private sealed class StreamOutput : CommandOutput
    {
        private readonly Channel<RunningServer.Said> _said = Channel.CreateUnbounded<RunningServer.Said>(new UnboundedChannelOptions { SingleReader = true });
        private readonly Task _sending;
        private int _waiting;

        public StreamOutput(Stream to) => _sending = Send(to);

        public override void Line(string text) => Add(new RunningServer.Said(Line: text));
        public override void Note(string text) => Add(new RunningServer.Said(Note: text));
        public void Exit(int code) => Add(new RunningServer.Said(Exit: code));

        public override void Progress(string what, long done, long? total)
        {
            if (Volatile.Read(ref _waiting) == 0) Add(new RunningServer.Said(Progress: new RunningServer.Step(what, done, total)));
        }

        public override async ValueTask DisposeAsync()
        {
            _said.Writer.TryComplete();
            await _sending;
            await base.DisposeAsync();
        }

        private void Add(RunningServer.Said said)
        {
            Interlocked.Increment(ref _waiting);
            _said.Writer.TryWrite(said);
        }

        private async Task Send(Stream to)
        {
            try
            {
                await foreach (var said in _said.Reader.ReadAllAsync())
                {
                    await JsonSerializer.SerializeAsync(to, said, Json.Options);
                    await to.WriteAsync("\n"u8.ToArray());
                    await to.FlushAsync();
                    Interlocked.Decrement(ref _waiting);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException) { /* whoever asked has gone; the command goes on to its end or is stopped by its token */ }
        }
    }
}
