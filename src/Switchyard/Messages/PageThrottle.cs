using System.Net;
using Switchyard.Access;

namespace Switchyard.Messages;

/// <summary>So many pages a minute for one network, so that nobody tries links out and nobody is a burden. Kept in memory: each server counts for itself.</summary>
public sealed class PageThrottle(TimeProvider clock)
{
    public const int MostAMinute = 60;
    private const int MostKept = 20_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _seen = [];
    private long _minute;

    /// <summary>Has this network had its pages of this minute? What belongs to a page (a logo) is given with it and not counted.</summary>
    public bool IsUsedUp(IPAddress? from)
    {
        lock (_lock) return clock.GetUtcNow().ToUnixTimeSeconds() / 60 == _minute && _seen.GetValueOrDefault(LoginThrottle.Network(from)) > MostAMinute;
    }

    /// <summary>Counts a page.</summary>
    /// <returns>Seconds to wait, or 0.</returns>
    public int Take(IPAddress? from)
    {
        string network = LoginThrottle.Network(from);
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_lock)
        {
            if (now / 60 != _minute || _seen.Count > MostKept)
            {
                _seen.Clear();
                _minute = now / 60;
            }
            int seen = _seen[network] = _seen.GetValueOrDefault(network) + 1;
            return seen > MostAMinute ? (int)(60 - now % 60) : 0;
        }
    }
}
