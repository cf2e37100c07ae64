using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Jobs;

namespace Switchyard.Tests.Files;

/// <summary>What a query finds is exported as a job: columns chosen, no cell a formula, the same rows as the list.</summary>
[Trait("Kind", "Database")]
public sealed class ExportTests
{
    [Theory, BothDatabases, Capability("AX-61")]
    public async Task Orders_and_lines_are_exported_as_the_query_finds_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 5_000);
        var evil = Given.Order(("MUG", 2));
        evil["customer"] = new { name = "=HYPERLINK(\"http://evil\")", email = "evil@example.test" };
        var first = await shop.Post("/orders", evil);
        string[] ids = await shop.Orders(300, "OTHER");
        await shop.Post($"/orders/{first.Text("id")}/tags", new { add = new[] { "gift", "x, y" } });

        string csv = await shop.ExportAsJob("orders", "tag:gift", ["number", "customer_name", "total", "held", "tags"]);
        csv.ShouldBe($"number,customer_name,total,held,tags\r\n{first.Text("number")},\"'=HYPERLINK(\"\"http://evil\"\")\",20.00,no,\"gift | x, y\"\r\n");
        (await shop.ExportAsJob("orders")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(302, "a header and every order once");
        (await shop.ExportAsJob("lines", "tag:gift", ["order", "sku", "quantity", "unit_price"])).ShouldBe($"order,sku,quantity,unit_price\r\n{first.Text("number")},MUG,2,10.00\r\n");
        string[] lines = (await shop.ExportAsJob("orders", "-tag:gift", ["number", "total", "placed_at"], "ndjson")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(300);
        lines.Select(l => JsonDocument.Parse(l).RootElement.Text("number")).Distinct().Count().ShouldBe(300);
        JsonDocument.Parse(lines[0]).RootElement.GetProperty("total").GetDecimal().ShouldBe(10m);

        var bulk = await shop.Ended(await shop.Post("/orders/bulk", new { action = "export", ids = ids.Take(260), arguments = new { columns = new[] { "id" }, format = "csv" } }));
        (await shop.Http.GetStringAsync($"/api/v1/jobs/{bulk.Text("id")}/result")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..].ShouldBe(ids.Take(260), ignoreOrder: true);
        (await shop.Post("/orders/bulk", new { action = "export", query = "tag:gift", dryRun = true })).Long("count").ShouldBe(1);
        (await Shop.Read(await shop.Send(HttpMethod.Post, "/exports", new { list = "orders", query = "colour:red" }), 400)).GetProperty("errors")[0].Text("pointer").ShouldBe("/query");
        (await Shop.Read(await shop.Send(HttpMethod.Post, "/exports", new { list = "orders", columns = new[] { "number", "colour" } }), 400)).GetProperty("errors")[0].Text("pointer").ShouldBe("/columns/1");
    }

    [Theory, BothDatabases]
    public async Task Products_stock_customers_and_events_are_exported_too(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 7, priceMinor: 450);
        await shop.Product("PLATE");
        await shop.Post("/customers", new { name = "Zoë", email = "zoe@example.test", tags = new[] { "vip" } });
        (await shop.ExportAsJob("products", "sku:MUG", ["sku", "prices"])).ShouldBe("sku,prices\r\nMUG,4.50 GBP\r\n");
        (await shop.ExportAsJob("stock", "onHand:>5", ["sku", "node", "available"])).ShouldBe("sku,node,available\r\nMUG,MAIN,7\r\n");
        (await shop.ExportAsJob("customers", "tag:vip", ["name", "email", "tags"])).ShouldBe("name,email,tags\r\nZoë,zoe@example.test,vip\r\n");
        string events = await shop.ExportAsJob("events", "kind:ProductCreated", ["kind", "aggregate_id"], "ndjson");
        events.ShouldBe("{\"kind\":\"ProductCreated\",\"aggregate_id\":\"MUG\"}\n{\"kind\":\"ProductCreated\",\"aggregate_id\":\"PLATE\"}\n");
        (await shop.Get("/exports")).GetProperty("data").EnumerateArray().Select(e => e.Text("list")).ShouldBe(["customers", "drafts", "events", "lines", "orders", "products", "stock"]);
        await shop.Post("/drafts", new { channel = "web", currency = "GBP", customer = new { name = "Ida" }, lines = new[] { new { sku = "MUG", quantity = 2 } } });
        await shop.Post("/drafts", new { channel = "web", currency = "GBP" });
        (await shop.ExportAsJob("drafts", "state:open sku:MUG", ["number", "state", "customer_name", "total"])).ShouldBe("number,state,customer_name,total\r\nD1001,draft,Ida,9.00\r\n");

        using var clerk = shop.Client((await shop.Post("/keys", new { name = "c", scopes = new[] { "catalog:read" } })).Text("secret"));
        (await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(clerk, "/api/v1/exports", new { list = "customers" })).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
    }

    [Theory, BothDatabases]
    public async Task Priority_is_given_to_many_orders_and_taken_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string[] ids = await shop.Orders(5);
        var job = await shop.Ended(await shop.Post("/orders/bulk", new { action = "priority", ids, arguments = new { priority = 7, reason = "Mother's day" } }));
        JobsTests.Counts(job).ShouldBe((5, 5, 5, 0, 0));
        (await shop.Get("/orders?query=priority:7&count=true")).GetProperty("count").Long("count").ShouldBe(5);
        await shop.Post($"/orders/{ids[0]}/priority", new { priority = 9 });
        var undo = await shop.Ended(await shop.Post($"/jobs/{job.Text("id")}/undo", new { }));
        JobsTests.Counts(undo).ShouldBe((5, 5, 4, 0, 1));
        (await shop.Get("/orders/" + ids[0])).Long("priority").ShouldBe(9);
        (await shop.Get("/orders/" + ids[1])).Long("priority").ShouldBe(0);
        (await Shop.Read(await shop.Send(HttpMethod.Post, "/orders/bulk", new { action = "priority", ids, arguments = new { priority = 1_001 } }), 400)).GetProperty("errors")[0].Text("pointer").ShouldBe("/arguments/priority");
    }
}
