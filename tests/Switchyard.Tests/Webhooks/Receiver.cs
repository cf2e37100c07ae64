using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Switchyard.Webhooks;

namespace Switchyard.Tests.Webhooks;

/// <summary>A request as a receiver got it.</summary>
internal sealed record Got(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body, DateTimeOffset At)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
    public string Id => Headers["webhook-id"];
    public string Kind => Json.GetProperty("data").Text("kind")!;
    public string Subject => Json.Text("subject")!;
    public long Sequence => long.Parse(Json.Text("sequence")!, CultureInfo.InvariantCulture);
    public bool IsSignedBy(string secret) => WebhookSignature.IsRight(secret, Id, long.Parse(Headers["webhook-timestamp"], CultureInfo.InvariantCulture), Body, Headers["webhook-signature"]);
}

/// <summary>
/// A receiver on loopback that speaks HTTP by hand, so that it can misbehave at any byte. How it behaves is said per path.
/// </summary>
internal sealed class Receiver : IDisposable
{
    public delegate Task Behaviour(Got request, Stream stream, CancellationToken stop);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Behaviour> _behaviours = new();
    private readonly ConcurrentQueue<Got> _got = new();

    public Receiver()
    {
        _listener.Start();
        _ = Listen();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public string Url(string path) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}{path}");
    public IReadOnlyList<Got> All(string path) => [.. _got.Where(g => g.Path == path)];

    public static Behaviour Answers(string status, string more = "", string body = "") => (_, stream, stop) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\n{more}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"), stop).AsTask();

    public static readonly Behaviour Fine = Answers("200 OK", body: "thanks");
    public static readonly Behaviour Drops = (_, stream, _) => throw new IOException("drops the connection");
    public static readonly Behaviour Hangs = (_, _, stop) => Task.Delay(TimeSpan.FromSeconds(60), stop);
    public static readonly Behaviour ClosesEarly = async (_, stream, stop) =>
    {
        await stream.WriteAsync("HTTP/1.1 20"u8.ToArray(), stop);
        throw new IOException("closes in the middle of the status line");
    };

    /// <summary>One byte a second, for ever.</summary>
    public static readonly Behaviour Trickles = async (_, stream, stop) =>
    {
        foreach (byte b in "HTTP/1.1 200 OK\r\nX-Slow: "u8.ToArray().Concat(Enumerable.Repeat((byte)'x', 1000)))
        {
            await stream.WriteAsync(new[] { b }, stop);
            await Task.Delay(TimeSpan.FromSeconds(1), stop);
        }
    };

    public Receiver On(string path, Behaviour behaviour)
    {
        _behaviours[path] = behaviour;
        return this;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task Listen()
    {
        try { while (true) _ = Serve(await _listener.AcceptTcpClientAsync(_stop.Token)); }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException) { }
    }

    private async Task Serve(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                while (await Read(stream) is { } request)
                {
                    _got.Enqueue(request);
                    await _behaviours.GetValueOrDefault(request.Path, Fine)(request, stream, _stop.Token);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException) { /* the connection ends */ }
    }

    private async Task<Got?> Read(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one.AsMemory(0, 1), _stop.Token) == 0) return null;
            head.Append((char)one[0]);
        }
        string[] lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(l => l[0].ToLowerInvariant(), l => l[1]);
        byte[] body = new byte[int.Parse(headers.GetValueOrDefault("content-length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new Got(lines[0].Split(' ')[1], headers, body, DateTimeOffset.UtcNow);
    }
}
