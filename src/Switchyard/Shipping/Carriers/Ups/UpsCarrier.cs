using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Switchyard.Adapters;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>UPS (REST, version 2409): a token, shipments with our reference on the package, labels found again by recovery.</summary>
public sealed class UpsCarrier : ICarrier
{
    private const string Version = "v2409";
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> _tokens = new();

    public AdapterManifest Manifest { get; } = new("ups", "UPS", "https://onlinetools.ups.com", ["rate", "label", "find", "void", "track", "pickup", "callOff"],
        [
            new("clientId", "The client id of your app.", IsRequired: true), new("clientSecret", "Its secret.", IsSecret: true, IsRequired: true), new("shipperNumber", "Your account with UPS, six characters.", IsRequired: true),
        ],
        ["zpl"], IsPost: false, "OpenAPI of UPS: OAuth, Rating, Shipping, Tracking, Pickup.", UpsWords.Assumptions);

    public async Task<AdapterAnswer<IReadOnlyList<CarrierRate>>> Rate(CarrierCall call, Consignment what)
    {
        var shipment = UpsShipment.Of(call, what, null);
        shipment["DeliveryTimeInformation"] = new JsonObject { ["PackageBillType"] = "03", ["Pickup"] = new JsonObject { ["Date"] = what.At.ToString("yyyyMMdd", CultureInfo.InvariantCulture) } };
        var body = new JsonObject { ["RateRequest"] = new JsonObject { ["Request"] = new JsonObject { ["RequestOption"] = "Shoptimeintransit" }, ["Shipment"] = shipment } };
        return (await Ask(call, HttpMethod.Post, $"/api/rating/{Version}/Shoptimeintransit", body)).Then(said => AdapterAnswer<IReadOnlyList<CarrierRate>>.Of(
            [.. UpsWords.Many(said.At("RateResponse", "RatedShipment")).Select(Read).OfType<CarrierRate>()]));

        static CarrierRate? Read(JsonObject rated)
        {
            // What was negotiated is what is paid.
            var total = rated.At("NegotiatedRateCharges", "TotalCharge") ?? rated.At("TotalCharges");
            string? currency = total.Say("CurrencyCode");
            int? guaranteed = rated.Whole("GuaranteedDelivery", "BusinessDaysInTransit"), days = guaranteed ?? rated.Whole("TimeInTransit", "ServiceSummary", "EstimatedArrival", "BusinessDaysInTransit");
            return total.At("MonetaryValue").Minor(currency) is { } cost && days is { } most && rated.Say("Service", "Code") is { } service
                ? new CarrierRate(service, UpsWords.ServiceName(service), cost, currency!, null, most, guaranteed is not null) : null;
        }
    }

    public async Task<AdapterAnswer<BookedLabel?>> Find(CarrierCall call, string reference)
    {
        var token = await Token(call);
        if (token.Fault is { } away) return away;
        var body = new JsonObject
        {
            ["LabelRecoveryRequest"] = new JsonObject
            {
                ["LabelSpecification"] = UpsShipment.Label(),
                ["ReferenceValues"] = new JsonObject { ["ReferenceNumber"] = new JsonObject { ["Value"] = UpsShipment.Reference(reference) }, ["ShipperNumber"] = call.Access.Setting("shipperNumber") },
            },
        };
        var sent = await Send(call, token.Value, HttpMethod.Post, "/api/labels/v1/recovery", body);
        if (sent.Fault is { } fault) return fault;
        var said = sent.Value.Json();
        if (!sent.Value.IsOk)
        {
            string words = said.IsOk ? UpsWords.Refusal(said.Value) ?? sent.Value.Beginning : sent.Value.Beginning;
            return sent.Value.Status == 404 || said.IsOk && UpsWords.IsNotThere(said.Value) ? AdapterAnswer<BookedLabel?>.Of(null) : new AdapterFault(FaultKind.Refused, words);
        }
        return said.Then(found =>
        {
            var one = UpsWords.Many(found.At("LabelRecoveryResponse", "LabelResults")).FirstOrDefault();
            if (one.Say("TrackingNumber") is not { } tracking || one.Bytes("LabelImage", "GraphicImage") is not { } label) return new AdapterFault(FaultKind.Malformed, "The answer holds no label.");
            return AdapterAnswer<BookedLabel?>.Of(new BookedLabel(found.Say("LabelRecoveryResponse", "ShipmentIdentificationNumber") ?? tracking, tracking, label, "zpl"));
        });
    }

