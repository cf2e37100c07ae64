using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Connectors;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Demo;

/// <summary>Shows the simulated vendors beside a demo, and makes things happen in them: orders come, are changed and called off, and the vendor misbehaves.</summary>
public static class SteerSimulators
{
    private const int MostOrders = 100, MostCalls = 1_000, MostCopies = 20, MostDelay = 600, MostAMinute = 600, Latest = 8;

    public static readonly Error None = Error.NotFound("demo.no_simulators", "This server is no demo: no simulated vendors run beside it.");
    public static readonly Error Silent = new(ErrorKind.Upstream, "demo.simulators_silent", "The simulated vendors do not answer. They end with the command that started them: start the demo again.", []);

    /// <summary>A simulated vendor's shop that a channel may be at. Its credentials are made up and good for it alone.</summary>
    /// <param name="Shop">As it calls itself.</param>
    /// <param name="Channel">The channel that is connected with it; null: none.</param>
    /// <param name="Settings">What a connection with it needs.</param>
    /// <param name="Secrets">The same, of its secrets.</param>
    public sealed record Simulator(string Name, string Adapter, string Shop, string? Channel, string BaseUrl, JsonObject Settings, IReadOnlyDictionary<string, string> Secrets)
    {
        [System.Text.Json.Serialization.JsonPropertyOrder(-1)]
        public string Object => "simulator";
    }

    /// <param name="Sent">Tries to send one, since it was started.</param>
    /// <param name="Taken">Of these, answered well.</param>
    /// <param name="Lost">Not sent, on purpose.</param>
    public sealed record Messages(long Sent, long Taken, long Lost, bool LosesAll, long Copies, bool ForgesToo, long DelaySeconds);

    public sealed record Goods(string Sku, string Title, long Units);

    /// <param name="Total">With its currency, in no language.</param>
    public sealed record SimulatedOrder(string Id, string Number, DateTimeOffset PlacedAt, string Buyer, string To, string Total, [property: Words("unpaid", "paid", "partlyShipped", "shipped", "cancelled")] string State);

    /// <param name="PerMinute">Orders a minute that come by themselves.</param>
    /// <param name="Mood">How calls are answered from now on.</param>
    /// <param name="Announced">Calls that will be answered in another mood first.</param>
    /// <param name="LatestOrders">The newest first.</param>
    public sealed record State(string Object, string Name, long Orders, decimal PerMinute, [property: Words(typeof(Moods))] string Mood, long Announced, Messages Messages, IReadOnlyList<Goods> Goods, IReadOnlyList<SimulatedOrder> LatestOrders);

    /// <summary>What a simulated vendor does with calls. After: it does what was asked, and the answer is lost.</summary>
    public enum Moods { Fine, Slow, Throttled, Broken, Refused, Hangs, BreaksOff, Malformed, HangsAfter, FailsAfter, BreaksOffAfter }

    public enum Acts { Place, BuyAll, Stream, Mood, Messages, SendAgain, ExpireTokens, Change, Cancel, Refund, Ship }

    /// <param name="Act">place: count orders, of sku or of anything; buyAll: all that is left of sku; stream: perMinute orders from now on; mood: for so many calls, or without calls from now on; messages: how they are
    /// sent; sendAgain: all messages once more; expireTokens; change (another address), cancel, refund, ship: order.</param>
    /// <param name="Order">The id of an order of the shop.</param>
    public sealed record Request([Words(typeof(Acts))] string? Act, long? Count = null, string? Sku = null, long? PerMinute = null, [Words(typeof(Moods))] string? Mood = null, long? Calls = null,
        bool? LosesAll = null, long? Copies = null, bool? ForgesToo = null, long? DelaySeconds = null, string? Order = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/simulators", async (Simulators simulators, ConnectorDesk desk, Db db, Actor actor, HttpContext http) => (await List(simulators, desk, db, actor, http.RequestAborted)).ToHttp())
            .Requires(Permission.SettingsWrite).OnlyForTheHouse().WithName("simulators.list").WithTags("Demo").WithSummary("List the simulated vendors that run beside a demo; elsewhere there are none")
            .Produces<Page<Simulator>>().ProducesProblem(502);
        routes.MapGet("/simulators/{simulator}", async (string simulator, Simulators simulators, HttpContext http) => (await Read(simulator, simulators, http.RequestAborted)).ToHttp())
            .Requires(Permission.SettingsWrite).OnlyForTheHouse().WithName("simulators.read").WithTags("Demo").WithSummary("Read what happens in a simulated vendor's shop")
            .Produces<State>().ProducesProblem(404).ProducesProblem(502);
        routes.MapPost("/simulators/{simulator}/act", async (string simulator, Request body, Simulators simulators, HttpContext http) => (await Do(simulator, body, simulators, http.RequestAborted)).ToHttp())
            .Requires(Permission.SettingsWrite).OnlyForTheHouse().WithName("simulators.act").WithTags("Demo").WithSummary("Make something happen in a simulated vendor's shop: orders, changes, and misbehaviour")
            .Produces<State>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(502);
    }

    /// <remarks>Errors: demo.simulators_silent.</remarks>
    internal static async Task<Result<Page<Simulator>>> List(Simulators simulators, ConnectorDesk desk, Db db, Actor actor, CancellationToken stop)
    {
        if (simulators.Address is null) return new Page<Simulator>([], null, false);
        var shops = await simulators.All(stop);
        if (shops.Error is { } error) return error;
        var connected = (await db.Read(actor, Connection.All)).ToLookup(c => c.BaseUrl.TrimEnd('/'), c => c.Channel);
        return new Page<Simulator>([.. shops.Value.Where(s => desk.Channels.Any(c => c.Manifest.Code == Text(s, "adapter"))).Select(s => Of(s, connected[Text(s, "baseUrl").TrimEnd('/')].FirstOrDefault()))], null, false);
    }

