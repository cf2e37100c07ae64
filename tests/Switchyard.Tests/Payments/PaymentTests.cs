using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Orders;

namespace Switchyard.Tests.Payments;

/// <summary>Payments over the API: what they do to an order, its holds, its stock and its books.</summary>
[Capability("P10")]
public sealed class PaymentTests
{
    [Theory]
    [BothDatabases("GBP")]
    [BothDatabases("JPY")]
    [BothDatabases("KWD")]
    public async Task A_pending_order_is_paid_in_parts_and_goes_forward_when_all_is_there(DatabaseKind kind, string currency)
    {
        await using var shop = await Open(kind);
        var order = await Place(shop, new { status = "pending", method = "bank_transfer" }, currency);
        (order.Text("paymentStatus"), order.Text("state"), order.Long("dueMinor")).ShouldBe(("pending", "placed", 1_000));
        var first = await Pay(shop, order, new { tender = "bank_transfer", amountMinor = 400, reference = "statement 7" });
        (first.Text("type"), first.Text("state"), first.Text("currency")).ShouldBe(("sale", "succeeded", currency));
        (await Read(shop, order)).Text("paymentStatus").ShouldBe("partPaid");
        var refused = await shop.Refused(HttpMethod.Post, Path(order), new { tender = "cash", amountMinor = 601 }, 409, "payments.more_than_due");
        refused.Long("dueMinor").ShouldBe(600);
        await Pay(shop, order, new { tender = "cash" });
        var paid = await Read(shop, order);
        (paid.Text("paymentStatus"), paid.Text("state"), paid.Long("capturedMinor"), paid.Long("dueMinor")).ShouldBe(("paid", "confirmed", 1_000, 0));
        (await shop.Get($"/events?aggregate={order.Text("id")}")).GetProperty("data").EnumerateArray().Select(e => e.Text("kind"))
            .ShouldBe(["OrderPlaced", "PaymentRecorded", "PaymentRecorded", "OrderHoldReleased", "OrderConfirmed"]);
        await Books(shop);
    }

    [Theory, BothDatabases, Capability("OV-03")]
    public async Task A_declined_payment_holds_the_order_and_a_retry_that_succeeds_lets_it_go(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        var order = await Place(shop, new { status = "failed", method = "card" });
        order.GetProperty("holds")[0].Text("kind").ShouldBe("payment");
        await Pay(shop, order, new { tender = "card_terminal", state = "failed" });
        (await Read(shop, order)).GetProperty("holds").EnumerateArray().Count(h => h.Text("state") == "open").ShouldBe(1);
        await Pay(shop, order, new { tender = "card_terminal", reference = "terminal 3, slip 77" });
        var paid = await Read(shop, order);
        (paid.Text("state"), paid.Text("paymentStatus")).ShouldBe(("confirmed", "paid"));

        var other = await Place(shop, new { status = "failed", method = "card" });
        await shop.Post($"/orders/{other.Text("id")}/hold", new { reason = "look first" });
        await Pay(shop, other, new { tender = "cash" });
        (await Read(shop, other)).Text("state").ShouldBe("placed", "another hold still stands");
        await Books(shop);
    }

