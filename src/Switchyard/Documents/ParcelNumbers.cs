using Switchyard.Catalog;
using Switchyard.Database;

namespace Switchyard.Documents;

/// <summary>Serial shipping container codes (SSCC) of parcels and pallets, counted up under the merchant's GS1 company prefix.</summary>
public static class ParcelNumbers
{
    /// <returns>None when no prefix is set, or all its numbers are used up.</returns>
    public static async Task<IReadOnlyList<string>> Next(Work work, int count)
    {
        if (count == 0 || (await SenderSettings.Load(work)).Body.Gs1Prefix is not { } prefix) return [];
        var first = await work.Query(
            """
            insert into sscc_counters (merchant_id, next_no) values (@merchant, @count) on conflict (merchant_id) do update set next_no = sscc_counters.next_no + @count returning next_no - @count
            """, row => row.Long(), ("count", (long)count));
        var numbers = Enumerable.Range(0, count).Select(i => Gs1.Sscc(0, prefix, first[0] + i)).ToList();
        return numbers.TrueForAll(n => n is not null) ? [.. numbers.OfType<string>()] : [];
    }
}
