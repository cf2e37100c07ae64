using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Inventory;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Documents;

/// <summary>Gathers what documents about releases say: the release, its order, its goods, where it comes from and goes to.</summary>
internal static class PaperData
{
    /// <summary>What one document says, its language, and where on the walk through the node its first goods lie.</summary>
    internal sealed record Paper(JsonObject Data, string Language, long? Node, string NodeCode, long WalkOrder, string Number);

    private sealed record Goods(long Weight, string? HsCode, string? Origin);
    private sealed record From(long Id, string Name, JsonNode? Address, string? Country, string? Postcode);
    private sealed record Spot(string Bin, long Walk, long Quantity);

    /// <returns>In the order asked for; what the actor may not see, or is not there, is left out.</returns>
    public static async Task<List<(FulfilmentId Id, Paper Paper)>> Releases(Work work, Actor actor, IReadOnlyList<FulfilmentId> ids, DocumentKind kind, SenderSettings.Body sender, DateTimeOffset now)
    {
        var releases = await FulfilmentRoom.ByIds(work, actor, ids);
        if (releases.Count == 0) return [];
        var orders = (await FindOrder.Read(work, actor with { Nodes = null }, [.. releases.Select(r => r.Order).Distinct()], withPlan: false)).ToDictionary(o => o.Id);
        string[] skus = [.. releases.SelectMany(r => r.Lines).Select(l => Text.Key(l.Sku)).Distinct()];
        var goods = (await work.Query("select sku_key, weight_grams, hs_code, origin_country from products where merchant_id = @merchant and sku_key = any(@skus)",
            row => (Key: row.Text(), Goods: new Goods(row.Long(), row.TextOrNull(), row.TextOrNull())), ("skus", skus))).ToDictionary(g => g.Key, g => g.Goods);
        var nodes = (await work.Query("select n.code, n.id, n.name, n.address, n.country, n.postcode from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant",
            row => (Code: row.Text(), From: new From(row.Long(), row.Text(), JsonNode.Parse(row.Text()), row.TextOrNull(), row.TextOrNull())))).ToDictionary(n => n.Code, n => n.From);
        var spots = (await work.Query(
            $"""
            select b.node_id, p.sku_key, b.code, b.walk_order, s.quantity from bin_stock s join bins b on b.id = s.bin_id join products p on p.id = s.sku_id
             where s.merchant_id = @merchant and p.sku_key = any(@skus) and s.quantity > 0 and b.code not in {PickedBins.NoPlaces} order by b.is_bulk, b.walk_order, b.code
            """, row => (Node: row.Long(), Sku: row.Text(), Spot: new Spot(row.Text(), row.Long(), row.Long())), ("skus", skus))).ToLookup(s => (s.Node, s.Sku), s => s.Spot);
        var tracked = await TrackedGoods.Of(work, [.. releases.Select(r => r.Id)]);
        Guid[] customers = [.. orders.Values.Select(o => o.Customer?.Id?.Value).OfType<Guid>().Distinct()];
        var languages = (await work.Query("select c.id, c.details from @rows r join customers c on c.id = r.id where c.merchant_id = @merchant", Rows.Of(customers).Uuid("id", c => c),
            row => (Id: row.Uuid(), Details: row.TextOrNull())))
            .ToDictionary(c => c.Id, c => c.Details is { } json ? (string?)JsonNode.Parse(json)?["language"] : null);
        string merchant = (await work.Query("select name from merchants where id = @merchant", row => row.Text()))[0];
        return [.. releases.Where(r => orders.ContainsKey(r.Order)).Select(r =>
        {
            var order = orders[r.Order];
            var node = nodes.GetValueOrDefault(r.Node);
            string? said = order.Customer?.Id is { } customer ? languages.GetValueOrDefault(customer.Value) : null;
            var data = new JsonObject
            {
                ["currency"] = order.Currency, ["today"] = now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                ["sender"] = Sender(sender, merchant), ["node"] = new JsonObject { ["code"] = r.Node, ["name"] = node?.Name ?? r.Node },
                ["from"] = sender.Address is { } own ? AsJson(own) : Place(node), ["returnTo"] = AsJson(sender.ReturnTo ?? sender.Address) ?? Place(node),
                ["to"] = AsJson(order.ShippingAddress) ?? new JsonObject { ["name"] = order.Customer?.Name }, ["billTo"] = AsJson(order.BillingAddress),
                ["release"] = new JsonObject { ["id"] = r.Id.ToString(), ["number"] = r.Number, ["shipBy"] = r.ShipBy?.ToString("O"), ["mustStop"] = r.MustStop, ["method"] = r.Method },
                ["order"] = OrderOf(order), ["lines"] = new JsonArray([.. r.Lines.Where(l => l.Quantity > l.Short + l.Rejected + l.Cancelled).Select(l => LineOf(r, l, order, goods, node is null ? [] : spots[(node.Id, Text.Key(l.Sku))], tracked))]),
                ["packages"] = Packages(r, goods, tracked),
            };
            if (kind.IsCustoms) data["customs"] = CustomsData.Of(r, order, goods.ToDictionary(g => g.Key, g => (g.Value.Weight, g.Value.HsCode, g.Value.Origin)), tracked, sender, merchant);
            if (!actor.May(Permission.PricesRead) && !kind.IsCustoms) HidePrices.TakeOut(data);
            long walk = node is null ? 0 : r.Lines.SelectMany(l => spots[(node.Id, Text.Key(l.Sku))].Take(1)).Select(s => s.Walk).DefaultIfEmpty(long.MaxValue).Min();
            return (r.Id, new Paper(data, DocumentLanguages.For(said, order.ShippingAddress?.Country), node?.Id, r.Node, walk, r.Number));
        })];
    }