    [Theory, BothDatabases]
    public async Task An_authorisation_is_captured_in_parts_and_the_rest_voided(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        var order = await Place(shop, new { status = "authorised", method = "card", reference = "auth 1" });
        (order.Text("state"), order.Text("paymentStatus"), order.Long("authorisedMinor")).ShouldBe(("confirmed", "authorised", 1_000));
        string auth = (await List(shop, order)).GetProperty("data")[0].Text("id")!;
        var capture = await shop.Post($"/payments/{auth}/capture", new { amountMinor = 300 });
        await shop.Refused(HttpMethod.Post, $"/payments/{auth}/capture", new { amountMinor = 701 }, 409, "payments.more_than_left");
        await shop.Refused(HttpMethod.Post, $"/payments/{auth}/refund", new { reason = "x" }, 409, "payments.cannot_refund");
        await shop.Post($"/payments/{auth}/void", new { reason = "rest not needed" });
        await shop.Refused(HttpMethod.Post, $"/payments/{auth}/void", new { }, 409, "payments.more_than_left");
        await shop.Refused(HttpMethod.Post, $"/payments/{auth}/capture", new { }, 409, "payments.more_than_left");
        var read = await Read(shop, order);
        (read.Text("paymentStatus"), read.Long("dueMinor"), read.Long("authorisedMinor")).ShouldBe(("partPaid", 700, 0));
        read.GetProperty("holds")[0].Text("reason").ShouldBe("The authorisation was voided.");

        await shop.Post($"/payments/{capture.Text("id")}/refund", new { amountMinor = 100, reason = "scratch" });
        (await Read(shop, order)).Text("paymentStatus").ShouldBe("partRefunded");
        await shop.Refused(HttpMethod.Post, $"/payments/{capture.Text("id")}/refund", new { amountMinor = 201, reason = "more" }, 409, "payments.more_than_left");
        await shop.Refused(HttpMethod.Post, $"/payments/{capture.Text("id")}/refund", new { amountMinor = 1 }, 400, "request.invalid");
        await shop.Post($"/payments/{capture.Text("id")}/refund", new { reason = "all of it" });
        var list = await List(shop, order);
        (list.Text("state"), list.Long("capturedMinor"), list.Long("refundedMinor")).ShouldBe(("refunded", 300, 300));
        list.GetProperty("ledger").EnumerateArray().Select(e => e.Text("kind")).ShouldBe(["authorised", "captured", "voided", "refunded", "refunded"]);
        await Books(shop);
    }

    [Theory, BothDatabases]
    public async Task A_channel_that_wants_money_first_waits_for_the_capture(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Put("/channels/web", new { name = "Web", paymentRule = "paid" });
        var order = await Place(shop, new { status = "authorised", method = "card" });
        order.Text("state").ShouldBe("placed");
        string auth = (await List(shop, order)).GetProperty("data")[0].Text("id")!;
        await shop.Post($"/payments/{auth}/capture", new { });
        (await Read(shop, order)).Text("state").ShouldBe("confirmed");
    }

    [Theory, BothDatabases]
    public async Task Terms_let_an_order_go_and_count_against_the_companys_credit_until_paid(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        string company = (await shop.Post("/customers", new { kind = "company", name = "Mill", credit = new { currency = "GBP", limitMinor = 5_000 } })).Text("id")!;
        var order = await Place(shop, new { status = "pending" }, customer: new { id = company });
        await Pay(shop, order, new { tender = "terms" });
        var read = await Read(shop, order);
        (read.Text("state"), read.Text("paymentStatus"), read.Long("dueMinor")).ShouldBe(("confirmed", "terms", 1_000));
        (await shop.Get("/customers/" + company)).GetProperty("credit").Long("openMinor").ShouldBe(4_000);
        await Pay(shop, order, new { tender = "bank_transfer", amountMinor = 600 });
        (await shop.Get("/customers/" + company)).GetProperty("credit").Long("openMinor").ShouldBe(4_600);
        var placed = await Place(shop, new { status = "terms" }, customer: new { id = company });
        placed.Text("state").ShouldBe("confirmed");
        (await shop.Get("/customers/" + company)).GetProperty("credit").Long("dueMinor").ShouldBe(1_400);
        await shop.Post($"/orders/{placed.Text("id")}/cancel", new { reason = "no" });
        (await shop.Get("/customers/" + company)).GetProperty("credit").Long("dueMinor").ShouldBe(400);
        await Books(shop);
    }

