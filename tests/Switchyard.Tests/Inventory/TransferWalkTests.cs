using Shouldly;
using Switchyard.Database;
using Switchyard.Inventory;

namespace Switchyard.Tests.Inventory;

public sealed class TransferWalkTests
{
    private sealed record Standing(string Id, string? Delivery);

    [Theory, BothDatabases, Capability("AX-30", "P11")]
    public async Task Every_move_of_a_transfer_is_allowed_or_refused_as_the_table_says(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/nodes", new { code = "EAST", name = "East", kind = "warehouse", country = "GB" });
        await shop.Product("A", 500);
        foreach (var from in Enum.GetValues<TransferState>())
        {
            var standing = await At(shop, from);
            foreach (var to in Enum.GetValues<TransferState>().Where(to => to != from && to != TransferState.Draft))
            {
                bool isLegal = TransferStates.Allowed.Allows(from, to);
                var at = isLegal ? await At(shop, from) : standing;
                // Before it is sent there is no delivery that anything could be booked on.
                if (at.Delivery is null && to is TransferState.PartReceived or TransferState.Received) continue;
                var answer = await Step(shop, at, to);
                string text = await answer.Content.ReadAsStringAsync();
                (await State(shop, at)).ShouldBe(Name(isLegal ? to : from), $"{from} to {to}: {text}");
                ((int)answer.StatusCode).ShouldBe(isLegal ? 200 : 409, $"{from} to {to}: {text}");
            }
        }
        (await DeliveryTests.Check(shop, "stock.transfers")).ShouldBeEmpty();
    }

    private static async Task<Standing> At(Shop shop, TransferState state)
    {
        var at = new Standing((await shop.Post("/transfers", new { from = "MAIN", to = "EAST", lines = new[] { new { sku = "A", quantity = 2 } } })).Text("id")!, null);
        TransferState[] way = state switch
        {
            TransferState.Draft => [],
            TransferState.Cancelled => [TransferState.Cancelled],
            TransferState.Approved => [TransferState.Approved],
            TransferState.Sent => [TransferState.Approved, TransferState.Sent],
            TransferState.Acknowledged => [TransferState.Approved, TransferState.Sent, TransferState.Acknowledged],
            TransferState.PartReceived => [TransferState.Approved, TransferState.Sent, TransferState.PartReceived],
            TransferState.Received => [TransferState.Approved, TransferState.Sent, TransferState.Received],
            _ => [TransferState.Approved, TransferState.Sent, TransferState.Received, TransferState.Closed],
        };
        foreach (var to in way)
        {
            var told = await Shop.Read(await Step(shop, at, to), 200);
            if (to == TransferState.Sent) at = at with { Delivery = told.Text("delivery") };
        }
        (await State(shop, at)).ShouldBe(Name(state));
        return at;
    }

    private static Task<HttpResponseMessage> Step(Shop shop, Standing at, TransferState to) => to switch
    {
        TransferState.Approved => shop.Send(HttpMethod.Post, $"/transfers/{at.Id}/approve", new { }),
        TransferState.Sent => shop.Send(HttpMethod.Post, $"/transfers/{at.Id}/send", new { }),
        TransferState.Acknowledged => shop.Send(HttpMethod.Post, $"/transfers/{at.Id}/acknowledge", new { }),
        TransferState.PartReceived => shop.Send(HttpMethod.Post, $"/deliveries/{at.Delivery}/receipts", new { items = new[] { new { sku = "A", quantity = 1 } } }),
        TransferState.Received => shop.Send(HttpMethod.Post, $"/deliveries/{at.Delivery}/close", new { }),
        TransferState.Cancelled => shop.Send(HttpMethod.Post, $"/transfers/{at.Id}/cancel", new { }),
        _ => shop.Send(HttpMethod.Post, $"/transfers/{at.Id}/settle", new { lines = new[] { new { sku = "A", quantity = 2, outcome = "lost" } }, reason = "walk" }),
    };

    private static string Name(TransferState state) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    private static async Task<string?> State(Shop shop, Standing at) => (await shop.Get("/transfers/" + at.Id)).Text("state");
}
