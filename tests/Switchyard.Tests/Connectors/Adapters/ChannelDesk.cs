using Shouldly;
using Switchyard.Adapters;
using Switchyard.Connectors;
using Switchyard.Http;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>An adapter and the simulated vendor that it speaks with, over HTTP on loopback. Each adapter's own says what is particular to its vendor.</summary>
internal abstract class ChannelDesk : IAsyncDisposable
{
    private readonly OutwardHttp _outward = new() { Allowed = OutwardAddresses.Allowing("127.0.0.1"), AllowsPlainHttp = true };
    private readonly ConnectorHttp _http;
    private Dictionary<string, string> _secrets = [];

    protected ChannelDesk(ISalesChannel channel, VendorSim sim)
    {
        (Channel, Sim) = (channel, sim);
        Patience = new ConnectorPatience { Timeout = TimeSpan.FromSeconds(60), FailuresBeforeRest = 1000, LongestRest = TimeSpan.Zero };
        _http = new ConnectorHttp(_outward, Patience, TimeProvider.System);
        Sim.Sender.Http = new HttpClient(Mail);
    }

    public ISalesChannel Channel { get; }
    public VendorSim Sim { get; }
    public ConnectorPatience Patience { get; }

    /// <summary>Where the vendor's messages go.</summary>
    public Mailbox Mail { get; } = new();

    /// <summary>Secrets as they are kept: renewed ones take the place of those that were given.</summary>
    public Dictionary<string, string> Secrets => _secrets.Count > 0 ? _secrets : _secrets = new(Sim.Secrets) { ["messageSecret"] = MessageSecret };

    /// <summary>With which the vendor signs its messages: its own, or the one we make up when we subscribe.</summary>
    public virtual string MessageSecret => "a secret of ours, long enough";

    /// <summary>The address that messages are sent to.</summary>
    public virtual string MessageUrl => "https://shop.example.test/api/v1/channel-messages/con_1";

    /// <summary>Are messages signed with that secret? Else with a key of the vendor's own.</summary>
    public virtual bool SignsBySecret => true;

    /// <summary>What a message says, as the room reads it.</summary>
    public async Task<IReadOnlyList<ChannelNotice>?> Read(Dictionary<string, string> headers, byte[] body, string? secret)
    {
        var said = await Channel.ReadAsync(Call(), new WebhookMail(headers, body, secret));
        said.IsOk.ShouldBeTrue(said.Fault?.Words);
        return said.Value;
    }

    /// <summary>The smallest page that orders are read by: so many and some more are needed to see it turn the page.</summary>
    public abstract int PageSize { get; }

    /// <summary>What the vendor has of parcels of an order.</summary>
    public virtual int ParcelsOf(SimOrder order) => order.Shipments.Count;

    /// <summary>Does the vendor say prices of a single unit, discounts and taxes of each line, so that its total is ours?</summary>
    public virtual bool HasAccounts => true;

    /// <summary>Does the vendor cancel an order that is paid? Else only one that is not; what was paid is refunded there.</summary>
    public virtual bool CancelsPaid => true;

    public virtual bool IsListing(HttpRequest call) => call.Method == "GET";

    /// <summary>The call that has the effect of telling, of several that it takes.</summary>
    public virtual bool IsTelling(HttpRequest call) => call.Method is "POST" or "PUT";

    public async Task<ChannelDesk> Open()
    {
        await SimHost.Listening(Sim);
        return this;
    }

    public ChannelCall Call(System.Text.Json.Nodes.JsonObject? settings = null) => new(new AdapterAccess(Guid.CreateVersion7(), 1, "shop", Sim.BaseUrl, settings ?? Sim.Settings, Secrets, 600_000), _http, Keep, Sim.Clock.GetUtcNow(), CancellationToken.None);

    /// <summary>One whose every secret is wrong.</summary>
    public ChannelCall Stranger() => new(new AdapterAccess(Guid.CreateVersion7(), 1, "shop", Sim.BaseUrl, Sim.Settings, Secrets.ToDictionary(s => s.Key, _ => "wrong"), 600_000), _http, Keep, Sim.Clock.GetUtcNow(), CancellationToken.None);

    /// <summary>All orders changed since, page by page; between two pages something may happen.</summary>
    public async Task<List<ChannelOrder>> Orders(DateTimeOffset since, Action<int>? between = null)
    {
        var all = new List<ChannelOrder>();
        string? cursor = null;
        for (int page = 1; page < 200; page++)
        {
            var said = await Channel.Orders(Call(), since, cursor);
            said.IsOk.ShouldBeTrue(said.Fault?.Words);
            all.AddRange(said.Value.Items);
            if ((cursor = said.Value.Next) is null) return all;
            between?.Invoke(page);
        }
        throw new InvalidOperationException("The pages have no end.");
    }

    public async Task<List<ChannelListing>> Listings()
    {
        var all = new List<ChannelListing>();
        string? cursor = null;
        do
        {
            var said = await Channel.Listings(Call(), cursor);
            said.IsOk.ShouldBeTrue(said.Fault?.Words);
            all.AddRange(said.Value.Items);
            cursor = said.Value.Next;
        }
        while (cursor is not null);
        return all;
    }

    public async Task<ChannelOrder> Order(SimOrder order)
    {
        var said = await Channel.Order(Call(), order.Key);
        said.IsOk.ShouldBeTrue(said.Fault?.Words);
        return said.Value.ShouldNotBeNull($"the order {order.Key} is there");
    }

    public bool Can(string what) => Channel.Manifest.Can.Contains(what);

    private Task Keep(IReadOnlyDictionary<string, string> renewed)
    {
        foreach (var (name, value) in renewed) Secrets[name] = value;
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Sim.DisposeAsync();
        _outward.Dispose();
    }
}
