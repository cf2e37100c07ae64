using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Switchyard.Tests.Shipping;

/// <summary>UPS as its specification says: a token, rates with days, shipments, recovery by reference, voids, tracking by type and code.</summary>
internal sealed class UpsSim : CarrierSim
{
    public override string Adapter => "ups";
    public override JsonObject Settings => new() { ["clientId"] = "fenwick", ["shipperNumber"] = "A1B2C3" };
    public override Dictionary<string, string> Secrets => new() { ["clientSecret"] = Key };
    public override string Service => "11";
    public override (string, string, string) Codes => ("I DP", "D F4", "ZZ 99");
    public override bool IsBooking(HttpRequest request) => request.Path.Value!.EndsWith("/ship", StringComparison.Ordinal);
    protected override bool IsAllowed(HttpRequest request) => request.Headers.Authorization == (request.Path.Value!.EndsWith("/token", StringComparison.Ordinal)
        ? "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("fenwick:" + Key)) : "Bearer token-1");

    protected override Task<IResult> Answer(HttpContext http, JsonNode? body) => Task.FromResult((http.Request.Method, http.Request.Path.Value!.Trim('/').Split('/')) switch
    {
        ("POST", ["security", "v1", "oauth", "token"]) => Say(new { access_token = "token-1", token_type = "Bearer", expires_in = "14399" }),
        ("POST", ["api", "rating", "v2409", "Shoptimeintransit"]) => Rates(),
        ("POST", ["api", "shipments", "v2409", "ship"]) => Ship(body!["ShipmentRequest"]!),
        ("POST", ["api", "labels", "v1", "recovery"]) => Recover((string)body!["LabelRecoveryRequest"]!["ReferenceValues"]!["ReferenceNumber"]!["Value"]!),
        ("DELETE", ["api", "shipments", "v2409", "void", "cancel", var id]) => Void(id),
        ("POST", ["api", "pickupcreation", "v2409", "pickup"]) => FetchParcels(body!["PickupCreationRequest"]!),
        ("DELETE", ["api", "shipments", "v2409", "pickup", "02"]) => CallOff(http.Request.Headers["Prn"].ToString()),
        ("GET", ["api", "track", "v1", "details", var number]) => Track(number),
        _ => Results.StatusCode(404),
    });

    private static IResult Rates() => Say(new
    {
        RateResponse = new
        {
            RatedShipment = new object[]
            {
                new { Service = new { Code = "11" }, TotalCharges = Money("9.10"), NegotiatedRateCharges = new { TotalCharge = Money("6.20") }, TimeInTransit = new { ServiceSummary = new { EstimatedArrival = new { BusinessDaysInTransit = "2" } } } },
                new { Service = new { Code = "65" }, TotalCharges = Money("14.00"), GuaranteedDelivery = new { BusinessDaysInTransit = "1" } },
            },
        },
    });

    /// <summary>Pickups by day and address; the same one is asked for once.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, JsonNode> Pickups { get; } = new();

    public override bool IsPickup(HttpRequest request) => request.Path.Value!.Contains("/pickupcreation/", StringComparison.Ordinal);
    public override int Drivers => Pickups.Count;

    private IResult FetchParcels(JsonNode request)
    {
        var (when, place) = (request["PickupDateInfo"], request["PickupAddress"]);
        bool isWhole = new[] { when?["PickupDate"], when?["ReadyTime"], when?["CloseTime"], place?["CompanyName"], place?["ContactName"], place?["AddressLine"], place?["City"], place?["CountryCode"], place?["ResidentialIndicator"],
            place?["Phone"]?["Number"], request["RatePickupIndicator"], request["AlternateAddressIndicator"], request["PaymentMethod"], request["PickupPiece"]?[0]?["ServiceCode"] }.All(n => n is not null);
        if (!isWhole || (string?)request["Shipper"]?["Account"]?["AccountNumber"] != "A1B2C3") return Error("9510109", "Missing or invalid pickup information.");
        if (string.CompareOrdinal((string)when!["ReadyTime"]!, (string)when["CloseTime"]!) >= 0) return Error("9510117", "Close time must be later than ready time.");
        Pickups[$"{when["PickupDate"]} {place!["City"]}"] = request.DeepClone();
        return Say(new { PickupCreationResponse = new { Response = new { ResponseStatus = new { Code = "1", Description = "Success" } }, PRN = "2929602E9CP", RateStatus = new { Code = "04" } } });
    }

    /// <summary>How often collections were called off.</summary>
    public int CalledOff { get; private set; }

    private IResult CallOff(string number)
    {
        if (number != "2929602E9CP" || Pickups.IsEmpty) return Results.StatusCode(404);
        Pickups.Clear();
        CalledOff++;
        return Say(new { PickupCancelResponse = new { Response = new { ResponseStatus = new { Code = "1", Description = "Success" } }, PickupType = "01" } });
    }

    private IResult Ship(JsonNode request)
    {
        var shipment = request["Shipment"]!;
        string reference = (string)shipment["Package"]![0]!["ReferenceNumber"]![0]!["Value"]!;
        if ((string?)shipment["Service"]?["Code"] != Service || reference.Length > 35) return Error("111100", "The requested service is invalid from the selected origin.");
        string number = "1ZA1B2C368" + NextNo();
        Parcels[number] = new SimParcel { Key = number, Tracking = number, Reference = reference, Service = Service };
        // One package comes as a thing, not as a list of one.
        return Say(new
        {
            ShipmentResponse = new
            {
                ShipmentResults = new { ShipmentIdentificationNumber = number, ShipmentCharges = new { TotalCharges = Money("9.10") }, PackageResults = new { TrackingNumber = number, ShippingLabel = new { GraphicImage = Zpl(number) } } },
            },
        });
    }

    private IResult Recover(string reference) => Parcels.Values.FirstOrDefault(p => p.Reference == reference && !p.IsVoid) is { } parcel
        ? Say(new { LabelRecoveryResponse = new { ShipmentIdentificationNumber = parcel.Key, LabelResults = new { TrackingNumber = parcel.Tracking, LabelImage = new { GraphicImage = Zpl(parcel.Tracking) } } } })
        : Error("300102", "No shipment found for this reference.");

    private IResult Void(string id)
    {
        if (!Parcels.TryGetValue(id, out var parcel)) return Error("190102", "No shipment found within the allowed void period.");
        if (parcel.IsVoid) return Error("190117", "The shipment has already been voided.");
        parcel.IsVoid = true;
        return Say(new { VoidShipmentResponse = new { SummaryResult = new { Status = new { Code = "1", Description = "Voided" } } } });
    }

    private IResult Track(string number) => Say(new
    {
        trackResponse = new
        {
            shipment = new[]
            {
                new
                {
                    package = new[]
                    {
                        new
                        {
                            trackingNumber = number,
                            activity = Parcels[number].Scans.AsEnumerable().Reverse().Select(s => new
                            {
                                status = new { type = s.Code.Split(' ')[0], code = s.Code.Split(' ')[1], description = s.Words }, location = new { address = new { city = "Tamworth" } },
                                date = s.At.ToString("yyyyMMdd", CultureInfo.InvariantCulture), time = s.At.ToString("HHmmss", CultureInfo.InvariantCulture),
                            }),
                        },
                    },
                },
            },
        },
    });

    // Names as UPS writes them.
    private static IResult Say(object body, int statusCode = 200) => Results.Json(body, new System.Text.Json.JsonSerializerOptions(), statusCode: statusCode);

    private static object Money(string value) => new { CurrencyCode = "GBP", MonetaryValue = value };
    private static string Zpl(string number) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"^XA^FO50,50^FD{number}^FS^XZ"));
    private static IResult Error(string code, string message) => Say(new { response = new { errors = new[] { new { code, message } } } }, statusCode: 400);
}
