using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Erp.NetSuite;

/// <summary>Makes records of documents, each once: what stands under the external id is found first, and once more where NetSuite refuses it.</summary>
internal sealed partial class NetSuiteRecords(NetSuiteApi api, ErpCall call)
{
    private const string Root = "/services/rest/record/v1/";

    private bool UsesJournals => call.Access.Setting("money") == "journals";

    public async Task<AdapterAnswer<ErpRecord>> Post(ErpDocument document)
    {
        // Without its currency NetSuite would take the amount for one of the customer's.
        if (Currency(document) is { } currency && Map(call.Access.Setting("currencies")) is { Count: > 0 } mapped && !mapped.ContainsKey(currency))
            return new AdapterFault(FaultKind.Refused, $"No currency of NetSuite is given for {currency}: see the setting currencies.");
        // It says how the order is to be, whatever was said before.
        if (document is ErpChange change) return await Change(change);
        string type = Type(document);
        var known = await Find(type, document.ExternalId);
        if (known.Fault is { } fault) return fault;
        if (known.Value is { } there) return there;
        var posted = document switch
        {
            ErpOrder order => await Order(order),
            ErpShipment shipment => await Shipment(shipment),
            ErpMoney money => await Upsert(type, money.ExternalId, UsesJournals ? Journal(money) : Cash(money)),
            ErpPurchaseOrder purchase => await Purchase(purchase),
            ErpGoodsIn goods => await GoodsIn(goods),
            ErpStockDifference stock => await Stock(stock),
            _ => new AdapterFault(FaultKind.Unsupported, "NetSuite has no record for it."),
        };
        if (posted.Fault is not { Kind: FaultKind.Refused } refusal) return posted;
        // Two that post the same at once, or one whose answer was lost: the other one's stands there.
        var again = await Find(type, document.ExternalId);
        return again is { IsOk: true, Value: { } late } ? late : refusal;
    }

    /// <summary>The record under an external id; null: there surely is none.</summary>
    public async Task<AdapterAnswer<ErpRecord?>> Find(string type, string externalId)
    {
        var said = await api.Send(call, HttpMethod.Get, $"{Root}{type}/eid:{externalId}?fields=id");
        if (said.Fault is { } fault) return fault;
        if (said.Value.Status == 404) return AdapterAnswer<ErpRecord?>.Of(null);
        if (!said.Value.IsOk) return NetSuiteApi.Refusal(said.Value);
        var json = said.Value.Json();
        if (json.Fault is { } broken) return broken;
        return json.Value.Say("id") is { Length: > 0 } id ? new ErpRecord(type, id) : new AdapterFault(FaultKind.Malformed, "A record without its id was answered.");
    }

    private static string? Currency(ErpDocument document) => document switch
    {
        ErpOrder order => order.Currency,
        ErpMoney money => money.Currency,
        ErpPurchaseOrder purchase => purchase.Currency,
        _ => null,
    };

    private string Type(ErpDocument document) => document switch
    {
        ErpOrder => "salesOrder",
        ErpShipment => "itemFulfillment",
        ErpPurchaseOrder => "purchaseOrder",
        ErpGoodsIn => "itemReceipt",
        ErpStockDifference => "inventoryAdjustment",
        ErpMoney money => UsesJournals ? "journalEntry" : money.IsRefund ? "cashRefund" : "cashSale",
        _ => "",
    };

    private async Task<AdapterAnswer<ErpRecord>> Order(ErpOrder order)
    {
        var items = await Items(order.Lines.Where(l => l.Sku is not null).Select(l => l.Sku!));
        if (items.Fault is { } fault) return fault;
        var lines = order.Lines.Select(l => Line(l.Sku is null ? call.Access.Setting("chargeItem")! : items.Value[l.Sku], l.Quantity, Major(l.NetMinor, order.Currency), l.Words))
            .ToList();
        if (call.Access.Setting("taxItem") is { Length: > 0 } tax && order.TaxMinor != 0) lines.Add(Line(tax, 1, Major(order.TaxMinor, order.Currency), "Tax"));
        var body = Head(order, order.Currency);
        body["entity"] = Reference(call.Access.Setting("customer"));
        body["otherRefNum"] = order.CustomerReference is { Length: > 45 } text ? text[..45] : order.CustomerReference;
        body["item"] = Sublist(lines);
        return await Upsert("salesOrder", order.ExternalId, body);
    }

