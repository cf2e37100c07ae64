using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Shouldly;
using Switchyard.Connectors;
using Switchyard.Connectors.WooCommerce;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

[Capability("CH-04")]
public sealed class WooAdapterTests : ChannelAdapterContract
{
    private sealed class Woo() : ChannelDesk(new WooChannel(), new WooCommerceSim { EndsTls = true })
    {
        public override int PageSize => 50;

        // A shop of this kind has no parcels: it has notes, one for each.
        public override int ParcelsOf(SimOrder order) => order.Remarks.Count(r => r.Text.Contains("tracking number", StringComparison.Ordinal));
    }

    private protected override ChannelDesk Make() => new Woo();

    /// <summary>Orders and refunds that WooCommerce itself publishes: each adds up to the total that it names.</summary>
    [Fact]
    public void Published_orders_keep_their_totals()
    {
        if (WooPublished.Examples("orders") is not { } published) return;
        published.Count.ShouldBeGreaterThanOrEqualTo(4);
        var refunds = WooPublished.Examples("order-refunds")!.DistinctBy(r => r["id"]!.ToString()).ToList();
        refunds.Count.ShouldBe(2);
        foreach (var raw in published)
        {
            // Order 723 is the one that names refunds.
            bool isBack = raw["refunds"]!.AsArray().Count > 0;
            var read = WooOrders.Read(raw, isBack ? refunds : []).ShouldNotBeNull();
            (read.Lines.Sum(l => l.UnitPriceMinor * l.Quantity - l.DiscountMinor + (l.TaxMinor ?? 0)) + read.Charges.Sum(c => c.AmountMinor + (c.TaxMinor ?? 0))).ShouldBe(read.TotalMinor!.Value, read.ExternalId);
            (read.Currency, read.PricesIncludeTax, read.Payment.Status).ShouldBe(("USD", false, raw["date_paid_gmt"] is null ? "pending" : "paid"));
            read.Refunds.Sum(r => r.AmountMinor).ShouldBe(isBack ? 1_900 : 0);
            read.ShipTo!.Postcode.ShouldBe((string?)raw["shipping"]!["postcode"]);
        }
    }

    /// <summary>Of addresses, what is asked in them and what is written, all is in the tables of the published reference but what the adapter says that it assumes.</summary>
    [Fact]
    public async Task What_is_asked_and_written_is_in_the_published_reference()
    {
        if (WooPublished.Attributes() is not { } published) return;
        await using var desk = await new Woo().Open();
        desk.Sim.Shop.List("MUG", "Enamel mug", 1250, 40);
        var theirs = desk.Sim.Generator.Buy("MUG", 3)!;
        var order = await desk.Order(theirs);
        (await desk.Channel.Test(desk.Call())).IsOk.ShouldBeTrue();
        await desk.Orders(theirs.PlacedAt.AddDays(-1));
        var listing = (await desk.Listings()).Single();
        (await desk.Channel.Stock(desk.Call(), [listing.Key])).IsOk.ShouldBeTrue();
        (await desk.Channel.Push(desk.Call(), [new StockWish(listing.Key, 7, null, null, "x")])).IsOk.ShouldBeTrue();
        (await desk.Channel.Subscribe(desk.Call(), desk.MessageUrl)).IsOk.ShouldBeTrue();
        (await desk.Channel.Subscribe(desk.Call(), desk.MessageUrl)).IsOk.ShouldBeTrue();
        (await desk.Channel.Shipped(desk.Call(), new ShippedNews("p1", order.ExternalId, new Dictionary<string, long> { [order.Lines[0].LineId] = 3 }, "DPD", null, "T", null, order.PlacedAt, true, true, null))).IsOk.ShouldBeTrue();
        (await desk.Channel.Refunded(desk.Call(), new RefundedNews("r1", order.ExternalId, new Dictionary<string, long> { [order.Lines[0].LineId] = 1 }, 900, 0, "GBP", "other", null))).IsOk.ShouldBeTrue();
        var off = await desk.Order(desk.Sim.Generator.Buy("MUG", 1)!);
        (await desk.Channel.Cancelled(desk.Call(), new CancelledNews("c1", off.ExternalId, null, "stock", false))).IsOk.ShouldBeTrue();
        var faults = new List<string>();
        foreach (var call in desk.Sim.Calls) faults.AddRange(WooPublished.Faults(published, call));
        // WooCommerce takes a difference of the stock, which its reference does not say; and a refund's line by its id, as its own example shows it.
        faults.Distinct().Where(f => f is not ("POST products: inventory_delta is not in the reference" or "POST order-refunds: line_items.id is read only")).ShouldBeEmpty();
        desk.Sim.Calls.Count.ShouldBeGreaterThan(15);
    }
}

