using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Erp;
using Switchyard.Simulators;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Erp;

/// <summary>The ERP hears what happened, each thing once.</summary>
[Capability("IG-05")]
public sealed class ErpOutTests
{
    private static bool Writes(HttpRequest call) => call.Method == "PUT" || call.Path.Value!.Contains("!transform", StringComparison.Ordinal);

    [Theory, BothDatabases]
    public async Task An_order_its_parcel_its_money_and_its_refund_are_posted_once_though_answers_are_lost_and_the_server_ends(DatabaseKind kind)
    {
        await using var desk = await ErpShop.Open(kind);
        await desk.Goods("MUG", 100);
        await desk.Goods("CUP", 100);
        foreach (var mood in new[] { Mood.BreaksOffAfter, Mood.FailsAfter, Mood.Throttled }) desk.Sim.Next(mood, Writes);
        var wish = Given.Order(("MUG", 3), ("CUP", 1));
        wish["payment"] = new { status = "pending", method = "bank_transfer" };
        string order = (await desk.Shop.Post("/orders", wish)).Text("id")!;
        var paid = await desk.Shop.Post($"/orders/{order}/payments", new { tender = "bank_transfer", reference = "statement 7" });
        await desk.UntilDone(2);
        desk.Records().ShouldBe(["cashSale", "salesOrder"]);

        // A parcel is posted, and before anybody notes it the server ends.
        desk.Sim.Next(Mood.HangsAfter, call => call.Path.Value!.Contains("!transform", StringComparison.Ordinal));
        string release = (await desk.Shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        await desk.Shop.Run(release, "start-picking", "pick");
        var packed = new[] { new { line = 1, quantity = 3 }, new { line = 2, quantity = 1 } };
        await desk.Shop.Post($"/fulfilments/{release}/pack", new { packages = new object[] { new { lines = packed } } });
        await desk.Shop.Post($"/fulfilments/{release}/ship", new { carrier = "DHL", packages = new object[] { new { package = 1, tracking = "JD1" } } });
        await desk.Shop.Until(() => Task.FromResult(desk.Sim.Books.Of("itemFulfillment").Any()));
        (await desk.Tasks()).Single(t => t.Text("kind") == "shipment").Text("state").ShouldBe("waiting");
        await desk.Again(kind);
        await desk.UntilDone(3);

        await desk.Shop.Post($"/payments/{paid.Text("id")}/refund", new { amountMinor = 500, reason = "A scratch" });
        await desk.UntilDone(4);
        desk.Records().ShouldBe(["cashRefund", "cashSale", "itemFulfillment", "salesOrder"]);
        desk.Sim.Books.Of("itemFulfillment").Single().Lines.Select(l => (l.No, l.Quantity)).ShouldBe([(1, 3m), (2, 1m)]);
        desk.Sim.Books.Of("salesOrder").Single().Total.ShouldBe(desk.Sim.Books.Of("cashSale").Single().Total, "all of it was paid");
        desk.Sim.Books.Of("cashRefund").Single().Total.ShouldBe(5m);

        // What both have of the day is the same; what somebody takes away there is found.
        string day = (string)desk.Sim.Books.Of("cashSale").Single().Body["tranDate"]!;
        var sums = await desk.Shop.Get("/erp/reconcile?day=" + day);
        sums.GetProperty("differences").EnumerateArray().Where(d => d.Text("kind") != "unposted").ShouldBeEmpty(sums.GetRawText());
        string gone = desk.Sim.Books.Of("cashSale").Single().ExternalId!;
        desk.Sim.Books.Records.RemoveAll(r => r.Type == "cashSale");
        var differs = (await desk.Shop.Get("/erp/reconcile?day=" + day)).GetProperty("differences").EnumerateArray().Single();
        (differs.Text("kind"), differs.Text("externalId")).ShouldBe(("onlyHere", gone));
    }

    [Fact, Trait("Kind", "Database"), Capability("P14")]
    public async Task What_happened_while_the_ERP_was_away_is_posted_once_when_it_is_back_and_nobody_has_to_do_anything()
    {
        await using var desk = await ErpShop.Open(DatabaseKind.Sqlite, flows: new { items = "off", stock = "off" }, fakeClock: true);
        // As patient as an operator's server is.
        var (patience, usual) = (desk.Shop.Services.GetRequiredService<ErpPatience>(), new ErpPatience());
        (patience.Waits, patience.MostTries) = (usual.Waits, usual.MostTries);
        // Time passes slowly while calls are judged by their time, and fast while none is let in.
        void pass() => desk.Shop.Clock!.Advance(TimeSpan.FromSeconds(20));
        void wait() => desk.Shop.Clock!.Advance(TimeSpan.FromMinutes(2));
        Task untilDone(int orders) => desk.Shop.Until(async () =>
        {
            pass();
            return desk.Sim.Books.Of("salesOrder").Count() == orders && (await desk.Tasks()).All(t => t.Text("state") == "done");
        });
        await desk.Goods("MUG", 100);
        await desk.Shop.Placed(("MUG", 1));
        await untilDone(1);

        // Two hours of nothing but errors, in which orders are placed, sent and paid.
        desk.Sim.Always = Mood.Broken;
        var (sent, release) = await desk.Shop.Released(("MUG", 2));
        await desk.Shop.Run(release, "start-picking", "pick", "pack", "ship");
        await desk.Shop.Post($"/orders/{sent}/payments", new { type = "external", tender = "external", amountMinor = 2_000 });
        await desk.Shop.Placed(("MUG", 3));
        var back = desk.Shop.Clock!.GetUtcNow().AddHours(2);
        await desk.Shop.Until(() => { wait(); return Task.FromResult(desk.Shop.Clock.GetUtcNow() >= back); });
        desk.Sim.Calls.ShouldContain(c => c.Mood == Mood.Broken);
        (await desk.Tasks()).ShouldNotContain(t => t.Text("state") == "parked", "an outage of two hours is nobody's task");

        // Then its keys are not good, and somebody is told; then there are too many calls; then all is well.
        desk.Sim.Always = Mood.Refused;
        await desk.Shop.Until(async () => { wait(); return (await Works.Troubles(desk.Shop, "erp_refused")).Count == 1; });
        await desk.Shop.Placed(("MUG", 4));
        desk.Sim.Always = Mood.Throttled;
        await desk.Shop.Until(() => { wait(); return Task.FromResult(desk.Sim.Calls[^1].Mood == Mood.Throttled); });
        desk.Sim.Always = Mood.Fine;
        await untilDone(4);
        desk.Sim.Books.Records.Where(r => r.ExternalId is not null).Select(r => r.ExternalId).ShouldBeUnique();
        desk.Records().ShouldBe(["cashSale", "itemFulfillment", "salesOrder", "salesOrder", "salesOrder", "salesOrder"]);
        desk.Sim.Books.Of("salesOrder").Select(o => o.Lines[0].Quantity).Order().ShouldBe([1m, 2m, 3m, 4m]);
        (await Works.Troubles(desk.Shop, "erp_refused")).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task What_it_refuses_waits_for_a_person_with_what_comes_behind_it_and_is_posted_once_that_is_mended(DatabaseKind kind)
    {
        await using var desk = await ErpShop.Open(kind, flows: new { items = "off" });
        await desk.Shop.Product("JUG", 10);
        string order = await desk.Shop.Placed(("JUG", 2));
        await desk.Shop.Until(async () => (await desk.Tasks()).Any(t => t.Text("kind") == "order" && t.Text("state") == "parked"));
        var parked = (await desk.Tasks()).Single(t => t.Text("kind") == "order");
        parked.Text("said").ShouldBe("NetSuite has no item JUG.");
        (await Works.Troubles(desk.Shop, "erp_task_parked")).Count.ShouldBe(1);
        await desk.Shop.Post($"/orders/{order}/cancel", new { reason = "Out of stock", lines = new[] { new { line = 1, quantity = 1 } } });
        await desk.Shop.Until(async () => (await desk.Tasks()).Any(t => t.Text("kind") == "change"));
        desk.Sim.Books.Of("salesOrder").ShouldBeEmpty();

        desk.Sim.Books.Item("JUG");
        await desk.Shop.Post($"/erp/tasks/{Uri.EscapeDataString(parked.Text("key")!)}/retry", new { });
        await desk.Shop.Until(async () => (await desk.Tasks()).All(t => t.Text("state") == "done"));
        desk.Sim.Books.Of("salesOrder").Single().Lines[0].Quantity.ShouldBe(1);
        (await desk.Shop.Get("/exceptions?kind=erp_task_parked&state=open")).GetProperty("data").GetArrayLength().ShouldBe(0);
        await desk.Shop.Refused(HttpMethod.Post, $"/erp/tasks/{Uri.EscapeDataString(parked.Text("key")!)}/drop", new { }, 409, "erp.is_done");
        await desk.Shop.Refused(HttpMethod.Post, "/erp/tasks/nothing/retry", new { }, 404, "erp.no_such_task");

        // Keys that are no longer good park nothing, and somebody is told.
        desk.Sim.Always = Mood.Refused;
        await desk.Shop.Placed(("JUG", 1));
        await desk.Shop.Until(async () => (await Works.Troubles(desk.Shop, "erp_refused")).Count == 1);
        (await desk.Tasks()).ShouldNotContain(t => t.Text("state") == "parked");
        desk.Sim.Always = Mood.Fine;
        await desk.Shop.Until(async () => (await desk.Tasks()).All(t => t.Text("state") == "done"));
        await Split(desk);
    }

    // Money and units of an order that is split are told once, and a refund after a cancel has the tax of what it is for.
    private static async Task Split(ErpShop desk)
    {
        int orders = desk.Sim.Books.Of("salesOrder").Count();
        var wish = Given.Order(("JUG", 4));
        wish["lines"] = new[] { new { sku = "JUG", quantity = 4, unitPriceMinor = 6_000, taxMinor = 4_000 } };
        wish["pricesIncludeTax"] = true;
        string order = (await desk.Shop.Post("/orders", wish)).Text("id")!;
        var paid = await desk.Shop.Post($"/orders/{order}/payments", new { tender = "bank_transfer", reference = "statement 8" });
        await desk.Shop.Until(async () => desk.Sim.Books.Of("cashSale").Any() && (await desk.Tasks()).All(t => t.Text("state") == "done"));
        await desk.Shop.Post($"/orders/{order}/split", new { lines = new[] { new { line = 1, quantity = 2 } } });
        await desk.Shop.Until(async () => desk.Sim.Books.Of("salesOrder").Count() == orders + 2 && (await desk.Tasks()) is var all && all.All(t => t.Text("state") == "done")
            && all.Any(t => t.Text("key")!.StartsWith($"change:{order}", StringComparison.Ordinal)));
        desk.Sim.Books.Of("salesOrder").Skip(orders).Sum(o => o.Lines[0].Quantity).ShouldBe(4, "units are in one order or the other");
        desk.Sim.Books.Of("cashSale").ShouldHaveSingleItem().Total.ShouldBe(240m, "it was paid once");

        await desk.Shop.Post($"/orders/{order}/cancel", new { reason = "One is enough", lines = new[] { new { line = 1, quantity = 1 } } });
        await desk.Shop.Post($"/payments/{paid.Text("id")}/refund", new { amountMinor = 6_000, reason = "One is enough" });
        await desk.Shop.Until(() => Task.FromResult(desk.Sim.Books.Of("cashRefund").Any()));
        desk.Sim.Books.Of("cashRefund").Single().Lines.Select(l => l.Amount).ShouldBe([50m, 10m]);
    }

    [Theory, BothDatabases]
    public async Task What_is_not_ours_to_tell_is_not_told_and_levels_that_differ_are_put_right_once(DatabaseKind kind)
    {
        await using var desk = await ErpShop.Open(kind, flows: new { orders = "off", shipments = "off", money = "off", stock = "ours" });
        // Stock of theirs may be below zero.
        desk.Sim.Books.Levels[(desk.Sim.Books.Item("MUG").Id, 1)] = -5;
        await desk.Goods("MUG", 12);
        await desk.Shop.Placed(("MUG", 1));
        await desk.Shop.Until(async () => (await desk.Shop.Get("/erp/things?state=done")).GetProperty("data").GetArrayLength() == 1);
        await desk.Shop.Post("/erp/ask", new { });
        await desk.Shop.Until(async () => (await desk.Tasks()).Count > 0);
        await desk.UntilDone(1);
        desk.Records().ShouldBe(["inventoryAdjustment"]);
        desk.Sim.Books.Levels.Values.Single().ShouldBe(12m);
        await desk.Shop.Post("/erp/ask", new { });
        await desk.Shop.Until(async () => (await desk.Shop.Get("/erp")).GetProperty("health").GetProperty("asked").EnumerateArray()
            .Any(a => a.Text("flow") == "stock" && a.GetProperty("lastAskedAt").ValueKind == JsonValueKind.String));
        (await desk.Tasks()).Count.ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task Tax_that_the_channel_owes_is_posted_neither_as_ours_nor_as_a_debt_and_both_books_agree(DatabaseKind kind)
    {
        await using var desk = await ErpShop.Open(kind);
        await desk.Goods("MUG", 100);
        var (theirs, paid) = await Paid("channel");
        var (ours, _) = await Paid("merchant");
        await desk.UntilDone(4);
        decimal[] Totals(string type) => [.. desk.Sim.Books.Of(type).Select(r => r.Total).Order()];
        Totals("salesOrder").ShouldBe([20m, 24m]);
        Totals("cashSale").ShouldBe([20m, 24m]);
        desk.Sim.Books.Of("cashSale").Select(r => r.Lines.Count).Order().ToArray().ShouldBe([1, 2], "only where the tax is ours has it a line");

        await desk.Shop.Post($"/payments/{paid}/refund", new { amountMinor = 600, reason = "A scratch" });
        await desk.UntilDone(5);
        Totals("cashRefund").ShouldBe([5m]);
        (await desk.Shop.Get("/orders/" + theirs)).Long("refundedMinor").ShouldBe(600, "the buyer has his tax back all the same");
        (await desk.Shop.Get("/orders/" + ours)).Long("capturedMinor").ShouldBe(2_400);
        string day = (string)desk.Sim.Books.Of("cashSale").First().Body["tranDate"]!;
        var sums = await desk.Shop.Get("/erp/reconcile?day=" + day);
        sums.GetProperty("differences").EnumerateArray().Where(d => d.Text("kind") != "unposted").ShouldBeEmpty(sums.GetRawText());

        async Task<(string Order, string Payment)> Paid(string owed)
        {
            var wish = Given.Order(("MUG", 2));
            (wish["taxOwedBy"], wish["pricesIncludeTax"]) = (owed, false);
            wish["lines"] = new[] { new { sku = "MUG", quantity = 2, unitPriceMinor = 1_000, taxRate = 0.2 } };
            wish["payment"] = new { status = "pending", method = "bank_transfer" };
            string order = (await desk.Shop.Post("/orders", wish)).Text("id")!;
            return (order, (await desk.Shop.Post($"/orders/{order}/payments", new { tender = "bank_transfer", reference = "of " + owed })).Text("id")!);
        }
    }
}
