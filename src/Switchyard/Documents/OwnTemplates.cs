using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Documents;

/// <summary>A template as a merchant wrote it.</summary>
/// <param name="Words">Words of its own, by key and language.</param>
internal sealed record OwnTemplate(string Text, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Words, long Version);

/// <param name="By">Who wrote it: <c>user:…</c>, <c>key:…</c>.</param>
public sealed record TemplateVersion(long Version, string Note, string By, DateTimeOffset At);

/// <summary>A merchant's own templates of each kind: versions that never change, and which one is used. Version 0 is the one of the program, which is not kept here.</summary>
/// <param name="Table">Of the versions.</param>
/// <param name="Choices">Of which is used.</param>
internal sealed record OwnTemplates(string Table, string Choices)
{
    private const int MostListed = 50;

    /// <summary>The one that is used; null: that of the program.</summary>
    public Task<OwnTemplate?> Used(Work work, string kind) => work.Find(
        $"""
        select t.body, t.words, t.version_no from {Choices} c join {Table} t on t.merchant_id = c.merchant_id and t.kind = c.kind and t.version_no = c.version_no
         where c.merchant_id = @merchant and c.kind = @kind
        """, Read, ("kind", kind));

    public Task<OwnTemplate?> Find(Work work, string kind, long version) =>
        work.Find($"select body, words, version_no from {Table} where merchant_id = @merchant and kind = @kind and version_no = @version", Read, ("kind", kind), ("version", version));

    /// <summary>The version used of each kind that has one of its own.</summary>
    public async Task<Dictionary<string, long>> AllUsed(Work work) =>
        (await work.Query($"select kind, version_no from {Choices} where merchant_id = @merchant", row => (Kind: row.Text(), Version: row.Long()))).ToDictionary(c => c.Kind, c => c.Version);

    /// <summary>The newest first.</summary>
    public Task<List<TemplateVersion>> Versions(Work work, string kind) => work.Query(
        $"select version_no, note, created_by, created_at_ms from {Table} where merchant_id = @merchant and kind = @kind order by version_no desc limit @most",
        row => new TemplateVersion(row.Long(), row.Text(), row.Text(), row.Instant()), ("kind", kind), ("most", MostListed));

    /// <summary>Keeps a new version and uses it. Said again as it is, nothing has changed.</summary>
    public async Task Write(Work work, Actor actor, string kind, string text, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> words, string? note, DateTimeOffset now)
    {
        await work.Query("select id from merchants where id = @merchant for update", row => row.Long());
        string json = JsonSerializer.Serialize(words, Json.Options);
        if (await Used(work, kind) is { } used && used.Text == text && JsonSerializer.Serialize(used.Words, Json.Options) == json) return;
        long version = await work.Scalar($"select coalesce(max(version_no), 0) + 1 from {Table} where merchant_id = @merchant and kind = @kind", ("kind", kind));
        await work.Execute(
            $"""
            insert into {Table} (merchant_id, kind, version_no, body, words, note, created_by, created_at_ms)
            values (@merchant, @kind, @version, @body, @words, @note, @by, @now)
            """, ("kind", kind), ("version", version), ("body", text), ("words", json), ("note", note ?? ""), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
        await Choose(work, kind, version);
    }

    /// <summary>Uses an earlier version, or 0: the one of the program.</summary>
    public Task Choose(Work work, string kind, long version) => work.Execute(
        $"""
        insert into {Choices} (merchant_id, kind, version_no) values (@merchant, @kind, @version)
        on conflict (merchant_id, kind) do update set version_no = excluded.version_no
        """, ("kind", kind), ("version", version));

    private static OwnTemplate Read(Row row) => new(row.Text(),
        JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(row.Text(), Json.Options)!.ToDictionary(w => w.Key, w => (IReadOnlyDictionary<string, string>)w.Value), row.Long());
}
