using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Log;

/// <summary>
/// May a reader who works for some nodes see this thing, and so all that happened to it? Registered by the room it belongs to. Many entries
/// of an order name no node: that it was held, tagged, paid.
/// </summary>
public sealed record TimelineScope(string Kind, Func<Work, Actor, string, Task<bool>> MaySee);

/// <summary>
/// What a reader who works for some nodes is shown of the log: entries that name nodes, and only nodes of theirs, as webhooks of theirs hear it.
/// The one place for the feed, the stream, a timeline read from the log, and the export.
/// </summary>
internal static class SeenEvents
{
    /// <summary>Entries of one thing: all of them when its room says that the reader may see the thing itself.</summary>
    public static async Task<List<LoggedEvent>> OfTimeline(Work work, Actor actor, IEnumerable<TimelineScope> scopes, string kind, string id, List<LoggedEvent> found) =>
        actor.NodeFilter is not null && found.Count > 0 && scopes.FirstOrDefault(s => s.Kind == kind) is { } scope && await scope.MaySee(work, actor, id) ? found : await Of(work, actor, found);

    public static async Task<List<LoggedEvent>> Of(Work work, Actor actor, List<LoggedEvent> found)
    {
        if (actor.NodeFilter is not { } nodes || found.Count == 0) return found;
        var codes = (await work.Query("select code from nodes where id = any(@nodes)", row => row.Text(), ("nodes", nodes))).ToHashSet(StringComparer.Ordinal);
        return found.FindAll(e => Named(e) is { Count: > 0 } named && codes.IsSupersetOf(named));
    }

    private static IReadOnlySet<string> Named(LoggedEvent entry)
    {
        try
        {
            using var payload = JsonDocument.Parse(entry.Payload);
            return EntryScope.NodesOf(entry.AggregateKind, entry.AggregateId, payload.RootElement);
        }
        catch (JsonException) { return EntryScope.NodesOf(entry.AggregateKind, entry.AggregateId, default); }
    }
}
