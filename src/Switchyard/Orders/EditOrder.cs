using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>
/// Changes a placed order by a set of wishes, all or none: addresses, method, lines, prices. Stock moves in the same transaction, and
/// what a channel that asks first cannot be promised is refused with nothing changed.
/// </summary>
public static class EditOrder
{
    private const int MostTries = 5;

    /// <param name="Version">The version the wishes are about; or send it as If-Match. Without either the order is changed as it is.</param>
    /// <param name="Metadata">Takes the place of what was there.</param>
    /// <param name="DiscountMinor">A further discount on the whole order, spread over its goods.</param>
    /// <param name="CollectAt">The node at which the customer collects it from now on.</param>
    /// <param name="AllowSubstitutes">May another product go instead of one that is not on the shelf, from now on? Of all lines but those made for this customer and parts of bundles.</param>
    /// <param name="CancelAll">Cancels the order; stands alone.</param>
    public sealed record Request(long? Version = null, PlaceOrder.Address? ShippingAddress = null, PlaceOrder.Address? BillingAddress = null,
        string? Method = null, Contact? Customer = null, IReadOnlyDictionary<string, string>? Metadata = null, int? Priority = null,
        IReadOnlyList<LineWish?>? Lines = null, IReadOnlyList<PlaceOrder.Line?>? Add = null, IReadOnlyList<ChargeWish?>? Charges = null,
        long? DiscountMinor = null, [Words("refuse", "hold", "backorder")] string? OnShort = null, bool? CancelAll = null, string? Reason = null, string? CollectAt = null, bool? AllowSubstitutes = null);

    public sealed record Contact(string? Name, string? Email, string? Phone);

    /// <param name="Quantity">Units wanted from now on, those already cancelled not counted.</param>
    /// <param name="DiscountMinor">Over all units wanted.</param>
    /// <param name="Method">Its own delivery method from now on.</param>
    /// <param name="CollectAt">The node at which the customer collects it from now on.</param>
    /// <param name="AllowSubstitutes">May another product go instead of it from now on? Counts before the order's.</param>
    public sealed record LineWish(int Line, long? Quantity = null, bool? Remove = null, long? UnitPriceMinor = null, long? DiscountMinor = null, string? Method = null, string? CollectAt = null, bool? AllowSubstitutes = null)
    {
        /// <summary>Tax over all units wanted, as the source of the order has worked it out; not for callers of the API, whose tax follows the rate.</summary>
        [JsonIgnore]
        public long? TaxMinor { get; init; }
    }

    /// <param name="Line">The charge's line to change or remove; absent to add one by its code.</param>
    public sealed record ChargeWish(int? Line = null, string? Code = null, string? Name = null, long? AmountMinor = null, decimal? TaxRate = null, bool? Remove = null);

    /// <param name="Object">orderEditAsked: a node puts the goods back first. Of a preview it says that it would, with what then becomes of the order.</param>
    /// <param name="Order">The order after it; absent in a preview.</param>
    public sealed record Response(string Object, OrderDifference Difference, OrderView? Order);

