using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Switchyard.Cli;
using Switchyard.Http;

namespace Switchyard.Webhooks;

/// <summary>
/// <c>switchyard trigger OrderPlaced --forward http://localhost:3000/hook</c>: sends a realistic event of a kind, signed as real ones are,
/// to an address on this machine; or has a server send it to one of its webhooks. Nothing is written to any log.
/// </summary>
public static class TriggerCommand
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(15);

    public static Command Create(CommandHost host)
    {
        var caller = new ApiOptions();
        var kind = new Argument<string?>("event") { Description = "The kind of event, for instance OrderPlaced", Arity = ArgumentArity.ZeroOrOne };
        var list = new Option<bool>("--list") { Description = "Name the kinds instead" };
        var forward = new Option<string?>("--forward") { Description = "Send it to this address, for instance http://localhost:3000/hook" };
        var secret = new Option<string?>("--secret") { Description = "With --forward: the secret to sign with, whsec_…; a new one when not said" };
        var webhook = new Option<string?>("--webhook") { Description = "Have the server send it to this webhook of its, whk_…, with the webhook's own secrets" };
        var command = CommandHost.Group("trigger", "Send a sample event to a webhook or to an address on this machine", [kind, list, forward, secret, webhook, .. caller.All]);
        command.SetAction((parsed, stop) => LocalRunner.Guard(host, async () =>
        {
            bool isJson = parsed.GetValue(host.Json);
            if (parsed.GetValue(list)) return Answer(host, isJson, new { kinds = EventSamples.Kinds }, string.Join('\n', EventSamples.Kinds));
            if (parsed.GetValue(kind) is not { } wanted) return Refuse(host, isJson, "cli.usage", "Which event? 'switchyard trigger --list' names the kinds.", ExitCode.Usage);
            if (!EventSamples.Kinds.Contains(wanted)) return Refuse(host, isJson, "webhooks.no_sample", $"There is no sample of an event {wanted}. 'switchyard trigger --list' names the kinds.", ExitCode.Refused);
            string? to = parsed.GetValue(forward), id = parsed.GetValue(webhook);
            if (to is null == id is null) return Refuse(host, isJson, "cli.usage", "Say where it goes: --forward ADDRESS or --webhook ID.", ExitCode.Usage);
            return to is not null ? await Forward(host, isJson, wanted, to, parsed.GetValue(secret), stop) : await AskServer(host, isJson, wanted, id!, parsed, caller, stop);
        }));
        return command;
    }

    private static async Task<int> AskServer(CommandHost host, bool isJson, string kind, string id, ParseResult parsed, ApiOptions caller, CancellationToken stop)
    {
        using var api = caller.Open(host, parsed, out int refused);
        if (api is null) return refused;
        var (answer, code) = await api.Post($"api/v1/webhooks/{Uri.EscapeDataString(id)}/test", new { kind }, stop);
        if (answer is not { } sent) return code;
        bool isTaken = sent.GetProperty("isDelivered").GetBoolean();
        host.Output.Line(isJson ? sent.GetRawText() : $"{sent.GetProperty("event").GetString()}  {kind}  " + (isTaken ? $"{sent.GetProperty("status").GetInt32()} in {sent.GetProperty("durationMs").GetInt64()} ms"
            : "not taken: " + sent.GetProperty("error").GetString()));
        return isTaken ? ExitCode.Ok : ExitCode.Refused;
    }

    private static async Task<int> Forward(CommandHost host, bool isJson, string kind, string to, string? secret, CancellationToken stop)
    {
        if (!Uri.TryCreate(to, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return Refuse(host, isJson, "cli.usage", "--forward takes an address such as http://localhost:3000/hook.", ExitCode.Usage);
        string signing = secret ?? WebhookSignature.Secret(RandomNumberGenerator.GetBytes(32));
        if (!WebhookSignature.IsSecret(signing)) return Refuse(host, isJson, "cli.usage", "A secret is whsec_ and 24 to 64 bytes in base64.", ExitCode.Usage);
        var sample = EventSamples.Event(kind, CloudEvent.SourceOf("main"), TimeProvider.System.GetUtcNow())!;
        using var receiver = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = LongestAnswer };
        long start = TimeProvider.System.GetTimestamp();
        int? status = null;
        string? fault = null;
        try
        {
            using var answer = await receiver.SendAsync(new WebhookMessage(address.AbsoluteUri, sample.Id, sample.ToBytes(), [signing]).ToRequest(TimeProvider.System.GetUtcNow()), stop);
            status = (int)answer.StatusCode;
        }
        catch (HttpRequestException e) { fault = e.Message; }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested) { fault = "no answer"; }
        long tookMs = (long)TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        bool isTaken = status is >= 200 and < 300;
        if (secret is null && !isJson) host.Output.Line($"Secret: {signing}");
        Answer(host, isJson, new { @event = sample.Id, isDelivered = isTaken, status, error = fault, durationMs = tookMs, secret = signing },
            $"{sample.Id}  {kind}  " + (fault is null ? $"{status} in {tookMs} ms" : "not taken: " + fault));
        return isTaken ? ExitCode.Ok : ExitCode.Refused;
    }

    private static int Answer(CommandHost host, bool isJson, object answer, string text)
    {
        host.Output.Line(isJson ? JsonSerializer.Serialize(answer, Json.Options) : text);
        return ExitCode.Ok;
    }

    private static int Refuse(CommandHost host, bool isJson, string code, string detail, int exitCode)
    {
        ServerApi.Say(host, isJson, code, detail);
        return exitCode;
    }
}
