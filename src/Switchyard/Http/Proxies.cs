using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Switchyard.Http;

/// <summary>
/// Reverse proxies whose word is taken for who asks and whether it was asked over TLS: those on this machine, and those the operator names. Of what a proxy was told itself nothing is
/// believed, so that nobody can say to be another to get a throttle's allowance again.
/// </summary>
public static class Proxies
{
    /// <summary>Addresses and networks with commas between, such as <c>10.0.0.0/24,192.168.1.5</c>.</summary>
    public const string Setting = "SWITCHYARD_PROXIES";

    /// <exception cref="FormatException">An entry is neither an address nor a network.</exception>
    public static ForwardedHeadersOptions Trusted(string? list)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = 1 };
        foreach (string entry in (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(entry, out var address)) options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(entry, out var network)) options.KnownIPNetworks.Add(network);
            else throw new FormatException($"{Setting}: '{entry}' is neither an address nor a network such as 10.0.0.0/24.");
        }
        return options;
    }
}
