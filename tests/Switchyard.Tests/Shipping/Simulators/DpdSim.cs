using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Switchyard.Tests.Shipping;

/// <summary>DPD UK as the adapter assumes it: a session, shipments, labels in EPL, errors with status 200.</summary>
internal sealed class DpdSim : CarrierSim
{
    private readonly Dictionary<string, string> _manifests = [];
    public override string Adapter => "dpd-uk";
    public override JsonObject Settings => new() { ["userName"] = "fenwick", ["accountNumber"] = "118990", ["rateCard"] = "dpd" };
    public override Dictionary<string, string> Secrets => new() { ["password"] = Key };
    public override string Service => "1^12";
    public override (string, string, string) Codes => ("AT_HUB", "DELIVERED", "ON_A_UNICORN");
    public override bool IsBooking(HttpRequest request) => request.Method == "POST" && request.Path == "/shipping/shipment";
    protected override bool IsAllowed(HttpRequest request) => request.Headers["GEOClient"] == "account/118990" && (request.Path.Value!.StartsWith("/user", StringComparison.Ordinal)
        ? request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("fenwick:" + Key)) : request.Headers["GEOSession"] == "session-1");

    protected override Task<IResult> Answer(HttpContext http, JsonNode? body) => Task.FromResult((http.Request.Method, http.Request.Path.Value!.Trim('/').Split('/')) switch
    {
        ("POST", ["user"]) => Data(new { geoSession = "session-1" }),
        ("POST", ["shipping", "shipment"]) => Create(body!),
        ("GET", ["shipping", "shipment"]) => Data(Parcels.Values.Where(p => p.Reference == (string?)http.Request.Query["shippingRef1"]).Select(Shipment)),
        ("GET", ["shipping", "shipment", var id, "label"]) => Parcels.ContainsKey(id) ? Results.Text("N\nA50,50,0,3,1,1,N,\"" + id + "\"\nP1\n", "text/vnd.eltron-epl") : Error("No such shipment."),
        ("GET", ["shipping", "shipment", var id, "tracking"]) => Data(new { events = Parcels[id].Scans.Select(s => new { type = s.Code, description = s.Words, date = s.At, locality = "Hinckley" }) }),
        ("DELETE", ["shipping", "shipment", var id]) => Delete(id),
        ("POST", ["shipping", "manifest"]) => Manifest(body!),
        _ => Results.StatusCode(404),
    });

    private IResult Create(JsonNode body)
    {
        var consignment = body["consignment"]![0]!;
        if ((string?)consignment["networkCode"] != Service) return Error("The service is not available.");
        string no = NextNo();
        var parcel = new SimParcel { Key = no, Tracking = "1550" + no, Reference = (string)consignment["shippingRef1"]!, Service = Service };
        Parcels[no] = parcel;
        return Data(Shipment(parcel));
    }

    private IResult Delete(string id)
    {
        if (!Parcels.TryGetValue(id, out var parcel)) return Error("No such shipment.");
        if (parcel.IsManifested) return Error("The shipment is on a manifest.");
        parcel.IsVoid = true;
        return Data(new { cancelled = true });
    }

    private IResult Manifest(JsonNode body)
    {
        var ids = body["shipmentId"]!.AsArray().Select(i => (string)i!).ToList();
        if (!_manifests.ContainsKey(string.Join(',', ids)))
        {
            foreach (string id in ids) Parcels[id].IsManifested = true;
            _manifests[string.Join(',', ids)] = "M" + ++Manifests;
        }
        return Data(new { manifestNumber = _manifests[string.Join(',', ids)], document = Convert.ToBase64String(Pdf("manifest")) });
    }

    private static object Shipment(SimParcel p) => new { shipmentId = p.Key, cancelled = p.IsVoid, networkCode = p.Service, consignmentDetail = new[] { new { consignmentNumber = p.Key, parcelNumbers = new[] { p.Tracking } } } };
    private static IResult Data(object data) => Results.Json(new { error = (object?)null, data });
    private static IResult Error(string message) => Results.Json(new { error = new[] { new { errorCode = "1008", errorType = "validation", errorMessage = message, obj = "networkCode" } }, data = (object?)null });
}
