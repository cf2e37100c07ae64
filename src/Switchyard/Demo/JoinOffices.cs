using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Erp;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Support;

namespace Switchyard.Demo;

/// <summary>
/// Where a server is a demo, connects its help desk and its ERP with simulated ones, so that tickets are opened and books are kept by themselves. What somebody connected with something else, or
/// paused, stays as it is; one that moved since the demo was started last is followed to its new address.
/// </summary>
internal sealed partial class JoinOffices(Simulators simulators, Db db, WriteDesk desks, SupportDesks askDesk, ErpDesk erp, ErpSecrets secrets, OutwardHttp outward, TimeProvider clock,
    IHostApplicationLifetime life, ILogger<JoinOffices> log) : BackgroundService
{
    private const int MostTries = 60;
    private const string DeskAdapter = "zendesk", ErpAdapter = "netsuite";

    /// <summary>The demo shop's warehouse is the first of the two locations of the simulated ERP.</summary>
    private static readonly Dictionary<string, string?> Places = new() { ["MAIN"] = "1" };

    /// <summary>The range is the demo shop's own: the ERP names its items for the orders it is told, and renames nothing here.</summary>
    private static readonly Dictionary<string, string?> Flows = new() { ["items"] = ErpFlows.Off };

    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (simulators.Address is null) return;
        try
        {
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var one = life.ApplicationStarted.Register(() => started.TrySetResult());
            await started.Task.WaitAsync(stoppingToken);
            await Join(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { /* the server stops */ }
#pragma warning disable CA1031 // the process edge: a demo without its offices is a server all the same
        catch (Exception e) { Failed(log, e); }
#pragma warning restore CA1031
    }

    internal async Task Join(CancellationToken stop)
    {
        Result<IReadOnlyList<JsonObject>> all;
        for (int tries = 1; (all = await simulators.All(stop)).Error is not null; tries++)
        {
            if (tries == MostTries) return;
            await Task.Delay(Pause, clock, stop);
        }
        if (await House() is not { } house) return;
        foreach (var sim in all.Value.Select(s => SteerSimulators.Of(s, null)))
            if (sim.Adapter == DeskAdapter) await JoinDesk(house, sim, stop);
            else if (sim.Adapter == ErpAdapter) await JoinErp(house, sim, stop);
    }

    private async Task<Actor?> House()
    {
        var found = await db.ReadAll(work => work.Query(
            "select m.id from merchants m where m.id = (select min(id) from merchants) and exists (select 1 from channels c where c.merchant_id = m.id and c.code = 'woocommerce') /* house */", row => row.Long()));
        return found is [var merchant] ? Actor.House("system:demo", merchant) : null;
    }

    private async Task JoinDesk(Actor house, SteerSimulators.Simulator sim, CancellationToken stop)
    {
        var before = await db.Read(house, work => Desk.Find(work, DeskAdapter));
        if (before is null ? (await db.Read(house, Desk.All)).Count > 0 : !IsToFollow(before.BaseUrl, sim.BaseUrl)) return;
        var wish = new WriteDesk.Request(DeskAdapter, before?.Name, sim.BaseUrl, sim.Settings, sim.Secrets.ToDictionary(s => s.Key, s => (string?)s.Value),
            ["sold_while_allocated", "refund_owed"], before?.Macros ?? ["cancel", "refund", "resend"], before?.RefundMostMinor ?? 5_000, before?.CallsPerMinute, before is null || before.State == "active");
        if (Refused(sim, (await desks.Handle(DeskAdapter, wish, null, house)).Error)) return;
        Refused(sim, (await TestDesk.Handle(DeskAdapter, askDesk, db, clock, house, stop)).Error);
    }

    private async Task JoinErp(Actor house, SteerSimulators.Simulator sim, CancellationToken stop)
    {
        // Its books are new with each start: it needs the items that orders name.
        var skus = new JsonArray([.. DemoShop.Range().Select(p => (JsonNode)p.Sku)]);
        if (Refused(sim, (await simulators.Of([sim.Name, "items"], new JsonObject { ["skus"] = skus }, stop)).Error)) return;
        var before = await db.Read(house, work => ErpAccount.Find(work));
        if (before is not null && (before.Adapter != ErpAdapter || !IsToFollow(before.BaseUrl, sim.BaseUrl))) return;
        var wish = new WriteErp.Request(ErpAdapter, sim.BaseUrl, sim.Settings, sim.Secrets.ToDictionary(s => s.Key, s => (string?)s.Value),
            before?.Flows.ToDictionary(f => f.Key, f => (string?)f.Value) ?? Flows, before?.Places.ToDictionary(p => p.Key, p => (string?)p.Value) ?? Places,
            before?.LiveFromMs is { } from ? DateTimeOffset.FromUnixTimeMilliseconds(from) : null, before?.CallsPerMinute);
        if (Refused(sim, (await WriteErp.Handle(wish, null, house, db, erp, secrets, outward, clock)).Error)) return;
        var tested = await StartErp.Test(house, db, erp, clock, stop);
        if (Refused(sim, tested.Error)) return;
        if (!tested.Value.Ok)
        {
            NotJoined(log, sim.Name, tested.Value.Said ?? "");
            return;
        }
        var now = await db.Read(house, work => ErpAccount.Find(work));
        if (now is not null && now.State != "live" && before is not { State: "paused" }) Refused(sim, (await StartErp.Move(ErpState.Live, house, db, clock)).Error);
    }

    /// <summary>Was it at a simulated one that is elsewhere by now?</summary>
    private bool IsToFollow(string before, string now) =>
        before.TrimEnd('/') != now.TrimEnd('/') && (simulators.Has(before) || Uri.TryCreate(before, UriKind.Absolute, out var uri) && uri.IsLoopback);

    private bool Refused(SteerSimulators.Simulator sim, Error? error)
    {
        if (error is not null) NotJoined(log, sim.Name, error.Detail);
        return error is not null;
    }

    [LoggerMessage(LogLevel.Warning, "The simulated {Office} is not connected: {Why}")]
    private static partial void NotJoined(ILogger log, string office, string why);

    [LoggerMessage(LogLevel.Warning, "The simulated help desk and ERP are not connected")]
    private static partial void Failed(ILogger log, Exception e);
}
