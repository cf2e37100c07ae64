using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Support.Gorgias;

/// <summary>Gorgias (REST): tickets by an API key, calls of its HTTP integrations that show a secret in a header.</summary>
public sealed class GorgiasDesk : ISupportDesk
{
    public const string TokenHeader = "X-Switchyard-Token";
    private const int MostPages = 20;

    public DeskManifest Manifest { get; } = new("gorgias", "Gorgias", "", ["ticket", "note", "reply", "byEmail", "byOrder", "calls"],
        [
            new("email", "The mail address of the user whose API key it is.", IsRequired: true),
            new("apiKey", "The API key.", IsSecret: true, IsRequired: true),
        ],
        80, $"The header {TokenHeader} with the secret for calls, and in the JSON body agent, the agent's mail address.",
        "An OpenAPI description of the Gorgias REST API, written by a third party.",
        [
            "The filters external_id and email of customers find exactly what is named.",
            "A customer may be made without a mail address, and is then written to by nobody.",
            "A new ticket takes its first message with it, in messages; the description names no such member.",
            "The messages of a ticket are listed by limit and cursor like other lists; the description names neither for them.",
            "The channel of a note among agents is called internal-note, that of a reply by a program api.",
            "A list has at most the number of rows asked for, and gives meta.next_cursor while there are more.",
            "An HTTP integration sends a header of one's own, a JSON body by POST, and the signed-in agent's mail address in it.",
            "The vendor signs nothing: whoever has the secret can speak for every agent of the desk.",
        ]);

    public async Task<AdapterAnswer<DeskAccount>> Test(DeskCall call)
    {
        var said = await Ask(call, HttpMethod.Get, "/account");
        if (said.Fault is { } fault) return fault;
        return (said.Value.Say("name") ?? said.Value.Say("domain")) is { } name ? new DeskAccount(name, call.Access.Setting("email"))
            : new AdapterFault(FaultKind.Malformed, "The answer is no account.");
    }

