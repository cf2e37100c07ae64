using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>The simulated Shopify shop answers as the Admin GraphQL API 2025-01 is published: validated documents, points, cursors, user errors.</summary>
public sealed partial class ShopifySimTests : IAsyncLifetime
{
    private const string Changed = "query($q: String, $after: String) { orders(first: 2, after: $after, query: $q, sortKey: UPDATED_AT) { nodes { id name updatedAt } "
        + "pageInfo { hasNextPage endCursor } } }";
    private const string SetStock = "mutation($input: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $input) { inventoryAdjustmentGroup { changes { delta "
        + "quantityAfterChange } } userErrors { code field message } } }";
    private const string Fulfil = "mutation($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { fulfillment { id status trackingInfo { company number url } } "
        + "userErrors { field message } } }";
    private readonly ShopifySim _sim = new(clock: SimClock.At(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)));
    private ShopifyCaller _caller = null!;

    public async Task InitializeAsync()
    {
        await SimHost.Listening(_sim);
        _caller = new ShopifyCaller(_sim);
        _sim.Shop.List("MUG", "Enamel mug", 1250, 50);
        _sim.Shop.List("LAMP", "Lamp", 4000, 9);
    }

    public async Task DisposeAsync()
    {
        _caller.Dispose();
        await _sim.DisposeAsync();
    }

    private List<SimOrder> Place(int count) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        _sim.Clock.Advance(TimeSpan.FromSeconds(10));
        return _sim.Generator.Buy("MUG")!;
    })];

    private static string[] Names(JsonNode orders) => [.. orders["nodes"]!.AsArray().Select(n => (string)n!["name"]!)];

    private async Task<(string Item, string Location)> Ids(string sku)
    {
        var found = await _caller.Data("query($q: String) { productVariants(first: 1, query: $q) { nodes { inventoryItem { id inventoryLevels(first: 1) { nodes { location "
            + "{ id } } } } } } }", new { q = $"sku:{sku}" });
        var item = found["productVariants"]!["nodes"]![0]!["inventoryItem"]!;
        return ((string)item["id"]!, (string)item["inventoryLevels"]!["nodes"]![0]!["location"]!["id"]!);
    }

    [Fact]
    public async Task A_document_that_the_schema_does_not_allow_is_refused_and_nothing_is_done()
    {
        var answer = await _caller.Ask("{ orders(first: 1) { nodes { id favouriteColour } } }");
        answer.Status.ShouldBe(HttpStatusCode.OK);
        ((string)answer.Json["errors"]![0]!["extensions"]!["code"]!).ShouldBe("undefinedField");
        (await _caller.Ask("{ orders(first: 1) { nodes { id }")).Json["errors"].ShouldNotBeNull();
        (await _caller.Ask("{ orders { nodes { id } } }")).Json["errors"]![0]!["message"]!.ToString().ShouldBe("you must provide one of first or last");
        (await _caller.Ask("{ orders(first: 251) { nodes { id } } }")).Json["errors"].ShouldNotBeNull();
        (await _caller.Ask("{ orders(first: 1, query: \"colour:red\") { nodes { id } } }")).Json["errors"].ShouldNotBeNull();
        var (item, location) = await Ids("MUG");
        var wrong = await _caller.Ask(SetStock,
            new { input = new { name = "available", reason = "correction", quantities = new[] { new { inventoryItemId = item, locationId = location, quantity = "seven" } } } });
        wrong.Json["errors"].ShouldNotBeNull();
        _sim.Shop.BySku("MUG")!.Available.ShouldBe(50);
    }

    [Fact]
    public async Task Every_field_of_the_schema_can_be_asked_for()
    {
        var order = _sim.Generator.Buy("MUG", 3, w => w with { Discount = ("TENOFF", 10) })!;
        _sim.Shop.Ship(order, [new SimShippedLine(order.Lines[0].Id, 1)], "DPD", "T1");
        _sim.Shop.Refund(order, 500, "Late", [new SimRefundedLine(1, order.Lines[0].Id, 1, 400, 60, true)], 100);
        await _caller.Ask("mutation { webhookSubscriptionCreate(topic: ORDERS_UPDATED, webhookSubscription: { callbackUrl: \"https://oms.test/\" }) { webhookSubscription { "
            + "id } } }");
        var schema = await _caller.Data("{ __schema { types { kind name fields { name args { name type { kind } } type { kind name ofType { kind name ofType { kind name "
            + "ofType { kind name } } } } } } } }");
        var types = schema["__schema"]!["types"]!.AsArray().Where(t => (string)t!["kind"]! == "OBJECT").ToDictionary(t => (string)t!["name"]!, t => t!["fields"]!.AsArray());
        var asked = new HashSet<string>();
        foreach (string root in new[] { "orders", "productVariants", "products", "inventoryItems", "locations", "webhookSubscriptions", "shop", "currentAppInstallation" })
        {
            string text = Field(types["QueryRoot"].Single(f => (string)f!["name"]! == root)!, ["QueryRoot"]);
            var answer = await _caller.Ask("{ " + text + " }");
            answer.Json["errors"].ShouldBeNull(answer.Text.Length > 900 ? answer.Text[..900] : answer.Text);
            _sim.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        types.Keys.Where(t => !t.StartsWith("__", StringComparison.Ordinal) && !t.EndsWith("Payload", StringComparison.Ordinal)
            && !t.EndsWith("UserError", StringComparison.Ordinal)).Except(asked)
            .Except(["QueryRoot", "Mutation", "UserError", "Job", "OrderCancellation", "ChannelInformation", "InventoryAdjustmentGroup", "InventoryChange",
                "WebhookHttpEndpoint", "DiscountCodeApplication"]).ShouldBeEmpty();

        // Asks for all fields of a type once on each way down, three objects deep; lists of one.
        string Field(JsonNode field, string[] way)
        {
            var (kind, name) = Named(field["type"]!);
            string arguments = string.Join(", ", field["args"]!.AsArray()
                .Select(a => (string)a!["name"]! switch
                {
                    "first" => "first: 1",
                    "names" => "names: [\"available\", \"on_hand\"]",
                    "locationId" => "locationId: \"gid://shopify/Location/71\"",
                    _ => ""
                }).Where(a => a.Length > 0));
            string call = (string)field["name"]! + (arguments.Length > 0 ? $"({arguments})" : "");
            if (kind is "SCALAR" or "ENUM") return call;
            if (kind is "INTERFACE" or "UNION") return call + " { __typename }";
            asked.Add(name);
            var inner = types[name].Where(f => Named(f!["type"]!) is var (k, n)
                && (k is "SCALAR" or "ENUM" or "INTERFACE" or "UNION" || (!way.Contains(n) && way.Length < 7
                && !(way.Length > 4 && (n is "LineItem" or "ProductVariant" or "Product" or "InventoryItem" or "Location"))))).Select(f => Field(f!, [.. way, name])).ToList();
            return call + " { " + string.Join(' ', inner.Count > 0 ? inner : ["__typename"]) + " }";
        }

        static (string Kind, string Name) Named(JsonNode type) => (string)type["kind"]! is "NON_NULL" or "LIST" ? Named(type["ofType"]!) : ((string)type["kind"]!,
            (string)type["name"]!);
    }

    [Fact]
    public async Task An_order_that_changes_between_two_pages_is_seen_again_and_none_is_left_out()
    {
        var placed = Place(5);
        string since = $"updated_at:>='{placed[0].UpdatedAt:yyyy-MM-ddTHH:mm:ssZ}' AND status:any";
        var first = (await _caller.Data(Changed, new { q = since }))["orders"]!;
        Names(first).ShouldBe(["#" + placed[0].Number, "#" + placed[1].Number]);
        _sim.Clock.Advance(TimeSpan.FromSeconds(5));
        _sim.Shop.Change(placed[0], o => o.Note = "changed");
        var second = (await _caller.Data(Changed, new { q = since, after = (string)first["pageInfo"]!["endCursor"]! }))["orders"]!;
        Names(second).ShouldBe(["#" + placed[2].Number, "#" + placed[3].Number]);
        var third = (await _caller.Data(Changed, new { q = since, after = (string)second["pageInfo"]!["endCursor"]! }))["orders"]!;
        Names(third).ShouldBe(["#" + placed[4].Number, "#" + placed[0].Number]);
        ((bool)third["pageInfo"]!["hasNextPage"]!).ShouldBeFalse();
        var later = (await _caller.Data(Changed, new { q = $"updated_at:>'{placed[4].UpdatedAt:yyyy-MM-ddTHH:mm:ssZ}'" }))["orders"]!;
        Names(later).ShouldBe(["#" + placed[0].Number]);
        (await _caller.Ask(Changed, new { q = since, after = "bm90IGEgY3Vyc29y" })).Json["errors"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Calls_cost_points_that_run_out_and_come_back_with_time()
    {
        var answer = await _caller.Ask(Changed);
        var cost = answer.Json["extensions"]!["cost"]!;
        int requested = (int)cost["requestedQueryCost"]!, actual = (int)cost["actualQueryCost"]!;
        requested.ShouldBeGreaterThanOrEqualTo(actual);
        ((int)cost["throttleStatus"]!["currentlyAvailable"]!).ShouldBe(2000 - actual);
        _sim.DrainPoints();
        var (item, location) = await AsThrottled(() => Ids("MUG"));
        (item, location).ShouldBe(("", ""));
        var refused = await _caller.Ask("mutation { tagsAdd(id: \"gid://shopify/Order/1\", tags: [\"a\"]) { userErrors { message } } }");
        refused.Status.ShouldBe(HttpStatusCode.OK);
        ((string)refused.Json["errors"]![0]!["extensions"]!["code"]!).ShouldBe("THROTTLED");
        refused.Json["data"].ShouldBeNull();
        refused.Json["extensions"]!["cost"]!["actualQueryCost"].ShouldBeNull();
        _sim.Clock.Advance(TimeSpan.FromSeconds(3));
        (await _caller.Ask(Changed)).Json["errors"].ShouldBeNull();
        var dear = await _caller.Ask("{ orders(first: 250) { nodes { lineItems(first: 100) { nodes { variant { id } } } } } }");
        ((string)dear.Json["errors"]![0]!["extensions"]!["code"]!).ShouldBe("MAX_COST_EXCEEDED");
        _sim.Next(Mood.Throttled);
        ((string)(await _caller.Ask(Changed)).Json["errors"]![0]!["message"]!).ShouldBe("Throttled");

        static async Task<(string, string)> AsThrottled(Func<Task<(string, string)>> ask)
        {
            try { return await ask(); }
            catch (InvalidOperationException refused) when (refused.Message.Contains("THROTTLED", StringComparison.Ordinal)) { return ("", ""); }
        }
    }

    [Fact]
    public async Task Stock_is_set_only_where_it_is_what_the_caller_believes_all_of_a_call_or_none()
    {
        var (mug, at) = await Ids("MUG");
        var (lamp, _) = await Ids("LAMP");
        object Wish(string item, int quantity, int? compare) => compare is null ? new { inventoryItemId = item, locationId = at, quantity } : new
        {
            inventoryItemId = item,
            locationId = at, quantity, compareQuantity = compare
        };
        async Task<(string? Code, JsonNode Answer)> Set(params object[] wishes)
        {
            var set = (await _caller.Data(SetStock, new { input = new { name = "available", reason = "correction", quantities = wishes } }))["inventorySetQuantities"]!;
            return ((string?)set["userErrors"]!.AsArray().FirstOrDefault()?["code"], set);
        }
        var (none, done) = await Set(Wish(mug, 40, 50), Wish(lamp, 9, 9));
        none.ShouldBeNull();
        ((int)done["inventoryAdjustmentGroup"]!["changes"]!.AsArray().Single()!["delta"]!).ShouldBe(-10);
        _sim.Generator.Buy("MUG", 2);
        var (stale, refused) = await Set(Wish(lamp, 1, 9), Wish(mug, 30, 40));
        stale.ShouldBe("COMPARE_QUANTITY_STALE");
        refused["userErrors"]![0]!["field"]!.AsArray().Select(f => (string)f!).ShouldBe(["input", "quantities", "1", "compareQuantity"]);
        (_sim.Shop.BySku("MUG")!.Available, _sim.Shop.BySku("LAMP")!.Available).ShouldBe((38, 9));
        (await Set(Wish(mug, 30, null))).Code.ShouldBe("COMPARE_QUANTITY_REQUIRED");
        (await Set(Wish("gid://shopify/InventoryItem/1", 30, 1))).Code.ShouldBe("INVALID_INVENTORY_ITEM");
        (await Set(Wish(mug, 30, 38), Wish(mug, 31, 38))).Code.ShouldBe("NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR");
        var sets = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Set(Wish(mug, 10 + i, 38))));
        sets.Count(s => s.Code is null).ShouldBe(1);
        sets.Count(s => s.Code == "COMPARE_QUANTITY_STALE").ShouldBe(5);
        var levels = await _caller.Data("query($id: ID!) { inventoryItem(id: $id) { inventoryLevels(first: 1) { nodes { quantities(names: [\"available\", \"committed\", "
            + "\"on_hand\"]) { name quantity } } } } }", new { id = mug });
        var quantities = levels["inventoryItem"]!["inventoryLevels"]!["nodes"]![0]!["quantities"]!.AsArray().Select(q => (int)q!["quantity"]!).ToArray();
        quantities[1].ShouldBe(2);
        quantities[2].ShouldBe(quantities[0] + 2);
    }

    [Fact]
    public async Task Fulfilment_takes_what_is_open_once_and_says_what_it_will_not_take()
    {
        var order = _sim.Generator.Buy("MUG", 3)!;
        var shown = await _caller.Data("{ orders(first: 1) { nodes { fulfillmentOrders(first: 5) { nodes { id status lineItems(first: 5) { nodes { id remainingQuantity } } "
            + "} } } } }");
        var part = shown["orders"]!["nodes"]![0]!["fulfillmentOrders"]!["nodes"]![0]!;
        string id = (string)part["id"]!, line = (string)part["lineItems"]!["nodes"]![0]!["id"]!;
        async Task<(string? Fault, JsonNode? Done)> Send(int? quantity)
        {
            object lines = quantity is null ? new { fulfillmentOrderId = id }
                : new { fulfillmentOrderId = id, fulfillmentOrderLineItems = new[] { new { id = line, quantity } } };
            var sent = (await _caller.Data(Fulfil,
                new
                {
                    f = new
                    {
                        trackingInfo = new { number = "AB1", company = "Royal Mail", url = "https://track.test/AB1" }, notifyCustomer = true,
                        lineItemsByFulfillmentOrder = new[] { lines }
                    }
                }))["fulfillmentCreate"]!;
            return ((string?)sent["userErrors"]!.AsArray().FirstOrDefault()?["message"], sent["fulfillment"]);
        }
        (await Send(4)).Fault.ShouldBe("Invalid fulfillment order line item quantity requested.");
        var (_, done) = await Send(2);
        ((string)done!["trackingInfo"]![0]!["number"]!).ShouldBe("AB1");
        (await _caller.Data("query($id: ID!) { fulfillmentOrder(id: $id) { status } }", new { id }))["fulfillmentOrder"]!["status"]!.ToString().ShouldBe("IN_PROGRESS");
        (await Send(null)).Fault.ShouldBeNull();
        (await Send(null)).Fault!.ShouldContain("unfulfillable status= closed");
        order.IsShipped.ShouldBeTrue();
        order.Shipments.Count.ShouldBe(2);
        var late = await _caller.Data("mutation($id: ID!) { orderCancel(orderId: $id, refund: true, restock: true, reason: CUSTOMER) { job { id } orderCancelUserErrors { "
            + "code } } }", new { id = "gid://shopify/Order/" + (order.Id + 4_500_000_000) });
        ((string)late["orderCancel"]!["orderCancelUserErrors"]![0]!["code"]!).ShouldBe("INVALID");
        order.IsCancelled.ShouldBeFalse();
    }

    [Fact]
    public async Task Orders_are_cancelled_and_refunded_within_what_was_paid()
    {
        var order = _sim.Generator.Buy("MUG", 2)!;
        string id = "gid://shopify/Order/" + (order.Id + 4_500_000_000), line = "gid://shopify/LineItem/" + order.Lines[0].Id;
        const string Refund = "mutation($input: RefundInput!) { refundCreate(input: $input) { refund { id note totalRefundedSet { shopMoney { amount } } } userErrors { "
            + "message } } }";
        object Input(string amount, int quantity) => new
        {
            input = new
            {
                orderId = id, note = "oms:1", refundLineItems = new[] { new { lineItemId = line, quantity, restockType = "NO_RESTOCK" } },
                transactions = new[] { new { orderId = id, amount, gateway = "simulated", kind = "REFUND",
                    parentId = $"gid://shopify/OrderTransaction/{order.Payments[0].Id}" } },
            },
        };
        ((string)(await _caller.Data(Refund, Input("9999.00", 1)))["refundCreate"]!["userErrors"]![0]!["message"]!).ShouldContain("greater than net payment");
        ((string)(await _caller.Data(Refund, Input("1.00", 3)))["refundCreate"]!["userErrors"]![0]!["message"]!).ShouldContain("more items than were purchased");
        order.Refunds.ShouldBeEmpty();
        var made = (await _caller.Data(Refund, Input("12.50", 1)))["refundCreate"]!["refund"]!;
        ((string)made["totalRefundedSet"]!["shopMoney"]!["amount"]!, (string)made["note"]!).ShouldBe(("12.5", "oms:1"));
        var now = (await _caller.Data("query($id: ID!) { order(id: $id) { displayFinancialStatus lineItems(first: 1) { nodes { quantity currentQuantity } } refunds { note "
            + "} } }", new { id }))["order"]!;
        ((string)now["displayFinancialStatus"]!, (int)now["lineItems"]!["nodes"]![0]!["currentQuantity"]!).ShouldBe(("PARTIALLY_REFUNDED", 1));
        const string Cancel = "mutation($id: ID!) { orderCancel(orderId: $id, refund: true, restock: true, reason: CUSTOMER, staffNote: \"asked\") { job { id done } "
            + "orderCancelUserErrors { code } } }";
        var job = (await _caller.Data(Cancel, new { id }))["orderCancel"]!["job"]!;
        ((bool)job["done"]!).ShouldBeFalse();
        ((bool)(await _caller.Data("query($id: ID!) { job(id: $id) { done } }", new { id = (string)job["id"]! }))["job"]!["done"]!).ShouldBeTrue();
        (order.IsCancelled, order.RefundedMinor).ShouldBe((true, order.TotalMinor));
        ((string)(await _caller.Data(Cancel, new { id }))["orderCancel"]!["orderCancelUserErrors"]![0]!["code"]!).ShouldBe("INVALID");
    }
}