    /// <summary>The paper of one package of a release: what is in it, and which of how many it is.</summary>
    public static Paper OfParcel(Paper paper, PackedParcel parcel)
    {
        var data = (JsonObject)paper.Data.DeepClone();
        var units = parcel.Lines.GroupBy(l => l.Line).ToDictionary(g => g.Key, g => g.Sum(l => l.Units));
        var lines = new JsonArray();
        foreach (var of in data["lines"]!.AsArray())
        {
            if (!units.TryGetValue((int)of!["line"]!, out long inside)) continue;
            var line = (JsonObject)of.DeepClone();
            line["quantity"] = inside;
            // Read into this parcel; where nobody read into any, a release of one parcel has in it what was picked.
            var read = (JsonObject)line["read"]!;
            if (read.Count > 0 || data["packages"]!.AsArray().Count > 1)
            {
                var own = read[parcel.Id.ToString()];
                (line["serials"], line["lots"]) = ((string?)own?["serials"], (string?)own?["lots"]);
            }
            lines.Add(line);
        }
        data["lines"] = lines;
        var box = data["packages"]!.AsArray().FirstOrDefault(p => (string?)p!["id"] == parcel.Id.ToString())?.DeepClone();
        data["packages"] = box is null ? [] : new JsonArray(box);
        data["package"] = box?.DeepClone();
        return paper with { Data = data };
    }

    /// <summary>One paper about several releases: the stops of a walk, or the parcels of a carrier.</summary>
    public static JsonObject Together(IReadOnlyList<Paper> papers)
    {
        var first = (JsonObject)papers[0].Data.DeepClone();
        var stops = papers.SelectMany(p => p.Data["lines"]!.AsArray().Where(l => (long)l!["toPick"]! > 0).SelectMany(l => l!["places"]!.AsArray().Select(place => (Paper: p, Line: l, Place: place!)))).ToList();
        first["stops"] = new JsonArray([.. stops.OrderBy(s => (long)s.Place["walk"]!).ThenBy(s => (string?)s.Place["bin"], StringComparer.Ordinal).ThenBy(s => (string?)s.Line["sku"], StringComparer.Ordinal)
            .Select(s => new JsonObject
            {
                ["bin"] = (string?)s.Place["bin"], ["sku"] = (string?)s.Line["sku"], ["name"] = (string?)s.Line["name"], ["quantity"] = (long)s.Place["take"]!,
                ["release"] = s.Paper.Number, ["details"] = s.Line["details"]!.DeepClone(),
            })]);
        first["releases"] = new JsonArray([.. papers.Select(p => new JsonObject { ["release"] = p.Data["release"]!.DeepClone(), ["order"] = new JsonObject { ["number"] = (string?)p.Data["order"]!["number"] } })]);
        var parcels = papers.SelectMany(p => p.Data["packages"]!.AsArray().Select(k => (Paper: p, Parcel: k!))).ToList();
        first["parcels"] = new JsonObject
        {
            ["count"] = parcels.Count, ["grams"] = parcels.Sum(p => (long?)p.Parcel["weightGrams"] ?? 0),
            ["list"] = new JsonArray([.. parcels.Select((p, i) => new JsonObject
            {
                ["number"] = i + 1, ["carrier"] = (string?)p.Parcel["carrier"], ["service"] = (string?)p.Parcel["service"], ["tracking"] = (string?)p.Parcel["tracking"],
                ["order"] = (string?)p.Paper.Data["order"]!["number"], ["postcode"] = (string?)p.Paper.Data["to"]!["postcode"], ["country"] = (string?)p.Paper.Data["to"]!["country"],
                ["weightGrams"] = (long?)p.Parcel["weightGrams"],
            })]),
        };
        return first;
    }

    internal static JsonObject Sender(SenderSettings.Body sender, string merchant)
    {
        var said = (JsonObject)JsonSerializer.SerializeToNode(sender, Json.Options)!;
        said["name"] = sender.Name ?? merchant;
        return said;
    }

    private static JsonNode? AsJson<T>(T? of) where T : class => of is null ? null : JsonSerializer.SerializeToNode(of, Json.Options);

