using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>
/// The names of those who work for the merchant. Whoever signs in may know them: a note is meant for somebody, an order is given
/// to somebody, and who changed it while one had it open has a name. What they may do is told to whoever manages users only.
/// People of a partner work elsewhere: they see themselves.
/// </summary>
public static class ListColleagues
{
    /// <param name="UserName">By which they are mentioned, and orders are given to them.</param>
    /// <param name="IsDisabled">They have left: what they did keeps their name.</param>
    public sealed record Colleague(string Id, string UserName, string DisplayName, bool IsDisabled);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/colleagues", async (int? limit, string? after, Db db, Actor actor) => (await Handle(limit, after, db, actor)).ToHttp())
            .IsOpenToAnySignedIn().WithName("colleagues.list").WithSummary("List the names of those who work here").WithTags("Access")
            .Produces<Page<Colleague>>().ProducesProblem(400);

    public static async Task<Result<Page<Colleague>>> Handle(int? limit, string? after, Db db, Actor actor)
    {
        var page = Paging.Check(limit, after);
        if (page.Error is { } error) return error;
        return await db.Read(actor, async work => Page<Colleague>.Of(await work.Query(
            """
            select u.id, u.user_name, u.display_name, u.is_disabled from users u
             where u.id > @after and (@me = '' or u.id = @me) and exists (select 1 from role_assignments a where a.user_id = u.id and a.merchant_id = @merchant)
             order by u.id limit @limit
            """, row => new Colleague(row.Text(), row.Text(), row.Text(), row.Bool()),
            ("after", page.Value.After), ("me", actor.IsPartner ? actor.Id.Split(':')[^1] : ""), ("limit", page.Value.Limit + 1)), page.Value.Limit, c => c.Id));
    }
}
