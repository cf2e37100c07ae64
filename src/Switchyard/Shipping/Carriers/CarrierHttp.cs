using System.Collections.Concurrent;
using Switchyard.Http;

namespace Switchyard.Shipping;

/// <summary>How patient we are with carriers. The operator's settings; tests make them shorter.</summary>
public sealed class CarrierPatience
{
    /// <summary>For one answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>For a quote: carriers that take longer are left out.</summary>
    public TimeSpan Quote { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long whoever asks for a label waits for it; then it comes by itself.</summary>
    public TimeSpan AtOnce { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long it is asked whether a label was made unheard, before it is booked again or the next service is taken.</summary>
    public TimeSpan BeforeNext { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a label that may have been made unheard is looked for.</summary>
    public TimeSpan LookFor { get; set; } = TimeSpan.FromHours(12);

    public IReadOnlyList<TimeSpan> Waits { get; set; } =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30)];

    /// <summary>After so many tries in vain a person is asked.</summary>
    public int MostTries { get; set; } = 12;

    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a carrier is asked where a parcel is.</summary>
    public TimeSpan TrackEvery { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long the parcels of one account are asked about before the next round.</summary>
    public TimeSpan TrackFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Labels worked on at once by themselves; those that somebody waits for come on top.</summary>
    public int MostAtOnce { get; set; } = 32;

    /// <summary>Failures in a row after which a carrier is left to rest, and for how long at first.</summary>
    public int FailuresBeforeRest { get; set; } = 5;
    public TimeSpan Rest { get; set; } = TimeSpan.FromSeconds(20);

    public TimeSpan LongestRest { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A process that died in the middle of a call is replaced after this: longer than a booking of four calls, each late, and the question after it.</summary>
    public TimeSpan Lease => 8 * Timeout + TimeSpan.FromSeconds(10);
}

/// <summary>
/// The way out to carriers: addresses are judged as all outward ones are, an account calls no more often than it may, and one whose carrier
/// fails again and again is left to rest, so that a dead carrier costs nobody's time. Neither addresses with keys in them nor bodies are logged.
/// </summary>
public sealed class CarrierHttp(OutwardHttp http, CarrierPatience patience, TimeProvider clock)
{
    private const int MostAnswer = 8 * 1024 * 1024;
    private readonly ConcurrentDictionary<Guid, Line> _lines = new();

    private sealed class Line
    {
        public readonly Lock Gate = new();
        public double Tokens;
        public long FilledAtMs;
        public int Failures;
        public long RestUntilMs;
    }

    public async Task<CarrierAnswer<CarrierReply>> Send(CarrierAccess access, HttpRequestMessage request, CancellationToken stop)
    {
        var line = _lines.GetOrAdd(access.Id, _ => new Line());
        if (Wait(line, access) is { } fault) return fault;
        var answer = await http.Fetch(request, patience.Timeout, MostAnswer, stop);
        Note(line, isFailure: answer.Status is null or >= 500, restMs: answer.Status is 429 ? (long?)(answer.RetryAfter ?? TimeSpan.FromSeconds(1)).TotalMilliseconds : null);
        return Judge(answer);
    }

    /// <summary>Is the account's carrier left to rest now?</summary>
    public bool IsResting(Guid account) => _lines.TryGetValue(account, out var line) && line.RestUntilMs > Now;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static CarrierAnswer<CarrierReply> Judge(OutwardAnswer answer) => answer switch
    {
        { IsUnsent: true } => new CarrierFault(FaultKind.NotSent, answer.Fault!),
        { Status: null } => new CarrierFault(FaultKind.Unknown, answer.Fault!),
        { Status: 401 or 403 } => new CarrierFault(FaultKind.Unauthorized, $"Answered {answer.Status}: the account's keys are not accepted."),
        { Status: 429 } => new CarrierFault(FaultKind.Throttled, "Answered 429: too many calls.", answer.RetryAfter),
        { Status: >= 500 } => new CarrierFault(FaultKind.Unknown, $"Answered {answer.Status}.", answer.RetryAfter),
        { Status: >= 300 and < 400 } => new CarrierFault(FaultKind.Refused, $"Answered {answer.Status}: redirects are not followed."),
        { IsWhole: false } => new CarrierFault(FaultKind.Unknown, "The answer broke off."),
        _ => new CarrierReply(answer.Status!.Value, answer.Content, answer.Headers),
    };

    // A bucket of a tenth of a minute's calls, filled evenly.
    private CarrierFault? Wait(Line line, CarrierAccess access)
    {
        long now = Now;
        lock (line.Gate)
        {
            if (line.RestUntilMs > now) return new CarrierFault(FaultKind.NotSent, "The carrier failed again and again; it is left to rest for a while.", TimeSpan.FromMilliseconds(line.RestUntilMs - now));
            double most = Math.Max(5, access.CallsPerMinute / 10.0), perMs = access.CallsPerMinute / 60_000.0;
            line.Tokens = line.FilledAtMs == 0 ? most : Math.Min(most, line.Tokens + (now - line.FilledAtMs) * perMs);
            line.FilledAtMs = now;
            double least = access.MayWait ? 1 + most / 2 : 1;
            if (line.Tokens < least) return new CarrierFault(FaultKind.Throttled, "The account has made all the calls it may.", TimeSpan.FromMilliseconds((least - line.Tokens) / perMs));
            line.Tokens--;
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
