using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Adapters;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>Evri: parcels under our reference with a bearer token. Evri publishes no open specification; what is assumed stands in <see cref="EvriWords.Assumptions"/>.</summary>
public sealed class EvriCarrier : ICarrier
{
    public AdapterManifest Manifest { get; } = new("evri", "Evri", "https://api.evri.com", ["rate", "label", "find", "void", "manifest", "track", "webhook"],
        [
            new("clientId", "Your client's id.", IsRequired: true), new("clientSecret", "Its secret.", IsSecret: true, IsRequired: true),
            new("rateCard", "Code of the rate card with your prices: the interface tells none."),
        ],
        ["zpl"], IsPost: false, "No open specification: the event codes of Hermes Germany, Evri's former parent.", EvriWords.Assumptions);

    public async Task<AdapterAnswer<IReadOnlyList<CarrierRate>>> Rate(CarrierCall call, Consignment what) => AdapterAnswer<IReadOnlyList<CarrierRate>>.Of(await call.Card(what));

    public async Task<AdapterAnswer<BookedLabel?>> Find(CarrierCall call, string reference)
    {
        var said = await Ask(call, HttpMethod.Get, "/v1/parcels?clientReference=" + Uri.EscapeDataString(reference), null);
        if (said.Fault is { } fault) return fault;
        if (said.Value.At("parcels") is not JsonArray list) return new AdapterFault(FaultKind.Malformed, "The answer is no list of parcels.");
        var first = list.OfType<JsonObject>().Where(p => p.Say("status") != "CANCELLED").OrderBy(p => p.Say("barcode"), StringComparer.Ordinal).FirstOrDefault();
        if (first is null) return AdapterAnswer<BookedLabel?>.Of(null);
        var booked = Booked(first);
        return booked.Fault is { } missing ? missing : AdapterAnswer<BookedLabel?>.Of(booked.Value);
    }

    public async Task<AdapterAnswer<BookedLabel>> Book(CarrierCall call, Consignment what, ServiceQuote service) => (await Ask(call, HttpMethod.Post, "/v1/parcels", new JsonObject
    {
        ["clientReference"] = what.Reference, ["orderReference"] = what.OrderNumber, ["service"] = service.Service, ["labelFormat"] = "ZPL", ["recipient"] = Place(what.To), ["sender"] = Place(what.Sender),
        ["parcel"] = new JsonObject
        {
            ["weightGrams"] = what.WeightGrams, ["lengthMm"] = what.LengthMm, ["widthMm"] = what.WidthMm, ["heightMm"] = what.HeightMm, ["value"] = AdapterJson.Major(what.ValueMinor, what.Currency), ["currency"] = what.Currency,
        },
        ["customs"] = what.Customs is not { } customs ? null : new JsonArray([.. customs.Lines.Select(l => (JsonNode)new JsonObject
        {
            ["description"] = l.Description, ["quantity"] = l.Quantity, ["value"] = AdapterJson.Major(l.ValueMinor, what.Currency), ["hsCode"] = l.HsCode, ["originCountry"] = l.OriginCountry, ["weightGrams"] = l.WeightGrams,
        })]),
    }.Tidy())).Then(Booked);

    public async Task<AdapterAnswer<Done>> Void(CarrierCall call, LabelKey label)
    {
        var said = await Ask(call, HttpMethod.Delete, "/v1/parcels/" + Uri.EscapeDataString(label.CarrierKey), null);
        return said.Fault is { } fault ? fault : new Done();
    }

    public async Task<AdapterAnswer<CarrierList>> Close(CarrierCall call, IReadOnlyList<LabelKey> labels, bool isAgain)
    {
        var said = await Ask(call, HttpMethod.Post, "/v1/manifests", new JsonObject { ["barcodes"] = new JsonArray([.. labels.Select(l => (JsonNode?)l.CarrierKey)]) });
        return said.Then(m => m.Say("manifestId") is { } number ? new CarrierList(number, m.Bytes("document"), m.Bytes("document") is null ? null : "pdf")
            : (AdapterAnswer<CarrierList>)new AdapterFault(FaultKind.Malformed, "The answer names no manifest."));
    }

    public async Task<AdapterAnswer<IReadOnlyList<ParcelScan>>> Track(CarrierCall call, LabelKey label) =>
        (await Ask(call, HttpMethod.Get, $"/v1/parcels/{Uri.EscapeDataString(label.CarrierKey)}/events", null)).Then(told => AdapterAnswer<IReadOnlyList<ParcelScan>>.Of(Scans(told, label.Tracking)));

