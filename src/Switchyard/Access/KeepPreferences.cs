using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>What a person likes, on whatever machine they sign in: density, scheme, language, columns of lists. The screen gives it its meaning.</summary>
public static class KeepPreferences
{
    public const int MostNames = 100, MostName = 64, MostBytes = 16_384;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPatch("/session/preferences", async (JsonObject body, HttpContext http, Db db) =>
                http.Items[typeof(SignedInUser)] is SignedInUser user ? (await Handle(user.Id, body, db)).ToHttp() : AccessErrors.NoPreferences.ToHttp())
            .IsOpenToAnySignedIn().WithName("session.keepPreferences").WithTags("Access").WithSummary("Keep what one likes; null forgets it")
            .WithDescription("The members of the body are kept, each as it is; those not named stay. GET /session shows them all.")
            .Produces<JsonObject>().ProducesProblem(400).ProducesProblem(409);

    /// <remarks>Errors: request.invalid with the name's pointer, access.no_preferences.</remarks>
    internal static async Task<Result<JsonObject>> Handle(string user, JsonObject body, Db db)
    {
        var kept = body.Where(p => p.Value is not null).Select(p => (Name: p.Key, Value: p.Value!.ToJsonString(Json.Options))).ToList();
        var checks = new Checks();
        checks.That(body.Count <= MostNames, "", "field.too_many", $"At most {MostNames} preferences.");
        foreach (var (name, _) in body.Take(MostNames)) checks.Text(name, "/" + name, MostName, required: true);
        foreach (var (name, value) in kept.Take(MostNames))
            checks.That(value.Length <= MostBytes && Text.IsStorable(value), "/" + name, "field.too_long", $"A preference may have at most {MostBytes} characters, all of them text.");
        if (checks.AnyFault) return checks.ToError();
        return await Db.Guard(() => db.WriteAll<Result<JsonObject>>(async work =>
        {
            string[] forgotten = [.. body.Where(p => p.Value is null).Select(p => p.Key)];
            var batch = work.Batch();
            batch.Execute("delete from user_preferences where user_id = @user and name = any(@names)", ("user", user), ("names", forgotten));
            batch.Execute(
                """
                insert into user_preferences (user_id, name, value) select @user, name, value from @rows r where true
                    on conflict (user_id, name) do update set value = excluded.value
                """, Rows.Of(kept).Text("name", p => p.Name).Text("value", p => p.Value), ("user", user));
            await batch.Run();
            return await Of(work, user);
        }));
    }

    internal static async Task<JsonObject> Of(Work work, string user) => new((await work.Query(
            $"select name, value from user_preferences where user_id = @user order by name limit {MostNames * 4}", row => (Name: row.Text(), Value: row.Text()), ("user", user)))
        .Select(p => KeyValuePair.Create(p.Name, JsonNode.Parse(p.Value))));
}
