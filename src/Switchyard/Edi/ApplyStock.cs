using System.Globalization;
using Switchyard.Database;
using Switchyard.Inventory;

namespace Switchyard.Edi;

/// <summary>Stock that a 3PL or a supplier tells (846) sets that of its node, as of when it was so: a snapshot as by the API.</summary>
public sealed class ApplyStock(Db db, FindGoods goods, TimeProvider clock)
{
    internal async Task<Applied> Handle(MessageAtHand message)
    {
        var (document, faults) = ReadSets.Stock(message.Set, message.Partner.Settings.Zone);
        if (document is null) return Applied.Failed(null, faults);
        var (partner, profile) = (message.Partner, message.Partner.Settings.Profile);
        var skus = await goods.Skus(partner, [.. document.Lines.Select(l => l.Numbers)]);
        var items = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var (line, sku) in document.Lines.Zip(skus))
        {
            if (profile.UnitsEach(line.Unit) is not { } each) return Applied.Failed(document.Number, new EdiFault("QTY03", "edi.unknown_unit", $"Unit {line.Unit} is not agreed with the partner."));
            // Goods that are not ours harm nothing. The same goods in two lines (two lots, two bins) lie there together.
            if (sku is not null) items[sku] = items.GetValueOrDefault(sku) + line.Quantity * each;
        }
        if (items.Count == 0) return Applied.Failed(document.Number, new EdiFault("LIN", "edi.unknown_goods", "None of it is goods of ours."));
        if (items.Count > TakeSnapshot.MostItems) return Applied.Failed(document.Number, new EdiFault("LIN", "field.too_many", $"At most {TakeSnapshot.MostItems:N0} goods in one message."));
        var now = clock.GetUtcNow();
        var asOf = document.AsOf is { } told && told <= now ? told : now;              // a clock that is fast, or the end of today
        var taken = await TakeSnapshot.Handle(new TakeSnapshot.Request(partner.Node, asOf.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            [.. items.Select(i => (TakeSnapshot.Item?)new TakeSnapshot.Item(i.Key, i.Value))]), partner.Actor, db, clock);
        return taken.Error is { } error ? Applied.Of(error, document.Number) : new Applied([], document.Number);
    }
}
