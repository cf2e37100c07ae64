using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Billing;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Billing;

/// <summary>Bills that the house approves: they stay as they were, and what comes later makes another version.</summary>
public sealed class ApprovedBillTests
{
    [Theory, BothDatabases, Capability("AX-52")]
    public async Task An_approved_bill_never_changes_and_what_comes_late_makes_another_version(DatabaseKind kind)
    {
        await using var clients = await TwoClients.Open(kind, fakeClock: true);
        var (shop, alpha, beta) = (clients.House, clients.Alpha, clients.Beta);
        string month = shop.Clock!.GetUtcNow().ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        string bill = $"/bills/{month}?merchant=alpha", approve = $"/bills/{month}/approve?merchant=alpha";

        await BookedIn(alpha, 100);
        await BookedIn(beta, 7);
        await shop.Until(async () => (await shop.Get(bill)).Long("entries") == 1);
        (await shop.Get(bill)).Text("state").ShouldBe("running");
        await shop.Refused(HttpMethod.Post, approve, new { totalMinor = 0, entries = 1 }, 409, "billing.month_runs");
        (await shop.Refused(HttpMethod.Post, approve, new { }, 400, "request.invalid")).GetProperty("errors").EnumerateArray().Select(e => e.Text("pointer")).ShouldBe(["/totalMinor", "/entries"]);
        shop.Clock.Advance(TimeSpan.FromDays(40));
        await shop.Services.GetRequiredService<KeepStorageDays>().Handle();
        await shop.Refused(HttpMethod.Post, approve, new { totalMinor = 0, entries = 1 }, 409, "billing.no_tariff");
        await shop.Put("/tariff?merchant=alpha", new { currency = "GBP", lines = new[] { new { activity = "receivedUnit", priceMinor = 2 } } });

        // What was looked at is approved, and by the house alone; two who approve at once make one version.
        var open = await shop.Get(bill);
        (open.Text("state"), open.Long("totalMinor"), open.Text("merchantName")).ShouldBe(("open", 200, "Alpha"));
        await shop.Refused(HttpMethod.Post, approve, new { totalMinor = 199, entries = 1 }, 409, "billing.changed");
        ((int)(await alpha.PostAsJsonAsync($"/api/v1/bills/{month}/approve", new { totalMinor = 200, entries = 1 })).StatusCode).ShouldBe(403, "nobody approves his own bill");
        string reader = (await shop.Post("/keys", new { name = "Reader", scopes = new[] { "reports:read", "prices:read" } })).Text("secret")!;
        using (var reads = shop.Client(reader)) ((int)(await reads.PostAsJsonAsync("/api/v1" + approve, new { totalMinor = 200, entries = 1 })).StatusCode).ShouldBe(403);
        var first = await Task.WhenAll(shop.Post(approve, new { totalMinor = 200, entries = 1 }), shop.Post(approve, new { totalMinor = 200, entries = 1 }));
        first.ShouldAllBe(f => f.Long("version") == 1 && f.GetProperty("versions").GetArrayLength() == 1);

        // Prices change, and something of the month is told late: the bill stays.
        await shop.Put("/tariff?merchant=alpha", new { currency = "GBP", lines = new[] { new { activity = "receivedUnit", priceMinor = 3 } } });
        await Late(shop, month, 50);
        var kept = await shop.Get(bill);
        (kept.Text("state"), kept.Long("version"), kept.Long("totalMinor"), kept.Long("entries"), kept.Long("later")).ShouldBe(("changed", 1, 200, 1, 1));
        var now = await shop.Get(bill + "&version=0");
        (now.GetProperty("version").ValueKind, now.Long("totalMinor"), now.Long("entries")).ShouldBe((JsonValueKind.Null, 300, 2), "late units have the price of their month");
        (await shop.Get(bill + "&version=0&newPrices=true")).Long("totalMinor").ShouldBe(450);
        (await File(shop, month, "version=0")).ShouldEndWith($"\nalpha,{month},,receivedUnit,150,0.02,1,3.00,GBP,2\n");
        (await File(shop, month, "version=0&newPrices=true")).ShouldEndWith($"\nalpha,{month},,receivedUnit,150,0.03,1,4.50,GBP,2\n", customMessage: "the file is of the prices that are shown");
        (await shop.Post(approve, new { totalMinor = 300, entries = 2 })).Long("version").ShouldBe(2);
        (await shop.Post(approve, new { totalMinor = 300, entries = 2 })).Long("version").ShouldBe(2, "said again it does nothing more");
        (await shop.Post(approve, new { totalMinor = 450, entries = 2, newPrices = true })).Long("version").ShouldBe(3);
        (await shop.Get(bill + "&version=1")).Long("totalMinor").ShouldBe(200);
        (await shop.Get(bill)).GetProperty("versions").EnumerateArray().Select(v => (v.Long("version"), v.Long("totalMinor"))).ShouldBe([(3, 450), (2, 300), (1, 200)]);
        await shop.Refused(HttpMethod.Get, bill + "&version=4", null, 404, "billing.no_such_version");

        // Each version is traced to its own entries, and each of those to the event that told it.
        (await Entries(shop.Http, $"?merchant=alpha&month={month}&version=1")).Select(e => (e.Long("quantity"), e.Text("event"))).ShouldBe([(100, "GoodsReceived")]);
        (await Entries(shop.Http, $"?merchant=alpha&month={month}&version=2")).Sum(e => e.Long("quantity")).ShouldBe(150);
        (await File(shop, month, "version=1")).ShouldEndWith($"\nalpha,{month},1,receivedUnit,100,0.02,1,2.00,GBP,1\n");
        (await File(shop, month, "entries=true")).Trim().Split('\n').Length.ShouldBe(3);

        // The house sees every merchant's, a merchant its own and nobody else's.
        (await shop.Get("/bills?month=" + month)).GetProperty("data").EnumerateArray().Select(b => (b.Text("merchant"), b.Text("state"), b.Long("totalMinor"))).ShouldBe([("alpha", "approved", 450), ("beta", "open", 0)]);
        var page = await shop.Get("/bills?limit=1");
        (page.GetProperty("data")[0].Text("merchant"), (await shop.Get("/bills?limit=1&after=" + page.Text("next"))).GetProperty("data")[0].Text("merchant")).ShouldBe(("alpha", "beta"));
        (await TwoClients.Send(alpha, HttpMethod.Get, "/bills")).GetProperty("data").EnumerateArray().Select(b => b.Text("merchant")).ShouldBe(["alpha"]);
        (await TwoClients.Send(alpha, HttpMethod.Get, "/bills/" + month)).Long("version").ShouldBe(3);
        foreach (string path in new[] { $"/bills/{month}?merchant=beta", "/bills?merchant=beta", $"/bills/{month}/file?merchant=beta", $"/billable-activities?month={month}&merchant=beta" })
            ((int)(await alpha.GetAsync("/api/v1" + path)).StatusCode).ShouldBe(404);
        await shop.OnlyGrows("bills");
        await shop.OnlyGrows("billed_activities");
    }

