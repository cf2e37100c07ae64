namespace Switchyard.Orders;

/// <summary>Which units an edit needs back from the nodes that work on them. Pure.</summary>
internal static class EditStops
{
    /// <summary>Units to be stopped, by line of goods or components: all in work for another address or method, else what is taken off beyond what is free.</summary>
    public static Dictionary<int, long> Units(OpenOrder order, EditOrder.Request wish)
    {
        bool isElsewhere = wish.ShippingAddress is not null || wish.Method is not null && wish.Method != order.Method || wish.CollectAt is not null;
        if (isElsewhere) return order.Lines.Where(l => l.InWork > 0).ToDictionary(l => l.LineNo, l => l.InWork);
        var units = new Dictionary<int, long>();
        foreach (var change in wish.Lines ?? [])
        {
            if (order.Line(change!.Line) is not { Kind: LineKind.Goods or LineKind.Bundle } line) continue;
            long less = line.Billing.Units - (change.Remove == true ? 0 : change.Quantity ?? line.Billing.Units);
            foreach (var part in line.HoldsStock ? [line] : order.PartsOf(line))
            {
                if (change.Method is not null || change.CollectAt is not null) { if (part.InWork > 0) units[part.LineNo] = part.InWork; continue; }
                long stop = (line.HoldsStock ? less : less * (part.Quantity / line.Quantity)) - part.Free;
                if (stop > 0 && part.InWork > 0) units[part.LineNo] = Math.Min(stop, part.InWork);
            }
        }
        return units;
    }

    /// <summary>Moves units of a copy as if the nodes had put them back.</summary>
    public static void AsIfBack(OpenOrder copy, IReadOnlyDictionary<int, long> units)
    {
        foreach (var (no, wanted) in units)
        {
            var line = copy.Line(no)!;
            long left = wanted;
            if (line[LineBucket.Packed] is > 0 and var packed) copy.Move(line, LineBucket.Packed, LineBucket.Picked, packed);
            foreach (var bucket in (LineBucket[])[LineBucket.Released, LineBucket.Picked])
                foreach (long node in line.Claims.Keys.ToList())
                    if (Math.Min(left, Math.Min(line[bucket], line.ClaimAt(node).InWork)) is > 0 and var back)
                    {
                        copy.Recall(line, bucket, node, back);
                        left -= back;
                    }
        }
    }
}
