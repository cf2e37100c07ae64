using Switchyard.Access;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>Shows the next days of a node: when it works, and how much of each is promised.</summary>
public static class ReadNodeDays
{
    private const int MostDays = 90;

    /// <param name="Opens">By the node's clock; null: it does not work, or all day.</param>
    /// <param name="Parcels">Parcels that are to leave on that day; null where there is no capacity to keep to.</param>
    /// <param name="IsFull">Dates that are told now skip the day.</param>
    public sealed record Day(DateOnly Date, bool Works, TimeOnly? Opens, TimeOnly? Closes, long? Capacity, long? Parcels, bool IsFull);

    public sealed record Response(string Object, string Node, string TimeZone, IReadOnlyList<Day> Days);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/nodes/{code}/days", async (string code, int? days, NetworkReader network, TimeProvider clock, Actor actor) => (await Handle(code, days, network, clock, actor)).ToHttp())
            .Requires(Permission.NodesRead).WithName("nodes.days").WithSummary("Read when a node works next, and how full its days are").WithTags("Nodes")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<Result<Response>> Handle(string code, int? days, NetworkReader network, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Range(days ?? 14, 1, MostDays, "#days");
        if (checks.AnyFault) return checks.ToError();
        var settings = await network.Settings(actor.Merchant);
        if (await network.HasMoved(settings)) settings = await network.Refresh(actor.Merchant);
        if (!Text.IsStorable(code) || !settings.NodesByCode.TryGetValue(Text.Key(code), out var node) || !actor.MaySeeNode(node.Id)) return NodeErrors.NoSuchNode(code);
        var (calendar, first) = (node.Calendar, node.Calendar.DayOf(clock.GetUtcNow()));
        long? capacity = settings.Capacities.TryGetValue(node.Id, out long most) ? most : null;
        return new Response("nodeDays", node.Code, node.TimeZone.Id, [.. Enumerable.Range(0, days ?? 14).Select(first.AddDays).Select(day =>
        {
            bool works = calendar.Works(day);
            return new Day(day, works, works ? calendar.Opening?.GetValueOrDefault(day.DayOfWeek) : null, works ? calendar.Closing?.GetValueOrDefault(day.DayOfWeek) : null,
                capacity, capacity is null ? null : settings.Days.Taken(node.Id, day), settings.IsFull(node.Id, day));
        })]);
    }
}
