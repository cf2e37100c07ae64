using System.Globalization;
using System.Net;

namespace Switchyard.Http;

/// <summary>
/// Which addresses are out in the world. What is named by a caller (a webhook, an image, a feed) may lead only there, or to
/// an inner receiver that the operator has named.
/// </summary>
/// <remarks>Source: IANA special-purpose address registries for IPv4 and IPv6.</remarks>
public sealed class OutwardAddresses
{
    private const int LeastPort = 1024;

    // Of IPv6 only global unicast is out in the world, less what maps to IPv4 or is not routed: IETF protocols with Teredo, documentation, 6to4.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] Inner =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private readonly List<(string Host, int? Port)> _hosts = [];
    private readonly List<(IPNetwork Network, int? Port)> _networks = [];

    /// <summary>Reads <c>host:port</c>, <c>host</c>, <c>10.1.0.0/16</c> or <c>10.1.0.0/16:8080</c>, with commas between.</summary>
    /// <exception cref="FormatException">An entry is none of these.</exception>
    public static OutwardAddresses Allowing(string? list)
    {
        var allowed = new OutwardAddresses();
        foreach (string entry in (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) allowed.Allow(entry);
        return allowed;
    }

    /// <summary>Is it loopback, private, link-local, multicast, mapped, reserved: anything that is not the world outside?</summary>
    public static bool IsInner(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && (address.ScopeId != 0 || !GlobalUnicast.Contains(address))) return true;
        return Inner.Any(network => network.Contains(address));
    }

    /// <summary>May a connection to this host, by this very address and port, be opened?</summary>
    /// <returns>Null when it may, else why not.</returns>
    public string? Refusal(string host, IPAddress address, int port)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IsNamed(host, port) || _networks.Any(n => n.Network.Contains(address) && (n.Port ?? port) == port)) return null;
        if (IsInner(address)) return "The address leads inside, where nothing is sent.";
        return port is 80 or 443 or >= LeastPort ? null : "Port " + port.ToString(CultureInfo.InvariantCulture) + " is not one for HTTP.";
    }

    /// <summary>Has the operator named this host and port?</summary>
    public bool IsNamed(string host, int port) =>
        _hosts.Any(h => string.Equals(h.Host, host, StringComparison.OrdinalIgnoreCase) && (h.Port ?? port) == port)
        || IPAddress.TryParse(host, out var address) && _networks.Any(n => n.Network.Contains(address) && (n.Port ?? port) == port);

    private void Allow(string entry)
    {
        var (name, port) = Split(entry);
        if (IPNetwork.TryParse(name, out var network)) _networks.Add((network, port));
        else if (IPAddress.TryParse(name, out var address)) _networks.Add((new IPNetwork(address, address.GetAddressBytes().Length * 8), port));
        else if (Uri.CheckHostName(name) == UriHostNameType.Dns) _hosts.Add((name, port));
        else throw new FormatException($"'{entry}' is no host, host:port or network such as 10.1.0.0/16.");
    }

    // The last colon of an IPv6 address without brackets is its own.
    private static (string Name, int? Port) Split(string entry)
    {
        int colon = entry.LastIndexOf(':'), bracket = entry.LastIndexOf(']');
        bool hasPort = colon > bracket && (bracket >= 0 || entry.IndexOf(':', StringComparison.Ordinal) == colon);
        string name = (hasPort ? entry[..colon] : entry).Trim('[', ']');
        if (!hasPort) return (name, null);
        return int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536
            ? (name, port) : throw new FormatException($"'{entry}' has no port after its colon.");
    }
}
