using Switchyard.Access;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>Shows what would be promised of a node, service by service, for an order placed at some instant.</summary>
public static class ReadNodeDates
{
    /// <param name="CutOff">The cut-off that counted, by the node's clock; null: the service has none.</param>
    /// <param name="FullDays">Days that were skipped because the node has as much to do as it can.</param>
    public sealed record Service(string Code, string Method, int TransitDays, DateOnly ShipDay, DateOnly DeliverDay, DateTimeOffset ShipBy, DateTimeOffset DeliverBy, TimeOnly? CutOff, int FullDays);

    /// <param name="Services">Those that reach the place, same-day around the node and collect at it among them, the earliest arrival first.</param>
    public sealed record Response(string Object, string Node, string TimeZone, DateTimeOffset PlacedAt, IReadOnlyList<Service> Services);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/nodes/{code}/dates", async (string code, string? country, string? postcode, DateTimeOffset? placedAt, NetworkReader network, TimeProvider clock, Actor actor) =>
                (await Handle(code, country, postcode, placedAt ?? clock.GetUtcNow(), network, actor)).ToHttp())
            .Requires(Permission.NodesRead).WithName("nodes.dates").WithSummary("Read what a node would promise for an order placed at some instant").WithTags("Nodes")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<Result<Response>> Handle(string code, string? country, string? postcode, DateTimeOffset placedAt, NetworkReader network, Actor actor)
    {
        var checks = new Checks();
        NodeChecks.Country(checks, country, "#country");
        checks.Text(postcode, "#postcode", 20);
        if (checks.AnyFault) return checks.ToError();
        country = country!.ToUpperInvariant();
        var settings = await network.Settings(actor.Merchant);
        if (await network.HasMoved(settings)) settings = await network.Refresh(actor.Merchant);
        if (!Text.IsStorable(code) || !settings.NodesByCode.TryGetValue(Text.Key(code), out var node) || !actor.MaySeeNode(node.Id)) return NodeErrors.NoSuchNode(code);
        var place = settings.PlaceOf(country, postcode);
        var services = new List<Service>();
        void Add(string service, string method, int transitDays, DatesOfParcel? found)
        {
            if (found is { } dates) services.Add(new Service(service, method, transitDays, dates.ShipDay, dates.DeliverDay, dates.ShipBy, dates.DeliverBy, dates.CutOff, dates.FullDays));
        }
        DatesOfParcel? Sent(string service, int transitDays) => PromiseDates.Of(node, service, transitDays, placedAt,
            new ParcelTerms(settings.Carriers.Of(node.Id, service), country, settings.Capacities.ContainsKey(node.Id) ? day => settings.IsFull(node.Id, day) : null));
        foreach (var lane in settings.LanesTo(node.Id, place).DistinctBy(l => l.Service)) Add(lane.Service, lane.Method, lane.TransitDays, Sent(lane.Service, lane.TransitDays));
        if (node.SameDay is not null && place.Near.Split(',').Contains(Text.Invariant(node.Id))) Add(DeliveryWays.SameDay, DeliveryWays.SameDay, 0, Sent(DeliveryWays.SameDay, 0));
        if (node.Collect is { } collect) Add(DeliveryWays.Collect, DeliveryWays.Collect, 0, PromiseDates.Collected(node, collect.ReadyMinutes, placedAt));
        return new Response("nodeDates", node.Code, node.TimeZone.Id, placedAt,
            [.. services.OrderBy(s => s.DeliverBy).ThenBy(s => s.ShipBy).ThenBy(s => s.Code, StringComparer.Ordinal)]);
    }
}
