using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>What every request about several SKUs at several nodes checks alike.</summary>
internal static class StockItems
{
    public const int MostReason = 200;

    /// <summary>Checks that there are some items and not too many, and each of them on its own.</summary>
    public static void Each<T>(this Checks checks, IReadOnlyList<T?>? items, int most, Action<T, string> check) where T : class
    {
        checks.That(items is { Count: > 0 } && items.Count <= most, "/items", "field.out_of_range", $"Send 1 to {most:N0} items.");
        if (items is null || items.Count > most) return;
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is { } item) check(item, $"/items/{i}");
            else checks.Fault($"/items/{i}", "field.required", "An item may not be null.");
        }
    }

    public static void Names(this Checks checks, string at, string? sku, string? node)
    {
        checks.Text(sku, at + "/sku", 200, required: true);
        checks.Text(node, at + "/node", 64, required: true);
    }

    /// <summary>A number that must be said, from <paramref name="least"/> up to the most one movement may carry.</summary>
    public static void Units(this Checks checks, long? units, string pointer, long least)
    {
        if (units is { } said) checks.Range(said, least, Checks.MaxQuantity, pointer);
        else checks.Fault(pointer, "field.required", $"{pointer[(pointer.LastIndexOf('/') + 1)..]} is required.");
    }
}
