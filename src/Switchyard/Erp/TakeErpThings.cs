using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Erp;

/// <summary>Does here what was read from the ERP: items become products, open purchase orders what is on its way, receipts goods that are booked in, each once. What
/// cannot be done is parked, and a person is asked.</summary>
internal sealed class TakeErpThings(Db db, ErpDesk desk, ErpPatience patience, TimeProvider clock, ILogger<TakeErpThings> log) : BackgroundService
{
    public const string Trouble = "erp_thing_parked";
    private const int MostAtOnce = 200;

    private sealed record Thing(Guid Account, string Flow, string Id, string Label, string Body, long Seen, int Tries, string? Note, long ChangedMs);

    /// <param name="Later">It is to be looked at again; not a try in vain.</param>
    /// <param name="Dropped">It is not to be done any more.</param>
    private sealed record Outcome(string? Refusal = null, string? Said = null, bool Later = false, bool Dropped = false);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(patience.Poll, clock, () => Turn(stoppingToken), log, "What was read from ERPs was not done", stoppingToken);

    internal async Task Turn(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var due = await db.ReadAll(work => work.Query(
                """
                select t.flow, t.thing_id, t.merchant_id from erp_things t join erp_accounts k on k.id = t.account_id
                 where t.state = 'waiting' and t.due_at_ms <= @now and t.lease_until_ms <= @now and k.state = 'live' order by t.due_at_ms, t.flow, t.thing_id
                     limit @most /* house */
                """, row => (Flow: row.Text(), Id: row.Text(), Merchant: row.Long()), ("now", Now), ("most", (long)MostAtOnce)));
            if (due.Count == 0) return;
            foreach (var (flow, id, merchant) in due) await Take(flow, id, merchant, stop);
        }
    }

    private async Task Take(string flow, string id, long merchant, CancellationToken stop)
    {
        var house = ErpDesk.House(merchant);
        Thing? thing = null;
        try
        {
            var claimed = await db.Write<List<Thing>>(house, async work => await work.Query(
                """
                update erp_things set lease_until_ms = @until where merchant_id = @merchant and flow = @flow and thing_id = @id and state = 'waiting'
                    and due_at_ms <= @now and lease_until_ms <= @now
                returning account_id, label, body, seen, tries, note, changed_at_ms
                """, row => new Thing(row.Uuid(), flow, id, row.Text(), row.Text(), row.Long(), row.Int(), row.TextOrNull(), row.Long()), ("flow", flow), ("id", id),
                ("now", Now), ("until", Now + (long)patience.Lease.TotalMilliseconds)));
            if (claimed is not { IsOk: true, Value: [var own] } || await db.Read(house, work => ErpAccount.Find(work)) is not { State: "live" } account) return;
            thing = own;
            await Settle(house, thing, account.Owner(flow) != ErpFlows.Theirs ? new Outcome(Said: "It is not theirs any more.", Dropped: true) : flow switch
            {
                "items" => await Item(house, Read<ErpItem>(thing)),
                "purchases" => await Purchase(house, account, thing, Read<ErpPurchase>(thing)),
                _ => await Receipt(house, account, thing, Read<ErpReceipt>(thing)),
            });
        }
#pragma warning disable CA1031 // one of them keeps no other from being done
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            log.LogError(e, "What an ERP told of {Flow} {Thing} could not be done", flow, id);
            // What never can be is parked in the end, and a person sees it.
            const string words = "It could not be worked out here; the server's log says why.";
            if (thing is not null) await Settle(house, thing, thing.Tries + 1 >= patience.MostTries ? new Outcome(words) : new Outcome(Said: words, Later: true), isTry: true);
        }
