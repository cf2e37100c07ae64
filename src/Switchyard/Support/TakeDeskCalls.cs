using System.Collections.Concurrent;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Support;

/// <summary>
/// What a desk's sidebar app or integration asks. A call counts only when it shows that the desk made it; then it is answered as the agent's own user here would be, with
/// that user's rights and nodes and nothing else.
/// </summary>
internal sealed class TakeDeskCalls(Db db, SupportDesks desks, ReadCards cards, RunMacro macros, ReadDesks read, LoginThrottle throttle, RequestPlaces places, TimeProvider clock)
{
    private const int MostBytes = 32 * 1024, MostAMinute = 600;
    private readonly ConcurrentDictionary<Guid, (long Minute, int Calls)> _calls = new();

    /// <summary>Exactly one of the two.</summary>
    /// <param name="Order">Our number, its id, or the number of the channel it was bought at.</param>
    /// <param name="Agent">The agent's mail address, where the desk does not sign it (Gorgias).</param>
    public sealed record SidebarRequest(string? Email, string? Order, string? Agent = null);

    /// <param name="Key">Of 8 to 100 characters, another for every wish: the same wish under the same key is done once.</param>
    /// <param name="Macro">cancel, refund or resend. return is known and not offered.</param>
    /// <param name="Lines">Units to cancel or to send again; a whole order is cancelled when absent.</param>
    /// <param name="AmountMinor">To give back, minor units of the order's currency; all that is left when absent.</param>
    /// <param name="Payment">Of which money goes back; needed where there are several.</param>
    public sealed record MacroRequest(string? Key, string? Macro, string? Order, string? Reason, IReadOnlyList<CancelOrder.LineUnits?>? Lines = null,
        long? AmountMinor = null, string? Payment = null, string? Agent = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/desk-calls/{desk}/sidebar", async (string desk, SidebarRequest body, TakeDeskCalls take, HttpContext http) => await take.Sidebar(desk, body, http))
            .IsOpenToAnyone().WithMetadata(new LargestBody(MostBytes)).WithName("support.sidebar").WithTags("Support")
            .WithSummary("Show an agent, beside a ticket, the orders of a buyer or of a number; signed as the desk does")
            .Produces<SidebarCard>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(429);
        routes.MapPost("/desk-calls/{desk}/macros", async (string desk, MacroRequest body, TakeDeskCalls take, HttpContext http) => await take.Macro(desk, body, http))
            .IsOpenToAnyone().WithMetadata(new LargestBody(MostBytes)).WithName("support.runMacro").WithTags("Support")
            .WithSummary("Cancel, refund or send again for an agent, from a ticket; signed as the desk does")
            .Produces<RunMacro.Response>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .ProducesProblem(422).ProducesProblem(429);
    }

    /// <remarks>Errors: support.bad_signature, support.too_many_calls, support.no_such_agent, access.forbidden, request.invalid.</remarks>
    private async Task<IResult> Sidebar(string id, SidebarRequest body, HttpContext http)
    {
        var known = await Known(id, http);
        if (known.Error is { } error) return error.ToHttp();
        var (desk, agent, _) = known.Value;
        if (!agent.May(Permission.OrdersRead)) return AccessErrors.Forbidden.ToHttp();
        using var place = await places.Take(http.RequestAborted);
        if (!place.IsAcquired) return RequestPlaces.Full.ToHttp();
        var checks = new Checks();
        checks.Text(body.Email, "/email", 320);
        checks.Text(body.Order, "/order", 200);
        bool byEmail = body.Email is { Length: > 0 }, byOrder = body.Order is { Length: > 0 };
        checks.That(byEmail != byOrder, byEmail ? "/order" : "/email", "field.required", "Name the buyer's mail address or the order's number, one of the two.");
        if (checks.AnyFault) return checks.ToError().ToHttp();
        return Shown(await cards.Of(agent, desk, byEmail ? body.Email : null, body.Order, read.Address(http)), agent);
    }

    private async Task<IResult> Macro(string id, MacroRequest body, HttpContext http)
    {
        var known = await Known(id, http);
        if (known.Error is { } error) return error.ToHttp();
        var (desk, agent, bytes) = known.Value;
        using var place = await places.Take(http.RequestAborted);
        if (!place.IsAcquired) return RequestPlaces.Full.ToHttp();
        var done = await macros.Handle(agent, desk, new RunMacro.Wish(body.Key, body.Macro, body.Order, body.Reason, body.Lines, body.AmountMinor, body.Payment), bytes,
            read.Address(http));
        return done.Error is { } refused ? refused.ToHttp() : Shown(done.Value, agent);
    }

    private async Task<Result<(Desk Desk, Actor Agent, byte[] Body)>> Known(string id, HttpContext http)
    {
        using var body = new MemoryStream();
        http.Request.Body.Position = 0;
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        byte[] bytes = body.ToArray();
        var desk = DeskId.TryParse(id, null, out var known) ? await db.ReadAll(work => Desk.FindAny(work, known.Value)) : null;
        var headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var agent = desk is { State: "active" } ? desks.Agent(desk, headers, bytes) : null;
        if (desk is null || agent is null)
        {
            // What is genuine is taken however much that is not comes from the same network.
            int wait = throttle.Begin("desk:" + id[..Math.Min(id.Length, 60)], LoginThrottle.Network(http.Connection.RemoteIpAddress), clock.GetUtcNow());
            return wait > 0 ? SupportErrors.TooMany(wait) : SupportErrors.BadSignature;
        }
        // An app that runs wild takes the places of its own desk only.
        long minute = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (_calls.AddOrUpdate(desk.Id.Value, (minute, 1), (_, c) => c.Minute == minute ? (minute, c.Calls + 1) : (minute, 1)).Calls > MostAMinute) return SupportErrors.TooOften;
        var actor = await db.Read(Actor.House("system:support", desk.Merchant), work => ActAs.Find(work, agent.Email));
        return actor is null ? SupportErrors.NoSuchAgent : (desk, actor, bytes);
    }

    // Amounts are taken out by the same rule as everywhere for whoever may not see them.
    private static IResult Shown<T>(T answer, Actor agent)
    {
        if (agent.May(Permission.PricesRead)) return Results.Json(answer, Json.Options);
        var node = JsonSerializer.SerializeToNode(answer, Json.Options);
        HidePrices.TakeOut(node);
        return Results.Json(node, Json.Options);
    }
}
