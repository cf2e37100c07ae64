using System.CommandLine;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Switchyard.Http;

namespace Switchyard.Cli;

/// <summary>The options of every command that calls a server's API rather than its database.</summary>
public sealed class ApiOptions
{
    private readonly Option<string?> _server = new("--server") { Description = "The server; SWITCHYARD_SERVER, the one of 'switchyard login', or http://127.0.0.1:5080 when not said" };
    private readonly Option<string?> _key = new("--key") { Description = "An API key; SWITCHYARD_KEY, or the one of 'switchyard login' when not said" };

    public Option[] All => [_server, _key];

    /// <summary>The key of the line or the environment.</summary>
    public string? KeySaid(ParseResult parsed) => NotEmpty(parsed.GetValue(_key)) ?? NotEmpty(Environment.GetEnvironmentVariable("SWITCHYARD_KEY"));

    /// <summary>A caller of the server that is meant; null when there is no key or no address, which was then said.</summary>
    public ServerApi? Open(CommandHost host, ParseResult parsed, out int exitCode) => Open(host, parsed, KeySaid(parsed) ?? Login.Stored()?.Key, out exitCode);

    internal ServerApi? Open(CommandHost host, ParseResult parsed, string? key, out int exitCode)
    {
        exitCode = ExitCode.Usage;
        if (string.IsNullOrEmpty(key))
        {
            ServerApi.Say(host, parsed.GetValue(host.Json), "cli.key_needed", "An API key is needed: --key, SWITCHYARD_KEY, or 'switchyard login'.");
            return null;
        }
        string server = NotEmpty(parsed.GetValue(_server)) ?? NotEmpty(Environment.GetEnvironmentVariable("SWITCHYARD_SERVER")) ?? Login.Stored()?.Server ?? "http://127.0.0.1:5080";
        if (Uri.TryCreate(server.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return new ServerApi(host, address!, key, parsed.GetValue(host.Json));
        ServerApi.Say(host, parsed.GetValue(host.Json), "cli.no_address", $"{server} is no address of a server.");
        return null;
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>Calls a server's API for a command, and turns refusals into a sentence (or a problem under --json) and an exit code.</summary>
public sealed class ServerApi(CommandHost host, Uri address, string key, bool isJson) : IDisposable
{
    private readonly HttpClient _http = new()
    {
        BaseAddress = address, Timeout = TimeSpan.FromSeconds(100), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    public string Address => address.ToString().TrimEnd('/');
    public string Key => key;

    public Task<(JsonElement? Answer, int ExitCode)> Get(string path, CancellationToken stop) => Send(new HttpRequestMessage(HttpMethod.Get, path), stop);

    public Task<(JsonElement? Answer, int ExitCode)> Post(string path, object body, CancellationToken stop) =>
        Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: Json.Options) }, stop);

    private async Task<(JsonElement? Answer, int ExitCode)> Send(HttpRequestMessage request, CancellationToken stop)
    {
        try
        {
            using var answer = await _http.SendAsync(request, stop);
            string text = await answer.Content.ReadAsStringAsync(stop);
            if (answer.IsSuccessStatusCode) return (JsonDocument.Parse(text).RootElement, ExitCode.Ok);
            var (code, detail) = Problem(text);
            Say(host, isJson, code ?? "cli.refused", $"The server refuses ({(int)answer.StatusCode}): {detail}");
            return (null, ExitCode.Refused);
        }
        catch (HttpRequestException e)
        {
            Say(host, isJson, "cli.server_away", $"{Address} does not answer: {e.Message}");
            return (null, ExitCode.CannotRun);
        }
        catch (JsonException)
        {
            Say(host, isJson, "cli.server_away", $"{Address} is no Switchyard server.");
            return (null, ExitCode.CannotRun);
        }
    }

    internal static void Say(CommandHost host, bool isJson, string code, string detail)
    {
        if (isJson) host.Output.Line(JsonSerializer.Serialize(new { error = new { code, detail } }, Json.Options));
        else host.Output.Note(detail);
    }

    private static (string? Code, string Detail) Problem(string text)
    {
        try
        {
            var problem = JsonDocument.Parse(text).RootElement;
            string detail = problem.GetProperty("detail").GetString() ?? "";
            if (problem.TryGetProperty("errors", out var errors)) detail = string.Join("\n", errors.EnumerateArray().Select(e => e.GetProperty("detail").GetString()).Prepend(detail));
            return (problem.GetProperty("code").GetString(), detail);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException) { return (null, text.Length > 200 ? text[..200] : text); }
    }

    public void Dispose() => _http.Dispose();
}
