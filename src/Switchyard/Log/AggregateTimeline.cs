using Switchyard.Database;

namespace Switchyard.Log;

/// <summary>What happened to one thing, the newest first, for a room that shows it with more of its own.</summary>
public static class AggregateTimeline
{
    public static Task<List<LoggedEvent>> Newest(Work work, string kind, string id, long beforeSeq, int most, long afterSeq = 0) => work.Query(
        $"""
        select {EventsSql.Columns} from events
         where aggregate_id = @id and aggregate_kind = @kind and merchant_id = @merchant and seq < @before and seq > @after order by seq desc limit @most
        """, EventsSql.Read, ("id", id), ("kind", kind), ("before", beforeSeq), ("after", afterSeq), ("most", (long)most));

    /// <summary>Of things of one kind, what somebody did with them after their first entry; what the house does by itself is left out.</summary>
    public static Task<List<LoggedEvent>> ByPeople(Work work, string kind, string[] ids) => work.Query(
        $"""
        select {EventsSql.Columns} from events
         where aggregate_id = any(@ids) and aggregate_kind = @kind and merchant_id = @merchant and seq > 1 and actor not like 'system:%'
        """, EventsSql.Read, ("ids", ids), ("kind", kind));
}
