using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>
/// A Vendure shop with its Admin API: documents are parsed, validated and executed against a part of the published schema of version 3. A sale allocates, and a location is less
/// only when a fulfilment is sent. Whoever asks is in a session of an administrator. It sends no messages.
/// </summary>
public sealed class VendureSim : VendorSim
{
    public const string UserName = "switchyard";
    public const string Password = "simulated-password-1";
    private readonly SimTokens _sessions;
    private readonly VendureGraph _graph;

    public VendureSim(string name = "vendure", ShopFacts? facts = null, SimClock? clock = null, int seed = 23) : base(name, facts ?? Uk, clock, seed)
    {
        _sessions = new SimTokens(Clock, TimeSpan.FromDays(365), "vnd");
        _graph = new VendureGraph(this);
    }

    /// <summary>How a shop in the United Kingdom sells: prices with tax, one location.</summary>
    public static ShopFacts Uk { get; } = new("Harbour Goods", "GBP", true)
    {
        Locations = [new SimLocation(1, "Default Stock Location", "GB", "Leeds")],
        Methods = [new SimMethod("standard-shipping", "Standard Shipping", 500), new SimMethod("express-shipping", "Express Shipping", 1000)],
        OrderNumber = no => "VND" + no.ToString("D13", System.Globalization.CultureInfo.InvariantCulture),
    };

    public override string Adapter => "vendure";

    public override JsonObject Settings
    {
        get
        {
            var settings = new JsonObject { ["username"] = UserName };
            if (OnlyAuthorises) settings["payments"] = "shipped";
            return settings;
        }
    }

    public override Dictionary<string, string> Secrets => new() { ["password"] = Password };

    /// <summary>Money is only authorised when an order is placed, and settled by whoever sends it.</summary>
    public bool OnlyAuthorises { get; set; }

    /// <summary>Sessions that were begun.</summary>
    public int SessionsGiven => _sessions.Given;

    public override void ExpireTokens() => _sessions.Expire();

    internal string? Begin(string name, string password) => name == UserName && password == Password ? _sessions.Access() : null;

    protected override bool IsOpen(SimRequest request) => VendureGraph.Asked(request) == "login";

    protected override IResult? Refuse(SimRequest request) =>
        request.Header("Authorization") is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal) && _sessions.IsGood(header[7..]) ? null : Refused(request);

    protected override IResult Refused(SimRequest request) => Error("You are not currently authorized to perform this action", "FORBIDDEN", 200);

    /// <summary>Vendure itself throttles nobody; what stands before it does.</summary>
    protected override IResult Throttled(SimRequest request)
    {
        request.Http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Results.Text("<html><head><title>429 Too Many Requests</title></head><body><h1>429 Too Many Requests</h1></body></html>", "text/html", statusCode: 429);
    }

    protected override IResult Broken(SimRequest request) => Error("Internal server error", "INTERNAL_SERVER_ERROR", 500);

    protected override async Task<IResult> Answer(SimRequest request) => (request.Method, request.Segments) switch
    {
        ("POST", ["admin-api"]) => request.Json is JsonObject body ? await _graph.Execute(request, body)
            : Error("POST body missing, invalid Content-Type, or JSON object has no keys.", "BAD_REQUEST", 400),
        ("GET", ["health"]) => PlainJson.Answer(new { status = "ok" }),
        _ => PlainJson.Answer(new { statusCode = 404, message = $"Cannot {request.Method} {request.Path}", error = "Not Found" }, 404),
    };

    protected override IEnumerable<SimMessage> Messages(ShopEvent happened) => [];

    internal static IResult Error(string message, string code, int status) => PlainJson.Answer(new JsonObject
    {
        ["errors"] = new JsonArray(new JsonObject { ["message"] = message, ["extensions"] = new JsonObject { ["code"] = code } }), ["data"] = null,
    }, status);
}
