using Switchyard.Adapters;

namespace Switchyard.Connectors;

/// <summary>What a sales channel's adapter can do, what it needs, how its marketplace is served, and what nobody has verified.</summary>
/// <param name="Kind">shop (its owner's own) or marketplace.</param>
/// <param name="Can">orders, order, listings, readStock, pushStock, compareStock (it refuses a quantity where it shows another than was expected), adjustStock (it takes a difference, and shows what came of it), webhook, subscribe, authorise, tellShipped, tellCancelled, tellRefunded.</param>
/// <param name="Serves">Who does what where nobody says otherwise.</param>
/// <param name="Source">The published document it was built from.</param>
/// <param name="Assumptions">What is not from a published document, one sentence each.</param>
public sealed record ChannelManifest(string Code, string Name, string Kind, string DefaultUrl, IReadOnlyList<string> Can, IReadOnlyList<AdapterSetting> Settings, ChannelServing Serves,
    int CallsPerMinute, string Source, IReadOnlyList<string> Assumptions)
{
    public string Object => "channelAdapter";

    /// <summary>Messages are signed with a secret that we make up and tell the channel, or that it shows its owner.</summary>
    public bool SignsMessages => Can.Contains("webhook");

    /// <summary>Its messages tell of every change of an order; else it is asked as often as one that sends none.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool TellsAll { get; init; } = true;

    /// <summary>The channel's own plan lets nobody ask for changed orders more often than that; null: as often as the operator's settings say.</summary>
    public TimeSpan? AskEvery { get; init; }

    /// <summary>Its owner can let us in at a page of the channel's.</summary>
    public bool Authorises => Can.Contains("authorise");

    /// <summary>The secret by which the vendor signs its messages; null: one that we make up and tell it.</summary>
    public string? SignedBy { get; init; }
}

/// <summary>Who serves the buyer of a channel's order.</summary>
/// <param name="MailsBuyer">We write to the buyer; else the channel does, and nobody hears from us.</param>
/// <param name="RefundsItself">Money goes back through the channel, and never through a gateway of ours too.</param>
/// <param name="OwesTax">The marketplace collects the tax and owes it; it is not booked as ours.</param>
/// <param name="RelayDomains">Ends of mail addresses that are the channel's own: never merged, forgotten when the channel says so.</param>
/// <param name="PurgeDays">Days after the last parcel's handover at which personal data must be gone; null: no limit of the channel's.</param>
public sealed record ChannelServing(bool MailsBuyer, bool RefundsItself, bool OwesTax, IReadOnlyList<string> RelayDomains, int? PurgeDays);

/// <summary>
/// A sales channel. Every method may be called again with the same arguments. Nothing throws but for cancelling: what goes wrong is an
/// <see cref="AdapterFault"/>, and the adapter says honestly whether the channel may have done what was asked.
/// </summary>
public interface ISalesChannel
{
    ChannelManifest Manifest { get; }

    /// <summary>Are the credentials good, and for what?</summary>
    Task<AdapterAnswer<ChannelShop>> Test(ChannelCall call);

    /// <summary>One page of orders changed since an instant of the channel's own clock, oldest change first.</summary>
    /// <param name="cursor">What the page before gave; null for the first.</param>
    Task<AdapterAnswer<ChannelPage<ChannelOrder>>> Orders(ChannelCall call, DateTimeOffset since, string? cursor);

    /// <summary>One order as it is now; null: there surely is none.</summary>
    Task<AdapterAnswer<ChannelOrder?>> Order(ChannelCall call, string externalId);

    Task<AdapterAnswer<ChannelPage<ChannelListing>>> Listings(ChannelCall call, string? cursor);

    /// <summary>What the channel shows as there to be sold, of these listings; one it does not know any more is left out.</summary>
    Task<AdapterAnswer<IReadOnlyList<ListedStock>>> Stock(ChannelCall call, IReadOnlyList<ListingKey> listings);

