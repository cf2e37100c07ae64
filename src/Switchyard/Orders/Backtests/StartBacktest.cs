using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Tries other rules, prices or nodes on orders of the past, as a job. Nothing is changed.</summary>
public static class StartBacktest
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/routing/backtests", async (BacktestWish body, Actor actor, Db db, NetworkReader network, TimeProvider clock, BacktestJob kind) =>
                (await Handle(body, actor, db, network, clock, kind)).ToHttp(202))
            .Requires(Permission.SettingsRead).WithName("routing.backtest").WithSummary("Try other rules, prices or nodes on orders of the past").WithTags("Routing")
            .WithDescription("Answers 202 with the job; follow GET /routing/backtests/{id}, and stop it with POST /jobs/{id}/cancel.")
            .Produces<JobView>(202).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);

    /// <remarks>Errors: request.invalid, nodes.only_your_nodes, routing.not_found, routing.no_version, rate_cards.no_such_card, those of queries.</remarks>
    public static async Task<Result<JobView>> Handle(BacktestWish body, Actor actor, Db db, NetworkReader network, TimeProvider clock, BacktestJob kind)
    {
        var settings = await network.Settings(actor.Merchant);
        if (await network.HasMoved(settings)) settings = await network.Refresh(actor.Merchant);
        var checks = new Checks();
        body.Check(checks, settings);
        if (!checks.AnyFault && body.Rules is not null && !actor.May(Permission.PricesRead)) RoutingForm.RefuseAmounts(checks, body.Rules, "/rules");
        if (checks.AnyFault) return checks.ToError();
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;
        var prepared = await BacktestRules.Find(body, db, actor);
        if (prepared.Error is { } error) return error;
        return await db.Write<JobView>(actor, async work => await StartJob.Handle(work, actor, clock.GetUtcNow(), new NewJob(kind, prepared.Value.AsSent(body))));
    }
}

/// <summary>The rules of a back-test, found by their name once: they do not change while it runs.</summary>
/// <param name="Rules">Null: the house rule, or those of each order's time.</param>
public sealed record BacktestRules(string Strategy, long Number, RoutingRules? Rules, IReadOnlyDictionary<string, RateCard> Cards)
{
    /// <remarks>Errors: routing.not_found, routing.no_version, rate_cards.no_such_card, those of queries.</remarks>
    public static async Task<Result<BacktestRules>> Find(BacktestWish wish, Db db, Actor actor)
    {
        var (code, number, rules) = ("", 0L, wish.Rules);
        if (wish.Strategy is not null)
        {
            var found = await RoutingVersions.Find(db, actor, wish.Strategy, wish.Number);
            if (found.Error is { } none) return none;
            (code, number, rules) = (found.Value.Strategy, found.Value.Number, found.Value.Rules);
        }
        if (rules is not null && RoutingStrategy.Read(code, number, rules, wish.Rules is null ? "" : "/rules").Error is { } wrong) return wrong;
        var cards = new Dictionary<string, RateCard>(StringComparer.Ordinal);
        foreach (string by in (wish.Change?.RateCards ?? []).SelectMany(c => new[] { c!.Card, c.By }).OfType<string>().Distinct())
        {
            if (await PastSettings.Card(db, actor, by) is not { } card) return Error.NotFound("rate_cards.no_such_card", $"There is no rate card {by}.");
            cards[by] = card;
        }
        return new BacktestRules(code, number, rules, cards);
    }

    /// <summary>As the job keeps it: a draft by its rules, since it may be changed meanwhile.</summary>
    public BacktestWish AsSent(BacktestWish wish) => Number == 0 && Rules is not null ? wish with { Rules = Rules, Strategy = null, Number = null } : wish with { Number = Number == 0 ? null : Number };
}
