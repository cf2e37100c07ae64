using Switchyard.Files;

namespace Switchyard.Inventory;

/// <summary>Levels of stock as files.</summary>
internal static class StockExport
{
    public static readonly ExportSource Source = new ListExport<LevelView>("stock", StockList.Spec,
    [
        new("sku", l => l.Sku), new("name", l => l.Name), new("node", l => l.Node), new("node_kind", l => l.NodeKind), new("on_hand", l => l.OnHand),
        new("available", l => l.Available), new("allocated", l => l.Allocated), new("reserved", l => l.Reserved), new("earmarked", l => l.Earmarked),
        new("unavailable", l => l.Unavailable), new("safety", l => l.Safety), new("feed_at", l => l.FeedAt),
    ], ListLevels.Scope, async (work, _, keys, now) => await ListLevels.Read(work, keys, now));
}
