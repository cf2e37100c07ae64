using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>Asks a ranker about a made-up order, whether it is switched on or paused, and shows what was asked and what it said.</summary>
public static class TryRanker
{
    /// <param name="Sku">What is ordered; one unit.</param>
    public sealed record Request(string? Country = null, string? Postcode = null, string? Method = null, string? Sku = null);

    /// <param name="Outcome">What an order would have noted.</param>
    /// <param name="Fault">In plain words, where it is not answered.</param>
    public sealed record Response(string Object, [property: Words("answered", "late", "failed", "malformed")] string Outcome, string? Fault, long TookMs, IReadOnlyDictionary<string, int> Scores,
        RankerTalk.Question Question);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/routing/rankers/{code}/try", async (string code, Request body, Db db, NetworkReader network, AskRankers ask, Actor actor) =>
                (await Handle(code, body, db, network, ask, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("routing.tryRanker").WithSummary("Ask a ranker about a made-up order").WithTags("Routing")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);

    /// <remarks>Errors: routing.no_ranker, nodes.only_your_nodes, request.invalid.</remarks>
    public static async Task<Result<Response>> Handle(string code, Request body, Db db, NetworkReader network, AskRankers ask, Actor actor)
    {
        var checks = new Checks();
        if (body.Country is not null) NodeChecks.Country(checks, body.Country, "/country");
        checks.Text(body.Postcode, "/postcode", 32);
        checks.Text(body.Method, "/method", 64);
        checks.Text(body.Sku, "/sku", 100);
        if (checks.AnyFault) return checks.ToError();
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;
        if (await db.Read(actor, work => WriteRanker.Settings(work, code)) is not { } ranker) return RankerErrors.NotFound;
        var settings = await network.Settings(actor.Merchant);
        if (await network.HasMoved(settings)) settings = await network.Refresh(actor.Merchant);
        var order = new RoutedOrder(null, body.Method, body.Country?.ToUpperInvariant(), body.Postcode) { Lines = [new RoutedLine(1, null, body.Sku ?? "SAMPLE", 1, 500)] };
        var place = settings.PlaceOf(order.Country, order.Postcode);
        List<(NodeSettings, IReadOnlyList<LaneOffer>)> nodes = [.. settings.Nodes.Where(n => n.IsForSale).Select(n => (n, (IReadOnlyList<LaneOffer>)
            [.. settings.LanesTo(n.Id, place).Select(l => new LaneOffer(l.Service, l.BaseMinor, l.PerKgMinor, l.MaxWeightGrams, l.TransitDays))]))];
        var heard = await ask.Once(settings, ranker, order, nodes);
        return new Response("rankerTried", heard.Answer.Outcome, heard.Fault, (long)heard.Took.TotalMilliseconds,
            (heard.Answer.Scores ?? new Dictionary<long, int>()).ToDictionary(s => settings.NodesById[s.Key].Code, s => s.Value), RankerTalk.Ask(ranker.Code, order, nodes, settings));
    }
}
