namespace Switchyard.Inventory;

/// <summary>What may be sold to one buyer beside what is there: his channel's buffer, and what is left of its share.</summary>
/// <param name="buffer">Units of each SKU that the channel never sells, ≥ 0.</param>
/// <param name="room">Units of a SKU that are left of the share; null where nothing is divided.</param>
/// <param name="take">Called with units that were planned for this buyer and not taken yet, so that the next plan knows of them.</param>
public sealed class SaleLimit(long buffer, Func<long, long>? room = null, Action<long, long>? take = null)
{
    public static readonly SaleLimit None = new(0);

    public long Buffer => buffer;

    /// <summary>Units of a SKU that may be sold of those that are available, ≥ 0.</summary>
    public long Of(long sku, long available)
    {
        long most = available - buffer;
        if (most > 0 && room is not null) most = Math.Min(most, room(sku));
        return Math.Max(0, most);
    }

    public void Plan(long sku, long units) => take?.Invoke(sku, units);
}
