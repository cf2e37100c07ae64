using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Edi;

/// <summary>Takes what a partner says of what we sent. Said again, or of what was never sent, it changes nothing.</summary>
internal static class TakeAcknowledgement
{
    /// <summary>Of a whole interchange: TA1.</summary>
    public static async Task Of(Work work, EdiPartner partner, InterchangeAcknowledgement told, long nowMs)
    {
        if (!long.TryParse(told.Control, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long control)) return;
        await work.Execute(
            """
            update edi_interchanges set state = @state, note = @note, settled_at_ms = @now
             where merchant_id = @merchant and partner_id = @partner and direction = 'out' and taken_no = @control and state in ('waiting', 'fetched')
            """, ("partner", partner.Id), ("control", control), ("state", told.Code == "R" ? "rejected" : "accepted"), ("note", told.Note.Length is > 0 and <= 3 ? told.Note : "000"), ("now", nowMs));
        if (told.Code == "R")
            await Reject(work, partner, control, [new EdiFault("ISA", "TA105-" + (told.Note.Length <= 3 ? told.Note : ""), "The partner refused the interchange")]);
    }

    /// <summary>Of the sets of a group: 997. A set that is not named has the group's fate.</summary>
    public static async Task Of(Work work, EdiPartner partner, AcknowledgedGroup told, long nowMs)
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
        bool isTaken = told.Code is "A" or "E";
        if (told.Code == "R") await Reject(work, partner, control, [new EdiFault("997", "AK9-R", "The partner refused the group")]);
        else if (isTaken)
            await work.Execute(
                """
                update edi_messages set state = 'accepted' where merchant_id = @merchant and partner_id = @partner and direction = 'out' and state = 'sent'
                   and interchange_id in (select i.id from edi_interchanges i where i.merchant_id = @merchant and i.partner_id = @partner and i.direction = 'out' and i.taken_no = @control)
                """, ("partner", partner.Id), ("control", control));
        await work.Execute(
            """
            update edi_interchanges set state = @state, settled_at_ms = @now
             where merchant_id = @merchant and partner_id = @partner and direction = 'out' and taken_no = @control and state in ('waiting', 'fetched')
            """, ("partner", partner.Id), ("control", control), ("state", told.Code == "R" ? "rejected" : "accepted"), ("now", nowMs));
    }

    private static Task Reject(Work work, EdiPartner partner, long control, EdiFault[] why) => work.Execute(
        """
        update edi_messages set state = 'rejected', faults = @faults where merchant_id = @merchant and partner_id = @partner and direction = 'out' and state = 'sent'
           and interchange_id in (select i.id from edi_interchanges i where i.merchant_id = @merchant and i.partner_id = @partner and i.direction = 'out' and i.taken_no = @control)
        """, ("partner", partner.Id), ("control", control), ("faults", JsonSerializer.Serialize(why, Json.Options)));
}
