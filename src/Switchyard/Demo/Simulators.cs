using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Demo;

/// <summary>
/// The simulated vendors that run beside a server that is a demo, by their control page. A server is a demo when its operator says where they are (<c>SWITCHYARD_SIMULATORS</c>); nobody else names an
/// address to it, so nothing is reached through it but that page.
/// </summary>
public sealed class Simulators(IConfiguration configuration) : IDisposable
{
    public const string Setting = "SWITCHYARD_SIMULATORS";
    private const int LongestAnswer = 8 << 20;

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = LongestAnswer };

    /// <summary>Where they are, without a slash at the end; null: this is no demo.</summary>
    public string? Address { get; set; } = configuration[Setting] is not { Length: > 0 } said ? null
        : Uri.TryCreate(said, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? said.TrimEnd('/') : throw new FormatException($"{Setting} is an address such as http://127.0.0.1:5090.");

    /// <summary>Is a connection's address that of a simulated shop?</summary>
    public bool Has(string baseUrl) => Address is not null && baseUrl.StartsWith(Address + "/", StringComparison.Ordinal);

    /// <summary>Every simulated shop, as its control page shows it.</summary>
    /// <remarks>Errors: demo.no_simulators, demo.simulators_silent.</remarks>
    public async Task<Result<IReadOnlyList<JsonObject>>> All(CancellationToken stop)
    {
        var answer = await Ask(HttpMethod.Get, "", null, stop);
        return answer.Error is { } error ? error : answer.Value is JsonArray shops ? shops.OfType<JsonObject>().ToList() : SteerSimulators.Silent;
    }

    /// <summary>Reads something of a shop, or does something in it (with a body).</summary>
    /// <param name="path">Begins with the shop's name; its parts are escaped.</param>
    /// <remarks>Errors: demo.no_simulators, demo.no_such_simulator, demo.simulator_refused, demo.simulators_silent.</remarks>
    public Task<Result<JsonNode>> Of(IReadOnlyList<string> path, JsonObject? body, CancellationToken stop) =>
        path.Any(p => p is "" or "." or "..") ? Task.FromResult<Result<JsonNode>>(Error.NotFound("demo.no_such_simulator", "Nothing there is called so."))
            : Ask(body is null ? HttpMethod.Get : HttpMethod.Post, string.Concat(path.Select(p => "/" + Uri.EscapeDataString(p))), body, stop);

    private async Task<Result<JsonNode>> Ask(HttpMethod method, string path, JsonObject? body, CancellationToken stop)
    {
        if (Address is null) return SteerSimulators.None;
        using var request = new HttpRequestMessage(method, $"{Address}/_control/shops{path}");
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            using var answer = await _http.SendAsync(request, stop);
            var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync(stop));
            if (answer.IsSuccessStatusCode && said is not null) return said;
            string words = (said as JsonObject)?["error"]?.ToString() ?? $"It answered {(int)answer.StatusCode}.";
            return (int)answer.StatusCode == 404 ? Error.NotFound("demo.no_such_simulator", words) : Error.Conflict("demo.simulator_refused", words);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || e is OperationCanceledException && !stop.IsCancellationRequested) { return SteerSimulators.Silent; }
    }

    public void Dispose() => _http.Dispose();
}
