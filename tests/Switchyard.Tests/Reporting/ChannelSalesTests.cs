using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Tests.Log;

namespace Switchyard.Tests.Reporting;

[Capability("CH-10", "CH-13")]
public sealed class ChannelSalesTests
{
    private static readonly long Monday = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private const long Day = 86_400_000;

    [Theory, BothDatabases]
    public async Task Sales_are_reported_apart_by_channel_day_and_currency_and_cancellations_come_off(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        long app = await NewChannel(shop, 1, "app"), chat = await NewChannel(shop, 1, "chat");
        await Sell(shop, app, "GBP", 1000, 2, Monday);
        await Sell(shop, app, "GBP", 500, 1, Monday);
        await Sell(shop, app, "EUR", 700, 1, Monday);
        await Sell(shop, chat, "GBP", 300, 3, Monday + Day);
        await Sell(shop, app, "GBP", 500, 1, Monday, "OrderCancelled");
        await Sell(shop, chat, "GBP", 900, 9, Monday + Day);
        await Sell(shop, chat, "GBP", 900, 9, Monday + Day, "OrderExpired");
        await Sell(shop, chat, "GBP", 400, 4, Monday - 7 * Day, "OrderImported");          // history was sold too, on its own day
        await CaughtUp(shop);

        var report = await shop.Get("/reports/channel-sales?from=2026-03-01&to=2026-03-31");
        Lines(await shop.Get("/reports/channel-sales?from=2026-02-20&to=2026-02-28")).ShouldBe(["chat 2026-02-23 GBP 1 4 400"]);
        Lines(report).ShouldBe(["app 2026-03-02 EUR 1 1 700", "app 2026-03-02 GBP 1 2 1000", "chat 2026-03-03 GBP 1 3 300"], ignoreOrder: true);
        report.GetProperty("totals").EnumerateArray().Select(t => $"{t.GetProperty("channel").GetString()} {t.GetProperty("currency").GetString()} {t.GetProperty("totalMinor")}")
            .ShouldBe(["app EUR 700", "app GBP 1000", "chat GBP 300"]);
        Lines(await shop.Get("/reports/channel-sales?from=2026-03-03&to=2026-03-03")).ShouldBe(["chat 2026-03-03 GBP 1 3 300"]);
        Lines(await shop.Get("/reports/channel-sales?from=2026-03-04&to=2026-03-31")).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    [Capability("P22", "CH-08", "IG-14")]
    public async Task Orders_of_an_app_a_chat_and_a_social_shop_go_one_way_and_are_reported_apart(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 50);
        foreach (string code in (string[])["app", "chat", "instagram"]) await shop.Put("/channels/" + code, new { name = code, onShort = "refuse" });
        await Order("app", 2, null);
        var asked = await Order("chat", 3, "WhatsApp of 2 March, thread 7");
        asked.Text("channel").ShouldBe("chat");
        asked.Text("sourceReference").ShouldBe("WhatsApp of 2 March, thread 7");
        (await Order("instagram", 4, "Reel of 2 March")).Text("channel").ShouldBe("instagram");
        var regretted = await Order("app", 5, null);
        await shop.Post($"/orders/{regretted.Text("id")}/cancel", new { reason = "Changed my mind" });
        await CaughtUp(shop);

        var report = await shop.Get("/reports/channel-sales");
        report.GetProperty("totals").EnumerateArray().Select(t => $"{t.Text("channel")} {t.Long("orders")} {t.Long("units")} {t.Long("totalMinor")}")
            .ShouldBe(["app 1 2 2000", "chat 1 3 3000", "instagram 1 4 4000"]);
        var timeline = await shop.Get($"/events?aggregate={regretted.Text("id")}");
        timeline.GetProperty("data").EnumerateArray().Select(e => e.Text("kind")).ShouldBe(["OrderPlaced", "OrderCancelled"]);
        foreach (var check in shop.Services.GetServices<BooksCheck>().Where(c => c.Name.StartsWith("events.", StringComparison.Ordinal)))
            (await check.Run(shop.Db)).Faults.ShouldBeEmpty(check.Name);

        async Task<JsonElement> Order(string channel, long quantity, string? source)
        {
            var body = Given.Order(("MUG", quantity));
            body["channel"] = channel;
            body["sourceReference"] = source;
            return await shop.Post("/orders", body);
        }
    }

