using Switchyard.Adapters;

namespace Switchyard.Erp;

/// <summary>What an ERP's adapter needs and can do, and what nobody has verified.</summary>
/// <param name="Can">items, stock, orders, shipments, money, purchases, receipts: kinds of things; readStock, pushStock where it goes one way only.</param>
/// <param name="Source">The published document it was built from.</param>
/// <param name="Assumptions">What is not from a published document, one sentence each.</param>
public sealed record ErpManifest(string Code, string Name, IReadOnlyList<string> Can, IReadOnlyList<AdapterSetting> Settings, int CallsPerMinute,
    string Source, IReadOnlyList<string> Assumptions)
{
    public string Object => "erpAdapter";
}

/// <summary>
/// An ERP. Every method may be called again with the same arguments. Nothing throws but for cancelling: what goes wrong is an
/// <see cref="AdapterFault"/>, and the adapter says honestly whether the ERP may have done what was asked.
/// </summary>
public interface IErp
{
    ErpManifest Manifest { get; }

    /// <summary>What is missing among these settings and secrets beside what the manifest requires: one sentence; null when nothing is.</summary>
    string? Missing(System.Text.Json.Nodes.JsonObject settings, IReadOnlyCollection<string> secretNames) => null;

    /// <summary>Are the credentials good, and which locations has it?</summary>
    Task<AdapterAnswer<ErpCompany>> Test(ErpCall call);

    /// <summary>One page of items changed since a mark, oldest change first.</summary>
    /// <param name="mark">By the ERP's own clock and in its words, as a page gave it; null: from the beginning.</param>
    /// <param name="cursor">What the page before gave; null for the first.</param>
    Task<AdapterAnswer<ErpPage<ErpItem>>> Items(ErpCall call, string? mark, string? cursor);

    /// <summary>One page of what lies at a location.</summary>
    Task<AdapterAnswer<ErpPage<ErpLevel>>> Stock(ErpCall call, string place, string? cursor);

    /// <summary>One page of purchase orders changed since a mark.</summary>
    Task<AdapterAnswer<ErpPage<ErpPurchase>>> Purchases(ErpCall call, string? mark, string? cursor);

    /// <summary>One page of receipts of goods changed since a mark. Those that we posted are left out.</summary>
    Task<AdapterAnswer<ErpPage<ErpReceipt>>> Receipts(ErpCall call, string? mark, string? cursor);

    /// <summary>Posts a document once: what the ERP has under its external id is found first, and nothing is posted then.</summary>
    Task<AdapterAnswer<ErpRecord>> Post(ErpCall call, ErpDocument document);

    /// <summary>One page of what it has of us that happened on a day.</summary>
    Task<AdapterAnswer<ErpPage<ErpPosted>>> Posted(ErpCall call, DateOnly day, string? cursor);
}

/// <summary>One conversation with an ERP on behalf of an account.</summary>
public sealed class ErpCall(AdapterAccess access, ErpHttp http, IReadOnlyDictionary<string, string> places, DateTimeOffset now, CancellationToken stop)
    : AdapterCall(access, http, now, stop)
{
    private bool _hasBegun;

    /// <summary>
    /// It waits for its turn rather than come back with nothing: a page takes many calls, more than the account may make at once. What has begun does not stand back for
    /// others any more.
    /// </summary>
    protected override async Task<AdapterAnswer<AdapterReply>> Pass(HttpRequestMessage request)
    {
        var said = await http.Send(_hasBegun && Access.MayWait ? Access with { MayWait = false } : Access, request, Stop, http.Patient);
        _hasBegun |= said.Fault is not { Kind: FaultKind.NotSent or FaultKind.Throttled };
        return said;
    }

    /// <summary>The ERP's location of a node of ours; null where none is mapped.</summary>
    public string? Place(string node) => places.GetValueOrDefault(node);
}
