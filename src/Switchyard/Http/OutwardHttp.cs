using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Switchyard.Http;

/// <summary>What became of a call to the world outside.</summary>
/// <param name="Status">The HTTP status; null when there was no answer.</param>
/// <param name="Fault">In plain words, why there was no answer.</param>
/// <param name="Body">The beginning of the answer's body.</param>
/// <param name="RetryAfter">What the answer asked for.</param>
public sealed record OutwardAnswer(int? Status, string? Fault, string Body, TimeSpan? RetryAfter, TimeSpan Took)
{
    public bool IsOk => Status is >= 200 and < 300;

    /// <summary>No answer within the time it was given.</summary>
    public bool IsLate { get; init; }

    /// <summary>Nothing of the request has left: it was surely not done.</summary>
    public bool IsUnsent { get; init; }

    /// <summary>Of a fetch: the answer's bytes, whether all came, and its headers.</summary>
    public byte[] Content { get; init; } = [];
    public bool IsWhole { get; init; }
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

/// <summary>
/// Calls to addresses that callers name. The very address that is connected to is judged, after the name was resolved and
/// at each new connection, so a name that changes afterwards leads nowhere. Redirects, proxies and cookies are not followed or kept.
/// </summary>
public sealed class OutwardHttp : IDisposable
{
    private const int MostAddressesTried = 4, MostBodyKept = 2_000;
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(10), LongestBody = TimeSpan.FromSeconds(2);
    private readonly HttpClient _http;

    public OutwardHttp() => _http = new HttpClient(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = LongestConnect,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        MaxConnectionsPerServer = 64,
        MaxResponseHeadersLength = 32,
        MaxResponseDrainSize = 64 * 1024,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        ConnectCallback = Connect,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The inner receivers that may be reached.</summary>
    public OutwardAddresses Allowed { get; set; } = OutwardAddresses.Allowing(Environment.GetEnvironmentVariable("SWITCHYARD_WEBHOOK_ALLOW"));

    /// <summary>May calls to the world go without TLS?</summary>
    public bool AllowsPlainHttp { get; set; } = Environment.GetEnvironmentVariable("SWITCHYARD_WEBHOOK_HTTP") is "1" or "true";

    /// <summary>How names are resolved; tests answer as a hostile name server would.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; set; } = Dns.GetHostAddressesAsync;

    /// <summary>What can be said of an address before anything is resolved; null when nothing is against it.</summary>
    public string? Refusal(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return "An address begins with https:// and names a host.";
        if (uri.UserInfo.Length > 0) return "An address has no user name or password in it.";
        if (uri.Fragment.Length > 0) return "An address has no part after #.";
        string host = uri.IdnHost.Trim('[', ']');
        if (host.Length == 0) return "An address names a host.";
        if (uri.Scheme == "http" && !AllowsPlainHttp && !Allowed.IsNamed(host, uri.Port)) return "An address begins with https://.";
        return IPAddress.TryParse(host, out var address) ? Allowed.Refusal(host, address, uri.Port) : null;
    }

    /// <summary>Sends, waits for the answer at most so long, and reads only its beginning, of <paramref name="mostBody"/> bytes. Never throws but when <paramref name="stop"/> says so.</summary>
    public async Task<OutwardAnswer> Send(HttpRequestMessage request, TimeSpan atMost, CancellationToken stop, int mostBody = MostBodyKept)
    {
        long start = Stopwatch.GetTimestamp();
        if (Refusal(request.RequestUri?.ToString()) is { } refusal) return Fault(refusal);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(atMost);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            string body = await Beginning(response, mostBody, patience.Token);
            return new OutwardAnswer((int)response.StatusCode, null, body, RetryAfter(response), Stopwatch.GetElapsedTime(start));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested) { return Fault($"No answer within {atMost.TotalSeconds:0} seconds.") with { IsLate = true }; }
        catch (HttpRequestException e) { return Fault(Words(e)); }

        OutwardAnswer Fault(string fault) => new(null, fault, "", null, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Sends, and reads the whole answer up to a limit, all within that time. Never throws but when <paramref name="stop"/> says so.</summary>
    public async Task<OutwardAnswer> Fetch(HttpRequestMessage request, TimeSpan atMost, int mostBody, CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp();
        if (Refusal(request.RequestUri?.ToString()) is { } refusal) return Fault(refusal, isUnsent: true);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(atMost);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var (content, isWhole) = await All(response, mostBody, patience.Token, stop);
            return new OutwardAnswer((int)response.StatusCode, null, "", RetryAfter(response), Stopwatch.GetElapsedTime(start))
            {
                Content = content, IsWhole = isWhole,
                Headers = response.Headers.Concat(response.Content.Headers).DistinctBy(h => h.Key).ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase),
            };
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested) { return Fault($"No answer within {atMost.TotalSeconds:0} seconds.", isUnsent: false); }
        catch (HttpRequestException e)
        {
            return Fault(Words(e), isUnsent: e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
                || e.InnerException is OutwardRefusedException or SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound });
        }

