using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Adapters;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>The couriers behind EasyPost (API v2): a shipment under our reference, bought at one of its rates. Bought once, it cannot be bought again.</summary>
public sealed class EasyPostCarrier : ICarrier
{
    private const decimal GramsPerOunce = 28.349523125m, MmPerInch = 25.4m;

    public AdapterManifest Manifest { get; } = new("easypost", "EasyPost", "https://api.easypost.com", ["rate", "label", "find", "void", "manifest", "track", "webhook"],
        [new("apiKey", "The API key.", IsSecret: true, IsRequired: true), new("carrierAccount", "The id of one carrier account, ca_…; all of yours when left out.")],
        ["pdf"], IsPost: false, "Recorded calls of EasyPost's own client libraries, API v2.", EasyPostWords.Assumptions);

    // Rates without a shipment, so that asking leaves nothing behind.
    public async Task<AdapterAnswer<IReadOnlyList<CarrierRate>>> Rate(CarrierCall call, Consignment what) =>
        (await Ask(call, HttpMethod.Post, "/beta/rates", new JsonObject { ["shipment"] = Shipment(call, what) })).Then(said => AdapterAnswer<IReadOnlyList<CarrierRate>>.Of(
            [.. said.Each("rates").Select(r => Read(r)).OfType<CarrierRate>()]));

    public async Task<AdapterAnswer<BookedLabel?>> Find(CarrierCall call, string reference)
    {
        var found = await Shipment(call, reference);
        if (found.Fault is { } fault) return fault;
        if (found.Value is not { } shipment || shipment.At("postage_label") is null || shipment.Say("refund_status") is "submitted" or "refunded") return AdapterAnswer<BookedLabel?>.Of(null);
        var booked = await Whole(call, shipment);
        return booked.Fault is { } missing ? missing : AdapterAnswer<BookedLabel?>.Of(booked.Value);
    }

    public async Task<AdapterAnswer<BookedLabel>> Book(CarrierCall call, Consignment what, ServiceQuote service)
    {
        // A shipment that was made and not bought is bought now, and no second one is made.
        var found = await Shipment(call, what.Reference);
        if (found.Fault is { } unheard) return unheard;
        var shipment = found.Value;
        if (shipment?.At("postage_label") is not null) return shipment.Say("refund_status") is "submitted" or "refunded" ? new AdapterFault(FaultKind.Refused, "The shipment was refunded.") : await Whole(call, shipment);
        if (shipment is null)
        {
            var body = Shipment(call, what);
            (body["reference"], body["options"]) = (what.Reference, new JsonObject { ["label_format"] = "PDF", ["invoice_number"] = what.OrderNumber, ["print_custom_1"] = what.Sscc }.Tidy());
            var made = await Ask(call, HttpMethod.Post, "/v2/shipments", new JsonObject { ["shipment"] = body });
            if (made.Fault is { } refused) return refused;
            shipment = made.Value as JsonObject;
        }
        if (shipment?.Say("id") is not { } id) return new AdapterFault(FaultKind.Malformed, "The answer names no shipment.");
        if (shipment.Each("rates").Where(r => ServiceOf(r) == service.Service).OrderBy(r => Read(r)?.CostMinor ?? long.MaxValue).FirstOrDefault()?.Say("id") is not { } rate)
            return new AdapterFault(FaultKind.Refused, shipment.Each("messages").Select(m => m.Say("message")).OfType<string>().FirstOrDefault() ?? $"No carrier offers {service.Service} for this parcel.");
        var bought = await Ask(call, HttpMethod.Post, $"/v2/shipments/{Uri.EscapeDataString(id)}/buy", new JsonObject { ["rate"] = new JsonObject { ["id"] = rate } });
        return bought.Fault is { } fault ? fault : await Whole(call, bought.Value);
    }

    public async Task<AdapterAnswer<Done>> Void(CarrierCall call, LabelKey label)
    {
        var said = await Ask(call, HttpMethod.Post, $"/v2/shipments/{Uri.EscapeDataString(label.CarrierKey)}/refund", new JsonObject());
        if (said.Fault is { Kind: FaultKind.Refused } refused)
        {
            // Refused: perhaps because it was refunded before, or is not there.
            var now = await Shipment(call, label.CarrierKey);
            return now.IsOk && (now.Value is null || now.Value.Say("refund_status") is "submitted" or "refunded") ? new Done() : refused;
        }
        return said.Fault is { } fault ? fault : said.Value.Say("refund_status") is "submitted" or "refunded" ? new Done() : new AdapterFault(FaultKind.Refused, $"The refund is {said.Value.Say("refund_status") ?? "not taken"}.");
    }

