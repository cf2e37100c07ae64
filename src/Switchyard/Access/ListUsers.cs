using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>The users of a merchant, oldest first, and one of them.</summary>
public static class ListUsers
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/users", async (int? limit, string? after, Db db, Actor actor) => (await Handle(limit, after, db, actor)).ToHttp())
            .Requires(Permission.AccessManage).WithName("users.list").WithSummary("List users").Produces<Page<UserView>>()
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        routes.MapGet("/users/{id}", async (string id, Db db, Actor actor) => (await Handle(id, db, actor)).ToHttp())
            .Requires(Permission.AccessManage).WithName("users.read").WithSummary("Read a user").Produces<UserView>()
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }

    public static async Task<Result<Page<UserView>>> Handle(int? limit, string? after, Db db, Actor actor)
    {
        var page = Paging.Check(limit, after);
        if (page.Error is { } error) return error;
        return await db.Read(actor, async work =>
        {
            var users = await UsersSql.Page(work, page.Value.After, page.Value.Limit + 1);
            return Page<UserView>.Of(await UsersSql.View(work, users), page.Value.Limit, user => user.Id);
        });
    }

    public static Task<Result<UserView>> Handle(string id, Db db, Actor actor) => db.Read(actor, async Task<Result<UserView>> (work) =>
        await UsersSql.Find(work, id) is { } user ? (await UsersSql.View(work, [user])).Single() : AccessErrors.UserNotFound(id));
}