    /// <summary>Sets quantities, at most <see cref="MostWishes"/> at once. Each has an outcome of its own; a fault is of the whole call.</summary>
    Task<AdapterAnswer<IReadOnlyList<StockOutcome>>> Push(ChannelCall call, IReadOnlyList<StockWish> wishes);

    int MostWishes => 100;

    /// <summary>Tells of a parcel. What the channel has of it already is found first, so that nothing is told twice.</summary>
    Task<AdapterAnswer<Told>> Shipped(ChannelCall call, ShippedNews news);

    Task<AdapterAnswer<Told>> Cancelled(ChannelCall call, CancelledNews news) => Task.FromResult<AdapterAnswer<Told>>(Unsupported("cancel an order"));

    Task<AdapterAnswer<Told>> Refunded(ChannelCall call, RefundedNews news) => Task.FromResult<AdapterAnswer<Told>>(Unsupported("refund an order"));

    /// <summary>Has messages sent to this address, and no two subscriptions for one thing.</summary>
    Task<AdapterAnswer<Told>> Subscribe(ChannelCall call, string url) => Task.FromResult<AdapterAnswer<Told>>(Unsupported("subscribe to messages"));

    /// <summary>What a message says; null when it is not signed as it should be.</summary>
    IReadOnlyList<ChannelNotice>? Read(WebhookMail mail) => null;

    /// <summary>The same, where the vendor has to be asked for the key first. A fault: whether it is genuine cannot be said now, and the vendor is to send it again.</summary>
    Task<AdapterAnswer<IReadOnlyList<ChannelNotice>?>> ReadAsync(ChannelCall call, WebhookMail mail) => Task.FromResult(AdapterAnswer<IReadOnlyList<ChannelNotice>?>.Of(Read(mail)));

    /// <summary>What the channel wants to hear when it asks whether this address is ours; null: it does not ask that way.</summary>
    string? Challenge(WebhookMail mail, string url) => null;

    /// <summary>The channel's page on which its owner lets us in (OAuth 2, code flow).</summary>
    /// <param name="state">Comes back with the code.</param>
    /// <param name="redirect">Where the owner comes back to.</param>
    /// <param name="challenge">PKCE, S256, of the verifier that <see cref="Exchange"/> is given.</param>
    AdapterAnswer<string> AuthoriseUrl(ChannelCall call, string state, string redirect, string challenge) => Unsupported("be let in by its owner in a browser");

    /// <summary>Takes a code for tokens, and keeps these (<see cref="ChannelCall.Renew"/>) under the names of secrets it uses from then on.</summary>
    Task<AdapterAnswer<Told>> Exchange(ChannelCall call, string code, string verifier, string redirect) => Task.FromResult<AdapterAnswer<Told>>(Unsupported("be let in by its owner in a browser"));

    AdapterFault Unsupported(string what) => new(FaultKind.Unsupported, $"{Manifest.Name} cannot {what} through this adapter.");
}

/// <summary>One conversation with a channel on behalf of a connection.</summary>
/// <param name="keep">Keeps tokens that were renewed, before they are used.</param>
public sealed class ChannelCall(AdapterAccess access, ConnectorHttp http, Func<IReadOnlyDictionary<string, string>, Task> keep, DateTimeOffset now, CancellationToken stop) : AdapterCall(access, http, now, stop)
{
    private readonly Dictionary<string, string> _renewed = [];

    /// <summary>A secret as it is now: renewed in this conversation, or stored.</summary>
    public string Secret(string name) => _renewed.GetValueOrDefault(name) ?? Access.Secret(name);

    /// <summary>Keeps renewed tokens: what runs out after a restart is the new one.</summary>
    public async Task Renew(IReadOnlyDictionary<string, string> secrets)
    {
        await keep(secrets);
        foreach (var (name, value) in secrets) _renewed[name] = value;
    }
}
