using Switchyard.Database;

namespace Switchyard.Webhooks;

/// <summary>
/// Counts failures in a row of each receiver. One that seems down is left to rest and then probed with one delivery at a time, so that it
/// takes no places from others; when it answers again, all that waits for it goes at once.
/// </summary>
internal static class EndpointHealth
{
    private sealed record Change(WebhookId Id, bool AnyDelivered, long FailuresAfter, long? AskedRestUntilMs, long Known);

    /// <summary>Notes outcomes in the order in which they came. A receiver that was well and is well costs no statement.</summary>
    /// <returns>Receivers that only failed for longer than <paramref name="disableAfter"/>.</returns>
    public static async Task<List<(WebhookId Id, long Merchant)>> Note(Work work, IReadOnlyList<Outcome> outcomes, long now, TimeSpan disableAfter)
    {
        var changes = outcomes.GroupBy(o => o.Of.Claim.Webhook).Select(g => new Change(g.Key, g.Any(o => o.IsDelivered),
                g.Reverse().TakeWhile(o => !o.IsDelivered).Count(), g.Max(o => o.RestUntilMs), g.Max(o => o.Of.KnownFailures)))
            .Where(c => c.FailuresAfter > 0 || c.Known > 0).OrderBy(c => c.Id.ToString(), StringComparer.Ordinal).ToList();
        if (changes.Count == 0) return [];
        var before = (await work.Query("select e.id, e.failures from @rows r join webhook_endpoints e on e.id = r.webhook /* house */ order by e.id for update of e",
            Rows.Of(changes).Uuid("webhook", c => c.Id.Value), row => (Id: new WebhookId(row.Uuid()), Failures: row.Long()))).ToDictionary(e => e.Id, e => e.Failures);
        var after = changes.Where(c => before.ContainsKey(c.Id)).Select(c => (c.Id, c.AnyDelivered, Failures: c.AnyDelivered ? c.FailuresAfter : before[c.Id] + c.FailuresAfter, c.AskedRestUntilMs)).ToList();
        await work.Execute(
            """
            update webhook_endpoints /* house */ set failures = r.failures, rest_until_ms = r.rest,
                   failing_since_ms = case when r.failures = 0 then null when r.anew then @now else coalesce(failing_since_ms, @now) end
              from @rows r where webhook_endpoints.id = r.webhook
            """,
            Rows.Of(after).Uuid("webhook", c => c.Id.Value).Long("failures", c => c.Failures).Bool("anew", c => c.AnyDelivered)
                .Long("rest", c => Math.Max(c.AskedRestUntilMs ?? 0, RetryPlan.RestMs(c.Failures) is > 0 and var rest ? now + rest : 0)), ("now", now));
        // It was down and answers again: what waits for its next try need not wait any longer.
        await work.Execute(
            "update webhook_lanes /* house */ set due_at_ms = @now from @rows r where webhook_lanes.endpoint_id = r.webhook and webhook_lanes.due_at_ms > @now",
            Rows.Of(after.Where(c => c.Failures == 0 && RetryPlan.IsFailing(before[c.Id])).ToList()).Uuid("webhook", c => c.Id.Value), ("now", now));
        return await work.Query(
            "select e.id, e.merchant_id from @rows r join webhook_endpoints e on e.id = r.webhook /* house */ where e.state = 'active' and e.failing_since_ms <= @since",
            Rows.Of(after).Uuid("webhook", c => c.Id.Value), row => (new WebhookId(row.Uuid()), row.Long()), ("since", now - (long)disableAfter.TotalMilliseconds));
    }
}
