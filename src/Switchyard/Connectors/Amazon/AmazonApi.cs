using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Amazon;

/// <summary>How the Selling Partner API is asked: with an access token of an hour that is renewed when it has run out, and within each operation's own plan.</summary>
internal sealed class AmazonApi(AmazonBudget budget)
{
    private const string Notifications = "sellingpartnerapi::notifications";

    /// <param name="operation">By its name in the published models.</param>
    /// <param name="isGrantless">It belongs to the application, not to a seller.</param>
    public async Task<AdapterAnswer<AdapterReply>> Send(ChannelCall call, string operation, HttpMethod method, string path, JsonNode? body = null, bool isGrantless = false)
    {
        if (budget.Take(call.Access.Budget, operation) is { } wait) return new AdapterFault(FaultKind.Throttled, $"Amazon lets this account call {operation} again a little later.",
            wait);
        string? token = isGrantless ? null : Present(call);
        for (bool isRenewed = false; ;)
        {
            if (token is null)
            {
                var given = await Token(call, isGrantless);
                if (given.Fault is { } refused) return refused;
                (token, isRenewed) = (given.Value, true);
            }
            var sent = await call.Send(method, path, body, ("x-amz-access-token", token), ("User-Agent", "Switchyard (Language=C#)"));
            // A token that ran out in the middle is renewed once, and the same is asked again: a refusal did nothing.
            if (sent.Fault is { Kind: FaultKind.Unauthorized } && !isRenewed) { token = null; continue; }
            if (sent.Fault is { Kind: FaultKind.Throttled } much) return much with { RetryAfter = much.RetryAfter ?? budget.Empty(call.Access.Budget, operation) };
            if (sent.IsOk) budget.Learn(call.Access.Budget, operation, sent.Value);
            return sent;
        }
    }

    public async Task<AdapterAnswer<JsonNode>> Ask(ChannelCall call, string operation, HttpMethod method, string path, JsonNode? body = null, bool isGrantless = false)
    {
        var sent = await Send(call, operation, method, path, body, isGrantless);
        return sent.Fault is { } fault ? fault : sent.Value.IsOk ? sent.Value.Json() : Refused(sent.Value);
    }

    public static AdapterFault Refused(AdapterReply reply) => new(FaultKind.Refused, reply.Json() is { IsOk: true, Value: var said } && Words(said) is { Length: > 0 } words
        ? words : reply.Beginning);

    private static string? Words(JsonNode said) => said.Each("errors").Select(e =>
        string.Join(" ", new[] { e.Say("message"), e.Say("details") }.Where(w => !string.IsNullOrWhiteSpace(w)))).FirstOrDefault();

    // A minute before its end it is as good as run out.
    private static string? Present(ChannelCall call) =>
        call.Secret("accessToken") is { Length: > 0 } token && long.TryParse(call.Secret("accessTokenUntil"), CultureInfo.InvariantCulture, out long until)
            && until > call.Now.AddMinutes(1).ToUnixTimeSeconds() ? token : null;

    private static async Task<AdapterAnswer<string>> Token(ChannelCall call, bool isGrantless)
    {
        var form = new Dictionary<string, string> { ["client_id"] = call.Access.Setting("clientId") ?? "", ["client_secret"] = call.Secret("clientSecret") };
        if (isGrantless) (form["grant_type"], form["scope"]) = ("client_credentials", Notifications);
        else (form["grant_type"], form["refresh_token"]) = ("refresh_token", call.Secret("refreshToken"));
        using var content = new FormUrlEncodedContent(form);
        var sent = await call.SendContent(HttpMethod.Post, call.Access.Setting("tokenUrl") is { Length: > 0 } own ? own : AmazonWords.TokenUrl, content);
        if (sent.Fault is { } fault) return fault;
        var said = sent.Value.Json();
        // Consent that was taken back, or keys that are none: nothing works until somebody gives it anew.
        if (!sent.Value.IsOk) return new AdapterFault(FaultKind.Unauthorized,
            $"Login with Amazon refuses the account: {(said.IsOk ? said.Value.Say("error_description") ?? said.Value.Say("error") : null) ?? $"status {sent.Value.Status}"}.");
        if (said.Fault is { } malformed) return malformed;
        if (said.Value.Say("access_token") is not { Length: > 0 } token) return new AdapterFault(FaultKind.Malformed, "Login with Amazon gave no token.");
        if (!isGrantless)
        {
            long until = call.Now.ToUnixTimeSeconds() + (said.Value.Whole("expires_in") ?? 3600);
            await call.Renew(new Dictionary<string, string> { ["accessToken"] = token, ["accessTokenUntil"] = until.ToString(CultureInfo.InvariantCulture) });
        }
        return token;
    }
}
