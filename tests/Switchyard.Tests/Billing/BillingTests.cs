using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Billing;
using Switchyard.Database;

namespace Switchyard.Tests.Billing;

/// <summary>A house that works for two merchants: their goods are told apart by scans, and each is billed for what was done for it.</summary>
public sealed class BillingTests
{
    [Theory, BothDatabases, Capability("AX-52")]
    public async Task A_month_of_sixty_orders_and_two_pallets_is_billed_to_the_penny_and_traced_to_events(DatabaseKind kind)
    {
        await using var clients = await TwoClients.Open(kind, fakeClock: true, "FACE-A", "FACE-B", new { code = "PAL-1", kind = "bulk" }, new { code = "PAL-2", kind = "reserve" }, new { code = "DOCK", kind = "staging" });
        var (shop, alpha, beta) = (clients.House, clients.Alpha, clients.Beta);
        await TwoClients.Fill(alpha, ("FACE-A", 70), ("PAL-1", 10), ("PAL-2", 10));
        await TwoClients.Fill(beta, ("FACE-B", 5));
        // Which zone a shared bin is in, and how it is walked, is not one merchant's to say; nor are goods put into hands by a list.
        foreach (var (item, pointer) in new (object, string)[] { (new { node = "SHED", bin = "FACE-B", sku = "MUG-01", quantity = 0, walkOrder = 9 }, "/items/0"), (new { node = "SHED", bin = "PICKED", sku = "MUG-01", quantity = 0 }, "/items/0/bin") })
            (await Shop.Read(await alpha.PutAsJsonAsync("/api/v1/inventory/bins", new { items = new[] { item } }), 400)).GetProperty("errors")[0].Text("pointer").ShouldBe(pointer);

        // The same SKU text of two merchants: the other one's mug is none of Alpha's goods.
        string mixed = await TwoClients.Released(alpha);
        string wave = (await TwoClients.Send(alpha, HttpMethod.Post, "/waves", new { node = "SHED" })).Text("id")!;
        await TwoClients.Send(alpha, HttpMethod.Post, $"/waves/{wave}/release", new { });
        var stop = (await TwoClients.Send(alpha, HttpMethod.Post, "/nodes/SHED/next-stop", new { })).GetProperty("stop");
        object Scan(string item) => new { commands = new[] { new { id = Guid.CreateVersion7(), task = stop.Text("id"), kind = "pick", bin = stop.Text("bin"), item } } };
        (await TwoClients.Send(alpha, HttpMethod.Post, "/pick-commands", Scan(TwoClients.MugOfBeta))).GetProperty("answers")[0].Text("code").ShouldBe("picking.unknown_item");
        (await TwoClients.Send(alpha, HttpMethod.Post, "/pick-commands", Scan(TwoClients.MugOfAlpha))).GetProperty("answers")[0].Text("outcome").ShouldBe("ok");
        (await TwoClients.Send(alpha, HttpMethod.Get, "/nodes/SHED/pick-figures")).GetProperty("operatives")[0].Long("misPicks").ShouldBe(1);
        (await TwoClients.Send(beta, HttpMethod.Get, "/inventory?sku=MUG-01")).GetProperty("total").Long("onHand").ShouldBe(5);

        await shop.Refused(HttpMethod.Put, "/tariff?merchant=alpha", new { currency = "GBP", lines = new object[] { new { activity = "hug", priceMinor = 1 }, new { activity = "pick", priceMinor = -1, per = 0 } } }, 400, "request.invalid");
        await shop.Put("/tariff?merchant=alpha", new { currency = "GBP", lines = new[] { new { activity = "order", priceMinor = 120 }, new { activity = "pick", priceMinor = 40 }, new { activity = "palletDay", priceMinor = 50 } } });
        ((int)(await alpha.PutAsJsonAsync("/api/v1/tariff", new { currency = "GBP", lines = new[] { new { activity = "pick", priceMinor = 0 } } })).StatusCode).ShouldBe(403, "nobody writes his own bill");

        // April: sixty orders of a unit, and two pallets that stand there all month.
        var storage = shop.Services.GetRequiredService<KeepStorageDays>();
        shop.Clock!.Advance(TimeSpan.FromDays(30));
        await storage.Handle();
        foreach (var some in Enumerable.Range(0, 60).Chunk(10))
            await Task.WhenAll(some.Select(async _ =>
            {
                string release = await TwoClients.Released(alpha);
                foreach (string step in new[] { "start-picking", "pick", "pack", "ship" }) await TwoClients.Send(alpha, HttpMethod.Post, $"/fulfilments/{release}/{step}", new { });
            }));
        for (int day = 0; day < 30; day++)
        {
            shop.Clock.Advance(TimeSpan.FromDays(1));
            await storage.Handle();
            if (day == 7) (await storage.Handle()).ShouldBe(0, "a day is looked at once");
        }

        JsonElement bill = default;
        await shop.Until(async () => (bill = await shop.Get("/bills/2026-04?merchant=alpha")).GetProperty("lines").EnumerateArray().Sum(l => l.Long("events")) == 180);
        bill.GetProperty("lines").EnumerateArray().Select(l => (l.Text("activity"), l.Long("quantity"), l.Long("amountMinor"))).ShouldBe([("order", 60, 7_200), ("pick", 60, 2_400), ("palletDay", 60, 3_000)]);
        (bill.Long("totalMinor"), bill.Text("currency"), bill.GetProperty("isOver").GetBoolean()).ShouldBe((12_600, "GBP", true));
        bill.GetProperty("unpriced").EnumerateArray().Select(u => u.GetString()).ShouldBe(["parcel", "binDay"]);
        mixed.ShouldNotBeNull();

        // Each line is its entries, and each entry the event that told it, or the bin in which the pallet stood.
        foreach (var line in bill.GetProperty("lines").EnumerateArray())
        {
            var entries = await Entries(shop, line.Text("activity")!);
            (entries.Count, entries.Sum(e => e.Long("quantity"))).ShouldBe(((int)line.Long("events"), line.Long("quantity")));
            if (line.Text("activity") == "palletDay") { entries.Select(e => e.Text("subject")).Distinct().Order().ShouldBe(["PAL-1", "PAL-2"]); continue; }
            var told = await shop.Db.ReadAll(work => work.Query("select position, kind, aggregate_id from events where position = any(@positions) /* house */",
                row => (Position: row.Long(), Kind: row.Text(), Order: row.Text()), ("positions", entries.Select(e => e.Long("position")).ToArray())));
            told.Select(t => t.Kind).Distinct().ShouldBe([line.Text("activity") == "order" ? "FulfilmentShipped" : "FulfilmentPicked"]);
            told.Count.ShouldBe(60);
        }
    }

