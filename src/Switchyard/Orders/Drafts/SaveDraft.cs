using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>Makes a draft (POST), or makes one exactly as told (PUT). What it holds of stock follows it; a quote that is changed is a draft again.</summary>
public static class SaveDraft
{
    private const int MostNote = 10_000;

    /// <summary>What may become an order. Only channel and currency must be said.</summary>
    /// <param name="Type">sales, also when left out, or wholesale.</param>
    /// <param name="Lines">A line without a price follows the list price until the draft is quoted.</param>
    /// <param name="CollectAt">The node at which the customer collects it.</param>
    /// <param name="Note">For people who work here; becomes a note on the order.</param>
    public sealed record Body(string Channel, string Currency, string? Type = null, PlaceOrder.Customer? Customer = null, PlaceOrder.Address? ShippingAddress = null,
        PlaceOrder.Address? BillingAddress = null, string? Method = null, IReadOnlyList<PlaceOrder.Line>? Lines = null, IReadOnlyList<PlaceOrder.Charge>? Charges = null,
        long? DiscountMinor = null, bool? PricesIncludeTax = null, string? SourceReference = null, IReadOnlyDictionary<string, string>? Metadata = null, string? Note = null,
        IReadOnlyList<string?>? Tags = null, DraftOrigin? Origin = null, string? CollectAt = null)
    {
        internal PlaceOrder.Request Order() => new(Channel, null, Currency, Customer, ShippingAddress, BillingAddress, Method, Lines ?? [], Charges, DiscountMinor,
            PricesIncludeTax, null, null, SourceReference, Metadata, Type: Type, CollectAt: CollectAt);
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/drafts", async (Body body, Actor actor, HttpContext http, [Microsoft.AspNetCore.Mvc.FromServices] DraftDesk desk) =>
                (await Create(body, actor, desk, draft => draft)).ToHttp(http, StatusCodes.Status201Created))
            .Requires(Permission.OrdersWrite).WithName("drafts.create").WithSummary("Make a draft of an order").WithTags("Drafts")
            .Produces<DraftView>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422);
        routes.MapPut("/drafts/{id}", async (string id, Body body, Actor actor, HttpContext http, [Microsoft.AspNetCore.Mvc.FromServices] DraftDesk desk) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : (await Replace(id, body, expected.Value, actor, desk)).ToHttp(http);
            })
            .Requires(Permission.OrdersWrite).WithName("drafts.replace").WithSummary("Change a draft").WithTags("Drafts")
            .Produces<DraftView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
    }

    /// <remarks>Errors: request.invalid, orders.unknown_channel, orders.unknown_customer, orders.discount_too_large, orders.total_too_large, orders.price_right, orders.not_found.</remarks>
    internal static async Task<Result<T>> Create<T>(Body body, Actor actor, DraftDesk desk, Func<DraftView, T> answer)
    {
        if (Form(body, desk.Now) is { } faults) return faults;
        var order = body.Order();
        var setting = await desk.Settings(actor.Merchant, order);
        return await desk.Db.Write<T>(actor, async work =>
        {
            var now = desk.Now;
            var wanted = await Judge(work, body, order, null, actor, setting);
            if (wanted.Error is { } refused) return refused;
            var (full, total, channel) = wanted.Value;
            var draft = new StoredDraft(DraftId.New(now), await DraftsSql.NextNumber(work), DraftState.Draft, channel, full, total, Tidy(body.Note), Tags(body), null, null,
                body.Origin, actor.Id, now, now, null, 1);
            await DraftsSql.Save(work, draft);
            await Tell(work, actor, now, draft, "DraftCreated", new { number = draft.Number, type = draft.Type, currency = full.Currency, totalMinor = total, lines = full.Lines!.Count, origin = body.Origin });
            return answer(await DraftDesk.View(work, actor, draft, setting, now));
        });
    }

    /// <remarks>Errors: those of <see cref="Create"/>, drafts.not_found, drafts.changed, drafts.cannot_change, inventory.not_enough.</remarks>
    internal static Task<Result<DraftView>> Replace(string id, Body body, long? expected, Actor actor, DraftDesk desk)
    {
        if (Form(body, desk.Now) is { } faults) return Task.FromResult<Result<DraftView>>(faults);
        var order = body.Order();
        return desk.Change(id, expected, actor, order, async (work, draft, setting, now) =>
        {
            if (!DraftStates.Allowed.Allows(draft.State, DraftState.Draft)) return DraftErrors.Cannot(draft.State);
            var wanted = await Judge(work, body, order, draft.Order, actor, setting);
            if (wanted.Error is { } refused) return refused;
            var (full, total, channel) = wanted.Value;
            var changed = draft with
            {
                State = DraftState.Draft,
                Channel = channel,
                Order = full,
                TotalMinor = total,
                Note = Tidy(body.Note),
                Tags = Tags(body),
                ValidUntil = null,
                Origin = body.Origin,
            };
            if (draft.Reservation is { } held && await DraftStock.Read(work, actor, held, now) is { State: ReservationState.Active } active)
            {
                // What is reserved is what is wanted now, for as long as before; when all goods are gone there is nothing to reserve.
                var wish = DraftDesk.StockOf(changed, setting, active.ExpiresAt);
                if (wish.Error is { } unknown && unknown.Code != DraftErrors.NothingToReserve.Code) return unknown;
                var kept = await DraftStock.Replace(work, actor, held, wish.IsOk ? wish.Value : null, now);
                if (kept.Error is { } shortage) return shortage;
                changed = changed with { Reservation = kept.Value };
            }
            await Tell(work, actor, now, changed, "DraftChanged", new
            {
                number = draft.Number, totalMinorBefore = draft.TotalMinor, totalMinor = total, lines = full.Lines!.Count,
                wasQuoted = draft.State is DraftState.Quoted or DraftState.Accepted
            });
            return changed;
        });
    }

    internal static Task Tell(Work work, Actor actor, DateTimeOffset now, StoredDraft draft, string kind, object payload, string? reason = null) =>
        EventLog.Append(work, actor, now, new Happening("draft", draft.Id.ToString(), kind, payload, reason));

    internal static IResult ToHttp(this Result<DraftView> result, HttpContext http, int status = StatusCodes.Status200OK)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp(status, status == StatusCodes.Status201Created ? draft => "/api/v1/drafts/" + draft.Id : null);
    }

    /// <summary>What needs the books: channel, customer, right, origin and total.</summary>
    private static async Task<Result<(PlaceOrder.Request Order, long Total, long Channel)>> Judge(Work work, Body body, PlaceOrder.Request order, PlaceOrder.Request? before, Actor actor,
        DraftDesk.Setting setting)
    {
        if (!setting.Network.Channels.TryGetValue(Text.Key(order.Channel), out var channel)) return OrderErrors.UnknownChannel(order.Channel);
        if (body.Origin is { } origin && await FindOrder.Read(work, actor, [origin.Order], withPlan: false) is not [_])
            return Error.Invalid([new FieldError("/origin/order", "orders.not_found", "There is no such order.")]);
        var full = await DraftDesk.WithCustomer(work, order);
        if (full.Error is { } nobody) return nobody;
        var prices = DraftPrices.Of(full.Value, setting.Items, setting.Network.Delivery, body.Origin?.Kind == LinkKinds.Exchange);
        if (!actor.May(Permission.OrdersPrice) && DraftPrices.SaysPrices(order, before, setting.Items, prices.IsOk ? prices.Value.Delivery : null)) return OrderErrors.NeedsPriceRight();
        return prices.Error is { } error ? error : (full.Value with { Channel = channel.Code }, prices.Value.Money.Total, channel.Id);
    }

    /// <summary>The form of an order; what a draft may still lack is asked for when it is placed.</summary>
    internal static Error? Form(Body body, DateTimeOffset now)
    {
        var checks = new Checks();
        if (PlaceOrder.Validate(body.Order()) is { } faults)
            foreach (var fault in faults.Fields.Where(f => f is not { Pointer: "/lines" or "/customer", Code: "field.required" })) checks.Fault(fault.Pointer, fault.Code, fault.Detail);
        checks.Words(body.Note, "/note", MostNote);
        checks.That((body.Tags?.Count ?? 0) <= TagOrder.MostTags, "/tags", "field.too_many", $"At most {TagOrder.MostTags} tags.");
        foreach (var (i, tag) in (body.Tags ?? []).Take(TagOrder.MostTags).Index()) checks.Text(tag, $"/tags/{i}", TagOrder.MostLength, required: true);
        if (body.Origin is { } origin)
            checks.That(origin.Kind is LinkKinds.Exchange or "reorder", "/origin/kind", "field.unknown_value", "kind must be exchange or reorder.");
        return checks.AnyFault ? checks.ToError() : null;
    }

    private static List<string> Tags(Body body) => [.. (body.Tags ?? []).Select(t => t!.Trim()).DistinctBy(Text.Key)];
    private static string? Tidy(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
