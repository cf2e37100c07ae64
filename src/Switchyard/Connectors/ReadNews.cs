using System.Globalization;
using System.Text.Json;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>Reads what is told, from the order as it is when it is told.</summary>
internal static class ReadNews
{
    private sealed record Parcel(Guid Id, string? Carrier, string? Service, string? Tracking, string? Url, DateTimeOffset LeftAt);
    private sealed record Content(Guid Package, int Line, long Units);
    private sealed record Line(ToldLine Told, bool HoldsStock, long Open);

    /// <returns>Null: nothing of it is whole yet, or the parcel was made undone.</returns>
    public static async Task<ShippedNews?> Shipped(Work work, DueTask task, ChannelServing serving)
    {
        var batch = work.Batch();
        var lines = Lines(batch, task.Order);
        var parcels = batch.Query(
            """
            select p.id, coalesce(p.carrier, s.carrier), coalesce(p.service, s.service), p.tracking,
                   (select max(l.tracking_url) from carrier_labels l where l.package_id = p.id and l.tracking = p.tracking), s.shipped_at_ms
              from packages p join shipments s on s.id = p.shipment_id where p.merchant_id = @merchant and p.order_id = @order and p.state <> 'voided' order by s.shipped_at_ms, p.id
            """, row => new Parcel(row.Uuid(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Instant()), ("order", task.Order.Value));
        var contents = batch.Query("select c.package_id, c.line_no, c.quantity from packages p join package_lines c on c.package_id = p.id where p.merchant_id = @merchant and p.order_id = @order",
            row => new Content(row.Uuid(), row.Int(), row.Long()), ("order", task.Order.Value));
        var others = batch.Query("select count(*) from channel_tasks where merchant_id = @merchant and connection_id = @connection and order_id = @order and kind = 'shipped' and state = 'waiting' and task_key <> @key", row => row.Long(),
            ("connection", task.Connection), ("order", task.Order.Value), ("key", task.Key));
        await batch.Run();
        int place = parcels.FindIndex(p => p.Id == task.Body.Package);
        if (place < 0) return null;
        var own = contents.ToLookup(c => c.Package);
        var told = parcels.Take(place).Select(p => p.Id).ToHashSet();
        var pieces = ToldUnits.Pieces([.. lines.Select(l => l.Told)], Sum(contents.Where(c => told.Contains(c.Package))), Sum(own[parcels[place].Id]));
        if (pieces.Count == 0) return null;
        bool isLast = others[0] == 0 && lines.All(l => !l.HoldsStock || l.Open == 0);
        var parcel = parcels[place];
        return new ShippedNews(new PackageId(parcel.Id).ToString(), task.ExternalId, pieces, parcel.Carrier, parcel.Service, parcel.Tracking, parcel.Url, parcel.LeftAt, !serving.MailsBuyer, isLast, null);
    }

    /// <returns>Null: nothing of it is whole.</returns>
    public static async Task<CancelledNews?> Cancelled(Work work, DueTask task, ChannelServing serving)
    {
        if (task.Body.Units is not { } units) return new CancelledNews(task.Key, task.ExternalId, null, Reason(task.Body.Reason), false, TellsBuyer: !serving.MailsBuyer);
        var batch = work.Batch();
        var lines = Lines(batch, task.Order);
        await batch.Run();
        var pieces = ToldUnits.Pieces([.. lines.Select(l => l.Told)], new Dictionary<int, long>(), units);
        return pieces.Count == 0 ? null : new CancelledNews(task.Key, task.ExternalId, pieces, Reason(task.Body.Reason), false, TellsBuyer: !serving.MailsBuyer);
    }

    /// <remarks>Of the channel's refunds of this order, those that were made for other tasks are surely not this one.</remarks>
    public static async Task<RefundedNews> Refunded(Work work, DueTask task, ChannelServing serving)
    {
        var others = await work.Query(
            "select answer from channel_tasks where merchant_id = @merchant and connection_id = @connection and order_id = @order and kind = 'refunded' and state = 'done' and task_key <> @key and answer <> ''", row => row.Text(),
            ("connection", task.Connection), ("order", task.Order.Value), ("key", task.Key));
        return new RefundedNews(task.Key, task.ExternalId, new Dictionary<string, long>(), task.Body.AmountMinor ?? 0, 0, task.Body.Currency ?? "", Reason(task.Body.Reason), task.Body.Reason, TellsBuyer: !serving.MailsBuyer, Others: others);
    }

    private static List<Line> Lines(Batch batch, OrderId order) => batch.Query(
        """
        select line_no, parent_line_no, quantity, metadata, kind, quantity - shipped - delivered - lost - sent_back - cancelled from order_lines
         where merchant_id = @merchant and order_id = @order and kind <> 'charge' order by line_no
        """,
        row =>
        {
            var (no, parent, quantity) = (row.Int(), row.IntOrNull(), row.Long());
            var said = row.TextOrNull() is { } text ? JsonSerializer.Deserialize<Dictionary<string, string>>(text) : null;
            long each = said?.GetValueOrDefault(ChannelRequest.EachKey) is { } units && long.TryParse(units, CultureInfo.InvariantCulture, out long n) ? n : 1;
            return new Line(new ToldLine(no, parent, quantity, said?.GetValueOrDefault(ChannelRequest.LineKey), each), row.Text() is not "bundle", row.Long());
        }, ("order", order.Value));

    private static Dictionary<int, long> Sum(IEnumerable<Content> contents) => contents.GroupBy(c => c.Line).ToDictionary(g => g.Key, g => g.Sum(c => c.Units));

    // What our people wrote is theirs; the channel is told by which of its few reasons.
    private static string Reason(string? ours) => ours switch
    {
        null => "other",
        _ when ours.Contains("stock", StringComparison.OrdinalIgnoreCase) => "stock",
        _ when ours.Contains("buyer", StringComparison.OrdinalIgnoreCase) || ours.Contains("customer", StringComparison.OrdinalIgnoreCase) => "customer",
        _ when ours.Contains("address", StringComparison.OrdinalIgnoreCase) => "address",
        _ when ours.Contains("fraud", StringComparison.OrdinalIgnoreCase) => "fraud",
        _ => "other",
    };
}
