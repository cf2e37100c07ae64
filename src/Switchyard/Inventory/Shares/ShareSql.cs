using System.Text.Json;
using Switchyard.Channels;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>A rule as it is stored.</summary>
internal sealed record StoredShare(string Code, int Priority, bool IsActive, long Epoch, DateTimeOffset StartedAt, DateTimeOffset UpdatedAt, long Version, ShareBody Body)
{
    /// <summary>Made ready for counting. A channel that is no longer there takes nothing.</summary>
    public ShareRule Ready(IReadOnlyList<ChannelSettings> channels) => ShareSql.Ready(Code, Epoch, Body, channels);
}

/// <summary>The statements about rules that slices share.</summary>
internal static class ShareSql
{
    private sealed record Scope(IReadOnlyList<string> Skus, IReadOnlyList<string> Tags, IReadOnlyList<string> Groups);

    private const string Columns = "code, priority, is_active, epoch, started_at_ms, updated_at_ms, version, name, overflow, scope, parts";

    public static Func<IReadOnlyList<ChannelSettings>, IReadOnlyList<ShareRule>> QueueActive(Batch batch)
    {
        var rules = batch.Query($"select {Columns} from share_rules where merchant_id = @merchant and is_active order by priority, code", Read);
        return channels => [.. rules.Select(r => r.Ready(channels))];
    }

    public static Task<StoredShare?> Find(Work work, string code, bool isLocked = false) =>
        work.Find($"select {Columns} from share_rules where merchant_id = @merchant and code = @code{(isLocked ? " for update" : "")}", Read, ("code", code));

    public static Task<List<StoredShare>> Page(Work work, string after, int limit) => work.Query(
        $"select {Columns} from share_rules where merchant_id = @merchant and code > @after order by code limit @limit", Read, ("after", after), ("limit", (long)limit));

    /// <param name="epoch">Null: it goes on counting as it did.</param>
    public static Task Write(Work work, string code, ShareBody body, long? epoch, DateTimeOffset now) => work.Execute(
        """
        insert into share_rules (merchant_id, code, name, priority, scope, parts, overflow, is_active, epoch, started_at_ms, updated_at_ms)
        values (@merchant, @code, @name, @priority, @scope, @parts, @overflow, @active, coalesce(@epoch, 0), @now, @now)
        on conflict (merchant_id, code) do update set name = @name, priority = @priority, scope = @scope, parts = @parts, overflow = @overflow, is_active = @active,
            epoch = coalesce(@epoch, share_rules.epoch), started_at_ms = case when @epoch is null then share_rules.started_at_ms else @now end, updated_at_ms = @now,
            version = share_rules.version + 1
        """, ("code", code), ("name", body.Name), ("priority", (long)body.Priority),
        ("scope", JsonSerializer.Serialize(new Scope([.. body.Skus!.Select(s => s!)], [.. body.Tags!.Select(t => t!)], [.. body.Groups!.Select(g => g!)]), Json.Options)),
        ("parts", JsonSerializer.Serialize(body.Parts, Json.Options)), ("overflow", body.Overflow), ("active", body.IsActive), ("epoch", epoch), ("now", now.ToUnixTimeMilliseconds()));

    public static ShareRule Ready(string code, long epoch, ShareBody body, IReadOnlyList<ChannelSettings> channels) => new(code, epoch,
        [.. body.Parts!.Select(p => new SharePart(p!.Name!, p.Channels is not { Count: > 0 } named ? [] : [.. named.Select(c => Id(channels, c!))],
            [.. (p.CustomerTags ?? []).Select(t => t!)], p.Percent, p.Units))], body.Overflow == "shared",
        body.Skus!.Select(s => Text.Key(s!)).ToHashSet(), body.Tags!.Select(t => t!).ToHashSet(StringComparer.OrdinalIgnoreCase), body.Groups!.Select(g => g!).ToHashSet());

    private static long Id(IReadOnlyList<ChannelSettings> channels, string code) => channels.FirstOrDefault(c => Text.Key(c.Code) == Text.Key(code))?.Id ?? -1;

    private static StoredShare Read(Row row)
    {
        var (code, priority, active, epoch, started, updated, version) = (row.Text(), row.Int(), row.Bool(), row.Long(), row.Instant(), row.Instant(), row.Long());
        var (name, overflow, scope) = (row.Text(), row.Text(), JsonSerializer.Deserialize<Scope>(row.Text(), Json.Options)!);
        return new StoredShare(code, priority, active, epoch, started, updated, version, new ShareBody(name, priority, scope.Skus, scope.Tags, scope.Groups,
            JsonSerializer.Deserialize<List<SharePartBody?>>(row.Text(), Json.Options)!, overflow, active));
    }
}