    [Theory, BothDatabases, Capability("AX-52")]
    public async Task A_list_of_bills_misses_none_between_its_pages_and_each_version_has_the_currency_it_was_approved_in(DatabaseKind kind)
    {
        await using var clients = await TwoClients.Open(kind, fakeClock: true);
        var shop = clients.House;
        // Codes that a database sorts by its own rules: with and without signs, in small and large letters.
        string[] codes = ["ab", "a-b", "a.c", "AB", "Zed", "a_b", "a1"];
        foreach (string code in codes) await shop.Post("/merchants", new { code, name = code, baseCurrency = "GBP" });
        await BookedIn(clients.Alpha, 100);
        string month = shop.Clock!.GetUtcNow().ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        string bill = $"/bills/{month}?merchant=alpha", approve = $"/bills/{month}/approve?merchant=alpha";
        await shop.Until(async () => (await shop.Get(bill)).Long("entries") == 1);
        await shop.Db.WriteAll(work => work.Execute(
            """
            insert into billable_activities (merchant_id, node_id, activity, day, quantity, subject, position, at_ms, fact_key) /* house */
            select m.id, a.node_id, a.activity, a.day, 1, a.subject, a.position, a.at_ms, 'one:1' from billable_activities a join merchants m on m.code = any(@codes)
            """, ("codes", codes)));
        var listed = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await shop.Get($"/bills?limit=2&month={month}{(after.Length == 0 ? "" : "&after=" + Uri.EscapeDataString(after))}");
            listed.AddRange(page.GetProperty("data").EnumerateArray().Select(b => b.Text("merchant")!));
            after = page.Text("next");
        }
        listed.ShouldBe([.. codes.Append("alpha").Order(StringComparer.Ordinal)], "each once");

