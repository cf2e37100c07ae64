using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Reads and changes drafts: what can be read without a lock is read before, the draft is locked, and its stock after it.</summary>
internal sealed class DraftDesk(Db db, NetworkReader network, CatalogReader catalog, TimeProvider clock)
{
    private const int MostTries = 5;

    /// <summary>Never shown: the draft changed between reading it and its lock, and the change is worked out anew.</summary>
    private static readonly Error Anew = Error.Conflict("drafts.changing", "The draft is being changed. Try again.");

    /// <summary>What the house knew when a change began.</summary>
    internal sealed record Setting(MerchantSettings Network, IReadOnlyDictionary<string, CatalogItem> Items);

    public DateTimeOffset Now => clock.GetUtcNow();
    public Db Db => db;
    public TimeProvider Clock => clock;

    /// <summary>The network and the products of these orders, not older than the database.</summary>
    public async Task<Setting> Settings(long merchant, params IEnumerable<PlaceOrder.Request?> orders)
    {
        var settings = await network.Settings(merchant);
        if (await network.HasMoved(settings)) settings = await network.Refresh(merchant);
        return new Setting(settings, await catalog.FindSkus(merchant, DraftPrices.Skus(orders)));
    }

    /// <summary>A change of one draft by its id.</summary>
    /// <param name="expected">The version it is about; null: as it is.</param>
    /// <param name="next">An order whose products are needed too.</param>
    /// <param name="change">Decides and says on the log; the draft it returns is written. The same draft again: nothing is.</param>
    /// <remarks>Errors: drafts.not_found, drafts.changed, and those of the change.</remarks>
    public async Task<Result<DraftView>> Change(string id, long? expected, Actor actor, PlaceOrder.Request? next, Func<Work, StoredDraft, Setting, DateTimeOffset, Task<Result<StoredDraft>>> change)
    {
        if (!DraftId.TryParse(id, null, out var known)) return DraftErrors.NotFound;
        for (int tried = 1; ; tried++)
        {
            if (await db.Read(actor, work => DraftsSql.Find(work, actor, known)) is not { } seen) return DraftErrors.NotFound;
            var setting = await Settings(actor.Merchant, seen.Order, next);
            var result = await db.Write<DraftView>(actor, async work =>
            {
                var now = clock.GetUtcNow();
                if (await DraftsSql.Find(work, actor, known, isLocked: true) is not { } draft) return DraftErrors.NotFound;
                if (expected is { } version && version != draft.Version) return DraftErrors.Changed(draft.Version);
                if (draft.Version != seen.Version) return Anew;
                var changed = await change(work, draft, setting, now);
                if (changed.Error is { } refused) return refused;
                var kept = changed.Value;
                if (!ReferenceEquals(kept, draft))
                {
                    kept = kept with { Version = draft.Version + 1, UpdatedAt = now };
                    await DraftsSql.Save(work, kept);
                }
                return await View(work, actor, kept, setting, now);
            });
            if (!ReferenceEquals(result.Error, Anew) || tried == MostTries) return result;
        }
    }

    public async Task<Result<DraftView>> Read(string id, Actor actor)
    {
        if (!DraftId.TryParse(id, null, out var known) || await db.Read(actor, work => DraftsSql.Find(work, actor, known)) is not { } draft) return DraftErrors.NotFound;
        var setting = await Settings(actor.Merchant, draft.Order);
        return await db.Read<Result<DraftView>>(actor, async work => await View(work, actor, draft, setting, clock.GetUtcNow()));
    }

    public static async Task<DraftView> View(Work work, Actor actor, StoredDraft d, Setting setting, DateTimeOffset now)
    {
        var held = d.Reservation is { } id ? await DraftStock.Read(work, actor, id, now) : null;
        var prices = DraftPrices.Show(d.Order, setting.Items, setting.Network.Delivery, d.Origin?.Kind == LinkKinds.Exchange);
        var (order, money) = (d.Order, prices.Money);
        return new DraftView(d.Id, d.Number, d.Type, DraftStates.Shown(d.State, d.ValidUntil, now), order.Channel, order.Currency, order.PricesIncludeTax ?? true, order.Customer,
            order.ShippingAddress, order.BillingAddress, order.Method, prices.Lines, order.Charges ?? [], order.DiscountMinor, money.Goods, money.Discount, money.Charges, money.Tax,
            money.Total, order.SourceReference, order.Metadata, d.Note, d.Tags, d.ValidUntil, held is null ? null : new DraftReservation(held.Id, held.State, held.ExpiresAt),
            d.Origin, d.Placed, d.CreatedBy, d.CreatedAt, d.UpdatedAt, d.Version)
        { CollectAt = order.CollectAt, Delivery = prices.Delivery };
    }

    /// <summary>The stock a draft is to hold: all units of its goods, at nodes that may serve its address.</summary>
    /// <remarks>Errors: drafts.nothing_to_reserve, orders.unknown_sku.</remarks>
    public static Result<DraftStock.Wish> StockOf(StoredDraft draft, Setting setting, DateTimeOffset until)
    {
        var units = new List<WantedStock>();
        foreach (var (i, line) in (draft.Order.Lines ?? []).Index())
        {
            if (!setting.Items.TryGetValue(Text.Key(line.Sku), out var item))
                return Error.Invalid([new FieldError($"/lines/{i}/sku", "orders.unknown_sku", $"There is no product {line.Sku}.")]);
            if (item.Kind == ItemKind.Goods) units.Add(new WantedStock(i, item.Id, line.Quantity, null));
            foreach (var part in item.Components) units.Add(new WantedStock(i, part.SkuId, checked(part.Quantity * line.Quantity), null));
        }
        if (units.Count == 0) return DraftErrors.NothingToReserve;
        var to = draft.Order.ShippingAddress;
        var routes = OrderRoutes.To(draft.Channel, to?.Country, to?.Postcode, draft.Order.Method, setting.Network);
        var channel = setting.Network.Channels.Values.First(c => c.Id == draft.Channel);
        Func<long, bool> serves = to?.Country is null
            ? node => setting.Network.Nodes.Any(n => n.Id == node && n.IsForSale && !channel.ExcludedNodeKinds.Contains(n.Kind)) : routes.Serves;
        return new DraftStock.Wish($"Draft {draft.Number}", draft.Channel, units, serves, setting.Network, channel.Buffer, until);
    }

    /// <summary>A customer named by id only lends the draft its name, email and telephone number.</summary>
    /// <remarks>Errors: orders.unknown_customer.</remarks>
    public static async Task<Result<PlaceOrder.Request>> WithCustomer(Work work, PlaceOrder.Request order)
    {
        if (order.Customer is not { Id: { } id } said) return order;
        var found = await work.Query("select name, email, phone from customers where id = @id and merchant_id = @merchant",
            row => (Name: row.TextOrNull(), Email: row.TextOrNull(), Phone: row.TextOrNull()), ("id", id.Value));
        if (found is not [var known]) return Error.Invalid([new FieldError("/customer/id", "orders.unknown_customer", "There is no such customer.")]);
        return order with { Customer = said with { Name = said.Name ?? known.Name, Email = said.Email ?? known.Email, Phone = said.Phone ?? known.Phone } };
    }
}
