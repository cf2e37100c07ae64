using System.Net;
using System.Net.Sockets;
using Switchyard.Http;

namespace Switchyard.Messages;

/// <summary>
/// Where mail may be given in: the world outside on the ports of mail, and what the operator names in SWITCHYARD_SMTP_ALLOW, such as <c>10.0.0.5:25</c>. The very address that is
/// connected to is judged, after its name was resolved, so a name that changes afterwards leads nowhere.
/// </summary>
public sealed class MailServers(IConfiguration configuration)
{
    private const int MostAddressesTried = 4;
    private static readonly int[] Ports = [25, 465, 587, 2525];

    public OutwardAddresses Allowed { get; set; } = OutwardAddresses.Allowing(configuration["SWITCHYARD_SMTP_ALLOW"]);

    /// <summary>How names are resolved; tests answer as a hostile name server would.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; set; } = Dns.GetHostAddressesAsync;

    /// <summary>May a server that the operator did not name be spoken to without TLS? No: passwords and addresses would go in the open.</summary>
    public bool IsNamed(string host, int port) => Allowed.IsNamed(host, port);

    /// <summary>What is against a host and port before anything is resolved; null when nothing is.</summary>
    public string? Refusal(string host, int port) =>
        IsNamed(host, port) ? null
        : !Ports.Contains(port) ? "The port of a mail server is 25, 465, 587 or 2525."
        : IPAddress.TryParse(host.Trim('[', ']'), out var address) ? Judge(host, address, port)
        : Uri.CheckHostName(host) == UriHostNameType.Dns ? null : "This is not the name of a host.";

    /// <exception cref="IOException">It cannot be reached, or must not be.</exception>
    public async Task<Socket> Connect(string host, int port, CancellationToken stop)
    {
        if (Refusal(host, port) is { } no) throw new IOException(no);
        IPAddress[] found;
        try { found = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await Resolve(host, stop); }
        catch (SocketException) { throw new IOException("The name cannot be resolved."); }
        string fault = $"The name {host} leads to no address.";
        foreach (var address in found.Take(MostAddressesTried))
        {
            if (Judge(host, address, port) is { } why) { fault = why; continue; }
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), stop);
                return socket;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                if (e is OperationCanceledException) throw;
                fault = "The connection was refused or lost.";
            }
        }
        throw new IOException(fault);
    }

    private string? Judge(string host, IPAddress address, int port) =>
        IsNamed(host, port) || Allowed.IsNamed(address.ToString(), port) ? null : OutwardAddresses.IsInner(address) ? "The address leads inside, where nothing is sent." : null;
}
