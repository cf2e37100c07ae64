using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Erp;

/// <summary>
/// Asks ERPs what has changed of what they own, and compares stock. A round begins a little before the newest change that is known, by the ERP's own clock, and goes on
/// page by page; the mark moves only when every thing of the round is kept. After an outage the same questions fill the gap.
/// </summary>
internal sealed class AskErp(Db db, ErpDesk desk, ErpPatience patience, TimeProvider clock, ILogger<AskErp> log) : BackgroundService
{
    public const string Refused = "erp_refused";
    private const int MostPages = 400, MostRunning = 32, MostInOne = 200;
    private readonly ConcurrentDictionary<(long Merchant, string Flow), Task> _running = new();

    private sealed record Mark(string Flow, string? Text, string? Cursor, int Failures);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Rounds.Every(patience.Poll, clock, () => Turn(stoppingToken), log, "ERPs were not asked", stoppingToken);
        foreach (var round in _running.Values) await Task.WhenAny(round);
    }

    /// <summary>Begins to ask all that are due. No one waits for another: an ERP that is slow, or has much to tell, takes its time.</summary>
    private async Task Turn(CancellationToken stop)
    {
        var due = await db.ReadAll(work => work.Query(
            "select m.flow, m.merchant_id from erp_marks m join erp_accounts k on k.id = m.account_id where k.state = 'live' and m.ask_at_ms <= @now "
            + "and m.lease_until_ms <= @now order by m.ask_at_ms limit @most /* house */", row => (Flow: row.Text(), Merchant: row.Long()), ("now", Now), ("most", 2L * MostRunning)));
        foreach (var (flow, merchant) in due.Where(d => !_running.ContainsKey((d.Merchant, d.Flow))))
        {
            if (_running.Count >= MostRunning) return;
            var round = Ask(flow, merchant, stop);
            _running[(merchant, flow)] = round;
            _ = Forget((merchant, flow), round);
        }
    }

    private async Task Forget((long Merchant, string Flow) key, Task round)
    {
        await Task.WhenAny(round);
        _running.TryRemove(key, out _);
    }

    private async Task Ask(string flow, long merchant, CancellationToken stop)
    {
        var house = ErpDesk.House(merchant);
        try
        {
            var claimed = await db.Write<List<Mark>>(house, async work => await work.Query(
                "update erp_marks set lease_until_ms = @until where merchant_id = @merchant and flow = @flow and ask_at_ms <= @now and lease_until_ms <= @now "
                + "returning flow, mark, cursor, failures", row => new Mark(row.Text(), row.TextOrNull(), row.TextOrNull(), row.Int()), ("flow", flow), ("now", Now),
                    ("until", Now + (long)patience.Lease.TotalMilliseconds)));
            if (claimed is not { IsOk: true, Value: [var mark] } || await db.Read(house, work => ErpAccount.Find(work)) is not { State: "live" } account) return;
            var fault = flow switch
            {
                "items" => await Things(house, account, mark, (call, at, cursor) => desk.Of(account).Items(call, at, cursor), i => (i.Id, i.Sku), stop),
                "purchases" => await Things(house, account, mark, (call, at, cursor) => desk.Of(account).Purchases(call, at, cursor), p => ($"{p.Id}@{p.Place}", p.Number), stop),
                "receipts" => await Things(house, account, mark, (call, at, cursor) => desk.Of(account).Receipts(call, at, cursor), r => (r.Id, r.Number), stop),
                _ => await Stock(house, account, stop),
            };
            if (fault is not null) await Failed(house, account, mark, fault);
        }
#pragma warning disable CA1031 // one account's books keep no other from being asked; its lease runs out and it is asked again
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested) { log.LogError(e, "An ERP could not be asked for its {Flow}", flow); }
#pragma warning restore CA1031
    }

    private async Task<AdapterFault?> Things<T>(Actor house, ErpAccount account, Mark mark,
        Func<ErpCall, string?, string?, Task<AdapterAnswer<ErpPage<T>>>> ask, Func<T, (string Id, string Label)> name, CancellationToken stop)
    {
        if (account.Owner(mark.Flow) != ErpFlows.Theirs) { await Next(house, account, mark.Flow, mark.Text, patience.AskEvery); return null; }
        string? cursor = mark.Cursor, newest = mark.Text;
        for (int page = 0; page < MostPages; page++)
        {
            var said = await ask(desk.Call(account, stop, mayWait: true), mark.Text, cursor);
            if (said.Fault is { } fault) return fault;
            cursor = said.Value.Next;
            newest = said.Value.Mark ?? newest;
            await desk.Write(house, async work =>
            {
                await Keep(work, account, mark, [.. said.Value.Items.Select(i => (name(i).Id, name(i).Label, JsonSerializer.Serialize(i, Http.Json.Options)))]);
                await Advance(work, account, mark.Flow, cursor is null ? newest : mark.Text, cursor, patience.AskEvery);
                return 1;
            });
            if (cursor is null) return null;
        }
        return null;
    }

    // What is as it was told before is no news. Receipts of the first round, over all its pages, lie on our shelves already: they are known, and a person may still do one.
    private Task Keep(Work work, ErpAccount account, Mark mark, List<(string Id, string Label, string Body)> things)
    {
        bool isOld = mark is { Flow: "receipts", Text: null };
        return work.Execute(
            """
            insert into erp_things (account_id, flow, thing_id, merchant_id, label, body, state, said, due_at_ms, created_at_ms, changed_at_ms)
            select @account, @flow, r.thing_id, @merchant, r.label, r.body, @state, @said::text, @now, @now, @now from @rows r where true order by r.thing_id
                on conflict (account_id, flow, thing_id) do update set label = excluded.label, body = excluded.body, state = excluded.state, said = excluded.said,
                   seen = erp_things.seen + 1, due_at_ms = excluded.due_at_ms, tries = 0, changed_at_ms = excluded.changed_at_ms where erp_things.body <> excluded.body
            """,
            Rows.Of(things.DistinctBy(t => t.Id).ToList()).Text("thing_id", t => t.Id).Text("label", t => t.Label).Text("body", t => t.Body),
            ("account", account.Id), ("flow", mark.Flow), ("state", isOld ? "dropped" : "waiting"),
            ("said", isOld ? "It was booked in there before receipts were read for the first time." : null), ("now", Now));
    }

    private Task Next(Actor house, ErpAccount account, string flow, string? mark, TimeSpan wait, string? said = null, bool isHeard = false) =>
        desk.Write(house, async work => { await Advance(work, account, flow, mark, null, wait, said, isHeard); return 1; });

    private async Task Advance(Work work, ErpAccount account, string flow, string? mark, string? cursor, TimeSpan wait, string? said = null,
        bool isHeard = true)
    {
        await work.Execute(
            """
            update erp_marks set mark = @mark::text, cursor = @cursor::text, asked_at_ms = case when @heard then @now else asked_at_ms end, failures = 0, said = @said::text, lease_until_ms = @until,
                   ask_at_ms = case when @cursor::text is null then @next else ask_at_ms end
             where merchant_id = @merchant and account_id = @account and flow = @flow
            """, ("mark", mark), ("cursor", cursor), ("said", said), ("heard", isHeard), ("now", Now), ("until", cursor is null ? 0 : Now + (long)patience.Lease.TotalMilliseconds),
            ("next", Now + (long)wait.TotalMilliseconds), ("account", account.Id), ("flow", flow));
        if (!isHeard) return;
        await work.Execute("update erp_accounts set heard_at_ms = @now, failures = 0, said = null where merchant_id = @merchant and id = @id", ("now", Now), ("id", account.Id));
        if (account.Failures == 0) return;
        var batch = work.Batch();
        ExceptionsRoom.Mend(batch, [(Refused, "erp")], ErpDesk.House(account.Merchant), "The ERP answers.", clock.GetUtcNow());
        await batch.Run();
    }

    private Task Failed(Actor house, ErpAccount account, Mark mark, AdapterFault fault) => desk.Write(house, async work =>
    {
        // To wait for its turn is no failure.
        bool counts = fault.Kind != FaultKind.Throttled;
        var wait = counts ? patience.Waits[Math.Min(mark.Failures, patience.Waits.Count - 1)] : patience.Poll;
        if (fault.RetryAfter is { } asked && asked > wait) wait = asked;
        string words = fault.Words.Length > 500 ? fault.Words[..500] : fault.Words;
        // When it was asked is when it last answered. A cursor that is not taken any more is no reason to stay where it is: the round begins anew.
        await work.Execute(
            """
            update erp_marks set lease_until_ms = 0, failures = failures + @counts, said = @said, ask_at_ms = @next,
                   cursor = case when @anew then null else cursor end
             where merchant_id = @merchant and account_id = @account and flow = @flow
            """, ("counts", counts ? 1 : 0), ("said", words), ("next", Now + (long)wait.TotalMilliseconds), ("anew", fault.Kind == FaultKind.Refused),
            ("account", account.Id), ("flow", mark.Flow));
        if (!counts) return 1;
        await work.Execute("update erp_accounts set failures = failures + 1, failed_at_ms = @now, said = @said where merchant_id = @merchant and id = @id", ("now", Now),
            ("said", words), ("id", account.Id));
        if (fault.Kind != FaultKind.Unauthorized) return 1;
        var batch = work.Batch();
        ExceptionsRoom.Raise(batch, [new Trouble(Refused, "erp", $"The ERP does not take our credentials: {words}")], clock.GetUtcNow());
        await batch.Run();
        return 1;
    });

    private async Task<AdapterFault?> Stock(Actor house, ErpAccount account, CancellationToken stop)
    {
        string owner = account.Owner("stock");
        // Levels without our own parcels and receipts are neither ours to compare nor theirs to take.
        if (owner != ErpFlows.Off && await db.Read(house, work => IsBehind(work, account)))
        {
            await Next(house, account, "stock", null, patience.AskEvery, "It waits until every parcel and receipt that is waiting or parked is told.");
            return null;
        }
        var partners = new HashSet<string>(StringComparer.Ordinal);
        if (owner == ErpFlows.Theirs) partners.UnionWith((await db.Read(house, work => PartnerScope.Nodes(work, house))).Select(n => Text.Key(n.Code)));
        string? refused = null;
        if (owner != ErpFlows.Off)
            foreach (var (node, place) in account.Places.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                // Our own warehouses are counted by ourselves.
                if (owner == ErpFlows.Theirs && !partners.Contains(Text.Key(node))) continue;
                var began = clock.GetUtcNow();
                var levels = await Levels(house, account, place, stop);
                if (levels.Fault is { } fault) return fault;
                string? refusal = owner == ErpFlows.Theirs ? await Take(house, account, node, levels.Value, began) : await Compare(house, account, node, levels.Value, began);
                if (refusal is not null) refused ??= $"{node}: {refusal}";
            }
        if (refused is not null) return new AdapterFault(FaultKind.Refused, refused);
        await Next(house, account, "stock", null, owner == ErpFlows.Ours ? patience.CompareEvery : patience.StockEvery, isHeard: owner != ErpFlows.Off);
        return null;
    }

    /// <summary>All that lies at a place.</summary>
    private async Task<AdapterAnswer<Dictionary<string, long>>> Levels(Actor house, ErpAccount account, string place, CancellationToken stop)
    {
        var theirs = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        string? cursor = null;
        for (int page = 0; page < MostPages; page++)
        {
            var said = await desk.Of(account).Stock(desk.Call(account, stop, mayWait: true), place, cursor);
            if (said.Fault is { } fault) return fault;
            foreach (var level in said.Value.Items) theirs[level.Sku] = theirs.GetValueOrDefault(level.Sku) + level.OnHand;
            if (said.Value.Next is not { } next) return theirs;
            if (next == cursor) break;
            cursor = next;
            await desk.Write(house, work => work.Execute("update erp_marks set lease_until_ms = @until where merchant_id = @merchant and account_id = @account and flow = 'stock'",
                ("until", Now + (long)patience.Lease.TotalMilliseconds), ("account", account.Id)));
        }
        return new AdapterFault(FaultKind.Malformed, "The levels of a location have no end.");
    }

    /// <summary>Did goods move here that the ERP has not been told of yet, or may never be?</summary>
    private async Task<bool> IsBehind(Work work, ErpAccount account) =>
        await work.Scalar("select count(*) from erp_tasks where merchant_id = @merchant and account_id = @account and state in ('waiting', 'parked') "
            + "and kind in ('shipment', 'receipt')", ("account", account.Id)) > 0
        || await ConsumerLag.Behind(work, QueueErp.Consumer, clock.GetUtcNow()) > Math.Max(5, patience.Settles.TotalSeconds);

    /// <summary>The ERP's levels become those of the node, as a partner's snapshot does. What is gone there is told by no row.</summary>
    private async Task<string?> Take(Actor house, ErpAccount account, string node, Dictionary<string, long> theirs, DateTimeOffset asOf)
    {
        var gone = await db.Read(house, async work =>
        {
            var ours = await work.Query("select p.sku from stock s join products p on p.id = s.sku_id join nodes n on n.id = s.node_id "
                + "where s.merchant_id = @merchant and n.code = @node and p.kind = 'goods' and s.on_hand <> 0", row => row.Text(), ("node", node));
            var items = account.Owner("items") == ErpFlows.Theirs ? await Items(work, account) : null;
            return ours.Where(sku => !theirs.ContainsKey(sku) && items?.Contains(sku) != false).ToList();
        });
        foreach (string sku in gone) theirs[sku] = 0;
        string at = asOf.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        // Below zero is nothing to sell.
        foreach (var some in theirs.Chunk(TakeSnapshot.MostItems))
        {
            var levels = new TakeSnapshot.Request(node, at, [.. some.Select(l => (TakeSnapshot.Item?)new TakeSnapshot.Item(l.Key, Math.Max(0, l.Value)))]);
            var taken = await TakeSnapshot.Handle(levels, house, db, clock);
            if (taken.Error is { Code: not "inventory.snapshot_older" } error) return error.Detail;
        }
        return null;
    }

    // Goods that the ERP knows no item of are none of its business.
    private static async Task<HashSet<string>> Items(Work work, ErpAccount account) => (await work.Query(
        "select label from erp_things where merchant_id = @merchant and account_id = @account and flow = 'items'", row => row.Text(),
        ("account", account.Id))).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the ERP has otherwise than we have becomes one task, unless the one before still waits for somebody.</summary>
    private async Task<string?> Compare(Actor house, ErpAccount account, string node, Dictionary<string, long> theirs, DateTimeOffset now)
    {
        await desk.Write(house, async work =>
        {
            string subject = "stock " + node;
            if (await work.Scalar("select count(*) from erp_tasks where merchant_id = @merchant and account_id = @account and "
                + "state in ('waiting', 'parked') and (kind in ('shipment', 'receipt') or subject = @subject)", ("account", account.Id), ("subject", subject)) > 0) return 0;
            var ours = await work.Query("select p.sku, s.on_hand from stock s join products p on p.id = s.sku_id join nodes n on n.id = s.node_id "
                + "where s.merchant_id = @merchant and n.code = @node and p.kind = 'goods' and coalesce((select l.recorded_at_ms from stock_ledger l "
                + "where l.sku_id = s.sku_id and l.node_id = s.node_id order by l.id desc limit 1), 0) < @before",
                row => (Sku: row.Text(), OnHand: row.Long()), ("node", node), ("before", (now - patience.Settles).ToUnixTimeMilliseconds()));
            var items = await Items(work, account);
            var differs = ours.Where(o => theirs.ContainsKey(o.Sku) || items.Contains(o.Sku)).Select(o => (o.Sku, Units: o.OnHand - theirs.GetValueOrDefault(o.Sku)))
                .Where(d => d.Units != 0).OrderBy(d => d.Sku, StringComparer.Ordinal).ToList();
            if (differs.Count == 0) return 0;
            string key = $"stock:{node}:{now.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}";
            // A record of too many lines is refused as a whole.
            await QueueErp.Insert(work, account.Id, [.. differs.Chunk(MostInOne).Select((some, i) => (i == 0 ? key : $"{key}:{Text.Invariant(i)}", "stock", subject, node,
                QueueErp.Json(new QueueErp.Body(now.ToUnixTimeMilliseconds(), Node: node, Units: some.ToDictionary(d => d.Sku, d => d.Units)))))], now);
            return 1;
        });
        return null;
    }
}
