using System.Globalization;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>Zendesk Support, API v2: users/me, tickets, their comments, and search. Let in by an agent's address with /token and an API token.</summary>
public sealed class ZendeskSim(string name = "zendesk", SimClock? clock = null, int seed = 21) : HelpDeskSim(name, clock, seed)
{
    private static readonly string[] States = ["new", "open", "pending", "hold", "solved", "closed"];

    public override string Adapter => "zendesk";
    public override JsonObject Settings => new() { ["email"] = AgentEmail };
    public override Dictionary<string, string> Secrets => new() { ["apiToken"] = Token };

    protected override IResult? Refuse(SimRequest request) => Knows(request, AgentEmail + "/token") ? null : Refused(request);

    protected override IResult Refused(SimRequest request) => Error(401, "Couldn't authenticate you");

    protected override IResult Broken(SimRequest request) => Error(500, "InternalServerError");

    protected override IResult Throttled(SimRequest request)
    {
        request.Http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return Error(429, "APIRateLimitExceeded", "Number of allowed API requests per minute exceeded");
    }

    protected override IResult Said(SimRequest request) => request.Segments is not ["api", "v2", .. var path] ? Missing() : (request.Method, path) switch
    {
        ("GET", ["users", "me"]) => Json(new JsonObject { ["user"] = new JsonObject { ["id"] = 1, ["name"] = "Dee Desk", ["email"] = AgentEmail, ["role"] = "agent" } }),
        ("GET", ["tickets"]) => List(request, All.Where(t => request.Query("external_id") is not { } key || t.Key == key), "tickets"),
        ("POST", ["tickets"]) => Make(request),
        ("GET", ["tickets", var id]) => Ticket(id) is { } ticket ? Json(new JsonObject { ["ticket"] = Shown(ticket) }) : Missing(),
        ("PUT", ["tickets", var id]) => Ticket(id) is { } ticket ? Change(request, ticket) : Missing(),
        ("GET", ["tickets", var id, "comments"]) => Ticket(id) is { } ticket ? Comments(request, ticket) : Missing(),
        ("GET", ["search"]) => Search(request),
        _ => Missing(),
    };

    private IResult Make(SimRequest request)
    {
        var wish = (request.Json as JsonObject)?["ticket"];
        if (Text((wish as JsonObject)?["comment"], "body") is not { Length: > 0 } body) return Error(422, "RecordInvalid", "Description: cannot be blank");
        // Nobody is named: the agent is the requester.
        var who = People.FirstOrDefault(p => p.Email == AgentEmail) ?? Meet(null, "Dee Desk", AgentEmail);
        var ticket = Keep(Text(wish, "external_id"), Text(wish, "subject") ?? body, who.Id, new SimComment(Next(), body, IsPublic(wish), null, Clock.GetUtcNow()));
        return Json(new JsonObject { ["ticket"] = Shown(ticket) }, 201);
    }

    private IResult Change(SimRequest request, SimTicket ticket)
    {
        var wish = (request.Json as JsonObject)?["ticket"] as JsonObject;
        if (ticket.Status == "closed") return Error(422, "RecordInvalid", "Status: closed prevents ticket update");
        if (Text(wish, "status") is { } status)
        {
            if (!States.Contains(status)) return Error(422, "RecordInvalid", "Status: is not valid");
            ticket.Status = status;
        }
        if (Text(wish?["comment"], "body") is { Length: > 0 } body) ticket.Comments.Add(new SimComment(Next(), body, IsPublic(wish), null, Clock.GetUtcNow()));
        return Json(new JsonObject { ["ticket"] = Shown(ticket) });
    }

    private static bool IsPublic(JsonNode? wish) => (wish as JsonObject)?["comment"] is not JsonObject comment || comment["public"] is not JsonValue said
        || !said.TryGetValue(out bool isPublic) || isPublic;

    private static IResult Comments(SimRequest request, SimTicket ticket)
    {
        int size = Whole(request, "per_page", 100, 100), page = Whole(request, "page", 1, 10_000);
        var all = request.Query("sort_order") == "desc" ? ticket.Comments.AsEnumerable().Reverse().ToList() : [.. ticket.Comments];
        return Json(new JsonObject
        {
            ["comments"] = new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(c => (JsonNode)new JsonObject
            {
                ["id"] = c.Id, ["type"] = "Comment", ["body"] = c.Body, ["plain_body"] = c.Body, ["public"] = c.IsPublic, ["author_id"] = 1, ["created_at"] = Stamp(c.At),
            })]),
            ["count"] = all.Count, ["next_page"] = page * size < all.Count ? $"{request.Address}?page={page + 1}" : null,
        });
    }

    // As much of the search as is asked for: a type, a requester, and words in quotation marks that stand in subject or comments.
    private IResult Search(SimRequest request)
    {
        if (request.Query("query") is not { Length: > 0 } query) return Error(422, "invalid", "Invalid search: query is missing");
        var found = All;
        foreach (string part in query.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (part.StartsWith("requester:", StringComparison.Ordinal))
                found = found.Where(t => string.Equals(Person(t.Customer)?.Email, part[10..], StringComparison.OrdinalIgnoreCase));
            else if (part is ['"', .. var words, '"']) found = found.Where(t => t.Subject.Contains(words, StringComparison.OrdinalIgnoreCase)
                || t.Comments.Exists(c => c.Body.Contains(words, StringComparison.OrdinalIgnoreCase)));
        return List(request, found.OrderByDescending(t => t.At), "results");
    }

    private static IResult List(SimRequest request, IEnumerable<SimTicket> tickets, string name)
    {
        int size = Whole(request, "per_page", 100, 100), page = Whole(request, "page", 1, 10_000);
        var all = tickets.ToList();
        return Json(new JsonObject
        {
            [name] = new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(t => (JsonNode)Shown(t))]), ["count"] = all.Count,
            ["next_page"] = page * size < all.Count ? $"{request.Address}?page={page + 1}" : null,
        });
    }

    private static JsonObject Shown(SimTicket ticket) => new()
    {
        ["id"] = ticket.Id, ["external_id"] = ticket.Key, ["type"] = "incident", ["subject"] = ticket.Subject, ["status"] = ticket.Status,
        ["requester_id"] = ticket.Customer, ["created_at"] = Stamp(ticket.At),
        ["updated_at"] = Stamp(ticket.Comments.Count > 0 ? ticket.Comments[^1].At : ticket.At),
    };

    private static IResult Missing() => Error(404, "RecordNotFound", "Not found");

    private static IResult Error(int status, string error, string? words = null)
    {
        var body = new JsonObject { ["error"] = error };
        if (words is not null) body["description"] = words;
        return Json(body, status);
    }
}
