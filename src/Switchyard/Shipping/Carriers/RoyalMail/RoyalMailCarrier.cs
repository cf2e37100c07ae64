using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>Royal Mail through Click &amp; Drop (the ChannelShipper API v1): orders with their label in one call, found again by our reference.</summary>
public sealed class RoyalMailCarrier : ICarrier
{
    // The specification: a reference has at most 40 characters, an order one to 30,000 grams.
    private const int MostGrams = 30_000;

    public AdapterManifest Manifest { get; } = new("royal-mail", "Royal Mail (Click & Drop)", "https://api.parcel.royalmail.com/api/v1", ["rate", "label", "find", "void", "manifest", "track"],
        [
            new("apiKey", "The key of the integration \"Click & Drop API\".", IsSecret: true, IsRequired: true), new("rateCard", "Code of the rate card with your prices: the interface tells none."),
            new("packageFormat", "letter, largeLetter, smallParcel, mediumParcel, largeParcel; parcel by size when left out."), new("tradingName", "The sender's name on labels."),
            new("carrierName", "For manifests of accounts with several carriers."),
        ],
        ["pdf"], IsPost: true, "OpenAPI of Click & Drop v1 (api.parcel.royalmail.com).", RoyalMailAssumptions.All);

    public async Task<AdapterAnswer<IReadOnlyList<CarrierRate>>> Rate(CarrierCall call, Consignment what) =>
        what.WeightGrams > MostGrams ? AdapterAnswer<IReadOnlyList<CarrierRate>>.Of([]) : AdapterAnswer<IReadOnlyList<CarrierRate>>.Of(await call.Card(what));

    public async Task<AdapterAnswer<BookedLabel?>> Find(CarrierCall call, string reference)
    {
        var sent = await call.Send(HttpMethod.Get, $"/orders/{Quoted(reference)}", null, Key(call));
        if (sent.Fault is { } fault) return fault;
        if (sent.Value.Status == 404) return AdapterAnswer<BookedLabel?>.Of(null);
        var read = Read(sent.Value);
        if (read.Fault is { } unreadable) return unreadable;
        // 400 names references that are not there.
        if (!sent.Value.IsOk)
            return read.Value is JsonArray errors && errors.All(e => (string?)e?["code"] is "NotFound" or "OrderNotFound") ? AdapterAnswer<BookedLabel?>.Of(null) : new AdapterFault(FaultKind.Refused, Words(read.Value));
        var first = (read.Value as JsonArray)?.OfType<JsonObject>().OrderBy(o => (long?)o["orderIdentifier"] ?? long.MaxValue).FirstOrDefault();
        if (first is null) return AdapterAnswer<BookedLabel?>.Of(null);
        var booked = await Whole(call, first, null);
        return booked.Fault is { } missing ? missing : AdapterAnswer<BookedLabel?>.Of(booked.Value);
    }

