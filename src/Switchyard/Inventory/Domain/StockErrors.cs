using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>Every way this room can say no.</summary>
public static class StockErrors
{
    public const string UnknownSku = "inventory.unknown_sku", UnknownNode = "inventory.unknown_node", NotStocked = "inventory.not_stocked",
        OlderThanCount = "inventory.older_than_last_count", NotEnough = "inventory.not_enough";

    /// <summary>Why a level that a file brought is not taken back.</summary>
    public static readonly Error CountedSince = Error.Conflict("import.changed_since", "It was counted or fed since, and is left as it is.");
    public static readonly Error InUse = Error.Conflict("import.in_use", "Orders have a claim on these units by now; the level is left as it is.");

    public static Error SnapshotOlder(DateTimeOffset last) =>
        Error.Conflict("inventory.snapshot_older", $"A later snapshot of this node was taken, as of {last.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}. This one changes nothing.") with
        {
            Extra = new Dictionary<string, object?> { ["lastAsOf"] = last },
        };

    public static Error NoSuchSku(string sku) => Error.NotFound(UnknownSku, $"There is no product {sku}.");
    public static Error NoSuchNode(string node) => Error.NotFound(UnknownNode, $"There is no node {node}.");

    public static Error Short(IReadOnlyList<FieldError> items) => Error.Conflict(NotEnough,
        items.Count == 1 ? items[0].Detail : $"There is not enough stock for {items.Count} items; nothing was changed.", [.. items.Take(100)]);
}
