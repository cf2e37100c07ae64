using System.Text.Json;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Erp;

/// <summary>
/// The consumer of the log: what the ERP is to be told becomes a row, the same row however often it is read. What was read from the ERP is not told back,
/// and what belongs to orders from before we went live is in it already.
/// </summary>
internal sealed class QueueErp(TimeProvider clock)
{
    public const string Consumer = "erp";

    public static readonly IReadOnlyList<string> Kinds =
    [
        "OrderPlaced", "OrderCancelled", "OrderUnitsCancelled", "OrderExpired", "OrderReinstated", "OrderEdited", "OrderSplit", "FulfilmentShipped", "FulfilmentCollected",
        "PaymentRecorded", "PaymentCaptured", "PaymentSettled", "PaymentReconciled", "PaymentRefunded", "SupplierOrderSent", "GoodsReceived",
    ];

    private static readonly HashSet<string> Money = ["PaymentRecorded", "PaymentCaptured", "PaymentSettled", "PaymentReconciled", "PaymentRefunded"];

    private sealed record Wanted(string Key, string Kind, Guid Order, string Body);
    private sealed record Other(string Key, string Kind, string Subject, string Label, string Body);
    private sealed record ReleasePart(FulfilmentId Fulfilment);
    private sealed record PaymentPart(PaymentId Payment, string Type, string State);
    private sealed record EditPart(IReadOnlyList<EditLine>? Lines);
    private sealed record EditLine(string? Sku, long? QuantityBefore, long? Quantity);
    private sealed record PlacedPart(OriginPart? MadeOf);
    private sealed record OriginPart(string? Kind);
    private sealed record GoodsPart(string Node, string? Reference, string? Transfer, IReadOnlyList<GoodsItem> Items);
    private sealed record GoodsItem(string Sku, long Quantity);

    /// <summary>What is kept of news until it is told.</summary>
    /// <param name="Id">Of the parcel, the payment or the order to a supplier.</param>
    internal sealed record Body(long AtMs, Guid? Id = null, string? Node = null, string? Reference = null, Dictionary<string, long>? Units = null);

    public async Task Handle(Work work, IReadOnlyList<LoggedEvent> events)
    {
        long[] merchants = [.. events.Select(e => e.Merchant).Distinct()];
        var connected = (await work.Query("select merchant_id from erp_accounts where merchant_id = any(@merchants) and state <> 'draft'", row => row.Long(),
            ("merchants", merchants))).ToHashSet();
        foreach (var own in events.Where(e => connected.Contains(e.Merchant) && e.Actor != ErpDesk.Name).GroupBy(e => e.Merchant))
        {
            var mine = work.For(own.Key);
            if (await ErpAccount.Find(mine) is not { } account) continue;
            var wanted = own.SelectMany(Of).ToList();
            wanted.AddRange(await Parcels(mine, [.. own.Where(e => e.Kind is "FulfilmentShipped" or "FulfilmentCollected")]));
            wanted.AddRange(await Paid(mine, [.. own.Where(e => e.Kind == "OrderPlaced" && !IsSplitOff(e))]));
            await Queue(mine, account, [.. wanted.Where(w => account.Owner(ErpFlows.OfTask(w.Kind)) == ErpFlows.Ours)]);
            var others = own.Where(e => e.Kind == "GoodsReceived").SelectMany(Goods).ToList();
            others.AddRange(await Purchases(mine, [.. own.Where(e => e.Kind == "SupplierOrderSent")]));
            await Queue(mine, account, [.. others.Where(o => account.Owner(ErpFlows.OfTask(o.Kind)) == ErpFlows.Ours)]);
        }
    }

    private static IEnumerable<Wanted> Of(LoggedEvent entry)
    {
        if (entry.AggregateKind != "order" || !OrderId.TryParse(entry.AggregateId, null, out var order)) yield break;
        switch (entry.Kind)
        {
            case "OrderPlaced": yield return New($"order:{order}", "order", new Body(entry.AtMs)); break;
            case "OrderCancelled" or "OrderUnitsCancelled" or "OrderExpired" or "OrderReinstated" or "OrderSplit":
            case "OrderEdited" when IsLess(entry.Read<EditPart>()):
                yield return New($"change:{order}:{Text.Invariant(entry.Seq)}", "change", new Body(entry.AtMs)); break;
            case var kind when Money.Contains(kind) && entry.Read<PaymentPart>() is { State: "succeeded" } payment:
                if (payment.Type is "capture" or "sale" or "external") yield return New($"sale:{payment.Payment}", "sale", new Body(entry.AtMs, payment.Payment.Value));
                else if (payment.Type is "refund" or "dispute") yield return New($"refund:{payment.Payment}", "refund", new Body(entry.AtMs, payment.Payment.Value));
                break;
        }

        Wanted New(string key, string kind, Body body) => new(key, kind, order.Value, Json(body));
    }

    // The money of an order that was split off was told with the order that it comes from.
    private static bool IsSplitOff(LoggedEvent entry) => entry.Read<PlacedPart>().MadeOf?.Kind == "split";

    // What an edit adds is not told.
    private static bool IsLess(EditPart edit) =>
        edit.Lines is { } lines && lines.Any(l => l.Sku is not null && l.Quantity < l.QuantityBefore) && !lines.Any(l => l.Sku is not null && l.Quantity > l.QuantityBefore);

