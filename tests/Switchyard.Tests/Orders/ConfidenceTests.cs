using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Orders;
using Switchyard.Sourcing;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Inventory;

namespace Switchyard.Tests.Orders;

/// <summary>How likely dates are kept, and nodes that have more to do than they can. The clock stands at Monday, 2 March 2026, 9:00.</summary>
public sealed class ConfidenceTests
{
    [Theory, Capability("IN-08")]
    [InlineData(0, 0, 0, 0, 90, 0)]                  // nothing is known: nine of ten
    [InlineData(90, 90, 0, 0, 99, 90)]
    [InlineData(2, 1, 0, 0, 83, 2)]                  // (1 + 9) of (2 + 10)
    [InlineData(90, 81, 40, 20, 58, 40)]             // leaves in nine of ten; (20 + 9) of (40 + 10) arrive
    public void The_share_in_time_is_drawn_towards_what_was_thought_before(long left, long leftInTime, long arrived, long arrivedInTime, int percent, long observed)
    {
        var records = new PromiseRecords([(1, "standard", "GB", new KeptPromises(left, leftInTime, arrived, arrivedInTime))]);
        var confidence = records.Of(1, "standard", "GB");
        (confidence.Percent, confidence.Observed).ShouldBe((percent, observed));
        records.Of(2, "standard", "GB").ShouldBe(new Confidence(90, 0, 0));
        records.Of(1, "standard", "FR").Observed.ShouldBe(left);              // nobody has told of arrivals there: as it leaves
        PromiseRecords.All([90, 90]).ShouldBe(0.81m);
    }

    [Theory, BothDatabases, Capability("OV-07", "AX-14", "IN-08")]
    public async Task Orders_beyond_what_a_node_can_are_at_risk_early_and_dates_tell_how_likely_they_are(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("A");
        await shop.SetTo("A", 50);
        var crowds = await shop.ByHand<WatchCrowdedNodes>();
        async Task<bool> AtRisk(string id) => (await shop.Get("/orders/" + id)).GetProperty("atRiskSince").ValueKind != JsonValueKind.Null;
        async Task<JsonElement> Promise(string id) => (await shop.Get($"/orders/{id}/promises")).Items("data")[0];

        string first = await shop.Placed(("A", 1));
        shop.Clock!.Advance(TimeSpan.FromSeconds(1));
        string second = await shop.Placed(("A", 1));
        var told = await Promise(first);
        (told.GetProperty("confidence").GetDecimal(), told.Items("parts")[0].Of("observed")).ShouldBe((0.9m, 0));
        (await crowds.Handle()).ShouldBe(0);
        await shop.Put("/nodes/MAIN/work-settings", new { dailyCapacity = 1 });
        (await crowds.Handle(), await AtRisk(first), await AtRisk(second)).ShouldBe((1, false, true));         // the youngest is left over, hours before its deadline
        (await shop.Get($"/events?aggregate={second}&limit=50")).Items("data").Single(e => e.Text("kind") == "OrderAtRisk").Text("reason").ShouldBe("Its node has more to send by then than it can.");
        (await crowds.Handle()).ShouldBe(0);
        await shop.Post($"/orders/{second}/edit", new { metadata = new { gift = "yes" } });                   // another change of the order does not hide it
        (await AtRisk(second)).ShouldBeTrue();
        await shop.Put("/nodes/MAIN/work-settings", new { dailyCapacity = 2 });
        (await crowds.Handle(), await AtRisk(second)).ShouldBe((1, false));

        // One leaves in time, one two days late; what is told next knows it.
        foreach (string order in (string[])[first, second])
        {
            string release = (await shop.Post($"/orders/{order}/release", new { })).Items("fulfilments")[0].Text("id")!;
            await shop.Run(release, "start-picking", "pick", "pack", "ship");
            shop.Clock!.Advance(TimeSpan.FromDays(2));
        }
        await shop.Services.GetRequiredService<CountPromises>().Handle();
        await shop.Services.GetRequiredService<CountPromises>().Handle();
        await shop.Services.GetRequiredService<KeepRoutingFigures>().Handle();
        var option = (await shop.Post("/availability", new { items = new[] { new { sku = "A", quantity = 1 } }, destination = new { country = "GB", postcode = "M1 1AE" } })).Items("options")[0];
        (option.GetProperty("confidence").GetDecimal(), option.Items("shipments")[0].GetProperty("confidence").GetDecimal()).ShouldBe((0.83m, 0.83m));
        var part = (await Promise(await shop.Placed(("A", 1)))).Items("parts")[0];
        (part.GetProperty("confidence").GetDecimal(), part.Of("observed"), part.Of("inTime")).ShouldBe((0.83m, 2, 1));
        (await Promise(first)).GetProperty("confidence").GetDecimal().ShouldBe(0.9m);                          // what was thought then
        await shop.ShouldBeSound();
    }
}
