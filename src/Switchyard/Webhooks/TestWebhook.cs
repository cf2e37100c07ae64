using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Webhooks;

/// <summary>Sends a test message at once, whatever the webhook's state, and says what came back.</summary>
public sealed class TestWebhook(Db db, WebhookMessages messages, OutwardHttp http, WebhookSettings settings, TimeProvider clock) : IDisposable
{
    /// <param name="IsDelivered">The receiver answered 2xx.</param>
    /// <param name="Answer">The beginning of what it answered.</param>
    public sealed record Response(string Event, bool IsDelivered, int? Status, string? Error, string Answer, long DurationMs);

    /// <param name="Kind">Send a sample event of this kind instead, for instance OrderPlaced.</param>
    public sealed record Request(string? Kind);

    private const int MostAtOnce = 8;
    private readonly SemaphoreSlim _places = new(MostAtOnce);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/{id}/test", async (string id, Request? body, TestWebhook test, Actor actor, HttpContext http) => (await test.Handle(id, body?.Kind, actor, http.RequestAborted)).ToHttp())
            .Requires(Permission.WebhooksManage).WithName("webhooks.test").WithTags("Webhooks").WithSummary("Send a test message and see what the receiver answers")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(429);

    public async Task<Result<Response>> Handle(string id, string? kind, Actor actor, CancellationToken stop)
    {
        if (kind is not null && !EventSamples.Kinds.Contains(kind)) return EventSamples.Unknown(kind);
        var stored = await db.Read(actor, async work => await Webhook.Find(work, actor, id) is { } webhook ? await messages.Test(work, webhook, kind) : null);
        if (stored is null) return WebhookErrors.NotFound(id);
        if (!await _places.WaitAsync(0, stop)) return WebhookErrors.TooManyTests;
        try
        {
            var answer = await http.Send(messages.Opened(stored).ToRequest(clock.GetUtcNow()), settings.Timeout, stop);
            return new Response(stored.Id, answer.IsOk, answer.Status, answer.IsOk ? null : answer.Fault ?? SendDeliveries.Words(answer.Status!.Value), answer.Body, (long)answer.Took.TotalMilliseconds);
        }
        finally { _places.Release(); }
    }

    public void Dispose() => _places.Dispose();
}
