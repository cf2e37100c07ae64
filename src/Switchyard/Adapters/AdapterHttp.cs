using System.Collections.Concurrent;
using Switchyard.Http;

namespace Switchyard.Adapters;

/// <summary>
/// The way out to vendors: addresses are judged as all outward ones are, whoever has the same credentials calls no more often together than one may, and an account whose vendor
/// fails again and again is left to rest, so that a dead vendor costs nobody's time. Neither addresses with keys in them nor bodies are logged. Calls are counted in the memory of
/// the process: two servers have two budgets, and a vendor that says 429 is what holds them together.
/// </summary>
public abstract class AdapterHttp(OutwardHttp http, AdapterPatience patience, TimeProvider clock)
{
    private const int MostAnswer = 8 * 1024 * 1024;
    private readonly ConcurrentDictionary<Guid, Line> _lines = new();
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new();

    private sealed class Line
    {
        public readonly Lock Gate = new();
        public int Failures;
        public long RestUntilMs;
    }

    private sealed class Bucket
    {
        public readonly Lock Gate = new();
        public double Tokens;
        public long FilledAtMs;
    }

    /// <param name="patient">So long at most it waits for its turn before it is sent.</param>
    public async Task<AdapterAnswer<AdapterReply>> Send(AdapterAccess access, HttpRequestMessage request, CancellationToken stop, TimeSpan patient = default)
    {
        var line = _lines.GetOrAdd(access.Id, _ => new Line());
        while (Wait(line, access) is { } fault)
        {
            if (fault.Kind is not FaultKind.Throttled || fault.RetryAfter is not { } turn || turn > patient) return fault;
            patient -= turn;
            await Task.Delay(turn + TimeSpan.FromMilliseconds(1), clock, stop);
        }
        var answer = await http.Fetch(request, patience.Timeout, MostAnswer, stop);
        Note(line, isFailure: answer.Status is null or >= 500, restMs: answer.Status is 429 ? (long?)(answer.RetryAfter ?? TimeSpan.FromSeconds(1)).TotalMilliseconds : null);
        return Judge(answer);
    }

    /// <summary>Is the account's vendor left to rest now?</summary>
    public bool IsResting(Guid account) => _lines.TryGetValue(account, out var line) && line.RestUntilMs > Now;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static AdapterAnswer<AdapterReply> Judge(OutwardAnswer answer) => answer switch
    {
        { IsUnsent: true } => new AdapterFault(FaultKind.NotSent, answer.Fault!),
        { Status: null } => new AdapterFault(FaultKind.Unknown, answer.Fault!),
        { Status: 401 or 403 } => new AdapterFault(FaultKind.Unauthorized, $"Answered {answer.Status}: the account's keys are not accepted."),
        { Status: 429 } => new AdapterFault(FaultKind.Throttled, "Answered 429: too many calls.", answer.RetryAfter),
        { Status: >= 500 } => new AdapterFault(FaultKind.Unknown, $"Answered {answer.Status}.", answer.RetryAfter),
        { Status: >= 300 and < 400 } => new AdapterFault(FaultKind.Refused, $"Answered {answer.Status}: redirects are not followed."),
        { IsWhole: false } => new AdapterFault(FaultKind.Unknown, "The answer broke off."),
        _ => new AdapterReply(answer.Status!.Value, answer.Content, answer.Headers),
    };

    // A bucket of a tenth of a minute's calls, filled evenly.
    private AdapterFault? Wait(Line line, AdapterAccess access)
    {
        long now = Now;
        lock (line.Gate)
            if (line.RestUntilMs > now) return new AdapterFault(FaultKind.NotSent, "It failed again and again; it is left to rest for a while.", TimeSpan.FromMilliseconds(line.RestUntilMs - now));
        var bucket = _buckets.GetOrAdd(access.Budget, _ => new Bucket());
        lock (bucket.Gate)
        {
            double most = Math.Max(5, access.CallsPerMinute / 10.0), perMs = access.CallsPerMinute / 60_000.0;
            bucket.Tokens = bucket.FilledAtMs == 0 ? most : Math.Min(most, bucket.Tokens + Math.Max(0, now - bucket.FilledAtMs) * perMs);
            bucket.FilledAtMs = now;
            double least = access.MayWait ? 1 + most / 2 : 1;
            if (bucket.Tokens < least) return new AdapterFault(FaultKind.Throttled, "The account has made all the calls it may.", TimeSpan.FromMilliseconds((least - bucket.Tokens) / perMs));
            bucket.Tokens--;
            return null;
        }
    }

    private void Note(Line line, bool isFailure, long? restMs)
    {
        long now = Now;
        lock (line.Gate)
        {
            if (restMs is { } asked) line.RestUntilMs = now + Math.Min(asked, (long)patience.LongestRest.TotalMilliseconds);
            line.Failures = isFailure ? line.Failures + 1 : 0;
            if (line.Failures < patience.FailuresBeforeRest) return;
            double rest = patience.Rest.TotalMilliseconds * Math.Pow(2, Math.Min(10, line.Failures - patience.FailuresBeforeRest));
            line.RestUntilMs = now + (long)Math.Min(rest, patience.LongestRest.TotalMilliseconds);
        }
    }
}
