using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>Finds out which products listings are of: the same SKU, else one barcode that only one product has. What a person decided stays.</summary>
internal static class MatchListings
{
    private const int MostCandidates = 500;

    /// <summary>A barcode as products are found by it; null when it is none.</summary>
    public static string? BarcodeKey(string? barcode) => Barcode.Parse(barcode) is { IsOk: true, Value: var code } ? code.Key : null;

    public static string? SkuKey(string? sku) => sku?.Trim() is { Length: > 0 and <= 200 } text ? Text.Key(text) : null;

    /// <summary>Matches what is still open of these listings, or of all of a connection.</summary>
    /// <param name="listings">Null: all.</param>
    public static async Task<int> OfConnection(Work work, Guid connection, IReadOnlyCollection<string>? listings, DateTimeOffset now)
    {
        string these = listings is null ? "" : " and listing_id = any(@listings)";
        (string, object?)[] arguments = [("connection", connection), ("listings", (listings ?? []).ToArray()), ("now", now.ToUnixTimeMilliseconds())];
        int found = await work.Execute(
            $"""
            update channel_listings set product_id = p.id, matched = 'sku', {Fresh} from products p
             where channel_listings.merchant_id = @merchant and connection_id = @connection and matched = 'none' and p.kind <> 'charge' and p.merchant_id = @merchant and p.sku_key = listed_key{these}
            """, arguments) + await work.Execute(
            $"""
            update channel_listings set product_id = b.product_id, matched = 'barcode', units_each = case when units_each = 1 then b.pack_quantity else units_each end, {Fresh} from product_barcodes b
             where channel_listings.merchant_id = @merchant and connection_id = @connection and matched = 'none' and b.merchant_id = @merchant and b.barcode_key = channel_listings.barcode_key{these}
            """, arguments);
        // Orders that came in before and were held for what nobody knew get the right lines.
        if (found > 0) await ToldOrders.Relist(work, new ConnectionId(connection), now);
        return found;
    }

    /// <summary>Open listings that a new or changed product is.</summary>
    public static async Task<int> OfProducts(Work work, IReadOnlyList<(long Merchant, string Sku)> changed, DateTimeOffset now)
    {
        int found = 0;
        foreach (var group in changed.GroupBy(c => c.Merchant))
        {
            var own = work.For(group.Key);
            var keys = Rows.Of(group.Select(c => Text.Key(c.Sku)).Distinct().Order(StringComparer.Ordinal).ToList()).Text("sku_key", k => k);
            found += await own.Execute(
                $"""
                update channel_listings set product_id = p.id, matched = 'sku', {Fresh} from products p join @rows r on r.sku_key = p.sku_key
                 where channel_listings.merchant_id = @merchant and matched = 'none' and p.merchant_id = @merchant and listed_key = p.sku_key
                """, keys, ("now", now.ToUnixTimeMilliseconds()));
            found += await own.Execute(
                $"""
                update channel_listings set product_id = b.product_id, matched = 'barcode', units_each = case when units_each = 1 then b.pack_quantity else units_each end, {Fresh}
                  from product_barcodes b join products p on p.id = b.product_id join @rows r on r.sku_key = p.sku_key
                 where channel_listings.merchant_id = @merchant and matched = 'none' and b.barcode_key = channel_listings.barcode_key and b.merchant_id = @merchant
                """, keys, ("now", now.ToUnixTimeMilliseconds()));
            if (found > 0) foreach (var connection in await Connection.All(own)) await ToldOrders.Relist(own, connection.Id, now);
        }
        return found;
    }

    private const string Fresh = "dirt = dirt + 1, dirty_since_ms = coalesce(dirty_since_ms, @now), due_at_ms = 0, tries = 0, said = null, expects = null, changed_at_ms = @now, version = channel_listings.version + 1";

    /// <summary>Products that a listing may be of: those that share a word of its title or the beginning of its SKU with it, and the likely ones of them first.</summary>
    public static async Task<ListingMatch> Suggest(Work work, ListingRow row)
    {
        string[] words = [.. row.Title.Split([' ', '-', ',', '(', ')', '/'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length > 2).Select(w => w.ToLowerInvariant()).Distinct().OrderByDescending(w => w.Length).Take(5)];
        string plain = string.Concat((row.ListedSku ?? "").Where(char.IsLetterOrDigit)).ToLowerInvariant();
        var found = await work.Query(
            """
            select distinct p.id, p.sku, p.name from products p join @rows r on lower(p.name) like '%' || r.word || '%' or (r.is_sku and replace(replace(replace(p.sku_key, '-', ''), ' ', ''), '_', '') like r.word || '%')
             where p.merchant_id = @merchant and p.kind <> 'charge' order by p.sku limit @most
            """,
            Rows.Of(words.Select(w => (Word: w, IsSku: false)).Concat(plain.Length >= 3 ? [(Word: plain, IsSku: true)] : []).Select(w => (Word: Escaped(w.Word), w.IsSku)).ToList()).Text("word", w => w.Word).Bool("is_sku", w => w.IsSku),
            row => new MatchCandidate(row.Long(), row.Text(), row.Text(), []), ("most", (long)MostCandidates));
        return ListingMatch.Of(new ChannelListing(new ListingKey(row.Id, row.Item, row.ListedSku), row.Title, row.Barcode, null, true, true), new ListingMatch.Catalogue(found));
    }

    private static string Escaped(string word) => string.Concat(word.Where(c => c is not ('%' or '_' or '\\')));
}