/// <summary>What WooCommerce publishes, where it is at hand: the examples of its reference, and its tables of attributes and parameters.</summary>
internal static class WooPublished
{
    private static readonly string Data = Path.Combine(TestPostgres.Root, "..", "shared", "data");

    /// <summary>The bodies of the examples of a resource; null where the files are not at hand.</summary>
    public static List<JsonObject>? Examples(string resource)
    {
        string file = Path.Combine(Data, "payloads", "woocommerce-rest-v3", resource + ".json");
        if (!File.Exists(file)) return null;
        var all = new List<JsonObject>();
        foreach (var section in JsonNode.Parse(File.ReadAllText(file))!.AsArray())
        {
            if (section!["example"] is JsonArray list) all.AddRange(list.OfType<JsonObject>());
            else if (section["example"] is JsonObject one) all.Add(one);
        }
        return all;
    }

    public static JsonObject? Attributes()
    {
        string file = Path.Combine(Data, "specs", "woocommerce", "rest_v3_attributes.json");
        return File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : null;
    }

    /// <summary>What of a call is not in the tables. Resources without a table (notes, the system's status) are not looked at.</summary>
    public static IEnumerable<string> Faults(JsonObject published, SimCall call)
    {
        string[] path = call.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)[3..];       // after wp-json/wc/v3
        string? resource = path switch
        {
            ["orders", _, "refunds", ..] => "order-refunds",
            ["products", _, "variations", ..] => "product-variations",
            ["orders"] or ["orders", _] => "orders",
            ["products", ..] => "products",
            ["webhooks", ..] => "webhooks",
            _ => null,
        };
        if (resource is null) yield break;
        var tables = published[resource]!.AsObject();
        var parameters = tables["Available parameters"]!.AsObject();
        // Every resource of the REST API of WordPress takes _fields.
        foreach (string name in QueryHelpers.ParseQuery(call.Query).Keys.Where(k => k != "_fields" && !parameters.ContainsKey(k))) yield return $"{call.Method} {resource}: the parameter {name} is not in the reference";
        if (call.Body.Length == 0) yield break;
        var body = JsonNode.Parse(call.Body)!.AsObject();
        var bodies = path[^1] == "batch" ? body.SelectMany(b => b.Value!.AsArray()).OfType<JsonObject>().ToList() : [body];
        var own = tables.First(t => t.Key.EndsWith(" properties", StringComparison.Ordinal) && !t.Key.Contains(" - ", StringComparison.Ordinal)).Value!.AsObject();
        foreach (var one in bodies)
            foreach (var (name, value) in one)
            {
                if (own[name] is not { } known) { yield return $"{call.Method} {resource}: {name} is not in the reference"; continue; }
                // In a batch the id says which one is meant; where a webhook sends to is written when it is made, as the reference's own example does.
                bool isNaming = name == "id" && path[^1] == "batch" || name == "delivery_url";
                if (!isNaming && known["readonly"]!.GetValue<bool>()) yield return $"{call.Method} {resource}: {name} is read only";
                if (known["options"] is JsonArray options && value is JsonValue && !options.Any(o => o!.ToString() == value.ToString())) yield return $"{call.Method} {resource}: {name} may not be {value}";
                string title = name == "meta_data" ? "Meta data" : name == "line_items" ? "Line items" : "";
                if (title.Length == 0 || tables.FirstOrDefault(t => t.Key.EndsWith($"- {title} properties", StringComparison.Ordinal)).Value is not JsonObject part) continue;
                foreach (var (inner, _) in value!.AsArray().SelectMany(v => v!.AsObject()))
                    if (part[inner] is not { } there) yield return $"{call.Method} {resource}: {name}.{inner} is not in the reference";
                    else if (there["readonly"]!.GetValue<bool>()) yield return $"{call.Method} {resource}: {name}.{inner} is read only";
            }
    }
}