    [Theory, BothDatabases]
    [Capability("CH-16")]
    public async Task Sales_in_other_currencies_count_at_the_rate_of_their_time_and_what_ends_leaves_nothing_behind(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 100);
        await shop.Put("/exchange-rates/EUR", new { rate = 0.85, validFrom = "2026-01-01T00:00:00Z" });
        string first = await Order("EUR", 1, 1_001);                                  // 850.85 is 851
        await shop.Put("/exchange-rates/EUR", new { rate = 0.9, validFrom = "2026-02-01T00:00:00Z" });
        await Order("EUR", 1, 1_001);                                                 // 900.90 is 901
        string two = await Order("EUR", 2, 333);                                      // 599.40 is 599, and half of it 299.70 is 300
        await Order("USD", 1, 500);
        await Order("GBP", 1, 700);
        await CaughtUp(shop);
        var report = await shop.Get("/reports/channel-sales");
        report.Text("baseCurrency").ShouldBe("GBP");
        Totals(report).ShouldBe(["EUR 2668 2351 0", "GBP 700 700 0", "USD 500 - 1"]);

        await shop.Post($"/orders/{two}/cancel", new { reason = "One is enough", lines = new[] { new { line = 1, quantity = 1 } } });
        await CaughtUp(shop);
        Totals(await shop.Get("/reports/channel-sales")).ShouldBe(["EUR 2335 2052 0", "GBP 700 700 0", "USD 500 - 1"]);
        await shop.Post($"/orders/{two}/cancel", new { reason = "None at all" });
        await shop.Post($"/orders/{first}/cancel", new { reason = "Changed my mind" });
        await CaughtUp(shop);
        Totals(await shop.Get("/reports/channel-sales")).ShouldBe(["EUR 1001 901 0", "GBP 700 700 0", "USD 500 - 1"]);

