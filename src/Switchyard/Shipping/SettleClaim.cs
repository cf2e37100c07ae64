using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Shipping;

/// <summary>What is asked back from a carrier.</summary>
/// <param name="AmountMinor">What the goods in it were worth, at most what the carrier pays.</param>
/// <param name="Deadline">Later the carrier pays nothing.</param>
public sealed record ClaimView(string Object, ClaimId Id, LabelId Label, PackageId Package, OrderId Order, string OrderNumber, string Account, string? Tracking, string Reason, [property: Words("open", "sent", "paid", "refused")] string State,
    long AmountMinor, long? PaidMinor, string Currency, DateTimeOffset Deadline, string? Reference, DateTimeOffset OpenedAt, long Version);

/// <summary>Says that a parcel is lost, lists claims against carriers, and notes what became of one.</summary>
public static class SettleClaim
{
    public sealed record LostRequest(string? Reason = null);

    /// <param name="Reference">The carrier's number of the claim.</param>
    public sealed record Request([property: Words("sent", "paid", "refused")] string? State = null, long? PaidMinor = null, string? Reference = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/labels/{id}/lost", async (string id, LostRequest body, Db db, TimeProvider clock, Actor actor) => (await Lost(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("shipping.lose").WithTags("Shipping").WithSummary("Say that a parcel is lost: its package is, and a claim is opened")
            .Produces<ClaimView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        routes.MapGet("/carrier-claims", async (Db db, Actor actor, [FromQuery] string? state, [FromQuery] string? package, [FromQuery] int? limit, [FromQuery] string? after) =>
                (await List(db, actor, state, package, limit, after)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("shipping.listClaims").WithTags("Shipping").WithSummary("List claims against carriers, the newest first").Produces<Page<ClaimView>>().ProducesProblem(400);
        routes.MapPost("/carrier-claims/{id}/settle", async (string id, Request body, Db db, TimeProvider clock, Actor actor) => (await Settle(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("shipping.settleClaim").WithTags("Shipping").WithSummary("Note that a claim was sent, paid or refused")
            .Produces<ClaimView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<Result<ClaimView>> Lost(string id, LostRequest body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Words(body.Reason, "/reason", 200, required: true);
        if (checks.AnyFault) return checks.ToError();
        var label = await db.Read(actor, work => CarrierLabel.Find(work, actor, id));
        if (label is null) return ShippingErrors.NoSuchLabel;
        if (label.State is not (LabelState.Booked or LabelState.Manifested) || label.DeliveredAt is not null) return ShippingErrors.CannotMove(label.State, LabelState.Manifested);
        var lost = await KeepTracking.Lose(db, clock, actor with { Stamp = null }, label.Id, body.Reason!);
        if (lost.Error is { } error) return error;
        return (await db.Read(actor, work => ClaimSql.Views(work, actor, "c.label_id = @label", ("label", label.Id.Value))))[0];
    }

    private static async Task<Result<Page<ClaimView>>> List(Db db, Actor actor, string? state, string? package, int? limit, string? after)
    {
        var checks = new Checks();
        var (most, before) = Paging.ReadBefore<ClaimId>(checks, limit, after);
        checks.That(state is null or "open" or "sent" or "paid" or "refused", "#state", "field.unknown_value", "state is open, sent, paid or refused.");
        var parcel = default(PackageId);
        checks.That(package is null || PackageId.TryParse(package, null, out parcel), "#package", "field.malformed", "package must be the id of a package.");
        if (checks.AnyFault) return checks.ToError();
        var rows = await db.Read(actor, work => ClaimSql.Views(work, actor, $"c.id < @before{(state is null ? "" : " and c.state = @state")}{(package is null ? "" : " and l.package_id = @package")}",
            ("before", before.Value), ("state", state ?? ""), ("package", parcel.Value), ("limit", most + 1L)));
        return Page<ClaimView>.Of(rows, most, c => c.Id.ToString());
    }

    private static Task<Result<ClaimView>> Settle(string id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.State is "sent" or "paid" or "refused", "/state", "field.unknown_value", "state is sent, paid or refused.");
        checks.Amount(body.PaidMinor ?? 0, "/paidMinor");
        checks.That(body.State != "paid" || body.PaidMinor is not null, "/paidMinor", "field.required", "A paid claim says how much.");
        checks.Words(body.Reference, "/reference", 100);
        if (checks.AnyFault) return Task.FromResult<Result<ClaimView>>(checks.ToError());
        var now = clock.GetUtcNow();
        return db.Write<ClaimView>(actor, async work =>
        {
            if (!ClaimId.TryParse(id, null, out var claim) || (await ClaimSql.Views(work, actor, "c.id = @id", ("id", claim.Value))) is not [var present]) return ShippingErrors.NoSuchClaim;
            if (await work.Execute(
                """
                update carrier_claims set state = @state, paid_minor = @paid::bigint, reference = coalesce(@reference::text, reference), changed_at_ms = @now, version = version + 1
                 where merchant_id = @merchant and id = @id and (state in ('open', 'sent') or state = @state)
                """, ("state", body.State), ("paid", body.State == "paid" ? body.PaidMinor : null), ("reference", body.Reference), ("now", now.ToUnixTimeMilliseconds()), ("id", claim.Value)) == 0)
                return Error.Conflict("shipping.claim_settled", $"The claim is {present.State} already.");
            await EventLog.Append(work, actor, now, new Happening("carrier_claim", id, "CarrierClaimSettled", new { state = body.State, paidMinor = body.PaidMinor }));
            return (await ClaimSql.Views(work, actor, "c.id = @id", ("id", claim.Value)))[0];
        });
    }
}

internal static class ClaimSql
{
    /// <summary>Opens the claim of a label, once: what its contents were worth, at most what the carrier pays.</summary>
    public static async Task Open(Work work, Actor actor, CarrierLabel label, CarrierAccount account, string reason, DateTimeOffset now)
    {
        long worth = await PackageDesk.Worth(work, label.Package);
        var id = ClaimId.New(now);
        if (await work.Execute(
            """
            insert into carrier_claims (id, merchant_id, label_id, order_id, account_id, reason, state, amount_minor, currency, deadline_ms, opened_at_ms, changed_at_ms)
            select @id, @merchant, @label, @order, @account, @reason, 'open', @amount, coalesce(@currency::text, m.base_currency), @deadline, @now, @now from merchants m where m.id = @merchant
            on conflict (label_id) do nothing
            """, ("id", id.Value), ("label", label.Id.Value), ("order", label.Order.Value), ("account", account.Id.Value), ("reason", reason),
            ("amount", account.CoverMinor == 0 ? worth : Math.Min(worth, account.CoverMinor)), ("currency", label.Currency),
            ("deadline", (label.ScannedAt ?? label.BookedAt ?? now).AddDays(account.ClaimDays).ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds())) == 1)
            await EventLog.Append(work, actor, now, new Happening("carrier_claim", id.ToString(), "CarrierClaimOpened", new { label = label.Id, order = label.Order, account = account.Code, reason }));
    }

    public static Task<List<ClaimView>> Views(Work work, Actor actor, string which, params (string, object?)[] arguments) => work.Query(
        $"""
        select c.id, c.label_id, l.package_id, c.order_id, o.number, a.code, l.tracking, c.reason, c.state, c.amount_minor, c.paid_minor, c.currency, c.deadline_ms, c.reference, c.opened_at_ms, c.version
          from carrier_claims c join carrier_labels l on l.id = c.label_id join carrier_accounts a on a.id = c.account_id join orders o on o.id = c.order_id
         where c.merchant_id = @merchant and {which}{(actor.Nodes is null ? "" : " and l.node_id = any(@nodes)")} order by c.id desc limit @limit
        """, row => new ClaimView("carrierClaim", new ClaimId(row.Uuid()), new LabelId(row.Uuid()), new PackageId(row.Uuid()), new OrderId(row.Uuid()), row.Text(), row.Text(), row.TextOrNull(), row.Text(), row.Text(), row.Long(), row.LongOrNull(),
            row.Text(), row.Instant(), row.TextOrNull(), row.Instant(), row.Long()),
        [.. arguments, ("nodes", actor.NodeFilter ?? []), .. arguments.Any(a => a.Item1 == "limit") ? Array.Empty<(string, object?)>() : [("limit", 1L)]]);
}
