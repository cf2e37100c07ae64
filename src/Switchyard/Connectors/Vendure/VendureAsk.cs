using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Vendure;

/// <summary>Asks the Admin API in an administrator's session: lets itself in where there is none or it has ended, and has the shop's errors as faults.</summary>
internal static class VendureAsk
{
    private const string TokenHeader = "vendure-auth-token";

    /// <summary>The data of an answer that has no errors.</summary>
    public static async Task<AdapterAnswer<JsonObject>> Data(ChannelCall call, string document, JsonObject? variables = null)
    {
        bool isFresh = call.Secret("token").Length == 0;
        if (isFresh && await LogIn(call) is { } unknown) return unknown;
        for (; ; isFresh = true)
        {
            var said = await Once(call, document, variables);
            if (isFresh || said.Fault is not { Kind: FaultKind.Unauthorized }) return said;
            // Vendure says the same of a session that has ended and of a right that is missing.
            if (await LogIn(call) is { } refused) return refused;
        }
    }

    /// <summary>Does a mutation; an answer of another type than the wanted one is a refusal, in the shop's words.</summary>
    public static async Task<AdapterAnswer<JsonObject>> Do(ChannelCall call, string document, JsonObject variables, string name, string wanted)
    {
        var said = await Data(call, document, variables);
        if (said.Fault is { } fault) return fault;
        if (said.Value.At(name) is not JsonObject done) return new AdapterFault(FaultKind.Malformed, "The answer says nothing of what was asked.");
        if (done.Say("__typename") == wanted) return done;
        string words = done.Say("message") ?? done.Say("__typename") ?? "The shop refused it.";
        return new AdapterFault(FaultKind.Refused, done.Say("transitionError") is { Length: > 0 } why ? $"{words} {why}" : words);
    }

    private static async Task<AdapterAnswer<JsonObject>> Once(ChannelCall call, string document, JsonObject? variables)
    {
        var body = new JsonObject { ["query"] = document, ["variables"] = variables?.DeepClone() ?? new JsonObject() };
        var sent = await call.Ask(HttpMethod.Post, Path(call), body, Refusal, Headers(call, ("Authorization", "Bearer " + call.Secret("token"))));
        if (sent.Fault is { } fault) return fault;
        var errors = sent.Value.Each("errors").ToList();
        if (errors.Count > 0) return Fault(errors);
        return sent.Value.At("data") is JsonObject data ? data : new AdapterFault(FaultKind.Malformed, "The answer has neither data nor errors.");
    }

    // The session's token is in a header of the answer.
    private static async Task<AdapterFault?> LogIn(ChannelCall call)
    {
        var body = new JsonObject
        {
            ["query"] = VendureDocuments.LogIn, ["variables"] = new JsonObject { ["username"] = call.Access.Setting("username"), ["password"] = call.Secret("password") },
        };
        var sent = await call.Send(HttpMethod.Post, Path(call), body, Headers(call));
        if (sent.Fault is { } fault) return fault;
        var said = sent.Value.Json();
        if (said.Fault is { } broken) return broken;
        var errors = said.Value.Each("errors").ToList();
        if (errors.Count > 0) return Fault(errors);
        if (said.Value.Say("data", "login", "__typename") is not "CurrentUser")
            return new AdapterFault(FaultKind.Unauthorized, said.Value.Say("data", "login", "message") ?? "The shop does not let this administrator in.");
        if (sent.Value.Headers.GetValueOrDefault(TokenHeader) is not { Length: > 0 } token)
            return new AdapterFault(FaultKind.Refused, "The shop gives its sessions no token: its tokenMethod has to have bearer in it.");
        await call.Renew(new Dictionary<string, string> { ["token"] = token });
        return null;
    }

    private static string Path(ChannelCall call) => "/" + (call.Access.Setting("path") is { Length: > 0 } path ? path.Trim('/') : "admin-api");

    private static (string, string)[] Headers(ChannelCall call, params (string, string)[] more) =>
        call.Secret("channelToken") is { Length: > 0 } channel ? [("vendure-token", channel), .. more] : more;

    private static AdapterFault Fault(List<JsonObject> errors)
    {
        string words = string.Join(" ", errors.Select(e => e.Say("message")).OfType<string>().Distinct().Take(3));
        var kind = errors.Any(e => e.Say("extensions", "code") is "FORBIDDEN" or "UNAUTHORIZED" or "UNAUTHENTICATED") ? FaultKind.Unauthorized
            : errors.Any(e => e.Say("extensions", "code") is "INTERNAL_SERVER_ERROR") ? FaultKind.Unknown : FaultKind.Refused;
        return new AdapterFault(kind, words.Length == 0 ? "The shop refused the question." : words.Length > 400 ? words[..400] : words);
    }

    private static string? Refusal(JsonNode said) => said.Each("errors").Select(e => e.Say("message")).FirstOrDefault() ?? said.Say("message");
}
