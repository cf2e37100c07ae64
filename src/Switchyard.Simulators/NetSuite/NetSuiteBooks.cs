using System.Globalization;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>A record of a simulated NetSuite: its body as it was given, and its lines with their numbers.</summary>
public sealed class NetSuiteRecord(string type, long id)
{
    public string Type { get; } = type;
    public long Id { get; } = id;
    public string? ExternalId { get; init; }
    public string Number { get; init; } = "";
    public JsonObject Body { get; set; } = [];
    public List<NetSuiteLine> Lines { get; } = [];
    public long? CreatedFrom { get; init; }
    public DateTimeOffset Changed { get; set; }

    /// <summary>The sum of its lines' amounts, or of a journal's debits.</summary>
    public decimal Total => Type == "journalEntry" ? Lines.Sum(l => l.Debit) : Lines.Sum(l => l.Amount);
}

public sealed class NetSuiteLine
{
    public int No { get; init; }
    public long Item { get; init; }
    public long Location { get; init; }
    public decimal Quantity { get; set; }
    public decimal Received { get; set; }
    public decimal Amount { get; init; }
    public decimal Debit { get; init; }
    public decimal Credit { get; init; }
    public bool IsClosed { get; set; }
    public DateOnly? Due { get; init; }
}

public sealed record NetSuiteItem(long Id, string Sku, string Name, bool IsInactive, DateTimeOffset Changed);

