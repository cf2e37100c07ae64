using System.Text;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Support.Zendesk;

/// <summary>Zendesk Support (API v2): tickets by an agent's API token, calls of a sidebar app that are signed as JSON Web Tokens.</summary>
public sealed class ZendeskDesk : ISupportDesk
{
    private const string Root = "/api/v2";
    private const int MostPages = 10;

    public DeskManifest Manifest { get; } = new("zendesk", "Zendesk", "", ["ticket", "note", "reply", "byEmail", "byOrder", "calls"],
        [
            new("email", "The mail address of the agent in whose name tickets are opened.", IsRequired: true),
            new("apiToken", "An API token of the account.", IsSecret: true, IsRequired: true),
            new("groupId", "The group that gets tickets; left out, as the account's triggers say."),
        ],
        200, "Authorization: Bearer and a JSON Web Token (HS256) signed with the secret for calls, with iat, exp (ten minutes at most) and email, the agent's address.",
        "An OpenAPI description of the Zendesk Support API v2, kept by a third party.",
        [
            "A ticket is found by external_id as soon as it was made.",
            "A ticket to which nobody is assigned may be set to solved.",
            "A ticket without requester_id has the agent of the API token as its requester, so that no buyer is written to.",
            "The words requester: and a text in quotation marks work in /api/v2/search as they do in Zendesk's own search.",
            "A sidebar app can sign its requests with HS256 by a secret of its installation, and can put the signed-in agent's mail address into the claim email.",
            "The app runs in the agent's browser and says itself who the agent is: whoever runs it, or has the secret, can speak for every agent of the desk.",
            "Zendesk's own signed addresses of iframes (RS256) are not read.",
        ]);

    public async Task<AdapterAnswer<DeskAccount>> Test(DeskCall call)
    {
        var said = await Ask(call, HttpMethod.Get, "/users/me");
        if (said.Fault is { } fault) return fault;
        // Whoever is nobody is told so with a success.
        return said.Value.Say("user", "id") is null || said.Value.Say("user", "role") is not ("agent" or "admin")
            ? new AdapterFault(FaultKind.Unauthorized, "These credentials are not an agent's.")
            : new DeskAccount(new Uri(call.Access.BaseUrl).Host, said.Value.Say("user", "name"));
    }

    public async Task<AdapterAnswer<DeskTicket>> Open(DeskCall call, NewTicket ticket)
    {
        var found = await Ask(call, HttpMethod.Get, $"/tickets?external_id={Uri.EscapeDataString(ticket.Key)}");
        if (found.Fault is { } unheard) return unheard;
        if (found.Value.Each("tickets").FirstOrDefault(t => t.Say("external_id") == ticket.Key) is { } there) return Read(call, there);
        var wish = new JsonObject
        {
            ["subject"] = ticket.Subject,
            ["comment"] = new JsonObject { ["body"] = ticket.Body, ["public"] = false },
            ["external_id"] = ticket.Key,
            ["type"] = "incident",
            ["group_id"] = long.TryParse(call.Access.Setting("groupId"), out long group) ? group : null,
            ["tags"] = new JsonArray("switchyard"),
        };
        var made = await Ask(call, HttpMethod.Post, "/tickets", new JsonObject { ["ticket"] = wish.Tidy() });
        return made.Then(m => Read(call, m.At("ticket")));
    }

    public async Task<AdapterAnswer<string>> Write(DeskCall call, string ticket, DeskNote note)
    {
        string path = $"/tickets/{Uri.EscapeDataString(ticket)}";
        var said = await Note(call, path, note);
        if (said.Fault is { Kind: FaultKind.Refused } && note.Closes)
        {
            // Agents ended it for good, or it is deleted.
            var there = await call.Send(HttpMethod.Get, Root + path, null, Basic(call));
            if (there.IsOk && (there.Value.Status == 404 || there.Value.Json() is { IsOk: true } json && json.Value.Say("ticket", "status") == "closed")) return ticket;
        }
        return said.Then(_ => AdapterAnswer<string>.Of(ticket));
    }

    // A comment has no key of ours: the last line of it says it.
    private static async Task<AdapterAnswer<bool>> Note(DeskCall call, string path, DeskNote note)
    {
        string mark = $"[{note.Key}]";
        for (int page = 1; page <= MostPages; page++)
        {
            var comments = await Ask(call, HttpMethod.Get, $"{path}/comments?sort_order=desc&per_page=100&page={page}");
            if (comments.Fault is { } fault) return fault;
            // It is there with the state it was to bring: both were one call.
            if (comments.Value.Each("comments").Any(c => c.Say("body")?.Contains(mark, StringComparison.Ordinal) == true)) return true;
            if (comments.Value.Say("next_page") is null) break;
        }
        var wish = new JsonObject { ["comment"] = new JsonObject { ["body"] = $"{note.Body}\n\n{mark}", ["public"] = note.IsPublic }, ["status"] = note.Closes ? "solved" : null };
        var said = await Ask(call, HttpMethod.Put, path, new JsonObject { ["ticket"] = wish.Tidy() });
        return said.Then(_ => AdapterAnswer<bool>.Of(true));
    }

    public async Task<AdapterAnswer<IReadOnlyList<DeskTicket>>> Tickets(DeskCall call, string? email, string? order)
    {
        string query = email is not null ? $"type:ticket requester:{Bare(email)}" : $"type:ticket \"{Bare(order!)}\"";
        var said = await Ask(call, HttpMethod.Get, $"/search?query={Uri.EscapeDataString(query)}&sort_by=created_at&sort_order=desc");
        if (said.Fault is { } fault) return fault;
        var tickets = new List<DeskTicket>();
        foreach (var one in said.Value.Each("results"))
            if (Read(call, one) is { IsOk: true } read) tickets.Add(read.Value);
        return AdapterAnswer<IReadOnlyList<DeskTicket>>.Of(tickets);
    }

    public DeskAgent? Read(DeskMail mail)
    {
        if (mail.Secret is not { } secret || mail.Headers.GetValueOrDefault("Authorization") is not { } shown || !shown.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return null;
        return CallToken.Claims(shown[7..].Trim(), secret, mail.Now).Say("email") is { Length: > 0 } email ? new DeskAgent(email) : null;
    }

    // What means something in a search is left out of what is searched for.
    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('"' or ':' or '<' or '>' or '*')));

    private static AdapterAnswer<DeskTicket> Read(DeskCall call, JsonNode? ticket) => ticket.Say("id") is not { } id
        ? new AdapterFault(FaultKind.Malformed, "The answer is no ticket.")
        : new DeskTicket(id, ticket.Say("external_id"), ticket.Say("subject"), ticket.Say("status") is not ("solved" or "closed"),
            $"{call.Access.BaseUrl.TrimEnd('/')}/agent/tickets/{id}", ticket.When("created_at"));

    private static Task<AdapterAnswer<JsonNode>> Ask(DeskCall call, HttpMethod method, string path, JsonNode? body = null) =>
        call.Ask(method, Root + path, body, Words, Basic(call));

    private static (string Name, string Value) Basic(DeskCall call) =>
        ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{call.Access.Setting("email")}/token:{call.Access.Secret("apiToken")}")));

    private static string? Words(JsonNode said) => (said.Say("error", "message") ?? said.Say("error")) is { } error
        ? said.Say("description") is { } more ? $"{error}: {more}" : error : null;
}
