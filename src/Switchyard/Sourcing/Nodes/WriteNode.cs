using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Sourcing;

/// <summary>A node as the API shows it.</summary>
public sealed record NodeView(string Object, string Code, string Name, [Words("warehouse", "store", "3pl", "supplier")] string Kind, Address Address, string? Country, string? Postcode,
    Position? Position, string TimeZone, IReadOnlyDictionary<string, IReadOnlyList<OpenTime?>?> OpeningHours,
    IReadOnlyDictionary<string, string?> CutOffs, IReadOnlyList<string?> Services, long PickFixedMinor, long HandlingMinor, int LeadDays,
    bool IsActive, long Version, DateTimeOffset CreatedAt)
{
    public IReadOnlyList<string?> ClosedDays { get; init; } = [];

    public static NodeView Of(StoredNode s) => new("node", s.Body.Code!, s.Body.Name!, s.Body.Kind!, s.Body.Address!, s.Body.Country,
        s.Body.Postcode, s.Body.Position, s.Body.TimeZone!, s.Body.OpeningHours!, s.Body.CutOffs!, s.Body.Services!, s.Body.PickFixedMinor,
        s.Body.HandlingMinor, s.Body.LeadDays, s.Body.IsActive, s.Version, s.CreatedAt)
    { ClosedDays = s.Body.ClosedDays! };
}

/// <summary>Makes a node (POST), or makes it exactly as told (PUT, which also makes it when there is none).</summary>
public static class WriteNode
{
    private const int MostMerchants = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/nodes", async (NodeBody body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await Handle(body, null, null, db, clock, actor)).ToHttp(http, StatusCodes.Status201Created))
            .Requires(Permission.NodesWrite).OnlyForTheHouse().WithName("nodes.create").WithSummary("Add a node: warehouse, store, 3PL or supplier").WithTags("Nodes").Produces<NodeView>(201)
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);

        routes.MapPut("/nodes/{code}", async (string code, NodeBody body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : (await Handle(body, code, expected.Value, db, clock, actor)).ToHttp(http);
            })
            .Requires(Permission.NodesWrite).OnlyForTheHouse().WithName("nodes.replace").WithSummary("Write a node").WithTags("Nodes").Produces<NodeView>()
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(412);
    }

    /// <param name="code">Null to make a new node; else the code to write.</param>
    public static async Task<Result<NodeView>> Handle(NodeBody body, string? code, long? expectedVersion, Db db, TimeProvider clock, Actor actor)
    {
        if (code is not null) body = body with { Code = body.Code ?? code };
        var checks = NodeChecks.Check(body);
        if (code is not null) checks.That(!Text.IsStorable(code) || !Text.IsStorable(body.Code!) || Text.Key(code) == Text.Key(body.Code!), "/code", "nodes.code_differs", "The code in the body is another than that of the address.");
        checks.That((body.Merchants?.Count ?? 0) <= MostMerchants, "/merchants", "field.too_many", $"At most {MostMerchants} are taken here.");
        if (checks.AnyFault) return checks.ToError();
        if (body.Merchants is { Count: > 0 } && !actor.May(Permission.AccessManage)) return NodeErrors.MerchantsForbidden;

        var now = clock.GetUtcNow();
        return await db.WriteShared<NodeView>(actor, await CatalogVersion.Merchants(db), async work =>
        {
            var saved = await Save(work, actor, now, body, (wanted, stored) =>
                stored is not null && code is null ? NodeErrors.CodeTaken(wanted.Code!)
                : expectedVersion is { } version && stored?.Version != version ? CatalogErrors.Changed($"Node {wanted.Code}", stored?.Version ?? 0)
                : null);
            if (saved.Error is { } error) return error;
            return NodeView.Of((await NodesSql.Find(work, actor with { Nodes = null }, body.Code!))!);
        });
    }

    /// <summary>Writes one node with its event; the work must have been begun by <see cref="Db.WriteShared"/> for all merchants.</summary>
    internal static async Task<Result<SaveOutcome>> Save(Work work, Actor actor, DateTimeOffset now, NodeBody body, Func<NodeBody, StoredNode?, Error?>? judge = null)
    {
        var stored = await NodesSql.Find(work, actor, body.Code!, locked: true);
        if (judge?.Invoke(body, stored) is { } refused) return refused;
        var linked = await Links(work, body with { Code = stored?.Body.Code ?? body.Code });
        if (linked.Error is { } unknown) return unknown;
        var node = (body with { Code = stored?.Body.Code ?? body.Code }).Tidied();      // a code keeps the spelling it was made with
        bool isSame = stored is not null && stored.Body.IsSameAs(node);
        if (isSame && linked.Value.Count == 0) return SaveOutcome.Unchanged;
        if (stored is null && actor.Nodes is not null) return NodeErrors.OnlyYourNodes;

        if (stored is null)
        {
            if (!await NodesSql.Insert(work, node, now)) return NodeErrors.CodeTaken(node.Code!);
            await Link(work, node.Code!, work.Merchant);
        }
        else if (!isSame) await NodesSql.Update(work, stored.Id, node);
        foreach (long merchant in linked.Value) await Link(work, node.Code!, merchant);
        long id = await work.Scalar("select id from nodes where code = @code", ("code", node.Code));
        await EventLog.Append(work, actor, now, new Happening("node", node.Code!, stored is null ? "NodeCreated" : "NodeChanged", Told(node)));
        await CatalogVersion.BumpForNodes(work, [id]);
        return stored is null ? SaveOutcome.Created : SaveOutcome.Updated;
    }

    // An address can be that of a person who sells from home, so it stays off the log.
    private static object Told(NodeBody n) => new
    {
        n.Code, n.Name, n.Kind, n.Country, n.TimeZone, n.OpeningHours, n.CutOffs, n.Services, n.PickFixedMinor, n.HandlingMinor, n.LeadDays, n.IsActive, n.ClosedDays,
    };

    // Merchants the node shall serve beside the caller's, and does not yet.
    private static async Task<Result<List<long>>> Links(Work work, NodeBody body)
    {
        string[] codes = [.. (body.Merchants ?? []).OfType<string>().Where(Text.IsStorable).Distinct()];
        if (body.Merchants is not { Count: > 0 }) return new List<long>();
        var known = await work.Query("select code, id from merchants where code = any(@codes)", row => (Code: row.Text(), Id: row.Long()), ("codes", codes));
        var unknown = body.Merchants.Index().Where(m => known.All(k => k.Code != m.Item)).ToList();
        if (unknown.Count > 0)
            return Error.Invalid([.. unknown.Select(m => new FieldError($"/merchants/{m.Index}", "nodes.no_such_merchant", "There is no such merchant."))]);
        var already = await work.Query("select m.merchant_id from node_merchants m join nodes n on n.id = m.node_id where n.code = @code /* house */",
            row => row.Long(), ("code", body.Code));
        return known.Select(k => k.Id).Where(id => id != work.Merchant && !already.Contains(id)).ToList();
    }

    private static Task Link(Work work, string code, long merchant) => work.Execute(
        "insert into node_merchants (node_id, merchant_id) select id, @to from nodes where code = @code /* house */ on conflict do nothing",
        ("code", code), ("to", merchant));

    internal static IResult ToHttp(this Result<NodeView> result, HttpContext http, int status = StatusCodes.Status200OK)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp(status, node => "/api/v1/nodes/" + Uri.EscapeDataString(node.Code));
    }
}
