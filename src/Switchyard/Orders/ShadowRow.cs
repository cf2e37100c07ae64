using Switchyard.Database;

namespace Switchyard.Orders;

/// <summary>What the strategy that only watches would have done with a new order, beside what was done.</summary>
internal sealed record ShadowRow(string Strategy, long Number, bool Differs, long CostMinor, long ShadowCostMinor, long Parcels, long ShadowParcels, long Unsent, long ShadowUnsent)
{
    /// <returns>Null while no strategy watches.</returns>
    public static ShadowRow? Of(Promise promise)
    {
        if (promise.Routing?.Shadow is not { } shadow) return null;
        var plan = promise.Plan;
        long unsent = plan.Unfilled.Sum(u => u.Quantity);
        bool differs = unsent != shadow.UnsentUnits || !plan.Shipments.Select(s => s.NodeId).SequenceEqual(shadow.Nodes) || plan.CostMinor != shadow.CostMinor;
        return new ShadowRow(shadow.Strategy, shadow.Version, differs, plan.CostMinor, shadow.CostMinor, plan.Shipments.Count, shadow.Nodes.Count, unsent, shadow.UnsentUnits);
    }

    public static void Queue(Batch batch, IReadOnlyList<StoredOrder> orders)
    {
        var seen = orders.Where(o => o.Shadow is not null).ToList();
        if (seen.Count == 0) return;
        batch.Execute(
            """
            insert into order_shadows (order_id, merchant_id, strategy, number, placed_at_ms, differs, cost_minor, shadow_cost_minor, parcels, shadow_parcels, unsent, shadow_unsent)
            select order_id, merchant_id, strategy, number, placed_at_ms, differs, cost_minor, shadow_cost_minor, parcels, shadow_parcels, unsent, shadow_unsent from @rows r
            """,
            Rows.Of(seen).Uuid("order_id", o => o.Id.Value).Long("merchant_id", o => o.Merchant).Text("strategy", o => o.Shadow!.Strategy).Long("number", o => o.Shadow!.Number)
                .Instant("placed_at_ms", o => o.PlacedAt).Bool("differs", o => o.Shadow!.Differs).Long("cost_minor", o => o.Shadow!.CostMinor)
                .Long("shadow_cost_minor", o => o.Shadow!.ShadowCostMinor).Long("parcels", o => o.Shadow!.Parcels).Long("shadow_parcels", o => o.Shadow!.ShadowParcels)
                .Long("unsent", o => o.Shadow!.Unsent).Long("shadow_unsent", o => o.Shadow!.ShadowUnsent));
    }
}
