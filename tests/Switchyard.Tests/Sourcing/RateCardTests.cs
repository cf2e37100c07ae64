using System.Text;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Sourcing;
using Xunit.Abstractions;

namespace Switchyard.Tests.Sourcing;

public sealed class RateCardTests(ITestOutputHelper output)
{
    private const string Sheet = """
        service_code,service_name,zone_label,country_codes,min_weight,max_weight,rate,currency,transit_days
        Parcel 24,Parcel next day,United Kingdom,GB,0.01,1.0,4.95,GBP,1
        Parcel 24,Parcel next day,United Kingdom,GB,1.0,2.0,6.50,GBP,1-2
        Parcel 24,Parcel next day,United Kingdom,GB,2.0,10.0,9.00,GBP,1
        Parcel 24,Parcel next day,Europe,"FR,DE",0.01,10.0,14.00,GBP,3-5
        Letter,Letter,World,,0.01,0.1,0.0,GBP,
        Air,By air,World,,0.01,10.0,30.00,GBP,

        """;

    [Theory, BothDatabases, Capability("RT-04")]
    public async Task The_cheaper_of_two_quotes_by_weight_is_taken_and_stored_with_the_decision(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/nodes", new { code = "B", name = "B", kind = "warehouse" });
        var card = await Shop.Read(await Put(shop, "/rate-cards/parcel/sheet?carrier=Parcel+Co&days=4", Sheet), 200);
        ((int)card.Long("leftOut"), card.GetProperty("rates").GetArrayLength()).ShouldBe((1, 5));
        await shop.Put("/nodes/MAIN/rate-cards", new { cards = new[] { "parcel" } });
        await shop.Put("/zones/uk", new { name = "UK", areas = new[] { new { country = "GB" } } });
        await Shop.Read(await shop.Send(HttpMethod.Put, "/nodes/B/lanes", new[] { new { zone = "uk", service = "van", method = "standard", currency = "GBP", baseMinor = 600, perKgMinor = 0, transitDays = 2 } }), 200);
        foreach (string node in (string[])["MAIN", "B"]) await (node == "MAIN" ? shop.Product("LIGHT", 9, weightGrams: 900) : shop.Stock("LIGHT", 9, node));

        (await Planned(shop, 1)).ShouldBe(("MAIN", "Parcel-24", 495));
        (await Planned(shop, 2)).ShouldBe(("B", "van", 600));
        var option = (await shop.Post("/availability", new { items = new[] { new { sku = "LIGHT", quantity = 1 } }, destination = new { country = "DE", postcode = "10115" } })).GetProperty("options")[0];
        (option.Long("costMinor"), option.GetProperty("shipments")[0].Text("service")).ShouldBe((1400, "Parcel-24"));
        option = (await shop.Post("/availability", new { items = new[] { new { sku = "LIGHT", quantity = 1 } }, destination = new { country = "JP" } })).GetProperty("options")[0];
        (option.Long("costMinor"), option.GetProperty("shipments")[0].Text("service")).ShouldBe((3000, "Air"));
    }

    [Fact]
    public void The_zones_of_a_place_are_a_list_a_card_and_no_name_runs_into_the_next()
    {
        CardZones Of(params string[][] zones) => new([.. zones.Select(z => (IReadOnlyList<string>)z)]);
        Of(["a", "b"], ["c"]).ShouldBe(Of(["a", "b"], ["c"]));
        Of(["a", "b"], ["c"]).GetHashCode().ShouldBe(Of(["a", "b"], ["c"]).GetHashCode());
        foreach (var other in new[] { Of(["a\tb"], ["c"]), Of(["a"], ["b", "c"]), Of(["a", "b"]), Of(["a", "b", "c"], []) }) Of(["a", "b"], ["c"]).ShouldNotBe(other);
        new Place(1, Of(["a"])).ShouldBe(new Place(1, Of(["a"])));
        var checks = new Checks();
        RateSheet.CheckZone(checks, "a\tb", "/areas/0/zone");
        RateSheet.CheckZone(checks, "a b", "/areas/1/zone");
        checks.ToError().Fields.Select(f => (f.Pointer, f.Code)).ShouldBe([("/areas/0/zone", "field.not_text")]);
    }

