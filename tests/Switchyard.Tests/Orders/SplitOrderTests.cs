using System.Net;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Orders;

/// <summary>Splitting an order: units keep their state, money adds up, holds go along, and nobody pays delivery twice.</summary>
[Capability("L18"), Capability("L19")]
public sealed class SplitOrderTests
{
    private static readonly string[] Buckets = ["unallocated", "backordered", "preordered", "allocated"];
    private static readonly string[] Amounts = ["goodsMinor", "discountMinor", "chargesMinor", "taxMinor", "totalMinor"];

    [Theory, BothDatabases]
    public async Task What_waits_goes_to_an_order_of_its_own_and_still_waits(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 3);
        var body = Given.Order(("MUG", 5));
        (body["onShort"], body["charges"]) = ("backorder", new[] { new { code = "delivery", amountMinor = 499, taxRate = 0.2 } });
        var before = await shop.Post("/orders", body);
        (before.Line(1).Long("allocated"), before.Line(1).Long("backordered")).ShouldBe((3, 2));

        var split = await shop.Post($"/orders/{before.Text("id")}/split", new { lines = new[] { new { line = 1, quantity = 2, from = "waiting" } }, reason = "Send what is here" });
        var (order, other) = (split.GetProperty("order"), split.GetProperty("splitOff"));
        (order.Line(1).Long("allocated"), order.Line(1).Long("backordered"), order.Line(1).Long("moved"), order.Line(1).Long("cancelled")).ShouldBe((3, 0, 2, 2));
        (other.Line(1).Long("allocated"), other.Line(1).Long("backordered"), other.Line(1).Long("quantity")).ShouldBe((0, 2, 2), "a unit that waited does not come on hand by a split");
        (order.Long("chargesMinor"), other.Long("chargesMinor")).ShouldBe((499, 0), "delivery is paid once");
        (other.Text("number"), other.Text("placedAt"), other.Text("type")).ShouldBe(("1002", before.Text("placedAt"), "sales"));
        (other.GetProperty("links")[0].Text("kind"), other.GetProperty("links")[0].Text("role"), other.GetProperty("links")[0].Text("order")).ShouldBe(("split", "origin", before.Text("id")));
        order.GetProperty("links")[0].Text("order").ShouldBe(other.Text("id"));
        AddsUp(before, order, other);
        (await shop.Get($"/orders/{before.Text("id")}/timeline")).GetProperty("data").EnumerateArray().Select(e => e.Text("kind")).ShouldContain("OrderSplit");
        (await shop.Get($"/orders/{other.Text("id")}/timeline")).GetProperty("data")[0].Text("kind").ShouldBe("OrderPlaced");

