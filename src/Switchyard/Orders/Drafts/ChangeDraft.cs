using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Keeps stock for a draft and lets it go; quotes it, notes that the customer accepts, and gives it up.</summary>
public static class ChangeDraft
{
    public const int MostQuoteDays = 366;

    /// <param name="TtlSeconds">From now; until then the stock is kept.</param>
    public sealed record ReserveRequest(long TtlSeconds);

    /// <param name="ValidUntil">Until then the customer may accept; the prices are kept as they are now.</param>
    public sealed record QuoteRequest(DateTimeOffset? ValidUntil);

    public sealed record AbandonRequest(string? Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        Describe(routes.MapPost("/drafts/{id}/reserve", (string id, ReserveRequest body, Actor actor, HttpContext http, [FromServices] DraftDesk desk) =>
            Answer(http, expected => Reserve(id, body.TtlSeconds, expected, actor, desk))), "reserve", "Keep the stock of a draft for a while");
        Describe(routes.MapPost("/drafts/{id}/release", (string id, Actor actor, HttpContext http, [FromServices] DraftDesk desk) =>
            Answer(http, expected => Release(id, expected, actor, desk))), "release", "Let go the stock that is kept for a draft");
        Describe(routes.MapPost("/drafts/{id}/quote", (string id, QuoteRequest body, Actor actor, HttpContext http, [FromServices] DraftDesk desk) =>
            Answer(http, expected => Quote(id, body.ValidUntil, expected, actor, desk))), "quote", "Quote a draft: its prices stand until a date");
        Describe(routes.MapPost("/drafts/{id}/accept", (string id, Actor actor, HttpContext http, [FromServices] DraftDesk desk) =>
            Answer(http, expected => Accept(id, expected, actor, desk))), "accept", "The customer accepts the quote");
        Describe(routes.MapPost("/drafts/{id}/abandon", (string id, AbandonRequest? body, Actor actor, HttpContext http, [FromServices] DraftDesk desk) =>
            Answer(http, expected => Abandon(id, body?.Reason, expected, actor, desk))), "abandon", "Give a draft up");
    }