    public async Task<AdapterAnswer<BookedLabel>> Book(CarrierCall call, Consignment what, ServiceQuote service)
    {
        var sent = await call.Send(HttpMethod.Post, "/orders", RoyalMailOrder.Of(call, what, service.Service!), Key(call));
        if (sent.Fault is { } fault) return fault;
        var read = Read(sent.Value);
        if (!sent.Value.IsOk) return new AdapterFault(FaultKind.Refused, read.IsOk ? Words(read.Value) : sent.Value.Beginning);
        if (read.Fault is { } unreadable) return unreadable;
        if ((read.Value["createdOrders"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault() is { } made) return await Whole(call, made, service);
        string? refusal = (read.Value["failedOrders"] as JsonArray)?.OfType<JsonObject>().SelectMany(f => (f["errors"] as JsonArray ?? []).OfType<JsonObject>()).Select(e => (string?)e["errorMessage"]).FirstOrDefault();
        return refusal is null ? new AdapterFault(FaultKind.Malformed, "The answer names neither an order nor an error.") : new AdapterFault(FaultKind.Refused, refusal);
    }

    public async Task<AdapterAnswer<Done>> Void(CarrierCall call, LabelKey label)
    {
        var sent = await call.Send(HttpMethod.Delete, $"/orders/{Uri.EscapeDataString(label.CarrierKey)}", null, Key(call));
        if (sent.Fault is { } fault) return fault;
        if (sent.Value.Status == 404) return new Done();
        var read = Read(sent.Value);
        if (read.Fault is { } unreadable) return sent.Value.IsOk ? unreadable : new AdapterFault(FaultKind.Refused, sent.Value.Beginning);
        if (sent.Value.IsOk && read.Value["deletedOrders"] is JsonArray { Count: > 0 }) return new Done();
        var errors = (read.Value as JsonArray ?? read.Value["errors"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        return errors.Count > 0 && errors.All(e => (string?)e["code"] is "NotFound" or "OrderNotFound") ? new Done() : new AdapterFault(FaultKind.Refused, Words(read.Value));
    }

    public async Task<AdapterAnswer<CarrierList>> Close(CarrierCall call, IReadOnlyList<LabelKey> labels, bool isAgain)
    {
        // The interface lists whatever is eligible and knows no list of ours; after an unheard answer the orders themselves say whether they are on one.
        if (isAgain && await AreManifested(call, labels) is { } already) return already;
        var body = new JsonObject();
        if (call.Access.Setting("carrierName") is { Length: > 0 } carrier) body["carrierName"] = carrier;
        var sent = await call.Send(HttpMethod.Post, "/manifests", body, Key(call));
        if (sent.Fault is { } fault) return fault;
        var read = Read(sent.Value);
        if (!sent.Value.IsOk) return new AdapterFault(FaultKind.Refused, read.IsOk ? Words(read.Value) : sent.Value.Beginning);
        if (read.Fault is { } unreadable) return unreadable;
        if (read.Value["manifestNumber"] is not JsonValue number) return new AdapterFault(FaultKind.Malformed, "The answer names no manifest.");
        string no = number.ToJsonString();
        var paper = Bytes(read.Value["documentPdf"]) ?? await Paper(call, no);
        return new CarrierList(no, paper, paper is null ? null : "pdf");
    }

    public async Task<AdapterAnswer<IReadOnlyList<ParcelScan>>> Track(CarrierCall call, LabelKey label)
    {
        var sent = await call.Send(HttpMethod.Get, $"/orders/{Uri.EscapeDataString(label.CarrierKey)}/full", null, Key(call));
        if (sent.Fault is { } fault) return fault;
        if (!sent.Value.IsOk) return new AdapterFault(FaultKind.Refused, sent.Value.Beginning);
        var read = Read(sent.Value);
        if (read.Fault is { } unreadable) return unreadable;
        var order = (read.Value as JsonArray)?.OfType<JsonObject>().FirstOrDefault();
        var scans = new List<ParcelScan>();
        if (order is null) return AdapterAnswer<IReadOnlyList<ParcelScan>>.Of(scans);
        Add("postageAppliedOn", ScanKind.Announced, "Postage applied");
        Add("manifestedOn", ScanKind.Announced, "Manifested");
        Add("shippedOn", ScanKind.Announced, "Despatched");
        // The status has no time of its own: it is told when it is read, and once, by its key.
        if ((string?)order["shippingDetails"]?["shippingTrackingStatus"] is { Length: > 0 } status)
            scans.Add(new ParcelScan(label.Tracking, RoyalMailWords.KindOf(status), status, status, call.Now, Key: "status " + status));
        return AdapterAnswer<IReadOnlyList<ParcelScan>>.Of(scans);

        void Add(string name, ScanKind kind, string words)
        {
            if (Instant(order[name]) is { } at) scans.Add(new ParcelScan(label.Tracking, kind, name, words, at));
        }
    }

    /// <summary>The interface sends no messages.</summary>
    public IReadOnlyList<ParcelScan>? Read(WebhookMail mail) => null;

    // An order whose label did not come with it is asked for its label; without one it is not booked yet, and not unbooked either.
    private async Task<AdapterAnswer<BookedLabel>> Whole(CarrierCall call, JsonObject order, ServiceQuote? service)
    {
        if ((long?)order["orderIdentifier"] is not { } id) return new AdapterFault(FaultKind.Malformed, "The order has no identifier.");
        string key = Text.Invariant(id);
        string? tracking = (string?)order["trackingNumber"] ?? (string?)(order["packages"] as JsonArray)?.FirstOrDefault()?["trackingNumber"];
        var label = Bytes(order["label"]);
        if (label is null)
        {
            var sent = await call.Send(HttpMethod.Get, $"/orders/{key}/label?documentType=postageLabel", null, Key(call));
            if (sent.Fault is { } fault) return fault.IsOpen ? fault : new AdapterFault(FaultKind.Unknown, "The order is made, and its label cannot be read: " + fault.Words, fault.RetryAfter);
            if (!sent.Value.IsOk || sent.Value.Body.Length == 0)
                return new AdapterFault(FaultKind.Unknown, "The order is made, and its label is not: " + ((order["labelErrors"] as JsonArray)?.OfType<JsonObject>().Select(e => (string?)e["message"]).FirstOrDefault() ?? sent.Value.Beginning));
            label = sent.Value.Body;
            // The tracking number is given with the label.
            var again = await call.Send(HttpMethod.Get, $"/orders/{key}", null, Key(call));
            if (tracking is null && again is { IsOk: true, Value.IsOk: true } && Read(again.Value) is { IsOk: true, Value: JsonArray and [JsonObject fresh, ..] }) tracking = (string?)fresh["trackingNumber"];
        }
        return new BookedLabel(key, tracking ?? key, label, "pdf", service?.Service);
    }

    private async Task<AdapterAnswer<CarrierList>?> AreManifested(CarrierCall call, IReadOnlyList<LabelKey> labels)
    {
        foreach (var part in labels.Chunk(100))
        {
            var sent = await call.Send(HttpMethod.Get, $"/orders/{string.Join(';', part.Select(l => Uri.EscapeDataString(l.CarrierKey)))}", null, Key(call));
            if (sent.Fault is { } fault) return (AdapterAnswer<CarrierList>)fault;
            var read = Read(sent.Value);
            if (!sent.Value.IsOk || !read.IsOk || read.Value is not JsonArray orders || orders.Count < part.Length || orders.Any(o => o?["manifestedOn"] is null)) return null;
        }
        return (AdapterAnswer<CarrierList>)new CarrierList("", null, null);
    }

    private async Task<byte[]?> Paper(CarrierCall call, string number)
    {
        var sent = await call.Send(HttpMethod.Get, $"/manifests/{number}", null, Key(call));
        return sent is { IsOk: true, Value.IsOk: true } && Read(sent.Value) is { IsOk: true } read ? Bytes(read.Value["documentPdf"]) : null;
    }

    private static (string, string) Key(CarrierCall call) => ("Authorization", "Bearer " + call.Access.Secret("apiKey"));
    private static string Quoted(string reference) => Uri.EscapeDataString($"\"{Uri.EscapeDataString(reference)}\"");

    private static AdapterAnswer<JsonNode> Read(AdapterReply reply) => reply.Json();

    private static DateTimeOffset? Instant(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static byte[]? Bytes(JsonNode? node)
    {
        if (node is not JsonValue value || !value.TryGetValue(out string? text) || text is not { Length: > 0 }) return null;
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : null;
    }

    private static string Words(JsonNode said) =>
        said is JsonArray list ? string.Join(' ', list.OfType<JsonObject>().Select(e => (string?)e["message"]).OfType<string>().Take(3))
        : (string?)said["message"] ?? (said["errors"] as JsonArray)?.OfType<JsonObject>().Select(e => (string?)e["message"] ?? (string?)e["description"]).FirstOrDefault() ?? "It gives no reason.";
}
