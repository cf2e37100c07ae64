using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Orders;

namespace Switchyard.Tests.Payments;

/// <summary>What is to be paid changes with the order, and the order's end waits for its money.</summary>
[Capability("P10", "OV-03")]
public sealed class MoneyFollowsTests
{
    [Theory, BothDatabases]
    public async Task An_order_goes_forward_when_an_edit_or_a_cancel_lowers_it_to_what_is_reserved_or_paid(DatabaseKind kind)
    {
        await using var shop = await PaymentTests.Open(kind);
        var edited = await Pending(shop, 3);
        await PaymentTests.Pay(shop, edited, new { type = "authorise", tender = "card_terminal", amountMinor = 2_000 });
        (await Said(shop, edited)).ShouldBe(("placed", "partAuthorised", 1));
        await shop.Edit(edited.Text("id")!, new { lines = new[] { new { line = 1, quantity = 2 } } });
        (await Said(shop, edited)).ShouldBe(("confirmed", "authorised", 0));

        var cancelled = await Pending(shop, 3);
        await PaymentTests.Pay(shop, cancelled, new { tender = "cash", amountMinor = 1_500 });
        // Less on one line and more on another: what counts is the end of it.
        await shop.Edit(cancelled.Text("id")!, new { lines = new[] { new { line = 1, quantity = 1 } }, add = new[] { new { sku = "MUG", quantity = 1, unitPriceMinor = 600 } } });
        (await Said(shop, cancelled)).ShouldBe(("placed", "partPaid", 1));
        await shop.Post($"/orders/{cancelled.Text("id")}/cancel", new { lines = new[] { new { line = 2, quantity = 1 } } });
        (await Said(shop, cancelled)).ShouldBe(("confirmed", "overPaid", 0));
        (await shop.Troubles("over_paid")).ShouldHaveSingleItem().Text("order").ShouldBe(cancelled.Text("id"));
        await shop.Edit(cancelled.Text("id")!, new { lines = new[] { new { line = 1, unitPriceMinor = 1_500 } } });
        (await Said(shop, cancelled)).ShouldBe(("confirmed", "paid", 0));
        (await shop.Troubles("over_paid")).ShouldBeEmpty();
        await PaymentTests.Books(shop);
    }

    [Theory, BothDatabases, Capability("OF-06")]
    public async Task An_order_that_has_arrived_is_closed_by_its_money_whichever_comes_last(DatabaseKind kind)
    {
        await using var shop = await PaymentTests.Open(kind);
        var reserved = await PaymentTests.Place(shop, new { status = "authorised", method = "card" }, units: 2);
        await Deliver(shop, reserved);
        (await Said(shop, reserved)).ShouldBe(("confirmed", "authorised", 0), "what is only reserved is still to be taken");
        string auth = (await PaymentTests.List(shop, reserved)).GetProperty("data")[0].Text("id")!;
        await shop.Post($"/payments/{auth}/capture", new { amountMinor = 500 });
        (await Said(shop, reserved)).ShouldBe(("confirmed", "partPaid", 0));
        await shop.Post($"/payments/{auth}/capture", new { });
        (await Said(shop, reserved)).ShouldBe(("closed", "paid", 0));

        foreach (object? payment in new object?[] { new { status = "paid", method = "card" }, new { status = "terms" }, null })
        {
            var settled = await PaymentTests.Place(shop, payment);
            await Deliver(shop, settled);
            (await Said(shop, settled)).State.ShouldBe("closed", payment?.ToString());
        }
        await PaymentTests.Books(shop);
    }

    private static Task<JsonElement> Pending(Shop shop, int units) => PaymentTests.Place(shop, new { status = "pending", method = "bank_transfer" }, units: units);

    private static async Task Deliver(Shop shop, JsonElement order)
    {
        string release = (await shop.Post($"/orders/{order.Text("id")}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        await shop.Run(release, "start-picking", "pick", "pack", "ship", "deliver");
    }

    private static async Task<(string? State, string? Payment, int Holds)> Said(Shop shop, JsonElement order)
    {
        var read = await PaymentTests.Read(shop, order);
        return (read.Text("state"), read.Text("paymentStatus"), read.GetProperty("holds").EnumerateArray().Count(h => h.Text("state") == "open"));
    }
}