    [Theory, BothDatabases, Capability("L23", "P10")]
    public async Task Money_that_comes_after_expiry_brings_the_order_back_if_the_goods_are_there_else_is_owed(DatabaseKind kind)
    {
        await using var shop = await Open(kind, fakeClock: true);
        await shop.Stock("MUG", -98);
        var order = await Place(shop, new { status = "pending", expiresAt = shop.Clock!.GetUtcNow().AddHours(1) }, units: 2);
        shop.Clock.Advance(TimeSpan.FromHours(2));
        await shop.Services.GetRequiredService<ExpireUnpaidOrders>().Handle();
        (await Read(shop, order)).Text("state").ShouldBe("expired");
        (await shop.Balance("MUG")).Long("available").ShouldBe(2);
        await Pay(shop, order, new { tender = "bank_transfer", amountMinor = 500 });
        (await Read(shop, order)).Text("state").ShouldBe("expired", "part of the money is not enough");
        (await Troubles(shop)).ShouldBe(["refund_owed"]);
        await Pay(shop, order, new { tender = "bank_transfer", amountMinor = 1_500 });
        var back = await Read(shop, order);
        (back.Text("state"), back.Text("paymentStatus")).ShouldBe(("confirmed", "paid"));
        back.GetProperty("lines")[0].Long("allocated").ShouldBe(2);
        (await shop.Balance("MUG")).Long("available").ShouldBe(0);

        await shop.Stock("MUG", 1);
        var late = await Place(shop, new { status = "pending", expiresAt = shop.Clock.GetUtcNow().AddHours(1) });
        shop.Clock.Advance(TimeSpan.FromHours(2));
        await shop.Services.GetRequiredService<ExpireUnpaidOrders>().Handle();
        await Place(shop, null);
        var payment = await Pay(shop, late, new { tender = "bank_transfer" });
        var gone = await Read(shop, late);
        (gone.Text("state"), gone.Text("paymentStatus"), gone.Long("dueMinor")).ShouldBe(("expired", "paid", -1_000));
        gone.GetProperty("lines")[0].Long("cancelled").ShouldBe(1);
        (await Troubles(shop, late)).ShouldBe(["refund_owed"]);
        await shop.Post($"/payments/{payment.Text("id")}/refund", new { reason = "came too late" });
        (await Troubles(shop, late)).ShouldBeEmpty();
        await Books(shop);
    }

    [Theory, BothDatabases, Capability("L6")]
    public async Task Cancelling_voids_what_is_reserved_and_owes_what_was_taken(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        var order = await Place(shop, new { status = "authorised", method = "card" });
        string auth = (await List(shop, order)).GetProperty("data")[0].Text("id")!;
        var capture = await shop.Post($"/payments/{auth}/capture", new { amountMinor = 400 });
        var cancelled = await shop.Post($"/orders/{order.Text("id")}/cancel", new { reason = "changed his mind" });
        (cancelled.Long("authorisedMinor"), cancelled.Long("dueMinor")).ShouldBe((0, -400));
        (await shop.Get($"/orders/{order.Text("id")}/payments")).Long("dueMinor").ShouldBe(-400, "the same wherever it is asked");
        (await List(shop, order)).GetProperty("data").EnumerateArray().Select(p => p.Text("type")).ShouldBe(["authorise", "capture", "void"]);
        (await Troubles(shop)).ShouldBe(["refund_owed"]);
        await shop.Refused(HttpMethod.Post, Path(order), new { tender = "cash", amountMinor = 1 }, 409, "payments.order_ended");
        await shop.Post($"/payments/{capture.Text("id")}/refund", new { reason = "cancelled" });
        (await Troubles(shop)).ShouldBeEmpty();

        // What a marketplace took is a fact, whatever has become of the order.
        await Pay(shop, order, new { tender = "external", amountMinor = 1_000 });
        (await Troubles(shop)).ShouldBe(["refund_owed"]);
        await Pay(shop, order, new { type = "refund", tender = "external", amountMinor = 1_000 });
        (await Troubles(shop)).ShouldBeEmpty();
        await Books(shop);
    }

    [Theory, BothDatabases]
    public async Task What_nobody_knows_is_known_by_reconciliation_only(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        var order = await Place(shop, new { status = "pending", method = "card" });
        string sale = (await List(shop, order)).GetProperty("data")[0].Text("id")!;
        await shop.Refused(HttpMethod.Post, $"/payments/{sale}/reconcile", new { state = "succeeded", reference = "x" }, 409, "payments.cannot_settle");
        (await shop.Post($"/payments/{sale}/settle", new { state = "unknown" })).Text("state").ShouldBe("unknown");
        (await Troubles(shop)).ShouldBe(["payment_unknown"]);
        await shop.Refused(HttpMethod.Post, $"/payments/{sale}/settle", new { state = "succeeded" }, 409, "payments.cannot_settle");
        await shop.Refused(HttpMethod.Post, $"/payments/{sale}/reconcile", new { state = "succeeded" }, 400, "request.invalid");
        await shop.Post($"/payments/{sale}/reconcile", new { state = "succeeded", reference = "statement 3, line 9" });
        (await Read(shop, order)).Text("state").ShouldBe("confirmed");
        var dispute = await shop.Post($"/payments/{sale}/dispute", new { amountMinor = 1_000, reference = "case 1" });
        (await Read(shop, order)).Text("paymentStatus").ShouldBe("disputed");
        await shop.Refused(HttpMethod.Post, $"/payments/{sale}/refund", new { reason = "both?" }, 409, "payments.more_than_left");
        await shop.Post($"/payments/{dispute.Text("id")}/settle", new { state = "failed" });
        (await Read(shop, order)).Text("paymentStatus").ShouldBe("paid", "the dispute was won");
        (await Troubles(shop)).ShouldBeEmpty();
        await Books(shop);
    }

