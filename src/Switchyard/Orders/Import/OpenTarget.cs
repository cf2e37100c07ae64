using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Channels;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// Places orders now, through the one writer. What the file itself takes back is taken off before, so that nothing is promised
/// for it. A batch is placed, then noted; after a crash between the two the same orders are sent again and known by their number.
/// </summary>
internal sealed class OpenTarget(Db db, OrderWriter writer, Actor actor, ImportRun run, OrderFileSurvey survey, ImportOptions options, ChannelSettings channel,
    (Dictionary<(string Order, int Line), long> TakenBack, Dictionary<long, long> LeftOver) matching, TimeProvider clock) : IImportTarget
{
    // A file tells what has been sold, so an order that is short is stored and waits: it is never refused.
    private readonly string? _onShort = channel.OnShort == "refuse" ? "hold" : null;

    public async Task<Result<ImportCounts>> Orders(long from, IReadOnlyList<GatheredOrder> orders, ImportCounts before)
    {
        var counts = before.Copy();
        var (candidates, faults) = KnownOrders.Sort(orders, new Dictionary<string, byte[]?>(), new ImportCounts());
        if (options.Mapping.CreatesProducts)
        {
            var made = await Products(candidates);
            if (made.Error is { } error) return error;
            counts.ProductsCreated += made.Value;
        }
        var placing = candidates.ConvertAll(order => (Order: order, Left: Left(order)));
        var outcomes = await Task.WhenAll(placing.Select(p => p.Left is null ? Task.FromResult<Result<OrderAnswer?>>(default(OrderAnswer)) : Place(p.Order, p.Left)));

        var refusals = new Dictionary<string, List<RowFault>>();
        for (int i = 0; i < placing.Count; i++)
        {
            var (order, left) = placing[i];
            if (left is null) counts.OrdersCancelled++;
            else if (outcomes[i].Error is { } refused)
            {
                if (refused.Kind is ErrorKind.Busy or ErrorKind.Unavailable) return refused;
                refusals[order.ExternalId] = refused.Code == "orders.external_id_taken"
                    ? [.. order.Lines.Select(l => KnownOrders.Differs(l.FileLine, order.ExternalId))]
                    : [new RowFault(order.Lines[0].FileLine, "", refused.Code, Explain(refused))];
            }
            else if (outcomes[i].Value!.Status == 200) counts.OrdersKnown++;
            else counts.Add(order with { Lines = left });
        }
        foreach (var one in orders)
        {
            counts.Rows += one.Rows;
            List<RowFault> own = [.. one.Faults, .. refusals.GetValueOrDefault(one.Number, [])];
            counts.Add(own, one.Warnings);
        }
        return await Note(from, orders.Count, counts, [.. faults, .. refusals.Values.SelectMany(f => f)]);
    }

    public Task<Result<ImportCounts>> Returns(long from, IReadOnlyList<ImportedReturn> returns, ImportCounts before)
    {
        var counts = before.Copy();
        var faults = new List<RowFault>();
        foreach (var one in returns) if (counts.Add(one, matching.LeftOver[one.FileLine]) is { } fault) faults.Add(fault);
        counts.Add(faults, []);
        return Note(from, returns.Count, counts, faults);
    }

    private Task<Result<ImportCounts>> Note(long from, int steps, ImportCounts counts, List<RowFault> faults) => db.Write<ImportCounts>(actor, async work =>
    {
        if (!await ImportRuns.Advance(work, run, from, from + steps, clock.GetUtcNow())) return ImportRuns.Elsewhere;
        var batch = work.Batch();
        ImportRuns.QueueOutcome(batch, run, counts, faults);
        await batch.Run();
        return counts;
    });

    /// <summary>The lines with what was not taken back; null when goods were bought and all were taken back.</summary>
    private IReadOnlyList<ImportedLine>? Left(ImportedOrder order)
    {
        var left = new List<ImportedLine>();
        foreach (var line in order.Lines)
        {
            long back = matching.TakenBack.GetValueOrDefault((order.ExternalId, line.LineNo));
            if (back == 0) { left.Add(line); continue; }
            if (back == line.Quantity) continue;
            long kept = line.Quantity - back, discount = Money.Split(line.Money.Discount, [kept, back])[0];
            left.Add(line with { Quantity = kept, Money = new LineMoney(discount, 0, kept * line.UnitPriceMinor - discount) });
        }
        bool hadGoods = order.Lines.Any(l => !l.IsCharge);
        return hadGoods && left.All(l => l.IsCharge) ? null : left;
    }

    private async Task<Result<OrderAnswer?>> Place(ImportedOrder order, IReadOnlyList<ImportedLine> lines)
    {
        var request = ImportRequest.Of(order, options, channel.Code, lines, _onShort);
        if (PlaceOrder.Validate(request) is { } faulty) return faulty;
        for (int attempt = 1; ; attempt++)
        {
            var placed = await writer.Place(actor, request, isFromFile: true, importRun: run.Id);
            if (placed.Error is not { Kind: ErrorKind.Busy } busy) return placed.Error is { } error ? error : placed.Value;
            if (attempt == 200) return busy;
            await Task.Delay(TimeSpan.FromMilliseconds(20 * Math.Min(attempt, 25)), clock);
        }
    }

    private async Task<Result<int>> Products(List<ImportedOrder> orders)
    {
        var wanted = orders.SelectMany(o => o.Lines).Where(l => !l.IsCharge).Select(l => l.SkuKey).Distinct().ToDictionary(k => k, k => survey.Products[k], StringComparer.Ordinal);
        return await db.Write<int>(actor, async work =>
        {
            var made = await EnsureProducts.InFull(work, actor, clock.GetUtcNow(), wanted);
            return made.Error is { } error ? error : made.Value.Made;
        });
    }

    private static string Explain(Error error) => error.Fields.Count == 0 ? error.Detail : $"{error.Detail} {error.Fields[0].Pointer}: {error.Fields[0].Detail}";
}
