using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Switchyard.Adapters;

namespace Switchyard.Tests.Shipping;

/// <summary>EasyPost as its recorded calls show it: shipments with rates, bought once, refunded, scan forms, trackers and signed messages.</summary>
internal sealed class EasyPostSim : CarrierSim
{
    private readonly Dictionary<string, (string Reference, string Tracking)> _made = [];
    public override string Adapter => "easypost";
    public override JsonObject Settings => [];
    public override string Service => "Courier.NextDay";
    public override string MessageSecret => "sécret";
    public override (string, string, string) Codes => ("in_transit", "delivered", "beamed_up");
    public override bool IsBooking(HttpRequest request) => request.Method == "POST" && request.Path.Value!.EndsWith("/buy", StringComparison.Ordinal);
    protected override bool IsAllowed(HttpRequest request) =>
        request.Path.Value!.StartsWith("/files/", StringComparison.Ordinal) || request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Key + ":"));

    protected override Task<IResult> Answer(HttpContext http, JsonNode? body) => Task.FromResult((http.Request.Method, http.Request.Path.Value!.Trim('/').Split('/')) switch
    {
        ("POST", ["beta", "rates"]) => Results.Json(new { rates = new[] { Rate() } }),
        ("POST", ["v2", "shipments"]) => Create(body!["shipment"]!),
        ("GET", ["v2", "shipments", var which]) => _made.FirstOrDefault(m => m.Key == which || m.Value.Reference == which).Key is { } id ? Results.Json(Shipment(id)) : Error(404, "NOT_FOUND", "Not found"),
        ("POST", ["v2", "shipments", var id, "buy"]) => Buy(id, (string?)body!["rate"]?["id"]),
        ("POST", ["v2", "shipments", var id, "refund"]) => Refund(id),
        ("POST", ["v2", "scan_forms"]) => ScanForm(body!),
        ("GET", ["files", var name]) => Results.Bytes(Pdf(name), "application/pdf"),
        _ => Error(404, "NOT_FOUND", "Not found"),
    });

    private static object Rate() => new { id = "rate_1", @object = "Rate", service = "NextDay", carrier = "Courier", rate = "6.07", currency = "GBP", delivery_days = 1, delivery_date_guaranteed = false };

    private IResult Create(JsonNode shipment)
    {
        if (shipment["parcel"]?["weight"] is null || shipment["to_address"]?["zip"] is null) return Error(422, "PARAMETER.REQUIRED", "Missing required parameter.");
        string no = NextNo(), id = "shp_" + no;
        _made[id] = ((string)shipment["reference"]!, "EZ" + no);
        return Results.Json(Shipment(id), statusCode: 201);
    }

    private IResult Buy(string id, string? rate)
    {
        if (rate != "rate_1" || !_made.TryGetValue(id, out var made)) return Error(404, "NOT_FOUND", "No such rate");
        if (Parcels.ContainsKey(id)) return Error(422, "SHIPMENT.POSTAGE.EXISTS", "Postage already exists for this shipment.");
        Parcels[id] = new SimParcel { Key = id, Tracking = made.Tracking, Reference = made.Reference, Service = Service };
        return Results.Json(Shipment(id));
    }

    private IResult Refund(string id)
    {
        if (!Parcels.TryGetValue(id, out var parcel)) return Error(404, "NOT_FOUND", "Not found");
        if (parcel.IsManifested || parcel.IsVoid) return Error(422, "SHIPMENT.REFUND.UNAVAILABLE", "Refund is not available.");
        parcel.IsVoid = true;
        return Results.Json(Shipment(id));
    }

    private IResult ScanForm(JsonNode body)
    {
        var ids = body["shipments"]!.AsArray().Select(s => (string)s!["id"]!).ToList();
        if (ids.Any(i => !Parcels.TryGetValue(i, out var p) || p.IsVoid || p.IsManifested)) return Error(422, "SCAN_FORM.INVALID", "A shipment cannot be on a form.");
        foreach (string id in ids) Parcels[id].IsManifested = true;
        Manifests++;
        return Results.Json(new { id = "sf_" + Manifests, status = "created", form_url = $"{Url}/files/form.pdf" }, statusCode: 201);
    }

    private object Shipment(string id)
    {
        var (reference, tracking) = _made[id];
        var parcel = Parcels.GetValueOrDefault(id);
        return new
        {
            id, @object = "Shipment", reference, status = "unknown", tracking_code = parcel is null ? null : tracking, rates = new[] { Rate() }, messages = Array.Empty<object>(), selected_rate = parcel is null ? null : Rate(),
            postage_label = parcel is null ? null : new { id = "pl_1", label_url = $"{Url}/files/{tracking}.pdf", label_pdf_url = (string?)null }, refund_status = parcel is { IsVoid: true } ? "submitted" : null,
            scan_form = parcel is { IsManifested: true } ? new { id = "sf_" + Manifests } : null, tracker = parcel is null ? null : Tracker(parcel),
        };
    }

    private static object Tracker(SimParcel p) => new
    {
        id = "trk_1", @object = "Tracker", tracking_code = p.Tracking, status = p.Scans.LastOrDefault()?.Code ?? "pre_transit", est_delivery_date = "2026-03-04T18:00:00Z", public_url = "https://track.example/" + p.Tracking,
        tracking_details = p.Scans.Select(s => new { @object = "TrackingDetail", message = s.Words, status = s.Code, datetime = s.At, carrier_code = "", tracking_location = new { city = "Warrington" } }),
    };

    public override (Dictionary<string, string>, byte[]) Message(SimParcel parcel)
    {
        byte[] body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { id = "evt_1", @object = "Event", description = "tracker.updated", result = Tracker(parcel) });
        byte[] hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(MessageSecret.Normalize(NormalizationForm.FormKD)), body);
        return (new(StringComparer.OrdinalIgnoreCase) { ["X-Hmac-Signature"] = "hmac-sha256-hex=" + Convert.ToHexStringLower(hash) }, body);
    }

    private static IResult Error(int status, string code, string message) => Results.Json(new { error = new { code, message, errors = Array.Empty<object>() } }, statusCode: status);
}
