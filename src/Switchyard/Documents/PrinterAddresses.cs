using System.Net;
using System.Net.Sockets;
using Switchyard.Http;

namespace Switchyard.Documents;

/// <summary>
/// Where printers may be: hosts and networks the operator names in SWITCHYARD_PRINTERS, such as <c>10.20.0.0/16:9100</c>. Without it the server
/// sends to no printer by itself, so that nobody makes it speak to what is inside.
/// </summary>
public sealed class PrinterAddresses(IConfiguration configuration)
{
    private static readonly TimeSpan MostToConnect = TimeSpan.FromSeconds(5), MostToSend = TimeSpan.FromSeconds(60), MostToHangUp = TimeSpan.FromSeconds(3);
    private readonly OutwardAddresses _allowed = OutwardAddresses.Allowing(configuration["SWITCHYARD_PRINTERS"]);

    public bool IsAllowed(string host, int port) => _allowed.IsNamed(host, port);

    /// <summary>Sends bytes to a printer's own address. Which address a name stands for is looked up once, and that one is called.</summary>
    /// <exception cref="IOException">It cannot be reached, or hung up early.</exception>
    public async Task Send(string host, int port, byte[] content, CancellationToken stop)
    {
        if (!IsAllowed(host, port)) throw new IOException($"{host}:{port} is not an address the operator allows.");
        try { await Raw(host, port, content, stop); }
        catch (SocketException e) { throw new IOException(e.Message, e); }
    }

    /// <summary>The bytes, as they are, to a printer's port.</summary>
    internal static async Task Raw(string host, int port, byte[] content, CancellationToken stop)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(stop);
        wait.CancelAfter(MostToConnect);
        try
        {
            var address = IPAddress.TryParse(host, out var known) ? known : (await Dns.GetHostAddressesAsync(host, wait.Token)).FirstOrDefault() ?? throw new IOException($"{host} has no address.");
            using var client = new TcpClient(address.AddressFamily) { NoDelay = true };
            await client.ConnectAsync(address, port, wait.Token);
            wait.CancelAfter(MostToSend);
            var stream = client.GetStream();
            await stream.WriteAsync(content, wait.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            // A printer hangs up when it has taken all; one that does not is not waited for.
            wait.CancelAfter(MostToHangUp);
            byte[] answer = new byte[256];
            try { while (await stream.ReadAsync(answer, wait.Token) > 0) { } }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested) { }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new IOException($"{host}:{port} does not answer.");
        }
    }
}
