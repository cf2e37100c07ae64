using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Documents;

/// <summary>Takes the content of papers that name a buyer. That they were printed, when and by whom stays; customs papers stay whole, since whoever exports has to keep them.</summary>
public static class ForgetDocuments
{
    private static readonly string[] NamesBuyer = ["packingSlip", "orderSummary", "giftMessage", "returnSlip", "shippingLabel", PrintedLabels.Kind];

    /// <summary>Papers that are about nothing but these: one that others are on too stays.</summary>
    /// <param name="subjects">Ids of the releases, packages and labels of a buyer.</param>
    public static async Task<int> About(Work work, IReadOnlyCollection<string> subjects)
    {
        var found = await work.Query(
            """
            select distinct d.id, d.subjects, d.hash from document_subjects s join documents d on d.id = s.document_id
             where s.merchant_id = @merchant and d.merchant_id = @merchant and s.subject = any(@subjects) and d.kind = any(@kinds)
            """, row => (Id: row.Uuid(), Of: JsonSerializer.Deserialize<string[]>(row.Text(), Json.Options)!, Hash: row.Bytes()), ("subjects", subjects.ToArray()), ("kinds", NamesBuyer));
        int gone = 0;
        foreach (byte[] hash in found.Where(d => d.Of.All(subjects.Contains)).Select(d => d.Hash).DistinctBy(Convert.ToHexString))
            gone += await work.Execute("delete from document_files where merchant_id = @merchant and hash = @hash", ("hash", hash));
        return gone;
    }
}
