using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Exceptions;

/// <summary>The one queue of what waits for a person: held orders, failed and expired payments, what is late, short or at risk, and exceptions.</summary>
public static class ListAttention
{
    /// <summary>Counts are exact up to here.</summary>
    public const long MostCounted = 10_000;

    /// <param name="IsMore">There are more than <see cref="Count"/>.</param>
    public sealed record KindCount(string Kind, long Count, bool IsMore);
    public sealed record Counts(string Object, IReadOnlyList<KindCount> Kinds);

    private sealed record Start(long SinceMs, string Source, Guid Id, long No);

    private static readonly Guid Last = new([.. Enumerable.Repeat((byte)0xff, 16)]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/attention", async (Actor actor, Db db, IEnumerable<AttentionSource> sources, TimeProvider clock, [FromQuery] string? kind, [FromQuery] string? owner,
                [FromQuery] int? limit, [FromQuery] string? after) => (await Handle(actor, db, sources, clock.GetUtcNow(), kind, owner, limit, after)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("attention.list").WithTags("Exceptions").WithSummary("List all that waits for a person, oldest first")
            .Produces<Page<AttentionItem>>().ProducesProblem(400);
        routes.MapGet("/attention/counts", async (Actor actor, Db db, IEnumerable<AttentionSource> sources, TimeProvider clock) =>
                Results.Json(await Count(actor, db, sources, clock.GetUtcNow()), Json.Options))
            .Requires(Permission.OrdersRead).WithName("attention.count").WithTags("Exceptions").WithSummary("Count what waits for a person, by kind")
            .Produces<Counts>();
    }

    /// <remarks>Errors: request.invalid with pointers #kind, #owner, #limit, #after.</remarks>
    public static async Task<Result<Page<AttentionItem>>> Handle(Actor actor, Db db, IEnumerable<AttentionSource> sources, DateTimeOffset now, string? kind, string? owner,
        int? limit, string? after)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.Text(owner, "#owner", 200);
        var asked = sources.Where(s => kind is null || s.Kinds.Contains(kind)).OrderBy(s => s.Name, StringComparer.Ordinal).ToList();
        checks.That(asked.Count > 0, "#kind", "field.unknown_value", "There is no such kind.");
        var start = new Start(-1, "", Last, long.MaxValue);
        if (!Cursor.TryDecode(after, out string text) || text.Length > 0 && !TryParse(text, out start))
            checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        if (checks.AnyFault) return checks.ToError();
        var found = await db.Read(actor, async work =>
        {
            var batch = work.Batch();
            var parts = asked.ConvertAll(s => s.Read(batch, From(start, s.Name) with { Actor = actor, Kind = kind, Owner = owner, Limit = most + 1L, Now = now }));
            await batch.Run();
            return parts;
        }, snapshot: true);
        // Each part is in order; among items of one instant the source's name decides, and a stable sort keeps each source's own order.
        var merged = found.SelectMany(p => p).OrderBy(i => i.Since).ThenBy(i => i.Source, StringComparer.Ordinal).Take(most + 1).ToList();
        return Page<AttentionItem>.Of(merged, most, i => $"{Text.Invariant(i.Since.ToUnixTimeMilliseconds())}:{i.Source}:{i.Place.Id:N}:{Text.Invariant(i.Place.No)}");
    }

    private static async Task<Counts> Count(Actor actor, Db db, IEnumerable<AttentionSource> sources, DateTimeOffset now)
    {
        var ask = new AttentionAsk(actor, -1, Last, long.MaxValue, null, null, MostCounted + 1, now);
        var found = await db.Read(actor, async work =>
        {
            var batch = work.Batch();
            var parts = sources.Select(s => s.Count(batch, ask)).ToList();
            await batch.Run();
            return parts.SelectMany(p => p).ToList();
        }, snapshot: true);
        return new Counts("attentionCounts", [.. found.Where(c => c.Count > 0).OrderBy(c => c.Kind, StringComparer.Ordinal)
            .Select(c => new KindCount(c.Kind, Math.Min(c.Count, MostCounted), c.Count > MostCounted))]);
    }

    /// <summary>Of the instant of the cursor, sources before the cursor's are done, those behind it have not begun.</summary>
    private static AttentionAsk From(Start start, string source) => string.CompareOrdinal(source, start.Source) switch
    {
        0 => new AttentionAsk(null!, start.SinceMs, start.Id, start.No, null, null, 0, default),
        < 0 => new AttentionAsk(null!, start.SinceMs, Last, long.MaxValue, null, null, 0, default),
        _ => new AttentionAsk(null!, start.SinceMs - 1, Last, long.MaxValue, null, null, 0, default),
    };

    private static bool TryParse(string text, out Start start)
    {
        start = new Start(-1, "", Last, long.MaxValue);
        if (text.Split(':') is not [var since, var source, var id, var no] || !long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out long ms)
            || !Guid.TryParseExact(id, "N", out var guid) || !long.TryParse(no, NumberStyles.None, CultureInfo.InvariantCulture, out long number)) return false;
        start = new Start(ms, source, guid, number);
        return true;
    }
}
