using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace Switchyard.Tests.Torture;

/// <summary>What a server answered, whatever it was.</summary>
internal sealed record Reply(int Status, string Text, bool IsReplay, int? RetryAfter)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;
    public bool IsOk => Status is >= 200 and < 300;
    public string Id => Json.Text("id")!;

    /// <summary>The stable code of a refusal; its status when it has none.</summary>
    public string Code => !IsOk && Text.StartsWith('{') && Json.TryGetProperty("code", out var code) ? code.GetString()! : "http." + Status;

    public override string ToString() => $"{Status} {Text}";

    public IReadOnlyList<string> Pointers =>
        Json.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateArray().Select(e => e.Text("pointer")!)] : [];
}

/// <summary>Speaks to a server and judges nothing.</summary>
internal sealed class Api(HttpClient http)
{
    public Task<Reply> Post(string path, object? body, string? key = null) => Send(HttpMethod.Post, path, body, key);

    /// <summary>Posts again as long as it is told that another request holds the records: on a full machine one waits longer than the server does.</summary>
    public async Task<Reply> Insist(string path, object? body)
    {
        for (int tries = 1; ; tries++)
            if (await Post(path, body) is var reply && (reply.Code != "request.in_progress" || tries == 10)) return reply;
    }

    public Task<Reply> Get(string path) => Send(HttpMethod.Get, path, null);

    /// <summary>Sends JSON; a string is sent as it is.</summary>
    public async Task<Reply> Send(HttpMethod method, string path, object? body, string? key = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1" + path);
        if (body is string text) request.Content = new StringContent(text, Encoding.UTF8, "application/json");
        else if (body is not null) request.Content = JsonContent.Create(body);
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await Send(request);
    }

    public async Task<Reply> Send(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Contains("Idempotency-Replayed"),
            response.Headers.RetryAfter?.Delta is { } delta ? (int)delta.TotalSeconds : null);
    }

    /// <summary>Posts what must succeed, to arrange something.</summary>
    public async Task<JsonElement> Must(HttpMethod method, string path, object body)
    {
        var reply = await Send(method, path, body);
        reply.IsOk.ShouldBeTrue($"{method} {path}: {reply.Status} {reply.Text}");
        return reply.Json;
    }

    public async Task Product(string sku, long units, object? components = null)
    {
        await Must(HttpMethod.Post, "/products", components is null ? new { sku, name = sku } : new { sku, name = sku, kind = "bundle", components });
        if (units != 0) await Must(HttpMethod.Post, "/inventory/adjustments", Adjustment(sku, units));
    }

    public static object Adjustment(string sku, long delta) => new { items = new[] { new { sku, node = "MAIN", delta, reason = "torture" } } };

    /// <summary>Every row of a list, page by page.</summary>
    public async Task<List<JsonElement>> All(string path)
    {
        var rows = new List<JsonElement>();
        for (string? next = ""; next is not null;)
        {
            var reply = await Get($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=250&after={next}");
            reply.Status.ShouldBe(200, reply.Text);
            rows.AddRange(reply.Json.GetProperty("data").EnumerateArray());
            next = reply.Json.Text("next");
        }
        return rows;
    }
}
