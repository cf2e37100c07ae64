using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Edi;

/// <summary>Finds which goods of ours a partner means: by the number agreed with it, then by our SKU under another qualifier, then by barcode.</summary>
public sealed class FindGoods(Db db)
{
    /// <returns>SKUs in the order asked for; null for goods that are not ours.</returns>
    internal async Task<IReadOnlyList<string?>> Skus(EdiPartner partner, IReadOnlyList<IReadOnlyList<GoodsNumber>> wanted)
    {
        var profile = partner.Settings.Profile;
        var candidates = wanted.Select(numbers => new[] { profile.SkuOf(numbers) }.Concat(numbers.Select(n => n.Value)).OfType<string>().Where(Text.IsStorable).Select(n => n.Trim()).Where(n => n.Length is > 0 and <= 100)
            .Distinct().ToList()).ToList();
        string[] all = [.. candidates.SelectMany(c => c).Distinct()];
        if (all.Length == 0) return [.. wanted.Select(_ => (string?)null)];
        var (skus, codes) = await db.Read(partner.Actor, async work => (
            (await work.Query("select sku_key, sku from products where merchant_id = @merchant and sku_key = any(@keys)", row => (Key: row.Text(), Sku: row.Text()), ("keys", all.Select(Text.Key).Distinct().ToArray())))
                .ToDictionary(s => s.Key, s => s.Sku),
            (await work.Query("select b.barcode, p.sku from product_barcodes b join products p on p.id = b.product_id where b.merchant_id = @merchant and b.barcode = any(@codes)",
                row => (Code: row.Text(), Sku: row.Text()), ("codes", all.SelectMany(Spellings).Distinct().ToArray()))).DistinctBy(c => c.Code).ToDictionary(c => c.Code, c => c.Sku)));
        return [.. candidates.Select(c => c.Select(n => skus.GetValueOrDefault(Text.Key(n))).FirstOrDefault(s => s is not null)
            ?? c.SelectMany(Spellings).Select(n => codes.GetValueOrDefault(n)).FirstOrDefault(s => s is not null))];
    }

    /// <summary>The same number as UPC (12), EAN (13) and GTIN (14) is written with zeros before it.</summary>
    private static IEnumerable<string> Spellings(string number)
    {
        yield return number;
        if (number.Length is < 8 or > 14 || !number.All(char.IsAsciiDigit)) yield break;
        string bare = number.TrimStart('0');
        foreach (int width in (int[])[8, 12, 13, 14]) if (bare.Length <= width) yield return bare.PadLeft(width, '0');
    }
}
