using System.Net;
using System.Net.Sockets;

namespace Switchyard.Access;

/// <summary>
/// Slows down the guessing of passwords. Refusals count per account and address together, and per address, never per account
/// alone, so that nobody can lock the owner out; an account under attack from many addresses only answers later.
/// </summary>
/// <remarks>Kept in memory: each process counts for itself, and a restart forgets.</remarks>
public sealed class LoginThrottle
{
    private const int FreeForPair = 5, FreeForAddress = 20, FreeForAccount = 10, MostKept = 50_000;
    private const int MostPairSeconds = 900, MostAddressSeconds = 60;
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(1);
    private readonly Dictionary<string, (int Count, DateTimeOffset Last)> _tries = [];
    private readonly Lock _lock = new();

    /// <summary>
    /// Asks to try once. The try counts as a failure from now on, so that a hundred at the same time are not a way around;
    /// <see cref="Succeeded"/> takes it back.
    /// </summary>
    /// <returns>Seconds to wait before trying (the try is refused), or 0.</returns>
    public int Begin(string account, string address, DateTimeOffset now)
    {
        lock (_lock)
        {
            int wait = Math.Max(Wait(Pair(account, address), FreeForPair, MostPairSeconds, now),
                Wait("@" + address, FreeForAddress, MostAddressSeconds, now));
            if (wait > 0) return wait;
            if (_tries.Count > MostKept) Sweep(now);
            foreach (string key in new[] { Pair(account, address), "@" + address, account })
                _tries[key] = (Count(key, now) + 1, now);
            return 0;
        }
    }

    /// <summary>Takes this try back; of this address, the account has a clean slate.</summary>
    public void Succeeded(string account, string address)
    {
        lock (_lock)
        {
            _tries.Remove(Pair(account, address));
            foreach (string key in new[] { "@" + address, account })
                if (_tries.TryGetValue(key, out var tries)) _tries[key] = (Math.Max(0, tries.Count - 1), tries.Last);
        }
    }

    /// <summary>How much later an account is answered that is being guessed at from anywhere: at most a second.</summary>
    public TimeSpan Delay(string account, DateTimeOffset now)
    {
        lock (_lock) return TimeSpan.FromMilliseconds(Math.Clamp((Count(account, now) - FreeForAccount) * 100, 0, 1000));
    }

    /// <summary>An IPv6 network of one customer counts as one address.</summary>
    public static string Network(IPAddress? address)
    {
        if (address is null) return "local";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static string Pair(string account, string address) => account + "\n" + address;

    private int Count(string key, DateTimeOffset now) =>
        _tries.TryGetValue(key, out var tries) && now - tries.Last < ForgottenAfter ? tries.Count : 0;

    private int Wait(string key, int free, int most, DateTimeOffset now)
    {
        int over = Count(key, now) - free;
        if (over < 0) return 0;
        int seconds = Math.Min(most, 1 << Math.Min(over + 1, 20));
        var left = _tries[key].Last + TimeSpan.FromSeconds(seconds) - now;
        return left <= TimeSpan.Zero ? 0 : (int)Math.Ceiling(left.TotalSeconds);
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var key in _tries.Where(t => now - t.Value.Last >= ForgottenAfter).Select(t => t.Key).ToList()) _tries.Remove(key);
        if (_tries.Count > MostKept) _tries.Clear();
    }
}
