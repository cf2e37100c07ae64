using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// Makes an order of a draft, once, the way every order is placed. What the draft held of stock becomes the order's; if that has run out the
/// order competes like any other. Asked again it answers with the order that was made.
/// </summary>
public static class PlaceDraft
{
    private const int MostTries = 5;

    /// <param name="OnShort">refuse, hold or backorder; as the channel has it when left out.</param>
    /// <param name="ExternalId">The channel's own number of the order, when it has one.</param>
    public sealed record Body(PlaceOrder.Payment? Payment = null, string? OnShort = null, string? ExternalId = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/drafts/{id}/place", async (string id, Body? body, Actor actor, HttpContext http, [FromServices] DraftDesk desk, OrderWriter writer, FindOrder find) =>
                await Handle(id, body ?? new Body(), actor, http, desk, writer, find))
            .Requires(Permission.OrdersWrite).WithName("drafts.place").WithSummary("Make an order of a draft").WithTags("Drafts")
            .WithDescription("201: the order. 200: the order that was made of it before.")
            .Produces<OrderView>(201).Produces<OrderView>(200).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(422)
            .ProducesProblem(429).ProducesProblem(503);

    private static async Task<IResult> Handle(string id, Body body, Actor actor, HttpContext http, DraftDesk desk, OrderWriter writer, FindOrder find)
    {
        var expected = ETag.Expected(http);
        if (expected.Error is { } malformed) return malformed.ToHttp();
        var placed = await Database.Db.Guard<OrderAnswer>(async () => await writer.Earlier(actor) is { } earlier ? earlier
            : await Place(id, body, expected.Value, actor, desk, writer, find));
        return placed.Error is { } error ? error.ToHttp() : placed.Value;
    }

    /// <remarks>Errors: drafts.not_found, drafts.changed, drafts.cannot_change, drafts.quote_expired, drafts.no_address, orders.unknown_sku, and those of placing an order.</remarks>
    private static async Task<Result<OrderAnswer>> Place(string id, Body body, long? expected, Actor actor, DraftDesk desk, OrderWriter writer, FindOrder find)
    {
        for (int tried = 1; ; tried++)
        {
            var seen = await desk.Read(id, actor);
            if (seen.Error is { } none) return none;
            var draft = (await desk.Db.Read(actor, work => DraftsSql.Find(work, actor, seen.Value.Id)))!;
            if (draft.Placed is { } made) return await Made(made, actor, find);
            if (expected is { } version && version != draft.Version) return DraftErrors.Changed(draft.Version);
            if (Cannot(draft, desk.Now) is { } over) return over;
            if (Faults(draft, seen.Value.Lines, body, desk.Now) is { } faults) return faults;
            var source = new OrderSource(draft.Id, draft.Version, draft.Origin?.Order, draft.Origin?.Kind) { Note = draft.Note, Tags = draft.Tags };
            var result = await writer.Place(actor, Request(draft, body, seen.Value.Delivery), source: source);
            // Somebody changed it between our look and the writer's: it is placed as it is now, unless the caller meant one version.
            if (result.Error is not { Code: "drafts.changed" } || expected is not null || tried == MostTries) return result;
        }
    }

    /// <summary>The order a draft would be.</summary>
    /// <param name="delivery">What its delivery costs by the list.</param>
    internal static PlaceOrder.Request Request(StoredDraft draft, Body? body, DraftDelivery? delivery = null) => (delivery?.On(draft.Order) ?? draft.Order) with
    {
        Payment = body?.Payment,
        OnShort = body?.OnShort,
        ExternalId = body?.ExternalId,
        Reservation = draft.Reservation?.ToString(),
    };

    /// <summary>Why it cannot be placed any more, or not as it stands.</summary>
    internal static Error? Cannot(StoredDraft draft, DateTimeOffset now) => !DraftStates.Allowed.Allows(draft.State, DraftState.Placed) ? DraftErrors.Cannot(draft.State)
        : DraftStates.HasExpired(draft.State, draft.ValidUntil, now) ? DraftErrors.QuoteExpired : null;

    /// <summary>What the draft lacks of an order: lines that are known and priced, and where it goes.</summary>
    internal static Error? Faults(StoredDraft draft, IReadOnlyList<DraftLine> lines, Body? body, DateTimeOffset now)
    {
        var faults = PlaceOrder.Validate(Request(draft, body))?.Fields.ToList() ?? [];
        faults.AddRange(lines.Where(l => l.IsGone).Select(l => new FieldError($"/lines/{l.Line - 1}/sku", "orders.unknown_sku", $"There is no product {l.Sku} any more.")));
        faults.AddRange(lines.Where(l => !l.IsGone && l.PriceMinor is null)
            .Select(l => new FieldError($"/lines/{l.Line - 1}/unitPriceMinor", "orders.price_missing", $"{l.Sku} has no list price in {draft.Order.Currency}; say the price.")));
        if (draft.Order.ShippingAddress is null && !HoldRules.IsCollected(draft.Order.Method)) faults.AddRange(DraftErrors.NoAddress.Fields);
        return faults.Count == 0 ? null : faults is [{ Code: "drafts.no_address" }] ? DraftErrors.NoAddress : Error.Invalid(faults);
    }

    private static async Task<Result<OrderAnswer>> Made(OrderId id, Actor actor, FindOrder find) => await find.Find(actor with { Nodes = null }, id) is { } order
        ? new OrderAnswer(find.ToJson(order), 200, isReplay: false, FindOrder.ETag(order)) : DraftErrors.NotFound;
}
