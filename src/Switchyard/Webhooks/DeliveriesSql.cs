using Switchyard.Database;

namespace Switchyard.Webhooks;

/// <summary>Deliveries that go out one after the other.</summary>
internal sealed record Lane(WebhookId Webhook, long Merchant, string Name);

/// <summary>A lane in this process's hands, while nobody has a newer fence.</summary>
internal sealed record LaneClaim(WebhookId Webhook, long Merchant, string Lane, long Fence);

/// <summary>The first delivery of a claimed lane, ready to be sent.</summary>
internal sealed record Delivery(LaneClaim Claim, long Position, int Attempts, int Tries, long? FirstTriedAtMs)
{
    /// <summary>Failures in a row of the webhook when the lane was claimed.</summary>
    public long KnownFailures { get; init; }
}

/// <summary>What became of a try.</summary>
/// <param name="NextTryAtMs">When it is tried again; null when it is over.</param>
internal sealed record Outcome(Delivery Of, long AtMs, int? Status, string? Error, string Response, long DurationMs, bool IsDelivered, long? NextTryAtMs, long? RestUntilMs, string? Disables)
{
    public bool IsOver => NextTryAtMs is null;
}

/// <summary>The statements on lanes and deliveries. All of the house's: each row is written with its own merchant.</summary>
internal static class DeliveriesSql
{
    public static void OpenLanes(Batch batch, IReadOnlyList<Lane> lanes, long now)
    {
        var sorted = lanes.OrderBy(l => l.Webhook.ToString(), StringComparer.Ordinal).ThenBy(l => l.Name, StringComparer.Ordinal).ToList();
        batch.Execute(
            """
            insert into webhook_lanes (endpoint_id, lane, merchant_id, due_at_ms) select endpoint_id, lane, merchant_id, @now from @rows r where true
                on conflict (endpoint_id, lane) do update set merchant_id = webhook_lanes.merchant_id
            """, Rows.Of(sorted).Uuid("endpoint_id", l => l.Webhook.Value).Text("lane", l => l.Name).Long("merchant_id", l => l.Merchant), ("now", now));
    }

    /// <summary>The webhooks that have something due, with their failures in a row.</summary>
    public static Task<List<(WebhookId Id, long Failures)>> Due(Work work, long now, int most) => work.Query(
        """
        select e.id, e.failures from webhook_endpoints e /* house */ where e.state = 'active' and e.rest_until_ms <= @now
           and exists (select 1 from webhook_lanes l where l.endpoint_id = e.id and l.due_at_ms <= @now and l.lease_until_ms <= @now)
         order by e.id limit @most
        """, row => (new WebhookId(row.Uuid()), row.Long()), ("now", now), ("most", most));

    /// <summary>Takes up to so many due lanes of each webhook.</summary>
    public static async Task<List<LaneClaim>> Claim(Work work, IEnumerable<(WebhookId Webhook, int Most)> wanted, long now, long leaseMs)
    {
        var batch = work.Batch();
        var claims = wanted.Select(w => batch.Query(
            """
            with taken as materialized (
                select lane from webhook_lanes where endpoint_id = @webhook and due_at_ms <= @now and lease_until_ms <= @now
                 order by due_at_ms, lane limit @most for update skip locked)
            update webhook_lanes /* house */ set lease_until_ms = @until, fence = fence + 1
             where endpoint_id = @webhook and lane in (select lane from taken) returning merchant_id, lane, fence
            """, row => new LaneClaim(w.Webhook, row.Long(), row.Text(), row.Long()),
            ("webhook", w.Webhook.Value), ("now", now), ("until", now + leaseMs), ("most", w.Most))).ToList();
        await batch.Run();
        return [.. claims.SelectMany(c => c)];
    }

    /// <summary>The first waiting delivery of each lane. A lane where nothing waits is closed.</summary>
    public static async Task<List<Delivery>> Heads(Work work, IReadOnlyList<LaneClaim> claims)
    {
        var heads = await work.Query(
            """
            select r.no, d.position, d.attempts, d.tries, d.first_tried_at_ms from @rows r /* house */
              join webhook_deliveries d on d.endpoint_id = r.webhook and d.position =
                   (select min(w.position) from webhook_deliveries w where w.endpoint_id = r.webhook and w.lane = r.lane and w.state = 'waiting')
            """, Rows.Of(claims.Index().ToList()).Int("no", c => c.Index).Uuid("webhook", c => c.Item.Webhook.Value).Text("lane", c => c.Item.Lane),
            row => new Delivery(claims[row.Int()], row.Long(), row.Int(), row.Int(), row.LongOrNull()));
        await CloseEmpty(work, [.. claims.Except(heads.Select(h => h.Claim))]);
        return heads;
    }

