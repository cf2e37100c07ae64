using System.Net.Http.Headers;
using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Webhooks;

/// <summary>One message to one receiver: signed anew for each try, since the timestamp is part of what is signed.</summary>
public sealed record WebhookMessage(string Url, string Id, byte[] Body, IReadOnlyList<string> Secrets)
{
    private static readonly string Agent = "Switchyard-Webhooks/" + typeof(WebhookMessage).Assembly.GetName().Version!.ToString(2);

    public HttpRequestMessage ToRequest(DateTimeOffset now)
    {
        long timestamp = now.ToUnixTimeSeconds();
        var content = new ByteArrayContent(Body);
        content.Headers.ContentType = new MediaTypeHeaderValue(CloudEvent.ContentType, "utf-8");
        var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = content };
        request.Headers.Add("webhook-id", Id);
        request.Headers.Add("webhook-timestamp", Text.Invariant(timestamp));
        request.Headers.Add("webhook-signature", WebhookSignature.Header(Secrets, Id, timestamp, Body));
        request.Headers.Add("User-Agent", Agent);
        return request;
    }
}

/// <summary>Puts messages together: the entry from the log, the address and the live secrets of the webhook.</summary>
public sealed class WebhookMessages(Db db, WebhookSecrets secrets, TimeProvider clock)
{
    private sealed record Receiver(string Url, string Merchant, bool HidesPrices, bool SendsConsents, bool IsPartner);

    /// <summary>The messages of these deliveries. One whose webhook was deleted meanwhile has none.</summary>
    internal async Task<List<(Delivery Delivery, WebhookMessage Message)>> For(IReadOnlyList<Delivery> deliveries)
    {
        if (deliveries.Count == 0) return [];
        var ids = deliveries.Select(d => d.Claim.Webhook).Distinct().ToList();
        var (receivers, live, entries, buyers) = await db.ReadAll(async work =>
        {
            var batch = work.Batch();
            var found = batch.Query(
                "select e.id, e.url, m.code, e.hides_prices, e.sends_consents, e.is_partner from @rows r join webhook_endpoints e on e.id = r.id join merchants m on m.id = e.merchant_id /* house */ where e.state <> 'deleted'",
                Rows.Of(ids).Uuid("id", i => i.Value), row => (Id: new WebhookId(row.Uuid()), To: new Receiver(row.Text(), row.Text(), row.Bool(), row.Bool(), row.Bool())));
            var keys = Stored(batch, ids, clock.GetUtcNow());
            await batch.Run();
            var log = await LogRoom.Entries(work, [.. deliveries.Select(d => d.Position).Distinct()]);
            var asking = found.Where(r => r.To is { SendsConsents: true, IsPartner: false }).Select(r => r.Id).ToHashSet();
            var asked = deliveries.Where(d => asking.Contains(d.Claim.Webhook)).Select(d => d.Position).ToHashSet();
            return (found.ToDictionary(r => r.Id, r => r.To), keys.ToLookup(k => k.Id, k => k.Secret), log.ToDictionary(e => e.Position),
                await BuyerConsents.Of(work, [.. log.Where(e => asked.Contains(e.Position))]));
        });
        var made = new List<(Delivery, WebhookMessage)>();
        foreach (var delivery in deliveries)
        {
            var id = delivery.Claim.Webhook;
            if (!receivers.TryGetValue(id, out var to) || !entries.TryGetValue(delivery.Position, out var entry)) continue;
            var view = to.HidesPrices ? EventView.Of(entry).WithoutPrices() : EventView.Of(entry);
            if (to is { SendsConsents: true, IsPartner: false }) view = view with { Customer = buyers.GetValueOrDefault(delivery.Position) };
            if (to.IsPartner) view = PartnerWebhook.Thin(view);
            made.Add((delivery, new WebhookMessage(to.Url, view.Id, CloudEvent.Of(view, CloudEvent.SourceOf(to.Merchant)).ToBytes(), [.. live[id].Select(secrets.Open)])));
        }
        return made;
    }

    /// <summary>A message of no entry, to see whether a receiver understands.</summary>
    internal async Task<WebhookMessage> Test(Work work, Webhook webhook, string? kind)
    {
        var now = clock.GetUtcNow();
        string id = "evt_test_" + Guid.CreateVersion7(now).ToString("N");
        var batch = work.Batch();
        var merchant = batch.Query("select code from merchants where id = @merchant", row => row.Text());
        var live = Stored(batch, [webhook.Id], now);
        await batch.Run();
        string source = CloudEvent.SourceOf(merchant[0]);
        var body = kind is null ? CloudEvent.Test(id, source, webhook.Id.ToString(), now) : EventSamples.Event(kind, source, now)!;
        if (webhook.HidesPrices && body.Data is EventView sample) body = body with { Data = sample.WithoutPrices() };
        return new WebhookMessage(webhook.Url, body.Id, body.ToBytes(), [.. live.Select(s => s.Secret)]);
    }

    /// <summary>Opens secrets as they are stored; outside of any transaction.</summary>
    internal WebhookMessage Opened(WebhookMessage stored) => stored with { Secrets = [.. stored.Secrets.Select(secrets.Open)] };

    private static List<(WebhookId Id, string Secret)> Stored(Batch batch, List<WebhookId> ids, DateTimeOffset now) => batch.Query(
        """
        select s.endpoint_id, s.secret from @rows r join webhook_secrets s on s.endpoint_id = r.id /* house */
         where s.retires_at_ms is null or s.retires_at_ms > @now order by s.endpoint_id, s.secret_no desc
        """, Rows.Of(ids).Uuid("id", i => i.Value), row => (new WebhookId(row.Uuid()), row.Text()), ("now", now.ToUnixTimeMilliseconds()));
}