        async Task<string> Order(string currency, long units, long price)
        {
            var body = Given.Order(("MUG", units));
            body["currency"] = currency;
            body["lines"] = new[] { new { sku = "MUG", quantity = units, unitPriceMinor = price } };
            return (await shop.Post("/orders", body)).Text("id")!;
        }
        static string[] Totals(JsonElement of) =>
        [
            .. of.GetProperty("totals").EnumerateArray().Select(t => $"{t.Text("currency")} {t.Long("totalMinor")} "
                + $"{(t.GetProperty("totalBaseMinor") is { ValueKind: JsonValueKind.Number } sum ? sum.GetRawText() : "-")} {t.Long("withoutRate")}"),
        ];
    }

    [Theory, BothDatabases]
    public async Task Tax_that_a_channel_owes_is_told_apart_and_comes_off_with_what_is_cancelled(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 100);
        var theirs = await Order("channel");
        theirs.Text("taxOwedBy").ShouldBe("channel");
        (await shop.Get("/orders/" + theirs.Text("id"))).Text("taxOwedBy").ShouldBe("channel");
        (await Order("merchant")).TryGetProperty("taxOwedBy", out _).ShouldBeFalse();
        (await Order(null)).TryGetProperty("taxOwedBy", out _).ShouldBeFalse();
        var wrong = Given.Order(("MUG", 1));
        wrong["taxOwedBy"] = "nobody";
        (await shop.Refused(HttpMethod.Post, "/orders", wrong, 400, "request.invalid")).GetProperty("errors")[0].Text("pointer").ShouldBe("/taxOwedBy");
        (await Tax()).ShouldBe((7_200, 400));

        await shop.Post($"/orders/{theirs.Text("id")}/cancel", new { reason = "One is enough", lines = new[] { new { line = 1, quantity = 1 } } });
        (await Tax()).ShouldBe((6_000, 200));
        await shop.Post($"/orders/{theirs.Text("id")}/cancel", new { reason = "None at all" });
        (await Tax()).ShouldBe((4_800, 0));

        async Task<JsonElement> Order(string? owed)
        {
            var body = Given.Order(("MUG", 2));
            body["pricesIncludeTax"] = true;
            body["lines"] = new[] { new { sku = "MUG", quantity = 2, unitPriceMinor = 1_200, taxRate = 0.2 } };
            if (owed is not null) body["taxOwedBy"] = owed;
            return await shop.Post("/orders", body);
        }
        async Task<(long Total, long Theirs)> Tax()
        {
            await CaughtUp(shop);
            var sum = (await shop.Get("/reports/channel-sales")).GetProperty("totals").EnumerateArray().Single();
            return (sum.Long("totalMinor"), sum.Long("channelTaxMinor"));
        }
    }

    [Theory, BothDatabases]
    public async Task The_report_comes_in_pages_that_miss_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        long app = await NewChannel(shop, 1, "app");
        for (int i = 0; i < 7; i++) await Sell(shop, app, i % 2 == 0 ? "GBP" : "EUR", 100, 1, Monday + i / 3 * Day);
        await CaughtUp(shop);
        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await shop.Get("/reports/channel-sales?from=2026-03-01&to=2026-03-31&limit=2" + (next is null ? "" : "&after=" + next));
            seen.AddRange(Lines(page));
            next = page.GetProperty("next").GetString();
        } while (next is not null);
        seen.ShouldBe(["app 2026-03-02 EUR 1 1 100", "app 2026-03-02 GBP 2 2 200", "app 2026-03-03 EUR 2 2 200", "app 2026-03-03 GBP 1 1 100", "app 2026-03-04 GBP 1 1 100"]);
    }

    [Theory, BothDatabases]
    [Capability("P21")]
    public async Task Another_merchants_sales_are_not_in_the_report(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        long other = await shop.Db.OtherMerchant();
        await Sell(shop, await NewChannel(shop, other, "app"), "EUR", 900, 1, Monday, merchant: other);
        await CaughtUp(shop);
        var report = await shop.Get("/reports/channel-sales?from=2026-03-01&to=2026-03-31");
        Lines(report).ShouldBeEmpty();
        report.GetProperty("totals").GetArrayLength().ShouldBe(0);
    }

    [Theory, BothDatabases("from=2026-02-30", "#from"), BothDatabases("to=yesterday", "#to"), BothDatabases("from=2026-03-02&to=2026-03-01", "#from"),
     BothDatabases("from=2024-01-01&to=2026-03-01", "#from"), BothDatabases("limit=0", "#limit"), BothDatabases("after=%00", "#after"), BothDatabases("to=0001-01-05", "")]
    public async Task Bad_parameters_are_named(DatabaseKind kind, string query, string pointer)
    {
        await using var shop = await Shop.Open(kind);
        if (pointer.Length == 0) { Lines(await shop.Get("/reports/channel-sales?" + query)).ShouldBeEmpty(); return; }
        var problem = await shop.Refused(HttpMethod.Get, "/reports/channel-sales?" + query, null, 400, "request.invalid");
        problem.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
    }

    private static string[] Lines(JsonElement report) =>
    [
        .. report.GetProperty("data").EnumerateArray().Select(s => $"{s.GetProperty("channel").GetString()} {s.GetProperty("day").GetString()} " +
            $"{s.GetProperty("currency").GetString()} {s.GetProperty("orders")} {s.GetProperty("units")} {s.GetProperty("totalMinor")}"),
    ];

    private static Task Sell(Shop shop, long channel, string currency, long total, long units, long at, string kind = "OrderPlaced", long merchant = 1) =>
        shop.Db.Append("sale", kind, new { channelId = channel, currency, totalMinor = total, units, placedAtMs = at, number = "1001", channel = "x" },
            Actor.House("system:test", merchant));

    private static Task<long> NewChannel(Shop shop, long merchant, string code) => shop.Db.WriteAll(work => work.Scalar(
        "insert into channels (merchant_id, code, name, on_short) values (@m, @code, @code, 'refuse') returning id", ("m", merchant), ("code", code)));

    // The log itself is asked: a server that has not looked yet knows of no lag.
    private static Task CaughtUp(Shop shop) => LogTesting.Until(async () => (await shop.Db.ReadAll(work => work.Query(
        """
        select count(*) from events e where e.kind in ('OrderPlaced', 'OrderImported', 'OrderTotalChanged', 'OrderCancelled', 'OrderExpired')
           and e.position > coalesce((select c.position from consumers c where c.name = 'channel_sales'), 0)
        """, row => row.Long())))[0] == 0, "channel_sales has caught up");
}
