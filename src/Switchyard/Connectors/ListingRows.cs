using Switchyard.Database;

namespace Switchyard.Connectors;

/// <summary>Listings of channels as they are stored.</summary>
internal static class ListingRows
{
    /// <summary>What listings are with us, by the channel's id of them; one that is not matched is left out.</summary>
    public static async Task<IReadOnlyDictionary<string, KnownListing>> Known(Work work, ConnectionId connection, IReadOnlyList<string> listings) => (await work.Query(
        """
        select l.listing_id, p.sku, l.units_each from channel_listings l join products p on p.id = l.product_id
         where l.merchant_id = @merchant and l.connection_id = @connection and l.listing_id = any(@listings)
        """, row => (Listing: row.Text(), Known: new KnownListing(row.Text(), row.Long())), ("connection", connection.Value), ("listings", listings.ToArray()))).ToDictionary(l => l.Listing, l => l.Known);
}
