using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;

namespace Switchyard.Edi;

/// <summary>What a person must look at, one trouble for each partner and kind: a partner whose messages all fail fills no queue.</summary>
internal static class EdiTroubles
{
    private const string Fails = "edi_failed", Unacknowledged = "edi_unacknowledged";

    /// <summary>A message could not be worked on, or not be made: it is done again.</summary>
    /// <param name="detail">One sentence without personal data.</param>
    public static Task Failed(Work work, string partner, string detail, DateTimeOffset now, Guid? order = null) => Raise(work, new Trouble(Fails, partner, $"{partner}: {detail}", order), now);

    /// <summary>Refused for its envelope or its syntax, by us or by the partner: nothing here mends that, a person closes it.</summary>
    public static Task Refused(Work work, string partner, string detail, DateTimeOffset now) => Raise(work, new Trouble(Fails, partner + " refused", $"{partner}: {detail}"), now);

    public static Task Late(Work work, EdiPartner partner, string detail, DateTimeOffset now) => Raise(work, new Trouble(Unacknowledged, partner.Code, $"{partner.Code}: {detail}"), now);

    /// <summary>Ends the trouble once no message of the partner is left that failed.</summary>
    public static async Task MendFailed(Work work, EdiPartner partner, DateTimeOffset now)
    {
        if (await work.Scalar("select count(*) from edi_messages where merchant_id = @merchant and partner_id = @partner and (state = 'failed' or direction = 'out' and state = 'waiting' and tries > 20)", ("partner", partner.Id)) == 0)
            await Mend(work, partner, Fails, "What failed was done again", now);
    }

    /// <summary>Ends the trouble once nothing of the partner's is overdue.</summary>
    public static async Task MendLate(Work work, EdiPartner partner, DateTimeOffset now)
    {
        if (await work.Scalar("select count(*) from edi_interchanges where merchant_id = @merchant and partner_id = @partner and is_overdue = true", ("partner", partner.Id)) == 0)
            await Mend(work, partner, Unacknowledged, "All was acknowledged", now);
    }

    private static async Task Raise(Work work, Trouble trouble, DateTimeOffset now)
    {
        var batch = work.Batch();
        ExceptionsRoom.Raise(batch, [trouble], now);
        await batch.Run();
    }

    private static async Task Mend(Work work, EdiPartner partner, string kind, string how, DateTimeOffset now)
    {
        var batch = work.Batch();
        ExceptionsRoom.Mend(batch, [(kind, partner.Code)], partner.Actor, how, now);
        await batch.Run();
    }
}
