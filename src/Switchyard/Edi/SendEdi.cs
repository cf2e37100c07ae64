using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Edi;

/// <summary>
/// Makes interchanges of what partners are to be told: each message is worked out without any lock, and then gets its control number, its interchange and its state in one transaction
/// under the partner's row. Two servers that work on the same one make one interchange.
/// </summary>
public sealed class SendEdi(Db db, ComposeEdi compose, TimeProvider clock, ILogger<SendEdi> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2), Later = TimeSpan.FromSeconds(5), Kept = TimeSpan.FromDays(180);
    private const int MostAtOnce = 100, MostTries = 20, MostForgotten = 500;

    private sealed record Due(long Merchant, Guid Id, Guid Partner, string Set, string About, Guid? Order, Guid? Release, int Tries);

    /// <returns>Messages that were made.</returns>
    public async Task<int> Handle()
    {
        await QueueStock();
        var due = await db.ReadAll(work => work.Query(
            """
            select m.merchant_id, m.id, m.partner_id, m.set_code, m.about, m.order_id, m.fulfilment_id, m.tries from edi_messages m join edi_partners p on p.id = m.partner_id
             where m.state = 'waiting' and m.due_at_ms <= @now and p.is_active = true order by m.due_at_ms, m.id limit @most -- house
            """, row => new Due(row.Long(), row.Uuid(), row.Uuid(), row.Text(), row.TextOrNull() ?? "", row.UuidOrNull(), row.UuidOrNull(), row.Int()),
            ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("most", (long)MostAtOnce)));
        int made = 0;
        foreach (var one in due)
            try { if (await Make(one)) made++; }
#pragma warning disable CA1031 // one message's fault stops no other; it is seen on the page
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.LogError(e, "EDI message {Message} could not be made", one.Id);
                await Put(one, "waiting", [new EdiFault("", "edi.unexpected", "It could not be made. The server's log says why.")], null);
            }
        await TellLate();
        await Forget();
        return made;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Every(Pause, clock, Handle, log, "EDI messages were not made", stoppingToken);

    private async Task<bool> Make(Due due)
    {
        var actor = Actor.House("system:edi", due.Merchant);
        var partner = await db.Read(actor, work => EdiPartner.ById(work, due.Partner));
        if (partner is null || !partner.IsActive) return false;                       // it rests: what waits for it stays
        if (!partner.SendsSet(due.Set)) { await Put(due, "skipped", [], null); return false; }
        var composed = await compose.Handle(partner, due.Set, due.Order is { } order ? new OrderId(order) : null, due.Release is { } release ? new FulfilmentId(release) : null, due.About);
        if (composed.Segments is null)
        {
            if (composed.IsLater && due.Tries < MostTries) await Put(due, "waiting", composed.Faults, null);
            else await Put(due, composed.IsLater || composed.Faults.Count > 0 ? "failed" : "skipped", composed.Faults, composed.Reference);
            return false;
        }
        var now = clock.GetUtcNow();
        return (await db.Write<bool>(actor, async work =>
        {
            var locked = await EdiPartner.ById(work, due.Partner, locked: true);
            if (await work.Scalar("select count(*) from edi_messages where merchant_id = @merchant and id = @id and state = 'waiting'", ("id", due.Id)) == 0) return false;
            var (id, control) = await MakeInterchange.Sets(work, locked!, due.Set, [composed.Segments], now);
            await work.Execute(
                """
                update edi_messages set state = 'sent', interchange_id = @interchange, control = '0001', group_control = @group, reference = @reference::text, faults = '[]', due_at_ms = @now
                 where merchant_id = @merchant and id = @id and state = 'waiting'
                """, ("id", due.Id), ("interchange", id), ("group", Text.Invariant(control)), ("reference", composed.Reference), ("now", now.ToUnixTimeMilliseconds()));
            await EdiTroubles.MendFailed(work, locked!, now);
            return true;
        })) is { IsOk: true, Value: true };
    }

    private Task Put(Due due, string state, IReadOnlyList<EdiFault> faults, string? reference) => db.Write<Done>(Actor.House("system:edi", due.Merchant), async work =>
    {
        // What cannot be made is tried again for ever, more and more seldom, and a person is told once.
        bool isInVain = state == "failed" || state == "waiting" && due.Tries >= MostTries;
        await work.Execute(
            """
            update edi_messages set state = @state, faults = @faults, reference = coalesce(@reference::text, reference), tries = tries + 1, due_at_ms = @due where merchant_id = @merchant and id = @id and state = 'waiting'
            """, ("id", due.Id), ("state", isInVain ? "waiting" : state), ("faults", JsonSerializer.Serialize(faults, Json.Options)), ("reference", reference),
            ("due", (clock.GetUtcNow() + (isInVain ? TimeSpan.FromHours(1) : Later)).ToUnixTimeMilliseconds()));
        if (isInVain && await EdiPartner.ById(work, due.Partner) is { } partner)
            await EdiTroubles.Failed(work, partner.Code, $"{due.Set} could not be made: {(faults.Count > 0 ? faults[0].Code : "it stayed impossible")}", clock.GetUtcNow(), due.Order);
        return new Done();
    });

    /// <summary>Partners whose stock is due are told; the time of the next is set in the same statement that takes this one.</summary>
    private async Task QueueStock()
    {
        var now = clock.GetUtcNow();
        var due = await db.ReadAll(work => work.Query($"select {EdiPartner.Columns} from edi_partners p where p.stock_due_ms <= @now and p.is_active = true limit 50 /* house */", EdiPartner.Read,
            ("now", now.ToUnixTimeMilliseconds())));
        foreach (var partner in due.Where(p => p.Settings.StockMinutes is not null))
            await db.Write<Done>(partner.Actor, async work =>
            {
                if (await work.Execute("update edi_partners set stock_due_ms = @next where merchant_id = @merchant and id = @id and stock_due_ms <= @now",
                    ("id", partner.Id), ("now", now.ToUnixTimeMilliseconds()), ("next", (now + TimeSpan.FromMinutes(partner.Settings.StockMinutes!.Value)).ToUnixTimeMilliseconds())) == 1 && partner.SendsSet("846"))
                    await QueueStock(work, partner, now);
                return (Result<Done>)new Done();
            });
    }

    internal static async Task<Guid> QueueStock(Work work, EdiPartner partner, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        await work.Execute(
            """
            insert into edi_messages (id, merchant_id, partner_id, direction, set_code, about, state, due_at_ms, created_at_ms)
            values (@id, @merchant, @partner, 'out', '846', @about, 'waiting', @now, @now) on conflict do nothing
            """, ("id", id), ("partner", partner.Id), ("about", "stock:" + Text.Invariant(now.ToUnixTimeMilliseconds())), ("now", now.ToUnixTimeMilliseconds()));
        return id;
    }

    /// <summary>What a partner was to acknowledge by now and did not is told once, whether or not anybody has fetched it.</summary>
    private async Task TellLate()
    {
        var now = clock.GetUtcNow();
        var late = await db.ReadAll(work => work.Query(
            """
            select i.merchant_id, i.partner_id, min(i.control), count(*) from edi_interchanges i where i.ack_due_ms <= @now and i.partner_id is not null group by i.merchant_id, i.partner_id limit 50 -- house
            """, row => (Merchant: row.Long(), Partner: row.Uuid(), First: row.Text(), Count: row.Long()), ("now", now.ToUnixTimeMilliseconds())));
        foreach (var (merchant, id, first, count) in late)
            await db.Write<Done>(Actor.House("system:edi", merchant), async work =>
            {
                var partner = (await EdiPartner.ById(work, id, locked: true))!;
                if (await work.Execute("update edi_interchanges set is_overdue = true, ack_due_ms = null where merchant_id = @merchant and partner_id = @partner and ack_due_ms <= @now",
                    ("partner", id), ("now", now.ToUnixTimeMilliseconds())) > 0)
                    await EdiTroubles.Late(work, partner, count == 1 ? $"Interchange {first} was not acknowledged in time" : $"{count} interchanges were not acknowledged in time, the first is {first}", now);
                return (Result<Done>)new Done();
            });
    }

    /// <summary>What was sent is kept for half a year: it names people and where they live.</summary>
    private Task<int> Forget() => db.WriteAll(work => work.Execute(
        "update edi_interchanges set content = null where id in (select i.id from edi_interchanges i where i.content is not null and i.created_at_ms < @before order by i.created_at_ms limit @most) /* house */",
        ("before", (clock.GetUtcNow() - Kept).ToUnixTimeMilliseconds()), ("most", (long)MostForgotten)));
}
