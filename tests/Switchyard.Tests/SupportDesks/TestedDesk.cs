using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Switchyard.Adapters;
using Switchyard.Http;
using Switchyard.Simulators;
using Switchyard.Support;

namespace Switchyard.Tests.SupportDesks;

/// <summary>An adapter and the simulated help desk that it speaks with, over HTTP on loopback. Each adapter's own says how its vendor shows who calls.</summary>
internal abstract class TestedDesk(ISupportDesk desk, HelpDeskSim sim) : IAsyncDisposable
{
    public const string CallSecret = "a secret of ours, long enough";
    private readonly OutwardHttp _outward = new() { Allowed = OutwardAddresses.Allowing("127.0.0.1"), AllowsPlainHttp = true };
    private readonly Guid _account = Guid.CreateVersion7();
    private DeskHttp? _http;

    public ISupportDesk Desk => desk;
    public HelpDeskSim Sim => sim;

    /// <summary>The state of a ticket that is done, in the vendor's words.</summary>
    public abstract string Done { get; }

    /// <summary>A call of the desk for an agent, shown to be genuine with a secret.</summary>
    /// <param name="at">When it was made.</param>
    public abstract (Dictionary<string, string> Headers, byte[] Body) Shown(string agent, string secret, DateTimeOffset at, JsonObject? body = null);

    /// <summary>Does a call say when it was made?</summary>
    public virtual bool Ages => true;

    public async Task<TestedDesk> Open()
    {
        _http = new DeskHttp(_outward, new DeskPatience { Timeout = TimeSpan.FromSeconds(60), FailuresBeforeRest = 1000, LongestRest = TimeSpan.Zero }, TimeProvider.System);
        await SimHost.Listening(sim);
        return this;
    }

    public DeskCall Call(bool isStranger = false) => new(new AdapterAccess(_account, 1, "care", sim.BaseUrl, sim.Settings,
        isStranger ? sim.Secrets.ToDictionary(s => s.Key, _ => "wrong") : sim.Secrets, 600_000), _http!, sim.Clock.GetUtcNow(), CancellationToken.None);

    public static string Token(string agent, string secret, DateTimeOffset at, string algorithm = "HS256", int seconds = 300)
    {
        string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
        string text = Part(new() { ["alg"] = algorithm, ["typ"] = "JWT" }) + "." + Part(new()
        {
            ["iat"] = at.ToUnixTimeSeconds(),
            ["exp"] = at.ToUnixTimeSeconds() + seconds, ["email"] = agent
        });
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)))}";
    }

    public async ValueTask DisposeAsync()
    {
        await sim.DisposeAsync();
        _outward.Dispose();
    }
}

internal sealed class ZendeskDesk() : TestedDesk(new Switchyard.Support.Zendesk.ZendeskDesk(), new ZendeskSim())
{
    public override string Done => "solved";

    public override (Dictionary<string, string> Headers, byte[] Body) Shown(string agent, string secret, DateTimeOffset at, JsonObject? body = null) =>
        (new(StringComparer.OrdinalIgnoreCase) { ["Authorization"] = "Bearer " + Token(agent, secret, at) }, Encoding.UTF8.GetBytes((body ?? []).ToJsonString()));
}

internal sealed class GorgiasDesk() : TestedDesk(new Switchyard.Support.Gorgias.GorgiasDesk(), new GorgiasSim())
{
    public override string Done => "closed";

    // The vendor signs nothing: a call that is sent again looks as it did.
    public override bool Ages => false;

    public override (Dictionary<string, string> Headers, byte[] Body) Shown(string agent, string secret, DateTimeOffset at, JsonObject? body = null)
    {
        var said = body?.DeepClone().AsObject() ?? [];
        said["agent"] = agent;
        return (new(StringComparer.OrdinalIgnoreCase) { ["X-Switchyard-Token"] = secret }, Encoding.UTF8.GetBytes(said.ToJsonString()));
    }
}