        shop.Clock.Advance(TimeSpan.FromDays(40));
        await shop.Services.GetRequiredService<KeepStorageDays>().Handle();
        async Task Priced(string currency) => await shop.Put("/tariff?merchant=alpha", new { currency, lines = new[] { new { activity = "receivedUnit", priceMinor = 2 } } });
        await Priced("GBP");
        await shop.Refused(HttpMethod.Post, approve, new { totalMinor = 200, entries = 1, currency = "pounds" }, 400, "request.invalid");
        (await shop.Post(approve, new { totalMinor = 200, entries = 1, currency = "GBP" })).Text("currency").ShouldBe("GBP");
        // The same figures in another currency are another bill: who looked at pounds approves no euros.
        await Priced("EUR");
        (await shop.Get(bill + "&version=0")).Text("currency").ShouldBe("GBP", "the month keeps its prices");
        (await shop.Get(bill + "&version=0&newPrices=true")).Text("currency").ShouldBe("EUR");
        await shop.Refused(HttpMethod.Post, approve, new { totalMinor = 200, entries = 1, newPrices = true, currency = "GBP" }, 409, "billing.changed");
        (await shop.Get(bill)).GetProperty("versions").GetArrayLength().ShouldBe(1);
        (await shop.Post(approve, new { totalMinor = 200, entries = 1, newPrices = true, currency = "EUR" })).Long("version").ShouldBe(2);
        var shown = await shop.Get(bill);
        shown.GetProperty("versions").EnumerateArray().Select(v => (v.Long("version"), v.Text("currency"))).ShouldBe([(2, "EUR"), (1, "GBP")]);
        (shown.Text("currency"), (await shop.Get(bill + "&version=1")).Text("currency"), (await shop.Get($"/bills?merchant=alpha&month={month}")).GetProperty("data")[0].Text("currency")).ShouldBe(("EUR", "GBP", "EUR"));
    }

    [Fact, Capability("AX-52")]
    public void A_month_that_was_approved_keeps_its_prices_and_has_those_of_the_tariff_for_what_had_none()
    {
        TariffLine[] now = [new(Activity.Pick, 50), new(Activity.Parcel, 9)], before = [new(Activity.Pick, 40)];
        BillDraft.Prices("GBP", now, null, []).Lines.ShouldBe(now);
        BillDraft.Prices("GBP", now, "GBP", before).Lines.ShouldBe([new(Activity.Pick, 40), new(Activity.Parcel, 9)]);
        BillDraft.Prices("EUR", now, "GBP", before).ShouldBe(("GBP", before));
        (BillDraft.State(false, null, 1), BillDraft.State(true, null, 1), BillDraft.State(true, 1, 1), BillDraft.State(true, 1, 2)).ShouldBe((BillState.Running, BillState.Open, BillState.Approved, BillState.Changed));
    }

    private static async Task BookedIn(HttpClient merchant, long units)
    {
        string delivery = (await TwoClients.Send(merchant, HttpMethod.Post, "/deliveries", new { node = "SHED" })).Text("id")!;
        await TwoClients.Send(merchant, HttpMethod.Post, $"/deliveries/{delivery}/receipts", new { items = new[] { new { sku = "MUG-01", quantity = units } } });
    }

    /// <summary>An event of the month that is followed only now, as after a stop of the server.</summary>
    private static Task<int> Late(Shop shop, string month, long units) => shop.Db.WriteAll(work => work.Execute(
        """
        insert into billable_activities (merchant_id, node_id, activity, day, quantity, subject, position, at_ms, fact_key) /* house */
        select a.merchant_id, a.node_id, a.activity, a.day, @units, a.subject, a.position, a.at_ms, 'late:1' from billable_activities a join merchants m on m.id = a.merchant_id where m.code = 'alpha' and a.day like @month
        """, ("units", units), ("month", month + "-%")));

    private static async Task<string> File(Shop shop, string month, string query) => (await shop.Http.GetStringAsync($"/api/v1/bills/{month}/file?merchant=alpha&{query}")).ReplaceLineEndings("\n");

    private static async Task<List<JsonElement>> Entries(HttpClient http, string query) => [.. (await TwoClients.Send(http, HttpMethod.Get, "/billable-activities" + query)).GetProperty("data").EnumerateArray()];
}
