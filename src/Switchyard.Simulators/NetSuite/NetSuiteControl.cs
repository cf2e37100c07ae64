using System.Globalization;

namespace Switchyard.Simulators;

/// <summary>What the control page shows of a simulated NetSuite, and what somebody does in it by hand: items, purchases, goods that are booked in, and levels that are put right.</summary>
internal static class NetSuiteControl
{
    private const int MostShown = 200, MostAtOnce = 5000;

    /// <summary>Null: it is nothing of a NetSuite's own.</summary>
    public static IResult? Do(NetSuiteSim sim, string method, string[] path, Asked asked) => (method, path) switch
    {
        ("GET", ["records"]) => Json(sim.Read(b => b.Records.AsEnumerable().Reverse().Take(MostShown).Select(r => Shown(b, r)).ToList())),
        ("GET", ["items"]) => Json(sim.Read(b => b.Items.Take(MostAtOnce).Select(i => ShownItem(b, i)).ToList())),
        ("POST", ["items"]) => Json(sim.Read(b => Items(b, asked))),
        ("POST", ["purchases"]) => sim.Read(b => Buy(b, asked)),
        ("POST", ["purchases", var id, "receive"]) => sim.Read(b => Receive(b, id, asked)),
        ("POST", ["adjust"]) => sim.Read(b => Adjust(b, asked)),
        _ => null,
    };

    private static IResult Json(object shown) => Results.Json(shown, ControlPage.Json);

    private static object Items(NetSuiteBooks books, Asked asked)
    {
        var skus = asked.Texts("skus") ?? [asked.TextOf("sku")];
        if (skus.Count > MostAtOnce) throw new AskedWrongly($"At most {MostAtOnce} items at once.");
        foreach (string sku in skus)
            if (skus.Count == 1 || !books.Items.Exists(i => i.Sku == sku)) books.Item(sku, asked.Text("name"), asked.Flag("isInactive") ?? false);
        return new { items = books.Items.Count };
    }

    private static IResult Buy(NetSuiteBooks books, Asked asked)
    {
        string sku = asked.TextOf("sku");
        if (!books.Items.Exists(i => i.Sku == sku)) return ControlPage.Error(404, $"There is no item {sku}.");
        if (Place(books, asked) is not { } location) return ControlPage.Error(404, "There is no such location.");
        if (asked.Long("quantity") is not (> 0 and var quantity)) throw new AskedWrongly("quantity is 1 or more.");
        string number = asked.Text("number") ?? "PO" + (books.Records.Count + 1).ToString(CultureInfo.InvariantCulture);
        return Json(Shown(books, books.Buy(number, location, (sku, quantity))));
    }

    private static IResult Receive(NetSuiteBooks books, string id, Asked asked)
    {
        if (books.Of("purchaseOrder").FirstOrDefault(r => r.Id.ToString(CultureInfo.InvariantCulture) == id) is not { } order) return ControlPage.Error(404, $"There is no purchase order {id}.");
        var open = order.Lines.Where(l => l.Quantity > l.Received).Select(l => (l.No, Open: (long)(l.Quantity - l.Received))).ToList();
        if (asked.Long("quantity") is { } some) open = [.. open.Take(1).Select(l => (l.No, Open: Math.Min(l.Open, some)))];
        if (open.Count == 0 || open.Exists(l => l.Open < 1)) return ControlPage.Error(409, "Nothing of it is still to come.");
        return Json(Shown(books, books.Receive(order, asked.Text("number") ?? $"IR{order.Id}-{books.Records.Count}", [.. open.Select(l => (l.No, l.Open))])));
    }

    private static IResult Adjust(NetSuiteBooks books, Asked asked)
    {
        string sku = asked.TextOf("sku");
        if (books.Items.Find(i => i.Sku == sku) is not { } item) return ControlPage.Error(404, $"There is no item {sku}.");
        if (Place(books, asked) is not { } location) return ControlPage.Error(404, "There is no such location.");
        books.Levels[(item.Id, location)] = asked.Long("level") ?? throw new AskedWrongly("level is missing.");
        return Json(ShownItem(books, item));
    }

    private static long? Place(NetSuiteBooks books, Asked asked) => asked.Long("location") is { } said ? books.Locations.ContainsKey(said) ? said : null : books.Locations.Keys.Min();

    private static object ShownItem(NetSuiteBooks books, NetSuiteItem item) => new
    {
        item.Sku, item.Name, item.IsInactive, levels = books.Locations.ToDictionary(l => l.Value, l => books.Levels.GetValueOrDefault((item.Id, l.Key))),
    };

    private static object Shown(NetSuiteBooks books, NetSuiteRecord record) => new
    {
        id = record.Id.ToString(CultureInfo.InvariantCulture), record.Type, record.ExternalId, record.Number, record.Total, record.Changed,
        lines = record.Lines.Select(l => new { l.No, sku = books.Items.Find(i => i.Id == l.Item)?.Sku, l.Quantity, l.Received, l.IsClosed }).ToList(),
    };
}
