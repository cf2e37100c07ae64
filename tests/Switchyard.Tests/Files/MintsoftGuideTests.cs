using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Orders;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Jobs;

namespace Switchyard.Tests.Files;

/// <summary>The guide of moving from Mintsoft is what the system does: its files, by its mappings, give its counts.</summary>
public sealed class MintsoftGuideTests
{
    [Theory, BothDatabases, Capability("IG-16")]
    public async Task The_files_of_the_guide_give_the_counts_of_the_guide(DatabaseKind kind)
    {
        string guide = await File.ReadAllTextAsync(Path.Combine(TestPostgres.Root, "docs", "move-from-mintsoft.md"));
        List<string> Blocks(string language) => [.. Regex.Matches(guide, $"```{language}\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value)];
        var (mappings, files) = (Blocks("json"), Blocks("csv"));
        (mappings.Count, files.Count).ShouldBe((2, 6));
        await using var shop = await Shop.Open(kind);
        // What the guide shows is what is built in.
        var built = OrderMapping.From(JsonSerializer.Deserialize<MappingDocument>(mappings[1], Json.Options)!, name => TimeZoneInfo.FindSystemTimeZoneById(name)).Value.Document;
        JsonSerializer.Serialize(ImportMappings.BuiltIn("mintsoft")!.Document, Json.Options).ShouldBe(JsonSerializer.Serialize(built, Json.Options));

        var products = await shop.ImportAsJob("products", files[0], savedMapping: "mintsoft");
        (await shop.Outcome(products)).ShouldBe((3, 3, 0, 0, 0));
        var barcodes = await shop.ImportAsJob("barcodes", files[0], savedMapping: "mintsoft");
        (await shop.Outcome(barcodes)).ShouldBe((3, 2, 0, 0, 1));
        await shop.ImportAsJob("stock", "sku,node,quantity\nMUG-01,MAIN,5\n");

        await Orders("history", files[1]);
        var past = await Totals();
        past.ShouldBe([("S-1001", 2895, "closed"), ("S-1002", 1700, "closed")]);
        await Orders("open", files[2]);
        (await Totals())[^1].ShouldBe(("S-1003", 1250, "confirmed"));
        // The same files again, as from a folder every night, make no second order.
        await Orders("history", files[1] + "\n");
        await Orders("open", files[2] + "\n");
        (await Totals()).Count.ShouldBe(3);

        // What is open besides: each file twice, and twice is once.
        await shop.Import("customers", "email,name\nada@example.com,Ada Byron\n");
        foreach (var (of, csv, rows) in new[] { ("inbound", files[3], 2L), ("balances", files[4], 2L), ("returns", files[5], 1L) })
        {
            (await shop.Import(of, csv)).Counts().ShouldBe((rows, rows, 0, 0, 0), of);
            (await shop.Import(of, csv)).Counts().ShouldBe((rows, 0, 0, rows, 0), of);
        }
        (await shop.Db.ReadAll(work => work.Scalar("select sum(quantity) from inbound"))).ShouldBe(240);
        (await shop.Db.ReadAll(work => work.Scalar("select sum(balance_minor) from balances"))).ShouldBe(3_350);
        var s1001 = (await shop.Get("/orders?limit=50")).GetProperty("data").EnumerateArray().Single(o => o.Text("externalId") == "S-1001");
        (await shop.Get($"/orders/{s1001.Text("id")}/returns")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem().GetProperty("lines")[0].Long("quantity").ShouldBe(1);
        await shop.BooksAreRight();

        async Task Orders(string how, string csv)
        {
            var job = await JobShop.Ended(shop, await shop.Post("/imports", new { kind = "orders", file = await shop.Upload(csv), savedMapping = "mintsoft", @as = how, channel = "web" }));
            job.Text("state").ShouldBe("done", job.GetRawText());
        }
        async Task<List<(string?, long, string?)>> Totals() => [.. (await shop.Get("/orders?limit=50")).GetProperty("data").EnumerateArray()
            .Select(o => (o.Text("externalId"), o.Long("totalMinor"), o.Text("state"))).OrderBy(o => o.Item1, StringComparer.Ordinal)];
    }
}
