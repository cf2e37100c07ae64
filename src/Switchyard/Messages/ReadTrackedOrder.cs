using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Documents;
using Switchyard.Fulfilment;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Shipping;

namespace Switchyard.Messages;

/// <summary>Reads an order as its customer may see it.</summary>
internal static class ReadTrackedOrder
{
    private sealed record Node(string Name, JsonNode? Address, string? Postcode, string Zone);

    public static async Task<TrackedOrder?> Load(Work work, OrderId id, DateTimeOffset now)
    {
        var house = Actor.House("system:messages", work.Merchant);
        if ((await FindOrder.Read(work, house, [id], withPlan: false)).FirstOrDefault() is not { } order) return null;
        var releases = await FulfilmentRoom.Of(work, house, [id]);
        var news = (await ParcelNews.Of(work, id)).ToDictionary(n => n.Package);
        var batch = work.Batch();
        var nodes = batch.Query("select n.code, n.name, n.address, n.postcode, n.time_zone from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and n.code = any(@codes)",
            row => (Code: row.Text(), Node: new Node(row.Text(), JsonNode.Parse(row.Text()), row.TextOrNull(), row.Text())),
            ("codes", releases.Select(r => r.Node).Concat(order.Lines.SelectMany(l => l.Allocations).Select(a => a.Node)).Append(order.CollectAt ?? "").Distinct().ToArray()));
        var said = batch.Query("select c.details from customers c where c.merchant_id = @merchant and c.id = @customer", row => row.TextOrNull(), ("customer", order.Customer?.Id?.Value ?? Guid.Empty));
        var told = batch.Query("select count(*) from messages where merchant_id = @merchant and order_id = @order and kind = 'delayed' and state <> 'skipped'", row => row.Long(), ("order", id.Value));
        await batch.Run();
        var at = nodes.ToDictionary(n => n.Code, n => n.Node);
        string? language = said.FirstOrDefault() is { } json ? (string?)JsonNode.Parse(json)?["language"] : null;
        var node = releases.Select(r => r.Node).Append(order.CollectAt).OfType<string>().Concat(at.Keys).Select(c => at.GetValueOrDefault(c)).FirstOrDefault(n => n is not null);
        string zone = node?.Zone ?? "UTC";
        var names = Names(order, DocumentLanguages.For(language, order.ShippingAddress?.Country));
        var parcels = Parcels(names, releases, news, at);
        bool isCollect = order.CollectAt is not null || parcels.Count > 0 && parcels.All(p => p.CollectAt is not null);
        bool hasEnded = order.Status is "delivered" or "closed" or "cancelled" or "expired";
        return new TrackedOrder(id, order.Number, order.Channel, order.Status, order.PlacedAt, hasEnded ? null : order.DeliverBy,
            !hasEnded && (told[0] > 0 || order.DeliverBy < now || parcels.Any(p => p.State is "exception" or "lost")), isCollect,
            order.Links.Any(l => l is ("split", "origin", _, _, _, _, _)), order.Customer?.Email, order.Customer?.Name ?? order.ShippingAddress?.Name,
            DocumentLanguages.For(language, order.ShippingAddress?.Country), zone, TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : TimeZoneInfo.Utc, parcels, Waiting(order, names, releases));
    }

    // Who gets another product is told in whose place it comes, wherever it is spoken of.
    private static Dictionary<int, string> Names(OrderView order, string language)
    {
        var plain = order.Lines.ToDictionary(l => l.Line, l => l.Name ?? l.Sku);
        return order.Lines.ToDictionary(l => l.Line, l => l.SubstituteFor is { } other && plain.TryGetValue(other, out string? ordered)
            ? MessageWords.Say("insteadOf", language, new JsonObject { ["name"] = plain[l.Line], ["other"] = ordered }) : plain[l.Line]);
    }