    [Theory, BothDatabases]
    public async Task A_sheet_with_faults_is_refused_by_line_and_column_and_changes_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var previewed = await Shop.Read(await Put(shop, "/rate-cards/parcel/sheet?dryRun=true&carrier=Parcel+Co", Sheet), 200);
        previewed.GetProperty("rates").GetArrayLength().ShouldBeGreaterThan(1);
        await Shop.Read(await shop.Send(HttpMethod.Get, "/rate-cards/parcel", null), 404);
        await Shop.Read(await Put(shop, "/rate-cards/parcel/sheet", Sheet), 200);
        var twice = await shop.Refused(HttpMethod.Put, "/rate-cards/own", new
        {
            name = "Own", carrier = "Own", currency = "GBP", areas = new[] { new { zone = "z", country = "GB" }, new { zone = "z", country = "gb" } },
            rates = new[] { new { zone = "z", service = "s", method = "standard", upToGrams = 1_000, priceMinor = 100, transitDays = 1 } }
        }, 400, "request.invalid");
        twice.GetProperty("errors")[0].Text("pointer").ShouldBe("/areas/1", "the row that stands twice is named");
        var refused = await Shop.Read(await Put(shop, "/rate-cards/parcel/sheet", Sheet.Replace("6.50,GBP", "six,GBP").Replace("9.00,GBP,1", "9.00,EUR,soon").Replace("\"FR,DE\"", "\"FR,Germany\"")), 400);
        refused.GetProperty("errors").EnumerateArray().Select(e => e.Text("pointer")).ShouldBe(["#line3/rate", "#line4/currency", "#line4/transit_days", "#line5/country_codes"], ignoreOrder: true);
        (await Shop.Read(await Put(shop, "/rate-cards/parcel/sheet", "service_code,rate\nx,1\n"), 400)).GetProperty("errors")[0].Text("code").ShouldBe("import.column_missing");
        (await Shop.Read(await Put(shop, "/rate-cards/parcel/sheet", ""), 400)).Text("code").ShouldNotBeNull();
        var card = await shop.Get("/rate-cards/parcel");
        card.Long("version").ShouldBe(1);

