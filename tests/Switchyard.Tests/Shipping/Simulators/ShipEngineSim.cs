using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Switchyard.Tests.Shipping;

/// <summary>ShipEngine as its specification says: labels with inline files, found by the caller's id, voided with an approval, manifests by labels.</summary>
internal sealed class ShipEngineSim : CarrierSim
{
    private readonly Dictionary<string, List<string>> _manifests = [];
    public override string Adapter => "shipengine";
    public override JsonObject Settings => new() { ["carrierId"] = "se-42", ["pickupEmail"] = "dock@example.test" };
    public override string Service => "courier_express";
    public override (string, string, string) Codes => ("IT", "DE", "ZZ");
    public override bool IsBooking(HttpRequest request) => request.Method == "POST" && request.Path == "/v1/labels";
    protected override bool IsAllowed(HttpRequest request) => request.Headers["API-Key"] == Key;

    protected override Task<IResult> Answer(HttpContext http, JsonNode? body) => Task.FromResult((http.Request.Method, http.Request.Path.Value!.Trim('/').Split('/')[1..]) switch
    {
        ("POST", ["rates"]) => Rates(body!),
        ("POST", ["labels"]) => Create(body!),
        ("GET", ["labels", "external_shipment_id", var reference]) => Parcels.Values.Where(p => p.Reference == reference).OrderBy(p => p.Key).ToList() is [var first, ..] ? Results.Json(Label(first)) : Error(404, "Not found"),
        ("GET", ["labels", var id]) => Parcels.TryGetValue(id, out var parcel) ? Results.Json(Label(parcel)) : Error(404, "Not found"),
        ("PUT", ["labels", var id, "void"]) => Void(id),
        ("GET", ["labels", var id, "track"]) => Parcels.TryGetValue(id, out var parcel) ? Results.Json(Tracking(parcel)) : Error(404, "Not found"),
        ("POST", ["manifests"]) => Manifest(body!),
        ("GET", ["manifests"]) => Results.Json(new { manifests = _manifests.Select(m => new { manifest_id = m.Key, label_ids = m.Value }) }),
        ("POST", ["pickups"]) => Fetch(body!),
        ("GET", ["pickups"]) => Results.Json(new { pickups = _pickups.Values.Select(Pickup), total = _pickups.Count, page = 1, pages = 1, links = new { } }),
        ("GET", ["pickups", var id]) => _pickups.TryGetValue(id, out var pickup) ? Results.Json(Pickup(pickup)) : Error(404, "Not found"),
        ("DELETE", ["pickups", var id]) => CallOff(id),
        _ => Error(404, "Not found"),
    });

    private sealed record Driver(string Id, string[] Labels, string From, string To) { public string? CancelledAt { get; set; } }
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, Driver> _pickups = new();
    public override bool IsPickup(HttpRequest request) => request.Method == "POST" && request.Path == "/v1/pickups";
    public override int Drivers => _pickups.Values.Count(p => p.CancelledAt is null);

    /// <summary>It makes a second one for the same labels when it is asked to.</summary>
    private IResult Fetch(JsonNode body)
    {
        string[] labels = [.. body["label_ids"]!.AsArray().Select(i => (string)i!)];
        bool isWhole = ((string?)body["contact_details"]?["phone"])?.Length >= 7 && ((string?)body["contact_details"]?["email"])?.Contains('@') == true && body["contact_details"]?["name"] is not null;
        if (!isWhole || body["pickup_window"]?["start_at"] is null || labels.Length == 0) return Error(400, "invalid request");
        if (labels.Any(l => !Parcels.TryGetValue(l, out var p) || p.IsVoid)) return Error(400, "A label cannot be picked up.");
        var driver = new Driver("pik_" + NextNo(), labels, (string)body["pickup_window"]!["start_at"]!, (string)body["pickup_window"]!["end_at"]!);
        _pickups[driver.Id] = driver;
        return Results.Json(Pickup(driver));
    }

