using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>Shows the adapters there are, and how connections with channels fare.</summary>
public sealed class ReadConnections(Db db, ConnectorDesk desk, ConnectorPatience patience, OwnAddress address, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/channel-adapters", (ConnectorDesk desk) => Results.Json(new Page<ChannelManifest>([.. desk.Channels.Select(c => c.Manifest)], null, false), Json.Options))
            .Requires(Permission.SettingsRead).WithName("connectors.listAdapters").WithTags("Connectors").WithSummary("List the adapters for sales channels, with what is not verified of each")
            .Produces<Page<ChannelManifest>>();
        routes.MapGet("/connections", async (ReadConnections read, Actor actor, HttpContext http) => Results.Json(await read.All(actor, http), Json.Options))
            .Requires(Permission.SettingsRead).WithName("connectors.list").WithTags("Connectors").WithSummary("List the connections with sales channels").Produces<Page<ConnectionView>>();
        routes.MapGet("/connections/{channel}", async (string channel, ReadConnections read, Actor actor, HttpContext http) => Tagged(await read.One(actor, channel, http), http))
            .Requires(Permission.SettingsRead).WithName("connectors.read").WithTags("Connectors").WithSummary("Read a connection and how it fares").Produces<ConnectionView>().ProducesProblem(404);
    }

    public Task<Page<ConnectionView>> All(Actor actor, HttpContext http) => db.Read(actor, async work =>
        new Page<ConnectionView>(await Views(work, await Connection.All(work), http), null, false), snapshot: true);

    public Task<Result<ConnectionView>> One(Actor actor, string channel, HttpContext http) => db.Read<Result<ConnectionView>>(actor, async work =>
        Text.IsStorable(channel) && await Connection.Find(work, channel) is { } found ? await View(work, found, http) : ConnectorErrors.NoSuchConnection, snapshot: true);

    internal async Task<ConnectionView> View(Work work, Connection connection, HttpContext http) => (await Views(work, [connection], http))[0];

    internal static IResult Tagged(Result<ConnectionView> found, HttpContext http)
    {
        if (found.IsOk) ETag.Set(http, found.Value.Version);
        return found.ToHttp();
    }

    private Task<IReadOnlyList<ConnectionView>> Views(Work work, IReadOnlyList<Connection> connections, HttpContext http) =>
        ConnectionHealth.Views(work, connections, desk, patience, address.Of(http), clock.GetUtcNow());
}
