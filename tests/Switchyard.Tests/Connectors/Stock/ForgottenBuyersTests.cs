using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Connectors;
using Switchyard.Database;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>Personal data of a channel's buyers goes when the channel says so.</summary>
public sealed class ForgottenBuyersTests
{
    [Theory, BothDatabases, Capability("CU-06")]
    public async Task A_buyer_is_forgotten_when_the_time_after_the_last_parcel_is_over_and_goods_and_money_stay(DatabaseKind kind)
    {
        await using var desk = await StockShop.Open(kind);
        var shop = desk.Shop;
        await shop.Product("MUG", 100);
        var sim = await desk.Connect("north");
        sim.Shop.List("MUG", "A mug", 1_000, 50);
        await desk.UntilShows(sim, "MUG", 100);
        var (sent, open) = (sim.Generator.Buy("MUG", 2, w => w with { Note = "Leave it with Mrs Jones" })!, sim.Generator.Buy("MUG", 1)!);
        string order = await desk.Taken(sent), other = await desk.Taken(open);
        string release = (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        foreach (string step in new[] { "start-picking", "pick" }) await shop.Post($"/fulfilments/{release}/{step}", new { });
        await shop.Post($"/fulfilments/{release}/pack", new { });
        await shop.Post($"/fulfilments/{release}/ship", new { tracking = "JD1" });
        var before = await shop.Get("/orders/" + order);
        var forget = desk.Service<ForgetBuyers>();
        (await forget.Handle()).ShouldBe(0);
        await shop.Db.WriteAll(work => work.Execute("update connections set serving = @serving", ("serving", """{"mailsBuyer":false,"refundsItself":true,"owesTax":false,"relayDomains":[],"purgeDays":0}""")));
        await shop.Until(async () => await forget.Handle() == 1);

        var after = await shop.Get("/orders/" + order);
        string[] gone = [sent.Buyer.Email, sent.ShipTo.Postcode, "Mrs Jones"];
        foreach (string personal in gone)
        {
            before.GetRawText().ShouldContain(personal);
            after.GetRawText().ShouldNotContain(personal);
            (await shop.Db.ReadAll(work => work.Query("select coalesce(told, '') || coalesce(taken, '') from channel_orders where external_id = @id", row => row.Text(), ("id", sent.Key))))[0].ShouldNotContain(personal);
        }
        after.Long("totalMinor").ShouldBe(before.Long("totalMinor"));
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from customers where email = @email", ("email", sent.Buyer.Email)))).ShouldBe(0);
        (await shop.Get("/orders/" + other)).GetRawText().ShouldContain(open.Buyer.Email);
        (await forget.Handle()).ShouldBe(0);
    }
}