    // A ticket is of a customer, and tickets are found by their customer: one that stands for the order, and is nobody to be written to.
    public async Task<AdapterAnswer<DeskTicket>> Open(DeskCall call, NewTicket ticket)
    {
        var customer = await Stand(call, ticket);
        if (customer.Fault is { } nobody) return nobody;
        if (!long.TryParse(customer.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            return new AdapterFault(FaultKind.Malformed, "The answer is no customer.");
        var own = await Of(call, customer.Value);
        if (own.Fault is { } unheard) return unheard;
        var first = new DeskNote(ticket.Key + "/0", ticket.Body, IsPublic: false, Closes: false);
        if (own.Value.FirstOrDefault(t => t.Key == ticket.Key) is not { } there)
        {
            // Its first message comes with it; a desk that passes it over is told it below.
            var made = await Ask(call, HttpMethod.Post, "/tickets", new JsonObject
            {
                ["external_id"] = ticket.Key, ["subject"] = ticket.Subject, ["status"] = "open", ["channel"] = "api", ["via"] = "api",
                ["customer"] = new JsonObject { ["id"] = id }, ["messages"] = new JsonArray(Message(call, first)),
            });
            var read = made.Then(m => Read(call, m));
            if (read.Fault is { } fault) return fault;
            there = read.Value;
        }
        var written = await Write(call, there.Id, first);
        return written.Then(_ => AdapterAnswer<DeskTicket>.Of(there));
    }

    public async Task<AdapterAnswer<string>> Write(DeskCall call, string ticket, DeskNote note)
    {
        string path = $"/tickets/{Uri.EscapeDataString(ticket)}";
        var said = await Note(call, path, note);
        // A ticket that was deleted needs no closing.
        if (said.Fault is { Kind: FaultKind.Refused } && note.Closes && await call.Send(HttpMethod.Get, "/api" + path, null, Basic(call)) is { IsOk: true, Value.Status: 404 })
            return ticket;
        return said.Then(_ => AdapterAnswer<string>.Of(ticket));
    }

    private static async Task<AdapterAnswer<bool>> Note(DeskCall call, string path, DeskNote note)
    {
        var all = await Pages(call, path + "/messages?limit=100");
        if (all.Fault is { } unheard) return unheard;
        if (!all.Value.Any(m => m.Say("external_id") == note.Key))
        {
            var said = await Ask(call, HttpMethod.Post, path + "/messages", Message(call, note));
            if (said.Fault is { } fault) return fault;
        }
        if (!note.Closes) return true;
        var closed = await Ask(call, HttpMethod.Put, path, new JsonObject { ["status"] = "closed" });
        return closed.Then(_ => AdapterAnswer<bool>.Of(true));
    }

    private static JsonObject Message(DeskCall call, DeskNote note) => new()
    {
        ["external_id"] = note.Key, ["public"] = note.IsPublic, ["channel"] = note.IsPublic ? "api" : "internal-note", ["via"] = "api", ["from_agent"] = true,
        ["sender"] = new JsonObject { ["email"] = call.Access.Setting("email") }, ["body_text"] = note.Body,
    };

    public async Task<AdapterAnswer<IReadOnlyList<DeskTicket>>> Tickets(DeskCall call, string? email, string? order)
    {
        var found = await Customer(call, email is not null ? "email" : "external_id", email ?? StandIn(call, order!));
        return found.Fault is { } fault ? fault : found.Value is { } id ? await Of(call, id) : AdapterAnswer<IReadOnlyList<DeskTicket>>.Of([]);
    }

    public DeskAgent? Read(DeskMail mail)
    {
        if (mail.Secret is not { } secret || !CallToken.IsSame(mail.Headers.GetValueOrDefault(TokenHeader), secret)) return null;
        try { return JsonNode.Parse(mail.Body, null, new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false }).Say("agent") is { Length: > 0 } email ? new DeskAgent(email) : null; }
        catch (Exception e) when (e is JsonException or ArgumentException) { return null; }
    }

    // Two houses may share an account, and have orders of the same number.
    private static string StandIn(DeskCall call, string order) => $"switchyard:{new DeskId(call.Access.Id)}:order:{order}";

    private static async Task<AdapterAnswer<string>> Stand(DeskCall call, NewTicket ticket)
    {
        string key = ticket.Order is { } order ? StandIn(call, order) : ticket.Key;
        var found = await Customer(call, "external_id", key);
        if (found.Fault is { } fault) return fault;
        if (found.Value is { } there) return there;
        var made = await Ask(call, HttpMethod.Post, "/customers", new JsonObject
        {
            ["external_id"] = key, ["name"] = ticket.Order is null ? "Switchyard" : "Order " + ticket.Order,
        });
        return made.Then(m => m.Say("id") is { } id ? AdapterAnswer<string>.Of(id) : new AdapterFault(FaultKind.Malformed, "The answer is no customer."));
    }

    /// <summary>The id of a customer; null: there surely is none.</summary>
    private static async Task<AdapterAnswer<string?>> Customer(DeskCall call, string by, string value)
    {
        var said = await Ask(call, HttpMethod.Get, $"/customers?{by}={Uri.EscapeDataString(value)}");
        if (said.Fault is { } fault) return fault;
        return AdapterAnswer<string?>.Of(said.Value.Each("data").FirstOrDefault(c => string.Equals(c.Say(by), value, StringComparison.OrdinalIgnoreCase)).Say("id"));
    }

    private static async Task<AdapterAnswer<IReadOnlyList<DeskTicket>>> Of(DeskCall call, string customer)
    {
        var all = await Pages(call, $"/tickets?customer_id={customer}&limit=100");
        if (all.Fault is { } fault) return fault;
        var tickets = new List<DeskTicket>();
        foreach (var one in all.Value)
            if (Read(call, one) is { IsOk: true } read) tickets.Add(read.Value);
        return AdapterAnswer<IReadOnlyList<DeskTicket>>.Of([.. tickets.OrderByDescending(t => t.OpenedAt)]);
    }

    private static async Task<AdapterAnswer<IReadOnlyList<JsonObject>>> Pages(DeskCall call, string path)
    {
        var all = new List<JsonObject>();
        string? cursor = null;
        for (int page = 0; page < MostPages; page++)
        {
            var said = await Ask(call, HttpMethod.Get, cursor is null ? path : $"{path}&cursor={Uri.EscapeDataString(cursor)}");
            if (said.Fault is { } fault) return fault;
            all.AddRange(said.Value.Each("data"));
            if ((cursor = said.Value.Say("meta", "next_cursor")) is null) return AdapterAnswer<IReadOnlyList<JsonObject>>.Of(all);
        }
        // Whether it is among the rest nobody can say, and a second one is worse than none.
        return new AdapterFault(FaultKind.Refused, "There is more in this list than is looked through.");
    }

    private static AdapterAnswer<DeskTicket> Read(DeskCall call, JsonNode? ticket) => ticket.Say("id") is not { } id
        ? new AdapterFault(FaultKind.Malformed, "The answer is no ticket.")
        : new DeskTicket(id, ticket.Say("external_id"), ticket.Say("subject"), ticket.Say("status") != "closed",
            $"{call.Access.BaseUrl.TrimEnd('/')}/app/ticket/{id}", ticket.When("created_datetime"));

    private static Task<AdapterAnswer<JsonNode>> Ask(DeskCall call, HttpMethod method, string path, JsonNode? body = null) =>
        call.Ask(method, "/api" + path, body, Words, Basic(call));

    private static (string Name, string Value) Basic(DeskCall call) =>
        ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{call.Access.Setting("email")}:{call.Access.Secret("apiKey")}")));

    private static string? Words(JsonNode said) => said.Say("error", "msg") ?? said.Say("error") ?? said.Say("message");
}
