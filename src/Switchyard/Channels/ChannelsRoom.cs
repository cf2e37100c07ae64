using Switchyard.Database;

namespace Switchyard.Channels;

// door: ChannelSettings, DeliveryCharge, DeliveryCharges, ExchangeRate, WriteChannel

/// <summary>The door of Channels: where orders come from, what is done when stock is short, and what currencies are worth.</summary>
public static class ChannelsRoom
{
    private const int MostRates = 10_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        WriteChannel.Map(routes);
        ListChannelNames.Map(routes);
        WriteExchangeRate.Map(routes);
        WriteDeliveryCharges.Map(routes);
    }

    /// <summary>All channels of the merchant of this work.</summary>
    public static List<ChannelSettings> Channels(Batch batch) =>
        batch.Query($"select {ChannelSettings.Columns} from channels where merchant_id = @merchant order by code", ChannelSettings.Read);

    /// <summary>What customers pay for delivery; one row at most.</summary>
    public static List<IReadOnlyList<DeliveryCharge>> Delivery(Batch batch) =>
        batch.Query("select charges from delivery_charges where merchant_id = @merchant", row => WriteDeliveryCharges.Parse(row.Text()));

    /// <summary>The newest exchange rates of the merchant of this work.</summary>
    public static List<ExchangeRate> Rates(Batch batch) => batch.Query(
        """
        select currency, valid_from_ms, rate_e9, source from exchange_rates where merchant_id = @merchant
         order by valid_from_ms desc, currency limit @most
        """, row => new ExchangeRate(row.Text(), row.Long(), row.Long(), row.Text()), ("most", (long)MostRates));
}