    private JsonObject Cash(ErpMoney money)
    {
        var body = Head(money, money.Currency);
        body["entity"] = Reference(call.Access.Setting("customer"));
        var lines = new List<JsonObject>();
        string? tax = call.Access.Setting("taxItem") is { Length: > 0 } own ? own : null;
        lines.Add(Line(call.Access.Setting("saleItem")!, 1, Major(money.NetMinor, money.Currency), money.Memo));
        if (tax is not null && money.TaxMinor != 0) lines.Add(Line(tax, 1, Major(money.TaxMinor, money.Currency), "Tax"));
        body["item"] = Sublist(lines);
        return body;
    }

    /// <summary>Money that came: the provider owes it, sales and tax are earned. Money that went back: the other way round.</summary>
    private JsonObject Journal(ErpMoney money)
    {
        JsonObject line(string account, long minor, bool isDebit) => new()
        {
            ["account"] = Reference(call.Access.Setting(account)), [isDebit ? "debit" : "credit"] = Major(minor, money.Currency), ["memo"] = Short(money.Memo),
        };
        var lines = new List<JsonObject> { line("clearingAccount", money.AmountMinor, !money.IsRefund), line("salesAccount", money.NetMinor, money.IsRefund) };
        if (money.TaxMinor != 0) lines.Add(line("taxAccount", money.TaxMinor, money.IsRefund));
        var body = Head(money, money.Currency);
        body["line"] = Sublist(lines);
        return body;
    }

    private async Task<AdapterAnswer<ErpRecord>> Shipment(ErpShipment shipment)
    {
        if (call.Place(shipment.Place) is not { } location) return Unmapped(shipment.Place);
        var order = await Lines("salesOrder", $"eid:{shipment.Order}", "The sales order is not there yet.");
        if (order.Fault is { } fault) return fault;
        var places = await Match(order.Value.Lines, shipment.Lines);
        if (places.Fault is { } other) return other;
        var lines = new List<JsonObject>();
        foreach (var (own, there) in shipment.Lines.Zip(places.Value))
            lines.Add(own.Quantity > 0 ? new JsonObject { ["orderLine"] = there, ["itemReceive"] = true, ["quantity"] = own.Quantity, ["location"] = Reference(location) }
                : new JsonObject { ["orderLine"] = there, ["itemReceive"] = false });
        // What else the order has (postage, tax) goes with no parcel.
        foreach (var rest in order.Value.Lines.Skip(places.Value.Count)) lines.Add(new JsonObject { ["orderLine"] = rest.No, ["itemReceive"] = false });
        var body = Head(shipment, null);
        body["inventoryLocation"] = Reference(location);
        body["shipStatus"] = new JsonObject { ["id"] = "C" };
        body["item"] = Sublist(lines);
        if (shipment.Tracking is not null || shipment.WeightGrams is not null)
            body["package"] = Sublist([new JsonObject
            {
                ["packageTrackingNumber"] = shipment.Tracking, ["packageDescr"] = shipment.Carrier,
                ["packageWeight"] = shipment.WeightGrams is { } grams ? Math.Max(0.001m, grams / 1000m) : null,
            }.Tidy()]);
        return await Transform("salesOrder", order.Value.Id, "itemFulfillment", shipment.ExternalId, body);
    }