        await shop.Stock("MUG", 2);
        await shop.Until(async () => (await shop.Order(other.Text("id")!)).Line(1).Long("allocated") == 2);
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases]
    public async Task Claims_move_with_their_units_and_the_goods_are_never_free_in_between(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.TwoHalves();
        foreach (string node in new[] { "NORTH", "SOUTH" }) await shop.Product("M-" + node, 4, node);
        var before = await shop.Post("/orders", Given.Order(("M-NORTH", 4)));
        var split = await shop.Post($"/orders/{before.Text("id")}/split", new { lines = new[] { new { line = 1, quantity = 3 } }, charges = "share" });
        AddsUp(before, split.GetProperty("order"), split.GetProperty("splitOff"));
        (split.GetProperty("splitOff").Line(1).GetProperty("allocations")[0].Text("node"), split.GetProperty("splitOff").Line(1).GetProperty("allocations")[0].Long("quantity")).ShouldBe(("NORTH", 3));
        var balance = await shop.Balance("M-NORTH");
        (balance.Long("onHand"), balance.Long("allocated"), balance.Long("earmarked")).ShouldBe((4, 4, 0));
        string release = (await shop.Post($"/orders/{split.GetProperty("splitOff").Text("id")}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        foreach (string step in new[] { "start-picking", "pick", "pack", "ship" }) await shop.Post($"/fulfilments/{release}/{step}", new { });
        (await shop.Balance("M-NORTH")).Long("onHand").ShouldBe(1);
        await shop.Post($"/orders/{before.Text("id")}/cancel", new { reason = "The rest is not wanted" });
        (await shop.Balance("M-NORTH")).Long("allocated").ShouldBe(0);
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases]
    public async Task Money_that_was_taken_or_reserved_goes_with_what_it_pays_for(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 50);
        var (paid, off) = await SplitOne("paid");
        (paid.Text("paymentStatus"), paid.Long("capturedMinor"), paid.Long("refundedMinor"), paid.Long("dueMinor")).ShouldBe(("paid", 2000, 0, 0));
        (off.Text("paymentStatus"), off.Long("capturedMinor"), off.Long("dueMinor")).ShouldBe(("paid", 1000, 0));
        string moved = (await shop.Get($"/orders/{off.Text("id")}/payments")).GetProperty("data")[0].Text("id")!;
        await shop.Post($"/payments/{moved}/refund", new { amountMinor = 1000, reason = "test" });
        await shop.Refused(HttpMethod.Post, $"/payments/{(await shop.Get($"/orders/{paid.Text("id")}/payments")).GetProperty("data").EnumerateArray().First(p => p.Text("type") == "external").Text("id")}/refund",
            new { amountMinor = 2001, reason = "test" }, 409, "payments.more_than_left");

        (paid, off) = await SplitOne("authorised");
        (paid.Text("paymentStatus"), paid.Long("authorisedMinor"), off.Text("paymentStatus"), off.Long("authorisedMinor")).ShouldBe(("authorised", 2000, "authorised", 1000));
        string authorised = (await shop.Get($"/orders/{off.Text("id")}/payments")).GetProperty("data")[0].Text("id")!;
        await shop.Post($"/payments/{authorised}/capture", new { amountMinor = 1000 });
        (paid, off) = await SplitOne("terms");
        (paid.Text("paymentStatus"), off.Text("paymentStatus")).ShouldBe(("terms", "terms"));

        var pending = Given.Order(("MUG", 3));
        pending["payment"] = new { status = "pending" };
        await shop.Refused(HttpMethod.Post, $"/orders/{(await shop.Post("/orders", pending)).Text("id")}/split", new { lines = new[] { new { line = 1, quantity = 1 } } }, 409, "orders.payment_pending");
        await shop.ShouldBeSound();

        async Task<(JsonElement, JsonElement)> SplitOne(string status)
        {
            var body = Given.Order(("MUG", 3));
            body["payment"] = new { status, reference = "psp-1" };
            var before = await shop.Post("/orders", body);
            var split = await shop.Post($"/orders/{before.Text("id")}/split", new { lines = new[] { new { line = 1, quantity = 1 } } });
            AddsUp(before, split.GetProperty("order"), split.GetProperty("splitOff"));
            return (split.GetProperty("order"), split.GetProperty("splitOff"));
        }
    }

    [Theory, BothDatabases]
    public async Task A_hold_is_not_got_round_by_a_split(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 50);
        string id = (await shop.Post("/orders", Given.Order(("MUG", 3)))).Text("id")!;
        await shop.Post($"/orders/{id}/hold", new { reason = "Ring the customer" });
        var off = (await shop.Post($"/orders/{id}/split", new { lines = new[] { new { line = 1, quantity = 1 } } })).GetProperty("splitOff");
        (off.GetProperty("isHeld").GetBoolean(), off.GetProperty("holds")[0].Text("reason")).ShouldBe((true, "Ring the customer"));
    }

    [Theory, BothDatabases]
    public async Task What_cannot_be_split_says_why(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 50);
        await shop.Product("TEA", 50);
        string id = (await shop.Post("/orders", Given.Order(("MUG", 3), ("TEA", 1)))).Text("id")!;
        await Refused(409, "orders.nothing_would_stay", (1, 3), (2, 1));
        await Refused(409, "orders.cannot_split", (1, 4));
        await Refused(400, "request.invalid", (9, 1));
        await Refused(400, "request.invalid", (1, 0));
        var stale = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/orders/{id}/split") { Content = System.Net.Http.Json.JsonContent.Create(new { lines = new[] { new { line = 1, quantity = 1 } } }) };
        stale.Headers.TryAddWithoutValidation("If-Match", "\"7\"");
        (await Shop.Read(await shop.Http.SendAsync(stale), 412)).Text("code").ShouldBe("orders.version_changed");
        await shop.Post($"/orders/{id}/release", new { });
        await Refused(409, "orders.cannot_split", (1, 1));
        await shop.Post($"/orders/{id}/cancel", new { reason = "test" });
        await Refused(409, "orders.cannot_edit", (1, 1));

        Task Refused(int status, string code, params (int Line, long Quantity)[] lines) => shop.Refused(HttpMethod.Post, $"/orders/{id}/split",
            new { lines = lines.Select(l => new { line = l.Line, quantity = l.Quantity }).ToArray() }, status, code);
    }

    [Theory, BothDatabases]
    public async Task Orders_split_again_and_again_add_up_to_the_one_that_was(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        for (int i = 0; i < 4; i++) await shop.Product("S" + i, 1 + i * 3);
        await shop.Post("/products", new { sku = "SET", name = "Set", kind = "bundle", components = new[] { new { sku = "S1", quantity = 2 }, new { sku = "S2", quantity = 1 } } });
        int seed = Environment.TickCount;
        var random = new System.Random(seed);
        for (int round = 0; round < 10; round++)
        {
            var body = Given.Order(("S0", 1));
            string[] skus = ["S0", "S1", "S2", "S3", "SET"];
            body["lines"] = skus.Select(sku => new
            {
                sku, quantity = random.Next(1, 7), unitPriceMinor = random.Next(0, 2000), discountMinor = random.Next(0, 3) == 0 ? 0 : (int?)null, taxRate = random.Next(0, 3) switch { 0 => 0.2m, 1 => 0.175m, _ => 0m },
                taxMinor = random.Next(0, 4) == 0 ? random.Next(0, 300) : (int?)null,
            }).ToArray();
            (body["discountMinor"], body["pricesIncludeTax"], body["onShort"]) = (random.Next(0, 2), random.Next(0, 2) == 0, "backorder");
            body["charges"] = new[] { new { code = "delivery", amountMinor = random.Next(0, 900), taxRate = 0.2m }, new { code = "gift", amountMinor = 101, taxRate = 0m } };
            var answer = await shop.Send(HttpMethod.Post, "/orders", body);
            if (answer.StatusCode == HttpStatusCode.BadRequest) continue;                  // the discount was more than the goods
            var parts = new List<JsonElement> { await Shop.Read(answer, 201) };
            var whole = parts[0];
            for (int step = 0; step < 4; step++)
            {
                int at = random.Next(parts.Count);
                var lines = parts[at].GetProperty("lines").EnumerateArray().Where(l => l.Text("kind") is "goods" or "bundle" && l.Long("quantity") > l.Long("cancelled"))
                    .Where(_ => random.Next(2) == 0).Select(l => new { line = l.Long("line"), quantity = random.NextInt64(1, l.Long("quantity") - l.Long("cancelled") + 1) }).ToArray();
                if (lines.Length == 0) continue;
                var done = await shop.Send(HttpMethod.Post, $"/orders/{parts[at].Text("id")}/split", new { lines, charges = random.Next(2) == 0 ? "share" : "stay" });
                if (done.StatusCode == HttpStatusCode.Conflict) continue;                  // nothing would have stayed
                var split = await Shop.Read(done, 201);
                parts[at] = split.GetProperty("order");
                parts.Add(split.GetProperty("splitOff"));
                AddsUp(whole, [.. parts], $"seed {seed}, round {round}, step {step}");
            }
        }
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("P11")]
    public async Task Splits_cancels_edits_and_releases_at_once_keep_units_and_money_whole(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 40);
        for (int round = 0; round < 4; round++)
        {
            string id = (await shop.Post("/orders", Given.Order(("MUG", 8)))).Text("id")!;
            var wishes = Enumerable.Range(0, 5).Select(_ => Task.Run(() => shop.Send(HttpMethod.Post, $"/orders/{id}/split", new { lines = new[] { new { line = 1, quantity = 1 } } })))
                .Append(Task.Run(() => shop.Send(HttpMethod.Post, $"/orders/{id}/cancel", new { reason = "race", lines = new[] { new { line = 1, quantity = 2 } } })))
                .Append(Task.Run(() => shop.Send(HttpMethod.Post, $"/orders/{id}/edit", new { lines = new[] { new { line = 1, quantity = 6 } } })))
                .Append(Task.Run(() => shop.Send(HttpMethod.Post, $"/orders/{id}/release", new { }))).ToList();
            foreach (var answer in await Task.WhenAll(wishes)) ((int)answer.StatusCode).ShouldBeLessThan(500, await answer.Content.ReadAsStringAsync());
            var order = await shop.Order(id);
            order.Line(1).Long("moved").ShouldBe(order.GetProperty("links").GetArrayLength());
            await shop.ShouldBeSound();
        }
        var balance = await shop.Balance("MUG");
        balance.Long("onHand").ShouldBe(40);
        (balance.Long("allocated") + balance.Long("available")).ShouldBe(40);
    }

    [Theory, BothDatabases]
    public async Task Verify_finds_units_that_were_split_off_to_nowhere(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 50);
        string id = (await shop.Post("/orders", Given.Order(("MUG", 3)))).Text("id")!;
        await shop.Post($"/orders/{id}/split", new { lines = new[] { new { line = 1, quantity = 1 } } });
        (await shop.Faults("orders.splits")).ShouldBeEmpty();
        await shop.Db.WriteAll(work => work.Execute("update order_lines set moved = moved + 1 where moved = 1 -- house"));
        (await shop.Faults("orders.splits")).ShouldHaveSingleItem().ShouldContain("2 units moved and 1");
    }

    /// <summary>Units by SKU and state, and every amount, of the parts are those of the whole.</summary>
    private static void AddsUp(JsonElement whole, params JsonElement[] parts) => AddsUp(whole, parts, "");

    private static void AddsUp(JsonElement whole, JsonElement[] parts, string why)
    {
        foreach (string amount in Amounts) parts.Sum(p => p.Long(amount)).ShouldBe(whole.Long(amount), $"{amount} {why}");
        foreach (var line in parts.SelectMany(p => p.GetProperty("lines").EnumerateArray()).Where(l => l.Text("kind") != "component"))
            line.Long("totalMinor").ShouldBeGreaterThanOrEqualTo(0, why);
        foreach (string bucket in Buckets) Units(parts, bucket).ShouldBe(Units([whole], bucket), $"{bucket} {why}");
        foreach (var group in parts.SelectMany(p => p.GetProperty("lines").EnumerateArray()).Where(l => l.Text("kind") is "goods" or "component").GroupBy(l => (l.Text("sku"), l.Text("kind"))))
            group.Sum(l => l.Long("quantity") - l.Long("moved")).ShouldBe(whole.GetProperty("lines").EnumerateArray().Where(l => (l.Text("sku"), l.Text("kind")) == group.Key).Sum(l => l.Long("quantity")), $"{group.Key} {why}");
    }

    private static string Units(IEnumerable<JsonElement> orders, string bucket) => string.Join(", ", orders.SelectMany(o => o.GetProperty("lines").EnumerateArray())
        .Where(l => l.Text("kind") is "goods" or "component").GroupBy(l => l.Text("sku")).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Sum(l => l.Long(bucket))}"));
}
