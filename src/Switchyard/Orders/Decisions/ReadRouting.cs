using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Says why an order goes from where it goes: every decision about it, what was thought of each node, and what would have changed it.</summary>
public static class ReadRouting
{
    private const int MostDecisions = 20;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/orders/{id}/routing", async (string id, int? limit, string? after, Actor actor, Db db, FindOrder find, NetworkReader network, PastDecisions past) =>
                (await Handle(id, limit, after, actor, db, find, network, past)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("orders.routing").WithSummary("Why an order goes from where it goes, newest decision first").WithTags("Orders")
            .WithDescription("Decisions are made again from what they saw, so that costs by part and what would have flipped them are exact. Where that is not known any more, inputs says why.")
            .Produces<Page<RoutingStory.DecisionView>>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: orders.not_found, request.invalid with #limit, #after.</remarks>
    public static async Task<Result<Page<RoutingStory.DecisionView>>> Handle(string id, int? limit, string? after, Actor actor, Db db, FindOrder find, NetworkReader network, PastDecisions past)
    {
        var checks = new Checks();
        int most = Math.Min(limit ?? MostDecisions, MostDecisions);
        checks.Range(limit ?? MostDecisions, 1, Cursor.MostLimit, "#limit");
        long before = long.MaxValue;
        if (!Cursor.TryNumber(after, ref before)) checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        if (checks.AnyFault) return checks.ToError();
        if (!OrderId.TryParse(id, null, out var order) || await find.Find(actor, order) is null) return OrderErrors.NotFound(id);
        var now = await network.Settings(actor.Merchant);
        return await db.Read<Result<Page<RoutingStory.DecisionView>>>(actor, async work =>
        {
            var kept = await PastDecisions.Of(work, order, before, most + 1);
            var told = new List<RoutingStory.DecisionView>(kept.Count);
            foreach (var decision in kept.Take(most)) told.Add(RoutingStory.Of(await past.Rebuild(work, decision, now), now, isCurrent: told.Count == 0 && before == long.MaxValue));
            return new Page<RoutingStory.DecisionView>(told, kept.Count > most ? Text.Invariant(told[^1].Version) : null, kept.Count > most);
        }, snapshot: true);
    }
}