    public async Task<AdapterAnswer<BookedLabel>> Book(CarrierCall call, Consignment what, ServiceQuote service)
    {
        var body = new JsonObject
        {
            ["ShipmentRequest"] = new JsonObject
            {
                ["Request"] = new JsonObject { ["RequestOption"] = "nonvalidate", ["TransactionReference"] = new JsonObject { ["CustomerContext"] = what.Reference } },
                ["Shipment"] = UpsShipment.Of(call, what, service.Service), ["LabelSpecification"] = UpsShipment.Label(),
            },
        };
        return (await Ask(call, HttpMethod.Post, $"/api/shipments/{Version}/ship", body)).Then(said =>
        {
            var made = said.At("ShipmentResponse", "ShipmentResults");
            var parcel = UpsWords.Many(made.At("PackageResults")).FirstOrDefault();
            if (made.Say("ShipmentIdentificationNumber") is not { } id || parcel.Say("TrackingNumber") is not { Length: > 0 } tracking) return new AdapterFault(FaultKind.Malformed, "The answer names no shipment.");
            if (parcel.Bytes("ShippingLabel", "GraphicImage") is not { } label) return new AdapterFault(FaultKind.Malformed, "The shipment came without its label.");
            var total = made.At("NegotiatedRateCharges", "TotalCharge") ?? made.At("ShipmentCharges", "TotalCharges");
            string? currency = total.Say("CurrencyCode");
            return (AdapterAnswer<BookedLabel>)new BookedLabel(id, tracking, label, "zpl", service.Service, total.At("MonetaryValue").Minor(currency), currency, "https://www.ups.com/track?tracknum=" + tracking);
        });
    }

    public async Task<AdapterAnswer<Done>> Void(CarrierCall call, LabelKey label)
    {
        var token = await Token(call);
        if (token.Fault is { } away) return away;
        var sent = await Send(call, token.Value, HttpMethod.Delete, $"/api/shipments/{Version}/void/cancel/{Uri.EscapeDataString(label.CarrierKey)}", null);
        if (sent.Fault is { } fault) return fault;
        var said = sent.Value.Json();
        if (sent.Value.IsOk) return said.Fault is { } unread ? unread : said.Value.Say("VoidShipmentResponse", "SummaryResult", "Status", "Code") == "1" ? new Done() : new AdapterFault(FaultKind.Refused, said.Value.Say("VoidShipmentResponse", "SummaryResult", "Status", "Description") ?? "It gives no reason.");
        return said.IsOk && UpsWords.IsVoidAlready(said.Value) ? new Done() : new AdapterFault(FaultKind.Refused, said.IsOk ? UpsWords.Refusal(said.Value) ?? sent.Value.Beginning : sent.Value.Beginning);
    }

