using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Purchasing;

/// <summary>Says that a suggestion has been ordered, which puts its units on order, or that it is not wanted for a while.</summary>
public static class DecideReorder
{
    /// <param name="Reference">Of the order to the supplier; the units are inbound under it.</param>
    /// <param name="Quantity">What was ordered in fact; the suggested quantity when not said.</param>
    public sealed record Ordered(string? Reference, DateTimeOffset? DueAt, long? Quantity);

    /// <param name="QuietUntil">No suggestion for this SKU and node before.</param>
    public sealed record Dismissed(DateTimeOffset? QuietUntil);

    private sealed record Open(string Sku, string Node, long Quantity);
    private static readonly Error NotFound = Error.NotFound("purchasing.suggestion_not_found", "There is no such open suggestion.");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/purchasing/reorder-suggestions/{id:long}/order", async (long id, Ordered body, Db db, TimeProvider clock, Actor actor) => (await Order(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.PurchasingWrite).WithName("purchasing.orderSuggestion").WithTags("Purchasing").WithSummary("Say that a suggestion was ordered")
            .Produces<SuggestReorders.View>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/purchasing/reorder-suggestions/{id:long}/dismiss", async (long id, Dismissed body, Db db, TimeProvider clock, Actor actor) => (await Dismiss(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.PurchasingWrite).WithName("purchasing.dismissSuggestion").WithTags("Purchasing").WithSummary("Silence a suggestion for a while")
            .Produces<SuggestReorders.View>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <remarks>Errors: purchasing.suggestion_not_found.</remarks>
    public static async Task<Result<SuggestReorders.View>> Order(long id, Ordered body, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        checks.Text(body.Reference, "/reference", 100, required: true);
        checks.That(body.DueAt > now, "/dueAt", "field.out_of_range", "dueAt must be in the future.");
        if (body.Quantity is not null) checks.Units(body.Quantity, "/quantity", 1);
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<SuggestReorders.View>(actor, async work =>
        {
            if (await Lock(work, actor, id) is not { } open) return NotFound;
            var inbound = await SetInbound.Write(work, actor, now, new SetInbound.Supply(body.Reference!, open.Sku, open.Node, body.Quantity ?? open.Quantity, body.DueAt!.Value, true), isMore: true);
            if (inbound.Error is { } error) return error;
            return await Close(work, actor, now, id, "ordered", body.Reference, null);
        });
    }

    /// <remarks>Errors: purchasing.suggestion_not_found.</remarks>
    public static async Task<Result<SuggestReorders.View>> Dismiss(long id, Dismissed body, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        checks.That(body.QuietUntil > now, "/quietUntil", "field.out_of_range", "quietUntil must be in the future.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<SuggestReorders.View>(actor, async work =>
            await Lock(work, actor, id) is null ? NotFound : await Close(work, actor, now, id, "dismissed", null, body.QuietUntil));
    }

    private static Task<Open?> Lock(Work work, Actor actor, long id) => work.Find(
        $"""
        select p.sku, n.code, s.quantity from reorder_suggestions s join products p on p.id = s.sku_id and p.merchant_id = s.merchant_id join nodes n on n.id = s.node_id
         where s.id = @id and s.merchant_id = @merchant and s.state = 'open'{(actor.Nodes is null ? "" : " and s.node_id = any(@nodes)")} for update of s
        """, row => new Open(row.Text(), row.Text(), row.Long()), ("id", id), ("nodes", actor.NodeFilter ?? []));

    private static async Task<SuggestReorders.View> Close(Work work, Actor actor, DateTimeOffset now, long id, string state, string? reference, DateTimeOffset? quiet)
    {
        await work.Execute(
            """
            update reorder_suggestions set state = @state, reference = @reference::text, quiet_until_ms = @quiet::bigint, decided_by = @by, updated_at_ms = @now
             where id = @id and merchant_id = @merchant
            """,
            ("state", state), ("reference", reference), ("quiet", quiet?.ToUnixTimeMilliseconds()), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()), ("id", id));
        await EventLog.Append(work, actor, now, new Happening("reorderSuggestion", Text.Invariant(id), state == "ordered" ? "ReorderOrdered" : "ReorderDismissed", new { id, reference }));
        return (await work.Query($"{SuggestReorders.Select} where s.id = @id and s.merchant_id = @merchant", SuggestReorders.Read, ("id", id))).Single();
    }
}
