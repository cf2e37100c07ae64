using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>Something a channel is to be told, taken to be told now.</summary>
internal sealed record DueTask(Guid Connection, string Key, string Kind, OrderId Order, string ExternalId, QueueTasks.Body Body, int Tries);

/// <summary>What channels are to be told, as it is stored.</summary>
internal static class TaskRows
{
    /// <summary>Connections at work that something is to be told by now.</summary>
    public static Task<List<(Guid Id, long Merchant)>> Connections(Work work, long now) => work.Query(
        """
        select k.id, k.merchant_id from connections k where k.state = 'live'
           and exists (select 1 from channel_tasks t where t.connection_id = k.id and t.state = 'waiting' and t.due_at_ms <= @now and t.lease_until_ms <= @now) /* house */
        """, row => (row.Uuid(), row.Long()), ("now", now));

    /// <summary>Of one order, one thing after another, in the order in which it happened.</summary>
    public static Task<List<string>> Due(Work work, Guid connection, long now, int most) => work.Query(
        """
        select t.task_key from channel_tasks t join connections k on k.id = t.connection_id
         where t.merchant_id = @merchant and t.connection_id = @connection and t.state = 'waiting' and t.due_at_ms <= @now and t.lease_until_ms <= @now and k.state = 'live'
           and not exists (select 1 from channel_tasks e where e.order_id = t.order_id and e.connection_id = t.connection_id and e.state = 'waiting'
                and (e.created_at_ms < t.created_at_ms or e.created_at_ms = t.created_at_ms and e.task_key < t.task_key))
         order by t.due_at_ms, t.created_at_ms, t.task_key limit @most
        """, row => row.Text(), ("connection", connection), ("now", now), ("most", (long)most));

    public static Task<List<DueTask>> Claim(Work work, Guid connection, string key, long now, long until) => work.Query(
        """
        update channel_tasks set lease_until_ms = @until where merchant_id = @merchant and connection_id = @connection and task_key = @key and state = 'waiting' and due_at_ms <= @now and lease_until_ms <= @now
        returning kind, order_id, external_id, body, tries
        """, row => new DueTask(connection, key, row.Text(), new OrderId(row.Uuid()), row.Text(), QueueTasks.Read(row.Text()), row.Int()),
        ("connection", connection), ("key", key), ("now", now), ("until", until));

    /// <summary>Whoever had it could not work on it.</summary>
    public static Task<List<(string State, Guid Order)>> Break(Work work, Guid connection, string key, string said, int most, long dueMs) => work.Query(
        """
        update channel_tasks set tries = tries + 1, state = case when tries + 1 >= @most then 'parked' else state end, said = @said, due_at_ms = @due, lease_until_ms = 0
         where merchant_id = @merchant and connection_id = @connection and task_key = @key and state = 'waiting' returning state, order_id
        """, row => (row.Text(), row.Uuid()), ("most", most), ("said", said), ("due", dueMs), ("connection", connection), ("key", key));

    /// <param name="state">done, parked, or waiting for another try.</param>
    public static Task<int> Settle(Work work, DueTask task, string state, string? said, string? answer, long dueMs, bool counts, long now) => work.Execute(
        """
        update channel_tasks set state = @state, said = @said::text, answer = coalesce(@answer::text, answer), due_at_ms = @due, lease_until_ms = 0, tries = tries + @counts, done_at_ms = case when @state = 'done' then @now else null end
         where merchant_id = @merchant and connection_id = @connection and task_key = @key and state = 'waiting'
        """, ("state", state), ("said", said), ("answer", answer), ("due", dueMs), ("counts", counts ? 1 : 0), ("now", now), ("connection", task.Connection), ("key", task.Key));
}