    private static JsonObject Place(From? node)
    {
        var place = node?.Address?.DeepClone() as JsonObject ?? [];
        place["name"] ??= node?.Name;
        place["postcode"] ??= node?.Postcode;
        place["country"] ??= node?.Country;
        return place;
    }

    private static JsonObject OrderOf(OrderView order) => new()
    {
        ["number"] = order.Number, ["externalId"] = order.ExternalId, ["channel"] = order.Channel, ["method"] = order.Method, ["placedOn"] = order.PlacedAt.ToString("O"), ["customer"] = order.Customer?.Name,
        ["giftMessage"] = (string?)(order.Metadata?["giftMessage"] ?? order.Metadata?["gift_message"]), ["pricesIncludeTax"] = order.PricesIncludeTax,
        ["goodsMinor"] = order.GoodsMinor, ["discountMinor"] = order.DiscountMinor, ["chargesMinor"] = order.ChargesMinor, ["taxMinor"] = order.TaxMinor, ["totalMinor"] = order.TotalMinor, ["taxOwedBy"] = order.TaxOwedBy,
        ["paidMinor"] = order.CapturedMinor - order.RefundedMinor, ["dueMinor"] = order.DueMinor,
        ["lines"] = new JsonArray([.. order.Lines.Where(l => l.Kind != "component" && l.Quantity > l.Cancelled).Select(l => new JsonObject
        {
            ["sku"] = l.Sku, ["name"] = l.Name, ["quantity"] = l.Quantity, ["unitPriceMinor"] = l.UnitPriceMinor, ["discountMinor"] = l.DiscountMinor, ["taxPercent"] = l.TaxRate * 100, ["totalMinor"] = l.TotalMinor,
        })]),
    };

    private static JsonObject LineOf(FulfilmentView release, FulfilmentLineView line, OrderView order, Dictionary<string, Goods> goods, IEnumerable<Spot> spots, TrackedGoods tracked)
    {
        var of = order.Lines.FirstOrDefault(l => l.Line == line.Line);
        long left = line.Open;
        var places = new JsonArray();
        foreach (var spot in spots)
        {
            if (left <= 0) break;
            long take = Math.Min(left, spot.Quantity);
            left -= take;
            places.Add(new JsonObject { ["bin"] = spot.Bin, ["walk"] = spot.Walk, ["take"] = take });
        }
        if (left > 0) places.Add(new JsonObject { ["bin"] = "", ["walk"] = long.MaxValue, ["take"] = left });
        var details = of?.Metadata as JsonObject ?? [];
        var (serials, lots) = tracked.Of(release.Id, line.Line);
        var read = release.Packages.Select(p => (p.Id, Units: tracked.Of(release.Id, line.Line, p.Id))).Where(p => p.Units != (null, null))
            .Select(p => KeyValuePair.Create(p.Id.ToString(), (JsonNode?)new JsonObject { ["serials"] = p.Units.Serials, ["lots"] = p.Units.Lots }));
        var instead = of?.SubstituteFor is { } no ? order.Lines.FirstOrDefault(l => l.Line == no) : null;
        return new JsonObject
        {
            ["insteadOf"] = instead?.Name ?? instead?.Sku, ["serials"] = serials, ["lots"] = lots, ["read"] = new JsonObject(read), ["line"] = line.Line, ["sku"] = line.Sku, ["name"] = line.Name, ["quantity"] = line.Quantity - line.Short - line.Rejected - line.Cancelled, ["toPick"] = line.Open,
            ["unitPriceMinor"] = of?.UnitPriceMinor, ["totalMinor"] = of?.TotalMinor, ["weightGrams"] = goods.GetValueOrDefault(Text.Key(line.Sku))?.Weight, ["places"] = places,
            ["details"] = new JsonArray([.. details.Where(d => d.Value is JsonValue).Take(10).Select(d => new JsonObject { ["name"] = d.Key, ["value"] = d.Value!.ToString() })]),
        };
    }

    // What is not packed yet is one parcel to be.
    private static JsonArray Packages(FulfilmentView release, Dictionary<string, Goods> goods, TrackedGoods tracked)
    {
        var live = release.Packages.Where(p => p.State != "voided").ToList();
        if (live.Count == 0)
            return [new JsonObject { ["number"] = 1, ["of"] = 1, ["weightGrams"] = release.Lines.Sum(l => (goods.GetValueOrDefault(Text.Key(l.Sku))?.Weight ?? 0) * l.Quantity), ["carrier"] = null, ["service"] = release.Method }];
        return new JsonArray([.. live.Select((p, i) => new JsonObject
        {
            ["id"] = p.Id.ToString(), ["number"] = i + 1, ["of"] = live.Count, ["tracking"] = p.Tracking, ["carrier"] = p.Carrier, ["service"] = p.Service, ["sscc"] = tracked.Sscc(p.Id),
            ["weightGrams"] = p.WeightGrams ?? p.Lines.Sum(c => (goods.GetValueOrDefault(Text.Key(release.Lines.First(l => l.Line == c.Line).Sku))?.Weight ?? 0) * c.Quantity),
        })]);
    }
}