        OutwardAnswer Fault(string fault, bool isUnsent) => new(null, fault, "", null, Stopwatch.GetElapsedTime(start)) { IsUnsent = isUnsent };
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var (host, port) = (context.DnsEndPoint.Host.Trim('[', ']'), context.DnsEndPoint.Port);
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await Resolve(host, stop);
        string? refusal = null;
        Exception? fault = null;
        foreach (var address in found.Take(MostAddressesTried))
        {
            if (Allowed.Refusal(host, address, port) is { } why) { refusal = why; continue; }
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), stop);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                if (e is OperationCanceledException) throw;
                fault = e;
            }
        }
        throw fault ?? new OutwardRefusedException(refusal ?? $"The name {host} leads to no address.");
    }

    private static async Task<(byte[] Content, bool IsWhole)> All(HttpResponseMessage response, int most, CancellationToken patience, CancellationToken stop)
    {
        using var kept = new MemoryStream();
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(patience);
            byte[] part = new byte[16 * 1024];
            for (int read; (read = await body.ReadAsync(part, patience)) > 0;)
            {
                if (kept.Length + read > most) return (kept.ToArray(), false);
                kept.Write(part, 0, read);
            }
            return (kept.ToArray(), true);
        }
        catch (Exception e) when (e is IOException or HttpRequestException || e is OperationCanceledException && !stop.IsCancellationRequested) { return (kept.ToArray(), false); }
    }

    // An answer's status is what counts: a body that trickles or breaks off takes nothing back.
    private static async Task<string> Beginning(HttpResponseMessage response, int most, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(LongestBody);
        byte[] bytes = new byte[most];
        int length = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
            for (int read; length < bytes.Length && (read = await body.ReadAsync(bytes.AsMemory(length), patience.Token)) > 0;) length += read;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException) { /* what came is kept */ }
        string text = Encoding.UTF8.GetString(bytes, 0, length);
        return string.Concat(text.Select(c => char.IsControl(c) && c != '\n' || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFD' ? ' ' : c)).Trim();
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } seconds } => seconds,
        { Date: { } at } when response.Headers.Date is { } sent && at > sent => at - sent,
        _ => null,
    };

    private static string Words(HttpRequestException e) => e switch
    {
        { InnerException: OutwardRefusedException refused } => refused.Message,
        { HttpRequestError: HttpRequestError.NameResolutionError } or { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound } } => "The name cannot be resolved.",
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "The connection was refused.",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "No secure connection: " + (e.InnerException?.Message ?? e.Message),
        { HttpRequestError: HttpRequestError.ResponseEnded } => "The connection was closed before the answer.",
        _ => "The connection failed: " + (e.InnerException?.Message ?? e.Message),
    };
}

/// <summary>An address that nothing is sent to.</summary>
public sealed class OutwardRefusedException(string why) : Exception(why);
