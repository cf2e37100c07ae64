using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Simulators;
using Xunit.Abstractions;

namespace Switchyard.Tests.Connectors;

public sealed class MagentoSimTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string V1 = "/rest/default/V1";
    private readonly SimClock _clock = SimClock.At(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private MagentoSim _sim = null!;
    private SimClient _client = null!;

    public async Task InitializeAsync()
    {
        _sim = await SimHost.Listening(new MagentoSim(clock: _clock));
        _sim.Shop.List("MUG", "Enamel mug", 1250, 40, barcode: "5000000000001");
        _sim.Shop.List("BLANKET", "Wool blanket", 6900, 12);
        long apron = _sim.Shop.NextId();
        _sim.Shop.List("APRON-B", "Linen apron", 2800, 5, "Blue", apron);
        _client = new SimClient(_sim.Url);
        _client.Headers["Authorization"] = "Bearer " + MagentoSim.IntegrationToken;
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _sim.DisposeAsync();
    }

    private static string Filter(int group, int no, string field, string value, string condition = "eq")
    {
        string at = $"searchCriteria[filterGroups][{group}][filters][{no}]";
        return $"{at}[field]={field}&{at}[value]={Uri.EscapeDataString(value)}&{at}[conditionType]={condition}";
    }

    private async Task<decimal> SourceQuantity(string sku) =>
        (await _client.Get($"{V1}/inventory/source-items?{Filter(0, 0, "sku", sku)}")).Body["items"]![0]!["quantity"]!.GetValue<decimal>();

    [Fact]
    public async Task Who_is_not_let_in_is_told_what_right_was_missing()
    {
        _client.Headers["Authorization"] = "Bearer nothing";
        var (status, body, _) = await _client.Get($"{V1}/orders/1");
        status.ShouldBe(HttpStatusCode.Unauthorized);
        body["parameters"]!["resources"]!.ToString().ShouldBe("Magento_Sales::actions_view");
        (await _client.Post($"{V1}/integration/admin/token", new { username = "switchyard", password = "wrong" })).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var (_, token, _) = await _client.Post($"{V1}/integration/admin/token", new { username = MagentoSim.AdminName, password = MagentoSim.AdminPassword });
        _client.Headers["Authorization"] = "Bearer " + token;
        (await _client.Get($"{V1}/orders/1")).Status.ShouldBe(HttpStatusCode.NotFound);
        _clock.Advance(TimeSpan.FromHours(5));
        (await _client.Get($"{V1}/orders/1")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Groups_of_filters_are_all_wanted_and_one_filter_of_each_will_do()
    {
        for (int i = 0; i < 5; i++)
        {
            _sim.Generator.Buy(i % 2 == 0 ? "MUG" : "BLANKET", with: w => w with { IsPaid = i != 4 }).ShouldNotBeNull();
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
        string since = "2026-03-02 10:01:00";
        string query = $"{V1}/orders?{Filter(0, 0, "updated_at", since, "gteq")}&{Filter(1, 0, "status", "pending")}&{Filter(1, 1, "status", "processing")}&searchCriteria[sortOrders][0][field]=updated_at&searchCriteria[sortOrders][0][direction]=ASC";
        var (_, page, _) = await _client.Get(query + "&searchCriteria[pageSize]=3&searchCriteria[currentPage]=1");
        page["total_count"]!.GetValue<int>().ShouldBe(4);
        page["items"]!.AsArray().Count.ShouldBe(3);
        page["search_criteria"]!["page_size"]!.GetValue<int>().ShouldBe(3);
        page["items"]!.AsArray().Select(o => o!["updated_at"]!.ToString()).ShouldBeInOrder();
        // Behind the last page comes the last page again.
        var (_, second, _) = await _client.Get(query + "&searchCriteria[pageSize]=3&searchCriteria[currentPage]=2");
        var (_, third, _) = await _client.Get(query + "&searchCriteria[pageSize]=3&searchCriteria[currentPage]=3");
        third["items"]!.ToJsonString().ShouldBe(second["items"]!.ToJsonString());

        (await _client.Get($"{V1}/orders")).Body["parameters"]!["fieldName"]!.ToString().ShouldBe("searchCriteria");
        (await _client.Get($"{V1}/orders?{Filter(0, 0, "colour", "red")}")).Status.ShouldBe(HttpStatusCode.InternalServerError);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_parts_of_an_order_add_up_whether_or_not_prices_have_the_tax_in_them(bool included)
    {
        await using var sim = await SimHost.Listening(new MagentoSim(facts: MagentoSim.Uk with { PricesIncludeTax = included }, clock: _clock));
        sim.Shop.List("MUG", "Enamel mug", 1253, 40);
        sim.Shop.List("BLANKET", "Wool blanket", 6901, 12);
        using var client = new SimClient(sim.Url);
        client.Headers["Authorization"] = "Bearer " + MagentoSim.IntegrationToken;
        var order = sim.Generator.Buy("MUG", 1, w => w with { Lines = [new WishedLine("MUG", 3), new WishedLine("BLANKET", 1)], Discount = ("WELCOME10", 10) }, "GB")!;
        var (_, o, _) = await client.Get($"{V1}/orders/{order.Id}");
        decimal Of(string name) => o[name]!.GetValue<decimal>();
        Of("grand_total").ShouldBe(order.TotalMinor / 100m);
        (Of("subtotal") + Of("discount_amount") + Of("shipping_amount") + Of("tax_amount") + Of("discount_tax_compensation_amount")).ShouldBe(Of("grand_total"));
        Of("total_paid").ShouldBe(Of("grand_total"));
    }

    [Fact]
    public async Task A_sale_reserves_and_the_source_is_less_when_the_goods_are_sent()
    {
        var order = _sim.Generator.Buy("MUG", 3)!;
        (await SourceQuantity("MUG")).ShouldBe(40);
        (await _client.Get($"{V1}/inventory/get-product-salable-quantity/MUG/1")).Body.GetValue<decimal>().ShouldBe(37);
        // Who sets the source to what is for sale forgets what is reserved.
        (await _client.Post($"{V1}/inventory/source-items", new
        {
            sourceItems = new[] { new { sku = "MUG", source_code = "default", quantity = 10,
            status = 1 } }
        })).Status.ShouldBe(HttpStatusCode.OK);
        _sim.Shop.BySku("MUG")!.Available.ShouldBe(7);

        var (status, id, _) = await _client.Post($"{V1}/order/{order.Id}/ship", new
        {
            items = new[] { new { order_item_id = order.Lines[0].Id, qty = 2 } }, notify = true, tracks = new[] { new { track_number = "TR1", title = "Royal Mail",
                carrier_code = "custom" } },
            comment = new { comment = "parcel-1", is_visible_on_front = 0 },
        });
        status.ShouldBe(HttpStatusCode.OK);
        (await SourceQuantity("MUG")).ShouldBe(8);
        _sim.Shop.BySku("MUG")!.Available.ShouldBe(7);
        var (_, shipments, _) = await _client.Get($"{V1}/shipments?{Filter(0, 0, "order_id", order.Id.ToString(CultureInfo.InvariantCulture))}");
        shipments["items"]![0]!["entity_id"]!.GetValue<long>().ShouldBe(id.GetValue<long>());
        (shipments["items"]![0]!["tracks"]![0]!["track_number"]!.ToString(), shipments["items"]![0]!["comments"]![0]!["comment"]!.ToString()).ShouldBe(("TR1", "parcel-1"));
        (await _client.Post($"{V1}/order/{order.Id}/ship", new
        {
            items = new[] { new { order_item_id = order.Lines[0].Id,
            qty = 2 } }
        })).Body["message"]!.ToString().ShouldContain("unshipped quantity");
        // Without items everything that is left goes.
        (await _client.Post($"{V1}/order/{order.Id}/ship", new { })).Status.ShouldBe(HttpStatusCode.OK);
        (await _client.Get($"{V1}/orders/{order.Id}")).Body["state"]!.ToString().ShouldBe("complete");
        (await _client.Post($"{V1}/order/{order.Id}/ship", new { })).Body["message"]!.ToString().ShouldContain("does not allow a shipment");
    }

    [Fact]
    public async Task What_was_invoiced_is_refunded_and_what_was_not_is_cancelled()
    {
        var paid = _sim.Generator.Buy("MUG", 2, w => w with { Discount = null, Method = _sim.Shop.Facts.Methods[0] }, "GB")!;
        (await _client.Post($"{V1}/orders/{paid.Id}/cancel", null)).Body.GetValue<bool>().ShouldBeFalse();
        var (_, memo, _) = await _client.Post($"{V1}/order/{paid.Id}/refund", new
        {
            items = new[] { new { order_item_id = paid.Lines[0].Id, qty = 1 } },
            arguments = new { shipping_amount = 0, extension_attributes = new { return_to_stock_items = new[] { paid.Lines[0].Id } } }, comment = new
            {
                comment = "refund-1",
                is_visible_on_front = 0
            },
        });
        paid.RefundedMinor.ShouldBe(1500);
        _sim.Shop.BySku("MUG")!.Available.ShouldBe(39);
        (await _client.Get($"{V1}/creditmemo/{memo}")).Body["grand_total"]!.GetValue<decimal>().ShouldBe(15m);
        (await _client.Post($"{V1}/order/{paid.Id}/refund", new
        {
            items = new[] { new { order_item_id = paid.Lines[0].Id,
            qty = 2 } }
        })).Body["message"]!.ToString().ShouldContain("unrefunded");
        // Without items and amounts all that is left goes back, shipping too.
        (await _client.Post($"{V1}/order/{paid.Id}/refund", new { })).Status.ShouldBe(HttpStatusCode.OK);
        paid.RefundedMinor.ShouldBe(paid.TotalMinor);
        (await _client.Get($"{V1}/orders/{paid.Id}")).Body["state"]!.ToString().ShouldBe("closed");

        var due = _sim.Generator.Buy("BLANKET", 1, w => w with { IsPaid = false })!;
        (await _client.Post($"{V1}/orders/{due.Id}/cancel", null)).Body.GetValue<bool>().ShouldBeTrue();
        _sim.Shop.BySku("BLANKET")!.Available.ShouldBe(12);
        var held = _sim.Generator.Buy("BLANKET", 1, w => w with { IsPaid = false })!;
        (await _client.Post($"{V1}/orders/{held.Id}/hold", null)).Status.ShouldBe(HttpStatusCode.OK);
        (await _client.Post($"{V1}/order/{held.Id}/ship", new { })).Status.ShouldBe(HttpStatusCode.BadRequest);
        await _client.Post($"{V1}/orders/{held.Id}/unhold", null);
        (await _client.Post($"{V1}/order/{held.Id}/invoice", new { capture = true })).Status.ShouldBe(HttpStatusCode.OK);
        held.IsPaid.ShouldBeTrue();
    }

    [Fact]
    public async Task A_batch_of_source_items_is_taken_whole_or_not_at_all()
    {
        var (status, body, _) = await _client.Post($"{V1}/inventory/source-items", new
        {
            sourceItems = new object[] { new { sku = "MUG", source_code = "default", quantity = 5, status = 1 }, new { sku = "NOPE", source_code = "default", quantity = 5,
                status = 1 }, new { sku = "MUG", source_code = "moon", quantity = 5 } },
        });
        status.ShouldBe(HttpStatusCode.BadRequest);
        body["errors"]!.AsArray().Count.ShouldBe(2);
        body["errors"]![0]!["parameters"]!["sku"]!.ToString().ShouldBe("NOPE");
        (await SourceQuantity("MUG")).ShouldBe(40);
    }

    [Fact]
    public async Task A_variant_is_two_rows_of_which_the_upper_one_is_sent()
    {
        var order = _sim.Generator.Buy("APRON-B")!;
        var items = (await _client.Get($"{V1}/orders/{order.Id}")).Body["items"]!.AsArray();
        items.Select(i => i!["product_type"]!.ToString()).ShouldBe(["configurable", "simple"]);
        items[1]!["parent_item_id"]!.GetValue<long>().ShouldBe(order.Lines[0].Id);
        items[1]!["row_total"]!.GetValue<decimal>().ShouldBe(0);
        (await _client.Post($"{V1}/order/{order.Id}/ship", new
        {
            items = new[] { new { order_item_id = items[1]!["item_id"]!.GetValue<long>(),
            qty = 1 } }
        })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await _client.Post($"{V1}/order/{order.Id}/ship", new
        {
            items = new[] { new { order_item_id = items[0]!["item_id"]!.GetValue<long>(),
            qty = 1 } }
        })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Answers_are_as_the_published_document_says()
    {
        if (PublishedSchema.Find("magento", "admin-schema-2.4.8.oms-subset.json") is not { } published)
        {
            output.WriteLine("Not run: the published document (../shared/data/specs/magento) is not at hand.");
            return;
        }
        var order = _sim.Generator.Buy("MUG", 2, w => w with
        {
            Lines = [new WishedLine("MUG", 2, GiftMessage: "Happy birthday"), new WishedLine("APRON-B", 1)],
            Discount = ("WELCOME10", 10),
            Note = "Ring"
        })!;
        await _client.Post($"{V1}/order/{order.Id}/ship", new
        {
            items = new[] { new { order_item_id = order.Lines[0].Id, qty = 1 } },
            tracks = new[] { new { track_number = "TR1", title = "Royal Mail", carrier_code = "custom" } }
        });
        await _client.Post($"{V1}/order/{order.Id}/refund", new
        {
            items = new[] { new { order_item_id = order.Lines[1].Id, qty = 1 } }, arguments = new { shipping_amount = 0 },
            comment = new { comment = "x" }
        });
        await _client.Post($"{V1}/orders/{order.Id}/comments", new
        {
            statusHistory = new
            {
                comment = "told", is_customer_notified = 0, is_visible_on_front = 0,
                parent_id = order.Id
            }
        });
        string all = "searchCriteria[pageSize]=10";
        // Magento itself answers null for the status of an account and the digits of a card, which its document calls text.
        published.Faults("sales-data-order-search-result-interface", (await _client.Get($"{V1}/orders?{all}")).Body).Where(f => !f.EndsWith("account_status is null",
            StringComparison.Ordinal)).ShouldBeEmpty();
        published.Faults("sales-data-shipment-search-result-interface", (await _client.Get($"{V1}/shipments?{all}")).Body).ShouldBeEmpty();
        published.Faults("sales-data-creditmemo-search-result-interface", (await _client.Get($"{V1}/creditmemos?{all}")).Body).ShouldBeEmpty();
        published.Faults("sales-data-invoice-search-result-interface", (await _client.Get($"{V1}/invoices?{all}")).Body).ShouldBeEmpty();
        published.Faults("catalog-data-product-search-results-interface", (await _client.Get($"{V1}/products?{all}")).Body).ShouldBeEmpty();
        published.Faults("inventory-api-data-source-item-search-results-interface", (await _client.Get($"{V1}/inventory/source-items?{all}")).Body).ShouldBeEmpty();
        published.Faults("catalog-inventory-data-stock-item-interface", (await _client.Get($"{V1}/stockItems/MUG")).Body).ShouldBeEmpty();
    }
}
