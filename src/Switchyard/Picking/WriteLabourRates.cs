using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Picking;

/// <summary>What an hour of work costs at a node, of everybody and of single operatives: with the times of the scan log it becomes the labour in the cost of an order.</summary>
public static class WriteLabourRates
{
    private const int Most = 1_000;

    /// <param name="Actor">Who it is, as the log says it.</param>
    public sealed record OperativeRate(string? Actor, long? PerHourMinor);

    /// <param name="PerHourMinor">Of whoever is not named.</param>
    public sealed record Request(string? Currency, long? PerHourMinor, IReadOnlyList<OperativeRate?>? Operatives = null);

    /// <param name="Currency">Null: nobody has said what work costs here.</param>
    public sealed record Response(string Object, string Node, string? Currency, long? PerHourMinor, IReadOnlyList<OperativeRate> Operatives);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/nodes/{code}/labour-rates", async (string code, Db db, Actor actor) => (await Find(code, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("picking.readLabourRates").WithTags("Picking").WithSummary("Read what an hour of work costs at a node")
            .Produces<Response>().ProducesProblem(404);
        routes.MapPut("/nodes/{code}/labour-rates", async (string code, Request? body, Db db, TimeProvider clock, Actor actor) => (await Handle(code, body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("picking.writeLabourRates").WithTags("Picking").WithSummary("Say what an hour of work costs at a node")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <remarks>Errors: nodes.no_such_node.</remarks>
    public static Task<Result<Response>> Find(string code, Db db, Actor actor) => db.Read<Result<Response>>(actor, async work =>
        await PickableReleases.Node(work, actor, code) is { } node ? await Load(work, node) : PickingErrors.NoSuchNode);

    /// <remarks>Errors: nodes.no_such_node; request.invalid.</remarks>
    public static async Task<Result<Response>> Handle(string code, Request? body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body?.Currency is { } currency && Currency.TryParse(currency, out _), "/currency", "field.unknown_currency", "currency is a code of ISO 4217, such as GBP.");
        checks.That(body?.PerHourMinor is not null, "/perHourMinor", "field.required", "perHourMinor is required.");
        checks.Amount(body?.PerHourMinor ?? 0, "/perHourMinor");
        checks.Range(body?.Operatives?.Count ?? 0, 0, Most, "/operatives");
        var seen = new HashSet<string>();
        foreach (var (i, rate) in (body?.Operatives ?? []).Take(Most).Index())
        {
            checks.Text(rate?.Actor, $"/operatives/{i}/actor", 100, required: true);
            checks.That(rate?.PerHourMinor is not null, $"/operatives/{i}/perHourMinor", "field.required", "perHourMinor is required.");
            checks.Amount(rate?.PerHourMinor ?? 0, $"/operatives/{i}/perHourMinor");
            checks.That(rate?.Actor is null || seen.Add(rate.Actor), $"/operatives/{i}/actor", "field.repeated", "This operative is named before.");
        }
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<Response>(actor, async work =>
        {
            if (await PickableReleases.Node(work, actor, code) is not { } node) return PickingErrors.NoSuchNode;
            var now = clock.GetUtcNow();
            List<OperativeRate> rates = [new("", body!.PerHourMinor), .. (body.Operatives ?? []).OfType<OperativeRate>()];
            await work.Execute("delete from labour_rates where merchant_id = @merchant and node_id = @node", ("node", node.Id));
            await work.Execute(
                """
                insert into labour_rates (merchant_id, node_id, actor, per_hour_minor, currency, updated_at_ms) select @merchant, @node, r.actor, r.rate, @currency, @now from @rows r where true order by r.actor
                    on conflict (merchant_id, node_id, actor) do update set per_hour_minor = excluded.per_hour_minor, currency = excluded.currency, updated_at_ms = excluded.updated_at_ms
                """, Rows.Of(rates).Text("actor", r => r.Actor).Long("rate", r => r.PerHourMinor!.Value), ("node", node.Id), ("currency", body.Currency), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("node", node.Code, "NodeLabourRatesChanged", new { currency = body.Currency, perHourMinor = body.PerHourMinor, operatives = rates.Count - 1 }));
            return await Load(work, node);
        });
    }

    private static async Task<Response> Load(Work work, (long Id, string Code) node)
    {
        var rates = await work.Query("select actor, per_hour_minor, currency from labour_rates where merchant_id = @merchant and node_id = @node order by actor limit 2000",
            row => (Actor: row.Text(), Rate: row.Long(), Currency: row.Text()), ("node", node.Id));
        return new Response("labourRates", node.Code, rates.FirstOrDefault().Currency, rates.Find(r => r.Actor.Length == 0) is { Currency: not null } all ? all.Rate : null,
            [.. rates.Where(r => r.Actor.Length > 0).Select(r => new OperativeRate(r.Actor, r.Rate))]);
    }
}
