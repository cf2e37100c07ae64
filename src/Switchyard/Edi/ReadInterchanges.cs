using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Edi;

/// <summary>Lists interchanges, hands out those that wait, and takes the word that they were fetched.</summary>
public static class ReadInterchanges
{
    private const int MostCodes = 64;
    private static readonly string[] States = ["taken", "refused", "repeated", "waiting", "fetched", "accepted", "rejected"];

    public sealed record FetchRequest(IReadOnlyList<string?>? Ids);
    public sealed record FetchResponse(string Object, int Fetched);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/edi/interchanges", async (Db db, Actor actor, [FromQuery] string? partner, [FromQuery] string? direction, [FromQuery] string? state, [FromQuery] bool? trouble, [FromQuery] int? limit, [FromQuery] string? after) =>
                (await List(db, actor, partner, direction, state, trouble == true, limit, after)).ToHttp())
            .Requires(Permission.EdiRead).WithName("edi.list").WithTags("EDI").WithSummary("List interchanges, the newest first; trouble=true lists those with something a person must look at")
            .Produces<Page<InterchangeView>>().ProducesProblem(400);
        routes.MapGet("/edi/outbox", async (Db db, Actor actor, [FromQuery] string? partner, [FromQuery] int? limit) => (await Waiting(db, actor, partner, limit)).ToHttp())
            .Requires(Permission.EdiRead).WithName("edi.outbox").WithTags("EDI").WithSummary("Interchanges that wait to go out, with their content, the oldest first")
            .WithDescription("They stay until it is said that they were fetched.").Produces<Page<InterchangeView>>().ProducesProblem(400);
        routes.MapPost("/edi/outbox/fetched", async (FetchRequest body, Db db, TimeProvider clock, Actor actor) => (await Fetched(body, db, clock, actor)).ToHttp())
            .Requires(Permission.EdiWrite).WithName("edi.fetched").WithTags("EDI").WithSummary("Say that interchanges were fetched and go to the partner").Produces<FetchResponse>().ProducesProblem(400);
        routes.MapGet("/edi/interchanges/{id}", async (string id, Db db, Actor actor) => (await Find(db, actor, id)).ToHttp())
            .Requires(Permission.EdiRead).WithName("edi.get").WithTags("EDI").WithSummary("Read an interchange with its content").Produces<InterchangeView>().ProducesProblem(404);
    }

    private static async Task<Result<Page<InterchangeView>>> List(Db db, Actor actor, string? partner, string? direction, string? state, bool isTrouble, int? limit, string? after)
    {
        var checks = new Checks();
        var (most, before) = Paging.ReadBefore<InterchangeId>(checks, limit, after);
        checks.Text(partner, "#partner", MostCodes);
        checks.That(direction is null or "in" or "out", "#direction", "field.unknown_value", "direction is in or out.");
        checks.That(state is null || States.Contains(state), "#state", "field.unknown_value", $"state is one of {string.Join(", ", States)}.");
        if (checks.AnyFault) return checks.ToError();
        string where = $"i.id < @before{(partner is null ? "" : " and p.code = @partner")}{(direction is null ? "" : " and i.direction = @direction")}{(state is null ? "" : " and i.state = @state")}"
            + (isTrouble ? " and (i.state in ('refused', 'rejected') or i.is_overdue = true or exists (select 1 from edi_messages m where m.interchange_id = i.id and m.merchant_id = @merchant and m.state in ('failed', 'refused', 'rejected')))" : "")
            + " order by i.id desc limit @limit";
        var found = await db.Read(actor, work => InterchangesSql.Read(work, where, withContent: false, ("before", before.Value), ("partner", partner), ("direction", direction), ("state", state), ("limit", most + 1L)), snapshot: true);
        return Page<InterchangeView>.Of(found, most, i => i.Id.ToString());
    }

    private static async Task<Result<Page<InterchangeView>>> Waiting(Db db, Actor actor, string? partner, int? limit)
    {
        var checks = new Checks();
        checks.Text(partner, "#partner", MostCodes);
        checks.Range(limit ?? Cursor.DefaultLimit, 1, Cursor.MostLimit, "#limit");
        if (checks.AnyFault) return checks.ToError();
        int most = limit ?? Cursor.DefaultLimit;
        var found = await db.Read(actor, work => InterchangesSql.Read(work, $"i.state = 'waiting'{(partner is null ? "" : " and p.code = @partner")} order by i.id limit @limit", withContent: true,
            ("partner", partner), ("limit", most + 1L)), snapshot: true);
        bool hasMore = found.Count > most;
        return new Page<InterchangeView>([.. found.Take(most)], null, hasMore);
    }

    private static async Task<Result<FetchResponse>> Fetched(FetchRequest body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Ids is { Count: > 0 and <= Cursor.MostLimit }, "/ids", "field.out_of_range", $"Send 1 to {Cursor.MostLimit} ids.");
        var ids = new List<Guid>();
        foreach (var (i, text) in (body.Ids ?? []).Take(Cursor.MostLimit).Index())
        {
            checks.That(InterchangeId.TryParse(text, null, out var id), $"/ids/{i}", "field.malformed", "It is the id of an interchange, edi_….");
            ids.Add(id.Value);
        }
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<FetchResponse>(actor, async work => new FetchResponse("ediFetched", await MarkFetched(work, ids.Distinct().ToList(), clock.GetUtcNow())));
    }

    /// <returns>How many of them were still waiting.</returns>
    internal static Task<int> MarkFetched(Work work, IReadOnlyList<Guid> ids, DateTimeOffset now) => work.Execute(
        """
        update edi_interchanges set state = 'fetched', settled_at_ms = @now from @rows r
         where edi_interchanges.merchant_id = @merchant and edi_interchanges.id = r.id and edi_interchanges.state = 'waiting'
        """, Rows.Of(ids).Uuid("id", i => i), ("now", now.ToUnixTimeMilliseconds()));

    private static async Task<Result<InterchangeView>> Find(Db db, Actor actor, string id) =>
        InterchangeId.TryParse(id, null, out var known) && await db.Read(actor, work => InterchangesSql.Read(work, "i.id = @id", withContent: true, ("id", known.Value)), snapshot: true) is [var found]
            ? found : EdiErrors.NoSuchInterchange;
}
