using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Tests.Orders;

namespace Switchyard.Tests.Files;

/// <summary>What somebody outside puts into a folder is imported, each file as a job, with the rights of whoever set the folder up.</summary>
public sealed class FileDropTests
{
    [Theory, BothDatabases, Capability("IG-07", "IG-16")]
    public async Task Files_that_are_dropped_are_imported_and_what_was_wrong_lies_beside_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string root = Directory.CreateTempSubdirectory("switchyard-drop-").FullName, own = Path.Combine(root, "1", "files", "goods%2Ein");
        await shop.Put("/file-drops/goods.in", new { kind = "products" });
        (await shop.Put("/file-drops/sales", new { kind = "orders", @as = "open", channel = "web", mapping = "simple" })).Text("mapping").ShouldBe("simple");
        await shop.Refused(HttpMethod.Put, "/file-drops/x", new { kind = "orders" }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Put, "/file-drops/x", new { kind = "products", mapping = "nobody's" }, 404, "mappings.not_found");
        var drops = shop.Services.GetRequiredService<KeepDrops>();
        await drops.Handle(root, default);

        Drop("good.csv", "sku,name\nMUG,Mug\nCUP,Caf\u00e9 cup\n");
        Drop("half.csv", "sku,name\nJUG,Jug\n,Nameless\n");
        Drop("odd.csv", "colour,size\nred,3\n");
        Drop("later.csv.part", "sku,name\nX,X\n");
        Drop(".hidden", "sku,name\nX,X\n");
        await shop.Until(async () => await drops.Handle(root, default) >= 0 && (await Taken()).Count(f => f.Split(' ')[1] != "running") == 3);
        (await Taken()).Order().ShouldBe(["good.csv done", "half.csv failed", "odd.csv failed"]);
        (await shop.Get("/products?limit=50")).GetProperty("data").EnumerateArray().Select(p => p.Text("name")).Order(StringComparer.Ordinal).ShouldBe(["Caf\u00e9 cup", "Jug", "Mug"]);
        Names("done").ShouldBe(["good.csv"]);
        Names("failed").ShouldBe(["half.csv", "half.csv.txt", "half.errors.csv", "odd.csv", "odd.csv.txt"]);
        (await Text("half.errors.csv")).ShouldContain(",Nameless");
        (await Text("odd.csv.txt")).ShouldContain("import.column_missing");
        Directory.GetFiles(Path.Combine(own, "in")).Select(Path.GetFileName).Order().ShouldBe([".hidden", "later.csv.part"]);

        // Dropped again it changes nothing, and what nobody finished is taken up after a while.
        Drop("good.csv", "sku,name\nMUG,Mug\nCUP,Caf\u00e9 cup\n");
        string lost = Path.Combine(root, ".work", "1", "files", "goods%2Ein", "lost.csv");
        await File.WriteAllTextAsync(lost, "sku,name\nPOT,Pot\n");
        File.SetLastWriteTimeUtc(lost, DateTime.UtcNow.AddHours(-1));
        await shop.Until(async () => await drops.Handle(root, default) >= 0 && (await Taken()).Count(f => f.EndsWith(" done", StringComparison.Ordinal)) == 3);
        (await shop.Get("/products?limit=50")).GetProperty("data").GetArrayLength().ShouldBe(4);
        Directory.GetFiles(Path.GetDirectoryName(lost)!).ShouldBeEmpty();

        // It works with the rights of whoever changed it last, and is gone when it is deleted.
        using var clerk = await shop.Key("settings:write", "settings:read");
        (await clerk.PutAsync("/api/v1/file-drops/goods.in", System.Net.Http.Json.JsonContent.Create(new { kind = "products" }))).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        await Shop.Read(await shop.Send(HttpMethod.Delete, "/file-drops/goods.in", null), 200);
        await shop.Refused(HttpMethod.Delete, "/file-drops/goods.in", null, 404, "drops.not_found");
        Directory.Delete(root, recursive: true);

        async Task<List<string>> Taken() => [.. (await shop.Get("/file-drops/goods.in/files")).GetProperty("data").EnumerateArray().Select(f => $"{f.Text("name")} {f.Text("state")}")];
        List<string> Names(string part) => [.. Directory.GetFiles(Path.Combine(own, part)).Select(f => Path.GetFileName(f)[18..]).Order(StringComparer.Ordinal)];
        Task<string> Text(string name) => File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(own, "failed"), "*" + name).Single());
        void Drop(string name, string text)
        {
            File.WriteAllText(Path.Combine(own, "in", name), text);
            File.SetLastWriteTimeUtc(Path.Combine(own, "in", name), DateTime.UtcNow.AddMinutes(-1));
        }
    }
}
