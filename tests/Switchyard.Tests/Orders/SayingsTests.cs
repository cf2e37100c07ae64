using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Tests.Orders;

/// <summary>What the house says of its own accord has a code and what stands in it, so that screens can say it in other languages.</summary>
public sealed partial class SayingsTests
{
    [Theory, BothDatabases, Capability("OV-06")]
    public async Task Why_an_order_is_held_is_said_by_code_as_the_web_app_says_it_in_English(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 1, priceMinor: 1000);
        await shop.Put("/channels/web", new { name = "Web", onShort = "hold" });
        var body = Given.Order(("MUG", 3));
        body["shippingAddress"] = new { name = "Ida Ilk", line1 = "4 Brook Street", city = "Leeds", postcode = "LS99999", country = "GB" };
        body["payment"] = new { status = "pending" };
        var placed = await shop.Post("/orders", body);
        var read = await shop.Get("/orders/" + placed.Text("id"));

        string[] codes = [.. Holds(read).Select(h => h.Says[0].Code).Order()];
        codes.ShouldBe(["paymentPending", "postcodeWrong", "stockShort"], ignoreOrder: true);
        foreach (var (reason, says) in Holds(read)) string.Join(' ', says.Select(InEnglish)).ShouldBe(reason);
        Holds(placed).Select(h => h.Reason).ShouldBe(Holds(read).Select(h => h.Reason), ignoreOrder: true);
        Holds(placed).ShouldAllBe(h => h.Says.Count == 1);

        var queue = (await shop.Get("/attention")).GetProperty("data").EnumerateArray().Where(i => i.Text("source") == "hold").ToList();
        queue.Count.ShouldBe(3);
        foreach (var item in queue) string.Join(' ', Sayings(item).Select(InEnglish)).ShouldBe(item.Text("detail"));

        await shop.Post($"/orders/{placed.Text("id")}/hold", new { reason = "Ask Ida first" });
        Holds(await shop.Get("/orders/" + placed.Text("id"))).Count.ShouldBe(3, "a person's own words have no code");
    }

    [Theory, BothDatabases]
    public async Task An_exception_is_said_by_code_too(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 5, priceMinor: 1000);
        var order = Given.Order(("MUG", 2));
        order["payment"] = new { status = "paid" };
        string id = (await shop.Post("/orders", order)).Text("id")!;
        await shop.Post($"/orders/{id}/cancel", new { reason = "Changed their mind" });
        var owed = (await shop.Get("/exceptions")).GetProperty("data").EnumerateArray().Single(e => e.Text("kind") == "refund_owed");
        var saying = Sayings(owed).ShouldHaveSingleItem();
        saying.Code.ShouldBe("refundOwed");
        saying.Values["currency"].ShouldBe("GBP");
        long.Parse(saying.Values["amountMinor"], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Sentences_with_one_that_has_no_code_have_none()
    {
        Saying.Join([Saying.Of(Phrase.PaymentFailed), null]).ShouldBeNull();
        Saying.Read(Saying.Join([Saying.Of(Phrase.RiskScore, ("score", 120), ("limit", 100)), Saying.Of(Phrase.RiskFirstOrder)]))!
            .Select(s => s.Code).ShouldBe(["riskScore", "riskFirstOrder"]);
        Saying.Read(null).ShouldBeNull();
    }

    private static List<(string Reason, List<Saying> Says)> Holds(JsonElement order) =>
        [.. order.GetProperty("holds").EnumerateArray().Select(h => (h.Text("reason")!, Sayings(h))).Where(h => h.Item2.Count > 0)];

    private static List<Saying> Sayings(JsonElement of) => of.GetProperty("says") is { ValueKind: JsonValueKind.Array } says
        ? [.. says.EnumerateArray().Select(s => new Saying(s.Text("code")!, s.GetProperty("values").EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetString()!)))] : [];

    private static readonly Lazy<Dictionary<string, string>> English = new(() =>
        Told().Matches(File.ReadAllText(Path.Combine(TestPostgres.Root, "src/web/src/house/words/texts.en.ts"))).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value));

    private static string InEnglish(Saying saying) =>
        saying.Values.Aggregate(English.Value[saying.Code].Replace("{country}", saying.Values.GetValueOrDefault("country", "")), (text, v) => text.Replace("{" + v.Key + "}", v.Value));

    [GeneratedRegex(@"'say\.(\w+)': '(.*)',")]
    private static partial Regex Told();
}
