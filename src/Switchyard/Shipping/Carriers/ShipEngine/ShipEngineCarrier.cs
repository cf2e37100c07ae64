using System.Text.Json.Nodes;
using Switchyard.Adapters;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>The couriers behind ShipEngine (API v1): a label in one call, found again by our id of the shipment.</summary>
public sealed class ShipEngineCarrier : ICarrier
{
    public AdapterManifest Manifest { get; } = new("shipengine", "ShipEngine", "https://api.shipengine.com", ["rate", "label", "find", "void", "manifest", "track", "pickup", "callOff", "servicePoints"],
        [new("apiKey", "The API key.", IsSecret: true, IsRequired: true), new("carrierId", "The carrier's id in ShipEngine, se-….", IsRequired: true), new("carrierCode", "The carrier's code, for service points."),
            new("pickupEmail", "An e-mail address at the place where parcels are fetched; needed to ask for a collection.")],
        ["pdf"], IsPost: false, "OpenAPI of ShipEngine v1.", ShipEngineWords.Assumptions);

    public async Task<AdapterAnswer<IReadOnlyList<CarrierRate>>> Rate(CarrierCall call, Consignment what)
    {
        var body = new JsonObject
        {
            ["shipment"] = Shipment(what),
            ["rate_options"] = new JsonObject { ["carrier_ids"] = new JsonArray(call.Access.Setting("carrierId")) },
        };
        return (await Ask(call, HttpMethod.Post, "/v1/rates", body)).Then(said => AdapterAnswer<IReadOnlyList<CarrierRate>>.Of([.. said.Each("rate_response", "rates").Select(Read).OfType<CarrierRate>()]));

        static CarrierRate? Read(JsonObject rate)
        {
            string? currency = rate.Say("shipping_amount", "currency")?.ToUpperInvariant();
            string[] parts = ["shipping_amount", "insurance_amount", "confirmation_amount", "other_amount"];
            long? cost = rate.At("shipping_amount", "amount").Minor(currency) is null ? null : parts.Sum(p => rate.At(p, "amount").Minor(currency) ?? 0);
            return cost is null || rate.Say("service_code") is not { } service || rate.Whole("delivery_days") is not { } days || rate.At("error_messages") is JsonArray { Count: > 0 } ? null
                : new CarrierRate(service, rate.Say("service_type"), cost.Value, currency!, null, days, rate.Is("guaranteed_service"));
        }
    }

    public async Task<AdapterAnswer<BookedLabel?>> Find(CarrierCall call, string reference)
    {
        var sent = await call.Send(HttpMethod.Get, $"/v1/labels/external_shipment_id/{Uri.EscapeDataString(reference)}?label_download_type=inline", null, Key(call));
        if (sent.Fault is { } fault) return fault;
        if (sent.Value.Status == 404) return AdapterAnswer<BookedLabel?>.Of(null);
        var said = sent.Value.Json();
        if (!sent.Value.IsOk) return new AdapterFault(FaultKind.Refused, said.IsOk ? ShipEngineWords.Refusal(said.Value) ?? sent.Value.Beginning : sent.Value.Beginning);
        return said.Then(label => label.Is("voided") || label.Say("status") is "voided" or "error" ? AdapterAnswer<BookedLabel?>.Of(null)
            : Booked(label) is { IsOk: true } booked ? AdapterAnswer<BookedLabel?>.Of(booked.Value) : new AdapterFault(FaultKind.Unknown, "The label is being made."));
    }

    public async Task<AdapterAnswer<BookedLabel>> Book(CarrierCall call, Consignment what, ServiceQuote service)
    {
        var shipment = Shipment(what);
        (shipment["carrier_id"], shipment["service_code"], shipment["external_shipment_id"], shipment["external_order_id"]) = (call.Access.Setting("carrierId"), service.Service, what.Reference, what.OrderNumber);
        var said = await Ask(call, HttpMethod.Post, "/v1/labels", new JsonObject { ["shipment"] = shipment, ["label_format"] = "pdf", ["label_layout"] = "4x6", ["label_download_type"] = "inline" });
        return said.Then(Booked);
    }

    public async Task<AdapterAnswer<Done>> Void(CarrierCall call, LabelKey label)
    {
        var sent = await call.Send(HttpMethod.Put, $"/v1/labels/{Uri.EscapeDataString(label.CarrierKey)}/void", null, Key(call));
        if (sent.Fault is { } fault) return fault;
        if (sent.Value.Status == 404) return new Done();
        var said = sent.Value.Json();
        if (sent.Value.IsOk && said.IsOk && said.Value.Is("approved")) return new Done();
        // Refused: perhaps because it is void already.
        var now = await Ask(call, HttpMethod.Get, $"/v1/labels/{Uri.EscapeDataString(label.CarrierKey)}", null);
        if (now.IsOk && (now.Value.Is("voided") || now.Value.Say("status") == "voided")) return new Done();
        return new AdapterFault(FaultKind.Refused, said.IsOk ? said.Value.Say("message") ?? ShipEngineWords.Refusal(said.Value) ?? "It gives no reason." : sent.Value.Beginning);
    }