    /// <summary>Parcels of these releases that have left.</summary>
    private static async Task<IEnumerable<Wanted>> Parcels(Work work, List<LoggedEvent> events)
    {
        var at = events.GroupBy(e => e.Read<ReleasePart>().Fulfilment.Value).ToDictionary(g => g.Key, g => g.Max(e => e.AtMs));
        if (at.Count == 0) return [];
        return (await work.Query(
                "select p.id, p.order_id, p.fulfilment_id from @rows r join packages p on p.fulfilment_id = r.id where p.merchant_id = @merchant "
                + "and p.shipment_id is not null and p.state <> 'voided' order by p.id", Rows.Of(at.Keys.ToList()).Uuid("id", r => r),
                row => (Package: row.Uuid(), Order: row.Uuid(), Release: row.Uuid())))
            .Select(p => new Wanted($"shipment:{new PackageId(p.Package)}", "shipment", p.Order, Json(new Body(at[p.Release], p.Package))));
    }

    // An order that comes paid has its payments with it, and no event tells of them.
    private static async Task<IEnumerable<Wanted>> Paid(Work work, List<LoggedEvent> events)
    {
        var at = events.Where(e => OrderId.TryParse(e.AggregateId, null, out _)).GroupBy(e => OrderId.Parse(e.AggregateId, null).Value)
            .ToDictionary(g => g.Key, g => g.Max(e => e.AtMs));
        if (at.Count == 0) return [];
        return (await work.Query(
                "select p.id, p.order_id from @rows r join payments p on p.order_id = r.id where p.merchant_id = @merchant and p.state = 'succeeded' "
                + "and p.type in ('capture', 'sale', 'external') order by p.id", Rows.Of(at.Keys.ToList()).Uuid("id", r => r), row => (Payment: row.Uuid(), Order: row.Uuid())))
            .Select(p => new Wanted($"sale:{new PaymentId(p.Payment)}", "sale", p.Order, Json(new Body(at[p.Order], p.Payment))));
    }

    // Goods of a delivery without a number belong to no purchase order, and a transfer's come from ourselves.
    private static IEnumerable<Other> Goods(LoggedEvent entry)
    {
        if (entry.Read<GoodsPart>() is not { Reference: { Length: > 0 } reference, Transfer: null, Items.Count: > 0 } goods) yield break;
        var units = goods.Items.GroupBy(i => i.Sku).ToDictionary(g => g.Key, g => g.Sum(i => i.Quantity));
        yield return new Other($"receipt:{entry.AggregateId}:{Text.Invariant(entry.Seq)}", "receipt", "receipt " + reference, reference,
            Json(new Body(entry.AtMs, Node: goods.Node, Reference: reference, Units: units)));
    }

    private static async Task<IEnumerable<Other>> Purchases(Work work, List<LoggedEvent> events)
    {
        var at = events.GroupBy(e => e.AggregateId).ToDictionary(g => g.Key, g => g.Max(e => e.AtMs), StringComparer.Ordinal);
        if (at.Count == 0) return [];
        return (await work.Query("select p.id, p.number from purchase_orders p where p.merchant_id = @merchant and p.number = any(@numbers) order by p.id",
            row => (Id: row.Uuid(), Number: row.Text()), ("numbers", at.Keys.ToArray())))
            .Select(p => new Other($"purchase:{new FulfilmentId(p.Id)}", "purchase", "purchase " + p.Number, p.Number, Json(new Body(at[p.Number], p.Id))));
    }

    private async Task Queue(Work work, ErpAccount account, List<Wanted> wanted)
    {
        if (wanted.Count == 0) return;
        await work.Execute(
            """
            insert into erp_tasks (account_id, task_key, merchant_id, kind, subject, label, body, state, due_at_ms, created_at_ms)
            select @account, r.task_key, @merchant, r.kind, 'order ' || o.number, o.number, r.body, 'waiting', @now, @now
              from @rows r join orders o on o.id = r.order_id and o.merchant_id = @merchant
             where not o.is_history and o.placed_at_ms >= @live order by r.task_key
                on conflict (account_id, task_key) do nothing
            """,
            Rows.Of(wanted.DistinctBy(w => w.Key).ToList()).Text("task_key", w => w.Key).Text("kind", w => w.Kind).Uuid("order_id", w => w.Order).Text("body", w => w.Body),
            ("account", account.Id), ("live", account.LiveFromMs ?? 0), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    private async Task Queue(Work work, ErpAccount account, List<Other> others)
    {
        if (others.Count == 0) return;
        await Insert(work, account.Id, [.. others.DistinctBy(o => o.Key).Select(o => (o.Key, o.Kind, o.Subject, o.Label, o.Body))], clock.GetUtcNow());
    }

    /// <summary>The same for what no event tells, such as a difference of stock.</summary>
    internal static Task Insert(Work work, Guid account, IReadOnlyList<(string Key, string Kind, string Subject, string Label, string Body)> tasks, DateTimeOffset now) => work.Execute(
        """
        insert into erp_tasks (account_id, task_key, merchant_id, kind, subject, label, body, state, due_at_ms, created_at_ms)
        select @account, r.task_key, @merchant, r.kind, r.subject, r.label, r.body, 'waiting', @now, @now from @rows r where true order by r.task_key
            on conflict (account_id, task_key) do nothing
        """,
        Rows.Of(tasks).Text("task_key", t => t.Key).Text("kind", t => t.Kind).Text("subject", t => t.Subject).Text("label", t => t.Label).Text("body", t => t.Body),
        ("account", account), ("now", now.ToUnixTimeMilliseconds()));

    internal static string Json(Body body) => JsonSerializer.Serialize(body, Http.Json.Options);
}
