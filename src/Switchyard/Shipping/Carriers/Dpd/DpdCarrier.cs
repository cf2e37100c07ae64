using System.Text;
using System.Text.Json.Nodes;
using Switchyard.Adapters;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>DPD UK: a session, then shipments under our reference. DPD publishes no open specification; what is assumed stands in <see cref="DpdWords.Assumptions"/>.</summary>
public sealed class DpdCarrier : ICarrier
{
    public AdapterManifest Manifest { get; } = new("dpd-uk", "DPD UK", "https://api.dpd.co.uk", ["rate", "label", "find", "void", "manifest", "track"],
        [
            new("userName", "Name of the user for the interface.", IsRequired: true), new("password", "Its password.", IsSecret: true, IsRequired: true), new("accountNumber", "Your number with DPD.", IsRequired: true),
            new("rateCard", "Code of the rate card with your prices: the interface tells none."),
        ],
        ["epl"], IsPost: false, "No open specification: public client libraries of DPD UK, and the bodies of DPD's META API.", DpdWords.Assumptions);

    public async Task<AdapterAnswer<IReadOnlyList<CarrierRate>>> Rate(CarrierCall call, Consignment what) => AdapterAnswer<IReadOnlyList<CarrierRate>>.Of(await call.Card(what));

    public async Task<AdapterAnswer<BookedLabel?>> Find(CarrierCall call, string reference)
    {
        var said = await Ask(call, HttpMethod.Get, "/shipping/shipment?shippingRef1=" + Uri.EscapeDataString(reference), null);
        if (said.Fault is { } fault) return fault;
        if (said.Value.At("data") is not JsonArray list) return new AdapterFault(FaultKind.Malformed, "The answer is no list of shipments.");
        var first = list.OfType<JsonObject>().Where(s => !s.Is("cancelled")).OrderBy(s => s.Say("shipmentId"), StringComparer.Ordinal).FirstOrDefault();
        if (first is null) return AdapterAnswer<BookedLabel?>.Of(null);
        var booked = await Whole(call, first, null);
        return booked.Fault is { } missing ? missing : AdapterAnswer<BookedLabel?>.Of(booked.Value);
    }

    public async Task<AdapterAnswer<BookedLabel>> Book(CarrierCall call, Consignment what, ServiceQuote service)
    {
        var said = await Ask(call, HttpMethod.Post, "/shipping/shipment", Shipment(what, service.Service!));
        return said.Fault is { } fault ? fault : said.Value.At("data") is JsonObject made ? await Whole(call, made, service) : new AdapterFault(FaultKind.Malformed, "The answer names no shipment.");
    }

    public async Task<AdapterAnswer<Done>> Void(CarrierCall call, LabelKey label)
    {
        var said = await Ask(call, HttpMethod.Delete, "/shipping/shipment/" + Uri.EscapeDataString(label.CarrierKey), null);
        return said.Fault is { } fault ? fault : new Done();
    }

    public async Task<AdapterAnswer<CarrierList>> Close(CarrierCall call, IReadOnlyList<LabelKey> labels, bool isAgain)
    {
        var said = await Ask(call, HttpMethod.Post, "/shipping/manifest", new JsonObject { ["shipmentId"] = new JsonArray([.. labels.Select(l => (JsonNode?)l.CarrierKey)]) });
        return said.Then(m => m.Say("data", "manifestNumber") is { } number ? new CarrierList(number, m.Bytes("data", "document"), m.Bytes("data", "document") is null ? null : "pdf")
            : (AdapterAnswer<CarrierList>)new AdapterFault(FaultKind.Malformed, "The answer names no manifest."));
    }

    public async Task<AdapterAnswer<IReadOnlyList<ParcelScan>>> Track(CarrierCall call, LabelKey label) =>
        (await Ask(call, HttpMethod.Get, $"/shipping/shipment/{Uri.EscapeDataString(label.CarrierKey)}/tracking", null)).Then(told => AdapterAnswer<IReadOnlyList<ParcelScan>>.Of(
            [.. told.Each("data", "events").Select(e => e.When("date") is not { } at ? null
                : new ParcelScan(label.Tracking, DpdWords.KindOf(e.Say("type")), e.Say("type") ?? "", e.Say("description") ?? "", at, e.Say("locality"))).OfType<ParcelScan>()]));

    /// <summary>The interface sends no messages that we know of.</summary>
    public IReadOnlyList<ParcelScan>? Read(WebhookMail mail) => null;

    private async Task<AdapterAnswer<BookedLabel>> Whole(CarrierCall call, JsonObject shipment, ServiceQuote? service)
    {
        var consignment = shipment.Each("consignmentDetail").FirstOrDefault();
        if (shipment.Say("shipmentId") is not { } id || (consignment.At("parcelNumbers") as JsonArray)?.FirstOrDefault().Say() is not { Length: > 0 } parcel) return new AdapterFault(FaultKind.Malformed, "The answer names no parcel.");
        var session = await Session(call);
        if (session.Fault is { } away) return new AdapterFault(FaultKind.Unknown, "The shipment is made, and its label cannot be read: " + away.Words, away.RetryAfter);
        var sent = await call.Send(HttpMethod.Get, $"/shipping/shipment/{Uri.EscapeDataString(id)}/label/", null, [.. Keys(call, session.Value), ("Accept", "text/vnd.eltron-epl")]);
        if (sent is not { IsOk: true, Value: { IsOk: true, Body.Length: > 0 } }) return new AdapterFault(FaultKind.Unknown, "The shipment is made, and its label cannot be read: " + (sent.Fault?.Words ?? sent.Value.Beginning));
        return new BookedLabel(id, parcel, sent.Value.Body, "epl", service?.Service ?? shipment.Say("networkCode"));
    }