    private IResult CallOff(string id)
    {
        if (!_pickups.TryGetValue(id, out var driver)) return Error(404, "Not found");
        if (driver.CancelledAt is not null) return Error(400, "The pickup is cancelled already.");
        driver.CancelledAt = "2026-03-04T18:00:00Z";
        return Results.Json(new { pickup_id = id });
    }

    private static object Pickup(Driver p) => new
    {
        pickup_id = p.Id, label_ids = p.Labels, created_at = "2026-03-04T08:00:00Z", cancelled_at = p.CancelledAt, carrier_id = "se-42", confirmation_number = "292513CL4A3",
        pickup_windows = new[] { new { start_at = p.From, end_at = p.To } },
    };

    private IResult Rates(JsonNode body) => (string?)body["rate_options"]?["carrier_ids"]?[0] != "se-42" ? Error(400, "No such carrier") : Results.Json(new
    {
        rate_response = new
        {
            rates = new object[]
            {
                new { rate_id = "se-r1", service_code = Service, service_type = "Express", delivery_days = 1, guaranteed_service = true, shipping_amount = Gbp(5.25m), insurance_amount = Gbp(0), confirmation_amount = Gbp(0.1m), other_amount = Gbp(0.15m), error_messages = Array.Empty<string>() },
                new { rate_id = "se-r2", service_code = "courier_never", delivery_days = (int?)null, shipping_amount = Gbp(1), error_messages = new[] { "not here" } },
            },
        },
    });

    private static object Gbp(decimal amount) => new { currency = "gbp", amount };

    private IResult Create(JsonNode body)
    {
        var shipment = body["shipment"]!;
        if ((string?)shipment["service_code"] != Service) return Error(400, "invalid service_code");
        if ((string?)body["label_download_type"] != "inline" || shipment["packages"]?[0]?["weight"]?["value"] is null) return Error(400, "invalid request");
        string no = NextNo();
        var parcel = new SimParcel { Key = "se-" + no, Tracking = "1SE" + no, Reference = (string)shipment["external_shipment_id"]!, Service = Service, Asked = shipment.DeepClone() };
        Parcels[parcel.Key] = parcel;
        return Results.Json(Label(parcel));
    }

    private static object Label(SimParcel p) => new
    {
        label_id = p.Key, status = p.IsVoid ? "voided" : "completed", voided = p.IsVoid, tracking_number = p.Tracking, external_shipment_id = p.Reference, service_code = p.Service, shipment_cost = Gbp(5.5m),
        label_download = new { href = "data:application/pdf;base64," + Convert.ToBase64String(Pdf(p.Tracking)) },
    };

    private IResult Void(string id)
    {
        if (!Parcels.TryGetValue(id, out var parcel)) return Error(404, "Not found");
        if (parcel.IsVoid || parcel.IsManifested) return Results.Json(new { approved = false, message = "The label cannot be voided." });
        parcel.IsVoid = true;
        return Results.Json(new { approved = true, message = "Voided" });
    }

    private IResult Manifest(JsonNode body)
    {
        var ids = body["label_ids"]!.AsArray().Select(i => (string)i!).ToList();
        if (ids.Any(i => !Parcels.TryGetValue(i, out var p) || p.IsVoid || p.IsManifested)) return Error(400, "A label cannot be manifested.");
        foreach (string id in ids) Parcels[id].IsManifested = true;
        Manifests++;
        _manifests["se-m" + Manifests] = ids;
        return Results.Json(new { manifests = new[] { new { manifest_id = "se-m" + Manifests, label_ids = ids } } });
    }

    private static object Tracking(SimParcel p) => new
    {
        tracking_number = p.Tracking, status_code = p.Scans.LastOrDefault()?.Code ?? "UN", estimated_delivery_date = "2026-03-04T18:00:00Z",
        events = p.Scans.AsEnumerable().Reverse().Select(s => new { occurred_at = s.At, status_code = s.Code, carrier_status_code = s.Code, description = s.Words, city_locality = "Warrington" }),
    };

    private static IResult Error(int status, string message) => Results.Json(new { request_id = "r", errors = new[] { new { error_source = "shipengine", error_type = "validation", error_code = "invalid", message } } }, statusCode: status);
}
