using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Messages;

/// <summary>How patient and how busy the sending is. Tests make it shorter.</summary>
public sealed class MessagePace
{
    /// <summary>After the first, second … try; the last is used again and again.</summary>
    public IReadOnlyList<TimeSpan> Waits { get; set; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4)];

    /// <summary>A message is given up when it could not be sent for so long.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(24);
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A server that died with messages in hand is replaced after this; longer than a messenger's patience.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>Messages keep what they said for so long.</summary>
    public TimeSpan Kept { get; set; } = TimeSpan.FromDays(180);

    public int MostAtOnce { get; set; } = 10;
    public int MostMerchantsAtOnce { get; set; } = 8;
}

/// <summary>
/// Works off the outbox: takes what is due of each merchant for a lease, writes each message once, sends it outside of any transaction, and keeps what became of it. Several servers share
/// the work; what one that died had in hand another sends again, with the same Message-ID.
/// </summary>
internal sealed class SendMessages(Db db, ComposeMessage compose, IEnumerable<IMessenger> messengers, MessageSecrets secrets, MessagePace pace, ViewCounts views, TimeProvider clock, ILogger<SendMessages> log) : BackgroundService
{
    private const int MostForgotten = 500, FaultsUntilTold = 3;
    private static readonly TimeSpan BetweenTurns = TimeSpan.FromMilliseconds(50), BetweenForgetting = TimeSpan.FromMinutes(10);
    private readonly Dictionary<long, Task> _sending = [];
    private DateTimeOffset _forgotten = DateTimeOffset.MinValue;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var commit = db.Pulse.Next;
            try { await Turn(stoppingToken); }
#pragma warning disable CA1031 // the process edge: the database may be away for a while
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) { log.LogWarning(e, "Messages were not looked at; the next turn tries again"); }
#pragma warning restore CA1031
            try
            {
                await Task.Delay(BetweenTurns, stoppingToken);
                await Task.WhenAny(commit, Task.Delay(pace.Poll, stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
        }
        try { await Task.WhenAll(_sending.Values); }
        catch (OperationCanceledException) { /* leases run out by themselves */ }
        await views.Flush();
    }

    private async Task Turn(CancellationToken stop)
    {
        foreach (var (merchant, task) in _sending.Where(s => s.Value.IsCompleted).ToList()) _sending.Remove(merchant);
        var due = await db.ReadAll(work => MessagesSql.Due(work, Now));
        foreach (long merchant in due.Where(m => !_sending.ContainsKey(m)).Take(pace.MostMerchantsAtOnce - _sending.Count)) _sending[merchant] = Task.Run(() => Work(merchant, stop), CancellationToken.None);
        await views.Flush();
        if (clock.GetUtcNow() - _forgotten < BetweenForgetting) return;
        _forgotten = clock.GetUtcNow();
        while (await db.WriteAll(work => MessagesSql.Forget(work, (clock.GetUtcNow() - pace.Kept).ToUnixTimeMilliseconds(), MostForgotten)) >= MostForgotten) { /* the next few */ }
    }

    private async Task Work(long merchant, CancellationToken stop)
    {
        try { await Round(merchant, stop); }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
#pragma warning disable CA1031 // one merchant's fault stops no other
        catch (Exception e) { log.LogError(e, "Messages of merchant {Merchant} could not be sent", merchant); }
#pragma warning restore CA1031
    }

    /// <summary>Sends the next few messages of one merchant; says how many it took.</summary>
    internal async Task<int> Round(long merchant, CancellationToken stop)
    {
        var actor = Actor.House("system:messages", merchant);
        var claimed = await db.Write<(MessageAccount? Account, List<DueMessage> Messages)>(actor, async work =>
            await MessagesSql.Claim(work, MessageAccount.Mail, pace.MostAtOnce, (long)pace.Lease.TotalMilliseconds, Now));
        if (claimed.Error is not null || claimed.Value.Account is not { } account || claimed.Value.Messages is not { Count: > 0 } taken) return 0;
        var outgoing = new List<(DueMessage Due, OutgoingMessage Out)>();
        foreach (var message in taken)
            if (await Prepare(actor, account, message) is { } ready) outgoing.Add((message, ready));
        var open = outgoing.ToDictionary(o => o.Out.Id, o => o.Due);
        bool isDown = false;
        if (messengers.FirstOrDefault(m => m.Manifest.Code == account.Messenger) is { } messenger)
            await messenger.Send(account.Access(secrets), [.. outgoing.Select(o => o.Out)], async (message, outcome) =>
            {
                if (!open.Remove(message.Id, out var due)) return;
                isDown |= outcome.Kind == SendKind.Down;
                await Settle(actor, account, due, outcome);
            }, stop);
        // What the connection no longer took goes next time, and counts as no try.
        foreach (var rest in open.Values) await Write(actor, work => MessagesSql.Later(work, rest, null, isDown ? Now + Wait(1) : Now));
        return taken.Count;
    }

    private async Task<OutgoingMessage?> Prepare(Actor actor, MessageAccount account, DueMessage message)
    {
        if (message is { Body: { } kept, Recipient: { } to, MailId: { } known })
        {
            if (await Write(actor, async work => await MessagesSql.Try(work, message, Now) > 0) == false) return null;
            return await Outgoing(actor, message, to, known, JsonSerializer.Deserialize<MailPage>(kept, Json.Options)!);
        }
        var composed = await compose.For(message);
        if (composed.Error is { } error) { await End(actor, message, MessageState.Failed, null, error.Detail, "", null); return null; }
        if (composed.Value.Skip is { } reason) { await Write(actor, work => MessagesSql.Settle(work, message, MessageState.Skipped, reason, null, Now)); return null; }
        var page = composed.Value.Page!;
        string mailId = MailIds.Of(message.Id, account);
        var first = message with { FirstTriedMs = Now };
        string recipient = composed.Value.Name is { } name ? $"{composed.Value.Recipient} {name}" : composed.Value.Recipient!;
        return await Write(actor, work => MessagesSql.Keep(work, first, composed.Value.Recipient!, composed.Value.Name, page.Language, page.Subject, JsonSerializer.Serialize(page, Json.Options), mailId))
            ? await Outgoing(actor, message, recipient, mailId, page) : null;
    }

    private async Task<OutgoingMessage> Outgoing(Actor actor, DueMessage message, string recipient, string mailId, MailPage page)
    {
        var settings = page.Look.HasLogo ? await db.Read(actor, MessageSettings.Load) : null;
        string? optOut = page.Blocks.SelectMany(b => b.Runs).FirstOrDefault(r => r.Href?.EndsWith("#fewer", StringComparison.Ordinal) == true)?.Href;
        int space = recipient.IndexOf(' ', StringComparison.Ordinal);
        return new OutgoingMessage(message.Id.Value, mailId, space < 0 ? recipient : recipient[..space], space < 0 ? null : recipient[(space + 1)..], page, message.CreatedAt,
            optOut is null ? null : optOut[..^"#fewer".Length] + "/fewer", settings?.Logo);
    }

    private async Task Settle(Actor actor, MessageAccount account, DueMessage message, SendOutcome outcome)
    {
        long now = Now, first = message.FirstTriedMs ?? now;
        switch (outcome.Kind)
        {
            case SendKind.Sent or SendKind.Kept:
                await Write(actor, work => MessagesSql.Settle(work, message, outcome.Kind == SendKind.Sent ? MessageState.Sent : MessageState.Kept, null, null, Now));
                if (account.Fault is not null) await Recover(actor);
                break;
            case SendKind.Refused: await End(actor, message, MessageState.Failed, null, outcome.Fault, "refused", account); break;
            default:
                bool isOver = now - first + Wait(message.Tries + 1) > (long)pace.Window.TotalMilliseconds;
                if (outcome.Kind == SendKind.Down) await Down(actor, outcome.Fault ?? "", now, message.Tries + 1);
                if (isOver) await End(actor, message, MessageState.Failed, null, outcome.Fault, "gave up", account);
                else await Write(actor, work => MessagesSql.Later(work, message, outcome.Fault, now + Wait(message.Tries + 1)));
                break;
        }
    }

    private long Wait(int tries) => (long)pace.Waits[Math.Min(tries, pace.Waits.Count) - 1].TotalMilliseconds;

    /// <summary>A message that is given up waits for a person.</summary>
    private async Task End(Actor actor, DueMessage message, MessageState to, string? reason, string? fault, string why, MessageAccount? account) => await Write(actor, async work =>
    {
        if (!await MessagesSql.Settle(work, message, to, reason, fault, Now)) return false;
        var batch = work.Batch();
        ExceptionsRoom.Raise(batch, [new Trouble("message_failed", message.Id.ToString(), $"The message {message.Kind} did not reach the customer{(why.Length > 0 ? $" ({why})" : "")}: {fault}", message.Order.Value)], clock.GetUtcNow());
        await batch.Run();
        return true;
    });

    // While the account does not work nobody's message is at fault: one trouble for all, and a rest before the next try.
    private async Task Down(Actor actor, string fault, long now, int tries) => await Write(actor, async work =>
    {
        await work.Execute(
            """
            update message_accounts set fault = @fault, failing_since_ms = coalesce(failing_since_ms, @now), rest_until_ms = @rest where merchant_id = @merchant and medium = @medium
            """, ("fault", fault), ("now", now), ("rest", now + Math.Min(Wait(tries), (long)TimeSpan.FromMinutes(5).TotalMilliseconds)), ("medium", MessageAccount.Mail));
        if (tries < FaultsUntilTold) return true;
        var batch = work.Batch();
        ExceptionsRoom.Raise(batch, [new Trouble("mail_down", MessageAccount.Mail, $"No mail gets through: {fault}")], clock.GetUtcNow());
        await batch.Run();
        return true;
    });

    private async Task Recover(Actor actor) => await Write(actor, async work =>
    {
        await work.Execute("update message_accounts set fault = null, failing_since_ms = null, rest_until_ms = 0 where merchant_id = @merchant and medium = @medium", ("medium", MessageAccount.Mail));
        var batch = work.Batch();
        ExceptionsRoom.Mend(batch, [("mail_down", MessageAccount.Mail)], actor, "Mail gets through again", clock.GetUtcNow());
        await batch.Run();
        return true;
    });

    private async Task<bool> Write(Actor actor, Func<Work, Task<bool>> body)
    {
        var done = await db.Write<bool>(actor, async work => await body(work));
        return done.IsOk ? done.Value : throw new InvalidOperationException(done.Error!.Detail);
    }
}
