using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Shouldly;
using Switchyard.Database;
using Xunit.Abstractions;

namespace Switchyard.Tests.Torture;

/// <summary>Inputs that are too large or too slow, against a server in a process of its own: refused, cut, and never much memory.</summary>
[Trait("Kind", "Database"), Collection(Alone.Name)]
public sealed class BigInputTests(ITestOutputHelper output)
{
    private const long Mebi = 1024 * 1024;
    private static readonly TimeSpan MostSlow = TimeSpan.FromSeconds(60);

    /// <summary>So many bytes of a JSON text, never all in memory.</summary>
    private sealed class Flood(long length) : Stream
    {
        private long _at;
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get => _at; set => throw new NotSupportedException(); }
        public override int Read(byte[] buffer, int offset, int count)
        {
            int given = (int)Math.Min(count, length - _at);
            buffer.AsSpan(offset, given).Fill((byte)' ');
            if (_at == 0 && given > 0) buffer[offset] = (byte)'{';
            _at += given;
            return given;
        }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    [Fact, Capability("P16", "P15")]
    public async Task What_is_too_large_or_too_slow_is_cut_and_others_are_served_meanwhile()
    {
        await using var server = await ServerProcess.Start(Shop.NewDatabase(DatabaseKind.Sqlite));
        var api = new Api(server.Http);
        await api.Product("A", 1_000);
        foreach (long size in new[] { 10 * Mebi, 200 * Mebi })
            foreach (bool isChunked in new[] { false, true })
                (await Upload(server, size, isChunked)).ShouldBe(413, $"{size / Mebi} MiB, chunked: {isChunked}");
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Upload(server, 200 * Mebi, isChunked: true)));
        output.WriteLine($"bodies of 10 and 200 MiB are refused; the server held at most {server.PeakMemory() / Mebi} MiB");

        var idle = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(_ => Connect(server.Port)));
        var greedy = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Connect(server.Port)));
        foreach (var socket in greedy) await socket.SendAsync(Encoding.ASCII.GetBytes(Head($"Content-Length: {4 * Mebi}") + "{"));
        var slow = new[] { Drip(server.Port, "POST /api/v1/orders HTTP/1.1\r\nHost: x\r\nX-Slow: " + new string('x', 500)), Drip(server.Port, "{\"channel\":\"web\"" + new string(' ', 500), Head("Content-Length: 1000")) };
        int served = 0;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(5) || !slow.All(s => s.IsCompleted); await Task.Delay(20))
        {
            (await api.Post("/orders", Given.Order(("A", 1)))).Status.ShouldBeOneOf(201, 409);
            served++;
        }
        var cut = await Task.WhenAll(slow);
        output.WriteLine($"{idle.Length} idle sockets and {greedy.Length} that promised 4 MiB; {served} orders answered meanwhile; one byte a second was cut after {cut[0].TotalSeconds:0.0} s in the head and {cut[1].TotalSeconds:0.0} s in the body; at most {server.PeakMemory() / Mebi} MiB");
        cut.ShouldAllBe(t => t < MostSlow);
        foreach (var socket in idle.Concat(greedy)) socket.Dispose();
        (await api.Get("/orders?limit=1")).Status.ShouldBe(200);
        server.PeakMemory().ShouldBeLessThan(1024 * Mebi);
    }

    private static string Head(string more) => $"POST /api/v1/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Shop.AdminKey}\r\nContent-Type: application/json\r\n{more}\r\n\r\n";

    private static async Task<int> Upload(ServerProcess server, long size, bool isChunked)
    {
        using var http = server.Client(TimeSpan.FromSeconds(60));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders") { Content = new StreamContent(new Flood(size)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (isChunked) request.Headers.TransferEncodingChunked = true; else request.Content.Headers.ContentLength = size;
        request.Headers.ExpectContinue = !isChunked;
        try
        {
            using var response = await http.SendAsync(request);
            return (int)response.StatusCode;
        }
        // The server answers and closes while we still send; then the client may see the close and not the answer.
        catch (HttpRequestException) when (isChunked) { return 413; }
    }

    private static async Task<Socket> Connect(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port);
        return socket;
    }

    /// <summary>Sends one byte a second until the server closes or answers.</summary>
    private static async Task<TimeSpan> Drip(int port, string text, string head = "")
    {
        using var socket = await Connect(port);
        if (head.Length > 0) await socket.SendAsync(Encoding.ASCII.GetBytes(head));
        var clock = Stopwatch.StartNew();
        var closed = socket.ReceiveAsync(new byte[4096]);
        foreach (byte one in Encoding.ASCII.GetBytes(text))
        {
            if (await Task.WhenAny(closed, Task.Delay(1000)) == closed || clock.Elapsed > 2 * MostSlow) break;
            try { await socket.SendAsync(new[] { one }); }
            catch (SocketException) { break; }
        }
        return clock.Elapsed;
    }
}
