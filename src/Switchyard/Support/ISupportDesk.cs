using Switchyard.Adapters;

namespace Switchyard.Support;

/// <summary>What a help desk's adapter can do, what it needs, and what nobody has verified.</summary>
/// <param name="Can">ticket, note, reply, byEmail, byOrder, calls.</param>
/// <param name="Calls">How the desk's app or integration is to show that it is the desk, and who its agent is.</param>
/// <param name="Source">The published document it was built from.</param>
/// <param name="Assumptions">What is not from a published document, one sentence each.</param>
public sealed record DeskManifest(string Code, string Name, string DefaultUrl, IReadOnlyList<string> Can, IReadOnlyList<AdapterSetting> Settings,
    int CallsPerMinute, string Calls, string Source, IReadOnlyList<string> Assumptions)
{
    public string Object => "deskAdapter";
}

/// <summary>What stands behind credentials that are good.</summary>
/// <param name="Name">Of the account.</param>
/// <param name="Who">In whose name tickets are opened.</param>
public sealed record DeskAccount(string Name, string? Who);

/// <summary>A ticket that is to be there.</summary>
/// <param name="Key">By which it is found again: it never changes, and no two tickets have the same.</param>
/// <param name="Body">Seen by agents only. No personal data.</param>
/// <param name="Order">The number of the order it is about.</param>
public sealed record NewTicket(string Key, string Subject, string Body, string? Order);

/// <summary>Something written on a ticket.</summary>
/// <param name="Key">By which it is found again.</param>
/// <param name="IsPublic">The requester reads it too: a reply; else a note among agents.</param>
/// <param name="Closes">The ticket is done with it.</param>
public sealed record DeskNote(string Key, string Body, bool IsPublic, bool Closes);

/// <summary>A ticket as the desk has it.</summary>
/// <param name="Key">Ours, where we opened it.</param>
/// <param name="IsOpen">Somebody has to do with it still.</param>
/// <param name="Url">Where agents see it.</param>
public sealed record DeskTicket(string Id, string? Key, string? Subject, bool IsOpen, string? Url, DateTimeOffset? OpenedAt);

/// <summary>A call of a desk, as it came.</summary>
/// <param name="Secret">The desk's secret for calls; null where none was made.</param>
public sealed record DeskMail(IReadOnlyDictionary<string, string> Headers, byte[] Body, string? Secret, DateTimeOffset Now);

/// <summary>Who calls, as the desk vouches for it.</summary>
/// <param name="Email">The mail address of the agent.</param>
public sealed record DeskAgent(string Email);

/// <summary>
/// A help desk. Every method may be called again with the same arguments. Nothing throws but for cancelling: what goes wrong is an
/// <see cref="AdapterFault"/>, and the adapter says honestly whether the desk may have done what was asked.
/// </summary>
public interface ISupportDesk
{
    DeskManifest Manifest { get; }

    /// <summary>Are the credentials good, and whose?</summary>
    Task<AdapterAnswer<DeskAccount>> Test(DeskCall call);

    /// <summary>Opens a ticket, and no second one with the same key: the one that is there is found first.</summary>
    Task<AdapterAnswer<DeskTicket>> Open(DeskCall call, NewTicket ticket);

    /// <summary>
    /// Writes a note or a reply on a ticket, and no second one with the same key; the answer is the desk's id of the ticket. A note that closes a ticket which
    /// takes nothing more, or is gone, has nothing left to do: then none is written, and that is no fault.
    /// </summary>
    Task<AdapterAnswer<string>> Write(DeskCall call, string ticket, DeskNote note);

    /// <summary>Tickets of a buyer, or about an order; exactly one of the two is named. Newest first, at most a page of them.</summary>
    Task<AdapterAnswer<IReadOnlyList<DeskTicket>>> Tickets(DeskCall call, string? email, string? order);

    /// <summary>Who calls; null when it is not shown as it should be that the desk does.</summary>
    DeskAgent? Read(DeskMail mail);
}

/// <summary>One conversation with a help desk.</summary>
public sealed class DeskCall(AdapterAccess access, DeskHttp http, DateTimeOffset now, CancellationToken stop) : AdapterCall(access, http, now, stop)
{
    private bool _hasBegun;

    /// <summary>May something have been written at the desk? What was refused, or never left, has not.</summary>
    public bool HasWritten { get; private set; }

    /// <summary>What has begun does not stand back for others any more: half of a ticket is of no use, and costs its calls again.</summary>
    protected override async Task<AdapterAnswer<AdapterReply>> Pass(HttpRequestMessage request)
    {
        bool before = HasWritten;
        HasWritten |= request.Method != HttpMethod.Get;
        var said = _hasBegun && Access.MayWait ? await http.Send(Access with { MayWait = false }, request, Stop, http.Patient) : await http.Send(Access, request, Stop);
        if (said.Fault is { IsOpen: false } || said is { IsOk: true, Value.IsOk: false }) HasWritten = before;
        _hasBegun |= said.Fault is not { Kind: FaultKind.NotSent or FaultKind.Throttled };
        return said;
    }
}
