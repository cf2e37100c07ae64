using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Erp;

/// <summary>Shows the adapters there are, and how the exchange with the ERP fares.</summary>
public sealed class ReadErp(Db db, ErpDesk desk)
{
    /// <param name="Flows">Who owns each kind of thing: ours, theirs or off.</param>
    /// <param name="Places">The ERP's location by the code of our node.</param>
    /// <param name="LiveFrom">Orders that were placed before are in the ERP already.</param>
    public sealed record View(string Object, string Adapter, string AdapterName, string BaseUrl, JsonObject Settings, IReadOnlyList<string> SecretNames,
        IReadOnlyDictionary<string, string> Flows, IReadOnlyDictionary<string, string> Places, [property: Words("draft", "live", "paused")] string State,
        DateTimeOffset? LiveFrom, long CallsPerMinute, Health Health, long Version, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);

    /// <param name="Failures">In a row.</param>
    /// <param name="Said">Why it failed last, in the ERP's words.</param>
    public sealed record Health(DateTimeOffset? LastHeardAt, int Failures, DateTimeOffset? FailedAt, string? Said, long TasksWaiting, long TasksParked, long ThingsWaiting,
        long ThingsParked, IReadOnlyList<Asked> Asked);

    /// <param name="Mark">By the ERP's own clock: every change up to then is known.</param>
    public sealed record Asked(string Flow, DateTimeOffset? LastAskedAt, string? Mark, int Failures, string? Said);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/erp-adapters", (ErpDesk desk) => Results.Json(new Page<ErpManifest>([.. desk.Erps.Select(e => e.Manifest)], null, false), Json.Options))
            .Requires(Permission.SettingsRead).WithName("erp.listAdapters").WithTags("ERP")
            .WithSummary("List the adapters for ERPs, with what is not verified of each").Produces<Page<ErpManifest>>();
        routes.MapGet("/erp", async (ReadErp read, Actor actor, HttpContext http) => Tagged(await read.Handle(actor), http))
            .Requires(Permission.SettingsRead).WithName("erp.read").WithTags("ERP").WithSummary("Read how the merchant's ERP is connected and how it fares")
            .Produces<View>().ProducesProblem(404);
    }

    /// <remarks>Errors: erp.no_account.</remarks>
    public Task<Result<View>> Handle(Actor actor) => db.Read<Result<View>>(actor, async work =>
    {
        if (await ErpAccount.Find(work) is not { } account) return ErpErrors.NoAccount;
        var batch = work.Batch();
        (string, object?)[] of = [("account", account.Id)];
        var tasks = batch.Query("select state, count(*) from erp_tasks where merchant_id = @merchant and account_id = @account and state in ('waiting', 'parked') group by state",
            row => (State: row.Text(), N: row.Sum()), of);
        var things = batch.Query("select state, count(*) from erp_things where merchant_id = @merchant and account_id = @account and state in ('waiting', 'parked') "
            + "group by state", row => (State: row.Text(), N: row.Sum()), of);
        var asked = batch.Query("select flow, asked_at_ms, mark, failures, said from erp_marks where merchant_id = @merchant and account_id = @account order by flow",
            row => new Asked(row.Text(), row.InstantOrNull(), row.TextOrNull(), row.Int(), row.TextOrNull()), of);
        await batch.Run();
        long count(List<(string State, long N)> counts, string state) => counts.Where(c => c.State == state).Sum(c => c.N);
        return new View("erp", account.Adapter, desk.Of(account).Manifest.Name, account.BaseUrl, account.Settings, account.SecretNames,
            ErpFlows.All.Keys.ToDictionary(k => k, account.Owner), account.Places, account.State, At(account.LiveFromMs), account.CallsPerMinute,
            new Health(At(account.HeardAtMs), account.Failures, At(account.FailedAtMs), account.Said, count(tasks, "waiting"), count(tasks, "parked"),
            count(things, "waiting"), count(things, "parked"),
                [.. asked.Where(a => IsAsked(account, a.Flow))]), account.Version, account.CreatedAt, account.ChangedAt);
    }, snapshot: true);

    private static bool IsAsked(ErpAccount account, string flow) => account.Owner(flow) is var owner && (owner == ErpFlows.Theirs || flow == "stock" && owner == ErpFlows.Ours);

    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    internal static IResult Tagged(Result<View> found, HttpContext http)
    {
        if (found.IsOk) ETag.Set(http, found.Value.Version);
        return found.ToHttp();
    }
}