    private static List<TrackedParcel> Parcels(Dictionary<int, string> names, IReadOnlyList<FulfilmentView> releases, Dictionary<PackageId, ParcelNews> news, Dictionary<string, Node> nodes)
    {
        var found = new List<TrackedParcel>();
        foreach (var release in releases)
        {
            if (release.State == "readyForPickup")
                found.Add(new TrackedParcel(release.Id.ToString(), 0, null, release.State, null, null, null, null, Place(nodes.GetValueOrDefault(release.Node), release.Node),
                    [.. release.Lines.Where(l => l.Picked > 0).Select(l => new TrackedItem(names.GetValueOrDefault(l.Line, l.Sku), l.Picked))], [new TrackedNote("status-readyForPickup", null, release.UpdatedAt)]));
            foreach (var package in release.Packages.Where(p => p.State != "voided"))
            {
                var shipment = release.Shipments.FirstOrDefault(s => s.Id == package.Shipment);
                bool isPickup = shipment?.IsPickup == true;
                var told = news.GetValueOrDefault(package.Id);
                var notes = (told?.Notes ?? []).Where(n => MessageWords.Has("scan-" + n.Kind)).Select(n => new TrackedNote("scan-" + n.Kind, n.Place, n.At)).ToList();
                // Where the carrier tells nothing, what we know ourselves stands.
                if (package.State == "delivered" && notes.All(n => n.Word != "scan-delivered")) notes.Insert(0, new TrackedNote(isPickup ? "parcel-collected" : "scan-delivered", null, package.StateAt));
                else if (notes.Count == 0 && shipment is not null && package.State is not ("manifested" or "labelled") && MessageWords.Has("scan-" + package.State)) notes.Add(new TrackedNote("scan-" + package.State, null, package.StateAt));
                if (shipment is not null && !isPickup) notes.Add(new TrackedNote("scan-shipped", null, shipment.ShippedAt));
                found.Add(new TrackedParcel(release.Id.ToString(), package.Package, shipment?.Shipment, isPickup && package.State == "delivered" ? "collected" : package.State, package.Carrier, package.Tracking,
                    told?.Url, Day(told?.Eta), isPickup ? Place(nodes.GetValueOrDefault(release.Node), release.Node) : null,
                    [.. package.Lines.Where(l => l.Quantity > 0).Select(l => new TrackedItem(names.GetValueOrDefault(l.Line, "–"), l.Quantity))], [.. notes.OrderByDescending(n => n.At)]));
            }
        }
        return found;
    }

    // It comes by the end of a day, which is the first instant of the next: the day that is told is the one before.
    private static DateTimeOffset? Day(DateTimeOffset? eta) => eta?.AddMilliseconds(-1);

    private static List<TrackedItem> Waiting(OrderView order, Dictionary<int, string> names, IReadOnlyList<FulfilmentView> releases)
    {
        var inParcels = releases.SelectMany(r => r.Packages.Where(p => p.State != "voided").SelectMany(p => p.Lines).Select(l => (l.Line, l.Quantity))
            .Concat(r.State == "readyForPickup" ? r.Lines.Select(l => (l.Line, Quantity: l.Picked)) : [])).ToLookup(l => l.Line, l => l.Quantity);
        return [.. order.Lines.Where(l => l.Kind is "goods" or "component").Select(l => new TrackedItem(names[l.Line], l.Quantity - l.Cancelled - l.Moved - inParcels[l.Line].Sum())).Where(i => i.Quantity > 0)];
    }

    private static TrackedPlace? Place(Node? node, string code)
    {
        if (node is null) return new TrackedPlace(code, []);
        string? Part(string name) => (string?)node.Address?[name] is { Length: > 0 } text ? text : null;
        string city = string.Join(' ', new[] { Part("postcode") ?? node.Postcode, Part("city") }.OfType<string>());
        return new TrackedPlace(node.Name, [.. new[] { Part("line1"), Part("line2"), city.Length > 0 ? city : null }.OfType<string>()]);
    }
}
