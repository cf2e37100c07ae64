using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Webhooks;

/// <summary>
/// The webhook of a partner (3PL, supplier): it is told what becomes of the work of its nodes, as pointers only; the work itself it reads. There is one for
/// each set of nodes, and whoever works for them may change it.
/// </summary>
public static class PartnerWebhook
{
    /// <param name="Url">Where messages are sent. A webhook made anew shows its secret once; an address changed keeps it.</param>
    public sealed record Request(string? Url, bool IsActive = true);

    /// <summary>What a partner is told of.</summary>
    public static readonly IReadOnlyList<string> Kinds =
    [
        "FulfilmentOffered", "FulfilmentAccepted", "FulfilmentReminded", "FulfilmentPassedOver", "FulfilmentReduced", "FulfilmentStopAsked", "FulfilmentStopped", "FulfilmentCancelled",
        "FulfilmentRejected", "FulfilmentShort", "FulfilmentShipped",
    ];

    private const int MostTries = 5;

    public static readonly Error None = Error.NotFound("webhooks.no_partner_webhook", "You have no webhook yet. PUT makes it.");
    public static readonly Error NoNodes = Error.Conflict("webhooks.no_partner_nodes", "A partner's webhook is made by a key or a user that is limited to nodes.");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/partner/webhook", async (Db db, TimeProvider clock, Actor actor) => (await Find(db, clock, actor)).ToHttp())
            .Requires(Permission.PartnerWork).WithName("partner.readWebhook").WithTags("Partners").WithSummary("A partner's webhook").Produces<WebhookView>().ProducesProblem(404);
        routes.MapPut("/partner/webhook", async (Request body, Db db, OutwardHttp http, WebhookSecrets secrets, CommitHorizon horizon, TimeProvider clock, Actor actor) =>
                (await Write(body, db, http, secrets, horizon, clock, actor)).ToHttp())
            .Requires(Permission.PartnerWork).WithName("partner.writeWebhook").WithTags("Partners").WithSummary("Make a partner's webhook, or change its address")
            .WithDescription("Messages are signed as those of other webhooks are. They name the work and what happened to it; read the work at `href`. Sent again until taken, in the order of each order.")
            .Produces<WebhookView>().ProducesProblem(400).ProducesProblem(409);
        routes.MapDelete("/partner/webhook", async (Db db, TimeProvider clock, Actor actor) =>
                (await Own(db, actor) is { } own ? await DeleteWebhook.Handle(own.Id.ToString(), db, clock, actor) : None).ToHttp())
            .Requires(Permission.PartnerWork).WithName("partner.deleteWebhook").WithTags("Partners").WithSummary("Delete a partner's webhook").Produces<WebhookView>().ProducesProblem(404);
        routes.MapPost("/partner/webhook/test", async (TestWebhook test, Db db, Actor actor, HttpContext http) =>
                (await Own(db, actor) is { } own ? await test.Handle(own.Id.ToString(), null, actor, http.RequestAborted) : None).ToHttp())
            .Requires(Permission.PartnerWork).WithName("partner.testWebhook").WithTags("Partners").WithSummary("Send a test message to a partner's webhook")
            .Produces<TestWebhook.Response>().ProducesProblem(404).ProducesProblem(429);
    }

    /// <summary>An entry as a partner is told of it: no reasons, no names, nothing of the order but its number.</summary>
    internal static EventView Thin(EventView entry)
    {
        var payload = JsonNode.Parse(entry.Payload.GetRawText()) as JsonObject ?? [];
        string? id = (string?)payload["fulfilment"];
        var thin = new JsonObject { ["fulfilment"] = id, ["number"] = (string?)payload["number"], ["node"] = (string?)payload["node"], ["href"] = $"/api/v1/partner/work/{id}" };
        return entry with { Actor = "house", Reason = null, Payload = JsonSerializer.SerializeToElement(thin, Json.Options) };
    }

    private static async Task<Result<WebhookView>> Find(Db db, TimeProvider clock, Actor actor) =>
        await Own(db, actor) is { } own ? await db.Read(actor, work => WebhookView.Of(work, own, clock.GetUtcNow())) : None;

    private static async Task<Result<WebhookView>> Write(Request body, Db db, OutwardHttp http, WebhookSecrets secrets, CommitHorizon horizon, TimeProvider clock, Actor actor)
    {
        if (actor.Nodes is null) return NoNodes;
        var whole = new WriteWebhook.Request(body.Url, Kinds, null, "Partner", body.IsActive) { IsPartner = true };
        for (int tries = 1; ; tries++)
        {
            var written = await Own(db, actor) is { } own ? await WriteWebhook.Change(own.Id.ToString(), whole, null, db, http, clock, actor)
                : await WriteWebhook.Create(whole, db, http, secrets, horizon, clock, actor);
            // Somebody else made or deleted it between the look and the statement, which decides: what is there now is looked for again.
            if (tries == MostTries || written.Error?.Code is not ("webhooks.partner_has_one" or "webhooks.not_found")) return written;
        }
    }

    // There is at most one for each set of nodes: the database sees to it.
    private static async Task<Webhook?> Own(Db db, Actor actor) => actor.Nodes is null ? null : (await db.Read(actor, work => work.Query(
        $"select {Webhook.Columns} from webhook_endpoints where merchant_id = @merchant and is_partner and state <> 'deleted' limit 1000", Webhook.Read)))
        .Find(w => w.NodeIds is { } nodes && actor.Nodes.SetEquals(nodes));
}
