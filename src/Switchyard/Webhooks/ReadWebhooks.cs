using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Webhooks;

/// <summary>Shows the webhooks of a merchant, each without its secrets.</summary>
public static class ReadWebhooks
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/webhooks", async (int? limit, string? after, Db db, TimeProvider clock, Actor actor) => (await List(limit, after, db, clock, actor)).ToHttp())
            .Requires(Permission.WebhooksRead).WithName("webhooks.list").WithTags("Webhooks").WithSummary("Webhooks, oldest first")
            .Produces<Page<WebhookView>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        routes.MapGet("/webhooks/{id}", async (string id, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var found = await Find(id, db, clock, actor);
                if (found.IsOk) ETag.Set(http, found.Value.Version);
                return found.ToHttp();
            })
            .Requires(Permission.WebhooksRead).WithName("webhooks.get").WithTags("Webhooks").WithSummary("One webhook, with what it is failing with")
            .Produces<WebhookView>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }

    public static async Task<Result<Page<WebhookView>>> List(int? limit, string? after, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        var from = new WebhookId(Guid.Empty);
        if (!Cursor.TryDecode(after, out string text) || text.Length > 0 && !WebhookId.TryParse(text, null, out from))
            checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read(actor, async work =>
        {
            // A merchant has at most fifty, so who sees which is decided here.
            var found = (await work.Query(
                $"select {Webhook.Columns} from webhook_endpoints where merchant_id = @merchant and id > @after and state <> 'deleted' order by id limit 1000",
                Webhook.Read, ("after", from.Value))).Where(w => w.IsSeenBy(actor)).Take(most + 1).ToList();
            var views = new List<WebhookView>();
            foreach (var webhook in found) views.Add(await WebhookView.Of(work, webhook, clock.GetUtcNow()));
            return (Result<Page<WebhookView>>)Page<WebhookView>.Of(views, most, w => w.Id.ToString());
        });
    }

    public static async Task<Result<WebhookView>> Find(string id, Db db, TimeProvider clock, Actor actor) =>
        await db.Read(actor, async work => await Webhook.Find(work, actor, id) is { } found ? await WebhookView.Of(work, found, clock.GetUtcNow()) : null) is { } view
            ? view : WebhookErrors.NotFound(id);
}
