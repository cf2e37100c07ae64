using System.Text.Json.Serialization;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Channels;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Answers "can I have these, when, and what does it cost?" for a place, without taking anything.</summary>
public static class CheckAvailability
{
    public const int MostItems = 200, MostMethods = 20;
    private const int MostTries = 5, MostSteps = 50;

    public sealed record Item(string? Sku, long? Quantity);
    public sealed record Place(string? Country, string? Postcode);
    public sealed record Request(IReadOnlyList<Item?>? Items, Place? Destination, IReadOnlyList<string?>? Methods, string? Channel);

    /// <param name="Available">Units that may be promised to that place now.</param>
    /// <param name="Earliest">From when the quantity asked for can be promised; null when not as far as is known.</param>
    public sealed record ItemAnswer(string Sku, long Quantity, long Available, DateTimeOffset? Earliest)
    {
        /// <summary>When how many of those asked for can be promised, of what is short: each step adds to those before.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyList<Step>? Steps { get; init; }
    }

    /// <param name="Quantity">Units that can be promised from then on that could not before.</param>
    public sealed record Step(DateTimeOffset At, long Quantity);

    /// <param name="Options">Ways to have everything now, cheapest first: sent, on the day, or collected; none when something is short.</param>
    public sealed record Response(string Object, IReadOnlyList<DeliveryOption> Options, IReadOnlyList<ItemAnswer> Items)
    {
        /// <summary>Of what is short: ways to have all of it, some of it later, where it may wait. An order placed now is told the same dates.</summary>
        public IReadOnlyList<LaterOption> Later { get; init; } = [];

        /// <summary>What is not offered, and why: methods that were asked for, stores, delivery on the day.</summary>
        public IReadOnlyList<NotOffered> NotOffered { get; init; } = [];
    }

    private sealed record Basket(MerchantSettings Network, Channels.ChannelSettings? Channel, IReadOnlyList<CatalogItem> Products, IReadOnlyList<WantedUnits> Wanted,
        IReadOnlyList<SkuPolicy> Policies);

