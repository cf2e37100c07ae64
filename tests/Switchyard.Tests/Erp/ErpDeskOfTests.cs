using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Adapters;
using Switchyard.Erp;
using Switchyard.Http;
using Switchyard.Simulators;

namespace Switchyard.Tests.Erp;

/// <summary>An adapter and the simulated ERP that it speaks with, over HTTP on loopback.</summary>
internal sealed class ErpDeskOfTests : IAsyncDisposable
{
    private readonly OutwardHttp _outward = new() { Allowed = OutwardAddresses.Allowing("127.0.0.1"), AllowsPlainHttp = true };
    private readonly ErpHttp _http;
    private readonly Guid _account = Guid.CreateVersion7();

    private ErpDeskOfTests(IErp erp, NetSuiteSim sim)
    {
        (Erp, Sim) = (erp, sim);
        _http = new ErpHttp(_outward, new ErpPatience { Timeout = TimeSpan.FromSeconds(30), FailuresBeforeRest = 1000, LongestRest = TimeSpan.Zero }, TimeProvider.System);
    }

    public IErp Erp { get; }
    public NetSuiteSim Sim { get; }

    public static async Task<ErpDeskOfTests> Open(IErp erp, NetSuiteSim sim)
    {
        await SimHost.Listening(sim);
        return new ErpDeskOfTests(erp, sim);
    }

    public ErpCall Call(Dictionary<string, string>? secrets = null, JsonObject? settings = null, long callsPerMinute = 600_000) => new(
        new AdapterAccess(_account, 1, "erp", Sim.BaseUrl, settings ?? Sim.Settings, secrets ?? Sim.Secrets, callsPerMinute), _http,
        new Dictionary<string, string> { ["MAIN"] = "1", ["PL"] = "2" }, Sim.Clock.GetUtcNow(), CancellationToken.None);

    public async Task<ErpRecord> Post(ErpDocument document)
    {
        var said = await Erp.Post(Call(), document);
        said.IsOk.ShouldBeTrue(said.Fault?.Words);
        return said.Value;
    }

    /// <summary>All pages of something; between two pages something may happen.</summary>
    public static async Task<(List<T> All, string? Mark)> All<T>(Func<string?, Task<AdapterAnswer<ErpPage<T>>>> ask, Action<int>? between = null)
    {
        var all = new List<T>();
        string? cursor = null;
        for (int page = 1; page < 100; page++)
        {
            var said = await ask(cursor);
            said.IsOk.ShouldBeTrue(said.Fault?.Words);
            all.AddRange(said.Value.Items);
            if ((cursor = said.Value.Next) is null) return (all, said.Value.Mark);
            between?.Invoke(page);
        }
        throw new InvalidOperationException("The pages have no end.");
    }

    public async ValueTask DisposeAsync()
    {
        await Sim.DisposeAsync();
        _outward.Dispose();
    }
}