    public async Task<AdapterAnswer<CarrierList>> Close(CarrierCall call, IReadOnlyList<LabelKey> labels, bool isAgain)
    {
        if (isAgain)
        {
            var made = await Ask(call, HttpMethod.Get, $"/v1/manifests?carrier_id={Uri.EscapeDataString(call.Access.Setting("carrierId") ?? "")}&page_size=50", null);
            if (made.Fault is { } fault) return fault;
            var ours = made.Value.Each("manifests").FirstOrDefault(m => (m.At("label_ids") as JsonArray ?? []).Any(id => id.Say() is { } known && labels.Any(l => l.CarrierKey == known)));
            if (ours is not null) return await Whole(call, ours);
        }
        var said = await Ask(call, HttpMethod.Post, "/v1/manifests", new JsonObject { ["label_ids"] = new JsonArray([.. labels.Select(l => (JsonNode?)l.CarrierKey)]) });
        if (said.Fault is { } refused) return refused;
        return (said.Value.Each("manifests").FirstOrDefault() ?? said.Value as JsonObject) is { } list && list.Say("manifest_id") is not null ? await Whole(call, list)
            : new AdapterFault(FaultKind.Malformed, "The answer names no manifest.");
    }

    public async Task<AdapterAnswer<IReadOnlyList<ParcelScan>>> Track(CarrierCall call, LabelKey label) =>
        (await Ask(call, HttpMethod.Get, $"/v1/labels/{Uri.EscapeDataString(label.CarrierKey)}/track", null)).Then(told =>
        {
            var eta = told.When("estimated_delivery_date");
            return AdapterAnswer<IReadOnlyList<ParcelScan>>.Of([.. told.Each("events").Select(e => e.When("occurred_at") is not { } at ? null
                : new ParcelScan(label.Tracking, ShipEngineWords.KindOf(e.Say("status_code"), e.Say("status_detail_code")), e.Say("carrier_status_code") ?? e.Say("event_code") ?? e.Say("status_code") ?? "",
                    e.Say("description") ?? e.Say("status_description") ?? "", at, e.Say("city_locality"), Eta: eta)).OfType<ParcelScan>()]);
        });

    /// <summary>Its messages are signed with keys that rotate and are fetched from it; until that is built, they are not believed.</summary>
    public IReadOnlyList<ParcelScan>? Read(WebhookMail mail) => null;

    public async Task<AdapterAnswer<IReadOnlyList<ServicePoint>>> ServicePoints(CarrierCall call, string country, string postcode) =>
        (await Ask(call, HttpMethod.Post, "/v1/service_points/list", new JsonObject
        {
            ["address_query"] = $"{postcode}, {country}", ["address"] = new JsonObject { ["postal_code"] = postcode, ["country_code"] = country },
            ["providers"] = new JsonArray(new JsonObject { ["carrier_id"] = call.Access.Setting("carrierId") }), ["max_results"] = 25,
        })).Then(said => AdapterAnswer<IReadOnlyList<ServicePoint>>.Of([.. said.Each("service_points").Select(p => new ServicePoint(p.Say("service_point_id") ?? "", p.Say("company_name") ?? "",
            p.Say("address_line1"), p.Say("city_locality"), p.Say("postal_code"), p.Say("country_code"), p.Whole("distance_in_meters")))]));

    /// <remarks>It would make a second one for the same labels: the ones that are there are listed first.</remarks>
    public async Task<AdapterAnswer<PickupDone>> Pickup(CarrierCall call, PickupWish wish)
    {
        string? email = call.Access.Setting("pickupEmail") is { Length: > 0 } set ? set : wish.At.Email;
        if (wish.At.Phone is not { Length: >= 7 } || email is null) return new AdapterFault(FaultKind.Refused, "ShipEngine asks for a telephone number and an e-mail address at the place of pickup (the account's setting pickupEmail).");
        if (wish.Labels.Count == 0) return new AdapterFault(FaultKind.Refused, "ShipEngine fetches parcels by their labels, and none with a label waits there.");
        string since = Instant(call.Now.AddDays(-ShipEngineWords.PickupDays));
        var made = await Ask(call, HttpMethod.Get, $"/v1/pickups?carrier_id={Uri.EscapeDataString(call.Access.Setting("carrierId") ?? "")}&created_at_start={Uri.EscapeDataString(since)}&page_size=100", null);
        if (made.Fault is { } fault) return fault;
        var wanted = wish.Labels.Select(l => l.CarrierKey).ToHashSet();
        if (made.Value.Each("pickups").FirstOrDefault(p => ShipEngineWords.IsFor(p, wanted, wish)) is { } there) return Fetched(there, wish);
        return (await Ask(call, HttpMethod.Post, "/v1/pickups", new JsonObject
        {
            ["label_ids"] = new JsonArray([.. wish.Labels.Select(l => (JsonNode?)l.CarrierKey)]),
            ["contact_details"] = new JsonObject { ["name"] = wish.At.Name ?? wish.At.Company ?? "", ["email"] = email, ["phone"] = wish.At.Phone },
            ["pickup_window"] = new JsonObject { ["start_at"] = Instant(wish.From), ["end_at"] = Instant(wish.To) },
        })).Then(said => Fetched(said, wish));
    }

