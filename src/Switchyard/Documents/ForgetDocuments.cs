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
        var ours = found.Where(d => d.Of.All(subjects.Contains)).ToList();
        int gone = 0;
        // A file is kept once for all papers that look the same: while another paper has it, it stays.
        foreach (byte[] hash in ours.Select(d => d.Hash).DistinctBy(Convert.ToHexString))
            gone += await work.Execute(
                """
                delete from document_files where merchant_id = @merchant and hash = @hash
                   and not exists (select 1 from documents d where d.merchant_id = @merchant and d.hash = @hash and d.id not in (select r.id from @rows r))
                """, Rows.Of(ours).Uuid("id", d => d.Id), ("hash", hash));
        return gone;
    }
}
