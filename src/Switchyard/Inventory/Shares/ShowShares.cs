using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Inventory;

/// <summary>What each channel may sell now: with the rules as they are, and with one that is thought of.</summary>
public static class ShowShares
{
    private const int MostSkus = 50;

    /// <summary>One part of a rule, or the rest (its name is null).</summary>
    /// <param name="Cap">Units it may have of all there is and was since the rule began.</param>
    /// <param name="Used">Units that its orders and carts hold, and what it has sold.</param>
    /// <param name="Left">Units it may still sell, as long as they are there.</param>
    public sealed record PartFigure(string? Name, long Cap, long Used, long Left);

    /// <param name="Part">The part that an order of the channel belongs to, of a customer without tags; null for the rest, or where nothing is divided.</param>
    /// <param name="Sellable">Units that may be promised to an order of this channel now, from the nodes that serve it.</param>
    public sealed record ChannelFigure(string Channel, string? Part, long Buffer, long Sellable);

    /// <param name="Rule">The rule that divides it; null when none does.</param>
    public sealed record SkuFigures(string Object, string Sku, string? Rule, IReadOnlyList<PartFigure> Parts, IReadOnlyList<ChannelFigure> Channels);

    public sealed record PreviewRequest(ShareBody? Rule, IReadOnlyList<string?>? Skus);
    public sealed record PreviewAnswer(string Object, IReadOnlyList<SkuFigures> Skus);

    private sealed record Rooms(Db Db, NetworkReader Network, CatalogReader Catalog, TimeProvider Clock);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/inventory/{sku}/channels", async (string sku, Db db, NetworkReader network, CatalogReader catalog, TimeProvider clock, Actor actor) =>
                (await Figures(sku, new Rooms(db, network, catalog, clock), actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("inventory.channels").WithSummary("What each channel may sell of a SKU").WithTags("Inventory").Produces<SkuFigures>().ProducesProblem(404);
        routes.MapPost("/inventory/shares/preview", async (PreviewRequest body, Db db, NetworkReader network, CatalogReader catalog, TimeProvider clock, Actor actor) =>
                (await Preview(body, new Rooms(db, network, catalog, clock), actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("shares.preview").WithSummary("What each channel could sell if stock were divided so").WithTags("Inventory")
            .WithDescription("The rule is counted as if it began now, before every other.").Produces<PreviewAnswer>().ProducesProblem(400);
    }

    private static async Task<Result<SkuFigures>> Figures(string sku, Rooms rooms, Actor actor)
    {
        if (!Text.IsStorable(sku)) return StockErrors.NoSuchSku(sku);
        var network = await FreshNetwork.Read(rooms.Db, rooms.Network, actor);
        var items = await rooms.Catalog.FindSkus(actor.Merchant, [Text.Key(sku)]);
        if (!items.TryGetValue(Text.Key(sku), out var item) || item.Kind != ItemKind.Goods) return StockErrors.NoSuchSku(sku);
        return (await Read(rooms, actor, network, [item]))[0];
    }

    private static async Task<Result<PreviewAnswer>> Preview(PreviewRequest body, Rooms rooms, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Skus is { Count: > 0 and <= MostSkus }, "/skus", "field.out_of_range", $"Send 1 to {MostSkus} SKUs.");
        foreach (var (i, sku) in (body.Skus ?? []).Take(MostSkus).Index()) checks.Text(sku, $"/skus/{i}", 200, required: true);
        if (body.Rule is not { } wish) checks.Fault("/rule", "field.required", "rule is required.");
        else if (checks.AnyFault is false) body = body with { Rule = Under(checks, wish) };
        if (checks.AnyFault) return checks.ToError();
        var network = await FreshNetwork.Read(rooms.Db, rooms.Network, actor);
        if (await rooms.Db.Read(actor, work => WriteShare.Unknown(work, body.Rule!)) is { } unknown)
            return unknown with { Fields = [.. unknown.Fields.Select(f => f with { Pointer = "/rule" + f.Pointer })] };
        var items = await rooms.Catalog.FindSkus(actor.Merchant, [.. body.Skus!.Select(s => Text.Key(s!)).Distinct()]);
        foreach (var (i, sku) in body.Skus!.Index())
            checks.That(items.TryGetValue(Text.Key(sku!), out var item) && item.Kind == ItemKind.Goods, $"/skus/{i}", StockErrors.UnknownSku, $"There is no product {sku} of which stock is kept.");
        if (checks.AnyFault) return checks.ToError();
        var rule = ShareSql.Ready("", long.MaxValue, body.Rule!, [.. network.Channels.Values]);
        return new PreviewAnswer("sharePreview", await Read(rooms, actor, network, [.. body.Skus!.Select(s => items[Text.Key(s!)]).DistinctBy(i => i.Id)], rule));
    }

    private static ShareBody Under(Checks checks, ShareBody wish)
    {
        var inner = new Checks();
        wish = WriteShare.Check(wish, inner);
        if (inner.AnyFault) foreach (var fault in inner.ToError().Fields) checks.Fault("/rule" + fault.Pointer, fault.Code, fault.Detail);
        return wish;
    }

    /// <param name="thought">A rule that is asked before those that are stored.</param>
    private static Task<List<SkuFigures>> Read(Rooms rooms, Actor actor, MerchantSettings network, IReadOnlyList<CatalogItem> items, ShareRule? thought = null) =>
        rooms.Db.Read(actor, async work =>
        {
            var now = rooms.Clock.GetUtcNow();
            var batch = work.Batch();
            var limits = SaleView.Queue(batch, network, [.. items.Select(i => i.Id)], now, thought);
            var supplyOf = SupplyReader.Queue(batch, [.. items.Select(i => i.Id)], now, limits);
            await batch.Run();
            return items.Select(Of).ToList();

            SkuFigures Of(CatalogItem item)
            {
                long nowMs = now.ToUnixTimeMilliseconds();
                var (rule, count) = (limits.RuleOf(item.Id), supplyOf(item.Id, network.NodesById.Keys.ToHashSet()).Share?.Invoke(nowMs));
                PartFigure[] parts = rule is null || count is null ? [] : [.. rule.Parts.Select((p, i) => Part(p.Name, i)), Part(null, rule.Parts.Count)];
                return new SkuFigures("channelStock", item.Sku, rule is null ? null : rule == thought ? "" : rule.Code, parts,
                    [.. network.Channels.Values.OrderBy(c => c.Code, StringComparer.Ordinal).Select(channel =>
                    {
                        var to = new SoldTo(channel.Id, []);
                        var serving = network.Nodes.Where(n => n.IsForSale && actor.MaySeeNode(n.Id) && !channel.ExcludedNodeKinds.Contains(n.Kind)).Select(n => n.Id).ToHashSet();
                        int at = rule?.PartOf(to) ?? 0;
                        return new ChannelFigure(channel.Code, rule is null || at == rule.Parts.Count ? null : rule.Parts[at].Name, channel.Buffer,
                            Atp.InNetwork(supplyOf(item.Id, serving) with { To = to }, channel.Buffer, nowMs));
                    })]);

                PartFigure Part(string? name, int i) => new(name, count!.Cap(i), count.Used(i), count.Room(i));
            }
        }, snapshot: true);
}