    [Theory, BothDatabases]
    public async Task What_was_booked_in_by_mistake_and_undone_is_not_billed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);       // in March 2026, and no month ends meanwhile
        await shop.Product("MUG", 0);
        string own = (await shop.Db.ReadAll(work => work.Query("select code from merchants order by id limit 1", row => row.Text())))[0];
        await shop.Put($"/tariff?merchant={own}", new { currency = "GBP", lines = new[] { new { activity = "receivedUnit", priceMinor = 2 } } });
        string path = $"/deliveries/{(await shop.Post("/deliveries", new { node = "MAIN" })).Text("id")}/receipts";
        string wrong = (await shop.Post(path, new { items = new[] { new { sku = "MUG", quantity = 10_000 } } })).GetProperty("receipts")[0].Text("id")!;
        await shop.Post($"{path}/{wrong}/undo", new { reason = "typed wrongly" });
        await shop.Post(path, new { items = new[] { new { sku = "MUG", quantity = 100 } } });
        JsonElement bill = default;
        await shop.Until(async () => (bill = await shop.Get($"/bills/2026-03?merchant={own}")).GetProperty("lines").EnumerateArray().Sum(l => l.Long("events")) == 3);
        (bill.GetProperty("lines")[0].Long("quantity"), bill.Long("totalMinor")).ShouldBe((100, 200));
    }

    private static async Task<List<JsonElement>> Entries(Shop shop, string activity)
    {
        var all = new List<JsonElement>();
        for (string? after = ""; after is not null;)
        {
            var page = await shop.Get($"/billable-activities?merchant=alpha&month=2026-04&activity={activity}&limit=50{(after.Length == 0 ? "" : "&after=" + after)}");
            all.AddRange(page.GetProperty("data").EnumerateArray());
            after = page.Text("next");
        }
        return all;
    }

    [Fact, Capability("AX-52")]
    public void Amounts_are_rounded_once_a_line()
    {
        var lines = Bills.Of([new TariffLine(Activity.Pick, 5, 100), new TariffLine(Activity.Order, 7)], new Dictionary<Activity, (long, long)> { [Activity.Pick] = (1_010, 3), [Activity.Order] = (2, 2), [Activity.Parcel] = (9, 9) });
        lines.Select(l => (l.Activity, l.AmountMinor, l.Events)).ShouldBe([(Activity.Pick, 51, 3), (Activity.Order, 14, 2)]);      // 50.5
        Enum.GetValues<Activity>().ShouldAllBe(a => Bills.Parse(Bills.Name(a)) == a);
        Bills.Parse("hug").ShouldBeNull();
    }
}
