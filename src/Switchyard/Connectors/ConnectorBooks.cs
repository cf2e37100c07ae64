using Switchyard.Database;

namespace Switchyard.Connectors;

/// <summary>What must be true of what channels told.</summary>
internal static class ConnectorBooks
{
    /// <summary>An order that was taken in is there, at its channel, under the channel's own id.</summary>
    public static readonly BooksCheck Orders = new("connectors.orders", db => db.ReadAll(async work =>
    {
        var batch = work.Batch();
        var counted = batch.Query("select count(*) from channel_orders /* house */", row => row.Sum());
        var found = batch.Query(
            """
            select t.external_id, case when t.order_id is null then 'it is taken and has no order' else 'its order is one of another channel or id: ' || coalesce(o.external_id, 'none') end
              from channel_orders t join connections k on k.id = t.connection_id left join orders o on o.id = t.order_id
             where t.state = 'taken' and (t.order_id is null or t.taken is null) or t.order_id is not null and (o.id is null or o.external_id is null or o.external_id <> t.external_id or o.channel_id <> k.channel_id)
             order by t.external_id limit 100 /* house */
            """, row => $"{row.Text()}: {row.Text()}");
        await batch.Run();
        return new CheckResult(counted[0], found);
    }, snapshot: true));
}
