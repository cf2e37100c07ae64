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
}
