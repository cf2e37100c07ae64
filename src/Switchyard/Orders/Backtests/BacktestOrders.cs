using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Reads orders of the past as the back-test plans them, and makes their decisions again on the way.</summary>
internal static class BacktestOrders
{
    private sealed record Head(Guid Id, int Priority, string Payment, long Total, long? RateE9, string? Metadata, string? CustomerKind, string? CustomerTags, DateTimeOffset? PromisedBy, bool IsFixed, DateTimeOffset? GoneAt);

    /// <param name="changed">Settings as they would be.</param>
    public static async Task<IReadOnlyList<SimOrder>> Read(Work work, IReadOnlyList<OrderId> ids, MerchantSettings today, PastDecisions past, Func<MerchantSettings, MerchantSettings> changed,
        MerchantSettings changedToday, BacktestTally tally)
    {
        var keys = Rows.Of(ids).Uuid("id", i => i.Value);
        var batch = work.Batch();
        var heads = batch.Query(
            """
            select o.id, o.priority, o.payment_state, o.total_minor, o.rate_e9, o.metadata, u.kind, u.tags,
                   coalesce((select p.deliver_by_ms from order_promises p where p.order_id = o.id and p.version = 1 and p.merchant_id = @merchant), o.deliver_by_ms),
                   o.collect_node is not null or exists (select 1 from order_lines l where l.order_id = o.id and l.merchant_id = @merchant and (l.collect_node is not null or l.method is not null)),
                   case when o.state in ('cancelled', 'expired') then o.ended_at_ms end
              from @rows r join orders o on o.id = r.id and o.merchant_id = @merchant
              left join customers b on b.id = o.customer_id and b.merchant_id = @merchant
              left join customers u on u.id = coalesce(b.root_id, b.id) and u.merchant_id = @merchant
            """, keys, row => new Head(row.Uuid(), row.Int(), row.Text(), row.Long(), row.LongOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.InstantOrNull(), row.Bool(), row.InstantOrNull()));
        var lines = batch.Query(
            """
            select l.order_id, l.line_no, l.sku_id, l.sku, l.quantity, coalesce(p.weight_grams, 0) from @rows r join order_lines l on l.order_id = r.id and l.merchant_id = @merchant
              join products p on p.id = l.sku_id and p.merchant_id = @merchant
             where l.kind in ('goods', 'component') and not exists (select 1 from holds h where h.order_id = l.order_id and h.merchant_id = @merchant
                   and h.line_no = coalesce(l.parent_line_no, l.line_no) and h.kind = any(@bars)) order by l.order_id, l.line_no
            """, keys, row => (Order: row.Uuid(), Line: new SimLine(row.Int(), row.Long(), row.Text(), row.Long(), row.Long())),
            ("bars", RuleKinds.All.Where(HoldKinds.BarsStock).ToArray()));
        var tags = batch.Query("select t.order_id, t.tag from @rows r join order_tags t on t.order_id = r.id and t.merchant_id = @merchant order by t.tag_key", keys, row => (Order: row.Uuid(), Tag: row.Text()));
        await batch.Run();
        var orders = await PastDecisions.Orders(work, ids);
        var kept = (await PastDecisions.Of(work, ids)).ToLookup(k => k.Order.Id.Value);
        var (linesOf, tagsOf, headOf) = (lines.ToLookup(l => l.Order, l => l.Line), tags.ToLookup(t => t.Order, t => t.Tag), heads.ToDictionary(h => h.Id));
        var ready = new List<SimOrder>(ids.Count);
        foreach (var id in ids)
        {
            if (!orders.TryGetValue(id.Value, out var order) || !headOf.TryGetValue(id.Value, out var head)) continue;
            RebuiltDecision? first = null;
            foreach (var decision in kept[id.Value])
            {
                var rebuilt = await past.Rebuild(work, decision, today);
                tally.Replayed(rebuilt.State, rebuilt.IsSame);
                if (decision.Version == 1 && decision.MadeAt.ToUnixTimeMilliseconds() == order.PlacedAtMs) first = rebuilt;
            }
            ready.Add(Of(order, head, [.. linesOf[id.Value]], [.. tagsOf[id.Value]], first, today, changed, changedToday));
        }
        return ready;
    }

    private static SimOrder Of(DecidedOrder order, Head head, List<SimLine> lines, List<string> tags, RebuiltDecision? first, MerchantSettings today, Func<MerchantSettings, MerchantSettings> changed,
        MerchantSettings changedToday)
    {
        var weights = first?.Input?.Demands.ToDictionary(d => d.Line, d => d.WeightGrams) ?? [];
        lines = lines.ConvertAll(l => weights.TryGetValue(l.Line, out long grams) ? l with { WeightGrams = grams } : l);
        long? total = head.RateE9 is { } rate ? (long)Int128.Min((Int128)head.Total * rate / 1_000_000_000, long.MaxValue) : null;
        var facts = new RoutedOrder(order.ChannelCode, order.Method, order.Country?.ToUpperInvariant(), order.Postcode)
        {
            TotalMinor = total,
            Total = total / (decimal)Currency.Parse(today.BaseCurrency).MinorPerMajor,
            Priority = head.Priority,
            Type = order.Type,
            Payment = head.Payment,
            Tags = tags,
            Metadata = head.Metadata is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(head.Metadata, Json.Options)!,
            IsCompany = head.CustomerKind is null ? null : head.CustomerKind == "company",
            CustomerTags = head.CustomerTags is null ? [] : JsonSerializer.Deserialize<List<string>>(head.CustomerTags, Json.Options)!,
            Lines = [.. lines.Select(l => new RoutedLine(l.Line, l.SkuId, l.Sku, l.Quantity, l.WeightGrams))],
            Ranks = first?.Input?.Router?.Order.Ranks ?? RankerAnswer.None,
        };
        var placed = DateTimeOffset.FromUnixTimeMilliseconds(order.PlacedAtMs);
        bool isByParts = today.Channels.Values.FirstOrDefault(c => c.Id == order.Channel)?.OnShort == "backorder";
        return new SimOrder(order, placed, head.PromisedBy, lines, facts, first?.Settings is { } then ? changed(then) : changedToday, first?.Settings is null, isByParts,
            Before(order, placed, lines, first, today))
        { IsFixed = head.IsFixed, GoneAt = head.GoneAt };
    }

    private static BacktestPlan Before(DecidedOrder order, DateTimeOffset placed, List<SimLine> lines, RebuiltDecision? first, MerchantSettings today)
    {
        long wanted = lines.Sum(l => l.Quantity);
        if (first is null) return new BacktestPlan(0, [], wanted, null, null);
        var plan = JsonNode.Parse(first.Kept.Plan)!;
        List<(string, string, IReadOnlyList<BacktestPart>)> parcels = [.. plan["shipments"]!.AsArray().Select(s => (s!["node"]!.GetValue<string>(), s["service"]!.GetValue<string>(),
            (IReadOnlyList<BacktestPart>)[.. s["parts"]!.AsArray().Select(p => (Line: p![0]!.GetValue<int>(), Units: p[1]!.GetValue<long>())).Select(p => new BacktestPart(p.Line, order.Skus.GetValueOrDefault(p.Line, ""), p.Units))]))];
        long sent = parcels.Sum(p => p.Item3.Sum(x => x.Quantity));
        return BacktestSim.PlanOf(order, placed, first.Settings ?? today, today, plan["costMinor"]!.GetValue<long>(), Math.Max(0, wanted - sent), parcels);
    }
}