    public async Task<AdapterAnswer<CarrierList>> Close(CarrierCall call, IReadOnlyList<LabelKey> labels, bool isAgain)
    {
        if (isAgain)
        {
            var first = await Shipment(call, labels[0].CarrierKey);
            if (first.Fault is { } unheard) return unheard;
            if (first.Value?.Say("scan_form", "id") is { } known) return new CarrierList(known, null, null);
        }
        var said = await Ask(call, HttpMethod.Post, "/v2/scan_forms", new JsonObject { ["shipments"] = new JsonArray([.. labels.Select(l => (JsonNode)new JsonObject { ["id"] = l.CarrierKey })]) });
        if (said.Fault is { } fault) return fault;
        if (said.Value.Say("id") is not { } id) return new AdapterFault(FaultKind.Malformed, "The answer names no form.");
        return said.Value.Say("status") == "failed" ? new AdapterFault(FaultKind.Refused, said.Value.Say("message") ?? "The form could not be made.") : new CarrierList(id, await File(call, said.Value.Say("form_url")), "pdf");
    }

    public async Task<AdapterAnswer<IReadOnlyList<ParcelScan>>> Track(CarrierCall call, LabelKey label)
    {
        var found = await Shipment(call, label.CarrierKey);
        return found.Fault is { } fault ? fault : AdapterAnswer<IReadOnlyList<ParcelScan>>.Of(Scans(found.Value?.At("tracker"), label.Tracking));
    }

