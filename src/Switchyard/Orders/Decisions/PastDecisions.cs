using System.Text.Json.Nodes;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>An order as its decisions need it: where it goes now, and what its lines are of.</summary>
internal sealed record DecidedOrder(OrderId Id, string Number, long Channel, string ChannelCode, string? Method, string? Country, string? Postcode, string Type, long PlacedAtMs)
{
    /// <summary>SKU by line, as it was given.</summary>
    public required IReadOnlyDictionary<int, string> Skus { get; init; }

    /// <summary>What a strategy that did not decide then may ask; as it is now.</summary>
    public RoutedOrder Facts => new(ChannelCode, Method, Country?.ToUpperInvariant(), Postcode)
    {
        Type = Type,
        Lines = [.. Skus.Select(s => new RoutedLine(s.Key, null, s.Value, 0, 0))],
    };
}

/// <summary>A decision as it was kept.</summary>
/// <param name="Plan">As it is shown: JSON, by code.</param>
/// <param name="Seen">What it was made from, packed.</param>
internal sealed record KeptDecision(DecidedOrder Order, int Version, DateTimeOffset MadeAt, string Plan, byte[]? Seen);

/// <summary>A decision with what it was made from, or why that is not known.</summary>
/// <param name="State">One of <see cref="SeenWords"/>.</param>
/// <param name="Settings">The settings by which it was made.</param>
internal sealed record RebuiltDecision(KeptDecision Kept, string State, DecisionInput? Input, MerchantSettings? Settings)
{
    /// <summary>Decided anew: the same when nothing about the rules' meaning has changed since.</summary>
    public RoutedPlan? Again { get; } = Input?.Decide();

    /// <summary>Does it come out as it was kept? Null when it cannot be made again.</summary>
    public bool? IsSame => Again is null ? null : JsonNode.DeepEquals(Told(StockPromise.ToJson(Again.Plan, Code, routing: Again.Routing)), Told(Kept.Plan));

    public string Code(long node) => Settings!.NodesById.TryGetValue(node, out var at) ? at.Code : Text.Invariant(node);

    private static JsonObject Told(string plan)
    {
        var told = JsonNode.Parse(plan)!.AsObject();
        told.Remove("reason");
        return told;
    }
}

/// <summary>Reads decisions again with everything they were made from.</summary>
public sealed class PastDecisions(PastSettings past)
{
    /// <summary>Decisions of one order, newest first.</summary>
    internal static async Task<IReadOnlyList<KeptDecision>> Of(Work work, OrderId id, long before, int most) => await Read(work,
        """
        select p.order_id, p.version, coalesce(p.made_at_ms, o.placed_at_ms), p.plan, p.seen from order_plans p join orders o on o.id = p.order_id and o.merchant_id = @merchant
         where p.merchant_id = @merchant and p.order_id = @id and p.version < @before order by p.version desc limit @limit
        """, ("id", id.Value), ("before", before), ("limit", (long)most));

    /// <summary>All decisions of these orders, the oldest of each first.</summary>
    internal static async Task<IReadOnlyList<KeptDecision>> Of(Work work, IReadOnlyList<OrderId> ids) => await Read(work,
        """
        select p.order_id, p.version, coalesce(p.made_at_ms, o.placed_at_ms), p.plan, p.seen from @rows r join order_plans p on p.order_id = r.id and p.merchant_id = @merchant
          join orders o on o.id = p.order_id and o.merchant_id = @merchant order by p.order_id, p.version
        """, Rows.Of(ids).Uuid("id", i => i.Value));

    internal async Task<RebuiltDecision> Rebuild(Work work, KeptDecision kept, MerchantSettings now)
    {
        if (kept.Seen is not { Length: > 11 } seen)
            return new RebuiltDecision(kept, kept.Seen is not null || kept.Plan.Contains("\"replan\":", StringComparison.Ordinal) ? SeenWords.Together : SeenWords.NotRecorded, null, null);
        var order = kept.Order;
        var (world, mark) = SeenInput.Head(seen);
        if (mark != SeenInput.MarkOf(order.Channel, order.Method, order.Country, order.Postcode)) return new RebuiltDecision(kept, SeenWords.PlaceChanged, null, null);
        if (await past.Find(work, world, now) is not { } then || then.Channels.Values.FirstOrDefault(c => c.Id == order.Channel) is not { } channel)
            return new RebuiltDecision(kept, SeenWords.SettingsGone, null, null);
        var known = OrderRoutes.Known(then, channel.ExcludedNodeKinds, order.Country, order.Postcode, order.Method);
        return new RebuiltDecision(kept, SeenWords.Kept, SeenInput.Unpack(seen, known, then, order.Facts), then);
    }

    private sealed record Row(Guid Order, int Version, DateTimeOffset MadeAt, string Plan, byte[]? Seen);

    private static async Task<IReadOnlyList<KeptDecision>> Read(Work work, string sql, params (string, object?)[] arguments) => await Full(work, await work.Query(sql, Read, arguments));
    private static async Task<IReadOnlyList<KeptDecision>> Read<T>(Work work, string sql, Rows<T> rows) => await Full(work, await work.Query(sql, rows, Read));
    private static Row Read(Database.Row row) => new(row.Uuid(), row.Int(), row.Instant(), row.Text(), row.BytesOrNull());

    private static async Task<IReadOnlyList<KeptDecision>> Full(Work work, List<Row> found)
    {
        if (found.Count == 0) return [];
        var orders = await Orders(work, [.. found.Select(f => new OrderId(f.Order)).Distinct()]);
        return [.. found.Where(f => orders.ContainsKey(f.Order)).Select(f => new KeptDecision(orders[f.Order], f.Version, f.MadeAt, f.Plan, f.Seen))];
    }

    /// <summary>Orders as their decisions need them.</summary>
    internal static async Task<Dictionary<Guid, DecidedOrder>> Orders(Work work, IReadOnlyList<OrderId> ids)
    {
        var batch = work.Batch();
        var heads = batch.Query(
            """
            select o.id, o.number, o.channel_id, c.code, o.method, o.ship_country, o.ship_postcode, o.type, o.placed_at_ms
              from @rows r join orders o on o.id = r.id and o.merchant_id = @merchant join channels c on c.id = o.channel_id
            """, Rows.Of(ids).Uuid("id", i => i.Value),
            row => (Id: row.Uuid(), Number: row.Text(), Channel: row.Long(), Code: row.Text(), Method: row.TextOrNull(), Country: row.TextOrNull(), Postcode: row.TextOrNull(), Type: row.Text(), Placed: row.Long()));
        var lines = batch.Query("select l.order_id, l.line_no, l.sku from @rows r join order_lines l on l.order_id = r.id and l.merchant_id = @merchant",
            Rows.Of(ids).Uuid("id", i => i.Value), row => (Order: row.Uuid(), Line: row.Int(), Sku: row.Text()));
        await batch.Run();
        var skus = lines.ToLookup(l => l.Order);
        return heads.ToDictionary(h => h.Id, h => new DecidedOrder(new OrderId(h.Id), h.Number, h.Channel, h.Code, h.Method, h.Country, h.Postcode, h.Type, h.Placed)
        { Skus = skus[h.Id].ToDictionary(l => l.Line, l => l.Sku) });
    }
}
