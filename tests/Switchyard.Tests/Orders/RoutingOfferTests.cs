using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Orders;
using static Switchyard.Tests.Orders.RoutingShop;

namespace Switchyard.Tests.Orders;

/// <summary>What strategies that send all or nothing offer, and what becomes of what one would rather cancel.</summary>
public sealed class RoutingOfferTests
{
    [Theory, BothDatabases, Capability("AX-12", "P1")]
    public async Task All_or_nothing_is_offered_up_to_what_one_parcel_holds(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        await shop.Stock("CUP", 6, "DC", first: true);
        await shop.Stock("CUP", 6, "NORTH");
        await shop.Live("main", new { name = "a", split = new { isWhole = true, most = 1 } });
        foreach (var (units, isSent) in new[] { (7, false), (3, true), (6, true) })
        {
            object[] items = [new { sku = "CUP", quantity = units }];
            var offer = await shop.Post("/availability", new { channel = "web", destination = new { country = "GB", postcode = "M1 1AE" }, items });
            offer.GetProperty("items")[0].Long("available").ShouldBe(6, $"{units} asked for");
            (offer.GetProperty("options").GetArrayLength() > 0).ShouldBe(isSent);
            if (!isSent) { await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("CUP", units)), 409, "orders.no_route"); continue; }
            var order = await shop.Post("/orders", Given.Order(("CUP", units)));
            From(order).ShouldBe($"1:DCx{units}");
            await shop.Post($"/orders/{order.Text("id")}/cancel", new { reason = "again" });
        }
    }

    [Theory, BothDatabases, Capability("AX-12")]
    public async Task A_hold_of_what_is_to_be_cancelled_is_not_released_by_hand(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        await shop.Stock("CUP", 50, "S1", first: true);
        await shop.Stock("CUP", 9, "DC");
        await shop.Put("/channels/tells", new { name = "Tells", onShort = "hold" });
        await shop.Live("main", new { name = "Drop", nodes = "kind:warehouse", otherwise = "cancel" });
        var body = Given.Order(("CUP", 10));
        body["channel"] = "tells";
        // The follower may come first: then the hold is gone, and the next order is tried.
        for (int tries = 0; ; tries++)
        {
            string id = (await shop.Post("/orders", body)).Text("id")!;
            var answer = await shop.Send(HttpMethod.Post, $"/orders/{id}/release-hold", new { kind = "stock" });
            await shop.Services.GetRequiredService<CancelUnroutable>().Handle();
            (await shop.Get("/orders/" + id)).GetProperty("lines")[0].Long("cancelled").ShouldBeGreaterThan(0, "the cancel is not lost");
            if ((int)answer.StatusCode == 404 && tries < 9) continue;
            (await Shop.Read(answer, 409)).Text("code").ShouldBe("orders.hold_cancels");
            break;
        }
    }
}