    /// <summary>By which methods and from where things can go to a place.</summary>
    private sealed record Ways(IReadOnlyList<(string Method, IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes)> Nodes)> Routes, IReadOnlySet<long> Serving);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/availability", async (Request body, StockWatch stock, NetworkReader network, CatalogReader catalog, TimeProvider clock, Actor actor) =>
                (await Handle(body, stock, network, catalog, clock, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("availability.check").WithSummary("Ask what can be delivered where, when and for what cost").WithTags("Inventory").Produces<Response>().ProducesProblem(400);

    public static async Task<Result<Response>> Handle(Request body, StockWatch stock, NetworkReader network, CatalogReader catalog, TimeProvider clock, Actor actor)
    {
        if (Check(body) is { } malformed) return malformed;
        for (int attempt = 1; ; attempt++)
        {
            var settings = await network.Settings(actor.Merchant);
            var found = await catalog.FindSkus(actor.Merchant, [.. body.Items!.Select(i => Text.Key(i!.Sku!)).Distinct()]);
            var checks = new Checks();
            var basket = Assemble(body, settings, found, checks);
            var now = clock.GetUtcNow();
            var (version, supplies) = await stock.Read(actor.Merchant, [.. basket.Wanted.Select(w => w.SkuId).Distinct()]);
            if (version != settings.Version && attempt < MostTries) { await network.Refresh(actor.Merchant); continue; }
            var limits = await stock.Limits(settings, new SoldTo(basket.Channel?.Id ?? 0, []), [.. basket.Wanted.Select(w => w.SkuId).Distinct()], now);
            return checks.AnyFault ? checks.ToError() : Answer(body, basket, supplies, limits, actor, now);
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
        var policies = new List<SkuPolicy>();
        for (int i = 0; i < body.Items!.Count; i++)
        {
            long quantity = body.Items[i]!.Quantity!.Value;
            if (!found.TryGetValue(Text.Key(body.Items[i]!.Sku!), out var product))
            {
                checks.Fault($"/items/{i}/sku", "orders.unknown_sku", $"There is no product {body.Items[i]!.Sku}.");
                continue;
            }
            products.Add(product);
            if (product.Kind == ItemKind.Goods)
            {
                wanted.Add(new WantedUnits(i, product.Id, product.Sku, quantity, product.WeightGrams));
                policies.Add(product.Policy ?? SkuPolicy.None);
            }
            foreach (var part in product.Components)
            {
                checks.That(part.Quantity <= Checks.MaxQuantity / quantity, $"/items/{i}/quantity", "field.out_of_range", "The bundle's components would be too many.");
                wanted.Add(new WantedUnits(i, part.SkuId, part.Sku, unchecked(quantity * part.Quantity), part.WeightGrams));
                policies.Add(part.Policy ?? SkuPolicy.None);
            }
        }
        return new Basket(settings, channel, products, wanted, policies);
    }

    private static Response Answer(Request body, Basket basket, SupplyReader.Supplies known, SaleView? limits, Actor actor, DateTimeOffset now)
    {
        var (country, postcode) = (body.Destination!.Country!.ToUpperInvariant(), body.Destination.Postcode);
        var ways = WaysTo(basket, country, postcode, body.Methods, actor);
        var router = RoutingFacts.Of(basket.Channel?.Code, country, postcode, basket.Wanted, Worth(body, basket), basket.Network);
        long nowMs = now.ToUnixTimeMilliseconds(), buffer = basket.Channel?.Buffer ?? 0;
        var supplies = new Dictionary<long, SkuSupply>(basket.Wanted.Count);
        var serving = router is null ? ways.Serving : RoutedSupply.Serving(router, ways.Routes);
        foreach (var wanted in basket.Wanted) supplies.TryAdd(wanted.SkuId, known.Of(wanted.SkuId, serving, limits));

        var here = supplies.ToDictionary(s => s.Key, s => Atp.InNetwork(s.Value, buffer, nowMs));
        // What the strategy would not send is not there to whoever asks.
        if (router is not null) here = RoutedSupply.Capped(router, ways.Routes, basket.Wanted, ByNode(supplies, nowMs), here);
        bool isShort = basket.Wanted.GroupBy(w => w.SkuId).Any(g => here[g.Key] < g.Sum(w => w.Quantity));
        var at = isShort ? [] : ByNode(supplies, nowMs);
        var (options, left) = (new List<DeliveryOption>(), new List<NotOffered>());
        foreach (var (method, nodes) in ways.Routes)
        {
            var start = Start(basket, method, now);
            var option = isShort || !HasEnough(basket, nodes, at, buffer) ? null : DeliveryOptions.Of(method, basket.Wanted, nodes, at, basket.Channel?.SplitPenaltyMinor ?? 0, basket.Network, country, start,
                router?.With(router.Order with { Method = method }));
            if (method == DeliveryWays.SameDay && SameDayNodes(basket, actor) is { Count: > 0 } near)
            {
                (option, var why) = SameDayOptions.Of(basket.Network, option, near, country, postcode, start);
                left.AddRange(why);
            }
            else if (option is null && body.Methods is not null)
                left.Add(nodes.Count == 0 ? new NotOffered("ship", method, null, "no_service", "No node sends there by this method.")
                    : isShort ? new NotOffered("ship", method, null, "no_stock", "Something of it is short.") : new NotOffered("ship", method, null, "no_route", "Not all of it can be sent by this method."));
            if (option is not null) options.Add(option with { Charge = Charge(body, basket, method, country) });
        }
        foreach (string? unknown in (body.Methods ?? []).Where(m => !HoldRules.IsCollected(m) && !ways.Routes.Any(r => r.Method == m)).Distinct())
            left.Add(new NotOffered("ship", unknown, null, "no_service", "Nobody sends by this method."));
        if (body.Methods is null && SameDayNodes(basket, actor) is { Count: > 0 } far && !ways.Routes.Any(r => r.Method == DeliveryWays.SameDay))
            left.AddRange(SameDayOptions.Of(basket.Network, null, far, country, postcode, now).NotOffered);
        Collected(body, basket, known, limits, actor, country, postcode, now, options, left);
        options = [.. options.OrderBy(o => o.CostMinor).ThenBy(o => o.DeliverBy).ThenBy(o => o.Kind == "collect" ? o.DistanceKm ?? long.MaxValue : 0).ThenBy(o => o.Method, StringComparer.Ordinal)];
        List<LaterOption> later = !isShort ? [] : [.. ways.Routes.Where(r => r.Method != DeliveryWays.SameDay).Select(r => LaterOptions.Of(r.Method, [.. basket.Wanted.Zip(basket.Policies)],
            OrderRoutes.Asked(r.Nodes, basket.Network, basket.Channel, country, router?.With(router.Order with { Method = r.Method })), supplies,
            Enum.Parse<OnShort>(basket.Channel?.OnShort ?? "refuse", ignoreCase: true), basket.Channel?.OnShort == "refuse", now, Start(basket, r.Method, now)))
            .OfType<LaterOption>().OrderBy(o => o.DeliverBy).ThenBy(o => o.Method, StringComparer.Ordinal)];
        // Whoever asks is told something: an answer without any way says why.
        if (options.Count == 0 && later.Count == 0 && left.Count == 0)
            left.Add(isShort && ways.Serving.Count > 0 ? new NotOffered("ship", null, null, "no_stock", "Something of it is short, and may not wait.") : new NotOffered("ship", null, null, "no_service", "Nobody sends all of it there."));
        return new Response("availability", options, [.. basket.Products.Select((p, i) => AnswerItem(p, body.Items![i]!.Quantity!.Value, supplies, here, buffer, nowMs, router is not null))])
        {
            NotOffered = left,
            Later = later,
        };
    }

    /// <summary>Have those who send by a method enough between them? The channel's buffer stays with them, as placing has it.</summary>
    private static bool HasEnough(Basket basket, IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer>)> nodes, Dictionary<long, IReadOnlyDictionary<long, long>> at, long buffer) =>
        buffer == 0 || basket.Wanted.GroupBy(w => w.SkuId).All(g => nodes.Sum(n => at.GetValueOrDefault(n.Node.Id)?.GetValueOrDefault(g.Key) ?? 0) - buffer >= g.Sum(w => w.Quantity));

    private static DateTimeOffset Start(Basket basket, string? method, DateTimeOffset now) => (basket.Channel is { } channel ? OrderAssembly.GraceUntil(channel, method, now) : null) ?? now;

    private static List<NodeSettings> SameDayNodes(Basket basket, Actor actor)
    {
        var nodes = basket.Network.Once(nameof(SameDayNodes), () => basket.Network.Nodes.Where(n => n is { IsForSale: true, SameDay: not null }).ToList());
        return nodes.Count == 0 ? nodes : nodes.FindAll(n => actor.MaySeeNode(n.Id) && basket.Channel?.ExcludedNodeKinds.Contains(n.Kind) != true);
    }

    /// <summary>Stores at which all of it can be collected; looked for only where some offer it.</summary>
    private static void Collected(Request body, Basket basket, SupplyReader.Supplies known, SaleView? limits, Actor actor, string country, string? postcode, DateTimeOffset now, List<DeliveryOption> options,
        List<NotOffered> left)
    {
        if (body.Methods is not null && !body.Methods.Any(HoldRules.IsCollected) || basket.Wanted.Count == 0) return;
        var stores = basket.Network.Once(nameof(Collected), () => basket.Network.Nodes.Where(n => n is { IsForSale: true, Collect: not null }).ToList());
        if (stores.Count == 0) { if (body.Methods is not null) left.Add(new NotOffered("collect", DeliveryWays.Collect, null, "no_service", "Nothing can be collected anywhere.")); return; }
        long nowMs = now.ToUnixTimeMilliseconds();
        var found = CollectOptions.Of(basket.Network, basket.Wanted, stores.Where(s => actor.MaySeeNode(s.Id)),
            (node, sku) => Atp.InNetwork(known.Of(sku, new HashSet<long> { node }, limits), basket.Channel?.Buffer ?? 0, nowMs), country, postcode,
            Start(basket, DeliveryWays.Collect, now));
        options.AddRange(found.Options);
        left.AddRange(found.NotOffered);
    }

    /// <summary>By the list of charges; goods whose worth is not known are never worth enough.</summary>
    private static DeliveryPrice? Charge(Request body, Basket basket, string method, string country) =>
        DeliveryCharges.For(basket.Network.Delivery, method, basket.Network.BaseCurrency, country, basket.Channel?.Code) is { } line
            ? new DeliveryPrice(line.Of(Worth(body, basket) ?? -1), line.Currency, line.FreeFromMinor) : null;

    /// <summary>What the basket is worth at list prices; null when one is not known.</summary>
    private static long? Worth(Request body, Basket basket)
    {
        long worth = 0;
        foreach (var (i, product) in basket.Products.Index())
        {
            if (!product.Prices.TryGetValue(basket.Network.BaseCurrency, out long price)) return null;
            worth = (long)Int128.Min((Int128)price * body.Items![i]!.Quantity!.Value + worth, Money.MaxMinor);
        }
        return worth;
    }

    /// <summary>The methods that were asked for, or all there are, and who sends by them. It follows from the settings alone unless something narrows it.</summary>
    private static Ways WaysTo(Basket basket, string country, string? postcode, IReadOnlyList<string?>? asked, Actor actor)
    {
        var (network, excluded) = (basket.Network, basket.Channel?.ExcludedNodeKinds ?? []);
        return asked is null && actor.Nodes is null ? network.Once((nameof(Ways), network.PlaceOf(country, postcode), string.Join(',', excluded)), Find) : Find();

        Ways Find()
        {
            bool isPriced = network.Nodes.Any(n => network.HasLanes(n.Id));        // until there is a lane any method will do
            var methods = asked?.Select(m => m!).Distinct().Where(m => network.KnowsMethod(m) || !isPriced && !HoldRules.IsCollected(m)).ToList() ?? DeliveryOptions.Methods(network, country, postcode);
            var routes = methods.Select(m => (m, (IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer>)>)
                [.. OrderRoutes.Between(network, excluded, country, postcode, m).Where(n => actor.MaySeeNode(n.Node.Id))])).ToList();
            return new Ways(routes, routes.SelectMany(r => r.Item2).Select(n => n.Node.Id).ToHashSet());
        }
    }

    /// <summary>What each node may promise now, by node and SKU.</summary>
    private static Dictionary<long, IReadOnlyDictionary<long, long>> ByNode(Dictionary<long, SkuSupply> supplies, long nowMs)
    {
        var at = new Dictionary<long, IReadOnlyDictionary<long, long>>();
        foreach (var (sku, supply) in supplies)
            foreach (var node in supply.Nodes)
            {
                long units = Atp.AtNode(node, nowMs);
                if (units <= 0) continue;
                if (!at.TryGetValue(node.Node, out var here)) at[node.Node] = here = new Dictionary<long, long>(supplies.Count);
                ((Dictionary<long, long>)here)[sku] = units;
            }
        return at;
    }

    private static ItemAnswer AnswerItem(CatalogItem product, long quantity, Dictionary<long, SkuSupply> supplies, Dictionary<long, long> here, long buffer, long nowMs,
        bool isRouted)
    {
        if (product.Kind == ItemKind.Goods && here[product.Id] is var units && units >= quantity) return new ItemAnswer(product.Sku, quantity, units, DateTimeOffset.FromUnixTimeMilliseconds(nowMs));
        if (product.Kind == ItemKind.Charge) return new ItemAnswer(product.Sku, quantity, quantity, DateTimeOffset.FromUnixTimeMilliseconds(nowMs));
        IReadOnlyList<BundlePart> parts = [.. product.Components.Select(c => new BundlePart(supplies[c.SkuId], c.Quantity))];
        Func<long, long> promisable = product.Kind == ItemKind.Bundle ? t => Atp.OfBundle(parts, buffer, t) : t => Atp.InNetwork(supplies[product.Id], buffer, t);
        if (isRouted)
        {
            long sent = product.Kind == ItemKind.Bundle ? product.Components.Min(c => here[c.SkuId] / c.Quantity) : here[product.Id];
            var known = promisable;
            promisable = t => t <= nowMs ? Math.Min(sent, known(t)) : known(t);
        }
        long? earliest = Atp.Earliest(product.Kind == ItemKind.Bundle ? parts.Select(p => p.Supply) : [supplies[product.Id]], nowMs, promisable, quantity);
        var supply = product.Kind == ItemKind.Bundle ? parts.SelectMany(p => p.Supply.Nodes) : supplies[product.Id].Nodes;
        return new ItemAnswer(product.Sku, quantity, promisable(nowMs), earliest is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null)
        {
            Steps = Steps(supply.SelectMany(n => n.Inbound).Select(i => i.AtMs).Where(at => at > nowMs).Distinct().Order().Take(MostSteps).Prepend(nowMs), promisable, quantity),
        };
    }

    private static List<Step> Steps(IEnumerable<long> instants, Func<long, long> promisable, long quantity)
    {
        var steps = new List<Step>();
        long before = 0;
        foreach (long at in instants)
        {
            long units = Math.Min(quantity, promisable(at));
            if (units > before) steps.Add(new Step(DateTimeOffset.FromUnixTimeMilliseconds(at), units - before));
            before = Math.Max(before, units);
        }
        return steps;
    }
}