    /// <summary>Never shown: the catalogue changed between reading it and the transaction, and the edit is worked out anew.</summary>
    private static readonly Error Stale = Error.Conflict("orders.catalog_changed", "The catalogue is changing. Try again.");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/orders/{id}/edit", async (string id, Request body, Actor actor, HttpContext http, OrderEditor editor) =>
                Answer(await editor.Edit(id, body, actor, http), http))
            .Requires(Permission.OrdersWrite).WithName("orders.edit").WithSummary("Change an order").WithTags("Orders").Produces<Response>().Produces<Response>(202)
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(422);
        routes.MapPost("/orders/{id}/edit/preview", async (string id, Request body, Actor actor, HttpContext http, OrderEditor editor) =>
                (await editor.Preview(id, body, actor, http)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("orders.previewEdit").WithSummary("See what a change would do").WithTags("Orders").Produces<Response>()
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
    }

    private static IResult Answer(Result<Response> result, HttpContext http)
    {
        if (result is { IsOk: true, Value.Order: { } order }) ETag.Set(http, order.Version);
        return result.ToHttp(result is { IsOk: true, Value.Object: "orderEditAsked" } ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    /// <summary>Runs edits and previews: what can be read without a lock is read before, and the rest is decided under it.</summary>
    public sealed class OrderEditor(Db db, NetworkReader network, CatalogReader catalog, PolicyReader policies, TimeProvider clock)
    {
        private sealed record Setting(MerchantSettings Network, IReadOnlyDictionary<string, CatalogItem> Items, OrderPolicy Policy)
        {
            /// <summary>The products of its own lines too, for the rules.</summary>
            public required IReadOnlyDictionary<string, CatalogItem> Known { get; init; }
        }

        /// <remarks>Errors: those of <see cref="OrderEdit"/>, orders.not_found, orders.version_changed.</remarks>
        public Task<Result<Response>> Edit(string id, Request body, Actor actor, HttpContext http) => Run(id, body, actor, http, Change(body, actor));

        /// <summary>The same for an order as it is, by a part of the house that follows whoever sold it.</summary>
        internal async Task<Result<Response>> Edit(OrderId order, Request body, Actor actor) =>
            EditChecks.Form(body) is { } faults ? faults : await Try(order, body, actor, setting => Change(body, actor)(order, setting, null));

        private Func<OrderId, Setting, long?, Task<Result<Response>>> Change(Request body, Actor actor) => (order, setting, version) =>
            db.Write<Response>(actor, async work =>
            {
                var now = clock.GetUtcNow();
                var locked = await OpenOrder.Lock(work, actor, order, now);
                if (locked is not null && (version is null || version == locked.Version) && await StopFor(work, locked, body, setting, actor, now) is { } stopping)
                    return stopping.Error is { } refused ? refused : await Asked(work, locked, body, actor);
                var sheet = locked is null ? null : await OpenOrder.LockStock(work, [locked], now, SkusOf(setting.Items), Capped(setting.Known));
                var edited = await Decide(work, locked, sheet, body, setting, version, actor, now, isReal: true);
                if (edited.Error is { } error) return error;
                await locked!.Save(work, sheet);
                if (body.Priority is { } urgent) await FulfilmentRoom.Prioritise(work, order, urgent);
                var view = (await FindOrder.Read(work, actor with { Nodes = null }, [order], withPlan: false))[0];
                return new Response("orderEdit", edited.Value, view);
            });

        /// <summary>The same decision without a lock and without a trace.</summary>
        public Task<Result<Response>> Preview(string id, Request body, Actor actor, HttpContext http) => Run(id, body, actor, http, (order, setting, version) =>
            db.Read<Result<Response>>(actor, async work =>
            {
                var now = clock.GetUtcNow();
                var seen = await OpenOrder.Peek(work, actor, order, now);
                if (seen is not null && (version is null || version == seen.Version) && await WouldStop(work, seen, body, setting, actor, now) is { } asked) return asked;
                var sheet = seen is null ? null : await OpenOrder.PeekStock(work, seen, now, SkusOf(setting.Items));
                var edited = await Decide(work, seen, sheet, body, setting, version, actor, now);
                return edited.Error is { } error ? error : new Response("orderEditPreview", edited.Value, null);
            }, snapshot: true));

        /// <summary>Makes an edit that waited for goods to come back; nothing when it is made already, or still waits.</summary>
        /// <remarks>Errors: as of an edit. Then nothing was changed.</remarks>
        internal Task<Result<Done>> CarryOut(AskedEdit edit)
        {
            var actor = Actor.House(edit.By, edit.Merchant);
            return Try<Done>(edit.Order, edit.Wish, actor, setting => db.Write<Done>(actor, async work =>
            {
                var now = clock.GetUtcNow();
                var order = await OpenOrder.Lock(work, actor, edit.Order, now);
                if (order is null || !(await AskedEdits.Open(work, edit.Order)).Contains(edit.No)) return new Done();
                if (order.State is not (OrderState.Placed or OrderState.Confirmed)) { await AskedEdits.End(work, edit, "dropped", now); return new Done(); }
                if (await StopFor(work, order, edit.Wish, setting, actor, now) is { } again)
                {
                    if (again.IsOk) await order.Save(work);
                    return again;
                }
                var sheet = await OpenOrder.LockStock(work, [order], now, SkusOf(setting.Items), Capped(setting.Known));
                var edited = await Decide(work, order, sheet, edit.Wish, setting, null, actor, now, isReal: true);
                if (edited.Error is { } error) return error;
                await AskedEdits.End(work, edit, "made", now);
                if ((await AskedEdits.Open(work, edit.Order)).Count == 0)
                    foreach (var hold in order.Holds.Where(h => h.Kind == HoldKinds.Change).ToList()) order.CloseHold(hold, "The change was made.");
                order.ConfirmIfFree();
                await order.Save(work, sheet);
                if (edit.Wish.Priority is { } urgent) await FulfilmentRoom.Prioritise(work, edit.Order, urgent);
                return new Done();
            }));
        }

        /// <summary>
        /// Work that stands in the way of the edit is stopped where nobody has begun. Null: the edit goes on. Else it was refused, or nodes
        /// were asked: the order is held until they have answered, and then the edit is made.
        /// </summary>
        private static async Task<Result<Done>?> StopFor(Work work, OpenOrder order, Request wish, Setting setting, Actor actor, DateTimeOffset now)
        {
            if (ToStop(order, wish, actor) is not { } units) return null;
            var stopped = await StopWork.Ask(work, order, units, wish.Reason ?? "The order is to be changed.", now, StopWish.Recall);
            if (stopped.IsRefused) return (Result<Done>)OrderErrors.CannotEdit(order.State);
            if (!stopped.IsAsked) return null;
            if (await Trial(work, order.Id, units, wish, setting, actor, now) is { IsOk: false, Error: var hopeless }) return (Result<Done>)hopeless!;
            if (!order.Holds.Any(h => h.Kind == HoldKinds.Change)) order.Hold(HoldKinds.Change, "Waiting for the node to put the goods back; then the change is made.", says: Saying.Of(Phrase.EditWaits));
            order.Tell("OrderEditAsked", new { releases = stopped.Releases }, wish.Reason);
            return new Done();
        }

        /// <summary>The same for a preview: the copy is left as if the work had stopped, and nothing is written.</summary>
        private static async Task<Result<Response>?> WouldStop(Work work, OpenOrder seen, Request wish, Setting setting, Actor actor, DateTimeOffset now)
        {
            if (ToStop(seen, wish, actor) is not { } units) return null;
            var stopped = await StopWork.Preview(work, seen, units, now);
            if (stopped.IsRefused) return (Result<Response>)OrderErrors.CannotEdit(seen.State);
            if (!stopped.IsAsked) return null;
            var later = await Trial(work, seen.Id, units, wish, setting, actor, now);
            return later.Error is { } hopeless ? hopeless : new Response("orderEditAsked", later.Value, null);
        }

        private static Dictionary<int, long>? ToStop(OpenOrder order, Request wish, Actor actor) =>
            order.Lines.Exists(l => l.InWork > 0) && actor.May(Permission.OrdersChange) && EditStops.Units(order, wish) is { Count: > 0 } units ? units : null;

        /// <summary>Would the edit be made if the goods were back? Worked out on a copy that is thrown away, so that no node stops for nothing.</summary>
        private static async Task<Result<OrderDifference>> Trial(Work work, OrderId id, Dictionary<int, long> units, Request wish, Setting setting, Actor actor, DateTimeOffset now)
        {
            var copy = (await OpenOrder.Peek(work, actor, id, now))!;
            EditStops.AsIfBack(copy, units);
            return await Decide(work, copy, await OpenOrder.PeekStock(work, copy, now, SkusOf(setting.Items)), wish, setting, null, actor, now);
        }

        private static async Task<Result<Response>> Asked(Work work, OpenOrder order, Request wish, Actor actor)
        {
            var none = new OrderDifference(order.Currency, order.TotalMinor, order.TotalMinor, 0, 0, 0, order.DueMinor, order.RefundDueMinor, []);
            await AskedEdits.Keep(work, order, wish, actor.Id);
            await order.Save(work);
            return new Response("orderEditAsked", none, (await FindOrder.Read(work, actor with { Nodes = null }, [order.Id], withPlan: false))[0]);
        }

        private async Task<Result<Response>> Run(string id, Request body, Actor actor, HttpContext http, Func<OrderId, Setting, long?, Task<Result<Response>>> attempt)
        {
            var expected = ETag.Expected(http);
            if (expected.Error is { } malformed) return malformed;
            if (EditChecks.Form(body) is { } faults) return faults;
            if (!OrderId.TryParse(id, null, out var order)) return OrderErrors.NotFound(id);
            return await Try(order, body, actor, setting => attempt(order, setting, expected.Value ?? body.Version));
        }

        private async Task<Result<T>> Try<T>(OrderId order, Request body, Actor actor, Func<Setting, Task<Result<T>>> attempt)
        {
            for (int tried = 1; ; tried++)
            {
                var settings = await network.Settings(actor.Merchant);
                string[] added = [.. (body.Add ?? []).Select(a => Text.Key(a!.Sku)).Distinct()];
                var own = await db.Read(actor, work => work.Query("select distinct sku from order_lines where order_id = @id and merchant_id = @merchant", row => Text.Key(row.Text()), ("id", order.Value)));
                var items = await catalog.FindSkus(actor.Merchant, [.. added.Concat(own).Distinct()]);
                var result = await attempt(new Setting(settings, items.Where(i => added.Contains(i.Key)).ToDictionary(), await policies.At(actor.Merchant, settings.Version)) { Known = items });
                if (!ReferenceEquals(result.Error, Stale) || tried == MostTries) return result;
                await network.Refresh(actor.Merchant);
            }
        }

        private static async Task<Result<OrderDifference>> Decide(Work work, OpenOrder? order, Inventory.StockSheet? sheet, Request body, Setting setting, long? version,
            Actor actor, DateTimeOffset now, bool isReal = false)
        {
            if (order is null || sheet is null) return OrderErrors.NotFound("");
            if (version is { } seen && seen != order.Version) return OrderErrors.Changed(order.Version);
            if (await work.Scalar("select version from catalog_versions where merchant_id = @merchant") != setting.Network.Version) return Stale;
            if (await RaisesFree(work, order, body) is { } free) return free;
            if (body.AllowSubstitutes == true || body.Lines?.Any(l => l!.AllowSubstitutes == true) == true) await NotePersonalised(work, order);
            var batch = work.Batch();
            var inbound = Inventory.SupplyReader.QueueInbound(batch, [.. order.Lines.Select(l => l.SkuId).OfType<long>().Concat(SkusOf(setting.Items)).Distinct()], now);
            await batch.Run();
            var edited = new OrderEdit(order, sheet, body, setting.Network, setting.Items, setting.Known, setting.Policy, inbound, actor, now).Apply();
            if (edited.IsOk) await EditRules.Recheck(work, order, body, new EditRules.Setting(setting.Network, setting.Known, setting.Policy), actor, now, isReal);
            return edited;
        }

        // What is sent again free of charge is bounded by what has left of the first order, and asks a right of its own.
        private static async Task<Error?> RaisesFree(Work work, OpenOrder order, Request body)
        {
            var raised = (body.Lines ?? []).Index().Where(w => w.Item is { Quantity: { } units } wish && order.Line(wish.Line) is { } line && units > line.Billing.Units).ToList();
            if (raised.Count == 0) return null;
            var free = await LinksSql.SentFree(work, order.Id);
            var faults = raised.Where(w => free.Contains(w.Item!.Line)).ToList();
            return faults.Count == 0 ? null : OrderErrors.ReplacementFixed([.. faults.Select(w => new FieldError($"/lines/{w.Index}/quantity", "orders.replacement_fixed",
                $"Line {w.Item!.Line} is sent free of charge for another order and is not raised. Send more with another replacement, or add it as a line of its own."))]);
        }

        private static async Task NotePersonalised(Work work, OpenOrder order)
        {
            foreach (var (no, metadata) in await work.Query("select line_no, metadata from order_lines where order_id = @id and merchant_id = @merchant and metadata is not null", row => (row.Int(), row.Text()), ("id", order.Id.Value)))
                if (order.Line(no) is { } line && PlaceOrder.IsPersonal(JsonSerializer.Deserialize<Dictionary<string, string>>(metadata, Json.Options))) line.IsPersonalised = true;
        }

        private static IEnumerable<long> Capped(IReadOnlyDictionary<string, CatalogItem> known) => known.Values.Where(i => i.Policy.IsCapped).Select(i => i.Id)
            .Concat(known.Values.SelectMany(i => i.Components.Where(c => c.Policy is { IsCapped: true }).Select(c => c.SkuId)));

        private static IEnumerable<long> SkusOf(IReadOnlyDictionary<string, CatalogItem> items) =>
            items.Values.Where(i => i.Kind == ItemKind.Goods).Select(i => i.Id).Concat(items.Values.SelectMany(i => i.Components.Select(c => c.SkuId)));
    }
}
