using System.Globalization;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Jobs;

namespace Switchyard.Tests.Files;

/// <summary>What is open when a shop comes to us besides orders: purchase orders, gift cards and credit, returns. Each file once, however often it comes.</summary>
[Trait("Kind", "Database")]
[Capability("IG-16")]
public sealed class OpenThingsFileTests
{
    private static string Day(int days) => DateTimeOffset.UtcNow.AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [Theory, BothDatabases]
    public async Task Open_purchase_orders_come_by_file_once_and_go_back_with_their_import(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        foreach (string sku in new[] { "A", "B" }) await shop.Product(sku, 1);
        string soon = Day(5), csv = $"po_number,sku,node,ordered,received,eta\nPO-1,A,MAIN,60,20,{soon}\nPO-1,b,main,5,9,{soon}\nPO-2,A,MAIN,7,,{soon}\n";

        (await shop.Import("inbound", csv)).Counts().ShouldBe((3, 2, 0, 1, 0), "more came than was ordered: nothing is on its way");
        (await shop.Import("inbound", csv)).Counts().ShouldBe((3, 0, 0, 3, 0));
        (await OnItsWay(shop)).ShouldBe([("PO-1", "A", 40L), ("PO-2", "A", 7L)]);
        (await shop.Import("inbound", $"reference,sku,node,quantity,due_at\nPO-2,A,MAIN,9,{soon}\n")).Counts().ShouldBe((1, 0, 1, 0, 0));

        var faulty = await shop.Import("inbound", $"reference,sku,node,quantity,due_at\n,A,MAIN,1,{soon}\nX,NONE,MAIN,1,{soon}\nX,A,NONE,1,{soon}\nX,A,MAIN,-1,{soon}\nX,A,MAIN,,{soon}\nX,A,MAIN,1,tomorrow\n");
        faulty.Counts().ShouldBe((6, 0, 0, 0, 6));
        foreach (string field in new[] { "reference", "sku", "node", "quantity", "due_at" }) faulty.GetRawText().ShouldContain($"\"{field}\"", Case.Sensitive);

        // What an export says, an import finds as it is.
        string exported = await shop.Export("inbound");
        exported.ShouldContain("PO-1,A,MAIN,40,");
        (await shop.Import("inbound", exported)).Counts().ShouldBe((2, 0, 0, 2, 0));

        var job = await shop.ImportAsJob("inbound", $"reference,sku,node,quantity,due_at\nPO-2,A,MAIN,100,{soon}\nPO-3,A,MAIN,11,{soon}\nPO-1,A,MAIN,50,{soon}\n");
        (await shop.Outcome(job)).ShouldBe((3, 1, 2, 0, 0));
        await shop.Put("/inventory/inbound", new { reference = "PO-1", sku = "A", node = "MAIN", quantity = 33, dueAt = soon });
        (await shop.Ended(await shop.Post($"/imports/{job.Text("id")}/undo", new { }))).Text("state").ShouldBe("done");
        (await OnItsWay(shop)).ShouldBe([("PO-1", "A", 33L), ("PO-2", "A", 9L)], "what was told anew since is left");
        await shop.BooksAreRight();
    }

    private static Task<List<(string, string, long)>> OnItsWay(Shop shop) => shop.Db.ReadAll(work => work.Query(
        "select i.reference, p.sku, i.quantity from inbound i join products p on p.id = i.sku_id where i.quantity > 0 order by i.reference, p.sku", row => (row.Text(), row.Text(), row.Long())));

