using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Switchyard.Simulators;

/// <summary>
/// The HTTP server of one or several simulated vendors. One alone answers at the root, as the vendor does; several have their name as
/// the first segment of the path. Either way <c>/_control</c> is the control page.
/// </summary>
public sealed class SimHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SimHost(WebApplication app, IReadOnlyList<VendorSim> sims, bool isAlone)
    {
        (_app, Sims, IsAlone) = (app, sims, isAlone);
        app.Run(Serve);
    }

    public IReadOnlyList<VendorSim> Sims { get; }

    /// <summary>Does the one simulator answer at the root?</summary>
    public bool IsAlone { get; }

    public string Url { get; private set; } = "";

    /// <summary>Starts a host. Whoever starts it ends it; simulators are not ended with it.</summary>
    /// <param name="url">Where it listens; port 0 takes a free one.</param>
    public static async Task<SimHost> Start(IReadOnlyList<VendorSim> sims, string url = "http://127.0.0.1:0", bool alone = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url).ConfigureKestrel(k => k.AddServerHeader = false);
        var host = new SimHost(builder.Build(), sims, alone);
        await host._app.StartAsync();
        host.Url = host._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().TrimEnd('/');
        foreach (var sim in sims) sim.Url = alone ? host.Url : $"{host.Url}/{sim.Name}";
        return host;
    }

    /// <summary>Starts one alone on a free port of this machine; its host ends with it.</summary>
    public static async Task<TSim> Listening<TSim>(TSim sim) where TSim : VendorSim
    {
        sim.OwnedBy(await Start([sim], alone: true));
        return sim;
    }

    public Task Wait(CancellationToken stop) => _app.WaitForShutdownAsync(stop);

    private async Task Serve(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/_control", out var rest))
        {
            await ControlPage.Serve(this, http, rest);
            return;
        }
        if (IsAlone) { await Sims[0].Serve(http); return; }
        foreach (var sim in Sims)
        {
            if (!http.Request.Path.StartsWithSegments("/" + sim.Name, out var inner)) continue;
            http.Request.PathBase = "/" + sim.Name;
            http.Request.Path = inner;
            await sim.Serve(http);
            return;
        }
        if (http.Request.Path == "/") http.Response.Redirect("/_control");
        else http.Response.StatusCode = 404;
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }
}
