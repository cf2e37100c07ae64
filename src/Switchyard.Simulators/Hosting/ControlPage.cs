using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Switchyard.Simulators;

/// <summary>
/// <c>/_control</c>: a page for people, and the same as JSON for scripts: what each shop has, and things that happen in it. No
/// credentials: it belongs to whoever runs the simulators, which therefore listen on this machine only unless told otherwise.
/// </summary>
internal static class ControlPage
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static async Task Serve(SimHost host, HttpContext http, PathString rest)
    {
        var request = await SimRequest.Read(http, 1 << 20);
        string[] path = (rest.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        await Answer(host, request, path).ExecuteAsync(http);
    }

    private static IResult Answer(SimHost host, SimRequest request, string[] path)
    {
        if (path is []) return Page();
        if (path[0] != "shops") return Error(404, "Nothing is here.");
        if (path is ["shops"]) return Results.Json(host.Sims.Select(Shown), Json);
        if (host.Sims.FirstOrDefault(s => s.Name == path[1]) is not { } sim) return Error(404, $"No simulator is called {path[1]}.");
        if (request.Json is null && request.IsMalformed) return Error(400, "The body is no JSON.");
        var asked = new Asked(request.Json as JsonObject ?? []);
        try
        {
            if (sim is NetSuiteSim erp && NetSuiteControl.Do(erp, request.Method, path[2..], asked) is { } done) return done;
            return (request.Method, path[2..]) switch
            {
                ("GET", []) => Results.Json(Shown(sim), Json),
                ("GET", ["orders"]) => Results.Json(sim.Shop.Read(s => s.Orders.Reverse().Take(100).Select(ShownOrder).ToList()), Json),
                ("GET", ["listings"]) => Results.Json(sim.Shop.Read(s => s.Listings.Select(ShownListing).ToList()), Json),
                ("GET", ["tickets"]) when sim is HelpDeskSim desk => Results.Json(desk.Tickets.Reverse().Take(200).Select(ShownTicket), Json),
                ("POST", ["tickets"]) when sim is HelpDeskSim desk =>
                    Results.Json(ShownTicket(desk.Write(asked.TextOf("email"), asked.TextOf("subject"), asked.Text("body") ?? "Where is my order?")), Json),
                ("GET", ["calls"]) => Results.Json(sim.Calls.Reverse().Take(200), Json),
                ("GET", ["deliveries"]) => Results.Json(sim.Sender.Deliveries.Reverse().Take(200).Select(ShownDelivery), Json),
                ("POST", var act) => ControlActs.Do(sim, act, asked),
                _ => Error(405, "That is not to be done here."),
            };
        }
        catch (AskedWrongly wrong) { return Error(400, wrong.Message); }
    }

    private static IResult Page()
    {
        using var page = typeof(ControlPage).Assembly.GetManifestResourceStream("control.html")!;
        using var reader = new StreamReader(page);
        return Results.Text(reader.ReadToEnd(), "text/html; charset=utf-8");
    }

    internal static IResult Error(int status, string words) => Results.Json(new { error = words }, Json, statusCode: status);

    private static object Shown(VendorSim sim) => new
    {
        sim.Name, sim.Adapter, sim.BaseUrl, sim.Settings, sim.Secrets, sim.MessageSecret, shop = sim.Shop.Facts.Name, sim.Shop.Facts.Currency, orders = sim.Shop.Orders.Count,
        listings = sim.Shop.Listings.Count, calls = sim.Calls.Count, mood = sim.Always, announced = sim.Announced, clock = sim.Clock.GetUtcNow(),
        stream = new { sim.Stream.PerMinute, sim.Stream.Placed },
        messages = new
        {
            sent = sim.Sender.Deliveries.Count, taken = sim.Sender.Deliveries.Count(d => d.IsTaken), sim.Sender.Dropped, sim.Sender.Held, sim.Sender.Holds, sim.Sender.DropsAll,
            sim.Sender.DropEvery, sim.Sender.Copies, sim.Sender.ShuffleBy, sim.Sender.ForgesToo, delaySeconds = sim.Sender.Delay.TotalSeconds, sim.Sender.Retries,
        },
    };

    internal static object ShownOrder(SimOrder order) => new
    {
        id = order.Key, order.Number, order.PlacedAt, order.UpdatedAt, order.Revision, order.Currency, total = SimMoney.Text(order.TotalMinor, order.Currency),
        refunded = SimMoney.Text(order.RefundedMinor, order.Currency), state = State(order), buyer = $"{order.Buyer.FirstName} {order.Buyer.LastName}",
        to = $"{order.ShipTo.City}, {order.ShipTo.Country}",
        lines = order.Lines.Select(l => new { l.Id, l.Listing.Sku, l.Listing.Title, l.Quantity, l.Cancelled, shipped = order.Shipped(l.Id), refunded = order.Refunded(l.Id) }),
        shipments = order.Shipments.Select(s => new { s.Id, s.Carrier, s.Tracking, s.At, s.IsCancelled }),
        refunds = order.Refunds.Select(r => new { r.Id, amount = SimMoney.Text(r.AmountMinor, order.Currency), r.Reason, r.At }), order.Note,
    };

    private static object ShownListing(SimListing listing) => new
    {
        listing.Id, listing.ProductId, listing.Sku, listing.Barcode, listing.Title, listing.Variant,
        listing.PriceMinor, listing.Available, listing.Stock
    };

    private static object ShownTicket(SimTicket ticket) =>
        new { ticket.Id, ticket.Key, ticket.Subject, ticket.Status, ticket.At, comments = ticket.Comments.Select(c => new { c.Body, c.IsPublic, c.At }) };

    private static object ShownDelivery(SimDelivery delivery) =>
        new { delivery.At, delivery.Message.Topic, delivery.Message.About, delivery.Message.EventId, delivery.Message.Url, delivery.Status, delivery.IsForged, delivery.Try };

    private static string State(SimOrder order) =>
        order.IsCancelled ? "cancelled" : order.IsShipped ? "shipped" : order.IsPartlyShipped ? "partly shipped" : order.IsPaid ? "paid" : "unpaid";
}

/// <summary>The fields of a request to the control page; a field of the wrong kind is said by name.</summary>
internal sealed class Asked(JsonObject fields)
{
    public bool Has(string name) => fields[name] is not null;
    public string? Text(string name) => Value<string>(name, "a text");
    public string TextOf(string name) => Text(name) ?? throw new AskedWrongly($"{name} is missing.");
    public int? Whole(string name) => fields[name] is null ? null : (int)Value<decimal>(name, "a number");
    public long? Long(string name) => fields[name] is null ? null : (long)Value<decimal>(name, "a number");
    public double? Number(string name) => fields[name] is null ? null : (double)Value<decimal>(name, "a number");
    public bool? Flag(string name) => fields[name] is null ? null : Value<bool>(name, "true or false");

    public IReadOnlyList<string>? Texts(string name) => fields[name] switch
    {
        null => null,
        JsonArray list => [.. list.Select(t => t is JsonValue value && value.TryGetValue(out string? text) ? text : throw new AskedWrongly($"{name} is a list of texts."))],
        _ => throw new AskedWrongly($"{name} is a list of texts."),
    };

    private T? Value<T>(string name, string kind)
    {
        if (fields[name] is null) return default;
        return fields[name] is JsonValue value && value.TryGetValue(out T? read) ? read : throw new AskedWrongly($"{name} is {kind}.");
    }
}

internal sealed class AskedWrongly(string words) : Exception(words);
