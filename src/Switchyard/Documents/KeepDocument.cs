using System.Security.Cryptography;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>Keeps the file of a document, and notes what it is about, so that it is found again by each of those things.</summary>
internal static class KeepDocument
{
    /// <param name="Subjects">Ids of releases or packages, SKUs, bins, pallets.</param>
    internal sealed record Made(string Kind, string Format, string Language, long TemplateVersion, IReadOnlyList<string> Subjects, long? Node, bool IsOfNodes, bool ShowsPrices, long Pages, byte[] Content);

    public static async Task<DocumentId> Write(Work work, Actor actor, DateTimeOffset now, Made made)
    {
        var id = DocumentId.New(now);
        byte[] hash = SHA256.HashData(made.Content);
        await work.Execute("insert into document_files (merchant_id, hash, content) values (@merchant, @hash, @content) on conflict do nothing", ("hash", hash), ("content", made.Content));
        await work.Execute(
            """
            insert into documents (id, merchant_id, kind, format, language, template_version, subjects, node_id, is_of_nodes, shows_prices, pages, byte_count, hash, created_by, created_at_ms)
            values (@id, @merchant, @kind, @format, @language, @version, @of, @node::bigint, @ofNodes, @prices, @pages, @bytes, @hash, @by, @now)
            """, ("id", id.Value), ("kind", made.Kind), ("format", made.Format), ("language", made.Language), ("version", made.TemplateVersion), ("of", JsonSerializer.Serialize(made.Subjects, Json.Options)),
            ("node", made.Node), ("ofNodes", made.IsOfNodes), ("prices", made.ShowsPrices), ("pages", made.Pages), ("bytes", (long)made.Content.Length), ("hash", hash), ("by", actor.Id),
            ("now", now.ToUnixTimeMilliseconds()));
        await work.Execute("insert into document_subjects (merchant_id, subject, document_id) select @merchant, subject, @id from @rows r where true on conflict do nothing",
            Rows.Of(made.Subjects.Distinct().ToList()).Text("subject", s => s), ("id", id.Value));
        return id;
    }

    /// <summary>The newest document of a kind about something.</summary>
    public static async Task<DocumentId?> Newest(Work work, string kind, string subject)
    {
        var found = await work.Query(
            "select d.id from document_subjects s join documents d on d.id = s.document_id where s.merchant_id = @merchant and s.subject = @subject and d.kind = @kind order by d.id desc limit 1",
            row => row.Uuid(), ("subject", subject), ("kind", kind));
        return found.Count == 1 ? new DocumentId(found[0]) : null;
    }
}
