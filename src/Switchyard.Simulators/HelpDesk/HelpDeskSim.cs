using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>Something written on a ticket.</summary>
public sealed record SimComment(long Id, string Body, bool IsPublic, string? Key, DateTimeOffset At);

/// <summary>A ticket of a simulated help desk.</summary>
public sealed class SimTicket(long id, string? key, string subject, long customer, DateTimeOffset at)
{
    public long Id => id;
    public string? Key => key;
    public string Subject => subject;
    public long Customer => customer;
    public DateTimeOffset At => at;

    /// <summary>In the vendor's words.</summary>
    public string Status { get; set; } = "open";

    public List<SimComment> Comments { get; } = [];
}

/// <summary>Somebody who is written with. <paramref name="Key"/> is the other system's id of them.</summary>
public sealed record SimRequester(long Id, string? Key, string Name, string? Email);

/// <summary>A simulated help desk: tickets, whoever they are of, and an agent with a key. It sells nothing.</summary>
public abstract class HelpDeskSim : VendorSim
{
    private readonly List<SimTicket> _tickets = [];
    private readonly List<SimRequester> _people = [];
    private long _last = 1000;

    protected HelpDeskSim(string name, SimClock? clock, int seed) : base(name, new ShopFacts("Hearth & Hollow care", "GBP", PricesIncludeTax: true), clock, seed) { }

    public const string AgentEmail = "desk@hearth.example";
    public const string Token = "tok_simulated_0123456789abcdef";

    /// <summary>Everything below is touched with it held.</summary>
    protected Lock Gate { get; } = new();

    /// <summary>Tickets as they are now, oldest first.</summary>
    public IReadOnlyList<SimTicket> Tickets
    {
        get { lock (Gate) return [.. _tickets]; }
    }

    /// <summary>A buyer writes.</summary>
    public SimTicket Write(string email, string subject, string body)
    {
        lock (Gate)
        {
            var who = _people.FirstOrDefault(p => p.Email == email) ?? Meet(null, email, email);
            return Keep(null, subject, who.Id, new SimComment(Next(), body, true, null, Clock.GetUtcNow()));
        }
    }

    /// <summary>An agent ends a ticket for good: it takes nothing more.</summary>
    public void End(long ticket)
    {
        lock (Gate) _tickets.First(t => t.Id == ticket).Status = "closed";
    }

    protected SimTicket? Ticket(string id) => _tickets.FirstOrDefault(t => t.Id.ToString(CultureInfo.InvariantCulture) == id);
    protected IReadOnlyList<SimRequester> People => _people;
    protected SimRequester? Person(long id) => _people.FirstOrDefault(p => p.Id == id);
    protected long Next() => ++_last;
    protected IEnumerable<SimTicket> All => _tickets;

    protected SimRequester Meet(string? key, string name, string? email)
    {
        var met = new SimRequester(Next(), key, name, email);
        _people.Add(met);
        return met;
    }

    protected SimTicket Keep(string? key, string subject, long customer, SimComment? first)
    {
        var ticket = new SimTicket(Next(), key, subject, customer, Clock.GetUtcNow());
        if (first is not null) ticket.Comments.Add(first);
        _tickets.Add(ticket);
        return ticket;
    }

    protected override Task<IResult> Answer(SimRequest request)
    {
        lock (Gate) return Task.FromResult(Said(request));
    }

    /// <summary>The vendor's answer, with the gate held.</summary>
    protected abstract IResult Said(SimRequest request);

    protected override IEnumerable<SimMessage> Messages(ShopEvent happened) => [];

    /// <summary>Is the call let in by Basic with this name and the token?</summary>
    protected static bool Knows(SimRequest request, string name) => SimSignature.Same(request.Header("Authorization"), "Basic " + Base64($"{name}:{Token}"));

    protected static IResult Json(JsonNode body, int status = 200) => Results.Text(body.ToJsonString(), "application/json; charset=utf-8", Encoding.UTF8, status);

    /// <summary>Whole numbers of a query, or what they are otherwise.</summary>
    protected static int Whole(SimRequest request, string name, int otherwise, int most) =>
        int.TryParse(request.Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out int said) ? Math.Clamp(said, 1, most) : otherwise;

    protected static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    protected static string? Text(JsonNode? node, string name) => (node as JsonObject)?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
