using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Access;

/// <summary>API keys: made with scopes of one's own, shown once, listed by prefix, revoked at once.</summary>
public static class ManageKeys
{
    /// <param name="Nodes">Codes of the nodes the key is limited to, null for all.</param>
    public sealed record Request(string? Name, IReadOnlyList<string>? Scopes, IReadOnlyList<string>? Nodes, DateTimeOffset? ExpiresAt);

    /// <param name="Prefix">The first characters of the secret, to tell keys apart.</param>
    /// <param name="Secret">Only in the answer that made it; it is kept as a hash and cannot be shown again.</param>
    public sealed record KeyView(string Object, string Id, string Name, string Prefix, string? Secret, IReadOnlyList<string> Scopes,
        IReadOnlyList<string>? Nodes, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt,
        DateTimeOffset? RevokedAt);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/keys", async (Request body, Db db, TimeProvider clock, Actor actor) =>
                (await Create(body, db, clock, actor)).ToHttp(StatusCodes.Status201Created))
            .Requires(Permission.AccessManage).WithName("keys.create").WithSummary("Make an API key; its secret is shown once").Produces<KeyView>(201)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(422);
        routes.MapGet("/keys", async (int? limit, string? after, Db db, Actor actor) => (await List(limit, after, db, actor)).ToHttp())
            .Requires(Permission.AccessManage).WithName("keys.list").WithSummary("List API keys").Produces<Page<KeyView>>()
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        routes.MapDelete("/keys/{id}", async (string id, Db db, SignIn signIn, TimeProvider clock, Actor actor) =>
                (await Revoke(id, db, signIn, clock, actor)).ToHttp())
            .Requires(Permission.AccessManage).WithName("keys.revoke").WithSummary("Revoke an API key").Produces<KeyView>()
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }

    public static async Task<Result<KeyView>> Create(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        checks.Text(body.Name, "/name", 100, required: true);
        RolesSql.CheckPermissions(checks, body.Scopes, "/scopes");
        NodeCodes.Check(checks, body.Nodes, "/nodes");
        checks.That(body.ExpiresAt is not { } end || end > now, "/expiresAt", "field.out_of_range", "A key expires in the future.");
        if (checks.AnyFault) return checks.ToError();
        if (RolesSql.Refusal(actor, body.Scopes!) is { } refusal) return refusal;

        string secret = ApiKeys.NewSecret(), id = ApiKeys.NewId(clock);
        var made = await db.Write(actor, async Task<Result<KeyView>> (work) =>
        {
            var scope = await NodeCodes.ToScope(work, actor, body.Nodes, "/nodes");
            if (scope.Error is { } error) return error;
            await ApiKeys.Insert(work, id, body.Name!, secret, body.Scopes!, scope.Value, actor.Id, now, body.ExpiresAt);
            await EventLog.Append(work, actor, now,
                new Happening("key", id, "KeyCreated", new { scopes = body.Scopes, nodes = SignIn.Nodes(scope.Value) }));
            return (await Load(work, id))!;
        });
        // The secret is not part of what is stored for a repeat of the request: a replay answers without it.
        return made.Error is not null || made.IsReplay ? made : made.Value with { Secret = secret };
    }

    public static async Task<Result<Page<KeyView>>> List(int? limit, string? after, Db db, Actor actor)
    {
        var page = Paging.Check(limit, after);
        if (page.Error is { } error) return error;
        return await db.Read(actor, async work =>
        {
            var keys = await work.Query($"{Select} and id > @after order by id limit @limit", Read, ("after", page.Value.After), ("limit", page.Value.Limit + 1));
            return Page<KeyView>.Of(await WithNodes(work, keys), page.Value.Limit, key => key.Id);
        });
    }

    public static async Task<Result<KeyView>> Revoke(string id, Db db, SignIn signIn, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var done = await db.Write(actor, async Task<Result<KeyView>> (work) =>
        {
            if (await Load(work, id) is not { } key) return AccessErrors.KeyNotFound(id);
            if (key.RevokedAt is not null) return key;
            if (RolesSql.Refusal(actor, key.Scopes) is { } refusal) return refusal;
            await work.Execute("update api_keys set revoked_at_ms = @now where merchant_id = @merchant and id = @id",
                ("id", id), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("key", id, "KeyRevoked", new { }));
            return key with { RevokedAt = now };
        });
        signIn.Forget();
        return done;
    }

    private const string Select =
        """
        select id, name, prefix, scopes, node_ids, created_by, created_at_ms, expires_at_ms, last_used_at_ms, revoked_at_ms
          from api_keys where merchant_id = @merchant
        """;

    private static (KeyView Key, string? Scope) Read(Row row)
    {
        string id = row.Text(), name = row.Text(), prefix = row.Text();
        string[] scopes = JsonSerializer.Deserialize<string[]>(row.Text())!;
        string? nodes = row.TextOrNull();
        return (new KeyView("key", id, name, prefix, null, scopes, null, row.Text(), row.Instant(), row.InstantOrNull(), row.InstantOrNull(),
            row.InstantOrNull()), nodes);
    }

    private static async Task<KeyView?> Load(Work work, string id) =>
        (await WithNodes(work, await work.Query($"{Select} and id = @id", Read, ("id", id)))).SingleOrDefault();

    private static async Task<List<KeyView>> WithNodes(Work work, List<(KeyView Key, string? Scope)> keys)
    {
        var views = new List<KeyView>(keys.Count);
        foreach (var (key, scope) in keys)
            views.Add(SignIn.Nodes(scope) is { } ids ? key with { Nodes = await NodeCodes.Of(work, [.. ids]) } : key);
        return views;
    }
}
