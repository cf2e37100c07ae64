using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Log;

/// <summary>The log as a file, in commit order. Each entry is asked whether it fits, so that no filter walks the log in one statement.</summary>
internal sealed class EventExport : ExportSource
{
    private const int AtOnce = 500;
    private static readonly Func<string, string[]> AsItIs = text => [text.Trim()];

    public override string Name => "events";
    public override Permission Reads => Permission.EventsRead;
    public override IReadOnlyList<string> Columns { get; } = ["id", "position", "at", "kind", "aggregate_kind", "aggregate_id", "seq", "actor", "reason", "payload", "hash"];

    public override FieldCatalogue Fields { get; } = new(
    [
        new("kind", FieldType.Code, "The kind, such as OrderPlaced") { Split = AsItIs },
        new("aggregate", FieldType.Code, "The id of what it tells of") { Split = AsItIs, HasPrefixes = false },
        new("aggregateKind", FieldType.Code, "order, product …") { Split = AsItIs, HasPrefixes = false },
        new("actor", FieldType.Code, "Who did it: user:…, key:…, system:…") { Split = AsItIs },
        new("at", FieldType.Instant, "When it was written"),
    ], new("anything", FieldType.Code, "The id of what it tells of") { Split = AsItIs });

    public override async Task<ExportRows> Read(Db db, Actor actor, ExportWish wish, string? after, DateTimeOffset now)
    {
        long from = after is null ? 0 : long.Parse(after, System.Globalization.CultureInfo.InvariantCulture);
        var found = await db.Read(actor, work => EventsSql.OfMerchant(work, from, long.MaxValue, AtOnce + 1, []));
        bool hasMore = found.Count > AtOnce;
        if (hasMore) found.RemoveAt(AtOnce);
        // What is written while it runs is not waited for.
        if (found.FindIndex(e => e.AtMs > now.ToUnixTimeMilliseconds()) is >= 0 and var end) { found.RemoveRange(end, found.Count - end); hasMore = false; }
        var seen = await db.Read(actor, work => SeenEvents.Of(work, actor, found));
        var rows = seen.Where(e => wish.Query?.Matches(ValueOf(e)) != false).Select(EventView.Of)
            .Select(e => new object?[] { e.Id, e.Position, e.At, e.Kind, e.AggregateKind, e.AggregateId, e.Seq, e.Actor, e.Reason, e.Payload, e.Hash });
        return new ExportRows([.. rows], hasMore ? Text.Invariant(found[^1].Position) : null);
    }

    private static Func<Field, object?> ValueOf(LoggedEvent e) => field => field.Name switch
    {
        "kind" => e.Kind,
        "aggregate" or "anything" => e.AggregateId,
        "aggregateKind" => e.AggregateKind,
        "actor" => e.Actor,
        "at" => DateTimeOffset.FromUnixTimeMilliseconds(e.AtMs),
        _ => null,
    };
}
