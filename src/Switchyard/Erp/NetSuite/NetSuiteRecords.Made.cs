using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Erp.NetSuite;

/// <summary>How a record is written and what it is made of.</summary>
internal sealed partial class NetSuiteRecords
{
    private async Task<AdapterAnswer<ErpRecord>> Upsert(string type, string externalId, JsonObject body)
    {
        body.Remove("externalId");                                                              // it is in the address
        return await Made(type, externalId, await api.Send(call, HttpMethod.Put, $"{Root}{type}/eid:{externalId}", body));
    }

    private async Task<AdapterAnswer<ErpRecord>> Transform(string from, string id, string to, string externalId, JsonObject body) =>
        await Made(to, externalId, await api.Send(call, HttpMethod.Post, $"{Root}{from}/{id}/!transform/{to}", body));

    private async Task<AdapterAnswer<ErpRecord>> Made(string type, string externalId, AdapterAnswer<AdapterReply> said)
    {
        if (said.Fault is { } fault) return fault;
        if (!said.Value.IsOk) return NetSuiteApi.Refusal(said.Value);
        if (said.Value.Headers.GetValueOrDefault("Location")?.Split('/')[^1] is { Length: > 0 } id && id.All(char.IsAsciiDigit)) return new ErpRecord(type, id);
        var found = await Find(type, externalId);
        if (found.Fault is { } unseen) return unseen;
        return found.Value is { } record ? record : new AdapterFault(FaultKind.Malformed, "NetSuite says that it has the record, and cannot find it.");
    }

    private JsonObject Head(ErpDocument document, string? currency)
    {
        var body = new JsonObject
        {
            ["externalId"] = document.ExternalId, ["tranDate"] = document.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["memo"] = Short(document.Memo),
        };
        if (currency is not null && Map(call.Access.Setting("currencies"))?.GetValueOrDefault(currency) is { } id) body["currency"] = Reference(id);
        // A record that is made of another one takes the subsidiary from it, an order to a vendor from the vendor.
        if (document is not (ErpShipment or ErpGoodsIn or ErpPurchaseOrder) && call.Access.Setting("subsidiary") is { Length: > 0 } subsidiary)
            body["subsidiary"] = Reference(subsidiary);
        return body;
    }

    /// <summary>A setting that maps texts to texts; null when it is no such thing.</summary>
    public static Dictionary<string, string>? Map(string? text)
    {
        try { return string.IsNullOrWhiteSpace(text) ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(text); }
        catch (JsonException) { return null; }
    }

    private static AdapterFault Unmapped(string node) => new(FaultKind.Refused, $"No location of NetSuite is given for {node}.");
    private static JsonObject Line(string item, long quantity, decimal amount, string words) =>
        new() { ["item"] = Reference(item), ["quantity"] = quantity, ["amount"] = amount, ["description"] = Short(words) };
    private static JsonObject Sublist(IEnumerable<JsonObject> lines) => new() { ["items"] = new JsonArray([.. lines]) };
    private static JsonObject Reference(string? id) => new() { ["id"] = id };
    private static decimal Major(long minor, string currency) => AdapterJson.Major(minor, currency);
    private static string Short(string text) => text.Length > 300 ? text[..300] : text;
}
