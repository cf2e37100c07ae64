using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Channels;
using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>
/// Writes orders as history: closed and delivered on their own dates, without stock, plans or messages. Everything of a batch,
/// the products made on the way and the run's position, is one transaction of a few set-based statements.
/// </summary>
internal sealed class HistoryTarget(Db db, OrderNumbers numbers, Actor actor, ImportRun run, OrderFileSurvey survey, ImportOptions options,
    MerchantSettings settings, ChannelSettings channel, TimeProvider clock) : IImportTarget
{
    public async Task<Result<ImportCounts>> Orders(long from, IReadOnlyList<GatheredOrder> orders, ImportCounts before)
    {
        var made = orders.Where(o => o.Order is not null).ToList();
        var free = await numbers.Take(actor.Merchant, made.Count);
        // The same ids and numbers again when the transaction has to be repeated.
        var given = made.ToDictionary(o => o.Number, _ => (Id: OrderId.New(clock.GetUtcNow()), Number: free.Dequeue()), StringComparer.Ordinal);
        return await db.Write<ImportCounts>(actor, async work =>
        {
            var now = clock.GetUtcNow();
            if (!await ImportRuns.Advance(work, run, from, from + orders.Count, now)) return ImportRuns.Elsewhere;
            var counts = before.Copy();
            var (fresh, faults) = KnownOrders.Sort(orders, await KnownOrders.Find(work, channel.Id, orders), counts);
            var products = await EnsureProducts.InFull(work, actor, now, Wanted(fresh));
            if (products.Error is { } error) return error;
            counts.ProductsCreated += products.Value.Made;

            var stored = fresh.ConvertAll(o => Store(o, given[o.ExternalId], products.Value.Products, now));
            var buyers = stored.ConvertAll(o => OrderBuyer.Of(o.Merchant, o.Order.ChannelId, o.Order.Request));
            var first = work.Batch();
            var customers = CustomerLookup.Queue(first, buyers);
            await first.Run();
            for (int i = 0; i < stored.Count; i++)
                if (customers.Match(buyers[i], now).Value is { IsNobody: false } whose)
                {
                    customers.Keep(buyers[i], whose);
                    stored[i] = stored[i] with { Customer = whose.Id };
                }
            var batch = work.Batch();
            customers.QueueNew(batch, now);
            OrderRows.Queue(batch, stored, now, (_, line) => new OrderRows.Delivered(line.Kind == LineKind.Goods ? line.Quantity : 0, 0, 0));
            ImportRuns.QueueOutcome(batch, run, counts, faults);
            await batch.Run();
            return counts;
        });
    }

    public Task<Result<ImportCounts>> Returns(long from, IReadOnlyList<ImportedReturn> returns, ImportCounts before) => db.Write<ImportCounts>(actor, async work =>
    {
        var now = clock.GetUtcNow();
        if (!await ImportRuns.Advance(work, run, from, from + returns.Count, now)) return ImportRuns.Elsewhere;
        var counts = before.Copy();
        var faults = new List<RowFault>();
        var ours = await ReturnDocuments.Take(work, channel.Id, run, returns, counts, faults);
        var sold = await SoldLines.Load(work, channel.Id, ours);
        var (matched, leftOver) = ReturnMatching.Match(ours, sold);
        foreach (var one in ours) if (counts.Add(one, leftOver[one]) is { } fault) faults.Add(fault);
        counts.Add(faults, []);

        var batch = work.Batch();
        await SoldLines.QueueReturned(work, batch, actor, matched, now);
        ImportRuns.QueueOutcome(batch, run, counts, faults);
        await batch.Run();
        return counts;
    });

    private Dictionary<string, (string Sku, string Name)> Wanted(List<ImportedOrder> orders) =>
        orders.SelectMany(o => o.Lines).Where(l => !l.IsCharge).Select(l => l.SkuKey).Distinct().ToDictionary(key => key, key => survey.Products[key], StringComparer.Ordinal);

    private StoredOrder Store(ImportedOrder order, (OrderId Id, string Number) given, IReadOnlyDictionary<string, EnsureProducts.Known> products, DateTimeOffset now)
    {
        var lines = order.Lines.Select(line =>
        {
            var product = line.IsCharge ? default : products[line.SkuKey];
            return new NewLine(line.LineNo, line.IsCharge ? LineKind.Charge : LineKind.Goods, null, line.IsCharge ? null : product.Id, product.Sku ?? line.Sku,
                line.Name ?? line.Charge, line.Quantity, 0, line.UnitPriceMinor, line.Money.Discount, 0, line.Money.Tax, line.Money.Total, null, "");
        }).ToList();
        var at = order.At!.Value;
        var assembled = new AssembledOrder(ImportRequest.Of(order, options, channel.Code, order.Lines), channel.Id, OnShort.Hold, options.Mapping.Currency,
            options.Mapping.PricesIncludeTax, lines, order.Money, [], settings.BaseCurrency, settings.RateE9(options.Mapping.Currency.Code, at),
            order.ContentHash(), settings.Version);
        // Another kind than OrderPlaced: whoever acts on orders (messages, write-back, sales of today) does not see history.
        var happened = new Happening("order", given.Id.ToString(), "OrderImported", new
        {
            number = given.Number,
            channel = channel.Code,
            channelId = channel.Id,
            currency = options.Mapping.Currency.Code,
            totalMinor = order.Money.Total,
            units = order.Lines.Where(l => !l.IsCharge).Sum(l => l.Quantity),
            placedAtMs = at.ToUnixTimeMilliseconds(),
            importRun = run.Id,
        });
        var entry = EventLog.Next(actor.Merchant, actor.Id, happened, 0, EventHash.Root, now);
        return new StoredOrder(given.Id, actor.Merchant, given.Number, assembled, OrderState.Closed, true, [], [], null, entry, at, null, null);
    }
}
