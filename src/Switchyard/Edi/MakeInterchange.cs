using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Edi;

/// <summary>
/// Makes what goes out: takes the next control number of the partner, whose row the caller has locked, and keeps the interchange in the same transaction. Rolled back, the number was
/// never given; so there is no gap and none twice.
/// </summary>
internal static class MakeInterchange
{
    /// <param name="bodies">Segments of each set, without ST and SE.</param>
    /// <returns>Its id and control number.</returns>
    public static async Task<(Guid Id, long Control)> Sets(Work work, EdiPartner partner, string set, IReadOnlyList<IReadOnlyList<Segment>> bodies, DateTimeOffset now)
    {
        long control = await Take(work, partner, now);
        return (await Keep(work, partner, control, set, X12Writer.Write(HeaderOf(partner, control, now), set, bodies), now), control);
    }

    public static async Task Ta1(Work work, EdiPartner partner, InterchangeAcknowledgement told, DateTimeOffset now)
    {
        long control = await Take(work, partner, now);
        await Keep(work, partner, control, "TA1", X12Writer.WriteTa1(HeaderOf(partner, control, now), told), now);
    }

    private static Envelope HeaderOf(EdiPartner p, long control, DateTimeOffset now) => new(p.OurQualifier, p.OurId, p.TheirQualifier, p.TheirId, p.Settings.OurGroup, p.Settings.TheirGroup,
        p.Settings.Version, p.Settings.Usage, control, now, p.Settings.Delimiters);

    private static async Task<long> Take(Work work, EdiPartner partner, DateTimeOffset now)
    {
        long last = await work.Scalar("select control from edi_partners where merchant_id = @merchant and id = @id", ("id", partner.Id));
        long next = Envelope.Next(last);
        int moved = await work.Execute("update edi_partners set control = @next, updated_at_ms = @now where merchant_id = @merchant and id = @id and control = @last",
            ("id", partner.Id), ("next", next), ("last", last), ("now", now.ToUnixTimeMilliseconds()));
        Must.Hold(moved == 1, "control numbers are taken under the partner's lock");
        return next;
    }

    private static async Task<Guid> Keep(Work work, EdiPartner partner, long control, string sets, string content, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        // After 999999999 the numbers begin anew: what had them once gives them up.
        await work.Execute("update edi_interchanges set taken_no = null where merchant_id = @merchant and partner_id = @partner and direction = 'out' and taken_no = @control",
            ("partner", partner.Id), ("control", control));
        await work.Execute(
            """
            insert into edi_interchanges (id, merchant_id, partner_id, direction, control, taken_no, sender, receiver, usage, sets, state, content, bytes, source, created_at_ms, ack_due_ms)
            values (@id, @merchant, @partner, 'out', @text, @control, @sender, @receiver, @usage, @sets, 'waiting', @content, @bytes, 'switchyard', @now, @due::bigint)
            """, ("id", id), ("partner", partner.Id), ("text", X12Writer.Padded(control)), ("control", control), ("sender", partner.OurId), ("receiver", partner.TheirId),
            ("usage", partner.Settings.Usage), ("sets", sets), ("content", content), ("bytes", (long)System.Text.Encoding.UTF8.GetByteCount(content)), ("now", now.ToUnixTimeMilliseconds()),
            ("due", sets is "997" or "TA1" || partner.Settings.AckHours == 0 ? null : now.AddHours(partner.Settings.AckHours).ToUnixTimeMilliseconds()));
        return id;
    }
}