    public async Task<AdapterAnswer<Done>> CallOff(CarrierCall call, string number)
    {
        string path = "/v1/pickups/" + Uri.EscapeDataString(number);
        var sent = await call.Send(HttpMethod.Delete, path, null, Key(call));
        if (sent.Fault is { } fault) return fault;
        if (sent.Value.IsOk || sent.Value.Status == 404) return new Done();
        // Refused: perhaps because it is called off already.
        var now = await Ask(call, HttpMethod.Get, path, null);
        if (now.IsOk && (now.Value.Say("cancelled_at") ?? now.Value.Say("pickup", "cancelled_at")) is not null) return new Done();
        var said = sent.Value.Json();
        return new AdapterFault(FaultKind.Refused, said.IsOk && ShipEngineWords.Refusal(said.Value) is { Length: > 0 } words ? words : sent.Value.Beginning);
    }

    private static AdapterAnswer<PickupDone> Fetched(JsonNode pickup, PickupWish wish)
    {
        if (pickup.Say("pickup_id") is not { Length: > 0 } id) return new AdapterFault(FaultKind.Malformed, "The answer names no pickup.");
        var window = pickup.Each("pickup_windows").FirstOrDefault();
        return new PickupDone(id, window.When("start_at") ?? wish.From, window.When("end_at") ?? wish.To);
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static AdapterAnswer<BookedLabel> Booked(JsonNode label)
    {
        if (label.Say("status") == "error") return new AdapterFault(FaultKind.Refused, "The label could not be made.");
        if (label.Say("label_id") is not { } id || label.Say("tracking_number") is not { Length: > 0 } tracking) return new AdapterFault(FaultKind.Malformed, "The answer names no label.");
        if ((label.Bytes("label_download", "href") ?? label.Bytes("label_download", "pdf")) is not { } file) return new AdapterFault(FaultKind.Malformed, "The label came without its file.");
        string? currency = label.Say("shipment_cost", "currency")?.ToUpperInvariant();
        return new BookedLabel(id, tracking, file, "pdf", label.Say("service_code"), label.At("shipment_cost", "amount").Minor(currency), currency, label.Say("tracking_url"));
    }

    private static async Task<AdapterAnswer<CarrierList>> Whole(CarrierCall call, JsonObject manifest)
    {
        string number = manifest.Say("manifest_id") ?? "";
        if (manifest.Say("manifest_download", "href") is not { Length: > 0 } href) return new CarrierList(number, null, null);
        // The paper lies at an address of its own; without it the manifest is made all the same.
        var paper = call.IsOwn(href) ? await call.Send(HttpMethod.Get, href, null, Key(call)) : await call.Send(HttpMethod.Get, href);
        return paper is { IsOk: true, Value: { IsOk: true, Body.Length: > 0 } } ? new CarrierList(number, paper.Value.Body, "pdf") : new CarrierList(number, null, null);
    }

    private static JsonObject Shipment(Consignment what) => new JsonObject
    {
        ["validate_address"] = "no_validation", ["ship_to"] = Place(what.To), ["ship_from"] = Place(what.From), ["return_to"] = what.ReturnTo is { } back ? Place(back) : null, ["confirmation"] = "none",
        ["packages"] = new JsonArray(new JsonObject
        {
            ["weight"] = Grams(what.WeightGrams),
            ["dimensions"] = what is { LengthMm: { } length, WidthMm: { } width, HeightMm: { } height }
                ? new JsonObject { ["unit"] = "centimeter", ["length"] = length / 10m, ["width"] = width / 10m, ["height"] = height / 10m } : null,
            ["label_messages"] = new JsonObject { ["reference1"] = what.OrderNumber, ["reference2"] = what.Sscc },
        }),
        ["customs"] = what.Customs is not { } customs ? null : new JsonObject
        {
            ["contents"] = "merchandise", ["non_delivery"] = "return_to_sender",
            ["customs_items"] = new JsonArray([.. customs.Lines.Select(l => (JsonNode)new JsonObject
            {
                ["description"] = l.Description.Length <= 100 ? l.Description : l.Description[..100], ["quantity"] = l.Quantity,
                ["value"] = new JsonObject { ["currency"] = what.Currency.ToLowerInvariant(), ["amount"] = AdapterJson.Major(l.Quantity == 0 ? 0 : l.ValueMinor / l.Quantity, what.Currency) },
                ["harmonized_tariff_code"] = l.HsCode, ["country_of_origin"] = l.OriginCountry, ["weight"] = Grams(Math.Max(1, l.WeightGrams)),
            })]),
        },
    }.Tidy();

    private static JsonObject Place(ParcelAddress at) => new()
    {
        ["name"] = at.Name ?? at.Company ?? "", ["company_name"] = at.Company, ["phone"] = at.Phone, ["email"] = at.Email, ["address_line1"] = at.Line1, ["address_line2"] = at.Line2, ["city_locality"] = at.City,
        ["state_province"] = at.Region, ["postal_code"] = at.Postcode, ["country_code"] = at.Country, ["address_residential_indicator"] = at.Company is null ? "yes" : "unknown",
    };

    private static JsonObject Grams(long grams) => new() { ["value"] = grams, ["unit"] = "gram" };
    private static (string, string) Key(CarrierCall call) => ("API-Key", call.Access.Secret("apiKey"));
    private static Task<AdapterAnswer<JsonNode>> Ask(CarrierCall call, HttpMethod method, string path, JsonNode? body) => call.Ask(method, path, body, ShipEngineWords.Refusal, Key(call));
}

/// <summary>ShipEngine's words in ours, and what is not in its specification.</summary>
internal static class ShipEngineWords
{
    public static readonly IReadOnlyList<string> Assumptions =
    [
        "A label that is on a manifest is not voided: approved is false.",
        "With label_download_type inline the file stands in label_download.href as a data address.",
        "A second label under the same external_shipment_id is possible, so it is looked for before it is made again.",
        "A second collection for the same labels is possible, so those of the last 7 days are listed before one is asked for.",
        "pickup_windows of a collection tell when the driver comes; where they are missing, the time that was asked for holds.",
    ];

