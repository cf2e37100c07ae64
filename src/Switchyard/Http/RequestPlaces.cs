using System.Threading.RateLimiting;
using Switchyard.Access;
using Switchyard.Kernel;

namespace Switchyard.Http;

/// <summary>An endpoint that bounds by itself how much of it is under way: orders wait in the writer's queue, streams are counted.</summary>
public sealed record KeepsOwnQueue;

/// <summary>
/// How many requests are worked on at once, and how many may wait for that: more are refused at once, so that those that were taken are
/// answered in time and memory stays bounded. Signing in, health and pages are never refused here.
/// </summary>
public sealed class RequestPlaces(IConfiguration settings) : IDisposable
{
    public const string AtOnceSetting = "SWITCHYARD_REQUESTS", WaitingSetting = "SWITCHYARD_REQUESTS_WAITING";
    private const int AtOnce = 128, Waiting = 1_024, MostEither = 100_000;

    public static readonly Error Full = Error.Unavailable("server.overloaded", "More requests are under way than can be taken now. Repeat this one shortly, with the same Idempotency-Key.", 1);

    private readonly ConcurrencyLimiter _places = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Read(settings, AtOnceSetting, AtOnce, least: 1),
        QueueLimit = Read(settings, WaitingSetting, Waiting, least: 0),
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Requests that wait for a place.</summary>
    public long InQueue => _places.GetStatistics()?.CurrentQueuedCount ?? 0;

    public ValueTask<RateLimitLease> Take(CancellationToken stop) => _places.AcquireAsync(1, stop);

    public void Dispose() => _places.Dispose();

    private static int Read(IConfiguration settings, string name, int otherwise, int least) =>
        settings[name] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out int number) && number >= least && number <= MostEither ? number
        : throw new InvalidOperationException($"{name} is a whole number from {least} to {MostEither}.");
}

/// <summary>Takes a place for a request that is let in and read, and gives it back when it is answered. A client that sends slowly holds none.</summary>
public sealed class TakePlace(RequestDelegate next, RequestPlaces places)
{
    public async Task Invoke(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata is not { } what || what.GetMetadata<OpenToAnyone>() is not null || what.GetMetadata<KeepsOwnQueue>() is not null)
        {
            await next(http);
            return;
        }
        using var place = await places.Take(http.RequestAborted);
        if (place.IsAcquired) await next(http);
        else await Problems.Write(http, RequestPlaces.Full);
    }
}