#pragma warning restore CA1031
    }

    private static T Read<T>(Thing thing) => JsonSerializer.Deserialize<T>(thing.Body, Http.Json.Options)!;

    /// <summary>A product that is there already keeps its words: those are ours.</summary>
    private async Task<Outcome> Item(Actor house, ErpItem item)
    {
        if (item.IsInactive) return new Outcome(Said: "It is inactive there.");
        var made = await db.Write<int>(house, async work =>
        {
            var ensured = await EnsureProducts.InFull(work, house, clock.GetUtcNow(), new Dictionary<string, (string, string)> { [Text.Key(item.Sku)] = (item.Sku, item.Name) });
            return ensured.Error is { } error ? error : ensured.Value.Made;
        });
        return made.Error is { } refused ? new Outcome(refused.Detail, Later: refused.Code == "catalog.taken_meanwhile") : new Outcome();
    }

    private async Task<Outcome> Purchase(Actor house, ErpAccount account, Thing thing, ErpPurchase purchase)
    {
        if (Node(account, purchase.Place) is not { } node) return new Outcome(Said: "Its location is no node of ours.");
        var done = await db.Write<Outcome>(house, async work =>
        {
            // What was booked in here and not told there is still open there.
            if (await work.Scalar("select count(*) from erp_tasks where merchant_id = @merchant and account_id = @account and subject = @subject "
                + "and state in ('waiting', 'parked')", ("account", account.Id), ("subject", "receipt " + purchase.Number)) > 0)
                return new Outcome(Later: true);
            var open = purchase.IsClosed ? [] : purchase.Lines.GroupBy(l => Text.Key(l.Sku)).ToDictionary(g => g.Key, g => (g.First().Sku, Units: g.Sum(l => l.Open)));
            var known = await EnsureProducts.Find(work, [.. open.Keys]);
            var before = await work.Query("select p.sku_key, p.sku from inbound i join products p on p.id = i.sku_id join nodes n on n.id = i.node_id "
                + "where i.merchant_id = @merchant and i.reference = @reference and n.code = @node and i.quantity > 0", row => (Key: row.Text(), Sku: row.Text()),
                ("reference", purchase.Number), ("node", node));
            var now = clock.GetUtcNow();
            var due = purchase.DueOn is { } day ? new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero) : now.AddDays(30);
            var wanted = before.Where(b => !open.ContainsKey(b.Key)).Select(b => (b.Sku, Units: 0L))
                .Concat(open.Where(o => known.ContainsKey(o.Key)).Select(o => (known[o.Key].Sku, o.Value.Units)));
            foreach (var (sku, units) in wanted.OrderBy(w => w.Sku, StringComparer.Ordinal))
            {
                var set = await SetInbound.Write(work, house, now, new SetInbound.Supply(purchase.Number, sku, node, units, due, purchase.DueOn is not null));
                if (set.Error is { } error) return error;
            }
            string[] unknown = [.. open.Where(o => !known.ContainsKey(o.Key)).Select(o => o.Value.Sku)];
            return unknown.Length == 0 ? new Outcome() : await Unknown(work, account, thing, unknown);
        });
        return done.Error is { } refused ? new Outcome(refused.Detail) : done.Value;
    }

    // While items are still being read, theirs may come.
    private static async Task<Outcome> Unknown(Work work, ErpAccount account, Thing thing, IEnumerable<string> skus)
    {
        string words = $"We have no product {string.Join(", ", skus.Take(5))}.";
        bool mayCome = account.Owner("items") == ErpFlows.Theirs && await work.Scalar(
            """
            select (select count(*) from erp_marks m where m.merchant_id = @merchant and m.account_id = @account and m.flow = 'items'
                       and (m.cursor is not null or m.asked_at_ms is null or m.asked_at_ms <= @changed))
                 + (select count(*) from (select 1 from erp_things t where t.merchant_id = @merchant and t.account_id = @account and t.flow = 'items'
                       and t.state = 'waiting' limit 1) w)
            """, ("account", account.Id), ("changed", thing.ChangedMs)) > 0;
        return mayCome ? new Outcome(Said: $"{words} It waits for the items that are being read.", Later: true) : new Outcome(words);
    }

    /// <summary>
    /// Booked in by a delivery under the purchase order's number. Which delivery it is is written down before anything is booked, and each line has a scan id of its own
    /// there: however often it is done, it is done once.
    /// </summary>
    private async Task<Outcome> Receipt(Actor house, ErpAccount account, Thing thing, ErpReceipt receipt)
    {
        if (Node(account, receipt.Place) is not { } node) return new Outcome(Said: "Its location is no node of ours.");
        if (thing.Seen > 1 && thing.Note is null) return new Outcome("It was changed there after it was read. See what differs, and book it by hand.");
        string? delivery = thing.Note;
        if (delivery is null)
        {
            var strangers = await db.Read<Outcome?>(house, async work =>
            {
                var known = await EnsureProducts.Find(work, [.. receipt.Lines.Where(l => l.Quantity > 0).Select(l => Text.Key(l.Sku)).Distinct()]);
                string[] unknown = [.. receipt.Lines.Where(l => l.Quantity > 0 && !known.ContainsKey(Text.Key(l.Sku))).Select(l => l.Sku)];
                return unknown.Length == 0 ? null : await Unknown(work, account, thing, unknown);
            });
            if (strangers is not null) return strangers;
            var opened = await OpenDelivery.Handle(new OpenDelivery.Request(node, receipt.Purchase, null, null), db, clock, house);
            delivery = opened.IsOk ? opened.Value.Id.ToString() : await OpenOne(house, node, receipt.Purchase);
            if (delivery is null) return new Outcome(opened.Error!.Detail);
            await desk.Write(house, work => work.Execute("update erp_things set note = @note where merchant_id = @merchant and account_id = @account and flow = @flow "
                + "and thing_id = @id and note is null", ("note", delivery), ("account", thing.Account), ("flow", thing.Flow), ("id", thing.Id)));
        }
        ReceiveGoods.Item? Scanned(ErpReceivedLine l) => new(l.Sku, null, l.Quantity, GoodsCondition.Good, null, null, null, $"erp {receipt.Id} {l.Line}");
        foreach (var some in receipt.Lines.Where(l => l.Quantity > 0).Chunk(ReceiveGoods.MostItems))
        {
            var booked = await ReceiveGoods.Handle(delivery, new ReceiveGoods.Request([.. some.Select(Scanned)]), db, clock, house);
            if (booked.Error is { } refused) return new Outcome(refused.Detail);
        }
        // What was booked in is on its way no more; was the order read with it already, it would be taken off twice: the order says again what is open.
        await desk.Write(house, work => work.Execute("update erp_things set state = 'waiting', due_at_ms = @now where merchant_id = @merchant "
            + "and account_id = @account and flow = 'purchases' and label = @number and state = 'done'", ("now", Now), ("account", thing.Account), ("number", receipt.Purchase)));
        return new Outcome();
    }

    private async Task<string?> OpenOne(Actor house, string node, string reference) => await db.Read(house, async work => (await work.Query(
        "select d.id from deliveries d join nodes n on n.id = d.node_id where d.merchant_id = @merchant and n.code = @node and d.reference = @reference and d.state = 'open'",
        row => new DeliveryId(row.Uuid()).ToString(),
        ("node", node), ("reference", reference))).FirstOrDefault());

    private static string? Node(ErpAccount account, string place) => account.Places.Where(p => p.Value == place).Select(p => p.Key).Order(StringComparer.Ordinal).FirstOrDefault();

    private Task Settle(Actor house, Thing thing, Outcome outcome, bool isTry = false) => desk.Write(house, async work =>
    {
        bool isOver = outcome is { Refusal: not null, Later: false };
        string state = outcome.Later ? "waiting" : isOver ? "parked" : outcome.Dropped ? "dropped" : "done";
        string words = (outcome.Refusal ?? outcome.Said) is { Length: > 500 } text ? text[..500] : outcome.Refusal ?? outcome.Said ?? "";
        // What changed meanwhile waits anew.
        if (await work.Execute(
            """
            update erp_things set state = case when seen = @seen then @state else 'waiting' end, said = @said::text, lease_until_ms = 0, tries = tries + @tries, due_at_ms = @due
             where merchant_id = @merchant and account_id = @account and flow = @flow and thing_id = @id and state = 'waiting'
            """, ("seen", thing.Seen), ("state", state), ("said", words.Length == 0 ? null : words), ("tries", isOver || isTry ? 1 : 0),
            ("due", Now + (outcome.Later ? (long)patience.Waits[Math.Min(2, patience.Waits.Count - 1)].TotalMilliseconds : 0)),
            ("account", thing.Account), ("flow", thing.Flow), ("id", thing.Id)) == 0 || outcome.Later) return 0;
        var batch = work.Batch();
        if (isOver)
            ExceptionsRoom.Raise(batch, [new Trouble(Trouble, $"{thing.Flow} {thing.Id}", $"What the ERP told of {thing.Label} cannot be done: {words}")], clock.GetUtcNow());
        else ExceptionsRoom.Mend(batch, [(Trouble, $"{thing.Flow} {thing.Id}")], house, "It was done.", clock.GetUtcNow());
        await batch.Run();
        return 1;
    });
}
