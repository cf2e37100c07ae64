using System.Security.Cryptography;

namespace Switchyard.Simulators;

/// <summary>Access and refresh tokens of a simulated vendor, with an end by the vendor's clock. Tokens are told apart by their prefix.</summary>
/// <param name="lasts">How long an access token is good; null: for good.</param>
public sealed class SimTokens(TimeProvider clock, TimeSpan? lasts, string prefix = "sim")
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _access = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refresh = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset Until, string About)> _codes = new(StringComparer.Ordinal);

    /// <summary>Seconds for which a new token is good; 0 without an end.</summary>
    public int LastsSeconds => lasts is { } time ? (int)time.TotalSeconds : 0;

    /// <summary>How often an access token was given out.</summary>
    public int Given { get; private set; }

    public string Access()
    {
        lock (_gate)
        {
            Given++;
            string token = New("at");
            _access[token] = lasts is { } time ? clock.GetUtcNow() + time : DateTimeOffset.MaxValue;
            return token;
        }
    }

    public string Refresh()
    {
        lock (_gate)
        {
            string token = New("rt");
            _refresh.Add(token);
            return token;
        }
    }

    /// <summary>A code of consent: good once, for ten minutes. <paramref name="about"/> must be shown again with it.</summary>
    public string Code(string about)
    {
        lock (_gate)
        {
            string code = New("code");
            _codes[code] = (clock.GetUtcNow().AddMinutes(10), about);
            return code;
        }
    }

    /// <summary>Takes a code of consent: what it is about, or null when it is unknown, used or too old.</summary>
    public string? Take(string? code)
    {
        lock (_gate) return code is not null && _codes.Remove(code, out var known) && known.Until > clock.GetUtcNow() ? known.About : null;
    }

    public bool IsGood(string? access)
    {
        lock (_gate) return access is not null && _access.TryGetValue(access, out var until) && until > clock.GetUtcNow();
    }

    public bool CanRefresh(string? refresh)
    {
        lock (_gate) return refresh is not null && _refresh.Contains(refresh);
    }

    /// <summary>A token that somebody was given by hand, such as a key of a private app.</summary>
    public void Add(string access)
    {
        lock (_gate) _access[access] = DateTimeOffset.MaxValue;
    }

    /// <summary>All access tokens end now; with <paramref name="forGood"/> the refresh tokens too.</summary>
    public void Expire(bool forGood = false)
    {
        lock (_gate)
        {
            _access.Clear();
            if (forGood) _refresh.Clear();
        }
    }

    private string New(string kind) => $"{prefix}_{kind}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}";
}
