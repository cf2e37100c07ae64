using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Says what placing a draft would do now: what it costs, which stock it would get from where, what would wait, what would hold it. Nothing is taken.</summary>
public static class PreviewDraft
{
    /// <param name="CanBePlaced">Nothing in <paramref name="Problems"/> stands in the way.</param>
    /// <param name="Holds">What would stop the order once it is placed, as far as it is known without the books of the customer.</param>
    /// <param name="Options">Ways to send everything that is free now, cheapest first; none when something is short or no country is known.</param>
    /// <param name="Methods">By which methods anything goes there at all, also what waits; none when no country is known.</param>
    public sealed record Response(string Object, DraftView Draft, bool CanBePlaced, IReadOnlyList<FieldError> Problems, IReadOnlyList<Line> Lines, IReadOnlyList<Stop> Holds,
        IReadOnlyList<DeliveryOption> Options, IReadOnlyList<string> Methods);

    /// <param name="Waiting">Units that would be promised for later.</param>
    /// <param name="Short">Units nobody could promise.</param>
    public sealed record Line(int No, string Sku, long Quantity, long Allocated, long Waiting, long Short, DateTimeOffset? ExpectedAt, IReadOnlyList<AllocationView> Allocations);

    /// <param name="Says">The reason by its code, to be said in other languages.</param>
    public sealed record Stop(string Kind, string Reason, int? Line, IReadOnlyList<Saying>? Says = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/drafts/{id}/preview", async (string id, string? onShort, string? payment, Actor actor, [FromServices] DraftDesk desk, CatalogReader catalog,
                NetworkReader network, PolicyReader policies, StockWatch stock) => (await Handle(id, As(onShort, payment), actor, desk, catalog, network, policies, stock)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("drafts.preview").WithSummary("See what placing a draft would do").WithTags("Drafts")
            .WithDescription("As it would be placed with this onShort and this payment.status; what stands in the way of that is in problems.")
            .Produces<Response>().ProducesProblem(404);

    private static PlaceDraft.Body As(string? onShort, string? payment) => new(payment is null ? null : new PlaceOrder.Payment(payment, null, null, null), onShort);

    /// <remarks>Errors: drafts.not_found.</remarks>
    internal static async Task<Result<Response>> Handle(string id, PlaceDraft.Body body, Actor actor, DraftDesk desk, CatalogReader catalog, NetworkReader network, PolicyReader policies,
        StockWatch stock)
    {
        var view = await desk.Read(id, actor);
        if (view.Error is { } none) return none;
        var (draft, now) = ((await desk.Db.Read(actor, work => DraftsSql.Find(work, actor, view.Value.Id)))!, desk.Now);
        var problems = PlaceDraft.Faults(draft, view.Value.Lines, body, now)?.Fields ?? [];
        if (PlaceDraft.Cannot(draft, now) is { } over) problems = [.. problems, new FieldError("", over.Code, over.Detail)];
        var to = draft.Order.ShippingAddress;
        var methods = to is not { Country: { Length: 2 } country } ? [] : DeliveryOptions.Methods(await network.Settings(actor.Merchant), country.ToUpperInvariant(), to.Postcode);
        // Words that are not known are told of; what they would do is not.
        if ((draft.Order.Lines?.Count ?? 0) == 0 || problems.Any(p => p.Code == "field.unknown_value")) return Answer([], [], []);
        var source = new OrderSource(draft.Id, draft.Version, draft.Origin?.Order, draft.Origin?.Kind);
        var prepared = await PendingOrder.Prepare(actor, PlaceDraft.Request(draft, body, view.Value.Delivery), catalog, network, policies, desk.Db, now, new OrderId(draft.Id.Value), source: source);
        if (prepared.Error is { } faulty)
        {
            problems = [.. problems, .. faulty.Fields];
            return Answer([], [], []);
        }
        var pending = prepared.Value;
        var (lines, lacking) = await Promise(pending, draft, actor, desk.Db, now);
        problems = [.. problems, .. lacking];
        return Answer(lines, [.. pending.Order.Holds.Select(h => new Stop(h.Kind, h.Reason, h.LineNo, Saying.Read(h.Says)))], await Options(draft, actor, desk, network, catalog, stock));

        Response Answer(IReadOnlyList<Line> lines, IReadOnlyList<Stop> holds, IReadOnlyList<DeliveryOption> options) =>
            new("draftPreview", view.Value, problems.Count == 0, problems, lines, holds, options, methods);
    }

    /// <summary>The very decision of placing, on stock as it is now with what the draft holds itself.</summary>
    private static Task<(IReadOnlyList<Line> Lines, IReadOnlyList<FieldError> Problems)> Promise(PendingOrder pending, StoredDraft draft, Actor actor, Db db, DateTimeOffset now) =>
        db.Read<(IReadOnlyList<Line>, IReadOnlyList<FieldError>)>(actor, async work =>
        {
            var sheet = await StockSheet.Peek(work, pending.Skus, now);
            if (draft.Reservation is { } id && await DraftStock.Read(work, actor, id, now) is { State: ReservationState.Active } held)
            {
                sheet.Knows(id, new SoldTo(draft.Channel, []));
                foreach (var item in held.Items.Where(i => sheet.Find(i.Sku, i.Node) is not null))
                    sheet.Move(item.Sku, item.Node, new Buckets { Reserved = -item.Quantity }, new Movement(MovementKind.ReservationConverted, actor.Id, Reference: id.ToString()));
            }
            var batch = work.Batch();
            var inbound = SupplyReader.QueueInbound(batch, [.. pending.Order.SkusThatMayWait(now).Distinct()], now);
            await batch.Run();
            var promise = MixedPromise.Decide(pending.Order.Lines, pending.Routes.At(pending.Order.StartsAt(now)), routes => routes.With(sheet, pending.Skus), new PromiseAsk(
                pending.Order.OnShort, sku => pending.Routes.IsSomewhere(sheet, sku),
                routes => new LaterSupply(now, sku => sheet.Waiting(sku).Sold, sku => inbound.Where(i => i.Sku == sku && routes.Serves(i.Node)).Select(i => new Dated(i.AtMs, i.Units))),
                pending.Order.IsAsking, routes => routes.Router, routes => routes.Limit(sheet, pending.Id.Value, null))
            { Prepared = pending.Plan, Forget = sheet.ForgetPlans });
            if (promise.Error is { } error) return ([], error.Fields);
            var parts = promise.Value.Allocations.ToLookup(a => a.LineNo);
            return ([.. pending.Order.Lines.Where(l => l.HoldsStock).Select(l => new Line(l.LineNo, l.Sku, l.Quantity, l.Allocated, l.Backordered + l.Preordered, l.Unallocated,
                l.ExpectedAt, [.. parts[l.LineNo].Select(a => new AllocationView(pending.Routes.Code(a.Node), a.Quantity))]))], []);
        });

    private static async Task<IReadOnlyList<DeliveryOption>> Options(StoredDraft draft, Actor actor, DraftDesk desk, NetworkReader network, CatalogReader catalog, StockWatch stock)
    {
        if (draft.Order.ShippingAddress is not { Country: { Length: 2 } country } to || draft.Order.Lines!.Count > CheckAvailability.MostItems) return [];
        var asked = new CheckAvailability.Request([.. draft.Order.Lines.Select(l => new CheckAvailability.Item(l.Sku, l.Quantity))], new CheckAvailability.Place(country, to.Postcode), null, draft.Order.Channel);
        return await CheckAvailability.Handle(asked, stock, network, catalog, desk.Clock, actor) is { IsOk: true } answer ? answer.Value.Options : [];
    }
}
