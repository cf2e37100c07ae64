using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Magento;

/// <summary>How Magento is asked: its address, an integration's keys, search criteria and refusals.</summary>
internal static class MagentoApi
{
    public static Task<AdapterAnswer<JsonNode>> Ask(ChannelCall call, HttpMethod method, string path, JsonNode? body = null)
    {
        string where = Where(call, path);
        return call.Ask(method, where, body, Refusal, Key(call, method, where));
    }

    /// <summary>As <see cref="Ask"/>, with the answer as it came: for those whose refusal is read by the program.</summary>
    public static Task<AdapterAnswer<AdapterReply>> Send(ChannelCall call, HttpMethod method, string path, JsonNode? body = null)
    {
        string where = Where(call, path);
        return call.Send(method, where, body, Key(call, method, where));
    }

    /// <summary>One thing by its id; null: there surely is none.</summary>
    public static async Task<AdapterAnswer<JsonObject?>> Find(ChannelCall call, string path)
    {
        var sent = await Send(call, HttpMethod.Get, path);
        if (sent.Fault is { } fault) return fault;
        if (sent.Value.Status == 404) return AdapterAnswer<JsonObject?>.Of(null);
        var said = sent.Value.Json();
        if (!sent.Value.IsOk) return new AdapterFault(FaultKind.Refused, said.IsOk ? Refusal(said.Value) ?? sent.Value.Beginning : sent.Value.Beginning);
        return said.Then(s => s is JsonObject found && found.Say("entity_id") is not null ? AdapterAnswer<JsonObject?>.Of(found)
            : new AdapterFault(FaultKind.Malformed, "The answer is nothing that this shop usually sends."));
    }

    /// <summary>All that fits, read to the end: only for lists that are short by nature (parcels, invoices and credit memos of one order, sources of a shop).</summary>
    public static async Task<AdapterAnswer<IReadOnlyList<JsonObject>>> All(ChannelCall call, string path, params (string Field, string Condition, string Value)[] filters)
    {
        const int Size = 100, MostPages = 20;
        var all = new List<JsonObject>();
        for (int page = 1; page <= MostPages; page++)
        {
            var said = await Ask(call, HttpMethod.Get, $"{path}?{Criteria(filters)}&searchCriteria[pageSize]={Size}&searchCriteria[currentPage]={page.ToString(CultureInfo.InvariantCulture)}");
            if (said.Fault is { } fault) return fault;
            var some = said.Value.Each("items").ToList();
            all.AddRange(some);
            // Behind the last page comes the last page again: only the total tells that there is no more.
            if (some.Count < Size || all.Count >= (said.Value.Whole("total_count") ?? 0)) break;
        }
        return all;
    }

    /// <summary>Filters of which all must fit, each in a group of its own.</summary>
    public static string Criteria(params IReadOnlyList<(string Field, string Condition, string Value)> filters) => string.Join('&', filters.Select((f, i) =>
    {
        string at = string.Create(CultureInfo.InvariantCulture, $"searchCriteria[filterGroups][{i}][filters][0]");
        return $"{at}[field]={f.Field}&{at}[conditionType]={f.Condition}&{at}[value]={Uri.EscapeDataString(f.Value)}";
    }));

    /// <summary>Filters of which one must fit. A list of SKUs with commas between would break at a SKU that has one.</summary>
    public static string AnyOf(string field, IEnumerable<string> values) => string.Join('&', values.Select((value, i) =>
    {
        string at = string.Create(CultureInfo.InvariantCulture, $"searchCriteria[filterGroups][0][filters][{i}]");
        return $"{at}[field]={field}&{at}[conditionType]=eq&{at}[value]={Uri.EscapeDataString(value)}";
    }));

    public static string Sorted(params IReadOnlyList<string> fields) =>
        string.Join('&', fields.Select((f, i) => string.Create(CultureInfo.InvariantCulture,
            $"searchCriteria[sortOrders][{i}][field]={f}&searchCriteria[sortOrders][{i}][direction]=ASC")));

    /// <summary>The shop's words, with what stands for %names put in; further errors behind them.</summary>
    public static string? Refusal(JsonNode said)
    {
        if (Filled(said) is not { } words) return null;
        var more = said.Each("errors").Select(Filled).OfType<string>().Take(5).ToList();
        return more.Count == 0 ? words : $"{words} {string.Join(" ", more)}";
    }

    private static string? Filled(JsonNode said)
    {
        if (said.Say("message") is not { } words) return null;
        if (said.At("parameters") is JsonObject named) foreach (var (name, value) in named) words = words.Replace("%" + name, value.Say() ?? "", StringComparison.Ordinal);
        if (said.At("parameters") is JsonArray numbered)
            for (int i = numbered.Count; i > 0; i--) words = words.Replace("%" + i.ToString(CultureInfo.InvariantCulture), numbered[i - 1].Say() ?? "", StringComparison.Ordinal);
        return words;
    }

    // The published address ends with /rest/default; who gives the shop's own address means that.
    private static string Where(ChannelCall call, string path)
    {
        string own = call.Access.BaseUrl.TrimEnd('/');
        return $"{(own.Contains("/rest", StringComparison.Ordinal) ? own : own + "/rest/default")}/V1{path}";
    }

    // An integration that is active has four keys, and calls are signed with all of them; a shop may let the access token alone stand for it.
    private static (string, string)[] Key(ChannelCall call, HttpMethod method, string url)
    {
        string token = call.Secret("accessToken");
        if (call.Secret("consumerKey") is not { Length: > 0 } consumer || call.Secret("consumerSecret") is not { Length: > 0 } consumerSecret
            || call.Secret("accessTokenSecret") is not { Length: > 0 } tokenSecret)
            return [("Authorization", "Bearer " + token)];
        var oauth = new (string Name, string Value)[]
        {
            ("oauth_consumer_key", consumer), ("oauth_nonce", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))), ("oauth_signature_method", "HMAC-SHA256"),
            ("oauth_timestamp", call.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), ("oauth_token", token), ("oauth_version", "1.0"),
        };
        string[] parts = url.Split('?', 2);
        var query = (parts.Length > 1 ? parts[1].Split('&', StringSplitOptions.RemoveEmptyEntries) : []).Select(p => p.Split('=', 2))
            .Select(p => (Name: Uri.UnescapeDataString(p[0]), Value: p.Length > 1 ? Uri.UnescapeDataString(p[1]) : ""));
        string given = string.Join('&', query.Concat(oauth).Select(p => (Name: Uri.EscapeDataString(p.Name), Value: Uri.EscapeDataString(p.Value)))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => $"{p.Name}={p.Value}"));
        string text = $"{method.Method}&{Uri.EscapeDataString(parts[0])}&{Uri.EscapeDataString(given)}",
            key = $"{Uri.EscapeDataString(consumerSecret)}&{Uri.EscapeDataString(tokenSecret)}";
        string signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.ASCII.GetBytes(key), Encoding.ASCII.GetBytes(text)));
        return [("Authorization", "OAuth " + string.Join(", ", oauth.Append((Name: "oauth_signature", Value: signature))
            .Select(p => $"{p.Name}=\"{Uri.EscapeDataString(p.Value)}\"")))];
    }
}
