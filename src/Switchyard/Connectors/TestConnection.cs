using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>Asks a channel whether it takes the credentials of its connection, and for what.</summary>
public static class TestConnection
{
    /// <param name="Shop">Behind the credentials; null when they are not good.</param>
    /// <param name="Fault">notSent: not reached; unknown: no answer in time; malformed: the answer is not this channel's; unauthorized: the credentials are not taken; throttled; refused; unsupported.</param>
    /// <param name="Said">What the channel said, in its words.</param>
    public sealed record Response(string Object, bool Ok, ChannelShop? Shop, [property: Words(typeof(FaultKind))] string? Fault, string? Said);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/connections/{channel}/test", async (string channel, ConnectorDesk desk, Db db, TimeProvider clock, Actor actor, HttpContext http) => (await Handle(channel, desk, db, clock, actor, http.RequestAborted)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("connectors.test").WithTags("Connectors").WithSummary("Ask a channel whether it takes the credentials of its connection")
            .Produces<Response>().ProducesProblem(404);

    internal static async Task<Result<Response>> Handle(string channel, ConnectorDesk desk, Db db, TimeProvider clock, Actor actor, CancellationToken stop)
    {
        if (!Text.IsStorable(channel) || await db.Read(actor, work => Connection.Find(work, channel)) is not { } connection) return ConnectorErrors.NoSuchConnection;
        var asked = await desk.Of(connection).Test(desk.Call(connection, stop));
        if (asked.Fault is { } fault) return new Response("connectionTest", false, null, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(fault.Kind.ToString()), fault.Words);
        // Of what was tested, not of what somebody wrote meanwhile.
        var kept = await db.Write<Done>(actor with { Stamp = null }, async work =>
        {
            await work.Execute("update connections set tested_at_ms = @now where merchant_id = @merchant and id = @id and version = @version",
                ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("id", connection.Id.Value), ("version", connection.Version));
            return new Done();
        });
        return kept.Error is { } error ? error : new Response("connectionTest", true, asked.Value, null, null);
    }
}
