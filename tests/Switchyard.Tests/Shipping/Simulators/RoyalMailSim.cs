using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Switchyard.Adapters;

namespace Switchyard.Tests.Shipping;

/// <summary>Click &amp; Drop as its specification says: orders under a number and a reference in quotes, labels in base64, manifests of all that is eligible.</summary>
internal sealed class RoyalMailSim : CarrierSim
{
    public override string Adapter => "royal-mail";
    public override JsonObject Settings => new() { ["rateCard"] = "rm" };
    public override string Service => "TPN24";
    public override (string, string, string) Codes => ("In Transit", "Delivered", "Waiting For The Tide");
    public override bool IsBooking(HttpRequest request) => request.Method == "POST" && request.Path == "/orders";
    protected override bool IsAllowed(HttpRequest request) => request.Headers.Authorization == "Bearer " + Key;

    protected override Task<IResult> Answer(HttpContext http, JsonNode? body) => Task.FromResult((http.Request.Method, http.Request.Path.Value!.Trim('/').Split('/')) switch
    {
        ("POST", ["orders"]) => Create(body!),
        ("GET", ["orders", var which]) => Find(which) is { Count: > 0 } found ? Results.Json(found.Select(Info)) : Missing(which),
        ("GET", ["orders", var which, "label"]) => Find(which) is [{ IsVoid: false } one] ? Results.Bytes(Pdf(one.Tracking), "application/pdf") : Missing(which),
        ("GET", ["orders", var which, "full"]) => Results.Json(Find(which).Select(Full)),
        ("DELETE", ["orders", var which]) => Delete(which),
        ("POST", ["manifests"]) => Manifest(),
        ("GET", ["manifests", var no]) => Results.Json(new { manifestNumber = int.Parse(no, CultureInfo.InvariantCulture), status = "Completed", documentPdf = Convert.ToBase64String(Pdf(no)) }),
        _ => Results.StatusCode(404),
    });

    private IResult Create(JsonNode body)
    {
        var item = body["items"]![0]!;
        string reference = (string)item["orderReference"]!, service = (string)item["postageDetails"]!["serviceCode"]!;
        if (service != Service || item["recipient"]?["address"]?["postcode"] is null)
            return Results.Json(new { successCount = 0, errorsCount = 1, createdOrders = Array.Empty<object>(), failedOrders = new[] { new { errors = new[] { new { errorCode = 12, errorMessage = $"Service {service} is not available." } } } } });
        string no = NextNo();
        var parcel = new SimParcel { Key = int.Parse(no, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture), Tracking = $"QB{no}5GB", Reference = reference, Service = service, Asked = item.DeepClone() };
        Parcels[parcel.Key] = parcel;
        var made = Info(parcel);
        made["label"] = Convert.ToBase64String(Pdf(parcel.Tracking));
        made["labelErrors"] = new JsonArray();
        return Results.Json(new JsonObject { ["successCount"] = 1, ["errorsCount"] = 0, ["createdOrders"] = new JsonArray(made), ["failedOrders"] = new JsonArray() });
    }

    private static JsonObject Info(SimParcel p) => new()
    {
        ["orderIdentifier"] = int.Parse(p.Key, CultureInfo.InvariantCulture), ["orderReference"] = p.Reference, ["createdOn"] = "2026-03-02T09:00:00", ["trackingNumber"] = p.Tracking,
        ["manifestedOn"] = p.IsManifested ? "2026-03-02T17:00:00" : null, ["packages"] = new JsonArray(new JsonObject { ["packageNumber"] = 1, ["trackingNumber"] = p.Tracking }),
    };

    private static JsonObject Full(SimParcel p) => new()
    {
        ["orderIdentifier"] = int.Parse(p.Key, CultureInfo.InvariantCulture), ["orderReference"] = p.Reference, ["orderStatus"] = "despatched", ["postageAppliedOn"] = "2026-03-02T09:00:00",
        ["manifestedOn"] = p.IsManifested ? "2026-03-02T17:00:00" : null,
        ["shippingDetails"] = new JsonObject { ["shippingCost"] = 0, ["trackingNumber"] = p.Tracking, ["shippingTrackingStatus"] = p.Scans.LastOrDefault()?.Code },
    };

    private IResult Delete(string which)
    {
        var found = Find(which);
        if (found.Count == 0) return Missing(which);
        if (found.Any(p => p.IsManifested)) return Results.Json(new { deletedOrders = Array.Empty<object>(), errors = new[] { new { orderIdentifier = 1, code = "Forbidden", message = "A manifested order cannot be deleted." } } });
        foreach (var parcel in found) parcel.IsVoid = true;
        return Results.Json(new { deletedOrders = found.Select(p => new { orderIdentifier = int.Parse(p.Key, CultureInfo.InvariantCulture), orderReference = p.Reference }), errors = Array.Empty<object>() });
    }

    private IResult Manifest()
    {
        var eligible = Parcels.Values.Where(p => p is { IsVoid: false, IsManifested: false }).ToList();
        if (eligible.Count == 0) return Results.Json(new { errors = new[] { new { code = "NoEligibleOrders", description = "There are no eligible orders." } } }, statusCode: 400);
        foreach (var parcel in eligible) parcel.IsManifested = true;
        Manifests++;
        return Results.Json(new { manifestNumber = 1000 + Manifests }, statusCode: 202);
    }

    // Deleted orders are not there any more.
    private List<SimParcel> Find(string which) =>
        [.. which.Split(';').SelectMany(w => Parcels.Values.Where(p => !p.IsVoid && (w.Length > 1 && w[0] == '"' ? p.Reference == Uri.UnescapeDataString(w.Trim('"')) : p.Key == w))).OrderBy(p => p.Key)];

    private static IResult Missing(string which) => Results.Json(new[] { new { accountOrderNumber = 0, channelOrderReference = which, code = "NotFound", message = "There is no such order." } }, statusCode: 404);
}
