using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Picking;
using Switchyard.Tests.Shipping;

namespace Switchyard.Tests.Web;

/// <summary>One person's shift on a phone, from the cart to the customer's door, with everything that goes wrong on a usual day.</summary>
[Collection(PagesTests.Floor)]
public sealed class WholeShiftTests
{
    private const int Orders = 20, PackedByHand = 3;

    /// <summary>As the labels of the totes are printed: not all of them in capitals.</summary>
    private const string Totes = "Tote-";

    [Fact, Capability("PK-11", "AX-25", "PK-01", "PK-04", "SH-10")]
    public async Task Twenty_orders_are_picked_packed_labelled_loaded_and_delivered_through_a_wrong_scan_an_empty_bin_and_a_dead_network()
    {
        await using var sim = new EasyPostSim();
        await using var browser = await BrowserShop.Open();
        var shop = browser.Shop;
        await ShippingShop.Ready(shop);
        await shop.Account("easy", sim, callsPerMinute: 60_000);      // the packing goes at a machine's pace
        await shop.Put("/packing-settings", new { tolerancePercent = 5, toleranceGrams = 20, mustWeigh = true });
        foreach (string kind in new[] { "label", "slip" }) await shop.Put("/printers/" + kind, new { node = "MAIN", name = kind, kind, format = "pdf", link = "agent" });
        await shop.Put("/print-stations/PACK-1", new { node = "MAIN", name = "Bench 1", label = "label", slip = "slip" });
        await shop.Shelves(units: 40);
        var releases = await shop.Work(Orders);
        var page = await browser.SignedIn("warehouse", "/handheld", Width.Phone);

        var (lacking, missing) = await Picks(shop, page);
        await Packs(shop, page, releases);
        await Loads(shop, sim, page);
        await Delivers(shop, sim);

        // Nothing is lost and nothing came twice: each order has the one parcel with what was picked for it, at the door.
        sim.Live.ShouldBe(Orders, "a label for each, and none beside");
        foreach (string id in releases)
        {
            var release = await shop.Release(id);
            var parcel = release.GetProperty("packages").EnumerateArray().ShouldHaveSingleItem();
            (release.Text("state"), parcel.Text("state")).ShouldBe(("delivered", "delivered"), id);
            var inside = parcel.GetProperty("lines").EnumerateArray().ToDictionary(l => l.Long("line"), l => l.Long("quantity"));
            foreach (var line in release.GetProperty("lines").EnumerateArray())
                inside.GetValueOrDefault(line.Long("line")).ShouldBe(id == lacking && line.Text("sku") == missing.Sku ? 0 : line.Long("quantity"), $"{id} {line}");
            var order = await shop.Get("/orders/" + release.Text("order"));
            order.GetProperty("lines").EnumerateArray().Sum(l => l.Long("delivered")).ShouldBe(inside.Values.Sum(), order.ToString());
        }
        // What the bin did not have comes from the other house, once.
        var rest = (await shop.Releases((await shop.Release(lacking)).Text("order")!)).Where(r => r.Text("id") != lacking).ShouldHaveSingleItem();
        (rest.Text("node"), rest.GetProperty("lines").EnumerateArray().Select(l => (l.Text("sku"), l.Long("open"))).Single()).ShouldBe(("SPARE", (missing.Sku, missing.Units)));
        await shop.BooksAreRight();
        browser.ShouldBeQuiet();
    }