    private async Task<AdapterAnswer<ErpRecord>> Change(ErpChange change)
    {
        var order = await Lines("salesOrder", $"eid:{change.Order}", "The sales order is not there yet.");
        if (order.Fault is { } fault) return fault;
        var places = await Match(order.Value.Lines, change.Lines);
        if (places.Fault is { } other) return other;
        bool isNothingLeft = change.Lines.All(l => l.Quantity == 0);
        var lines = change.Lines.Zip(places.Value).Select(p => p.First.Quantity == 0 ? new JsonObject { ["line"] = p.Second, ["isClosed"] = true }
            : new JsonObject { ["line"] = p.Second, ["quantity"] = p.First.Quantity, ["isClosed"] = false }).ToList();
        lines.AddRange(order.Value.Lines.Skip(places.Value.Count).Where(l => l.IsClosed != isNothingLeft)
            .Select(l => new JsonObject { ["line"] = l.No, ["isClosed"] = isNothingLeft }));
        var said = await api.Send(call, HttpMethod.Patch, $"{Root}salesOrder/{order.Value.Id}", new JsonObject { ["item"] = Sublist(lines) });
        if (said.Fault is { } failed) return failed;
        return said.Value.IsOk ? new ErpRecord("salesOrder", order.Value.Id) : NetSuiteApi.Refusal(said.Value);
    }

    private async Task<AdapterAnswer<ErpRecord>> Purchase(ErpPurchaseOrder purchase)
    {
        if (Map(call.Access.Setting("vendors"))?.GetValueOrDefault(purchase.Supplier) is not { } vendor)
            return new AdapterFault(FaultKind.Refused, $"No vendor of NetSuite is given for {purchase.Supplier}: see the setting vendors.");
        var items = await Items(purchase.Lines.Select(l => l.Sku));
        if (items.Fault is { } fault) return fault;
        var body = Head(purchase, purchase.Currency);
        body["entity"] = Reference(vendor);
        body["item"] = Sublist([.. purchase.Lines.Select(l => new JsonObject
        {
            ["item"] = Reference(items.Value[l.Sku]), ["quantity"] = l.Quantity, ["rate"] = l.CostMinor is { } cost ? Major(cost, purchase.Currency) : null,
        }.Tidy())]);
        return await Upsert("purchaseOrder", purchase.ExternalId, body);
    }

    private async Task<AdapterAnswer<ErpRecord>> GoodsIn(ErpGoodsIn goods)
    {
        if (call.Place(goods.Place) is not { } location) return Unmapped(goods.Place);
        var found = await api.Query(call, NetSuiteQueries.PurchaseByNumber(goods.Purchase), 2);
        if (found.Fault is { } fault) return fault;
        if (found.Value.Rows is not [var only] || only.Say("id") is not { } id)
            return new AdapterFault(FaultKind.Refused, found.Value.Rows.Count == 0 ? $"NetSuite has no purchase order {goods.Purchase}."
                : $"NetSuite has several purchase orders {goods.Purchase}.");
        var order = await Lines("purchaseOrder", id, "The purchase order is gone.");
        if (order.Fault is { } broken) return broken;
        var items = await Items(goods.Units.Keys);
        if (items.Fault is { } unknown) return unknown;
        var left = goods.Units.ToDictionary(u => items.Value[u.Key], u => u.Value);
        var lines = new List<JsonObject>();
        foreach (var (line, i) in order.Value.Lines.Select((l, i) => (l, i)))
        {
            // Of several lines of one item the first is filled first; what is too much goes to the last.
            bool isLast = !order.Value.Lines.Skip(i + 1).Any(l => l.Item == line.Item);
            long wanted = left.GetValueOrDefault(line.Item), units = isLast ? wanted : Math.Min(wanted, line.Open);
            if (units > 0) left[line.Item] = wanted - units;
            lines.Add(units > 0 ? new JsonObject { ["orderLine"] = line.No, ["itemReceive"] = true, ["quantity"] = units, ["location"] = Reference(location) }
                : new JsonObject { ["orderLine"] = line.No, ["itemReceive"] = false });
        }
        if (left.FirstOrDefault(l => l.Value > 0) is { Key: { } over })
            return new AdapterFault(FaultKind.Refused, $"Purchase order {goods.Purchase} has no line of {items.Value.First(i => i.Value == over).Key}.");
        var body = Head(goods, null);
        body["item"] = Sublist(lines);
        return await Transform("purchaseOrder", order.Value.Id, "itemReceipt", goods.ExternalId, body);
    }