    [Theory, BothDatabases]
    public async Task Gift_cards_and_credit_are_booked_once_and_the_book_adds_up(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Import("customers", "email,name\nada@example.com,Ada Byron\nmary@example.com,Mary Lee\n");
        const string csv = "id,type,currency,balance,code,email\nGC-1,Gift card,GBP,25.00,gift-7q2k 9xya,\nGC-2,gift_card,JPY,500,JPNN-0001-2222,ada@example.com\nGC-3,gift_card,GBP,0.00,USED-UP-1,\n"
            + "SC-1,credit,GBP,8.50,,ADA@example.com\nSC-2,store credit,GBP,1.50,,ada@example.com\n";

        (await shop.Import("balances", csv, dryRun: true)).Counts().ShouldBe((5, 4, 0, 1, 0));
        (await Owed(shop)).ShouldBeEmpty();
        (await shop.Import("balances", csv)).Counts().ShouldBe((5, 4, 0, 1, 0));
        (await shop.Import("balances", csv)).Counts().ShouldBe((5, 0, 0, 5, 0));
        (await Owed(shop)).ShouldBe([("credit", "GBP", null, 1_000L), ("giftCard", "GBP", "9XYA", 2_500L), ("giftCard", "JPY", "2222", 500L)], "two credits of a customer are one");

        // What is booked is not changed; a card has one currency; everybody who is owed credit is known.
        var refused = await shop.Import("balances", "reference,kind,currency,amount,code,customer\nGC-1,gift_card,GBP,30.00,GIFT7Q2K9XYA,\nGC-9,gift_card,EUR,5.00,GIFT7Q2K9XYA,\n"
            + "SC-1,credit,GBP,8.50,,mary@example.com\nSC-3,credit,GBP,2.00,,\nSC-4,credit,GBP,2.00,,nobody@example.com\nX,voucher,GBP,2.00,,\nGC-8,gift_card,GBP,1.00,,\n");
        refused.Counts().ShouldBe((7, 0, 0, 0, 7));
        foreach (string code in new[] { "balances.booked_otherwise", "payments.other_currency", "customers.not_found", "field.unknown_value" }) refused.GetRawText().ShouldContain(code);
        (await Owed(shop)).Count.ShouldBe(3);

        // The codes stand nowhere, and an export is known again without them.
        string exported = await shop.Export("balances");
        exported.ShouldContain("GC-1,gift_card,GBP,25.00,…9XYA,,,25.00");
        exported.ToUpperInvariant().ShouldNotContain("7Q2K", Case.Sensitive);
        (await shop.Import("balances", exported)).Counts().ShouldBe((4, 0, 0, 4, 0));

        // Files at once: one booking.
        const string more = "reference,kind,currency,amount,code\nGC-7,gift_card,GBP,3.00,MANY-AT-ONCE\n";
        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => (await shop.Import("balances", more)).Counts()));
        counts.Sum(c => c.Item2).ShouldBe(1);
        counts.Sum(c => c.Item4).ShouldBe(3);

        await shop.OnlyGrows("balance_entries");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases]
    public async Task An_import_of_balances_is_taken_back_as_far_as_nothing_was_spent(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        const string csv = "reference,kind,currency,amount,code\nGC-1,gift_card,GBP,25.00,AAAA-BBBB-CCCC\nGC-2,gift_card,GBP,9.00,DDDD-EEEE-FFFF\n";
        var job = await shop.ImportAsJob("balances", csv);
        (await shop.Outcome(job)).ShouldBe((2, 2, 0, 0, 0));
        await Spend(shop, "GC-2", 100);

        var undo = await shop.Ended(await shop.Post($"/imports/{job.Text("id")}/undo", new { }));
        (await shop.Get($"/jobs/{undo.Text("id")}/rows?state=failed")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem().Text("code").ShouldBe("balances.spent_since");
        (await Owed(shop)).Select(o => o.Item4).ShouldBe([0L, 800L], ignoreOrder: true);

        // Told again it is owed again.
        (await shop.Import("balances", csv)).Counts().ShouldBe((2, 1, 0, 1, 0));
        (await Owed(shop)).Select(o => o.Item4).ShouldBe([2_500L, 800L], ignoreOrder: true);
        await shop.BooksAreRight();
    }

    /// <summary>As whoever pays with it will book it.</summary>
    private static async Task Spend(Shop shop, string reference, long minor)
    {
        var actor = Switchyard.Access.Actor.House("system:test", 1);
        var done = await shop.Db.Write<Switchyard.Kernel.Done>(actor, async work =>
        {
            var id = (await work.Query("select balance_id from balance_entries where merchant_id = @merchant and reference = @reference", row => row.Uuid(), ("reference", reference))).Single();
            var locked = await Switchyard.Payments.BalanceBook.Lock(work, [id]);
            var error = await Switchyard.Payments.BalanceBook.Add(work, actor, DateTimeOffset.UtcNow, locked, [new Switchyard.Payments.NewBalanceEntry(id, "spent", -minor, "pay " + reference, 1)]);
            return error is null ? new Switchyard.Kernel.Done() : error;
        });
        done.IsOk.ShouldBeTrue(done.Error?.Detail);
    }

    private static Task<List<(string, string, string?, long)>> Owed(Shop shop) => shop.Db.ReadAll(work => work.Query(
        "select kind, currency, code_end, balance_minor from balances order by kind, currency, code_end", row => (row.Text(), row.Text(), row.TextOrNull(), row.Long())));

    [Theory]
    [BothDatabases("update balances set balance_minor = balance_minor + 5", "balances.sum")]
    [BothDatabases("update balances set last_entry = last_entry + 1", "balances.sum")]
    [BothDatabases("insert into balance_entries (merchant_id, balance_id, entry_no, kind, amount_minor, balance_minor, reference, turn, actor, at_ms) select merchant_id, id, 7, 'corrected', 5, 5, 'x', 1, 'x', 0 from balances", "balances.chain")]
    public async Task A_book_of_balances_that_does_not_add_up_is_found(DatabaseKind kind, string damage, string check)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Import("balances", "reference,kind,currency,amount,code\nGC-1,gift_card,GBP,25.00,AAAA-BBBB-CCCC\n");
        await shop.Db.WriteAll(work => work.Execute(damage));
        var books = (IEnumerable<BooksCheck>)shop.Services.GetService(typeof(IEnumerable<BooksCheck>))!;
        (await books.Single(c => c.Name == check).Run(shop.Db)).Faults.ShouldNotBeEmpty();
    }

    [Theory, BothDatabases, Capability("IG-16", "PY-07")]
    public async Task Open_returns_come_by_file_and_are_counted_off_when_the_goods_come_to_a_till(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/channels/pos", new { name = "Tills", onShort = "refuse" });
        foreach (string sku in new[] { "A", "B" }) await shop.Product(sku, 10, priceMinor: 1000);
        await shop.Post("/till/shifts", new { id = "s1", node = "MAIN", register = "1", channel = "pos", currency = "GBP", floatMinor = 10_000, taxRates = new[] { new { taxClass = "standard", rate = 0.2m } } });
        var (order, release) = await shop.Released(("A", 3), ("B", 1));
        string number = (await shop.Get("/orders/" + order)).Text("number")!;
        string csv = $"rma,order_number,sku,quantity,reason\nRMA-1,{number},a,2,Too small\nRMA-1,{number},B,1,Too small\n";
        (await shop.Import("returns", csv)).Counts().ShouldBe((2, 0, 0, 0, 2), "nothing of it has left");
        await shop.Run(release, "start-picking", "pick", "pack", "ship");

        (await shop.Import("returns", csv)).Counts().ShouldBe((2, 2, 0, 0, 0));
        (await shop.Import("returns", csv)).Counts().ShouldBe((2, 0, 0, 2, 0));
        var refused = await shop.Import("returns", $"reference,order,sku,quantity\nRMA-1,{number},A,1\nRMA-2,{number},A,2\nRMA-2,NOBODY,A,1\nRMA-2,{number},C,1\n");
        refused.Counts().ShouldBe((4, 0, 0, 0, 4));
        foreach (string code in new[] { "orders.return_announced_otherwise", "orders.not_that_many_back", "orders.not_found", "orders.no_such_line" }) refused.GetRawText().ShouldContain(code);
        (await shop.Import("returns", await shop.Export("returns"))).Counts().ShouldBe((2, 0, 0, 2, 0));

        // One comes, and then more than was announced.
        async Task<System.Text.Json.JsonElement> announced() => (await shop.Get($"/orders/{order}/returns")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        object back(string id, params (int Line, int Units)[] lines) => new { id, shift = "s1", order, lines = lines.Select(l => new { line = l.Line, quantity = l.Units }), reason = "Too small" };
        await shop.Post("/till/returns", back("b1", (1, 1)));
        var one = await announced();
        (one.Text("number"), one.Text("state"), one.Text("source"), one.Text("reference"), one.GetProperty("lines")[0].Long("back")).ShouldBe((number + "-R1", "expected", "file", "RMA-1", 1));
        await shop.Post("/till/returns", back("b2", (1, 2), (2, 1)));
        (await announced()).Text("state").ShouldBe("closed");
        await shop.Refused(HttpMethod.Post, "/till/returns", back("b3", (1, 1)), 409, "orders.not_that_many_back");
        (await shop.Export("returns")).Trim().Split('\n').Length.ShouldBe(1, "nothing is expected any more");
        (await shop.Timeline(order)).Count(k => k is "ReturnExpected" or "ReturnExtended" or "GoodsReturned").ShouldBe(4);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("IG-16")]
    public async Task A_return_is_announced_for_what_has_left_and_taken_back_when_it_will_not_come(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 10);
        var (order, release) = await shop.Released(("A", 3));
        object wish(int units, string? reference = null) => new { reason = "Too small", reference, lines = new[] { new { line = 1, quantity = units } } };
        await shop.Refused(HttpMethod.Post, $"/orders/{order}/returns", wish(1), 409, "orders.not_that_many_back");
        await shop.Run(release, "start-picking", "pick", "pack", "ship");

        // Of several that want the same units at once, as many are announced as there are units.
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shop.Send(HttpMethod.Post, $"/orders/{order}/returns", wish(1))));
        answers.Count(a => (int)a.StatusCode == 201).ShouldBe(3);
        var returns = (await shop.Get($"/orders/{order}/returns")).GetProperty("data").EnumerateArray().ToList();
        returns.Select(r => r.Text("number")!.Split('-')[^1]).ShouldBe(["R1", "R2", "R3"]);

        string at = $"/orders/{order}/returns/{returns[1].Text("number")}/withdraw";
        (await shop.Post(at, new { reason = "The buyer keeps it" })).Text("state").ShouldBe("closed");
        (await shop.Post(at, new { reason = "Again" })).GetProperty("lines")[0].Long("withdrawn").ShouldBe(1, "said twice it is once");
        await shop.Refused(HttpMethod.Post, $"/orders/{order}/returns/none/withdraw", new { reason = "x" }, 404, "orders.no_such_return");
        await shop.Post($"/orders/{order}/returns", wish(1, "OLD-7"));
        await shop.Post(at.Replace("-R2/", "-R1/", StringComparison.Ordinal), new { reason = "The buyer keeps it" });
        await shop.Refused(HttpMethod.Post, $"/orders/{order}/returns", wish(1, "OLD-7"), 409, "orders.return_reference_taken");
        await shop.BooksAreRight();
    }
}
