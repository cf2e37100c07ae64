using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Shows the rules by which orders are sorted when they come in; makes, changes and removes them.</summary>
public static class WriteIntakeRule
{
    private const int MostRules = 200;

    /// <param name="When">Which orders it is about; absent: all.</param>
    public sealed record Request(int Position, IntakeMarks Set, bool IsActive = true, OrderConditions? When = null);
    public sealed record Response(string Object, string Code, int Position, bool IsActive, OrderConditions? When, IntakeMarks? Set, long Version);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/intake-rules", async (Db db, Actor actor) =>
                Results.Json(new Page<Response>([.. (await db.Read(actor, PolicyReader.Load, snapshot: true)).Intake.Select(View)], null, false), Json.Options))
            .Requires(Permission.SettingsRead).WithName("intakeRules.list").WithSummary("List the rules by which orders are sorted").WithTags("Rules").Produces<Page<Response>>();
        routes.MapGet("/intake-rules/{code}", async (string code, Db db, Actor actor, HttpContext http) => Answer(await Find(code, db, actor), http))
            .Requires(Permission.SettingsRead).WithName("intakeRules.get").WithSummary("Read a rule by which orders are sorted").WithTags("Rules")
            .Produces<Response>().ProducesProblem(404);
        routes.MapPut("/intake-rules/{code}", async (string code, Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : Answer(await Handle(code, body, expected.Value, db, clock, actor), http);
            })
            .Requires(Permission.SettingsWrite).WithName("intakeRules.write").WithSummary("Make or change a rule by which orders are sorted").WithTags("Rules")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(412);
        routes.MapDelete("/intake-rules/{code}", async (string code, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp()
                    : (await db.Write<Done>(actor, work => RuleRows.Remove(work, actor, clock.GetUtcNow(), "intake_rules", code, expected.Value))).ToHttp();
            })
            .Requires(Permission.SettingsWrite).WithName("intakeRules.remove").WithSummary("Remove a rule by which orders are sorted").WithTags("Rules")
            .Produces<Done>().ProducesProblem(404).ProducesProblem(412);
    }

    /// <remarks>Errors: rules.changed, rules.too_many, rules.needs_prices.</remarks>
    public static async Task<Result<Response>> Handle(string code, Request body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        if (RuleRows.Code(code) is { } bad) return bad;
        var rule = new IntakeRule(code, body.Position, body.IsActive, body.When, body.Set);
        var checks = new Checks();
        IntakeRules.Check(checks, rule);
        if (!actor.May(Permission.PricesRead)) OrderConditions.RefuseAmounts(checks, rule.When, "/when");
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<Response>(actor, async work =>
        {
            if (!actor.May(Permission.PricesRead) && (await PolicyReader.Load(work)).Intake.FirstOrDefault(r => r.Code == code)?.When is { } stored && stored.AsksAmounts) return RuleRows.NeedsPrices;
            if (await work.Scalar("select count(*) from intake_rules where merchant_id = @merchant and code <> @code", ("code", code)) >= MostRules)
                return Error.Unprocessable("rules.too_many", $"A merchant has at most {MostRules} rules of its own.");
            var saved = await RuleRows.Save(work, actor, clock.GetUtcNow(), "intake_rules", code, rule, expected, isKnown: false);
            return saved.Error is { } error ? error : View(rule with { Version = saved.Value });
        });
    }

    private static async Task<Result<Response>> Find(string code, Db db, Actor actor) =>
        (await db.Read(actor, PolicyReader.Load, snapshot: true)).Intake.FirstOrDefault(r => r.Code == code) is { } rule ? View(rule) : RuleRows.NotFound;

    private static Response View(IntakeRule r) => new("intakeRule", r.Code, r.Position, r.IsActive, r.When, r.Set, r.Version);

    private static IResult Answer(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }
}
