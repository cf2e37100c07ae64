namespace Switchyard.Orders;

/// <summary>The headline of an order, computed from its state, its holds and its lines' buckets.</summary>
public static class OrderStatus
{
    /// <summary>Units of all goods and component lines by bucket.</summary>
    public readonly record struct Sums(long Quantity, long Waiting, long Shipped, long Delivered, long Cancelled)
    {
        public long Released { get; init; }
        public long Picked { get; init; }
        public long Packed { get; init; }

        /// <summary>Goods wait for the customer at a pickup place.</summary>
        public bool IsReadyForPickup { get; init; }
    }

    /// <returns>draft, cancelled, expired, closed, onHold, backordered, partlyShipped, shipped, delivered, readyForPickup, packed, picking, released, placed or confirmed.</returns>
    public static string Headline(OrderState state, bool isHeld, Sums sums)
    {
        if (state is OrderState.Draft or OrderState.Cancelled or OrderState.Expired or OrderState.Closed) return OrderStates.Name(state);
        long live = sums.Quantity - sums.Cancelled, gone = sums.Shipped + sums.Delivered;
        if (live > 0 && sums.Delivered == live) return "delivered";
        if (live > 0 && gone == live) return "shipped";
        if (isHeld) return "onHold";
        if (gone > 0) return "partlyShipped";
        if (sums.IsReadyForPickup) return "readyForPickup";
        long work = sums.Released + sums.Picked + sums.Packed;
        if (work > 0) return sums.Packed == work ? "packed" : sums.Picked + sums.Packed > 0 ? "picking" : "released";
        return sums.Waiting > 0 ? "backordered" : OrderStates.Name(state);
    }
}
