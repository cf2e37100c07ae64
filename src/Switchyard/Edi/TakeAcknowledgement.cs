using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Edi;

/// <summary>Takes what a partner says of what we sent. Said again, or of what was never sent, it changes nothing.</summary>
internal static class TakeAcknowledgement
{
    /// <summary>Of a whole interchange: TA1.</summary>
    public static async Task Of(Work work, EdiPartner partner, InterchangeAcknowledgement told, DateTimeOffset now)
    {
        if (!long.TryParse(told.Control, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long control)) return;
        bool isRefused = told.Code == "R";
        // Taken says nothing of its sets yet: where there are some, their 997 is still to come.
        await work.Execute(
            """
            update edi_interchanges set note = @note, settled_at_ms = @now,
                   state = case when @refused then 'rejected' when exists (select 1 from edi_messages m where m.interchange_id = edi_interchanges.id and m.direction = 'out') then 'fetched' else 'accepted' end,
                   ack_due_ms = case when @refused then null else ack_due_ms end, is_overdue = case when @refused then false else is_overdue end
             where merchant_id = @merchant and partner_id = @partner and direction = 'out' and taken_no = @control and state in ('waiting', 'fetched')
            """, ("partner", partner.Id), ("control", control), ("refused", isRefused), ("note", told.Note.Length is > 0 and <= 3 ? told.Note : "000"), ("now", now.ToUnixTimeMilliseconds()));
        if (!isRefused) return;
        await Reject(work, partner, control, [new EdiFault("ISA", "TA105-" + (told.Note.Length <= 3 ? told.Note : ""), "The partner refused the interchange")]);
        await Told(work, partner, control, now);
    }

    /// <summary>Of the sets of a group: 997. A set that is not named has the group's fate.</summary>
    public static async Task Of(Work work, EdiPartner partner, AcknowledgedGroup told, DateTimeOffset now)
    {
        if (!long.TryParse(told.Control, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long control)) return;
        var named = told.Sets.DistinctBy(s => s.Control).ToList();
        foreach (var set in named)
            await work.Execute(
                """
                update edi_messages set state = @state, faults = @faults where merchant_id = @merchant and partner_id = @partner and direction = 'out' and state = 'sent' and set_code = @set and control = @number
                   and interchange_id in (select i.id from edi_interchanges i where i.merchant_id = @merchant and i.partner_id = @partner and i.direction = 'out' and i.taken_no = @control)
                """, ("partner", partner.Id), ("control", control), ("set", set.Set), ("number", set.Control), ("state", set.Code is "A" or "E" ? "accepted" : "rejected"),
                ("faults", JsonSerializer.Serialize(set.Faults.Take(100).Select(f => new EdiFault("997", "AK5-" + set.Code, f)), Json.Options)));
        // M, W and X are refusals too: what came could not be trusted or read.
        bool isTaken = told.Code is "A" or "E", isRefused = told.Code is "R" or "M" or "W" or "X";
        if (isRefused) await Reject(work, partner, control, [new EdiFault("997", "AK9-" + told.Code, "The partner refused the group")]);
        else if (isTaken)
            await work.Execute(
                """
                update edi_messages set state = 'accepted' where merchant_id = @merchant and partner_id = @partner and direction = 'out' and state = 'sent'
                   and interchange_id in (select i.id from edi_interchanges i where i.merchant_id = @merchant and i.partner_id = @partner and i.direction = 'out' and i.taken_no = @control)
                """, ("partner", partner.Id), ("control", control));
        await work.Execute(
            """
            update edi_interchanges set state = @state, settled_at_ms = @now, ack_due_ms = null, is_overdue = false
             where merchant_id = @merchant and partner_id = @partner and direction = 'out' and taken_no = @control and state in ('waiting', 'fetched')
            """, ("partner", partner.Id), ("control", control), ("state", isRefused ? "rejected" : "accepted"), ("now", now.ToUnixTimeMilliseconds()));
        if (isRefused || named.Exists(s => s.Code is not ("A" or "E"))) await Told(work, partner, control, now);
        await EdiTroubles.MendLate(work, partner, now);
    }

    private static Task Told(Work work, EdiPartner partner, long control, DateTimeOffset now) =>
        EdiTroubles.Refused(work, partner.Code, $"The partner refused what we sent in interchange {X12Writer.Padded(control)}", now);

    private static Task Reject(Work work, EdiPartner partner, long control, EdiFault[] why) => work.Execute(
        """
        update edi_messages set state = 'rejected', faults = @faults where merchant_id = @merchant and partner_id = @partner and direction = 'out' and state = 'sent'
           and interchange_id in (select i.id from edi_interchanges i where i.merchant_id = @merchant and i.partner_id = @partner and i.direction = 'out' and i.taken_no = @control)
        """, ("partner", partner.Id), ("control", control), ("faults", JsonSerializer.Serialize(why, Json.Options)));
}