    // Until there is a session nothing was asked: whatever goes wrong before is surely not done.
    private static async Task<AdapterAnswer<string>> Session(CarrierCall call)
    {
        string basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{call.Access.Setting("userName")}:{call.Access.Secret("password")}"));
        var said = await call.Ask(HttpMethod.Post, "/user/?action=login", new JsonObject(), DpdWords.Refusal, ("Authorization", "Basic " + basic), ("GEOClient", "account/" + call.Access.Setting("accountNumber")));
        if (said.Fault is { } fault) return fault.IsOpen ? new AdapterFault(FaultKind.NotSent, "No session: " + fault.Words, fault.RetryAfter) : fault;
        return said.Value.Say("data", "geoSession") is { Length: > 0 } session ? AdapterAnswer<string>.Of(session) : new AdapterFault(FaultKind.NotSent, "No session: the answer names none.");
    }

    private static (string, string)[] Keys(CarrierCall call, string session) => [("GEOSession", session), ("GEOClient", "account/" + call.Access.Setting("accountNumber"))];

    // Errors may come with status 200, in a member of their own.
    private static async Task<AdapterAnswer<JsonNode>> Ask(CarrierCall call, HttpMethod method, string path, JsonNode? body)
    {
        var session = await Session(call);
        if (session.Fault is { } away) return away;
        var said = await call.Ask(method, path, body, DpdWords.Refusal, Keys(call, session.Value));
        return said.IsOk && DpdWords.Refusal(said.Value) is { } refusal ? new AdapterFault(FaultKind.Refused, refusal) : said;
    }

    private static JsonObject Shipment(Consignment what, string service) => new JsonObject
    {
        ["jobId"] = null, ["collectionOnDelivery"] = false, ["collectionDate"] = what.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), ["consolidate"] = false,
        ["consignment"] = new JsonArray(new JsonObject
        {
            ["collectionDetails"] = Place(what.From), ["deliveryDetails"] = Place(what.To), ["networkCode"] = service, ["numberOfParcels"] = 1, ["totalWeight"] = what.WeightGrams / 1000m,
            ["shippingRef1"] = what.Reference, ["shippingRef2"] = what.OrderNumber, ["shippingRef3"] = what.Sscc, ["customsValue"] = what.Customs is null ? null : AdapterJson.Major(what.ValueMinor, what.Currency),
            ["parcelDescription"] = what.Customs?.Lines.FirstOrDefault()?.Description, ["liability"] = false,
        }),
    }.Tidy();

    private static JsonObject Place(ParcelAddress at) => new()
    {
        ["contactDetails"] = new JsonObject { ["contactName"] = at.Name, ["telephone"] = at.Phone },
        ["address"] = new JsonObject { ["organisation"] = at.Company, ["countryCode"] = at.Country, ["postcode"] = at.Postcode, ["street"] = at.Line1, ["locality"] = at.Line2, ["town"] = at.City, ["county"] = at.Region },
        ["notificationDetails"] = new JsonObject { ["email"] = at.Email, ["mobile"] = at.Phone },
    };
}

/// <summary>DPD UK's words in ours, and all that is assumed of it.</summary>
internal static class DpdWords
{
    public static readonly IReadOnlyList<string> Assumptions =
    [
        "DPD UK publishes no open specification; none of this was tried against DPD.",
        "A session is opened with POST /user/?action=login, basic authentication and GEOClient account/number, and sent as GEOSession; public client libraries do so.",
        "POST /shipping/shipment makes a shipment with shippingRef1 as our reference; its answer holds shipmentId and consignmentDetail with parcelNumbers.",
        "shippingRef3 is printed on the label: the container code (SSCC).",
        "Errors stand in the member error, also with status 200.",
        "Labels come from GET /shipping/shipment/{id}/label/ as EPL (text/vnd.eltron-epl).",
        "Shipments are found by GET /shipping/shipment?shippingRef1=, and a cancelled one says cancelled.",
        "A shipment is taken back by DELETE /shipping/shipment/{id}, also twice, and refused once it is on a manifest.",
        "POST /shipping/manifest with shipmentId gives a manifestNumber, the same one when asked again for the same shipments.",
        "GET /shipping/shipment/{id}/tracking lists events with type, description, date and locality; the words of type are those of DpdWords.",
    ];

    public static string? Refusal(JsonNode said) => said.At("error") switch
    {
        JsonArray { Count: > 0 } list => list.OfType<JsonObject>().Select(e => e.Say("errorMessage")).OfType<string>().FirstOrDefault() ?? "It gives no reason.",
        JsonObject one => one.Say("errorMessage") ?? "It gives no reason.",
        _ => null,
    };

    public static ScanKind KindOf(string? type) => type?.ToUpperInvariant() switch
    {
        "DATA_RECEIVED" or "LABEL_PRINTED" => ScanKind.Announced,
        "COLLECTED" => ScanKind.Accepted,
        "AT_HUB" or "AT_DEPOT" or "IN_TRANSIT" => ScanKind.InTransit,
        "OUT_FOR_DELIVERY" => ScanKind.OutForDelivery,
        "AT_PICKUP_SHOP" => ScanKind.AvailableAtPoint,
        "CARDED" or "ATTEMPTED" => ScanKind.Attempted,
        "DELAYED" => ScanKind.Delayed,
        "DAMAGED" => ScanKind.Damaged,
        "RETURNED" => ScanKind.ReturnedToSender,
        "DELIVERED" => ScanKind.Delivered,
        _ => ScanKind.Unknown,
    };
}
