using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Torture;
using Xunit.Abstractions;

namespace Switchyard.Tests.Orders;

/// <summary>
/// Random edits and cancels of orders, placed or released. After each the books verify, the money adds up to the minor unit, and what was
/// refused has changed nothing. SWITCHYARD_EDITS says how many (60 when not said), SWITCHYARD_SEED where the dice begin.
/// </summary>
public sealed class RandomEditTests(ITestOutputHelper output)
{
    private const int Orders = 8;
    private static readonly int Edits = Numbers.FromEnvironment("SWITCHYARD_EDITS", 60);
    private static readonly string[] Skus = ["A", "B", "C", "KIT", "WRAP"];

    [Theory, BothDatabases, Capability("OV-05", "P10", "P9", "L12")]
    public async Task Whatever_is_edited_the_books_verify_and_the_money_adds_up(DatabaseKind kind)
    {
        int seed = Numbers.Seed(output), refused = 0;
        var dice = new Random(seed);
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.TwoHalves();
        foreach (string sku in Skus[..3])
            foreach (string node in new[] { "NORTH", "SOUTH" })
                if (node == "NORTH") await shop.Product(sku, 40, node, priceMinor: 333); else await shop.Stock(sku, 20, node);
        await shop.Post("/products", new { sku = "KIT", name = "Kit", kind = "bundle", components = new[] { new { sku = "A", quantity = 2 }, new { sku = "B", quantity = 1 } } });
        await shop.Post("/products", new { sku = "WRAP", name = "Wrap", kind = "charge" });
        await shop.Put("/hold-rules/price_off_list", new { kind = "price_off_list", position = 400, isActive = false });
        var ids = new List<string>();
        for (int i = 0; i < Orders; i++) ids.Add((await shop.Post("/orders", Placed(dice))).Text("id")!);

        for (int step = 0; step < Edits; step++)
        {
            string id = ids[dice.Next(Orders)];
            await shop.Drained();                           // what the last step gave back goes to who waits, and that is no doing of the next one
            var before = await shop.Get("/orders/" + id);
            var (path, wish) = Roll(dice, before);
            string told = $"seed {seed}, step {step}: {path} {JsonSerializer.Serialize(wish)}";
            var answer = await shop.Send(HttpMethod.Post, $"/orders/{id}{path}", wish);
            string text = await answer.Content.ReadAsStringAsync();
            ((int)answer.StatusCode).ShouldBeLessThan(500, told + text);
            var after = await shop.Get("/orders/" + id);
            if (!answer.IsSuccessStatusCode)
            {
                refused++;
                after.GetRawText().ShouldBe(before.GetRawText(), $"{told} was refused: {text}");
                continue;
            }
            AddsUp(after, told);
            if (path == "/edit") JsonDocument.Parse(text).RootElement.GetProperty("difference").Long("totalMinor").ShouldBe(after.Text("state") == "cancelled" ? 0 : after.Long("totalMinor"), told);
            foreach (var check in (IEnumerable<BooksCheck>)shop.Services.GetService(typeof(IEnumerable<BooksCheck>))!)
                (await check.Run(shop.Db)).Faults.ShouldBeEmpty($"{told}: verify {check.Name}");
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Edits} edits, {refused} refused"));
        refused.ShouldBeLessThan(Edits * 3 / 4, "most wishes mean something");
    }

    private static Dictionary<string, object?> Placed(Random dice)
    {
        var body = Given.Order(("A", 1));
        body["pricesIncludeTax"] = dice.Next(2) == 0;
        body["discountMinor"] = dice.Next(0, 100);
        body["onShort"] = dice.Next(3) == 0 ? "backorder" : "hold";
        body["lines"] = Enumerable.Range(0, dice.Next(1, 4)).Select(_ => Line(dice)).ToArray();
        body["charges"] = new[] { new { code = "shipping", amountMinor = dice.Next(0, 500), taxRate = 0.2 } };
        return body;
    }