    /// <summary>Locks the lanes and says of which the fence is still ours.</summary>
    public static async Task<HashSet<LaneClaim>> Hold(Work work, IReadOnlyList<LaneClaim> claims) =>
    [
        .. await work.Query(
            """
            select r.no from @rows r /* house */ join webhook_lanes l on l.endpoint_id = r.webhook and l.lane = r.lane and l.fence = r.fence
             order by l.endpoint_id, l.lane for update of l
            """,
            Rows.Of(claims.Index().ToList()).Int("no", c => c.Index).Uuid("webhook", c => c.Item.Webhook.Value).Text("lane", c => c.Item.Lane).Long("fence", c => c.Item.Fence),
            row => claims[row.Int()]),
    ];

    /// <summary>Writes what became of tries, and gives their lanes back.</summary>
    public static async Task Keep(Work work, IReadOnlyList<Outcome> outcomes, long now)
    {
        Rows<Outcome> Keys() => Rows.Of(outcomes).Uuid("webhook", o => o.Of.Claim.Webhook.Value).Long("position", o => o.Of.Position).Long("merchant_id", o => o.Of.Claim.Merchant);
        var batch = work.Batch();
        batch.Execute(
            """
            update webhook_deliveries /* house */ set state = r.state, attempts = r.attempt, tries = r.tries, first_tried_at_ms = r.first, last_tried_at_ms = r.at,
                   next_try_at_ms = r.next, status = r.status, error = r.error
              from @rows r where webhook_deliveries.endpoint_id = r.webhook and webhook_deliveries.position = r.position and webhook_deliveries.state = 'waiting'
            """,
            Keys().Text("state", o => o.IsDelivered ? "delivered" : o.IsOver ? "failed" : "waiting").Int("attempt", o => o.Of.Attempts + 1).Int("tries", o => o.Of.Tries + 1)
                .Long("first", o => o.Of.FirstTriedAtMs ?? o.AtMs).Long("at", o => o.AtMs).LongOrNull("next", o => o.NextTryAtMs)
                .IntOrNull("status", o => o.Status).Text("error", o => o.Error));
        batch.Execute(
            """
            insert into webhook_attempts (endpoint_id, position, attempt_no, merchant_id, at_ms, duration_ms, status, error, response)
            select webhook, position, attempt, merchant_id, at, duration, status, error, response from @rows r where true on conflict do nothing
            """,
            Keys().Int("attempt", o => o.Of.Attempts + 1).Long("at", o => o.AtMs).Long("duration", o => o.DurationMs)
                .IntOrNull("status", o => o.Status).Text("error", o => o.Error).Text("response", o => o.Response));
        batch.Execute(
            """
            update webhook_lanes /* house */ set due_at_ms = r.due, lease_until_ms = 0 from @rows r
             where webhook_lanes.endpoint_id = r.webhook and webhook_lanes.lane = r.lane
            """, Rows.Of(outcomes).Uuid("webhook", o => o.Of.Claim.Webhook.Value).Text("lane", o => o.Of.Claim.Lane).Long("due", o => o.NextTryAtMs ?? now));
        await batch.Run();
        await CloseEmpty(work, [.. outcomes.Where(o => o.IsOver).Select(o => o.Of.Claim)]);
    }

    /// <summary>Gives lanes back that nothing was sent for.</summary>
    public static Task Release(Work work, IReadOnlyList<LaneClaim> claims) => work.Execute(
        """
        update webhook_lanes /* house */ set lease_until_ms = 0 from @rows r
         where webhook_lanes.endpoint_id = r.webhook and webhook_lanes.lane = r.lane and webhook_lanes.fence = r.fence
        """, Rows.Of(claims).Uuid("webhook", c => c.Webhook.Value).Text("lane", c => c.Lane).Long("fence", c => c.Fence));

    // The lanes are locked: whoever queues a delivery locks its lane too, so nothing comes in between.
    private static Task CloseEmpty(Work work, IReadOnlyList<LaneClaim> claims) => work.Execute(
        """
        delete from webhook_lanes /* house */ where (endpoint_id, lane) in (
            select r.webhook, r.lane from @rows r where not exists
                   (select 1 from webhook_deliveries d where d.endpoint_id = r.webhook and d.lane = r.lane and d.state = 'waiting'))
        """, Rows.Of(claims).Uuid("webhook", c => c.Webhook.Value).Text("lane", c => c.Lane));
}
