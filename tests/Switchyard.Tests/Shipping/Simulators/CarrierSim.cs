using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Switchyard.Tests.Shipping;

/// <summary>What a simulated carrier is told to do with the next calls.</summary>
internal enum Mood { Fine, Throttled, Broken, Malformed, HangsAfter, Hangs, BreaksOffAfter, FailsAfter, Waits, DoneLater }

/// <summary>A parcel as a simulated carrier knows it.</summary>
internal sealed class SimParcel
{
    public required string Key { get; init; }
    public required string Tracking { get; init; }
    public required string Reference { get; init; }
    public required string Service { get; init; }
    public JsonNode? Asked { get; init; }
    public bool IsVoid { get; set; }
    public bool IsManifested { get; set; }
    public List<SimScan> Scans { get; } = [];
}

internal sealed record SimScan(string Code, string Words, DateTimeOffset At);

/// <summary>
/// A carrier on loopback that speaks a vendor's protocol over real HTTP: keys, errors, throttling, and failures before and after the effect.
/// </summary>
internal abstract class CarrierSim : IAsyncDisposable
{
    public const string Key = "sim-key-0123456789";
    private readonly ConcurrentQueue<(Mood Mood, Func<HttpRequest, bool> On)> _moods = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly WebApplication _app;
    private int _no;

    protected CarrierSim()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.AllowSynchronousIO = true);
        _app = builder.Build();
        _app.Run(Serve);
        _app.StartAsync().GetAwaiter().GetResult();
        Url = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    public string Url { get; }

    /// <summary>The code of the adapter that speaks with it.</summary>
    public abstract string Adapter { get; }

    public virtual string BaseUrl => Url;
    public abstract JsonObject Settings { get; }
    public virtual Dictionary<string, string> Secrets => new() { ["apiKey"] = Key };

    /// <summary>A service that it knows.</summary>
    public abstract string Service { get; }

    /// <summary>The secret with which it signs messages; null: it sends none.</summary>
    public virtual string? MessageSecret => null;

    /// <summary>The vendor's codes: on the way, delivered, and one nobody knows.</summary>
    public abstract (string Moving, string Delivered, string Unknown) Codes { get; }

    public ConcurrentDictionary<string, SimParcel> Parcels { get; } = new();
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Labels that count.</summary>
    public int Live => Parcels.Values.Count(p => !p.IsVoid);

    public int Manifests { get; protected set; }

    /// <summary>The next call (that fits) is answered so; several wait in turn.</summary>
    public void Next(Mood mood, Func<HttpRequest, bool>? on = null) => _moods.Enqueue((mood, on ?? (_ => true)));

    /// <summary>Lets those go on that wait (<see cref="Mood.Waits"/>).</summary>
    public TaskCompletionSource Go { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was answered with an error and is still being done (<see cref="Mood.DoneLater"/>).</summary>
    public ConcurrentQueue<Func<Task>> StillAtIt { get; } = new();

    /// <summary>Every call is answered so.</summary>
    public Mood Always { get; set; }

    /// <summary>A message as the vendor sends it, with its headers.</summary>
    public virtual (Dictionary<string, string> Headers, byte[] Body) Message(SimParcel parcel) => throw new NotSupportedException();

    /// <summary>Does the vendor's call book a label?</summary>
    public abstract bool IsBooking(HttpRequest request);

    /// <summary>Does the vendor's call ask for a driver?</summary>
    public virtual bool IsPickup(HttpRequest request) => false;

    /// <summary>Drivers that will come.</summary>
    public virtual int Drivers => 0;

    protected string NextNo() => Interlocked.Increment(ref _no).ToString("D8", CultureInfo.InvariantCulture);

    protected abstract bool IsAllowed(HttpRequest request);
    protected abstract Task<IResult> Answer(HttpContext http, JsonNode? body);

    private async Task Serve(HttpContext http)
    {
        Calls.Enqueue($"{http.Request.Method} {http.Request.Path}");
        var mood = Always;
        if (_moods.TryPeek(out var next) && next.On(http.Request) && _moods.TryDequeue(out next)) mood = next.Mood;
        if (mood == Mood.Hangs) { await Hang(); return; }
        if (!IsAllowed(http.Request)) { await Results.Json(new { message = "Unauthorized" }, statusCode: 401).ExecuteAsync(http); return; }
        if (mood == Mood.Throttled)
        {
            http.Response.Headers.RetryAfter = "7";
            await Results.Json(new { message = "Too many requests" }, statusCode: 429).ExecuteAsync(http);
            return;
        }
        if (mood == Mood.Broken) { await Results.StatusCode(503).ExecuteAsync(http); return; }
        if (mood == Mood.Malformed) { await Results.Text("{\"this\": is no JSON", "application/json").ExecuteAsync(http); return; }
        JsonNode? body = null;
        if (http.Request.ContentLength > 0 && http.Request.ContentType?.Contains("json", StringComparison.Ordinal) == true) body = await JsonNode.ParseAsync(http.Request.Body);
        if (mood == Mood.DoneLater)
        {
            var later = new DefaultHttpContext { Request = { Method = http.Request.Method, Path = http.Request.Path } };
            StillAtIt.Enqueue(() => Answer(later, body));
            await Results.StatusCode(504).ExecuteAsync(http);
            return;
        }
        if (mood == Mood.Waits) await Task.WhenAny(Go.Task, Task.Delay(Timeout.Infinite, _stop.Token));
        var answer = await Answer(http, body);
        switch (mood)
        {
            case Mood.HangsAfter: await Hang(); return;
            case Mood.BreaksOffAfter: http.Abort(); return;
            case Mood.FailsAfter: await Results.StatusCode(500).ExecuteAsync(http); return;
            default: await answer.ExecuteAsync(http); return;
        }

        async Task Hang()
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, http.RequestAborted);
            try { await Task.Delay(TimeSpan.FromSeconds(60), both.Token); }
            catch (OperationCanceledException) { http.Abort(); }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>A small file that begins as its kind does.</summary>
    protected static byte[] Pdf(string text) => System.Text.Encoding.ASCII.GetBytes("%PDF-1.4\n% " + text + "\n%%EOF\n");
}
