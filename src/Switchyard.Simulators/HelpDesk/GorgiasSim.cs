using System.Globalization;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>Gorgias, REST: account, customers, tickets and their messages, lists by cursor. Let in by a user's address and API key.</summary>
public sealed class GorgiasSim(string name = "gorgias", SimClock? clock = null, int seed = 22) : HelpDeskSim(name, clock, seed)
{
    public override string Adapter => "gorgias";
    public override JsonObject Settings => new() { ["email"] = AgentEmail };
    public override Dictionary<string, string> Secrets => new() { ["apiKey"] = Token };

    protected override IResult? Refuse(SimRequest request) => Knows(request, AgentEmail) ? null : Refused(request);

    protected override IResult Refused(SimRequest request) => Error(401, "Unauthorized");

    protected override IResult Broken(SimRequest request) => Error(500, "Internal Server Error");

    protected override IResult Throttled(SimRequest request)
    {
        request.Http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return Error(429, "Too Many Requests");
    }

    protected override IResult Said(SimRequest request) => request.Segments is not ["api", .. var path] ? Missing() : (request.Method, path) switch
    {
        ("GET", ["account"]) => Json(new JsonObject { ["id"] = 1, ["name"] = "Hearth & Hollow care", ["domain"] = "hearth" }),
        ("GET", ["customers"]) => List(request, People.Where(p => (request.Query("email") is not { } email || string.Equals(p.Email, email, StringComparison.OrdinalIgnoreCase))
            && (request.Query("external_id") is not { } key || p.Key == key)), p => p.Id, Shown),
        ("POST", ["customers"]) => Meet(request),
        ("GET", ["tickets"]) => List(request, All.Where(t => request.Query("customer_id") is not { } customer || t.Customer.ToString(CultureInfo.InvariantCulture) == customer),
            t => t.Id, Shown),
        ("POST", ["tickets"]) => Make(request),
        ("GET", ["tickets", var id]) => Ticket(id) is { } ticket ? Json(Shown(ticket)) : Missing(),
        ("PUT", ["tickets", var id]) => Ticket(id) is { } ticket ? Change(request, ticket) : Missing(),
        ("GET", ["tickets", var id, "messages"]) => Ticket(id) is { } ticket ? List(request, ticket.Comments, c => c.Id, c => Shown(ticket, c)) : Missing(),
        ("POST", ["tickets", var id, "messages"]) => Ticket(id) is { } ticket ? Write(request, ticket) : Missing(),
        _ => Missing(),
    };

    private IResult Meet(SimRequest request)
    {
        string? key = Text(request.Json, "external_id");
        if (key is not null && People.Any(p => p.Key == key)) return Error(400, "external_id is taken");
        return Json(Shown(Meet(key, Text(request.Json, "name") ?? "", Text(request.Json, "email"))), 201);
    }

    private IResult Make(SimRequest request)
    {
        if (request.Json is not JsonObject wish || wish["customer"] is not JsonObject customer || customer["id"] is not JsonValue said
            || !said.TryGetValue(out long id) || Person(id) is null)
            return Error(400, "customer is missing");
        var messages = (wish["messages"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        if (messages.Exists(m => Fault(m) is not null)) return Error(400, Fault(messages.First(m => Fault(m) is not null))!);
        var ticket = Keep(Text(wish, "external_id"), Text(wish, "subject") ?? "", id, null);
        foreach (var message in messages) Put(ticket, message);
        return Json(Shown(ticket), 201);
    }

    private static IResult Change(SimRequest request, SimTicket ticket)
    {
        if (Text(request.Json, "status") is { } status)
        {
            if (status is not ("open" or "closed")) return Error(400, "status is open or closed");
            ticket.Status = status;
        }
        return Json(Shown(ticket));
    }

    private IResult Write(SimRequest request, SimTicket ticket)
    {
        var wish = request.Json as JsonObject;
        return Fault(wish) is { } fault ? Error(400, fault) : Json(Shown(ticket, Put(ticket, wish!)), 201);
    }

    private static string? Fault(JsonObject? message) =>
        Text(message, "body_text") is not { Length: > 0 } || Text(message?["sender"], "email") is null ? "body_text and sender are required" : null;

    private SimComment Put(SimTicket ticket, JsonObject message)
    {
        bool isPublic = message["public"] is JsonValue said && said.TryGetValue(out bool told) && told;
        var written = new SimComment(Next(), Text(message, "body_text")!, isPublic, Text(message, "external_id"), Clock.GetUtcNow());
        ticket.Comments.Add(written);
        return written;
    }

    // Lists go by cursor: the id after which the page begins.
    private static IResult List<T>(SimRequest request, IEnumerable<T> all, Func<T, long> id, Func<T, JsonObject> shown)
    {
        int size = Whole(request, "limit", 30, 100);
        long after = long.TryParse(request.Query("cursor"), NumberStyles.None, CultureInfo.InvariantCulture, out long at) ? at : 0;
        var rest = all.Where(t => id(t) > after).OrderBy(id).ToList();
        var page = rest.Take(size).ToList();
        return Json(new JsonObject
        {
            ["data"] = new JsonArray([.. page.Select(t => (JsonNode)shown(t))]),
            ["meta"] = new JsonObject { ["next_cursor"] = rest.Count > size ? id(page[^1]).ToString(CultureInfo.InvariantCulture) : null, ["previous_cursor"] = null },
        });
    }

    private static JsonObject Shown(SimRequester who) => new() { ["id"] = who.Id, ["external_id"] = who.Key, ["name"] = who.Name, ["email"] = who.Email };

    private static JsonObject Shown(SimTicket ticket) => new()
    {
        ["id"] = ticket.Id, ["external_id"] = ticket.Key, ["status"] = ticket.Status, ["subject"] = ticket.Subject, ["channel"] = "api", ["via"] = "api",
        ["customer"] = new JsonObject { ["id"] = ticket.Customer }, ["messages_count"] = ticket.Comments.Count, ["created_datetime"] = Stamp(ticket.At),
    };

    private static JsonObject Shown(SimTicket ticket, SimComment message) => new()
    {
        ["id"] = message.Id, ["ticket_id"] = ticket.Id, ["external_id"] = message.Key, ["public"] = message.IsPublic, ["body_text"] = message.Body,
        ["created_datetime"] = Stamp(message.At),
    };

    private static IResult Missing() => Error(404, "Not found");

    private static IResult Error(int status, string words) => Json(new JsonObject { ["error"] = new JsonObject { ["msg"] = words } }, status);
}
