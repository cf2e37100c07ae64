using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Shopify;

/// <summary>Asks the Admin API: within the points there are, with its errors as faults.</summary>
internal sealed class ShopifyAsk
{
    private const string Path = "/admin/api/2025-01/graphql.json";

    /// <summary>One question waits for points so often and so long at most; then it is throttled, and asked again later.</summary>
    private const int MostWaits = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(12);

    private readonly ShopifyPoints _points = new();

    /// <summary>The data of an answer that has no errors.</summary>
    public async Task<AdapterAnswer<JsonObject>> Data(ChannelCall call, string document, JsonObject? variables = null)
    {
        var body = new JsonObject { ["query"] = document, ["variables"] = variables ?? [] };
        for (int waits = 0; ; waits++)
        {
            var wait = _points.Take(call.Access, document);
            if (wait == TimeSpan.Zero)
            {
                var sent = await call.Ask(HttpMethod.Post, Path, body, Refusal, ("X-Shopify-Access-Token", call.Secret("accessToken")));
                if (sent.Fault is { } fault) return fault;
                _points.Heard(call.Access, document, sent.Value.At("extensions", "cost"));
                var errors = sent.Value.Each("errors").ToList();
                if (errors.Count == 0 && sent.Value.At("errors") is null) return sent.Value.At("data") is JsonObject data ? data : new AdapterFault(FaultKind.Malformed, "The answer has neither data nor errors.");
                if (!errors.Any(e => e.Say("extensions", "code") == "THROTTLED")) return Fault(errors);
                wait = Missing(sent.Value.At("extensions", "cost"));
            }
            // Throttled with points enough: somebody else's rule, and no time is told.
            if (wait == TimeSpan.Zero) wait = LongestWait + TimeSpan.FromSeconds(1);
            if (waits >= MostWaits || wait > LongestWait) return new AdapterFault(FaultKind.Throttled, "The app has used the points that the shop gives it.", wait);
            await Task.Delay(wait, call.Stop);
        }
    }

    /// <summary>Does a mutation; what its user errors say is a refusal.</summary>
    public async Task<AdapterAnswer<JsonObject>> Do(ChannelCall call, string document, JsonObject variables, string name)
    {
        var said = await Data(call, document, variables);
        if (said.Fault is { } fault) return fault;
        if (said.Value.At(name) is not JsonObject done) return new AdapterFault(FaultKind.Malformed, "The answer says nothing of what was asked.");
        var errors = done.Each("userErrors").Concat(done.Each("orderCancelUserErrors")).Select(e => e.Say("message")).OfType<string>().Distinct().ToList();
        return errors.Count > 0 ? new AdapterFault(FaultKind.Refused, string.Join(" ", errors)) : done;
    }

    /// <summary>Adds the further pages of a list to a thing that was read with its first.</summary>
    public async Task<AdapterFault?> Fill(ChannelCall call, JsonObject thing, string list, string document)
    {
        while (thing.Is(list, "pageInfo", "hasNextPage") && thing.Say(list, "pageInfo", "endCursor") is { } after)
        {
            var said = await Data(call, document, new JsonObject { ["id"] = thing.Say("id"), ["after"] = after });
            if (said.Fault is { } fault) return fault;
            if (said.Value.At("node", list) is not JsonObject more) return new AdapterFault(FaultKind.Malformed, "The answer has no further page.");
            var nodes = thing.At(list, "nodes") as JsonArray ?? [];
            foreach (var one in more.Each("nodes")) nodes.Add(one.DeepClone());
            thing[list]!["pageInfo"] = more.At("pageInfo")?.DeepClone();
        }
        return null;
    }

    private static AdapterFault Fault(List<JsonObject> errors)
    {
        string words = string.Join(" ", errors.Select(e => e.Say("message")).OfType<string>().Distinct().Take(3));
        var kind = errors.Any(e => e.Say("extensions", "code") is "INTERNAL_SERVER_ERROR" or "TIMEOUT") ? FaultKind.Unknown : errors.Any(e => e.Say("extensions", "code") == "ACCESS_DENIED") ? FaultKind.Unauthorized : FaultKind.Refused;
        return new AdapterFault(kind, words.Length == 0 ? "The shop refused the question." : words.Length > 400 ? words[..400] : words);
    }

    private static TimeSpan Missing(JsonNode? cost)
    {
        int missing = (cost.Whole("requestedQueryCost") ?? 0) - (cost.Whole("throttleStatus", "currentlyAvailable") ?? 0), rate = Math.Max(1, cost.Whole("throttleStatus", "restoreRate") ?? 50);
        return missing <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)missing / rate + 0.05);
    }

    private static string? Refusal(JsonNode said) => said.Say("errors") ?? said.Say("error_description") ?? said.Say("error") ?? said.Each("errors").Select(e => e.Say("message")).FirstOrDefault();
}
