using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Messages;

/// <summary>The statements of the outbox. Whoever holds the newest lease of a message writes what became of it; another's word is dropped.</summary>
internal static class MessagesSql
{
    private const long MostMerchants = 200;

    /// <summary>Merchants with messages that are due and an account that may be tried.</summary>
    public static Task<List<long>> Due(Work work, long now) => work.Query(
        """
        select a.merchant_id from message_accounts a where a.is_active = true and a.rest_until_ms <= @now
           and exists (select 1 from messages m where m.merchant_id = a.merchant_id and m.state = 'waiting' and m.due_at_ms <= @now)
         order by a.rest_until_ms, a.merchant_id limit @most /* house */
        """, row => row.Long(), ("now", now), ("most", MostMerchants));

    /// <summary>
    /// Takes the next messages of a merchant for a lease. The account's row is locked, so two servers never take the same, and never more a minute than the account allows.
    /// </summary>
    public static async Task<(MessageAccount? Account, List<DueMessage> Messages)> Claim(Work work, string medium, int most, long leaseMs, long now)
    {
        if (await MessageAccount.Find(work, medium, locked: true) is not { IsActive: true } account || account.RestUntilMs > now) return (null, []);
        bool isSameMinute = now - account.MinuteMs is >= 0 and < 60_000;
        long left = account.PerMinute - (isSameMinute ? account.MinuteSent : 0);
        if (left <= 0) return (account, []);
        var taken = await work.Query(
            """
            select id, merchant_id, order_id, kind, about, copy_no, event_at_ms, lease_no + 1, tries, first_tried_ms, recipient, language, body, mail_id, created_at_ms from messages
             where merchant_id = @merchant and medium = @medium and state = 'waiting' and due_at_ms <= @now order by due_at_ms, id limit @most for update
            """, Read, ("medium", medium), ("now", now), ("most", Math.Min(most, left)));
        if (taken.Count == 0) return (account, taken);
        var batch = work.Batch();
        batch.Execute("update messages set lease_no = lease_no + 1, due_at_ms = @until from @rows r where messages.id = r.id and messages.merchant_id = @merchant",
            Rows.Of(taken).Uuid("id", m => m.Id.Value), ("until", now + leaseMs));
        batch.Execute("update message_accounts set minute_ms = @start, minute_sent = @sent where merchant_id = @merchant and medium = @medium",
            ("start", isSameMinute ? account.MinuteMs : now), ("sent", (isSameMinute ? account.MinuteSent : 0) + taken.Count), ("medium", medium));
        await batch.Run();
        return (account, taken);
    }

    /// <summary>Keeps what a message says, once: later tries send the same.</summary>
    public static async Task<bool> Keep(Work work, DueMessage message, string recipient, string? name, string language, string subject, string body, string mailId) => await work.Execute(
        """
        update messages set recipient = @to, language = @language, subject = @subject, body = @body, mail_id = @mail, first_tried_ms = coalesce(first_tried_ms, @now), tries = tries + 1
         where merchant_id = @merchant and id = @id and state = 'waiting' and lease_no = @lease
        """, ("to", name is null ? recipient : $"{recipient} {name}"), ("language", language), ("subject", subject), ("body", body), ("mail", mailId), ("id", message.Id.Value), ("lease", message.LeaseNo),
        ("now", message.FirstTriedMs)) > 0;

    /// <summary>Counts a try of a message that was written before.</summary>
    public static Task<int> Try(Work work, DueMessage message, long now) => work.Execute(
        "update messages set tries = tries + 1, first_tried_ms = coalesce(first_tried_ms, @now) where merchant_id = @merchant and id = @id and state = 'waiting' and lease_no = @lease",
        ("id", message.Id.Value), ("lease", message.LeaseNo), ("now", now));

    /// <summary>A message has ended.</summary>
    /// <returns>False: somebody else has taken it over meanwhile.</returns>
    public static async Task<bool> Settle(Work work, DueMessage message, MessageState to, string? reason, string? fault, long now)
    {
        Must.Hold(MessageStates.Allowed.Allows(MessageState.Waiting, to), "a message ends once");
        return await work.Execute(
            "update messages set state = @state, reason = @reason::text, fault = @fault::text, settled_at_ms = @now where merchant_id = @merchant and id = @id and state = 'waiting' and lease_no = @lease",
            ("state", MessageStates.Name(to)), ("reason", reason), ("fault", fault), ("now", now), ("id", message.Id.Value), ("lease", message.LeaseNo)) > 0;
    }

    /// <summary>It is tried again then.</summary>
    public static async Task<bool> Later(Work work, DueMessage message, string? fault, long due) => await work.Execute(
        "update messages set fault = coalesce(@fault::text, fault), due_at_ms = @due where merchant_id = @merchant and id = @id and state = 'waiting' and lease_no = @lease",
        ("fault", fault), ("due", due), ("id", message.Id.Value), ("lease", message.LeaseNo)) > 0;

    /// <summary>Messages that ended before lose what they said and to whom, and stay as a record that they were made.</summary>
    public static Task<int> Forget(Work work, long before, long most) => work.Execute(
        """
        update messages set recipient = null, subject = null, body = null where id in
               (select m.id from messages m where m.body is not null and m.settled_at_ms < @before order by m.settled_at_ms limit @most) /* house */
        """, ("before", before), ("most", most));

    private static DueMessage Read(Row row) => new(new MessageId(row.Uuid()), row.Long(), new OrderId(row.Uuid()), row.Text(), row.Text(), row.Int(), row.Instant(), row.Long(), row.Int(), row.LongOrNull(),
        row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Instant());
}
