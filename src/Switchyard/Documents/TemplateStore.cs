using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Documents;

/// <summary>A merchant's own templates: versions that never change, and which one is used.</summary>
internal static class TemplateStore
{
    internal sealed record Version(long Number, string Note, string By, DateTimeOffset At);

    /// <summary>The template used for a kind; version 0 is the one of the program.</summary>
    public static async Task<PressedTemplate> Used(Work work, string kind) => await work.Find(
        """
        select t.body, t.words, t.version_no from document_template_choices c join document_templates t on t.merchant_id = c.merchant_id and t.kind = c.kind and t.version_no = c.version_no
         where c.merchant_id = @merchant and c.kind = @kind
        """, Read, ("kind", kind)) ?? new PressedTemplate(Press.BuiltIn(kind), null, 0);

    public static async Task<PressedTemplate?> Find(Work work, string kind, long version) => version == 0 ? new PressedTemplate(Press.BuiltIn(kind), null, 0)
        : await work.Find("select body, words, version_no from document_templates where merchant_id = @merchant and kind = @kind and version_no = @version", Read, ("kind", kind), ("version", version));

    public static Task<List<Version>> Versions(Work work, string kind) => work.Query(
        "select version_no, note, created_by, created_at_ms from document_templates where merchant_id = @merchant and kind = @kind order by version_no desc limit 50",
        row => new Version(row.Long(), row.Text(), row.Text(), row.Instant()), ("kind", kind));

    public static Task Choose(Work work, string kind, long version) => work.Execute(
        """
        insert into document_template_choices (merchant_id, kind, version_no) values (@merchant, @kind, @version)
        on conflict (merchant_id, kind) do update set version_no = excluded.version_no
        """, ("kind", kind), ("version", version));

    private static PressedTemplate Read(Row row) => new(row.Text(),
        JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(row.Text(), Json.Options)!.ToDictionary(w => w.Key, w => (IReadOnlyDictionary<string, string>)w.Value), row.Long());
}
