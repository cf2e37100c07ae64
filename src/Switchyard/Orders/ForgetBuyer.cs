using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Takes the personal data of its buyer off an order that is over. Goods, stock and money stay, and so does its country: they are nobody's name.</summary>
public static class ForgetBuyer
{
    /// <summary>Metadata that is the trade's and not the buyer's.</summary>
    private static readonly string[] KeptKeys = ["placedAtChannel", "shipBy", "deliverBy", "taxCollectedBy"];

    /// <returns>False: there is no such order.</returns>
    public static async Task<bool> Of(Work work, Actor house, OrderId id, string reason, DateTimeOffset now)
    {
        if (await OpenOrder.Lock(work, house, id, now) is not { } order) return false;
        order.Tell("OrderBuyerForgotten", new { }, reason);
        await order.Save(work);
        var batch = work.Batch();
        var metadata = batch.Query("select metadata from orders where merchant_id = @merchant and id = @id", row => row.TextOrNull(), ("id", id.Value));
        var lines = batch.Query("select line_no, metadata from order_lines where merchant_id = @merchant and order_id = @id and metadata is not null order by line_no", row => (No: row.Int(), Text: row.Text()), ("id", id.Value));
        await batch.Run();
        var writes = work.Batch();
        writes.Execute(
            """
            update orders set customer_name = null, customer_email = null, customer_phone = null, customer_reference = null, ship_postcode = null, ship_to = null, bill_to = null, metadata = @metadata::text,
                   email_key = null, phone_key = null, place_key = null where merchant_id = @merchant and id = @id
            """, ("metadata", Kept(metadata.FirstOrDefault())), ("id", id.Value));
        writes.Execute("update order_lines set metadata = r.metadata from @rows r where merchant_id = @merchant and order_id = @id and order_lines.line_no = r.line_no",
            Rows.Of(lines).Int("line_no", l => l.No).Text("metadata", l => Kept(l.Text)), ("id", id.Value));
        writes.Execute("update order_notes set body = '', mentions = '[]', deleted_at_ms = coalesce(deleted_at_ms, @now) where merchant_id = @merchant and order_id = @id", ("id", id.Value), ("now", now.ToUnixTimeMilliseconds()));
        writes.Execute("update order_contacts set note = '' where merchant_id = @merchant and order_id = @id", ("id", id.Value));
        await writes.Run();
        return true;
    }

    private static string? Kept(string? json)
    {
        if (json is null) return null;
        var kept = JsonSerializer.Deserialize<Dictionary<string, string>>(json)!.Where(m => m.Key.StartsWith("channel", StringComparison.Ordinal) || KeptKeys.Contains(m.Key)).ToDictionary(m => m.Key, m => m.Value);
        return kept.Count == 0 ? null : JsonSerializer.Serialize(kept);
    }
}
