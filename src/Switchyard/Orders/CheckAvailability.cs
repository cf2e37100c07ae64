using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Answers "can I have these, when, and what does it cost?" for a place, without taking anything.</summary>
public static class CheckAvailability
{
    public const int MostItems = 200, MostMethods = 20;
    private const int MostTries = 5;

    public sealed record Item(string? Sku, long? Quantity);
    public sealed record Place(string? Country, string? Postcode);
    public sealed record Request(IReadOnlyList<Item?>? Items, Place? Destination, IReadOnlyList<string?>? Methods, string? Channel);

    /// <param name="Available">Units that may be promised to that place now.</param>
    /// <param name="Earliest">From when the quantity asked for can be promised; null when not as far as is known.</param>
    public sealed record ItemAnswer(string Sku, long Quantity, long Available, DateTimeOffset? Earliest);

    /// <param name="Options">Ways to send everything now, cheapest first; none when something is short.</param>
    public sealed record Response(string Object, IReadOnlyList<DeliveryOption> Options, IReadOnlyList<ItemAnswer> Items);

    private sealed record Basket(MerchantSettings Network, Channels.ChannelSettings? Channel, IReadOnlyList<CatalogItem> Products, IReadOnlyList<WantedUnits> Wanted);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/availability", async (Request body, Db db, NetworkReader network, CatalogReader catalog, TimeProvider clock, Actor actor) =>
                (await Handle(body, db, network, catalog, clock, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("availability.check").WithSummary("Ask what can be delivered where, when and for what cost").WithTags("Inventory").Produces<Response>().ProducesProblem(400);

    public static async Task<Result<Response>> Handle(Request body, Db db, NetworkReader network, CatalogReader catalog, TimeProvider clock, Actor actor)
    {
        if (Check(body) is { } malformed) return malformed;
        for (int attempt = 1; ; attempt++)
        {
            var settings = await network.Settings(actor.Merchant);
            var found = await catalog.FindSkus(actor.Merchant, [.. body.Items!.Select(i => Text.Key(i!.Sku!)).Distinct()]);
            var checks = new Checks();
            var basket = Assemble(body, settings, found, checks);
            var now = clock.GetUtcNow();
            long version = 0;
            var supplyOf = await db.Read(actor, async work =>
            {
                var batch = work.Batch();                                    // one trip, whatever the number of SKUs
                var versions = batch.Query("select version from catalog_versions where merchant_id = @merchant", row => row.Long());
                var supply = SupplyReader.Queue(batch, [.. basket.Wanted.Select(w => w.SkuId).Distinct()], now);
                await batch.Run();
                version = versions.Single();
                return supply;
            });
            if (version != settings.Version && attempt < MostTries) { await network.Refresh(actor.Merchant); continue; }
            return checks.AnyFault ? checks.ToError() : Answer(body, basket, supplyOf, actor, now);
        }
    }

    private static Error? Check(Request body)
    {
        var checks = new Checks();
        checks.That(body.Items is { Count: > 0 and <= MostItems }, "/items", "field.out_of_range", $"Send 1 to {MostItems} items.");
        for (int i = 0; i < Math.Min(body.Items?.Count ?? 0, MostItems); i++)
        {
            if (body.Items![i] is not { } item) { checks.Fault($"/items/{i}", "field.required", "An item may not be null."); continue; }
            checks.Text(item.Sku, $"/items/{i}/sku", 200, required: true);
            if (item.Quantity is { } quantity) checks.Quantity(quantity, $"/items/{i}/quantity");
            else checks.Fault($"/items/{i}/quantity", "field.required", "quantity is required.");
        }
        checks.That(body.Destination is not null, "/destination", "field.required", "destination is required.");
        checks.Text(body.Destination?.Country, "/destination/country", 2, required: body.Destination is not null);
        checks.Text(body.Destination?.Postcode, "/destination/postcode", 20);
        checks.Text(body.Channel, "/channel", 64);
        checks.That(body.Methods is null or { Count: > 0 and <= MostMethods }, "/methods", "field.out_of_range", $"Send 1 to {MostMethods} methods, or none to see all.");
        for (int i = 0; i < Math.Min(body.Methods?.Count ?? 0, MostMethods); i++) checks.Text(body.Methods![i], $"/methods/{i}", 64, required: true);
        return checks.AnyFault ? checks.ToError() : null;
    }

    private static Basket Assemble(Request body, MerchantSettings settings, IReadOnlyDictionary<string, CatalogItem> found, Checks checks)
    {
        var channel = body.Channel is null ? null : settings.Channels.GetValueOrDefault(Text.Key(body.Channel));
        checks.That(body.Channel is null || channel is not null, "/channel", "orders.unknown_channel", $"There is no channel {body.Channel}.");
        var products = new List<CatalogItem>();
        var wanted = new List<WantedUnits>();
        for (int i = 0; i < body.Items!.Count; i++)
        {
            long quantity = body.Items[i]!.Quantity!.Value;
            if (!found.TryGetValue(Text.Key(body.Items[i]!.Sku!), out var product))
            {
                checks.Fault($"/items/{i}/sku", "orders.unknown_sku", $"There is no product {body.Items[i]!.Sku}.");
                continue;
            }
            products.Add(product);
            if (product.Kind == ItemKind.Goods) wanted.Add(new WantedUnits(i, product.Id, product.Sku, quantity, product.WeightGrams));
            foreach (var part in product.Components)
            {
                checks.That(part.Quantity <= Checks.MaxQuantity / quantity, $"/items/{i}/quantity", "field.out_of_range", "The bundle's components would be too many.");
                wanted.Add(new WantedUnits(i, part.SkuId, part.Sku, unchecked(quantity * part.Quantity), part.WeightGrams));
            }
        }
        return new Basket(settings, channel, products, wanted);
    }

    private static Response Answer(Request body, Basket basket, Func<long, IReadOnlySet<long>, SkuSupply> supplyOf, Actor actor, DateTimeOffset now)
    {
        var (country, postcode) = (body.Destination!.Country!.ToUpperInvariant(), body.Destination.Postcode);
        bool isPriced = basket.Network.Nodes.Any(n => basket.Network.HasLanes(n.Id));        // until there is a lane any method will do
        var methods = body.Methods?.Select(m => m!).Distinct().Where(m => !isPriced || basket.Network.KnowsMethod(m)).ToList()
            ?? DeliveryOptions.Methods(basket.Network, country, postcode);
        var excluded = basket.Channel?.ExcludedNodeKinds ?? [];
        var routes = methods.Select(m => (Method: m, Nodes: OrderRoutes.Between(basket.Network, excluded, country, postcode, m).Where(n => actor.MaySeeNode(n.Node.Id)).ToList())).ToList();
        var serving = routes.SelectMany(r => r.Nodes).Select(n => n.Node.Id).ToHashSet();
        var supplies = basket.Wanted.Select(w => w.SkuId).Distinct().ToDictionary(sku => sku, sku => supplyOf(sku, serving));
        long nowMs = now.ToUnixTimeMilliseconds(), buffer = basket.Channel?.Buffer ?? 0;

        bool isShort = basket.Wanted.GroupBy(w => w.SkuId).Any(g => Atp.InNetwork(supplies[g.Key], buffer, nowMs) < g.Sum(w => w.Quantity));
        var at = supplies.SelectMany(s => s.Value.Nodes.Select(n => (Key: (s.Key, n.Node), Units: Math.Max(0, Atp.AtNode(n, nowMs))))).ToDictionary(a => a.Key, a => a.Units);
        var options = isShort ? [] : routes.Select(r => DeliveryOptions.Of(r.Method, basket.Wanted, r.Nodes, (sku, node) => at.GetValueOrDefault((sku, node)),
                basket.Channel?.SplitPenaltyMinor ?? 0, basket.Network.BaseCurrency, (basket.Channel is { } channel ? OrderAssembly.GraceUntil(channel, r.Method, now) : null) ?? now))
            .OfType<DeliveryOption>().OrderBy(o => o.CostMinor).ThenBy(o => o.DeliverBy).ThenBy(o => o.Method, StringComparer.Ordinal).ToList();
        return new Response("availability", options, [.. basket.Products.Select((p, i) => AnswerItem(p, body.Items![i]!.Quantity!.Value, supplies, buffer, nowMs))]);
    }

    private static ItemAnswer AnswerItem(CatalogItem product, long quantity, Dictionary<long, SkuSupply> supplies, long buffer, long nowMs)
    {
        if (product.Kind == ItemKind.Charge) return new ItemAnswer(product.Sku, quantity, quantity, DateTimeOffset.FromUnixTimeMilliseconds(nowMs));
        IReadOnlyList<BundlePart> parts = [.. product.Components.Select(c => new BundlePart(supplies[c.SkuId], c.Quantity))];
        Func<long, long> promisable = product.Kind == ItemKind.Bundle ? t => Atp.OfBundle(parts, buffer, t) : t => Atp.InNetwork(supplies[product.Id], buffer, t);
        long? earliest = Atp.Earliest(product.Kind == ItemKind.Bundle ? parts.Select(p => p.Supply) : [supplies[product.Id]], nowMs, promisable, quantity);
        return new ItemAnswer(product.Sku, quantity, promisable(nowMs), earliest is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null);
    }
}