    internal static Simulator Of(JsonObject shop, string? channel) => new(Text(shop, "name"), Text(shop, "adapter"), Text(shop, "shop"), channel, Text(shop, "baseUrl"), shop["settings"]?.DeepClone() as JsonObject ?? [],
        (shop["secrets"] as JsonObject ?? []).ToDictionary(s => s.Key, s => s.Value?.ToString() ?? ""));

    /// <remarks>Errors: demo.no_simulators, demo.no_such_simulator, demo.simulators_silent.</remarks>
    internal static async Task<Result<State>> Read(string name, Simulators simulators, CancellationToken stop)
    {
        var shop = await simulators.Of([name], null, stop);
        if (shop.Error is { } error) return error;
        var (goods, orders) = (await simulators.Of([name, "listings"], null, stop), await simulators.Of([name, "orders"], null, stop));
        if ((goods.Error ?? orders.Error) is { } unread) return unread;
        var (s, sends) = (shop.Value, shop.Value["messages"]!);
        return new State("simulatorState", name, (long)s["orders"]!, (decimal)s["stream"]!["perMinute"]!, s["mood"]!.ToString(), (long)s["announced"]!,
            new Messages((long)sends["sent"]!, (long)sends["taken"]!, (long)sends["dropped"]!, (bool)sends["dropsAll"]!, (long)sends["copies"]!, (bool)sends["forgesToo"]!, (long)(double)sends["delaySeconds"]!),
            [.. goods.Value.AsArray().Select(g => new Goods(Text(g, "sku"), Text(g, "title"), (long)g!["available"]!))],
            [.. orders.Value.AsArray().Take(Latest).Select(o => new SimulatedOrder(Text(o, "id"), Text(o, "number"), (DateTimeOffset)o!["placedAt"]!, Text(o, "buyer"), Text(o, "to"), $"{Text(o, "total")} {Text(o, "currency")}",
                Text(o, "state") is "partly shipped" ? "partlyShipped" : Text(o, "state")))]);
    }

    /// <remarks>Errors: demo.no_simulators, demo.no_such_simulator, demo.simulator_refused, demo.simulators_silent, request.invalid.</remarks>
    internal static async Task<Result<State>> Do(string name, Request body, Simulators simulators, CancellationToken stop)
    {
        var checks = new Checks();
        bool isKnown = Named<Acts>(body.Act, out var act);
        checks.That(isKnown, "/act", "field.unknown_value", $"act is one of {Names<Acts>()}.");
        checks.Range(body.Count ?? 1, 1, MostOrders, "/count");
        checks.Range(body.PerMinute ?? 0, 0, MostAMinute, "/perMinute");
        checks.Range(body.Calls ?? 1, 1, MostCalls, "/calls");
        checks.Range(body.Copies ?? 1, 1, MostCopies, "/copies");
        checks.Range(body.DelaySeconds ?? 0, 0, MostDelay, "/delaySeconds");
        checks.Text(body.Sku, "/sku", 200, required: isKnown && act == Acts.BuyAll);
        checks.Text(body.Order, "/order", 200, required: isKnown && act is Acts.Change or Acts.Cancel or Acts.Refund or Acts.Ship);
        checks.That(!isKnown || act != Acts.Stream || body.PerMinute is not null, "/perMinute", "field.required", "perMinute is required; 0 stops the stream.");
        checks.That(!isKnown || act != Acts.Mood || Named<Moods>(body.Mood, out _), "/mood", "field.unknown_value", $"mood is one of {Names<Moods>()}.");
        if (checks.AnyFault) return checks.ToError();
        var (path, wish) = Wish(act, body);
        var done = await simulators.Of([name, .. path], wish, stop);
        return done.Error is { } error ? error : await Read(name, simulators, stop);
    }

    private static (string[] Path, JsonObject Body) Wish(Acts act, Request b) => act switch
    {
        Acts.Place => (["orders"], With(("count", b.Count ?? 1), ("sku", b.Sku is { Length: > 0 } ? b.Sku : null))),
        Acts.BuyAll => (["last-unit"], With(("sku", b.Sku))),
        Acts.Stream => (["stream"], With(("perMinute", b.PerMinute))),
        Acts.Mood => (["mood"], With(("mood", b.Mood), ("calls", b.Calls), ("always", b.Calls is null))),
        Acts.Messages => (["messages"], With(("dropsAll", b.LosesAll), ("copies", b.Copies), ("forgesToo", b.ForgesToo), ("delaySeconds", b.DelaySeconds))),
        Acts.SendAgain => (["replay"], []),
        Acts.ExpireTokens => (["expire-tokens"], []),
        Acts.Change => (["orders", b.Order!, "change"], With(("newAddress", true))),
        _ => (["orders", b.Order!, act.ToString().ToLowerInvariant()], []),
    };

    private static JsonObject With(params (string Name, JsonNode? Value)[] fields) => new(fields.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static bool Named<T>(string? name, out T value) where T : struct, Enum
    {
        foreach (var one in Enum.GetValues<T>()) if (Camel(one) == name) { value = one; return true; }
        value = default;
        return false;
    }

    private static string Names<T>() where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(Camel));
    private static string Camel<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
    private static string Text(JsonNode? of, string field) => of?[field]?.ToString() ?? "";
}