    public IReadOnlyList<ParcelScan>? Read(WebhookMail mail)
    {
        if (mail.Secret is not { Length: > 0 } secret || !mail.Headers.TryGetValue("X-Evri-Signature", out string? signature)) return null;
        string expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), mail.Body));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(signature))) return null;
        try
        {
            var told = JsonNode.Parse(mail.Body);
            return told.Say("barcode") is { } barcode ? Scans(told, barcode) : [];
        }
        catch (JsonException) { return []; }
    }

    private static List<ParcelScan> Scans(JsonNode? told, string tracking) =>
        [.. told.Each("events").Select(e => e.When("timestamp") is not { } at ? null
            : new ParcelScan(tracking, EvriWords.KindOf(e.Say("code")), e.Say("code") ?? "", e.Say("description") ?? "", at, e.Say("location"), e.Say("id"), told.When("estimatedDelivery"))).OfType<ParcelScan>()];

    private static AdapterAnswer<BookedLabel> Booked(JsonNode parcel) =>
        parcel.Say("barcode") is not { Length: > 0 } barcode ? new AdapterFault(FaultKind.Malformed, "The answer names no parcel.")
        : parcel.Bytes("label") is not { } label ? new AdapterFault(FaultKind.Malformed, "The parcel came without its label.")
        : new BookedLabel(barcode, barcode, label, "zpl", parcel.Say("service"), TrackingUrl: parcel.Say("trackingUrl"));

    // Until there is a token nothing was asked: whatever goes wrong before is surely not done.
    private static async Task<AdapterAnswer<JsonNode>> Ask(CarrierCall call, HttpMethod method, string path, JsonNode? body)
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = call.Access.Setting("clientId") ?? "", ["client_secret"] = call.Access.Secret("clientSecret"),
        });
        var sent = await call.SendContent(HttpMethod.Post, "/oauth/token", form);
        if (sent.Fault is { } away) return away.IsOpen ? new AdapterFault(FaultKind.NotSent, "No token: " + away.Words, away.RetryAfter) : away;
        var token = sent.Value.Json();
        if (!sent.Value.IsOk || !token.IsOk || token.Value.Say("access_token") is not { Length: > 0 } key) return new AdapterFault(FaultKind.NotSent, "No token: the answer names none.");
        return await call.Ask(method, path, body, said => said.Each("errors").Select(e => e.Say("message")).OfType<string>().FirstOrDefault() ?? said.Say("message"), ("Authorization", "Bearer " + key));
    }

    private static JsonObject Place(ParcelAddress at) => new()
    {
        ["name"] = at.Name, ["company"] = at.Company, ["line1"] = at.Line1, ["line2"] = at.Line2, ["city"] = at.City, ["region"] = at.Region, ["postcode"] = at.Postcode, ["country"] = at.Country, ["phone"] = at.Phone, ["email"] = at.Email,
    };
}

/// <summary>Evri's words in ours, and all that is assumed of it.</summary>
internal static class EvriWords
{
    public static readonly IReadOnlyList<string> Assumptions =
    [
        "Evri publishes no open specification; none of this was tried against Evri.",
        "The address of the interface is an assumption; set baseUrl to what Evri tells you.",
        "A token is given by POST /oauth/token for client credentials.",
        "POST /v1/parcels makes a parcel with clientReference as our reference and the label as ZPL in base64; its barcode is the tracking number.",
        "Parcels are found by GET /v1/parcels?clientReference=, and a cancelled one has the status CANCELLED.",
        "A parcel is cancelled by DELETE /v1/parcels/{barcode}, also twice, and refused once it is on a manifest.",
        "POST /v1/manifests with barcodes gives a manifestId, the same one when asked again for the same parcels.",
        "Events carry the four-digit codes of Hermes Germany.",
        "Messages are signed with HMAC-SHA-256 over the body, in hex, in X-Evri-Signature.",
    ];

    /// <summary>By the four-digit codes of Hermes. Source: the event codes of Hermes Germany.</summary>
    public static ScanKind KindOf(string? code) => code switch
    {
        "0000" or "0600" or "0700" or "0800" or "0900" => ScanKind.Announced,
        "1000" or "2400" or "4062" => ScanKind.Accepted,
        "1520" or "3760" or "4060" or "4061" => ScanKind.ReturnedToSender,
        "1730" or "1751" => ScanKind.Exception,
        "1510" or "1610" or "1710" or "1720" or "1810" or "1820" or "1900" or "1901" or "1910" or "2000" or "2100" or "2300" or "3010" or "3300" or "3430" or "3780" or "4080" => ScanKind.InTransit,
        "3000" => ScanKind.OutForDelivery,
        "3410" => ScanKind.AvailableAtPoint,
        "3500" or "3510" or "3511" or "3520" or "3530" => ScanKind.Delivered,
        "3715" or "3720" or "3731" or "3732" or "3733" or "3734" or "3751" or "3752" or "3753" or "3754" => ScanKind.Attempted,
        "3740" or "4040" => ScanKind.Damaged,
        "4100" or "4500" => ScanKind.Delayed,
        "3795" or "4020" or "4024" or "4034" or "4035" or "4054" or "4095" or "4620" or "4630" => ScanKind.Exception,
        _ => ScanKind.Unknown,
    };
}