/// <summary>What a simulated NetSuite has: items, locations, levels and records. Called by one at a time.</summary>
public sealed class NetSuiteBooks(SimClock clock)
{
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["salesOrder"] = ["entity", "otherRefNum", "item"], ["cashSale"] = ["entity", "item"], ["cashRefund"] = ["entity", "item"], ["journalEntry"] = ["line"],
        ["purchaseOrder"] = ["entity", "item"],
        ["inventoryAdjustment"] = ["account", "adjLocation", "inventory"], ["itemFulfillment"] = ["inventoryLocation", "shipStatus", "item", "package"], ["itemReceipt"] = ["item"],
    };

    private long _next = 1000;

    public List<NetSuiteItem> Items { get; } = [];
    public Dictionary<long, string> Locations { get; } = new() { [1] = "Main", [2] = "Harbor 3PL" };
    public Dictionary<(long Item, long Location), decimal> Levels { get; } = [];
    public List<NetSuiteRecord> Records { get; } = [];

    public IEnumerable<NetSuiteRecord> Of(string type) => Records.Where(r => r.Type == type);

    public NetSuiteItem Item(string sku, string? name = null, bool isInactive = false)
    {
        var item = new NetSuiteItem(Items.Find(i => i.Sku == sku)?.Id ?? ++_next, sku, name ?? sku, isInactive, clock.GetUtcNow());
        Items.RemoveAll(i => i.Sku == sku);
        Items.Add(item);
        return item;
    }

    /// <summary>A purchase order that somebody wrote in NetSuite itself.</summary>
    public NetSuiteRecord Buy(string number, long location, params (string Sku, long Quantity)[] lines)
    {
        var order = new NetSuiteRecord("purchaseOrder", ++_next) { Number = number, Changed = clock.GetUtcNow() };
        foreach (var (sku, quantity) in lines)
        {
            long item = Items.First(i => i.Sku == sku).Id;
            order.Lines.Add(new NetSuiteLine { No = order.Lines.Count + 1, Item = item, Quantity = quantity, Location = location, Due = new DateOnly(2031, 1, 2) });
        }
        Records.Add(order);
        return order;
    }

    /// <summary>Goods that somebody booked in in NetSuite itself.</summary>
    public NetSuiteRecord Receive(NetSuiteRecord order, string number, params (int Line, long Quantity)[] lines)
    {
        var receipt = new NetSuiteRecord("itemReceipt", ++_next) { Number = number, CreatedFrom = order.Id, Changed = clock.GetUtcNow() };
        foreach (var (no, quantity) in lines)
        {
            var line = order.Lines.Single(l => l.No == no);
            line.Received += quantity;
            receipt.Lines.Add(new NetSuiteLine { No = no, Item = line.Item, Quantity = quantity, Location = line.Location });
        }
        order.Changed = clock.GetUtcNow();
        Records.Add(receipt);
        return receipt;
    }

    internal IResult Record(SimRequest request, string type, string id)
    {
        if (!Known.TryGetValue(type, out string[]? members)) return NetSuiteAnswer.Error(404, "Not Found", "INVALID_URL", $"Record type '{type}' does not exist.");
        string? external = id.StartsWith("eid:", StringComparison.Ordinal) ? id[4..] : null;
        var found = Records.Find(r => r.Type == type && (external is null ? Text(r.Id) == id : r.ExternalId == external));
        switch (request.Method)
        {
            case "GET":
                return found is null ? Missing() : NetSuiteAnswer.Json(Shown(found, request.Query("expandSubResources") == "true"));
            case "PUT" when external is not null:
                if (found is not null) { found.Changed = clock.GetUtcNow(); return Made(request, found); }
                return Make(request, type, external, members, null);
            case "PATCH" when found is not null:
                foreach (var line in Lines(request.Json, "item"))
                {
                    if (found.Lines.Find(l => l.No == (int?)line["line"]) is not { } own) return Invalid($"line {line["line"]} does not exist", "item.items");
                    if (line["isClosed"] is { } closed) own.IsClosed = (bool)closed;
                    if (line["quantity"] is { } quantity) own.Quantity = (decimal)quantity;
                }
                found.Changed = clock.GetUtcNow();
                return Made(request, found);
            default:
                return found is null ? Missing() : NetSuiteAnswer.Error(405, "Method Not Allowed", "INVALID_METHOD", "Method not allowed.");
        }
    }

    internal IResult Transform(SimRequest request, string type, string id, string target)
    {
        if (Records.Find(r => r.Type == type && Text(r.Id) == id) is not { } source) return Missing();
        if ((type, target) is not (("salesOrder", "itemFulfillment") or ("purchaseOrder", "itemReceipt"))) return Invalid($"{type} cannot be transformed into {target}.");
        if ((string?)request.Json?["externalId"] is { } external && Records.Exists(r => r.Type == target && r.ExternalId == external))
            return NetSuiteAnswer.Error(400, "Bad Request", "DUP_RCRD", "This record already exists.");
        if (target == "itemFulfillment" && request.Json?["inventoryLocation"]?["id"] is null) return Invalid("Please enter a value for inventoryLocation.");
        return Make(request, target, (string?)request.Json?["externalId"], Known[target], source);
    }

    private IResult Make(SimRequest request, string type, string? external, string[] members, NetSuiteRecord? source)
    {
        if (request.Json is not JsonObject body) return NetSuiteAnswer.Error(400, "Bad Request", "INVALID_CONTENT", "The body is no JSON.");
        string[] common = ["externalId", "tranDate", "memo", "currency", "subsidiary"];
        if (body.Select(m => m.Key).FirstOrDefault(k => !common.Contains(k) && !members.Contains(k)) is { } unknown)
            return Invalid($"Unknown reference or field: {unknown}", unknown);
        var record = new NetSuiteRecord(type, ++_next)
        {
            ExternalId = external, Number = $"{type[..2].ToUpperInvariant()}{_next}", Body = (JsonObject)body.DeepClone(), CreatedFrom = source?.Id, Changed = clock.GetUtcNow(),
        };
        foreach (var line in Lines(body, type switch { "journalEntry" => "line", "inventoryAdjustment" => "inventory", _ => "item" }))
            if ((source is null ? Own(record, line, type) : From(record, source, line)) is { } refusal) return refusal;
        if (record.Lines.Count == 0) return Invalid("You must enter at least one line item for this transaction.");
        if (type == "journalEntry" && record.Lines.Sum(l => l.Debit) != record.Lines.Sum(l => l.Credit)) return Invalid("The amounts in this journal entry are not balanced.");
        foreach (var line in record.Lines)
        {
            if (type == "inventoryAdjustment") Levels[(line.Item, line.Location)] = Levels.GetValueOrDefault((line.Item, line.Location)) + line.Quantity;
            if (type == "itemFulfillment") Levels[(line.Item, line.Location)] = Levels.GetValueOrDefault((line.Item, line.Location)) - line.Quantity;
            if (type == "itemReceipt") Levels[(line.Item, line.Location)] = Levels.GetValueOrDefault((line.Item, line.Location)) + line.Quantity;
            if (source is not null) source.Lines.Single(l => l.No == line.No).Received += line.Quantity;
        }
        Records.Add(record);
        return Made(request, record);
    }

    private IResult? Own(NetSuiteRecord record, JsonObject line, string type)
    {
        long item = (long?)Id(line["item"]) ?? 0;
        if (type != "journalEntry" && item is not (90 or 91 or 92) && !Items.Exists(i => i.Id == item))
            return Invalid($"You have entered an Invalid Field Value {item} for the following field: item", $"item.items[{record.Lines.Count}].item");
        record.Lines.Add(new NetSuiteLine
        {
            No = record.Lines.Count + 1, Item = item, Location = Id(line["location"]) ?? 0, Quantity = Number(line["quantity"]) ?? Number(line["adjustQtyBy"]) ?? 0,
            Amount = Number(line["amount"]) ?? 0,
            Debit = Number(line["debit"]) ?? 0, Credit = Number(line["credit"]) ?? 0,
        });
        return null;
    }

    private static IResult? From(NetSuiteRecord record, NetSuiteRecord source, JsonObject line)
    {
        if (source.Lines.Find(l => l.No == (int?)line["orderLine"]) is not { } ordered) return Invalid($"orderLine {line["orderLine"]} does not exist", "item.items");
        if ((bool?)line["itemReceive"] == false) return null;
        decimal quantity = Number(line["quantity"]) ?? ordered.Quantity - ordered.Received;
        if (record.Type == "itemFulfillment" && quantity > ordered.Quantity - ordered.Received) return Invalid("You may not fulfill more than was ordered.", "item.items");
        record.Lines.Add(new NetSuiteLine { No = ordered.No, Item = ordered.Item, Quantity = quantity, Location = Id(line["location"]) ?? ordered.Location });
        return null;
    }

    private static IResult Made(SimRequest request, NetSuiteRecord record)
    {
        request.Http.Response.Headers.Location = $"{request.Http.Request.Scheme}://{request.Http.Request.Host}/services/rest/record/v1/{record.Type}/{Text(record.Id)}";
        return Results.StatusCode(204);
    }

    private static JsonObject Shown(NetSuiteRecord record, bool isWhole)
    {
        var shown = new JsonObject { ["links"] = new JsonArray(), ["id"] = Text(record.Id), ["externalId"] = record.ExternalId, ["tranId"] = record.Number };
        if (isWhole)
            shown["item"] = new JsonObject
            {
                ["items"] = new JsonArray([.. record.Lines.Select(l => new JsonObject
                {
                    ["line"] = l.No, ["item"] = new JsonObject { ["id"] = Text(l.Item) }, ["quantity"] = l.Quantity, ["quantityReceived"] = l.Received, ["isClosed"] = l.IsClosed,
                })]),
            };
        return shown;
    }

    private static IEnumerable<JsonObject> Lines(JsonNode? body, string sublist) => (body?[sublist]?["items"] as JsonArray ?? []).OfType<JsonObject>();
    private static long? Id(JsonNode? reference) => long.TryParse((string?)reference?["id"], NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;
    private static decimal? Number(JsonNode? value) => value is null ? null : (decimal)value;
    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    private static IResult Missing() => NetSuiteAnswer.Error(404, "Not Found", "NONEXISTENT_ID", "The record instance does not exist. Provide a valid record instance ID.");
    private static IResult Invalid(string words, string? path = null) => NetSuiteAnswer.Error(400, "Bad Request", "INVALID_CONTENT",
        $"Error while accessing resource: {words}", path);
}
