using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Messages;

namespace Switchyard.Support;

/// <summary>Shows the adapters there are for help desks, and the desks that agents work in.</summary>
public sealed class ReadDesks(Db db, SupportDesks desks, IConfiguration configuration)
{
    private readonly string? _said = PublicUrl.Tidy(configuration["SWITCHYARD_PUBLIC_URL"]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/support-adapters", (SupportDesks desks) => Results.Json(new Page<DeskManifest>([.. desks.All.Select(d => d.Manifest)], null, false), Json.Options))
            .Requires(Permission.SettingsRead).WithName("support.listAdapters").WithTags("Support")
            .WithSummary("List the adapters for support desks, with what is not verified of each")
            .Produces<Page<DeskManifest>>();
        routes.MapGet("/support-desks", async (ReadDesks read, Actor actor, HttpContext http) => Results.Json(await read.All(actor, http), Json.Options))
            .Requires(Permission.SettingsRead).WithName("support.list").WithTags("Support").WithSummary("List the support desks").Produces<Page<DeskView>>();
        routes.MapGet("/support-desks/{code}", async (string code, ReadDesks read, Actor actor, HttpContext http) => Tagged(await read.One(actor, code, http), http))
            .Requires(Permission.SettingsRead).WithName("support.read").WithTags("Support").WithSummary("Read a support desk and how it fares")
            .Produces<DeskView>().ProducesProblem(404);
    }

    public Task<Page<DeskView>> All(Actor actor, HttpContext http) => db.Read(actor, async work =>
        new Page<DeskView>(await DeskView.Of(work, await Desk.All(work), desks, Address(http)), null, false), snapshot: true);

    public Task<Result<DeskView>> One(Actor actor, string code, HttpContext http) => db.Read<Result<DeskView>>(actor, async work =>
        Text.IsStorable(code) && await Desk.Find(work, code) is { } found ? (await DeskView.Of(work, [found], desks, Address(http)))[0] : SupportErrors.NoSuchDesk, snapshot: true);

    internal static IResult Tagged(Result<DeskView> found, HttpContext http)
    {
        if (found.IsOk) ETag.Set(http, found.Value.Version);
        return found.ToHttp();
    }

    internal string Address(HttpContext http) => _said ?? $"{http.Request.Scheme}://{http.Request.Host}";
}
