using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Access;

namespace Switchyard.Http;

/// <summary>Endpoint metadata: the answer holds amounts that cannot be taken out of it (a file, a stream), so it needs prices:read as well.</summary>
public sealed record TellsPrices;

/// <summary>
/// Takes every amount of money out of the answers to a caller without prices:read. It is done in one place and by a rule of
/// the house: whatever is money is called …Minor, in answers, events and explanations alike; so nothing new is forgotten.
/// </summary>
public sealed class HidePrices(RequestDelegate next)
{
    public async Task Invoke(HttpContext http)
    {
        if (http.Items[typeof(Actor)] is not Actor actor || actor.May(Permission.PricesRead)) { await next(http); return; }
        if (http.GetEndpoint()?.Metadata.GetMetadata<TellsPrices>() is not null) { await Problems.Write(http, AccessErrors.PricesHidden); return; }
        var sent = http.Response.Body;
        using var held = new MemoryStream();
        http.Response.Body = held;
        try { await next(http); }
        finally { http.Response.Body = sent; }
        held.Position = 0;
        if (http.Response.ContentType?.Contains("json", StringComparison.Ordinal) != true) { await held.CopyToAsync(sent, http.RequestAborted); return; }
        var answer = held.Length == 0 ? null : await JsonNode.ParseAsync(held, cancellationToken: http.RequestAborted);
        TakeOut(answer);
        http.Response.ContentLength = null;
        await JsonSerializer.SerializeAsync(sent, answer, Json.Options, http.RequestAborted);
    }

    /// <summary>Removes every member that names an amount, at any depth.</summary>
    public static void TakeOut(JsonNode? node)
    {
        if (node is JsonArray items) foreach (var item in items) TakeOut(item);
        if (node is not JsonObject thing) return;
        foreach (string name in thing.Select(m => m.Key).Where(IsMoney).ToList()) thing.Remove(name);
        foreach (var (_, member) in thing) TakeOut(member);
    }

    public static bool IsMoney(string name) => name.Contains("Minor", StringComparison.Ordinal);
}
