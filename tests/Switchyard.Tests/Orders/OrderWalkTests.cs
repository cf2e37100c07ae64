using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Orders;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Orders;

/// <summary>Every pair of states of an order that was placed, and of a hold: what the table lists works over the API, anything else is refused by name.</summary>
public sealed class OrderWalkTests
{
    private static readonly OrderState[] States = [OrderState.Placed, OrderState.Confirmed, OrderState.Closed, OrderState.Cancelled, OrderState.Expired];

    [Theory, BothDatabases, Capability("P11")]
    public async Task Every_move_of_an_order_is_allowed_or_refused_as_the_table_says(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 500);
        foreach (var from in States)
            foreach (var to in States.Where(to => to != from))
            {
                string id = await At(shop, from);
                var answer = await Step(shop, id, from, to);
                string text = answer is null ? "" : await answer.Content.ReadAsStringAsync();
                // A closed order is reopened by a claim or an exchange, never by a command of its own.
                bool isLegal = OrderStates.Allowed.Allows(from, to) && (from, to) is not (OrderState.Closed, OrderState.Confirmed);
                var order = await shop.Get("/orders/" + id);
                if (isLegal)
                {
                    // Who pays late is placed again, and confirmed since it is paid.
                    order.Text("state").ShouldBe(OrderStates.Name(from == OrderState.Expired ? OrderState.Confirmed : to), $"{from} to {to}: {text}");
                    if (from == OrderState.Expired) (await shop.Timeline(id)).ShouldContain("OrderReinstated");
                    continue;
                }
                order.Text("state").ShouldBe(OrderStates.Name(from), $"{from} to {to} is not allowed: {text}");
                if (to == OrderState.Placed || answer is null) continue;            // money that comes is a fact; the clock asks nobody
                ((int)answer.StatusCode).ShouldBe(409, $"{from} to {to}: {text}");
                text.ShouldContain("\"code\":\"");
            }
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-02")]
    public async Task A_hold_ends_once_and_only_while_the_order_lives(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 50);
        foreach (string end in new[] { "released", "expired" })
            foreach (string again in new[] { "released", "expired", "escalated" })
            {
                string id = await shop.Placed(("A", 1));
                var now = shop.Clock!.GetUtcNow();
                await shop.Post($"/orders/{id}/hold", new { reason = "walk", expiresAt = now.AddHours(2), escalateAt = now.AddHours(1) });
                await shop.Post($"/orders/{id}/hold", new { reason = "another" });
                if (end == "released") await shop.Post($"/orders/{id}/release-hold", new { hold = 1 });
                else await Later(shop, 3);
                Hold(await shop.Get("/orders/" + id)).ShouldBe((end, "open"));
                if (again == "released") await shop.Refused(HttpMethod.Post, $"/orders/{id}/release-hold", new { hold = 1 }, 404, "orders.hold_not_found");
                else await Later(shop, 3);
                Hold(await shop.Get("/orders/" + id)).ShouldBe((end, "open"), $"{end}, then {again}");
                await shop.Refused(HttpMethod.Post, $"/orders/{id}/release", new { }, 409, "fulfilment.held");
                await shop.Post($"/orders/{id}/release-hold", new { hold = 2 });
                await shop.Post($"/orders/{id}/release", new { });
            }
        string overdue = await shop.Placed(("A", 1));
        await shop.Post($"/orders/{overdue}/hold", new { reason = "walk", escalateAt = shop.Clock!.GetUtcNow().AddHours(1) });
        await Later(shop, 2);
        (await shop.Timeline(overdue)).Count(k => k == "OrderHoldEscalated").ShouldBe(1);
        (await shop.Post($"/orders/{overdue}/cancel", new { reason = "walk" })).GetProperty("holds").EnumerateArray().ShouldAllBe(h => h.Text("state") != "open");
        await shop.Refused(HttpMethod.Post, $"/orders/{overdue}/hold", new { reason = "too late" }, 409, "orders.cannot_hold");
        await shop.Refused(HttpMethod.Post, $"/orders/{overdue}/release-hold", new { hold = 1 }, 409, "orders.cannot_hold");
    }

    private static async Task<string> At(Shop shop, OrderState state)
    {
        var body = Given.Order(("A", 1));
        if (state is OrderState.Placed or OrderState.Expired) body["payment"] = new { status = "pending", expiresAt = shop.Clock!.GetUtcNow().AddHours(1) };
        string id = (await shop.Post("/orders", body)).Text("id")!;
        if (state == OrderState.Closed) await Deliver(shop, id);
        if (state == OrderState.Cancelled) await shop.Post($"/orders/{id}/cancel", new { reason = "walk" });
        if (state == OrderState.Expired) await Expire(shop);
        (await shop.Get("/orders/" + id)).Text("state").ShouldBe(OrderStates.Name(state));
        return id;
    }

    private static async Task<HttpResponseMessage?> Step(Shop shop, string id, OrderState from, OrderState to)
    {
        switch (to)
        {
            case OrderState.Placed: return await shop.Send(HttpMethod.Post, $"/orders/{id}/payments", new { tender = "cash", amountMinor = 1000 });
            case OrderState.Confirmed: return await shop.Send(HttpMethod.Post, $"/orders/{id}/release-hold", new { kind = "payment" });
            case OrderState.Closed when from == OrderState.Confirmed:
                await Deliver(shop, id);
                return null;
            case OrderState.Closed: return await shop.Send(HttpMethod.Post, $"/orders/{id}/release", new { });
            case OrderState.Cancelled: return await shop.Send(HttpMethod.Post, $"/orders/{id}/cancel", new { reason = "walk" });
            default:
                await Expire(shop);
                return null;
        }
    }

    private static async Task Deliver(Shop shop, string id)
    {
        string release = (await shop.Post($"/orders/{id}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        await shop.Run(release, "start-picking", "pick", "pack", "ship", "deliver");
    }

    private static async Task Expire(Shop shop)
    {
        shop.Clock!.Advance(TimeSpan.FromHours(2));
        await shop.Services.GetRequiredService<ExpireUnpaidOrders>().Handle();
    }

    private static async Task Later(Shop shop, int hours)
    {
        shop.Clock!.Advance(TimeSpan.FromHours(hours));
        await shop.Services.GetRequiredService<KeepHolds>().Handle();
    }

    private static (string?, string?) Hold(JsonElement order)
    {
        var holds = order.GetProperty("holds").EnumerateArray().OrderBy(h => h.Long("hold")).ToList();
        return (holds[0].Text("state"), holds[1].Text("state"));
    }
}
