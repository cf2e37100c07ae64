using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Switchyard.Bench;

/// <summary>One keep-alive HTTP/1.1 connection with as little client work as can be, since client and server share the cores.</summary>
internal sealed class Wire(int answerBytes = 256 * 1024) : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[answerBytes];

    public async Task Open(int port) => await _socket.ConnectAsync(IPAddress.Loopback, port);

    /// <summary>Sends one request and reads its answer away.</summary>
    /// <returns>The status.</returns>
    public async Task<int> Send(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        int filled = 0, head = -1, total = -1;
        bool isChunked = false;
        while (true)
        {
            int read = await _socket.ReceiveAsync(_buffer.AsMemory(filled));
            if (read == 0) throw new IOException("The server closed the connection.");
            filled += read;
            if (head < 0 && (head = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) >= 0)
            {
                string headers = Encoding.ASCII.GetString(_buffer, 0, head);
                int at = headers.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
                isChunked = at < 0;
                total = at < 0 ? -1 : head + 4 + int.Parse(headers.AsSpan(at + 16, (headers.IndexOf('\r', at) is var end and >= 0 ? end : headers.Length) - at - 16));
            }
            if (head < 0) continue;
            if (isChunked ? _buffer.AsSpan(0, filled).EndsWith("0\r\n\r\n"u8) : filled >= total) return (_buffer[9] - '0') * 100 + (_buffer[10] - '0') * 10 + _buffer[11] - '0';
        }
    }

    public static byte[] Request(string method, string path, string key, string? body, string? idempotencyKey = null) => Encoding.UTF8.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n" +
        (idempotencyKey is null ? "" : $"Idempotency-Key: {idempotencyKey}\r\n") +
        (body is null ? "\r\n" : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));

    public void Dispose() => _socket.Dispose();
}
