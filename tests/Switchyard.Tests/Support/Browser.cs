using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;

namespace Switchyard.Tests;

/// <summary>A person at a browser: keeps cookies and sends the antiforgery token with every write.</summary>
public sealed class Browser : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="from">The loopback address to come from, to be another visitor for the server.</param>
    public Browser(Shop shop, string from = "127.0.0.1")
    {
        var handler = new SocketsHttpHandler { CookieContainer = Cookies, UseCookies = true };
        handler.ConnectCallback = async (context, stop) =>
        {
            var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(from).MapToIPv6(), 0));
            await socket.ConnectAsync(context.DnsEndPoint, stop);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri(shop.Address), Timeout = TimeSpan.FromSeconds(100) };
    }

    public CookieContainer Cookies { get; } = new();
    public string? Antiforgery { get; set; }
    public string? Merchant { get; set; }

    public async Task<HttpResponseMessage> TrySignIn(string userName, string password)
    {
        var response = await _http.PostAsJsonAsync("/api/v1/session", new { userName, password });
        if (response.IsSuccessStatusCode)
            Antiforgery = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("antiforgeryToken").GetString();
        return response;
    }

    public async Task<Browser> SignIn(string userName, string password)
    {
        var response = await TrySignIn(userName, password);
        ((int)response.StatusCode).ShouldBe(201, await response.Content.ReadAsStringAsync());
        return this;
    }

    /// <summary>Sends any request as this person; the answer's body is read by whoever wants it.</summary>
    public Task<HttpResponseMessage> Ask(HttpRequestMessage request)
    {
        if (Antiforgery is not null) request.Headers.Add("Switchyard-Antiforgery", Antiforgery);
        if (Merchant is not null) request.Headers.Add("Switchyard-Merchant", Merchant);
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<HttpResponseMessage> Send(HttpMethod method, string path, object? body = null)
    {
        var request = new HttpRequestMessage(method, "/api/v1" + path);
        if (body is not null) request.Content = JsonContent.Create(body);
        return Ask(request);
    }

    public async Task<int> Status(string path) => (int)(await Send(HttpMethod.Get, path)).StatusCode;

    public void Dispose() => _http.Dispose();
}
