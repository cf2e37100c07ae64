using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Messages;

namespace Switchyard.Connectors;

/// <summary>Buyers of marketplaces hear from these, and buyers of orders placed before we went live from the system they bought by.</summary>
public sealed class BuyersVoice(ConnectorDesk desk) : IBuyersVoice
{
    public async Task<bool> IsElsewhere(Work work, OrderId order) => (await work.Query(
        """
        select k.adapter, k.serving, coalesce(t.is_before, false) from orders o join connections k on k.channel_id = o.channel_id and k.merchant_id = @merchant
          left join channel_orders t on t.connection_id = k.id and t.external_id = o.external_id and t.merchant_id = @merchant
         where o.merchant_id = @merchant and o.id = @id
        """, row => (Adapter: row.Text(), Serving: row.TextOrNull(), IsBefore: row.Bool()), ("id", order.Value))).Any(k => k.IsBefore || !MailsBuyer(k.Adapter, k.Serving));

    private bool MailsBuyer(string adapter, string? own) =>
        (own is null ? desk.Channels.FirstOrDefault(c => c.Manifest.Code == adapter)?.Manifest.Serves : JsonSerializer.Deserialize<ChannelServing>(own, Json.Options))?.MailsBuyer ?? true;
}
