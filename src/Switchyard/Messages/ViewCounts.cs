using System.Collections.Concurrent;
using Switchyard.Database;

namespace Switchyard.Messages;

/// <summary>How often pages were opened: counted in memory and written together every second, so that a page that many open costs no write each. No cookie, no address is kept.</summary>
public sealed class ViewCounts(Db db, TimeProvider clock)
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<Guid, long> _views = new();

    public void Note(Guid link)
    {
        if (_views.Count < Most) _views.AddOrUpdate(link, 1, static (_, n) => n + 1);
    }

    internal async Task Flush()
    {
        var seen = new List<KeyValuePair<Guid, long>>();
        foreach (var id in _views.Keys) if (_views.TryRemove(id, out long n)) seen.Add(new(id, n));
        if (seen.Count == 0) return;
        try
        {
            await db.WriteAll(work => work.Execute(
                """
                update tracking_links set views = views + r.n, first_viewed_ms = coalesce(first_viewed_ms, @now), last_viewed_ms = @now from @rows r where tracking_links.id = r.id /* house */
                """, Rows.Of(seen.OrderBy(s => s.Key).ToList()).Uuid("id", s => s.Key).Long("n", s => s.Value), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds())));
        }
        catch
        {
            foreach (var (id, n) in seen) _views.AddOrUpdate(id, n, (_, more) => more + n);
            throw;
        }
    }
}