    public IReadOnlyList<ParcelScan>? Read(WebhookMail mail)
    {
        if (mail.Secret is not { Length: > 0 } secret || !mail.Headers.TryGetValue("X-Hmac-Signature", out string? signature)) return null;
        // The secret is taken in its decomposed form, as EasyPost's own libraries do.
        byte[] expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Normalize(NormalizationForm.FormKD)), mail.Body);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes("hmac-sha256-hex=" + Convert.ToHexStringLower(expected)), Encoding.UTF8.GetBytes(signature))) return null;
        try
        {
            var tracker = JsonNode.Parse(mail.Body).At("result");
            return tracker.Say("object") == "Tracker" && tracker.Say("tracking_code") is { } tracking ? Scans(tracker, tracking) : [];
        }
        catch (JsonException) { return []; }
    }

    private static List<ParcelScan> Scans(JsonNode? tracker, string tracking)
    {
        var eta = tracker.When("est_delivery_date");
        return [.. tracker.Each("tracking_details").Select(d => d.When("datetime") is not { } at ? null
            : new ParcelScan(tracking, EasyPostWords.KindOf(d.Say("status")), d.Say("carrier_code") is { Length: > 0 } code ? code : d.Say("status") ?? "", d.Say("message") ?? "", at, d.Say("tracking_location", "city"), Eta: eta))
            .OfType<ParcelScan>()];
    }

    // By its id or our reference; null: there surely is none.
    private static async Task<AdapterAnswer<JsonObject?>> Shipment(CarrierCall call, string which)
    {
        var sent = await call.Send(HttpMethod.Get, $"/v2/shipments/{Uri.EscapeDataString(which)}", null, Key(call));
        if (sent.Fault is { } fault) return fault;
        if (sent.Value.Status == 404) return AdapterAnswer<JsonObject?>.Of(null);
        var said = sent.Value.Json();
        if (!sent.Value.IsOk) return new AdapterFault(FaultKind.Refused, said.IsOk ? EasyPostWords.Refusal(said.Value) ?? sent.Value.Beginning : sent.Value.Beginning);
        return said.Then(s => s is JsonObject thing && thing.Say("id") is not null ? AdapterAnswer<JsonObject?>.Of(thing) : new AdapterFault(FaultKind.Malformed, "The answer is no shipment."));
    }

    private static async Task<AdapterAnswer<BookedLabel>> Whole(CarrierCall call, JsonNode shipment)
    {
        if (shipment.Say("id") is not { } id || shipment.Say("tracking_code") is not { Length: > 0 } tracking) return new AdapterFault(FaultKind.Malformed, "The answer names no label.");
        if (await File(call, shipment.Say("postage_label", "label_pdf_url") ?? shipment.Say("postage_label", "label_url")) is not { } file) return new AdapterFault(FaultKind.Unknown, "The label is bought, and its file cannot be read yet.");
        var rate = shipment.At("selected_rate");
        string? currency = rate.Say("currency")?.ToUpperInvariant();
        return new BookedLabel(id, tracking, file, "pdf", rate is null ? null : ServiceOf(rate), rate.At("rate").Minor(currency), currency, shipment.Say("tracker", "public_url"));
    }

    // Files lie at addresses of their own, and are asked for without the key.
    private static async Task<byte[]?> File(CarrierCall call, string? url) =>
        url is { Length: > 0 } && await call.Send(HttpMethod.Get, url) is { IsOk: true, Value: { IsOk: true, Body.Length: > 0 } } file ? file.Value.Body : null;

    private static string ServiceOf(JsonNode rate) => $"{rate.Say("carrier")}.{rate.Say("service")}";

    private static CarrierRate? Read(JsonObject rate)
    {
        string? currency = rate.Say("currency")?.ToUpperInvariant();
        return rate.At("rate").Minor(currency) is { } cost && (rate.Whole("delivery_days") ?? rate.Whole("est_delivery_days")) is { } days
            ? new CarrierRate(ServiceOf(rate), $"{rate.Say("carrier")} {rate.Say("service")}", cost, currency!, null, days, rate.Is("delivery_date_guaranteed"), rate.Say("id")) : null;
    }

    private static JsonObject Shipment(CarrierCall call, Consignment what) => new JsonObject
    {
        ["to_address"] = Place(what.To), ["from_address"] = Place(what.From), ["return_address"] = what.ReturnTo is { } back ? Place(back) : null,
        ["parcel"] = new JsonObject
        {
            ["weight"] = Math.Round(what.WeightGrams / GramsPerOunce, 2), ["length"] = Inches(what.LengthMm), ["width"] = Inches(what.WidthMm), ["height"] = Inches(what.HeightMm),
        },
        ["carrier_accounts"] = call.Access.Setting("carrierAccount") is { Length: > 0 } account ? new JsonArray(account) : null,
        ["customs_info"] = what.Customs is not { } customs ? null : new JsonObject
        {
            ["contents_type"] = "merchandise", ["restriction_type"] = "none", ["non_delivery_option"] = "return", ["customs_certify"] = true, ["customs_signer"] = what.From.Name,
            ["customs_items"] = new JsonArray([.. customs.Lines.Select(l => (JsonNode)new JsonObject
            {
                ["description"] = l.Description, ["quantity"] = l.Quantity, ["weight"] = Math.Round(l.WeightGrams / GramsPerOunce, 2), ["value"] = AdapterJson.Major(l.ValueMinor, what.Currency),
                ["currency"] = what.Currency, ["hs_tariff_number"] = l.HsCode, ["origin_country"] = l.OriginCountry,
            })]),
        },
    }.Tidy();

    private static decimal? Inches(long? mm) => mm is { } length ? Math.Round(length / MmPerInch, 1) : null;

    private static JsonObject Place(ParcelAddress at) => new()
    {
        ["name"] = at.Name, ["company"] = at.Company, ["street1"] = at.Line1, ["street2"] = at.Line2, ["city"] = at.City, ["state"] = at.Region, ["zip"] = at.Postcode, ["country"] = at.Country, ["phone"] = at.Phone, ["email"] = at.Email,
    };

    private static (string, string) Key(CarrierCall call) => ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(call.Access.Secret("apiKey") + ":")));
    private static Task<AdapterAnswer<JsonNode>> Ask(CarrierCall call, HttpMethod method, string path, JsonNode? body) => call.Ask(method, path, body, EasyPostWords.Refusal, Key(call));
}

/// <summary>EasyPost's words in ours, and what no recorded call shows.</summary>
internal static class EasyPostWords
{
    public static readonly IReadOnlyList<string> Assumptions =
    [
        "A shipment is read by our reference as by its id; when several have it, any of them.",
        "options.print_custom_1 is printed on the label where the courier has room for it: the container code (SSCC).",
        "A shipment that was bought cannot be bought again, and one that is refunded is not bought any more.",
        "A shipment on a scan form cannot be refunded any more.",
        "Rates come from /beta/rates, which EasyPost may still change.",
    ];

    public static string? Refusal(JsonNode said) => said.Say("error", "message") ?? said.Say("error");

    public static ScanKind KindOf(string? status) => status switch
    {
        "pre_transit" => ScanKind.Announced,
        "in_transit" => ScanKind.InTransit,
        "out_for_delivery" => ScanKind.OutForDelivery,
        "available_for_pickup" => ScanKind.AvailableAtPoint,
        "delivered" => ScanKind.Delivered,
        "return_to_sender" => ScanKind.ReturnedToSender,
        "failure" or "error" => ScanKind.Exception,
        "cancelled" => ScanKind.Voided,
        _ => ScanKind.Unknown,
    };
}
