using System.CommandLine;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Switchyard.Cli;
using Switchyard.Http;
using Switchyard.Log;

namespace Switchyard.Webhooks;

/// <summary>
/// <c>switchyard listen --forward http://localhost:3000/hook</c>: follows a server's events with an API key and forwards each to a
/// developer's own machine, signed like a webhook. It is a caller of the API and needs no database.
/// </summary>
public sealed class ListenCommand(CommandOutput output, HttpClient server, HttpClient receiver, Uri forward, string secret, IReadOnlyList<string> kinds, bool isJson)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2), LongestAnswer = TimeSpan.FromSeconds(15);
    private string? _lastId;

    public static Command Create(CommandHost host)
    {
        var forward = new Option<string>("--forward") { Description = "Where each event is sent, for instance http://localhost:3000/hook", Required = true };
        var events = new Option<string[]>("--events") { Description = "Kinds of events, for instance OrderPlaced or Order*; all when not said", AllowMultipleArgumentsPerToken = true };
        var server = new Option<string>("--server") { Description = "The server; SWITCHYARD_SERVER, the one of 'switchyard login', or http://127.0.0.1:5080 when not said" };
        var key = new Option<string?>("--key") { Description = "An API key with events:read; SWITCHYARD_KEY, or the one of 'switchyard login' when not said" };
        var secret = new Option<string?>("--secret") { Description = "The secret to sign with, whsec_…; a new one when not said" };
        var after = new Option<string?>("--after") { Description = "Begin after this event or position rather than now" };
        var command = CommandHost.Group("listen", "Forward events to an address on this machine, signed like a webhook", forward, events, server, key, secret, after);
        command.SetAction((parsed, stop) => LocalRunner.Guard(host, async () =>
        {
            string? apiKey = parsed.GetValue(key) ?? Environment.GetEnvironmentVariable("SWITCHYARD_KEY") ?? Login.Stored()?.Key;
            if (string.IsNullOrEmpty(apiKey)) return Complain("An API key with events:read is needed: --key, SWITCHYARD_KEY, or 'switchyard login'.");
            string at = parsed.GetValue(server) ?? Environment.GetEnvironmentVariable("SWITCHYARD_SERVER") ?? Login.Stored()?.Server ?? "http://127.0.0.1:5080";
            if (!Uri.TryCreate(at, UriKind.Absolute, out var address)) return Complain($"{at} is no address of a server.");
            if (!Uri.TryCreate(parsed.GetValue(forward), UriKind.Absolute, out var to) || to.Scheme is not ("http" or "https")) return Complain("--forward takes an address such as http://localhost:3000/hook.");
            string signing = parsed.GetValue(secret) ?? WebhookSignature.Secret(RandomNumberGenerator.GetBytes(32));
            if (!WebhookSignature.IsSecret(signing)) return Complain("A secret is whsec_ and 24 to 64 bytes in base64.");
            using var api = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
            api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
            using var receiver = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = LongestAnswer };
            var kinds = (parsed.GetValue(events) ?? []).SelectMany(e => e.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
            if (kinds.Find(k => !EventFilter.IsPattern(k)) is { } odd) return Complain($"'{odd}' is no kind of event, such as OrderPlaced or Order*.");
            string? begin = parsed.GetValue(after);
            return await new ListenCommand(host.Output, api, receiver, to, signing, kinds, parsed.GetValue(host.Json)) { _lastId = begin?.Replace("evt_", "", StringComparison.Ordinal) }.Run(stop);
        }));
        return command;

        int Complain(string sentence)
        {
            host.Output.Note(sentence);
            return ExitCode.Usage;
        }
    }

    private async Task<int> Run(CancellationToken stop)
    {
        if (isJson) Write(new { @object = "listening", server = server.BaseAddress, forward, secret });
        else
        {
            output.Line($"Secret: {secret}");
            output.Line($"Events of {server.BaseAddress} go to {forward}. Stop with Ctrl+C.");
        }
        string source = "";
        try
        {
            while (true)
            {
                try
                {
                    if (source.Length == 0) source = await Source(stop);
                    await Follow(source, stop);
                }
                catch (RefusedException e)
                {
                    output.Note(e.Message);
                    return ExitCode.Refused;
                }
                catch (Exception e) when (e is HttpRequestException or IOException) { output.Note($"The server is away ({e.Message}). It is asked again."); }
                await Task.Delay(BetweenTries, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { return ExitCode.Ok; }
    }

    private async Task<string> Source(CancellationToken stop)
    {
        using var answer = await server.GetAsync(new Uri("api/v1/session", UriKind.Relative), stop);
        await Refuse(answer, stop);
        using var session = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop));
        return CloudEvent.SourceOf(session.RootElement.GetProperty("merchant").GetString() ?? "");
    }

    /// <summary>Reads the live stream until it ends; the next one resumes behind the last id.</summary>
    private async Task Follow(string source, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("api/v1/events/stream", UriKind.Relative));
        if (_lastId is not null) request.Headers.Add("Last-Event-ID", _lastId);
        using var answer = await server.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        await Refuse(answer, stop);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stop));
        string? id = null, data = null;
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line.Length == 0 && id is not null)
            {
                if (data is not null) await Forward(JsonSerializer.Deserialize<EventView>(data, Json.Options)!, source, stop);
                (_lastId, id, data) = (id, null, null);
            }
        }
    }

    private async Task Forward(EventView entry, string source, CancellationToken stop)
    {
        if (kinds.Count > 0 && !EventFilter.Takes(kinds, entry.Kind)) return;
        var message = new WebhookMessage(forward.AbsoluteUri, entry.Id, CloudEvent.Of(entry, source).ToBytes(), [secret]);
        int? status = null;
        string? fault = null;
        long start = TimeProvider.System.GetTimestamp();
        try
        {
            using var answer = await receiver.SendAsync(message.ToRequest(TimeProvider.System.GetUtcNow()), stop);
            status = (int)answer.StatusCode;
        }
        catch (HttpRequestException e) { fault = "not taken: " + e.Message; }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested) { fault = "no answer"; }
        long took = (long)TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        if (isJson) Write(new { @object = "forwarded", id = entry.Id, kind = entry.Kind, aggregateKind = entry.AggregateKind, aggregateId = entry.AggregateId, status, error = fault, durationMs = took });
        else output.Line($"{entry.Id}  {entry.Kind}  {entry.AggregateId}  {fault ?? $"{status} in {took} ms"}");
    }

    // It never ends by itself, so each document is a line of its own.
    private void Write(object line) => output.Line(JsonSerializer.Serialize(line, Json.Options));

    private static async Task Refuse(HttpResponseMessage answer, CancellationToken stop)
    {
        if (answer.IsSuccessStatusCode) return;
        if ((int)answer.StatusCode is >= 400 and < 500 and not 429) throw new RefusedException($"The server refuses ({(int)answer.StatusCode}): {await answer.Content.ReadAsStringAsync(stop)}");
        throw new HttpRequestException($"it answered {(int)answer.StatusCode}");
    }

    private sealed class RefusedException(string why) : Exception(why);
}