    private async Task<AdapterAnswer<ErpRecord>> Stock(ErpStockDifference stock)
    {
        if (call.Place(stock.Place) is not { } location) return Unmapped(stock.Place);
        if (call.Access.Setting("adjustmentAccount") is not { Length: > 0 } account)
            return new AdapterFault(FaultKind.Refused, "To book differences of stock, the setting adjustmentAccount is needed.");
        var items = await Items(stock.Units.Keys);
        if (items.Fault is { } fault) return fault;
        var body = Head(stock, null);
        body["account"] = Reference(account);
        body["adjLocation"] = Reference(location);
        body["inventory"] = Sublist([.. stock.Units.OrderBy(u => u.Key, StringComparer.Ordinal)
            .Select(u => new JsonObject { ["item"] = Reference(items.Value[u.Key]), ["location"] = Reference(location), ["adjustQtyBy"] = u.Value })]);
        return await Upsert("inventoryAdjustment", stock.ExternalId, body);
    }

    private sealed record There(int No, string Item, long Open, bool IsClosed);

    /// <summary>The lines of an order as NetSuite has them.</summary>
    private async Task<AdapterAnswer<(string Id, List<There> Lines)>> Lines(string type, string id, string missing)
    {
        var said = await api.Send(call, HttpMethod.Get, $"{Root}{type}/{id}?expandSubResources=true");
        if (said.Fault is { } fault) return fault;
        if (said.Value.Status == 404) return new AdapterFault(FaultKind.Refused, missing);
        if (!said.Value.IsOk) return NetSuiteApi.Refusal(said.Value);
        var json = said.Value.Json();
        if (json.Fault is { } broken) return broken;
        var lines = json.Value.Each("item", "items").Where(l => l.Whole("line") is not null && l.Say("item", "id") is not null)
            .Select(l => new There(l.Whole("line")!.Value, l.Say("item", "id")!, Math.Max(0, (l.Whole("quantity") ?? 0) - (l.Whole("quantityReceived") ?? 0)), l.Is("isClosed")))
            .OrderBy(l => l.No).ToList();
        return json.Value.Say("id") is { Length: > 0 } own && lines.Count > 0 ? (own, lines) : new AdapterFault(FaultKind.Malformed, "An order without lines was answered.");
    }

    /// <summary>NetSuite's numbers of our lines, which were posted first and in this order.</summary>
    private async Task<AdapterAnswer<List<int>>> Match(List<There> there, IReadOnlyList<ErpUnits> ours)
    {
        var items = await Items(ours.Where(l => l.Sku is not null).Select(l => l.Sku!));
        if (items.Fault is { } fault) return fault;
        if (there.Count < ours.Count || ours.Zip(there).Any(p => p.First.Sku is { } sku && items.Value[sku] != p.Second.Item))
            return new AdapterFault(FaultKind.Refused, "Somebody changed the lines of the sales order in NetSuite; they are no longer ours. Book it there by hand.");
        return there.Take(ours.Count).Select(l => l.No).ToList();
    }

    /// <summary>NetSuite's ids of items by our SKU.</summary>
    private async Task<AdapterAnswer<Dictionary<string, string>>> Items(IEnumerable<string> skus)
    {
        var wanted = skus.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var some in wanted.Chunk(200))
        {
            var said = await api.Query(call, NetSuiteQueries.ItemIds(some), 1000);
            if (said.Fault is { } fault) return fault;
            foreach (var row in said.Value.Rows.Where(r => r.Say("id") is not null && r.Say("itemid") is not null)) found.TryAdd(row.Say("itemid")!, row.Say("id")!);
        }
        return wanted.Find(s => !found.ContainsKey(s)) is { } missing ? new AdapterFault(FaultKind.Refused, $"NetSuite has no item {missing}.") : found;
    }
}
