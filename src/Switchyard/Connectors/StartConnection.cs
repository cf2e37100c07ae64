using System.Security.Cryptography;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Connectors;

/// <summary>Sets a connection to work, lets it rest, and has its channel asked now.</summary>
public static class StartConnection
{
    private static readonly TimeSpan TestHolds = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestReach = TimeSpan.FromDays(400);

    /// <param name="WithoutMessages">The channel is only asked, since it cannot reach this server; it is asked more often then.</param>
    public sealed record StartRequest(bool? WithoutMessages);

    /// <param name="Since">Every order changed since then, by the channel's clock, is asked for again; left out: those since it was asked last.</param>
    public sealed record AskRequest(DateTimeOffset? Since);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/connections/{channel}/start", async (string channel, StartRequest? body, Actor actor, Db db, ConnectorDesk desk, ConnectorSecrets secrets, OwnAddress address, ReadConnections read, TimeProvider clock, HttpContext http) =>
                await Answer(await Start(channel, body?.WithoutMessages == true, actor, db, desk, secrets, address.Of(http), clock, http.RequestAborted), channel, actor, read, http))
            .Requires(Permission.SettingsWrite).WithName("connectors.start").WithTags("Connectors").WithSummary("Set a connection to work, and have the channel send its messages here")
            .Produces<ConnectionView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(502);
        routes.MapPost("/connections/{channel}/pause", async (string channel, Actor actor, Db db, ReadConnections read, TimeProvider clock, HttpContext http) =>
                await Answer(await Move(channel, ConnectionState.Paused, null, actor, db, clock), channel, actor, read, http))
            .Requires(Permission.SettingsWrite).WithName("connectors.pause").WithTags("Connectors").WithSummary("Let a connection rest: nothing is asked and nothing told; messages are kept")
            .Produces<ConnectionView>().ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/connections/{channel}/ask", async (string channel, AskRequest? body, Actor actor, Db db, ReadConnections read, TimeProvider clock, HttpContext http) =>
                await Answer(await Ask(channel, body?.Since, actor, db, clock), channel, actor, read, http))
            .Requires(Permission.SettingsWrite).WithName("connectors.ask").WithTags("Connectors").WithSummary("Ask a channel now for what has changed, from an instant on")
            .Produces<ConnectionView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    /// <param name="ownAddress">Where the channel reaches this server.</param>
    /// <remarks>Errors: connectors.no_such_connection, connectors.not_tested, connectors.cannot_move, connectors.channel_refused, connectors.channel_failed.</remarks>
    internal static async Task<Result<Done>> Start(string channel, bool withoutMessages, Actor actor, Db db, ConnectorDesk desk, ConnectorSecrets secrets, string ownAddress, TimeProvider clock, CancellationToken stop)
    {
        if (!Text.IsStorable(channel) || await db.Read(actor, work => Connection.Find(work, channel)) is not { } connection) return ConnectorErrors.NoSuchConnection;
        var now = clock.GetUtcNow();
        var state = ConnectionStates.Parse(connection.State);
        if (!ConnectionStates.Allowed.Allows(state, ConnectionState.Live)) return ConnectorErrors.CannotMove(state, ConnectionState.Live);
        if (connection.TestedAtMs is not { } tested || now.ToUnixTimeMilliseconds() - tested > TestHolds.TotalMilliseconds) return ConnectorErrors.NotTested;
        var manifest = desk.Of(connection).Manifest;
        bool takesMessages = manifest.SignsMessages && !withoutMessages;
        string? secret = !takesMessages ? null : connection.MessageSecret ?? secrets.CloseOne(manifest.SignedBy is { } name ? "the secret " + name : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        // The secret stands before the channel may use it.
        var ready = await db.Write<Done>(actor with { Stamp = null }, async work =>
        {
            await work.Execute("update connections set message_secret = @secret::text where merchant_id = @merchant and id = @id", ("secret", secret), ("id", connection.Id.Value));
            return new Done();
        });
        if (ready.Error is { } error) return error;
        if (takesMessages && manifest.Can.Contains("subscribe"))
        {
            var subscribed = await desk.Of(connection).Subscribe(desk.Call(connection with { MessageSecret = secret }, stop), $"{ownAddress}/api/v1/channel-messages/{connection.Id}");
            if (subscribed.Fault is { } fault) return ConnectorErrors.Channel(fault);
        }
        return await Move(channel, ConnectionState.Live, connection.Version, actor, db, clock);
    }

    internal static Task<Result<Done>> Move(string channel, ConnectionState to, long? version, Actor actor, Db db, TimeProvider clock) => db.Write<Done>(actor, async work =>
    {
        if (!Text.IsStorable(channel) || await Connection.Find(work, channel, locked: true) is not { } connection) return ConnectorErrors.NoSuchConnection;
        var from = ConnectionStates.Parse(connection.State);
        if (!ConnectionStates.Allowed.Allows(from, to)) return ConnectorErrors.CannotMove(from, to);
        if (version is { } seen && seen != connection.Version) return ConnectorErrors.Changed(connection.Version);
        var now = clock.GetUtcNow();
        await work.Execute("update connections set state = @state, ask_at_ms = 0, changed_at_ms = @now, version = version + 1 where merchant_id = @merchant and id = @id",
            ("state", ConnectionStates.Name(to)), ("now", now.ToUnixTimeMilliseconds()), ("id", connection.Id.Value));
        await EventLog.Append(work, actor, now, new Happening("connection", channel, to == ConnectionState.Live ? "ConnectionStarted" : "ConnectionPaused", new { channel, adapter = connection.Adapter }));
        return new Done();
    });

    /// <remarks>Errors: connectors.no_such_connection, connectors.not_live, request.in_progress.</remarks>
    private static Task<Result<Done>> Ask(string channel, DateTimeOffset? since, Actor actor, Db db, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        checks.That(since is null || since <= now && since > now - LongestReach, "/since", "field.out_of_range", $"since lies within the last {LongestReach.Days} days.");
        if (checks.AnyFault) return Task.FromResult<Result<Done>>(checks.ToError());
        return db.Write<Done>(actor, async work =>
        {
            if (!Text.IsStorable(channel) || await Connection.Find(work, channel, locked: true) is not { } connection) return ConnectorErrors.NoSuchConnection;
            if (connection.State != "live") return ConnectorErrors.NotLive;
            // A round that is going on would set the mark anew.
            int moved = await work.Execute(
                """
                update connections set ask_at_ms = 0, cursor = case when @since::bigint is null then cursor end,
                       watermark_ms = case when @since::bigint is null then watermark_ms when watermark_ms is null or watermark_ms > @since then @since else watermark_ms end
                 where merchant_id = @merchant and id = @id and (@since::bigint is null or lease_until_ms <= @now)
                """, ("since", since?.ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds()), ("id", connection.Id.Value));
            return moved == 0 ? ConnectorErrors.BeingAsked : new Done();
        });
    }

    private static async Task<IResult> Answer(Result<Done> done, string channel, Actor actor, ReadConnections read, HttpContext http) =>
        done.Error is { } error ? error.ToHttp() : ReadConnections.Tagged(await read.One(actor, channel, http), http);
}