    /// <summary>The walk with a cart of twenty totes.</summary>
    /// <returns>The release that lacks something, and what it lacks.</returns>
    private static async Task<(string Release, (string? Sku, long Units) Missing)> Picks(Shop shop, IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Start shift" }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take the next walk" })).ToBeVisibleAsync();
        var wave = await shop.Wave(new { node = "MAIN", method = "cluster", totes = Orders });
        var stops = (await shop.Get($"/waves/{wave.Text("id")}/pick-list")).GetProperty("tours").EnumerateArray().ShouldHaveSingleItem("one cart").GetProperty("tasks").EnumerateArray().ToList();
        stops.Select(s => s.Long("toteNo")).Distinct().Count().ShouldBe(Orders, "a tote for each order");
        await shop.Node("SPARE");
        await shop.Stock(stops[^1].Text("sku")!, 10, "SPARE");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take the next walk" }).TapAsync();

        // A wrong item fills the screen red and moves nothing.
        await page.Reach(stops[0]);
        await page.Scan(stops[0].Text("bin")!);
        await page.Instruction("Scan the item").WaitForAsync();
        string other = Pickers.Skus.First(s => s != stops[0].Text("sku"));
        await page.Scan(Pickers.Barcode(other));
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"This is Product {other}.");
        for (int i = 0; i < 10; i++) await page.Pick(stops[i], Totes);
        await page.Reach(stops[10]);            // the badge tells of a scan before the screen goes on
        await page.Said();

        // Five picks in a hall that the network does not reach, and out again.
        await page.Context.SetOfflineAsync(true);
        for (int i = 10; i < 15; i++) await page.Pick(stops[i], Totes);
        await Assertions.Expect(page.GetByText("No network. 5 scans wait here and will be sent.")).ToBeVisibleAsync();
        (await Ended()).ShouldBe(10, "nothing has arrived yet");
        await page.Context.SetOfflineAsync(false);
        await page.Said();
        (await Ended()).ShouldBe(15);
        for (int i = 15; i < stops.Count - 1; i++) await page.Pick(stops[i], Totes);

        // The last bin is empty.
        await page.StandAt(stops[^1]);
        await page.GetByRole(AriaRole.Button, new() { Name = "More" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Too few in the bin" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "There were none" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Say so" }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Cart finished");
        await page.Said();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the start" }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "End shift" })).ToBeVisibleAsync();
        (await shop.Get($"/waves/{wave.Text("id")}")).Text("state").ShouldBe("done");
        var figures = (await shop.Get("/nodes/MAIN/pick-figures")).GetProperty("operatives").EnumerateArray().ShouldHaveSingleItem();
        (figures.Long("misPicks"), figures.Long("shorts"), figures.Long("units")).ShouldBe((1, 1, stops.Sum(s => s.Long("quantity")) - stops[^1].Long("quantity")));
        (await shop.Get("/nodes/MAIN/pick-clashes")).GetProperty("data").GetArrayLength().ShouldBe(0);
        return (stops[^1].Text("fulfilment")!, (stops[^1].Text("sku"), stops[^1].Long("quantity")));

        async Task<int> Ended() => (await shop.Get($"/waves/{wave.Text("id")}/pick-list")).GetProperty("tours")[0].GetProperty("tasks").EnumerateArray().Count(s => s.Text("state") == "done");
    }

    /// <summary>At the packing table, tote by tote: the first ones by hand, the others by the same calls that the page sends.</summary>
    private static async Task Packs(Shop shop, IPage page, IReadOnlyList<string> releases)
    {
        await page.GotoAsync("/packing");
        await page.GetByLabel("Packing station").SelectOptionAsync("PACK-1");
        for (int tote = 1; tote <= PackedByHand; tote++)
        {
            var found = (await Found(tote)).ShouldHaveSingleItem();
            await page.Scan(Totes + Kernel.Text.Invariant(tote));
            await Assertions.Expect(page).ToHaveURLAsync(new Regex("/packing/" + found.Text("fulfilment")));
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(found.Text("orderNumber")!);
            var lines = (await shop.Get($"/fulfilments/{found.Text("fulfilment")}/packing")).GetProperty("lines").EnumerateArray().Where(l => l.Long("picked") > 0).ToList();
            foreach (var line in lines)
                for (long unit = 1; unit <= line.Long("picked"); unit++)
                {
                    await page.Scan(Pickers.Barcode(line.Text("sku")!));
                    await page.Instruction($"{line.Text("name")}: {unit} of {line.Long("picked")}").First.WaitForAsync();
                }
            await page.Scan(Kernel.Text.Invariant(100 * lines.Sum(l => l.Long("picked"))) + " g");
            await page.Instruction("g weighed").First.WaitForAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Seal parcel" }).TapAsync();
            var papers = page.GetByRole(AriaRole.List, new() { Name = "Label and papers of parcel 1" });
            await Assertions.Expect(papers.GetByText("Sent to the printer")).ToHaveCountAsync(2);
            if (tote == 1)
            {
                (await BrowserShop.Barriers(page)).ShouldBeEmpty();
                (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();
            }
        }
        for (int tote = PackedByHand + 1; tote <= Orders; tote++)
        {
            string release = (await Found(tote)).ShouldHaveSingleItem().Text("fulfilment")!;
            await Step(release, new { id = "p", kind = "parcel" });
            JsonElement table = await shop.Get($"/fulfilments/{release}/packing");
            long units = 0;
            foreach (var line in table.GetProperty("lines").EnumerateArray())
                for (long unit = 0; unit < line.Long("picked"); unit++) table = await Step(release, new { id = $"u{++units}", kind = "scan", code = Pickers.Barcode(line.Text("sku")!) });
            table.Long("left").ShouldBe(0);
            await Step(release, new { id = "w", kind = "weigh", parcel = 1, weightGrams = 100 * units });
            string package = (await shop.Post($"/fulfilments/{release}/packing/seal", new { id = "s", isPart = false })).GetProperty("sealed")[0].Text("package")!;
            var label = await shop.LabelUntil((await shop.Label(package)).Text("id")!, "booked");
            await shop.Post($"/labels/{label.Text("id")}/print", new { station = "PACK-1" });
            await shop.Post($"/packages/{package}/print", new { station = "PACK-1" });
        }
        (await shop.Get("/packing-tables?node=MAIN")).GetProperty("data").GetArrayLength().ShouldBe(0);
        (await shop.Get("/print-jobs?limit=200")).GetProperty("data").EnumerateArray().GroupBy(j => j.Text("printer")).Select(g => (g.Key, g.Count())).Order().ShouldBe([("label", Orders), ("slip", Orders)]);
        foreach (string release in releases) (await shop.Release(release)).Text("state").ShouldBe("packed");

        async Task<List<JsonElement>> Found(int tote) => [.. (await shop.Get($"/packing-tables?scan={Totes}{tote}")).GetProperty("data").EnumerateArray()];
        Task<JsonElement> Step(string release, object step) => shop.Post($"/fulfilments/{release}/packing/steps", step);
    }

    /// <summary>At the gate: the carrier's list is closed, and each parcel scanned onto the van; one comes under the scanner twice.</summary>
    private static async Task Loads(Shop shop, EasyPostSim sim, IPage page)
    {
        await page.GotoAsync("/shipping/day-end?node=MAIN");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the manifest of easy" }).TapAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = $"Close manifest: {Orders} parcels" }).TapAsync();
        var list = page.GetByRole(AriaRole.List, new() { Name = "On a manifest, not loaded" }).GetByRole(AriaRole.Listitem);
        await Assertions.Expect(list).ToHaveCountAsync(Orders);
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        int left = Orders;
        foreach (string tracking in sim.Parcels.Values.Select(p => p.Tracking).Order(StringComparer.Ordinal))
        {
            await page.Scan(tracking);
            if (left == Orders) await page.Scan(tracking);
            await Assertions.Expect(list).ToHaveCountAsync(--left);
        }
        await Assertions.Expect(page.GetByText("The day is closed")).ToBeVisibleAsync();
        sim.Manifests.ShouldBe(1);
        (await shop.Get("/nodes/MAIN/day-end")).GetProperty("isClosed").GetBoolean().ShouldBeTrue();
    }

    /// <summary>The carrier tells of its parcels by signed messages, some of them twice and some late.</summary>
    private static async Task Delivers(Shop shop, EasyPostSim sim)
    {
        string account = (await shop.Get("/carrier-accounts")).GetProperty("data")[0].Text("id")!;
        var at = DateTimeOffset.UtcNow;
        var late = new List<(Dictionary<string, string> Headers, byte[] Body)>();
        using var carrier = shop.Client(null);
        foreach (var (i, parcel) in sim.Parcels.Values.Index())
        {
            foreach (string code in new[] { "in_transit", "out_for_delivery", "delivered" })
            {
                parcel.Scans.Add(new SimScan(code, code, at.AddSeconds(parcel.Scans.Count)));
                var message = sim.Message(parcel);
                if (i % 5 == 1 && code == "in_transit") late.Add(message);
                else await Tell(message);
                if (i % 5 == 2) await Tell(message);
            }
        }
        foreach (var message in late) await Tell(message);

        async Task Tell((Dictionary<string, string> Headers, byte[] Body) message)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/carrier-events/{account}") { Content = new ByteArrayContent(message.Body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            foreach (var (name, value) in message.Headers) request.Headers.Add(name, value);
            (await Shop.Read(await carrier.SendAsync(request), 200)).Long("known").ShouldBeGreaterThan(0);
        }
    }
}
