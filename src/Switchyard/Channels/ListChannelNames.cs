using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Channels;

/// <summary>What channels are called. Whoever sees orders may know it; how a channel is served is told to whoever sees settings.</summary>
public static class ListChannelNames
{
    public sealed record ChannelName(string Code, string Name);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/channel-names", async (int? limit, string? after, Db db, Actor actor) => (await Handle(limit, after, db, actor)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("channels.names").WithSummary("List the names of channels").WithTags("Channels")
            .Produces<Page<ChannelName>>().ProducesProblem(400);

    public static async Task<Result<Page<ChannelName>>> Handle(int? limit, string? after, Db db, Actor actor)
    {
        var paging = Paging.Check(limit, after);
        if (paging.Error is { } error) return error;
        var (most, from) = paging.Value;
        var found = await db.Read(actor, work => work.Query(
            "select code, name from channels where merchant_id = @merchant and code > @after order by code limit @limit",
            row => new ChannelName(row.Text(), row.Text()), ("after", from), ("limit", most + 1L)));
        return Page<ChannelName>.Of(found, most, c => c.Code);
    }
}