    private static object Line(Random dice) => new
    {
        sku = Skus[dice.Next(Skus.Length)], quantity = dice.Next(1, 8), unitPriceMinor = dice.Next(300, 3_000), discountMinor = dice.Next(2) * dice.Next(0, 200),
        taxRate = dice.Next(3) switch { 0 => 0.0, 1 => 0.2, _ => 0.0725 },
    };

    private static (string Path, object Wish) Roll(Random dice, JsonElement order)
    {
        var lines = order.GetProperty("lines").EnumerateArray().Where(l => l.Text("kind") != "component").ToList();
        var line = lines[dice.Next(lines.Count)];
        long no = line.Long("line"), wanted = line.Long("quantity") - line.Long("cancelled");
        switch (dice.Next(12))
        {
            case 0: return ("/release", new { });
            case 1: return ("/cancel", new { lines = new[] { new { line = no, quantity = dice.Next(1, 3) } }, reason = "random" });
            case 2 when dice.Next(3) == 0: return ("/edit", new { cancelAll = true });
        }
        var wish = new JsonObject();
        if (dice.Next(2) == 0) wish["lines"] = new JsonArray(new JsonObject { ["line"] = no, ["quantity"] = Math.Max(0, wanted + dice.Next(-4, 5)) });
        else if (dice.Next(3) == 0) wish["lines"] = new JsonArray(new JsonObject { ["line"] = no, ["remove"] = true });
        else if (dice.Next(2) == 0) wish["lines"] = new JsonArray(new JsonObject { ["line"] = no, ["unitPriceMinor"] = dice.Next(1, 3_000), ["discountMinor"] = dice.Next(0, 300) });
        if (dice.Next(3) == 0) wish["add"] = new JsonArray(JsonSerializer.SerializeToNode(Line(dice)));
        if (dice.Next(4) == 0) wish["discountMinor"] = dice.Next(0, 300);
        if (dice.Next(5) == 0) wish["charges"] = new JsonArray(new JsonObject { ["code"] = "gift", ["amountMinor"] = dice.Next(0, 400), ["taxRate"] = 0.2 });
        if (dice.Next(5) == 0) wish["shippingAddress"] = JsonSerializer.SerializeToNode(EditShop.Address(dice.Next(2) == 0 ? "SW1A 1AA" : "M1 1AE"));
        if (dice.Next(5) == 0) wish["method"] = dice.Next(2) == 0 ? "express" : "standard";
        if (wish.Count == 0) wish["priority"] = dice.Next(-5, 6);
        return ("/edit", wish);
    }

    /// <summary>Each line is its billed units at their price less its discount, and the order is the sum of its lines.</summary>
    private static void AddsUp(JsonElement order, string told)
    {
        if (order.Text("state") is "cancelled" or "expired") return;           // keeps what it was worth
        long goods = 0, charges = 0, discount = 0, tax = 0;
        bool isIncluded = order.GetProperty("pricesIncludeTax").GetBoolean();
        foreach (var line in order.GetProperty("lines").EnumerateArray().Where(l => l.Text("kind") != "component"))
        {
            long gross = checked((line.Long("quantity") - line.Long("cancelled")) * line.Long("unitPriceMinor")), total = line.Long("totalMinor");
            total.ShouldBe(gross - line.Long("discountMinor"), $"{told}: {line}");
            total.ShouldBeGreaterThanOrEqualTo(0, told);
            decimal rate = line.GetProperty("taxRate").GetDecimal(), exact = isIncluded ? total - total / (1 + rate) : total * rate;
            Math.Abs(line.Long("taxMinor") - exact).ShouldBeLessThanOrEqualTo(0.5m, $"{told}: {line}");
            if (line.Text("kind") == "charge" && line.Text("sku") != "WRAP") charges += gross; else goods += gross;
            discount += line.Long("discountMinor");
            tax += line.Long("taxMinor");
        }
        (order.Long("goodsMinor"), order.Long("chargesMinor"), order.Long("discountMinor"), order.Long("taxMinor")).ShouldBe((goods, charges, discount, tax), told);
        order.Long("totalMinor").ShouldBe(goods + charges - discount + (isIncluded ? 0 : tax), told);
    }
}
