using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Access;

/// <summary>The roles of a merchant: the built-in ones, which stay as they are, and its own.</summary>
public static class ManageRoles
{
    public sealed record Request(string? Id, string? Name, IReadOnlyList<string>? Permissions);
    public sealed record ChangeRequest(string? Name, IReadOnlyList<string>? Permissions);
    public sealed record PermissionView(string Code, string Meaning);

    /// <param name="AllPermissions">What a role may name, with what it means.</param>
    public sealed record RoleList(IReadOnlyList<Role> Data, string? Next, bool HasMore, IReadOnlyList<PermissionView> AllPermissions);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/roles", async (Db db, Actor actor) => (await List(db, actor)).ToHttp())
            .Requires(Permission.AccessManage).WithName("roles.list").WithSummary("List roles and all permissions").Produces<RoleList>().ProducesProblem(401).ProducesProblem(403);
        routes.MapPost("/roles", async (Request body, Db db, TimeProvider clock, Actor actor) =>
                (await Create(body, db, clock, actor)).ToHttp(StatusCodes.Status201Created))
            .Requires(Permission.AccessManage).WithName("roles.create").WithSummary("Add a role").Produces<Role>(201)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(409).ProducesProblem(422);
        routes.MapPut("/roles/{id}", async (string id, ChangeRequest body, Db db, SignIn signIn, TimeProvider clock, Actor actor) =>
            {
                var changed = await Change(id, body, db, clock, actor);
                signIn.Forget();
                return changed.ToHttp();
            })
            .Requires(Permission.AccessManage).WithName("roles.change").WithSummary("Change a role").Produces<Role>()
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        routes.MapDelete("/roles/{id}", async (string id, Db db, TimeProvider clock, Actor actor) =>
                await Delete(id, db, clock, actor) is { Error: { } error } ? error.ToHttp() : Results.NoContent())
            .Requires(Permission.AccessManage).WithName("roles.delete").WithSummary("Delete a role").Produces(204)
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
    }

    public static async Task<Result<RoleList>> List(Db db, Actor actor)
    {
        var own = await db.Read(actor, RolesSql.All);
        return new RoleList([.. BuiltInRoles.All, .. own], null, false, [.. Permission.All.Select(p => new PermissionView(p.Code, p.Meaning))]);
    }

    public static async Task<Result<Role>> Create(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Id is { } text && Text.IsCode(text) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'), "/id",
            "field.malformed", "A role's id has 1 to 64 small letters, digits and hyphens.");
        RolesSql.Check(checks, body.Name, body.Permissions);
        if (checks.AnyFault) return checks.ToError();
        string id = body.Id!;
        if (BuiltInRoles.Find(id) is not null) return AccessErrors.RoleExists(id);
        if (RolesSql.Refusal(actor, body.Permissions!) is { } refusal) return refusal;
        return await db.Write(actor, async Task<Result<Role>> (work) =>
        {
            if (await work.Scalar("select count(*) from roles where merchant_id = @merchant") >= RolesSql.MostRoles) return TooMany;
            int made = await work.Execute(
                "insert into roles (merchant_id, id, name, permissions) values (@merchant, @id, @name, @permissions) on conflict do nothing",
                ("id", id), ("name", body.Name), ("permissions", RolesSql.Stored(body.Permissions!)));
            if (made == 0) return AccessErrors.RoleExists(id);
            await Tell(work, actor, clock, id, "RoleCreated", new { permissions = body.Permissions });
            return (await RolesSql.Find(work, id))!;
        });
    }

    public static async Task<Result<Role>> Change(string id, ChangeRequest body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        RolesSql.Check(checks, body.Name, body.Permissions);
        if (checks.AnyFault) return checks.ToError();
        if (BuiltInRoles.Find(id) is not null) return AccessErrors.RoleIsBuiltIn(id);
        return await db.Write(actor, async Task<Result<Role>> (work) =>
        {
            if (await RolesSql.Find(work, id) is not { } before) return AccessErrors.RoleNotFound(id);
            if (RolesSql.Refusal(actor, before.Permissions.Concat(body.Permissions!)) is { } refusal) return refusal;
            await work.Execute("update roles set name = @name, permissions = @permissions where merchant_id = @merchant and id = @id",
                ("id", id), ("name", body.Name), ("permissions", RolesSql.Stored(body.Permissions!)));
            await Tell(work, actor, clock, id, "RoleChanged", new { before = before.Permissions, permissions = body.Permissions });
            return (await RolesSql.Find(work, id))!;
        });
    }

    public static Task<Result<Done>> Delete(string id, Db db, TimeProvider clock, Actor actor)
    {
        if (BuiltInRoles.Find(id) is not null) return Task.FromResult<Result<Done>>(AccessErrors.RoleIsBuiltIn(id));
        return db.Write(actor, async Task<Result<Done>> (work) =>
        {
            if (await RolesSql.Find(work, id) is not { } role) return AccessErrors.RoleNotFound(id);
            if (RolesSql.Refusal(actor, role.Permissions) is { } refusal) return refusal;
            int gone = await work.Execute(
                """
                delete from roles where merchant_id = @merchant and id = @id
                   and not exists (select 1 from role_assignments a where a.merchant_id = @merchant and a.role_id = @id)
                """, ("id", id));
            if (gone == 0) return AccessErrors.RoleInUse(id);
            await Tell(work, actor, clock, id, "RoleDeleted", new { });
            return new Done();
        });
    }

    private static readonly Error TooMany = Error.Conflict("access.too_many_roles", $"A merchant has at most {RolesSql.MostRoles} roles of its own.");

    private static Task Tell(Work work, Actor actor, TimeProvider clock, string id, string kind, object payload) =>
        EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("role", id, kind, payload));
}