    // UPS takes no list through this interface: its drivers scan. Ours is numbered by what is on it.
    public Task<AdapterAnswer<CarrierList>> Close(CarrierCall call, IReadOnlyList<LabelKey> labels, bool isAgain) => Task.FromResult<AdapterAnswer<CarrierList>>(
        new CarrierList(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(',', labels.Select(l => l.CarrierKey)))))[..12], null, null));

    public async Task<AdapterAnswer<IReadOnlyList<ParcelScan>>> Track(CarrierCall call, LabelKey label)
    {
        var token = await Token(call);
        if (token.Fault is { } away) return away;
        var sent = await Send(call, token.Value, HttpMethod.Get, $"/api/track/v1/details/{Uri.EscapeDataString(label.Tracking)}", null, ("transId", label.Reference), ("transactionSrc", "switchyard"));
        if (sent.Fault is { } fault) return fault;
        // Not there yet: the label is young.
        if (sent.Value.Status == 404) return AdapterAnswer<IReadOnlyList<ParcelScan>>.Of([]);
        var said = sent.Value.Json();
        return !sent.Value.IsOk ? new AdapterFault(FaultKind.Refused, sent.Value.Beginning) : said.Then(told => AdapterAnswer<IReadOnlyList<ParcelScan>>.Of(
            [.. UpsWords.Many(told.At("trackResponse", "shipment")).SelectMany(s => UpsWords.Many(s.At("package"))).SelectMany(p => UpsWords.Many(p.At("activity"))).Select(a => Scan(a, label)).OfType<ParcelScan>()]));
    }

    /// <summary>The interface sends no messages; UPS's push service is another one.</summary>
    public IReadOnlyList<ParcelScan>? Read(WebhookMail mail) => null;

    /// <remarks>Asked again for the same day and place, UPS answers the number of the pickup that is there.</remarks>
    public async Task<AdapterAnswer<PickupDone>> Pickup(CarrierCall call, PickupWish wish)
    {
        var (at, from, to) = (wish.At, wish.From, wish.To);
        if (at.Phone is not { Length: > 0 }) return new AdapterFault(FaultKind.Refused, "UPS asks for a telephone number at the place of pickup.");
        if (from.Date != to.Date) return new AdapterFault(FaultKind.Refused, "UPS fetches within one day.");
        return (await Ask(call, HttpMethod.Post, $"/api/pickupcreation/{Version}/pickup", UpsShipment.Pickup(call, at, from, to, wish.Parcels, wish.Grams))).Then(said =>
            said.Say("PickupCreationResponse", "PRN") is { Length: > 0 } number ? new PickupDone(number, from, to) : (AdapterAnswer<PickupDone>)new AdapterFault(FaultKind.Malformed, "The answer names no pickup."));
    }

    public async Task<AdapterAnswer<Done>> CallOff(CarrierCall call, string number)
    {
        var token = await Token(call);
        if (token.Fault is { } away) return away;
        // 02: by the number of the collection, which goes in a header.
        var sent = await call.Send(HttpMethod.Delete, $"/api/shipments/{Version}/pickup/02", null, Key(token.Value), ("Prn", number), ("transactionSrc", "switchyard"));
        if (sent.Fault is { } fault) return fault;
        if (sent.Value.IsOk || sent.Value.Status == 404) return new Done();
        var said = sent.Value.Json();
        return new AdapterFault(FaultKind.Refused, said.IsOk && UpsWords.Refusal(said.Value) is { Length: > 0 } words ? words : sent.Value.Beginning);
    }

    private static ParcelScan? Scan(JsonObject activity, LabelKey label)
    {
        // The instant where it is told; else the clock of the place, taken as UTC.
        bool isExact = activity.Say("gmtDate") is not null;
        string text = $"{activity.Say(isExact ? "gmtDate" : "date")}{activity.Say(isExact ? "gmtTime" : "time")?.Replace(":", "", StringComparison.Ordinal)}";
        if (!DateTimeOffset.TryParseExact(text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return null;
        string code = activity.Say("status", "code") ?? "", type = activity.Say("status", "type") ?? "";
        return new ParcelScan(label.Tracking, UpsWords.KindOf(type, code), $"{type} {code}".Trim(), activity.Say("status", "description") ?? "", at, activity.Say("location", "address", "city"));
    }

    // Until there is a token nothing was asked: whatever goes wrong before is surely not done. It is kept until it runs out, by the keys it was given for.
    private async Task<AdapterAnswer<string>> Token(CarrierCall call)
    {
        string whose = Whose(call);
        if (_tokens.TryGetValue(whose, out var kept) && kept.Until > call.Now) return kept.Token;
        var sent = await call.SendContent(HttpMethod.Post, "/security/v1/oauth/token", new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials" }),
            ("Authorization", "Basic " + Basic(call)), ("x-merchant-id", call.Access.Setting("shipperNumber") ?? ""));
        if (sent.Fault is { } away) return away.IsOpen ? new AdapterFault(FaultKind.NotSent, "No token: " + away.Words, away.RetryAfter) : away;
        var said = sent.Value.Json();
        if (!sent.Value.IsOk || !said.IsOk || said.Value.Say("access_token") is not { Length: > 0 } token) return new AdapterFault(FaultKind.NotSent, "No token: the answer names none.");
        if (int.TryParse(said.Value.Say("expires_in"), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)) _tokens[whose] = (token, call.Now.AddSeconds(seconds) - Spare);
        return token;
    }

    private async Task<AdapterAnswer<AdapterReply>> Send(CarrierCall call, string token, HttpMethod method, string path, JsonNode? body, params (string, string)[] headers)
    {
        var sent = await call.Send(method, path, body, [Key(token), .. headers]);
        Forget(call, sent.Fault);
        return sent;
    }

    private async Task<AdapterAnswer<JsonNode>> Ask(CarrierCall call, HttpMethod method, string path, JsonNode body)
    {
        var token = await Token(call);
        if (token.Fault is { } away) return away;
        var said = await call.Ask(method, path, body, UpsWords.Refusal, Key(token.Value));
        Forget(call, said.Fault);
        return said;
    }

    // One that was taken back before its time is asked for anew.
    private void Forget(CarrierCall call, AdapterFault? fault)
    {
        if (fault?.Kind == FaultKind.Unauthorized) _tokens.TryRemove(Whose(call), out _);
    }

    private static string Basic(CarrierCall call) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{call.Access.Setting("clientId")}:{call.Access.Secret("clientSecret")}"));

    private static string Whose(CarrierCall call) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{call.Access.Id:N} {call.Access.BaseUrl} {call.Access.Setting("shipperNumber")} {Basic(call)}")));

    private static (string, string) Key(string token) => ("Authorization", "Bearer " + token);
}
