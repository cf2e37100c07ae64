using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Edi;

/// <summary>What became of a message.</summary>
/// <param name="IsLater">It could not be done now, by no fault of the message: it is tried again.</param>
internal sealed record Applied(IReadOnlyList<EdiFault> Faults, string? Reference = null, Guid? Order = null, Guid? Release = null, bool IsLater = false)
{
    public static Applied Failed(string? reference, params IEnumerable<EdiFault> faults) => new([.. faults.Take(100)], reference);
    public static Applied Failed(string? reference, IReadOnlyList<DocumentFault> faults) => Failed(reference, faults.Select(f => new EdiFault(f.Place, f.Code, f.Detail)));

    /// <summary>A refusal of another room. When it was busy, or away, it is nobody's fault.</summary>
    public static Applied Of(Error error, string? reference) => new(
        error.Fields.Count == 0 ? [new EdiFault("", error.Code, error.Detail)] : [.. error.Fields.Take(100).Select(f => new EdiFault(f.Pointer, f.Code, f.Detail))], reference,
        IsLater: error.Kind is ErrorKind.Busy or ErrorKind.Unavailable || error.Code == "request.in_progress");
}

/// <summary>A message under lease, with the set it is.</summary>
internal sealed record MessageAtHand(Guid Id, EdiPartner Partner, string Control, string Interchange, TransactionSet Set, Guid? Order, Guid? Release);

/// <summary>
/// Works on messages that came: each through the door of the room it is about, and each may be done twice. What a process that died had in hand another takes when its lease is over.
/// </summary>
public sealed class ApplyMessages(Db db, ApplyOrder order, ApplyStock stock, ApplyShipped shipped, TimeProvider clock, ILogger<ApplyMessages> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5), Lease = TimeSpan.FromMinutes(2), Later = TimeSpan.FromSeconds(30);
    private const int MostAtOnce = 50, MostTries = 20;

    /// <returns>Messages that were looked at.</returns>
    public async Task<int> HandleDue()
    {
        var due = await db.ReadAll(work => work.Query("select merchant_id, id from edi_messages where state = 'new' and due_at_ms <= @now order by due_at_ms limit @most -- house",
            row => (Merchant: row.Long(), Id: row.Uuid()), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("most", (long)MostAtOnce)));
        foreach (var (merchant, id) in due) await Handle(merchant, id);
        return due.Count;
    }

    /// <summary>Works on one message, unless somebody else does.</summary>
    public async Task Handle(long merchant, Guid id)
    {
        var actor = Actor.House("system:edi", merchant);
        var claimed = await db.Write<Claim>(actor, work => ClaimOne(work, id));
        if (claimed.Error is not null || claimed.Value.Message is not { } message) return;
        Applied applied;
        try { applied = await Apply(message); }
#pragma warning disable CA1031 // one message's fault stops no other; it is seen on the page
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogError(e, "EDI message {Message} could not be worked on", id);
            applied = Applied.Failed(null, new EdiFault("", "edi.unexpected", "It could not be worked on. The server's log says why."));
        }
        await db.Write<Done>(actor, work => Settle(work, message, applied, claimed.Value.Tries));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Every(Pause, clock, HandleDue, log, "EDI messages were not worked on", stoppingToken);

    private Task<Applied> Apply(MessageAtHand message) => message.Set.Code switch
    {
        "850" => order.Handle(message),
        "846" => stock.Handle(message),
        "945" => shipped.Handle(message),
        "997" => Acknowledge(message),
        _ => Task.FromResult(Applied.Failed(null, new EdiFault("ST", "edi.set_not_taken", $"{message.Set.Code} is not taken."))),
    };

    private async Task<Applied> Acknowledge(MessageAtHand message)
    {
        if (Acknowledgement.Read(message.Set) is not { } told) return Applied.Failed(null, new EdiFault("AK1", "edi.no_number", "It does not say which group it is about."));
        var done = await db.Write<Done>(message.Partner.Actor, async work =>
        {
            await TakeAcknowledgement.Of(work, message.Partner, told, clock.GetUtcNow());
            return (Result<Done>)new Done();
        });
        return done.Error is { } error ? Applied.Of(error, told.Control) : new Applied([], told.Control);
    }

    private sealed record Claim(MessageAtHand? Message, int Tries);

    private async Task<Result<Claim>> ClaimOne(Work work, Guid id)
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (await work.Execute("update edi_messages set due_at_ms = @until, tries = tries + 1 where merchant_id = @merchant and id = @id and state = 'new' and due_at_ms <= @now",
            ("id", id), ("now", now), ("until", now + (long)Lease.TotalMilliseconds)) == 0) return new Claim(null, 0);
        var (partner, place, text, control, order, release, tries) = (await work.Query(
            """
            select m.partner_id, m.place, i.content, i.control, m.order_id, m.fulfilment_id, m.tries from edi_messages m join edi_interchanges i on i.id = m.interchange_id
             where m.merchant_id = @merchant and m.id = @id
            """, row => (row.Uuid(), row.Int(), row.TextOrNull(), row.Text(), row.UuidOrNull(), row.UuidOrNull(), row.Int()), ("id", id)))[0];
        var set = X12Reader.SetOf(text, place);
        if (set is null || await EdiPartner.ById(work, partner) is not { } known)
        {
            await Write(work, id, "failed", Applied.Failed(null, new EdiFault("", "edi.content_gone", "What was sent is no longer kept.")), now);
            return new Claim(null, 0);
        }
        return new Claim(new MessageAtHand(id, known, set.Control, control, set, order, release), tries);
    }

    private async Task<Result<Done>> Settle(Work work, MessageAtHand message, Applied applied, int tries)
    {
        var now = clock.GetUtcNow();
        string state = applied.Faults.Count == 0 ? "done" : applied.IsLater && tries < MostTries ? "new" : "failed";
        if (state == "failed")
            await EdiTroubles.Failed(work, message.Partner.Code, $"{message.Set.Code} {applied.Reference} failed: {applied.Faults[0].Code}", now, applied.Order);
        await Write(work, message.Id, state, applied, (state == "new" ? now + Later : now).ToUnixTimeMilliseconds());
        if (state == "done") await EdiTroubles.MendFailed(work, message.Partner, now);
        return new Done();
    }

    private static Task Write(Work work, Guid id, string state, Applied applied, long dueMs) => work.Execute(
        """
        update edi_messages set state = @state, faults = @faults, reference = coalesce(@reference::text, reference), order_id = coalesce(@order::uuid, order_id),
               fulfilment_id = coalesce(@release::uuid, fulfilment_id), due_at_ms = @due
         where merchant_id = @merchant and id = @id and state = 'new'
        """, ("id", id), ("state", state), ("faults", JsonSerializer.Serialize(applied.Faults, Json.Options)), ("reference", applied.Reference is { Length: > 100 } r ? r[..100] : applied.Reference),
        ("order", applied.Order), ("release", applied.Release), ("due", dueMs));
}