    /// <summary>A collection that was asked for longer ago is not taken for the one that is asked for now.</summary>
    public const int PickupDays = 7;

    /// <summary>Is this live collection for some of these labels, and at this time? Where it tells no time, it is for all of them.</summary>
    public static bool IsFor(JsonNode pickup, IReadOnlySet<string> labels, PickupWish wish)
    {
        if (pickup.Say("cancelled_at") is not null) return false;
        var own = (pickup.At("label_ids") as JsonArray ?? []).Select(id => id.Say()).OfType<string>().ToHashSet();
        var windows = pickup.Each("pickup_windows").ToList();
        return windows.Count == 0 ? own.SetEquals(labels) : own.Overlaps(labels) && windows.Exists(w => w.When("start_at") < wish.To && w.When("end_at") > wish.From);
    }

    public static string? Refusal(JsonNode said) => said.Each("errors").Select(e => e.Say("message")).OfType<string>().FirstOrDefault();

    /// <summary>By the detail where it says more than the status. Source: status_code and status_detail_code of the specification.</summary>
    public static ScanKind KindOf(string? status, string? detail) => (status, detail) switch
    {
        (_, "OUT_FOR_DELIVERY") => ScanKind.OutForDelivery,
        (_, "AWAITING_COLLECTION_FROM_PICKUP_POINT" or "COLLECT_AT_LOCAL_PO" or "CUSTOMER_TO_COLLECT_FROM_CARRIER") => ScanKind.AvailableAtPoint,
        (_, "SHIPMENT_CREATED" or "AWAITING_PICKUP_DROP_OFF" or "ELEC_ADVICE_RECD_BY_CARRIER") => ScanKind.Announced,
        (_, "ATTEMPTED_DELIVERY" or "ATTEMPTED_DELIVERY_FINAL" or "CUSTOMER_CARDED") => ScanKind.Attempted,
        (_, "DELIVERED_DAMAGED") => ScanKind.Delivered,
        ("NY", _) => ScanKind.Announced,
        ("AC", _) => ScanKind.Accepted,
        ("IT", _) => ScanKind.InTransit,
        ("SP", _) => ScanKind.AvailableAtPoint,
        ("AT", _) => ScanKind.Attempted,
        ("EX", _) => ScanKind.Exception,
        ("DE", _) => ScanKind.Delivered,
        _ => ScanKind.Unknown,
    };
}
