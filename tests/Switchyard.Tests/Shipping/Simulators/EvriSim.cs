using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Switchyard.Tests.Shipping;

/// <summary>Evri as the adapter assumes it: a token, parcels with labels in ZPL, events with Hermes codes, signed messages.</summary>
internal sealed class EvriSim : CarrierSim
{
    private readonly Dictionary<string, string> _manifests = [];
    public override string Adapter => "evri";
    public override JsonObject Settings => new() { ["clientId"] = "fenwick", ["rateCard"] = "evri" };
    public override Dictionary<string, string> Secrets => new() { ["clientSecret"] = Key };
    public override string Service => "STANDARD";
    public override string MessageSecret => "evri-secret";
    public override (string, string, string) Codes => ("1510", "3500", "9999");
    public override bool IsBooking(HttpRequest request) => request.Method == "POST" && request.Path == "/v1/parcels";
    protected override bool IsAllowed(HttpRequest request) => request.Path == "/oauth/token" ? request.Form["client_secret"] == Key : request.Headers.Authorization == "Bearer token-1";

    protected override Task<IResult> Answer(HttpContext http, JsonNode? body) => Task.FromResult((http.Request.Method, http.Request.Path.Value!.Trim('/').Split('/')) switch
    {
        ("POST", ["oauth", "token"]) => Results.Json(new { access_token = "token-1", token_type = "Bearer", expires_in = 3600 }),
        ("POST", ["v1", "parcels"]) => Create(body!),
        ("GET", ["v1", "parcels"]) => Results.Json(new { parcels = Parcels.Values.Where(p => p.Reference == (string?)http.Request.Query["clientReference"]).Select(Parcel) }),
        ("GET", ["v1", "parcels", var id, "events"]) => Results.Json(Events(Parcels[id])),
        ("DELETE", ["v1", "parcels", var id]) => Delete(id),
        ("POST", ["v1", "manifests"]) => Manifest(body!),
        _ => Results.StatusCode(404),
    });

    private IResult Create(JsonNode body)
    {
        if ((string?)body["service"] != Service) return Error(400, "The service is not available.");
        string barcode = "H00AAA" + NextNo();
        var parcel = new SimParcel { Key = barcode, Tracking = barcode, Reference = (string)body["clientReference"]!, Service = Service };
        Parcels[barcode] = parcel;
        return Results.Json(Parcel(parcel), statusCode: 201);
    }

    private IResult Delete(string id)
    {
        if (!Parcels.TryGetValue(id, out var parcel)) return Error(404, "No such parcel.");
        if (parcel.IsManifested) return Error(409, "The parcel is on a manifest.");
        parcel.IsVoid = true;
        return Results.Json(Parcel(parcel));
    }

    private IResult Manifest(JsonNode body)
    {
        var ids = body["barcodes"]!.AsArray().Select(i => (string)i!).ToList();
        if (!_manifests.ContainsKey(string.Join(',', ids)))
        {
            foreach (string id in ids) Parcels[id].IsManifested = true;
            _manifests[string.Join(',', ids)] = "EV" + ++Manifests;
        }
        return Results.Json(new { manifestId = _manifests[string.Join(',', ids)] });
    }

    private static object Parcel(SimParcel p) => new
    {
        barcode = p.Tracking, clientReference = p.Reference, service = p.Service, status = p.IsVoid ? "CANCELLED" : "CREATED", label = Convert.ToBase64String(Encoding.ASCII.GetBytes($"^XA^FO50,50^FD{p.Tracking}^FS^XZ")),
    };

    private static object Events(SimParcel p) => new
    {
        barcode = p.Tracking, estimatedDelivery = "2026-03-05T18:00:00Z", events = p.Scans.Select((s, i) => new { id = $"{p.Tracking}-{i}", code = s.Code, description = s.Words, timestamp = s.At, location = "Hoyland" }),
    };

    public override (Dictionary<string, string>, byte[]) Message(SimParcel parcel)
    {
        byte[] body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Events(parcel));
        return (new(StringComparer.OrdinalIgnoreCase) { ["X-Evri-Signature"] = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(MessageSecret), body)) }, body);
    }

    private static IResult Error(int status, string message) => Results.Json(new { errors = new[] { new { message } } }, statusCode: status);
}
