using Switchyard.Database;

namespace Switchyard.Connectors;

/// <summary>What a channel offers, as it is stored.</summary>
/// <param name="Matched">sku, barcode, hand, none or ignored.</param>
/// <param name="Shows">What it showed when it was looked at last.</param>
/// <param name="Pushed">Pieces it was told last.</param>
internal sealed record ListingRow(Guid Connection, string Id, string? Item, string? ListedSku, string Title, string? Barcode, long? Product, string? Sku, string Matched, ListingRule Rule, bool IsCounted, bool IsTheirs,
    bool IsLive, bool IsGone, long? Shows, long? Pushed, DateTimeOffset? PushedAt, bool IsWaiting, int Tries, string? Said, long Version)
{
    /// <summary>Of those that may be told stock at all.</summary>
    public const string IsTold = "product_id is not null and matched <> 'ignored' and is_counted and not is_theirs and not is_gone";

    private const string Columns =
        """
        l.connection_id, l.listing_id, l.item_id, l.listed_sku, l.title, l.barcode, l.product_id, p.sku, l.matched, l.units_each, l.buffer, l.share_percent, l.most, l.is_stopped, l.is_counted, l.is_theirs,
        l.is_live, l.is_gone, l.shows, l.pushed, l.pushed_at_ms, l.dirty_since_ms is not null, l.tries, l.said, l.version
        """;
    private const string Select = $"select {Columns} from channel_listings l left join products p on p.id = l.product_id";

    public ListingKey Key => new(Id, Item, ListedSku);

    public static Task<List<ListingRow>> Page(Work work, Guid connection, string condition, string after, int limit, params (string, object?)[] arguments) => work.Query(
        $"{Select} where l.merchant_id = @merchant and l.connection_id = @connection and l.listing_id > @after{condition} order by l.listing_id limit @limit", Read,
        [.. arguments, ("connection", connection), ("after", after), ("limit", (long)limit)]);

    public static Task<ListingRow?> Find(Work work, Guid connection, string id, bool locked = false) => work.Find(
        $"{Select} where l.merchant_id = @merchant and l.connection_id = @connection and l.listing_id = @id{(locked ? " for update of l" : "")}", Read, ("connection", connection), ("id", id));

    private static ListingRow Read(Row row) => new(row.Uuid(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.Text(), row.TextOrNull(), row.LongOrNull(), row.TextOrNull(), row.Text(),
        new ListingRule(row.Long(), row.Long(), row.Int(), row.LongOrNull(), row.Bool()), row.Bool(), row.Bool(), row.Bool(), row.Bool(), row.LongOrNull(), row.LongOrNull(), row.InstantOrNull(), row.Bool(), row.Int(),
        row.TextOrNull(), row.Long());
}
