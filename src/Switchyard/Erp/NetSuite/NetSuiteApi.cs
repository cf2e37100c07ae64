using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Erp.NetSuite;

/// <summary>Speaks with one account: lets itself in, keeps to as many calls at once as the account leaves us, and reads refusals.</summary>
internal sealed class NetSuiteApi
{
    public const string TokenPath = "/services/rest/auth/oauth2/v1/token";
    private const int UsualTogether = 2;
    private readonly ConcurrentDictionary<Guid, Access> _accesses = new();

    private sealed class Access(int together) : IDisposable
    {
        public int Together { get; } = together;
        public SemaphoreSlim Gate { get; } = new(together);
        public Token? Token { get; set; }
        public void Dispose() => Gate.Dispose();
    }

    private sealed record Token(string Text, string Of, DateTimeOffset Until);

    /// <summary>A call whose refusal is an answer too: the reply may be any 2xx or 4xx.</summary>
    public async Task<AdapterAnswer<AdapterReply>> Send(ErpCall call, HttpMethod method, string path, JsonNode? body = null, params (string Name, string Value)[] headers)
    {
        int together = int.TryParse(call.Access.Setting("concurrency"), CultureInfo.InvariantCulture, out int wanted) && wanted is > 0 and <= 50 ? wanted : UsualTogether;
        var access = _accesses.AddOrUpdate(call.Access.Id, _ => new Access(together), (_, known) => known.Together == together ? known : new Access(together));
        await access.Gate.WaitAsync(call.Stop);
        try
        {
            for (int tries = 0; ; tries++)
            {
                var header = await Authorization(call, access, method, path);
                if (header.Fault is { } shut) return shut;
                var said = await call.Send(method, path, body, [("Authorization", header.Value), .. headers]);
                // A token may end before its time; once more with a new one.
                if (said.Fault is not { Kind: FaultKind.Unauthorized } || access.Token is null || tries > 0) return said;
                access.Token = null;
            }
        }
        finally { access.Gate.Release(); }
    }

    /// <summary>The same, and the answer is JSON.</summary>
    public async Task<AdapterAnswer<JsonNode>> Ask(ErpCall call, HttpMethod method, string path, JsonNode? body = null, params (string Name, string Value)[] headers)
    {
        var said = await Send(call, method, path, body, headers);
        if (said.Fault is { } fault) return fault;
        return said.Value.IsOk ? said.Value.Json() : Refusal(said.Value);
    }

    /// <summary>One page of a query. Every query has an order of its own that is unambiguous, and begins each page behind the last row: rows that change meanwhile shift
    /// no page.</summary>
    public async Task<AdapterAnswer<(List<JsonObject> Rows, bool HasMore)>> Query(ErpCall call, string query, int limit)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/services/rest/query/v1/suiteql?limit={limit}&offset=0");
        var said = await Ask(call, HttpMethod.Post, path, new JsonObject { ["q"] = query }, ("Prefer", "transient"));
        if (said.Fault is { } fault) return fault;
        if (said.Value.At("items") is not JsonArray) return new AdapterFault(FaultKind.Malformed, "The answer to a query has no items.");
        return (said.Value.Each("items").ToList(), said.Value.Is("hasMore"));
    }

    /// <summary>Why NetSuite said no, in its own words. What only waits its turn is throttled.</summary>
    public static AdapterFault Refusal(AdapterReply reply)
    {
        var said = reply.Json();
        var first = said.IsOk ? said.Value.Each("o:errorDetails").FirstOrDefault() : null;
        string? code = first.Say("o:errorCode"), words = first.Say("detail") ?? (said.IsOk ? said.Value.Say("title") : null);
        string text = words is null ? reply.Beginning : code is null ? words : $"{words} ({code})";
        return NetSuiteWords.Passing.Contains(code ?? "") ? new AdapterFault(FaultKind.Throttled, text, TimeSpan.FromSeconds(5)) : new AdapterFault(FaultKind.Refused, text);
    }

    private async Task<AdapterAnswer<string>> Authorization(ErpCall call, Access access, HttpMethod method, string path)
    {
        string realm = (call.Access.Setting("account") ?? "").ToUpperInvariant().Replace('-', '_');
        // Who has given a certificate, which NetSuite prefers, is let in by it: tokens that are kept beside it may have been revoked.
        if (call.Access.Secret("privateKey").Length == 0)
            return NetSuiteAuth.Signed(method.Method, call.Access.BaseUrl.TrimEnd('/') + path, realm, (call.Access.Secret("consumerKey"), call.Access.Secret("consumerSecret")),
                (call.Access.Secret("tokenId"), call.Access.Secret("tokenSecret")), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), call.Now);
        string of = $"{call.Access.Secret("clientId")} {call.Access.Secret("certificateId")}";
        if (access.Token is { } known && known.Of == of && known.Until > call.Now) return "Bearer " + known.Text;
        string audience = call.Access.BaseUrl.TrimEnd('/') + TokenPath;
        if (NetSuiteAuth.Assertion(call.Access.Secret("privateKey"), call.Access.Secret("certificateId"), call.Access.Secret("clientId"), audience, call.Now) is not { } assertion)
            return new AdapterFault(FaultKind.Unauthorized, "The private key cannot be read. It is a PEM of an RSA key, or of an elliptic curve of 256, 384 or 521 bits.");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", ["client_assertion"] = assertion,
        });
        var said = await call.SendContent(HttpMethod.Post, TokenPath, form);
        // No token, so nothing that was to be done with it was done.
        if (said.Fault is { } fault) return fault.IsOpen ? fault with { Kind = FaultKind.NotSent } : fault;
        if (!said.Value.IsOk) return new AdapterFault(FaultKind.Unauthorized, $"NetSuite gives no token: {said.Value.Beginning}");
        var json = said.Value.Json();
        if (!json.IsOk || json.Value.Say("access_token") is not { Length: > 0 } text) return new AdapterFault(FaultKind.NotSent, "NetSuite's answer holds no token.");
        int seconds = json.Value.Whole("expires_in") ?? 3600;
        access.Token = new Token(text, of, call.Now.AddSeconds(Math.Max(30, seconds - 60)));
        return "Bearer " + text;
    }
}
