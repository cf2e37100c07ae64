using System.Net;
using System.Net.Sockets;

namespace Switchyard.Tests.Documents;

/// <summary>A printer's port on this machine that keeps what it is sent.</summary>
internal sealed class PrinterSink : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly System.Threading.Channels.Channel<byte[]> _taken = System.Threading.Channels.Channel.CreateUnbounded<byte[]>();

    public PrinterSink()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Take();
    }

    public int Port { get; }
    public void Stop() => _listener.Stop();
    public void Dispose() => _listener.Dispose();

    public async Task<byte[]> Next()
    {
        using var wait = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _taken.Reader.ReadAsync(wait.Token);
    }

    private async Task Take()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                using var all = new MemoryStream();
                await client.GetStream().CopyToAsync(all);
                _taken.Writer.TryWrite(all.ToArray());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException) { }
    }
}
