using System.Net.Http.Json;
using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Cli;

/// <summary>
/// The server that has a SQLite file open, as it tells in <c>FILE.server</c>: only its own user can read the token there.
/// </summary>
/// <param name="Address">Its address on this machine.</param>
/// <param name="Token">Shows that the caller could read the file.</param>
public sealed record RunningServer(string Address, string Token)
{
    public const string Path = "/internal/command", TokenHeader = "X-Switchyard-Command-Token";

    /// <summary>A line typed elsewhere.</summary>
    public sealed record Request(string[] Arguments, string Folder);

    /// <summary>One line of the answer's stream; exactly one member is set, and <c>Exit</c> is the last.</summary>
    public sealed record Said(string? Line = null, string? Note = null, Step? Progress = null, int? Exit = null);

    public sealed record Step(string What, long Done, long? Total);

    public static string FileOf(DatabaseSettings settings) => settings.SqlitePath + ".server";

    /// <summary>The server that says it runs on this database. It may be gone: a killed one leaves its file behind.</summary>
    public static RunningServer? Find(DatabaseSettings settings)
    {
        if (settings.Kind != DatabaseKind.Sqlite || !File.Exists(FileOf(settings))) return null;
        try { return JsonSerializer.Deserialize<RunningServer>(File.ReadAllText(FileOf(settings)), Json.Options); }
        catch (Exception e) when (e is JsonException or FileNotFoundException) { return null; }
    }

    /// <summary>Tells others of this user where the server is, in a file nobody else can read.</summary>
    public void Announce(DatabaseSettings settings)
    {
        string file = FileOf(settings);
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        JsonSerializer.Serialize(stream, this, Json.Options);
    }

    /// <summary>Takes the announcement back, unless another server has written its own since.</summary>
    public void Withdraw(DatabaseSettings settings)
    {
        if (Find(settings) == this) File.Delete(FileOf(settings));
    }

    /// <summary>Does it answer, and know the token?</summary>
    public async Task<bool> Answers(CancellationToken stop)
    {
        using var http = Client();
        using var response = await Try(http, new HttpRequestMessage(HttpMethod.Get, Path), stop);
        return response is { IsSuccessStatusCode: true };
    }

    /// <summary>Has it run a line; null when it is no longer there, and nothing was run.</summary>
    public async Task<int?> Send(string[] arguments, string folder, CommandOutput output, CancellationToken stop)
    {
        using var http = Client();
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(new Request(arguments, folder), options: Json.Options) };
        using var response = await Try(http, request, stop);
        if (response is not { IsSuccessStatusCode: true }) return null;
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
        try
        {
            while (await reader.ReadLineAsync(stop) is { } line)
            {
                var said = JsonSerializer.Deserialize<Said>(line, Json.Options)!;
                if (said.Line is { } text) output.Line(text);
                if (said.Note is { } note) output.Note(note);
                if (said.Progress is { } step) output.Progress(step.What, step.Done, step.Total);
                if (said.Exit is { } code) return code;
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException) { /* told below */ }
        output.Note("The server stopped before the command ended. It may be done in part: run it again.");
        return ExitCode.CannotRun;
    }

    // The token goes only to this machine, so the name in a certificate of ours proves nothing more.
    private HttpClient Client()
    {
        var http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        })
        { BaseAddress = new Uri(Address), Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Add(TokenHeader, Token);
        return http;
    }

    private static async Task<HttpResponseMessage?> Try(HttpClient http, HttpRequestMessage request, CancellationToken stop)
    {
        try { return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop); }
        catch (HttpRequestException) { return null; }
    }
}