    [Theory, BothDatabases, Capability("P19")]
    public async Task A_cards_number_is_refused_in_every_field_and_is_nowhere_in_the_database(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        var order = await Place(shop, new { status = "pending" });
        string sale = (await List(shop, order)).GetProperty("data")[0].Text("id")!;
        const string card = "4111 1111 1111 1111";
        await shop.Refused(HttpMethod.Post, Path(order), new { tender = "card_terminal", reference = card }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, Path(order), new { tender = "card_terminal", reason = "paid by " + card }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, $"/payments/{sale}/settle", new { state = "succeeded", reference = card }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, $"/payments/{sale}/refund", new { reason = card }, 400, "request.invalid");
        var body = Given.Order(("MUG", 1));
        body["payment"] = new { status = "paid", method = "card", reference = card };
        await shop.Refused(HttpMethod.Post, "/orders", body, 400, "request.invalid");
        (await List(shop, order)).GetProperty("data").GetArrayLength().ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task What_is_malformed_is_refused_with_its_place(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        var order = await Place(shop, new { status = "pending" });
        foreach (var (body, pointer) in new (object, string)[]
        {
            (new { tender = "gold" }, "/tender"), (new { amountMinor = 5 }, "/tender"), (new { tender = "cash", amountMinor = 0 }, "/amountMinor"), (new { tender = "cash", amountMinor = -1 }, "/amountMinor"),
            (new { tender = "cash", type = "capture" }, "/type"), (new { tender = "cash", state = "unknown" }, "/state"), (new { tender = "terms", type = "sale" }, "/type"),
            (new { tender = "cash", type = "external" }, "/tender"), (new { tender = "cash", amountMinor = 10_000_000_000_001 }, "/amountMinor"), (new { tender = "cash", currency = "EUR" }, "/currency"),
        })
            (await shop.Refused(HttpMethod.Post, Path(order), body, 400, "request.invalid")).GetProperty("errors")[0].Text("pointer").ShouldBe(pointer);
        await shop.Refused(HttpMethod.Post, "/orders/ord_00000000000000000000000000000000/payments", new { tender = "cash" }, 404, "orders.not_found");
        await shop.Refused(HttpMethod.Post, "/payments/pay_00000000000000000000000000000000/capture", new { }, 404, "payments.not_found");
    }

    internal static async Task<Shop> Open(DatabaseKind kind, bool fakeClock = false)
    {
        var shop = await Shop.Open(kind, fakeClock);
        await shop.Product("MUG", 100);
        return shop;
    }

    internal static Task<JsonElement> Place(Shop shop, object? payment, string currency = "GBP", object? customer = null, int units = 1)
    {
        var body = Given.Order(("MUG", units));
        (body["payment"], body["currency"]) = (payment, currency);
        if (customer is not null) body["customer"] = customer;
        return shop.Post("/orders", body);
    }

    internal static string Path(JsonElement order) => $"/orders/{order.Text("id")}/payments";
    internal static Task<JsonElement> Pay(Shop shop, JsonElement order, object body) => shop.Post(Path(order), body);
    internal static Task<JsonElement> List(Shop shop, JsonElement order) => shop.Get(Path(order));
    internal static Task<JsonElement> Read(Shop shop, JsonElement order) => shop.Get("/orders/" + order.Text("id"));

    private static async Task<IEnumerable<string?>> Troubles(Shop shop, JsonElement? order = null) =>
        (await shop.Get("/exceptions?state=open")).GetProperty("data").EnumerateArray().Where(t => order is null || t.ToString().Contains(order.Value.Text("id")!)).Select(t => t.Text("kind"));

    internal static async Task Books(Shop shop)
    {
        foreach (var check in shop.Services.GetServices<BooksCheck>())
        {
            var result = await check.Run(shop.Db);
            result.Faults.ShouldBeEmpty(check.Name);
            if (check.Name.StartsWith("money.", StringComparison.Ordinal)) result.Counted.ShouldBeGreaterThan(0, check.Name);
        }
    }
}
