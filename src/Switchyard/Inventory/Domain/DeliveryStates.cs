using Switchyard.Kernel;
using static Switchyard.Inventory.DeliveryState;

namespace Switchyard.Inventory;

/// <summary>The states of a delivery. Names are stored in lower case.</summary>
public enum DeliveryState { Open, Closed, Cancelled }

public enum GoodsCondition { Good, Damaged }

public static class DeliveryStates
{
    public static readonly Transitions<DeliveryState> Allowed = new() { [Open] = [Closed, Cancelled] };

    public static DeliveryState Parse(string name) => Enum.Parse<DeliveryState>(name, ignoreCase: true);
    public static string Name(DeliveryState state) => state.ToString().ToLowerInvariant();
}

/// <summary>One SKU of a delivery: what was expected and what came.</summary>
/// <param name="Consumed">Units by which inbound of the delivery's reference has gone down.</param>
public sealed record DeliveryLine(long SkuId, string Sku, long Expected, long Good, long Damaged, long Consumed)
{
    public long Received => Good + Damaged;

    /// <summary>Units that are still to come.</summary>
    public long Open => Math.Max(0, Expected - Received);

    /// <summary>Units that came although nobody expected them.</summary>
    public long Over => Math.Max(0, Received - Expected);

    /// <summary>How the line differs from what was expected, in words; null when it does not. A blind delivery expects nothing in particular.</summary>
    public string? Difference(bool isBlind)
    {
        var parts = new List<string>();
        if (Open > 0) parts.Add($"{Open} short");
        if (Over > 0 && !isBlind) parts.Add($"{Over} over");
        if (Damaged > 0) parts.Add($"{Damaged} damaged");
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }
}

/// <summary>Every way goods-in can say no.</summary>
public static class DeliveryErrors
{
    public const string ScanIdReused = "inventory.scan_id_reused";

    public static Error NotFound(string id) => Error.NotFound("inventory.no_such_delivery", $"There is no delivery {id}.");
    public static Error NoReceipt(string id) => Error.NotFound("inventory.no_such_receipt", $"There is no receipt {id} of this delivery.");
    public static Error NotOpen(DeliveryState state) => Error.Conflict("inventory.delivery_not_open", $"The delivery is {DeliveryStates.Name(state)}.");
    public static readonly Error Undone = Error.Conflict("inventory.receipt_undone", "This receipt is undone already.");
    public static readonly Error HasReceipts = Error.Conflict("inventory.delivery_has_receipts", "Goods have been received. Undo the receipts or close the delivery.");
    public static readonly Error OfTransfer = Error.Conflict("inventory.delivery_of_transfer", "This delivery ends a transfer that is on its way; it is closed, not cancelled.");
    public static readonly Error TooManyLines = Error.Conflict("inventory.delivery_too_long", "A delivery has at most 5,000 lines. Open another.");
    public static Error ReferenceOpen(string reference, DeliveryId id) => Error.Conflict("inventory.delivery_is_open",
        $"A delivery of {reference} is open at this node already.") with
    { Extra = new Dictionary<string, object?> { ["delivery"] = id } };

    public static Error Gone(string sku, long free) => Error.Conflict("inventory.not_enough",
        $"Only {Math.Max(0, free)} of these units of {sku} are still there and promised to nobody. Count the shelf instead.");
}