    private static void Describe(RouteHandlerBuilder route, string verb, string summary) => route.Requires(Permission.OrdersWrite)
        .WithName("drafts." + verb).WithSummary(summary).WithTags("Drafts").Produces<DraftView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);

    private static async Task<IResult> Answer(HttpContext http, Func<long?, Task<Result<DraftView>>> handle)
    {
        var expected = ETag.Expected(http);
        return expected.Error is { } error ? error.ToHttp() : (await handle(expected.Value)).ToHttp(http);
    }

    /// <remarks>Errors: drafts.not_found, drafts.changed, drafts.cannot_change, drafts.nothing_to_reserve, orders.unknown_sku, inventory.not_enough.</remarks>
    internal static Task<Result<DraftView>> Reserve(string id, long ttlSeconds, long? expected, Actor actor, DraftDesk desk)
    {
        var checks = new Checks();
        checks.Range(ttlSeconds, 1, DraftStock.MostSeconds, "/ttlSeconds");
        if (checks.AnyFault) return Task.FromResult<Result<DraftView>>(checks.ToError());
        return desk.Change(id, expected, actor, null, async (work, draft, setting, now) =>
        {
            if (!DraftStates.Allowed.Allows(draft.State, DraftState.Placed)) return DraftErrors.Cannot(draft.State);
            var wish = DraftDesk.StockOf(draft, setting, now.AddSeconds(ttlSeconds));
            if (wish.Error is { } nothing) return nothing;
            var held = await DraftStock.Replace(work, actor, draft.Reservation, wish.Value, now);
            if (held.Error is { } shortage) return shortage;
            await SaveDraft.Tell(work, actor, now, draft, "DraftReserved", new { reservation = held.Value, expiresAt = wish.Value.Until });
            return draft with { Reservation = held.Value };
        });
    }

    /// <remarks>Errors: drafts.not_found, drafts.changed, drafts.cannot_change.</remarks>
    internal static Task<Result<DraftView>> Release(string id, long? expected, Actor actor, DraftDesk desk) => desk.Change(id, expected, actor, null, async (work, draft, _, now) =>
    {
        if (!DraftStates.Allowed.Allows(draft.State, DraftState.Placed)) return DraftErrors.Cannot(draft.State);
        if (draft.Reservation is not { } held) return draft;
        await DraftStock.Replace(work, actor, held, null, now);
        await SaveDraft.Tell(work, actor, now, draft, "DraftReservationReleased", new { reservation = held });
        return draft with { Reservation = null };
    });

    /// <remarks>Errors: drafts.not_found, drafts.changed, drafts.cannot_change, drafts.nothing_to_quote.</remarks>
    internal static Task<Result<DraftView>> Quote(string id, DateTimeOffset? validUntil, long? expected, Actor actor, DraftDesk desk)
    {
        var checks = new Checks();
        if (validUntil is not { } until) checks.Fault("/validUntil", "field.required", "validUntil is required.");
        else checks.That(until > desk.Now && until <= desk.Now.AddDays(MostQuoteDays), "/validUntil", "field.out_of_range", $"validUntil must lie within the next {MostQuoteDays} days.");
        if (checks.AnyFault) return Task.FromResult<Result<DraftView>>(checks.ToError());
        return desk.Change(id, expected, actor, null, async (work, draft, setting, now) =>
        {
            if (!DraftStates.Allowed.Allows(draft.State, DraftState.Quoted)) return DraftErrors.Cannot(draft.State);
            bool isExchange = draft.Origin?.Kind == LinkKinds.Exchange;
            var fixedOrder = DraftPrices.Fix(draft.Order, setting.Items);
            if (fixedOrder.Lines is not { Count: > 0 } lines || lines.Any(l => l.UnitPriceMinor is null)) return DraftErrors.NothingToQuote;
            var whole = DateTimeOffset.FromUnixTimeMilliseconds(validUntil!.Value.ToUnixTimeMilliseconds());
            var prices = DraftPrices.Of(fixedOrder, setting.Items, setting.Network.Delivery, isExchange);
            if (prices.Error is { } tooMuch) return tooMuch;
            // What was told of delivery stays as well.
            fixedOrder = prices.Value.Delivery?.On(fixedOrder) ?? fixedOrder;
            long total = prices.Value.Money.Total;
            await SaveDraft.Tell(work, actor, now, draft, "DraftQuoted", new { number = draft.Number, totalMinor = total, currency = fixedOrder.Currency, validUntil = whole });
            return draft with { State = DraftState.Quoted, Order = fixedOrder, TotalMinor = total, ValidUntil = whole };
        });
    }

    /// <remarks>Errors: drafts.not_found, drafts.changed, drafts.not_quoted, drafts.quote_expired.</remarks>
    internal static Task<Result<DraftView>> Accept(string id, long? expected, Actor actor, DraftDesk desk) => desk.Change(id, expected, actor, null, async (work, draft, _, now) =>
    {
        if (draft.State == DraftState.Accepted) return draft;
        if (draft.State != DraftState.Quoted) return DraftErrors.NotQuoted;
        if (DraftStates.HasExpired(draft.State, draft.ValidUntil, now)) return DraftErrors.QuoteExpired;
        await SaveDraft.Tell(work, actor, now, draft, "DraftAccepted", new { number = draft.Number, totalMinor = draft.TotalMinor });
        return draft with { State = DraftState.Accepted };
    });

    /// <remarks>Errors: drafts.not_found, drafts.changed, drafts.cannot_change.</remarks>
    internal static Task<Result<DraftView>> Abandon(string id, string? reason, long? expected, Actor actor, DraftDesk desk)
    {
        var checks = new Checks();
        checks.Words(reason, "/reason", 500);
        if (checks.AnyFault) return Task.FromResult<Result<DraftView>>(checks.ToError());
        return desk.Change(id, expected, actor, null, async (work, draft, _, now) =>
        {
            if (draft.State == DraftState.Abandoned) return draft;
            if (!DraftStates.Allowed.Allows(draft.State, DraftState.Abandoned)) return DraftErrors.Cannot(draft.State);
            await DraftStock.Replace(work, actor, draft.Reservation, null, now);
            await SaveDraft.Tell(work, actor, now, draft, "DraftAbandoned", new { number = draft.Number, totalMinor = draft.TotalMinor }, reason);
            return draft with { State = DraftState.Abandoned, Reservation = null, EndedAt = now };
        });
    }
}
