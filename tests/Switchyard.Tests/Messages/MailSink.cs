using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Switchyard.Tests.Messages;

/// <summary>What the mail server does with a message.</summary>
internal enum Act { Take, DropAfterData, Busy, Refuse, Hang }

/// <summary>A mail server on loopback that speaks SMTP over a real socket, and misbehaves as it is told.</summary>
internal sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _listening;
    private int _seen;

    public MailSink()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _listening = Listen();
    }

    public int Port { get; }

    /// <summary>What it does with the first, second … message that is offered; all later ones are taken.</summary>
    public IReadOnlyList<Act> Script { get; set; } = [];

    /// <summary>Whatever came whole, whether it was answered or not.</summary>
    public ConcurrentQueue<(MimeMessage Mail, bool IsAnswered)> Came { get; } = new();

    public IReadOnlyList<MimeMessage> Taken => [.. Came.Where(c => c.IsAnswered).Select(c => c.Mail)];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _listening;
        _stop.Dispose();
    }

    private async Task Listen()
    {
        var open = new List<Task>();
        try
        {
            while (true) open.Add(Serve(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException) { }
        await Task.WhenAll(open);
    }

    private async Task Serve(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
                async Task Say(string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _stop.Token);
                await Say("220 sink.test ESMTP");
                var act = Act.Take;
                while (await reader.ReadLineAsync(_stop.Token) is { } line)
                {
                    string verb = line.Split(' ')[0].ToUpperInvariant();
                    if (verb == "EHLO") await Say("250-sink.test\r\n250 SIZE 10000000");
                    else if (verb == "MAIL")
                    {
                        int n = Interlocked.Increment(ref _seen) - 1;
                        act = n < Script.Count ? Script[n] : Act.Take;
                        await Say("250 fine");
                    }
                    else if (verb == "RCPT") await Say(act switch { Act.Busy => "451 try later", Act.Refuse => "550 nobody here", _ => "250 fine" });
                    else if (verb == "DATA")
                    {
                        await Say("354 go on");
                        var text = new StringBuilder();
                        while (await reader.ReadLineAsync(_stop.Token) is { } part && part != ".") text.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                        var mail = await MimeMessage.LoadAsync(new MemoryStream(Encoding.Latin1.GetBytes(text.ToString())), _stop.Token);
                        Came.Enqueue((mail, act == Act.Take));
                        if (act == Act.DropAfterData) return;
                        if (act == Act.Hang) await Task.Delay(Timeout.Infinite, _stop.Token);
                        await Say("250 taken");
                    }
                    else if (verb == "QUIT") { await Say("221 bye"); return; }
                    else await Say("250 fine");
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException) { }
    }
}
