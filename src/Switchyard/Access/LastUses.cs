using System.Collections.Concurrent;

namespace Switchyard.Access;

/// <summary>When keys and sessions were last seen: noted in memory on the way of a request, written down by a job.</summary>
internal sealed class LastUses
{
    private readonly ConcurrentDictionary<string, long> _keys = new(), _sessions = new();

    public void NoteKey(string id, DateTimeOffset now) => _keys[id] = now.ToUnixTimeMilliseconds();
    public void NoteSession(byte[] tokenHash, DateTimeOffset now) => _sessions[Convert.ToHexString(tokenHash)] = now.ToUnixTimeMilliseconds();

    public List<(string Id, long AtMs)> TakeKeys() => Take(_keys);
    public List<(byte[] Hash, long AtMs)> TakeSessions() => [.. Take(_sessions).Select(s => (Convert.FromHexString(s.Id), s.AtMs))];

    private static List<(string Id, long AtMs)> Take(ConcurrentDictionary<string, long> noted) =>
        [.. noted.Keys.Select(id => noted.TryRemove(id, out long at) ? (id, at) : default).Where(n => n.Item1 is not null)];
}
