using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Erp;

/// <summary>Tests the ERP's credentials, sets it to work, lets it rest, and has it asked now.</summary>
public static class StartErp
{
    private static readonly TimeSpan TestHolds = TimeSpan.FromHours(1);

    /// <param name="Fault">notSent, unknown, malformed, refused, unauthorized or throttled; null when all is well.</param>
    public sealed record TestResponse(string Object, bool Ok, ErpCompany? Company, string? Fault, string? Said);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/erp/test", async (Actor actor, Db db, ErpDesk desk, TimeProvider clock, HttpContext http) =>
                (await Test(actor, db, desk, clock, http.RequestAborted)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("erp.test").WithTags("ERP").WithSummary("See whether the ERP lets us in, and which locations it has")
            .Produces<TestResponse>().ProducesProblem(404);
        routes.MapPost("/erp/start", async (Actor actor, Db db, ReadErp read, TimeProvider clock, HttpContext http) =>
                await Answer(await Move(ErpState.Live, actor, db, clock), actor, read, http))
            .Requires(Permission.SettingsWrite).WithName("erp.start").WithTags("ERP").WithSummary("Set the exchange with the ERP to work").Produces<ReadErp.View>()
            .ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/erp/pause", async (Actor actor, Db db, ReadErp read, TimeProvider clock, HttpContext http) =>
                await Answer(await Move(ErpState.Paused, actor, db, clock), actor, read, http))
            .Requires(Permission.SettingsWrite).WithName("erp.pause").WithTags("ERP").WithSummary("Let the exchange with the ERP rest: what happens is kept until it goes on")
            .Produces<ReadErp.View>().ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/erp/ask", async (Actor actor, Db db, ReadErp read, HttpContext http) => await Answer(await Ask(actor, db), actor, read, http))
            .Requires(Permission.SettingsWrite).WithName("erp.ask").WithTags("ERP").WithSummary("Ask the ERP now for what has changed, and compare stock")
            .Produces<ReadErp.View>().ProducesProblem(404).ProducesProblem(409);
    }

    /// <remarks>Errors: erp.no_account.</remarks>
    internal static async Task<Result<TestResponse>> Test(Actor actor, Db db, ErpDesk desk, TimeProvider clock, CancellationToken stop)
    {
        if (await db.Read(actor, work => ErpAccount.Find(work)) is not { } account) return ErpErrors.NoAccount;
        var asked = await desk.Of(account).Test(desk.Call(account, stop));
        if (asked.Fault is { } fault) return new TestResponse("erpTest", false, null, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(fault.Kind.ToString()), fault.Words);
        // Of what was tested, not of what somebody wrote meanwhile.
        var kept = await db.Write<Done>(actor with { Stamp = null }, async work =>
        {
            await work.Execute("update erp_accounts set tested_at_ms = @now where merchant_id = @merchant and id = @id and version = @version",
                ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("id", account.Id), ("version", account.Version));
            return new Done();
        });
        return kept.Error is { } error ? error : new TestResponse("erpTest", true, asked.Value, null, null);
    }

    /// <remarks>Errors: erp.no_account, erp.not_tested, erp.cannot_move.</remarks>
    internal static Task<Result<Done>> Move(ErpState to, Actor actor, Db db, TimeProvider clock) => db.Write<Done>(actor, async work =>
    {
        if (await ErpAccount.Find(work, locked: true) is not { } account) return ErpErrors.NoAccount;
        var from = ErpStates.Parse(account.State);
        if (!ErpStates.Allowed.Allows(from, to)) return ErpErrors.CannotMove(from, to);
        var now = clock.GetUtcNow();
        if (to == ErpState.Live && (account.TestedAtMs is not { } tested || now.ToUnixTimeMilliseconds() - tested > TestHolds.TotalMilliseconds)) return ErpErrors.NotTested;
        // What happened before it was first set to work was noted by nobody: it is in the ERP already.
        await work.Execute("update erp_accounts set state = @state, changed_at_ms = @now, version = version + 1, live_from_ms = case when @first "
            + "and (live_from_ms is null or live_from_ms < @now) then @now else live_from_ms end where merchant_id = @merchant and id = @id",
            ("state", ErpStates.Name(to)), ("first", from == ErpState.Draft), ("now", now.ToUnixTimeMilliseconds()), ("id", account.Id));
        await work.Execute("insert into erp_marks (account_id, flow, merchant_id) select @account, r.flow, @merchant from @rows r where true "
            + "on conflict (account_id, flow) do nothing", Rows.Of(new[] { "items", "purchases", "receipts", "stock" }).Text("flow", f => f), ("account", account.Id));
        await EventLog.Append(work, actor, now, new Happening("erp", account.Adapter, to == ErpState.Live ? "ErpStarted" : "ErpPaused", new { adapter = account.Adapter }));
        return new Done();
    });

    /// <remarks>Errors: erp.no_account, erp.not_live.</remarks>
    private static Task<Result<Done>> Ask(Actor actor, Db db) => db.Write<Done>(actor, async work =>
    {
        if (await ErpAccount.Find(work, locked: true) is not { } account) return ErpErrors.NoAccount;
        if (account.State != "live") return ErpErrors.NotLive;
        await work.Execute("update erp_marks set ask_at_ms = 0 where merchant_id = @merchant and account_id = @account", ("account", account.Id));
        return new Done();
    });

    private static async Task<IResult> Answer(Result<Done> done, Actor actor, ReadErp read, HttpContext http) =>
        done.Error is { } error ? error.ToHttp() : ReadErp.Tagged(await read.Handle(actor), http);
}