        // Reading back what was written is the same card, and the same card is no change.
        using var sheet = await shop.Send(HttpMethod.Get, "/rate-cards/parcel/sheet", null);
        (await Shop.Read(await Put(shop, "/rate-cards/parcel/sheet", await sheet.Content.ReadAsStringAsync()), 200)).GetProperty("rates").GetRawText().ShouldBe(card.GetProperty("rates").GetRawText());
        (await shop.Get("/rate-cards/parcel")).Long("version").ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_card_is_written_as_a_document_counts_in_the_shops_currency_and_stays_while_nodes_use_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var card = new
        {
            name = "Paket", carrier = "Paket AG", currency = "EUR",
            areas = new object[] { new { zone = "near", country = "GB", postcodePrefix = "m1" }, new { zone = "uk", country = "GB" } },
            rates = new[] { new { zone = "near", service = "day", method = "standard", upToGrams = 5000, priceMinor = 200, transitDays = 1 }, new { zone = "uk", service = "day", method = "standard", upToGrams = 5000, priceMinor = 1000, transitDays = 2 } },
        };
        await shop.Put("/exchange-rates/EUR", new { rate = 0.85, validFrom = "2020-01-01T00:00:00Z" });
        await shop.Put("/rate-cards/paket", card);
        (await shop.Refused(HttpMethod.Put, "/rate-cards/paket", new { card.name, card.carrier, card.currency, card.areas, rates = new[] { new { zone = "far", service = "a b", method = "standard", upToGrams = 0, priceMinor = -1, transitDays = 1 } } }, 400, "request.invalid"))
            .GetProperty("errors").EnumerateArray().Select(e => e.Text("pointer")).ShouldBe(["/rates/0/zone", "/rates/0/service", "/rates/0/upToGrams", "/rates/0/priceMinor"], ignoreOrder: true);
        (await shop.Refused(HttpMethod.Put, "/nodes/MAIN/rate-cards", new { cards = new[] { "paket", "nix" } }, 400, "request.invalid")).GetProperty("errors")[0].Text("pointer").ShouldBe("/cards/1");
        await shop.Put("/nodes/MAIN/rate-cards", new { cards = new[] { "paket" } });
        await shop.Product("LIGHT", 9, weightGrams: 100);
        (await Planned(shop, 1)).Cost.ShouldBe(170);                                // the closer zone of M1, 2.00 EUR
        var option = (await shop.Post("/availability", new { items = new[] { new { sku = "LIGHT", quantity = 1 } }, destination = new { country = "GB", postcode = "LS1 6AZ" } })).GetProperty("options")[0];
        option.Long("costMinor").ShouldBe(850);
        (await shop.Get("/rate-cards")).GetProperty("data")[0].GetProperty("nodes")[0].GetString().ShouldBe("MAIN");
        await shop.Refused(HttpMethod.Delete, "/rate-cards/paket", null, 409, "rate_cards.in_use");
        await shop.Put("/nodes/MAIN/rate-cards", new { cards = Array.Empty<string>() });
        await Shop.Read(await shop.Send(HttpMethod.Delete, "/rate-cards/paket", null), 200);
        await shop.Refused(HttpMethod.Get, "/rate-cards/paket", null, 404, "rate_cards.no_such_card");
    }

    [Theory, BothDatabases]
    public async Task Another_merchant_sees_only_the_cards_by_which_a_node_that_serves_it_sends(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        using var other = shop.Client((await shop.Post("/merchants", new { code = "b", name = "Brand B", baseCurrency = "GBP" })).Text("key"));
        foreach (string card in (string[])["a-own", "b-shared", "c-unused"]) await Shop.Read(await Put(shop, $"/rate-cards/{card}/sheet", Sheet), 200);
        await shop.Post("/nodes", new { code = "BOTH", name = "Both", kind = "warehouse", merchants = new[] { "b" } });
        await shop.Put("/nodes/MAIN/rate-cards", new { cards = new[] { "a-own", "b-shared" } });
        await shop.Put("/nodes/BOTH/rate-cards", new { cards = new[] { "b-shared" } });

        (await shop.Get("/rate-cards")).GetProperty("data").EnumerateArray().Select(c => c.Text("code")).ShouldBe(["a-own", "b-shared", "c-unused"]);
        var theirs = (await Shop.Read(await other.GetAsync("/api/v1/rate-cards?limit=1"), 200));
        theirs.GetProperty("hasMore").GetBoolean().ShouldBeFalse();
        var seen = theirs.GetProperty("data").EnumerateArray().Single();
        (seen.Text("code"), seen.GetProperty("nodes").EnumerateArray().Single().GetString()).ShouldBe(("b-shared", "BOTH"));
        foreach (string end in (string[])["", "/sheet"])
        {
            (await other.GetAsync("/api/v1/rate-cards/b-shared" + end)).IsSuccessStatusCode.ShouldBeTrue();
            foreach (string card in (string[])["a-own", "c-unused", "nix"])
                (await Shop.Read(await other.GetAsync($"/api/v1/rate-cards/{card}{end}"), 404)).Text("code").ShouldBe("rate_cards.no_such_card");
            (await shop.Http.GetAsync("/api/v1/rate-cards/c-unused" + end)).IsSuccessStatusCode.ShouldBeTrue();
        }
    }

    /// <summary>Sheets of two dozen carriers, where they are at hand: each is read, or refused by the row that no card can hold.</summary>
    [Fact]
    public void Sheets_of_carriers_are_read()
    {
        string folder = Path.Combine(TestPostgres.Root, "..", "shared", "data", "carriers", "service_rate_sheets");
        if (!Directory.Exists(folder)) { output.WriteLine("The sheets are not here: nothing is tried."); return; }
        int read = 0;
        foreach (string file in Directory.GetFiles(folder, "*services.csv").Order())
        {
            var checks = new Checks();
            string[][] rows = [.. File.ReadLines(file).Select(Cells)];
            if (!rows[0].Contains("rate")) { output.WriteLine($"{Path.GetFileName(file)} has no column of rates"); continue; }
            var card = RateSheet.Read("x", "x", rows.Skip(1).Select((r, i) => (i + 2L, (IReadOnlyDictionary<string, string>)rows[0].Zip(r).ToDictionary(c => c.First, c => c.Second))), 5, checks, out int unpriced);
            output.WriteLine($"{Path.GetFileName(file)}: {card?.Rates.Count ?? 0} rates, {unpriced} rows without one, {(checks.AnyFault ? string.Join("; ", checks.ToError().Fields.Take(2)) : "sound")}");
            if (card is not null) read++;
            if (checks.AnyFault) checks.ToError().Fields.ShouldAllBe(f => f.Code == "rate_cards.no_rates" && unpriced > 0 || f.Code == "rate_cards.several_currencies", Path.GetFileName(file));
        }
        read.ShouldBeGreaterThan(5);
    }

    private static string[] Cells(string line) => [.. System.Text.RegularExpressions.Regex.Matches(line, "(?<=^|,)(\"[^\"]*\"|[^,]*)").Select(m => m.Value.Trim('"'))];

    private static Task<HttpResponseMessage> Put(Shop shop, string path, string csv) =>
        shop.Http.PutAsync("/api/v1" + path, new StringContent(csv, Encoding.UTF8, "text/csv"));

    private static async Task<(string? Node, string? Service, long Cost)> Planned(Shop shop, long units)
    {
        var order = await shop.Post("/orders", Given.Order(("LIGHT", units)));
        var shipment = (await shop.Get($"/orders/{order.Text("id")}?expand=plan")).GetProperty("plan").GetProperty("shipments")[0];
        return (shipment.Text("node"), shipment.Text("service"), shipment.Long("costMinor"));
    }
}
