using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Edi;

/// <summary>Does a message again that failed, once its cause is mended; sends an interchange again; tells a partner our stock now.</summary>
public static class ReplayMessage
{
    public sealed record StockResponse(string Object, string Partner);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/edi/messages/{id}/replay", async (string id, Db db, ApplyMessages apply, TimeProvider clock, Actor actor) => (await Handle(id, db, apply, clock, actor)).ToHttp())
            .Requires(Permission.EdiWrite).WithName("edi.replay").WithTags("EDI").WithSummary("Do a message again that failed").Produces<InterchangeView>().ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/edi/interchanges/{id}/resend", async (string id, Db db, TimeProvider clock, Actor actor) => (await Resend(id, db, clock.GetUtcNow(), actor)).ToHttp())
            .Requires(Permission.EdiWrite).WithName("edi.resend").WithTags("EDI").WithSummary("Put an interchange back among those that wait to go out, under its own control number")
            .Produces<InterchangeView>().ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/edi/partners/{code}/stock", async (string code, Db db, TimeProvider clock, Actor actor) => (await Stock(code, db, clock, actor)).ToHttp(202))
            .Requires(Permission.EdiWrite).WithName("edi.tellStock").WithTags("EDI").WithSummary("Tell a partner what its channel can sell now (846)").Produces<StockResponse>(202).ProducesProblem(404).ProducesProblem(409);
    }

    /// <remarks>Errors: edi.no_such_message, edi.nothing_to_replay.</remarks>
    private static async Task<Result<InterchangeView>> Handle(string id, Db db, ApplyMessages apply, TimeProvider clock, Actor actor)
    {
        if (!EdiMessageId.TryParse(id, null, out var known)) return EdiErrors.NoSuchMessage;
        var begun = await db.Write<Guid>(actor, async work =>
        {
            // What came is worked on again; what we could not make is made again.
            int set = await work.Execute(
                """
                update edi_messages set state = case when direction = 'in' then 'new' else 'waiting' end, tries = 0, due_at_ms = @now
                 where merchant_id = @merchant and id = @id and state = 'failed' and (direction = 'out' or interchange_id is not null)
                """, ("id", known.Value), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
            var found = await work.Query("select interchange_id from edi_messages where merchant_id = @merchant and id = @id", row => row.UuidOrNull(), ("id", known.Value));
            return found.Count == 0 ? EdiErrors.NoSuchMessage : set == 0 ? EdiErrors.NothingToReplay : found[0] ?? Guid.Empty;
        });
        if (begun.Error is { } error) return error;
        await apply.Handle(actor.Merchant, known.Value);
        var views = await db.Read(actor, work => InterchangesSql.Read(work, "i.id = @id", withContent: true, ("id", begun.Value)), snapshot: true);
        return views is [var view] ? view : EdiErrors.NoSuchInterchange;
    }

    /// <remarks>Errors: edi.no_such_interchange, edi.not_sent.</remarks>
    private static async Task<Result<InterchangeView>> Resend(string id, Db db, DateTimeOffset now, Actor actor)
    {
        if (!InterchangeId.TryParse(id, null, out var known)) return EdiErrors.NoSuchInterchange;
        return await db.Write<InterchangeView>(actor, async work =>
        {
            var partner = await work.Find($"select {EdiPartner.Columns} from edi_partners p join edi_interchanges i on i.partner_id = p.id where i.merchant_id = @merchant and i.id = @id", EdiPartner.Read, ("id", known.Value));
            int put = await work.Execute(
                """
                update edi_interchanges set state = 'waiting', settled_at_ms = null, is_overdue = false, ack_due_ms = case when sets in ('997', 'TA1') then null else @due::bigint end
                 where merchant_id = @merchant and id = @id and direction = 'out' and content is not null
                """, ("id", known.Value), ("due", partner?.Settings.AckHours is > 0 and var hours ? now.AddHours(hours).ToUnixTimeMilliseconds() : null));
            if (put > 0)
            {
                await work.Execute("update edi_messages set state = 'sent', faults = '[]' where merchant_id = @merchant and interchange_id = @id and direction = 'out' and state = 'rejected'", ("id", known.Value));
                await EdiTroubles.MendLate(work, partner!, now);
            }
            var views = await InterchangesSql.Read(work, "i.id = @id", withContent: true, ("id", known.Value));
            return views is not [var view] ? EdiErrors.NoSuchInterchange : put == 0 ? EdiErrors.NotSent : view;
        });
    }

    /// <remarks>Errors: edi.no_such_partner, edi.stock_not_sent.</remarks>
    private static Task<Result<StockResponse>> Stock(string code, Db db, TimeProvider clock, Actor actor) => db.Write<StockResponse>(actor, async work =>
    {
        if (!Text.IsStorable(code) || await EdiPartner.Find(work, code) is not { } partner) return EdiErrors.NoSuchPartner(code);
        if (!partner.IsActive || partner.Channel is null || !partner.SendsSet("846")) return EdiErrors.StockNotSent;
        await SendEdi.QueueStock(work, partner, clock.GetUtcNow());
        return new StockResponse("ediStock", partner.Code);
    });
}
