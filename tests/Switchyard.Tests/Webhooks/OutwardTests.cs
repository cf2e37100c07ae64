using System.Net;
using System.Net.Sockets;
using Shouldly;
using Switchyard.Http;

namespace Switchyard.Tests.Webhooks;

/// <summary>Nothing that a caller names leads inside: a listener on loopback must stay silent, whatever is tried.</summary>
[Capability("P25")]
public sealed class OutwardTests
{
    [Theory]
    [InlineData("127.0.0.1"), InlineData("127.255.255.254"), InlineData("10.0.0.1"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.1.1")]
    [InlineData("169.254.169.254"), InlineData("100.64.0.1"), InlineData("0.0.0.0"), InlineData("0.1.2.3"), InlineData("224.0.0.1"), InlineData("255.255.255.255")]
    [InlineData("192.0.2.1"), InlineData("198.18.0.1"), InlineData("::"), InlineData("::1"), InlineData("fe80::1"), InlineData("fe80::1%1"), InlineData("fc00::1"), InlineData("fd12:3456::1")]
    [InlineData("ff02::1"), InlineData("::ffff:127.0.0.1"), InlineData("::ffff:10.0.0.1"), InlineData("::127.0.0.1"), InlineData("64:ff9b::7f00:1"), InlineData("2002:7f00:1::1")]
    [InlineData("2001::1"), InlineData("2001:db8::1"), InlineData("fec0::1")]
    public void An_inner_address_is_known(string address) => OutwardAddresses.IsInner(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("1.1.1.1"), InlineData("172.32.0.1"), InlineData("172.15.255.255"), InlineData("100.128.0.1"), InlineData("126.255.255.255"), InlineData("::ffff:8.8.8.8"), InlineData("2606:4700::1111")]
    public void An_address_out_in_the_world_is_known(string address) => OutwardAddresses.IsInner(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("localhost:3000", "localhost", 3000, true)]
    [InlineData("localhost:3000", "localhost", 3001, false)]
    [InlineData("LOCALHOST", "localhost", 9, true)]
    [InlineData("127.0.0.1:80", "127.0.0.1", 80, true)]
    [InlineData("10.0.0.0/8", "10.1.2.3", 25, true)]
    [InlineData("10.0.0.0/8:8080", "10.1.2.3", 25, false)]
    [InlineData("[::1]:5000, 10.0.0.1", "::1", 5000, true)]
    [InlineData("::1", "::1", 5000, true)]
    public void The_operator_names_inner_receivers(string list, string host, int port, bool isNamed) => OutwardAddresses.Allowing(list).IsNamed(host, port).ShouldBe(isNamed);

    [Theory]
    [InlineData("host:99999"), InlineData("10.0.0.0/99"), InlineData("no host")]
    public void A_list_that_says_nothing_is_refused(string list) => Should.Throw<FormatException>(() => OutwardAddresses.Allowing(list));

    [Theory]
    [InlineData("ftp://example.org/"), InlineData("file:///etc/passwd"), InlineData("//example.org"), InlineData("https://user:secret@example.org/"), InlineData("https://example.org/#part")]
    [InlineData("http://example.org/"), InlineData("https://127.0.0.1/"), InlineData("https://2130706433/"), InlineData("https://0x7f.1/"), InlineData("https://0177.0.0.1/"), InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/"), InlineData("https://1.1.1.1:25/"), InlineData("https://１２７.0.0.1/"), InlineData(""), InlineData(null)]
    public void An_address_that_leads_nowhere_is_refused_when_it_is_given(string? url)
    {
        using var http = new OutwardHttp { Allowed = new OutwardAddresses() };
        http.Refusal(url).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_canary_stays_silent_whatever_name_leads_to_it()
    {
        using var canary = new Canary();
        using var http = new OutwardHttp { Allowed = new OutwardAddresses(), AllowsPlainHttp = true };
        int asked = 0;
        // A name server that changes its mind: an outer address when it is first asked, loopback afterwards, in every form.
        IPAddress[][] answers =
        [
            [IPAddress.Loopback], [IPAddress.IPv6Loopback], [IPAddress.Parse("::ffff:127.0.0.1")], [IPAddress.Parse("0.0.0.0")], [IPAddress.Parse("64:ff9b::7f00:1")],
            [IPAddress.Parse("169.254.169.254"), IPAddress.Loopback], [IPAddress.Any, IPAddress.IPv6Any],
        ];
        http.Resolve = (_, _) => Task.FromResult(answers[asked++ % answers.Length]);
        foreach (string host in (string[])["rebind.example", "localhost", "127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]", "[::ffff:7f00:1]", "[::ffff:127.0.0.1]", "0", "localhost."])
            for (int i = 0; i < answers.Length; i++)
            {
                var answer = await Send(http, $"http://{host}:{canary.Port}/");
                answer.Status.ShouldBeNull($"{host} answered");
                answer.Fault.ShouldNotBeNullOrEmpty();
            }
        asked.ShouldBeGreaterThan(10, "names were resolved at each connection");
        canary.Visits.ShouldBe(0);

        // Seen failing: with the guard told that the canary is fine, it is reached.
        http.Allowed = OutwardAddresses.Allowing("127.0.0.0/8");
        http.Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        (await Send(http, $"http://rebind.example:{canary.Port}/")).Status.ShouldBe(200);
        canary.Visits.ShouldBe(1);
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_is_not_followed()
    {
        using var canary = new Canary();
        using var door = new Canary($"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{canary.Port}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var http = new OutwardHttp { Allowed = OutwardAddresses.Allowing($"127.0.0.1:{door.Port}") };
        (await Send(http, $"http://127.0.0.1:{door.Port}/")).Status.ShouldBe(302);
        canary.Visits.ShouldBe(0);
    }

    [Fact]
    public async Task A_name_checked_before_is_checked_again_at_the_next_connection()
    {
        using var canary = new Canary();
        using var http = new OutwardHttp { Allowed = OutwardAddresses.Allowing("127.0.0.2"), AllowsPlainHttp = true };
        var answers = new Queue<IPAddress>([IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]);
        http.Resolve = (_, _) => Task.FromResult<IPAddress[]>([answers.Dequeue()]);
        (await Send(http, $"http://changes.example:{canary.Port}/")).Status.ShouldBe(200, "the address that is allowed");
        var second = await Send(http, $"http://changes.example:{canary.Port}/");
        second.Fault.ShouldBe("The address leads inside, where nothing is sent.");
        canary.Visits.ShouldBe(1);
    }

    private static Task<OutwardAnswer> Send(OutwardHttp http, string url) => http.Send(new HttpRequestMessage(HttpMethod.Post, url), TimeSpan.FromSeconds(60), default);

    /// <summary>Listens on all of loopback and counts who comes.</summary>
    private sealed class Canary : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.IPv6Any, 0);
        private int _visits;

        public Canary(string answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        {
            _listener.Server.DualMode = true;
            _listener.Start();
            _ = Serve(System.Text.Encoding.ASCII.GetBytes(answer));
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
        public int Visits => Volatile.Read(ref _visits);

        public void Dispose() => _listener.Dispose();

        private async Task Serve(byte[] answer)
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    Interlocked.Increment(ref _visits);
                    var stream = client.GetStream();
                    await stream.ReadAtLeastAsync(new byte[4096], 1);
                    await stream.WriteAsync(answer);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException) { }
        }
    }
}
