using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>The statements on rate cards that several slices share.</summary>
internal static class RateCardSql
{
    public static readonly Error NoSuchCard = Error.NotFound("rate_cards.no_such_card", "There is no such rate card.");

    public sealed record Stored(string Code, RateCard Card, long Version, DateTimeOffset ChangedAt);

    public static Task<Stored?> Find(Work work, string code) =>
        work.Find("select code, card, version, changed_at_ms from rate_cards where code = @code", Read, ("code", code));

    /// <summary>The cards a merchant sees: the house sees all, another those by which a node that serves it sends.</summary>
    private const string Seen =
        "(@all or exists (select 1 from node_rate_cards u join node_merchants m on m.node_id = u.node_id where u.card = c.code and m.merchant_id = @merchant))";

    public static Task<Stored?> FindSeen(Work work, Actor actor, string code) =>
        work.Find($"select c.code, c.card, c.version, c.changed_at_ms from rate_cards c where c.code = @code and {Seen}", Read, ("code", code), ("all", actor.IsHouse));

    /// <summary>The same for the merchant of the work; the house is the first of all.</summary>
    public static Task<Stored?> FindOf(Work work, string code) => work.Find(
        $"select c.code, c.card, c.version, c.changed_at_ms from rate_cards c where c.code = @code and {Seen.Replace("@all", "@merchant = (select min(id) from merchants)", StringComparison.Ordinal)}",
        Read, ("code", code));

    public static Task<List<Stored>> Page(Work work, Actor actor, string after, int limit) =>
        work.Query($"select c.code, c.card, c.version, c.changed_at_ms from rate_cards c where c.code > @after and {Seen} order by c.code limit @limit", Read,
            ("after", after), ("all", actor.IsHouse), ("limit", (long)limit));

    /// <summary>Writes a card as told; one that says the same already is left alone.</summary>
    /// <remarks>Errors: rate_cards.changed.</remarks>
    public static async Task<Result<(Stored Card, bool IsChanged)>> Save(Work work, string code, RateCard card, long? expected, DateTimeOffset now)
    {
        string json = JsonSerializer.Serialize(card, Json.Options);
        var before = await work.Find("select code, card, version, changed_at_ms from rate_cards where code = @code for update", Read, ("code", code));
        if (expected is { } version && (before?.Version ?? 0) != version) return CatalogErrors.Changed($"Rate card {code}", before?.Version ?? 0);
        if (before is not null && JsonSerializer.Serialize(before.Card, Json.Options) == json) return (before, false);
        await work.Execute(
            """
            insert into rate_cards (code, card, changed_at_ms) values (@code, @card, @now)
            on conflict (code) do update set card = @card, version = rate_cards.version + 1, changed_at_ms = @now
            """, ("code", code), ("card", json), ("now", now.ToUnixTimeMilliseconds()));
        return ((await Find(work, code))!, true);
    }

    private static Stored Read(Row row) => new(row.Text(), Parse(row.Text()), row.Long(), row.Instant());

    public static RateCard Parse(string json) => JsonSerializer.Deserialize<RateCard>(json, Json.Options)!;
}
