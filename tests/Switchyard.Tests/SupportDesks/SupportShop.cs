using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Simulators;
using Switchyard.Support;

namespace Switchyard.Tests.SupportDesks;

/// <summary>A server of ours with one support desk at a simulated vendor.</summary>
internal sealed class SupportShop : IAsyncDisposable
{
    public const string Password = "a long enough pass phrase 7";
    private string _secret = "", _url = "";

    public required Shop Shop { get; init; }
    public required TestedDesk Desk { get; init; }
    public required KeepTickets Keeper { get; init; }
    public HelpDeskSim Sim => Desk.Sim;

    public static async Task<SupportShop> Open(DatabaseKind kind, TestedDesk desk, object? more = null, bool fakeClock = false)
    {
        var shop = await Shop.Open(kind, fakeClock);
        var outward = shop.Services.GetRequiredService<OutwardHttp>();
        (outward.Allowed, outward.AllowsPlainHttp) = (OutwardAddresses.Allowing("127.0.0.1"), true);
        var patience = shop.Services.GetRequiredService<DeskPatience>();
        (patience.Timeout, patience.FailuresBeforeRest, patience.LongestRest, patience.Waits) = (TimeSpan.FromSeconds(60), 1_000_000, TimeSpan.Zero, [TimeSpan.Zero]);
        var care = new SupportShop { Shop = shop, Desk = await desk.Open(), Keeper = await shop.ByHand<KeepTickets>() };
        await care.Write(more);
        care._secret = (await shop.Post("/support-desks/care/call-secret", new { })).GetProperty("secret").GetString()!;
        care._url = new Uri((await shop.Get("/support-desks/care")).GetProperty("callUrl").GetString()!).AbsolutePath;
        return care;
    }

    /// <summary>The desk's settings; members of <paramref name="more"/> take the place of these.</summary>
    public Task<JsonElement> Write(object? more = null)
    {
        var body = new JsonObject
        {
            ["adapter"] = Sim.Adapter, ["name"] = "Customer care", ["baseUrl"] = Sim.BaseUrl, ["settings"] = Sim.Settings,
            ["secrets"] = JsonSerializer.SerializeToNode(Sim.Secrets),
            ["troubles"] = new JsonArray("parcel_lost", "over_paid"), ["macros"] = new JsonArray("cancel", "refund", "resend"), ["callsPerMinute"] = 60_000,
        };
        if (more is not null) foreach (var (name, value) in JsonSerializer.SerializeToNode(more)!.AsObject()) body[name] = value?.DeepClone();
        return Shop.Put("/support-desks/care", body);
    }

    /// <summary>Somebody who works here with these rights.</summary>
    public Task<string> Agent(string name, params string[] permissions) => AgentOf(name, null, permissions);

    /// <param name="node">All they see; null: every node.</param>
    public async Task<string> AgentOf(string name, string? node, params string[] permissions)
    {
        await Shop.Post("/roles", new { id = "role-" + name, name = "Role " + name, permissions });
        await Shop.Post("/users", new { userName = name, displayName = name, email = name + "@Hearth.example", password = Password, roles = new[] { "role-" + name }, nodes = node is null ? null : new[] { node } });
        return name + "@hearth.example";
    }

    /// <summary>Calls as the desk's app does for an agent.</summary>
    public async Task<JsonElement> Call(string agent, string what, object body, int status = 200, string? code = null, string? secret = null)
    {
        var (headers, bytes) = Desk.Shown(agent, secret ?? _secret, DateTimeOffset.UtcNow, JsonSerializer.SerializeToNode(body)!.AsObject());
        using var client = Shop.Client(null);
        using var answer = await Shop.Patiently(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"{_url}/{what}") { Content = new ByteArrayContent(bytes) };
            request.Content.Headers.ContentType = new("application/json");
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            return client.SendAsync(request);
        });
        var said = await Shop.Read(answer, status);
        if (code is not null) said.GetProperty("code").GetString().ShouldBe(code);
        return said;
    }

    public Task Raise(string kind, string subject, OrderId? order = null) => Batch(batch =>
        ExceptionsRoom.Raise(batch, [new Trouble(kind, subject, "Parcel JD1 counts as lost.", order?.Value)], Now));

    public Task Mend(string kind, string subject) => Batch(batch => ExceptionsRoom.Mend(batch, [(kind, subject)], House,
        "It came after all, says Ada Byron.", Now));

    private DateTimeOffset Now => Shop.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    private static Actor House => Actor.House("system:test", 1);

    private async Task Batch(Action<Batch> queue)
    {
        var done = await Shop.Db.Write<Done>(House, async work =>
        {
            var batch = work.Batch();
            queue(batch);
            await batch.Run();
            return new Done();
        });
        done.IsOk.ShouldBeTrue(done.Error?.Detail);
    }

    public async ValueTask DisposeAsync()
    {
        await Shop.DisposeAsync();
        await Desk.DisposeAsync();
    }
}
