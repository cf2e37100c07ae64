using System.Globalization;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>The routes of WooCommerce's REST API v3 over a simulated shop. Called with the shop's gate held.</summary>
internal sealed class WooShop
{
    private readonly WooCommerceSim _sim;
    private readonly WooOrders _orders;
    private readonly WooProducts _products;

    public WooShop(WooCommerceSim sim)
    {
        _sim = sim;
        Words = new WooWords(sim);
        _orders = new WooOrders(sim.Shop, Words);
        _products = new WooProducts(sim.Shop, Words);
        Hooks = new WooHooks(sim, Words, _orders, _products);
    }

    public WooWords Words { get; }
    public WooHooks Hooks { get; }

    public IResult Answer(SimRequest request)
    {
        if (request.Segments is ["wp-json"]) return Index();
        if (request.Segments is not ["wp-json", "wc", "v3", .. var path]) return NoRoute();
        var body = request.Json as JsonObject;
        if (request.IsMalformed) return WooAnswer.Error(400, "rest_invalid_json", "Invalid JSON body passed.");
        body ??= [];
        return (request.Method, path) switch
        {
            ("GET", ["orders"]) => _orders.List(request),
            ("GET", ["orders", var id]) => _orders.Of(id, o => WooAnswer.Json(_orders.Shown(o))),
            ("PUT" or "POST" or "PATCH", ["orders", var id]) when id != "batch" => _orders.Of(id, o => _orders.Update(o, body)),
            ("POST", ["orders", "batch"]) => _orders.Batch(body),
            ("GET", ["orders", var id, "notes"]) => _orders.Of(id, o => _orders.Notes(request, o)),
            ("POST", ["orders", var id, "notes"]) => _orders.Of(id, o => _orders.AddNote(o, body)),
            ("GET", ["orders", var id, "refunds"]) => _orders.Of(id, o => WooAnswer.Page(request, [.. o.Refunds.AsEnumerable().Reverse()], r => WooRefunds.Shown(Words, o, r))),
            ("POST", ["orders", var id, "refunds"]) => _orders.Of(id, o => WooRefunds.Add(_sim.Shop, Words, o, body)),
            ("GET", ["products"]) => _products.List(request),
            ("POST", ["products", "batch"]) => _products.Batch(body, null),
            ("GET", ["products", var id]) => _products.OfProduct(id, all => WooAnswer.Json(_products.Shown(all))),
            ("PUT" or "POST" or "PATCH", ["products", var id]) => _products.Update(id, null, body),
            ("GET", ["products", var id, "variations"]) => _products.OfProduct(id, all => _products.Variations(request, all)),
            ("POST", ["products", var id, "variations", "batch"]) => _products.Batch(body, id),
            ("GET", ["products", var id, "variations", var variation]) => _products.OfVariation(id, variation, l => WooAnswer.Json(_products.ShownVariation(l))),
            ("PUT" or "POST" or "PATCH", ["products", var id, "variations", var variation]) => _products.Update(id, variation, body),
            (_, ["webhooks", .. var rest]) => Hooks.Answer(request, rest, body),
            ("GET", ["data", "currencies", "current"]) =>
                WooAnswer.Json(new JsonObject { ["code"] = _sim.Shop.Facts.Currency, ["name"] = _sim.Shop.Facts.Currency, ["symbol"] = _sim.Shop.Facts.Currency }),
            ("GET", ["system_status"]) => WooAnswer.Json(Status()),
            _ => NoRoute(),
        };
    }

    private IResult Index() => WooAnswer.Json(new JsonObject
    {
        ["name"] = _sim.Shop.Facts.Name, ["description"] = "", ["url"] = _sim.BaseUrl, ["home"] = _sim.BaseUrl, ["gmt_offset"] = "0",
        ["timezone_string"] = _sim.Shop.Facts.TimeZone,
        ["namespaces"] = new JsonArray("wp/v2", "wc/v3"),
    });

    private JsonObject Status() => new()
    {
        ["environment"] = new JsonObject { ["home_url"] = _sim.BaseUrl, ["site_url"] = _sim.BaseUrl, ["version"] = "9.6.0", ["wp_version"] = "6.7.1" },
        ["settings"] = new JsonObject
        {
            ["api_enabled"] = true, ["force_ssl"] = false, ["currency"] = _sim.Shop.Facts.Currency, ["currency_symbol"] = _sim.Shop.Facts.Currency,
            ["currency_position"] = "left",
            ["thousand_separator"] = ",", ["decimal_separator"] = ".", ["number_of_decimals"] = SimMoney.Digits(_sim.Shop.Facts.Currency),
        },
    };

    private static IResult NoRoute() => WooAnswer.Error(404, "rest_no_route", "No route was found matching the URL and request method.");
}

/// <summary>How WooCommerce writes moments, money and links.</summary>
internal sealed class WooWords(WooCommerceSim sim)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(sim.Shop.Facts.TimeZone);

    public string Currency => sim.Shop.Facts.Currency;
    public string Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
    public static string Gmt(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
    public string Money(long minor) => SimMoney.Text(minor, Currency);

    /// <summary>Both forms of a moment, or null for both.</summary>
    public void Moment(JsonObject to, string name, DateTimeOffset? at)
    {
        to[name] = at is { } known ? Local(known) : null;
        to[name + "_gmt"] = at is { } moment ? Gmt(moment) : null;
    }

    /// <summary>A moment as a caller writes it: with an offset as it says, else in the shop's own time, or in UTC where the caller says so.</summary>
    public bool TryMoment(string text, bool isGmt, out DateTimeOffset at)
    {
        at = default;
        bool hasOffset = text.EndsWith('Z') || (text.Length > 19 && text[19..].AsSpan().IndexOfAny('+', '-') >= 0);
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read)) return false;
        at = hasOffset || isGmt ? read : new DateTimeOffset(read.UtcDateTime - _zone.GetUtcOffset(DateTime.SpecifyKind(read.UtcDateTime, DateTimeKind.Unspecified)),
            TimeSpan.Zero);
        return true;
    }

    public JsonObject Links(string self, string collection, string? up = null)
    {
        var links = new JsonObject { ["self"] = Link(self), ["collection"] = Link(collection) };
        if (up is not null) links["up"] = Link(up);
        return links;
    }

    private JsonArray Link(string path) => [new JsonObject { ["href"] = $"{sim.BaseUrl}/wp-json/wc/v3/{path}" }];
}
