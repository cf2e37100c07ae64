using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Channels;
using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Payments;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>
/// Writes orders as history: closed and delivered on their own dates, without stock, plans or messages. Everything of a batch,
/// the products made on the way and the run's position, is one transaction of a few set-based statements.
/// </summary>
internal sealed class HistoryTarget(Db db, OrderNumbers numbers, Actor actor, ImportRun run, IReadOnlyDictionary<string, (string Sku, string Name)> names, ImportOptions options,
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

            var pasts = fresh.Where(o => o.Past is not null).ToDictionary(o => given[o.ExternalId].Id, o => o.Past!);
            var stored = fresh.ConvertAll(o => Store(o, given[o.ExternalId], products.Value.Products, now));
            var buyers = stored.ConvertAll(o => OrderBuyer.Of(o.Merchant, o.Order.ChannelId, o.Order.Request));
            var first = work.Batch();
            var customers = CustomerLookup.Queue(first, buyers);
            await first.Run();
            for (int i = 0; i < stored.Count; i++)
                if (customers.Match(buyers[i], now).Value is { IsNobody: false } whose)
                {
                    customers.Keep(buyers[i], whose, stored[i].PlacedAt);
                    stored[i] = stored[i] with { Customer = whose.Id };
                }
            var batch = work.Batch();
            customers.QueueNew(batch, now);
            OrderRows.Queue(batch, stored, now, (order, line) => Fate(line, pasts.GetValueOrDefault(order.Id)));
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
        await SoldLines.QueueReturned(work, batch, actor, run.Id, matched, now);
        ImportRuns.QueueOutcome(batch, run, counts, faults);
        await batch.Run();
        return counts;
    });

    private Dictionary<string, (string Sku, string Name)> Wanted(List<ImportedOrder> orders) =>
        orders.SelectMany(o => o.Lines).Where(l => !l.IsCharge).Select(l => l.SkuKey).Distinct().ToDictionary(key => key, key => names[key], StringComparer.Ordinal);

    private static OrderRows.Fate Fate(NewLine line, ImportedPast? past)
    {
        if (line.Kind != LineKind.Goods) return default;
        return (past?.Where[line.LineNo - 1] ?? LineBucket.Delivered) switch
        {
            LineBucket.Delivered => new OrderRows.Fate { Delivered = line.Quantity },
            LineBucket.Shipped => new OrderRows.Fate { Shipped = line.Quantity },
            LineBucket.SentBack => new OrderRows.Fate { SentBack = line.Quantity },
            LineBucket.Cancelled => new OrderRows.Fate { Cancelled = line.Quantity },
            _ => default,
        };
    }

    private StoredOrder Store(ImportedOrder order, (OrderId Id, string Number) given, IReadOnlyDictionary<string, EnsureProducts.Known> products, DateTimeOffset now)
    {
        var lines = order.Lines.Select(line =>
        {
            var product = line.IsCharge ? default : products[line.SkuKey];
            return new NewLine(line.LineNo, line.IsCharge ? LineKind.Charge : LineKind.Goods, null, line.IsCharge ? null : product.Id, product.Sku ?? line.Sku,
                line.Name ?? line.Charge, line.Quantity, 0, line.UnitPriceMinor, line.Money.Discount, 0, line.Money.Tax, line.Money.Total, null, "");
        }).ToList();
        var at = order.At!.Value;
        var past = order.Past;
        var currency = past is null ? options.Mapping.Currency : Currency.Parse(past.Currency);
        for (int i = 0; i < (past?.Where.Count ?? 0); i++) if (past!.Where[i] == LineBucket.Unallocated) lines[i].Unallocated = lines[i].Quantity;
        var assembled = new AssembledOrder(ImportRequest.Of(order, options, channel.Code, order.Lines), channel.Id, OnShort.Hold, currency,
            past?.PricesIncludeTax ?? options.Mapping.PricesIncludeTax, lines, order.Money, [], settings.BaseCurrency, settings.RateE9(currency.Code, at),
            order.ContentHash(), settings.Version)
        { Terms = new OrderTerms { DeliverBy = past?.PromisedAt } };
        // Another kind than OrderPlaced: whoever acts on orders (messages, write-back, forecasts of work) does not see history; reports of sales do.
        var happened = new Happening("order", given.Id.ToString(), "OrderImported", new
        {
            number = given.Number,
            channel = channel.Code,
            channelId = channel.Id,
            currency = currency.Code,
            totalMinor = order.Money.Total,
            units = order.Lines.Where(l => !l.IsCharge).Sum(l => l.Quantity),
            placedAtMs = at.ToUnixTimeMilliseconds(),
            importRun = run.Id,
            status = past?.Status,
            isCancelled = past?.State == OrderState.Cancelled ? true : (bool?)null,
            shippedAtMs = past?.ShippedAt?.ToUnixTimeMilliseconds(),
            deliveredAtMs = past?.DeliveredAt?.ToUnixTimeMilliseconds(),
        });
        var entry = EventLog.Next(actor.Merchant, actor.Id, happened, 0, EventHash.Root, now);
        // What was not finished elsewhere waits for a person: history takes no stock and releases nothing by itself.
        IReadOnlyList<NewHold> holds = past?.State == OrderState.Placed ? [new NewHold("imported", $"It was {past.Status} in the system it comes from.")] : [];
        var paid = (past?.Payments ?? []).OrderBy(p => p.Kind == "refund").Select(p => new FirstPayment(p.Kind == "refund" ? PaymentType.Refund : PaymentType.External,
            p.Tender, PaymentState.Succeeded, p.Minor, null, p.At));
        return new StoredOrder(given.Id, actor.Merchant, given.Number, assembled, past?.State ?? OrderState.Closed, true, [], holds, null, entry, at, null, null)
        {
            EndedAt = past is null ? at : past.EndedAt(at),
            ImportRun = run.Id,
            Book = FirstPayment.Open(paid, order.Money.Total, actor.Id, at, () => PaymentId.New(at)),
        };
    }
}
