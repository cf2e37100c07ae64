using Switchyard.Database;

namespace Switchyard.Orders;

/// <summary>Recognises orders that are there already.</summary>
internal static class KnownOrders
{
    /// <summary>External id to content hash of those among <paramref name="orders"/> that the channel has.</summary>
    public static async Task<Dictionary<string, byte[]?>> Find(Work work, long channel, IReadOnlyList<GatheredOrder> orders)
    {
        string[] ids = [.. orders.Where(o => o.Order is not null).Select(o => o.Number)];
        if (ids.Length == 0) return [];
        return (await work.Query(
            "select external_id, content_hash from orders where merchant_id = @merchant and channel_id = @channel and external_id = any(@ids)",
            row => (Id: row.Text(), Hash: row.BytesOrNull()), ("channel", channel), ("ids", ids))).ToDictionary(o => o.Id, o => o.Hash, StringComparer.Ordinal);
    }

    /// <summary>Counts a batch; answers the orders that are new, and all faults and warnings.</summary>
    public static (List<ImportedOrder> Fresh, List<RowFault> Faults) Sort(
        IReadOnlyList<GatheredOrder> orders, IReadOnlyDictionary<string, byte[]?> known, ImportCounts counts)
    {
        var fresh = new List<ImportedOrder>();
        var faults = new List<RowFault>();
        foreach (var one in orders)
        {
            counts.Rows += one.Rows;
            List<RowFault> own = [.. one.Faults];
            if (one.Order is { } order)
            {
                if (!known.TryGetValue(order.ExternalId, out byte[]? hash)) { fresh.Add(order); counts.Add(order); }
                else if (hash.AsSpan().SequenceEqual(order.ContentHash())) counts.OrdersKnown++;
                else own.AddRange(order.Lines.Select(l => Differs(l.FileLine, order.ExternalId)));
            }
            counts.Add(own, one.Warnings);
            faults.AddRange(own);
            faults.AddRange(one.Warnings);
        }
        return (fresh, faults);
    }

    public static RowFault Differs(long line, string number) =>
        new(line, "", "order_known_differently", $"{number} was imported before with other content; nothing was changed.");
}
