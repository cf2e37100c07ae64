using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Webhooks;

namespace Switchyard.Sourcing;

/// <summary>
/// Asks the rankers that strategies name, outside of every transaction and never for longer than each one's limit. One that fails is left
/// alone for a while, so that orders do not wait for it again and again; as this process sees it.
/// </summary>
public sealed class AskRankers(OutwardHttp http, WebhookSecrets secrets, TimeProvider clock)
{
    /// <summary>Failures in a row after which a ranker is left alone, and for how long.</summary>
    public const int MostFailures = 5;
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private const int MostAnswer = 64 * 1024, MostBreakers = 10_000, MostCalls = 20;
    private static readonly string Agent = "Switchyard-Rankers/" + typeof(AskRankers).Assembly.GetName().Version!.ToString(2);

    /// <param name="Failures">In a row.</param>
    internal sealed record Health(int Failures, DateTimeOffset? PausedUntil);

    /// <summary>An answer with how long it took.</summary>
    internal sealed record Heard(RankerAnswer Answer, string? Fault, TimeSpan Took);

    private readonly ConcurrentDictionary<(long Merchant, string Code, long Version), Health> _health = new();

    private readonly ConcurrentDictionary<(long Merchant, string Code), ConcurrentQueue<RankerCall>> _calls = new();

    /// <summary>What the rankers say that strategies name for this order; nothing when they name none.</summary>
    /// <param name="strategies">Those that look at the order: their scenarios say which rankers count for it.</param>
    public async Task<IReadOnlyDictionary<string, RankerAnswer>> Ask(MerchantSettings settings, IEnumerable<RoutingStrategy?> strategies, OrderRouter router,
        IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes)> nodes)
    {
        var named = strategies.OfType<RoutingStrategy>().SelectMany(s => s.RankersFor(router)).Distinct().ToList();
        if (named.Count == 0 || nodes.Count == 0) return RankerAnswer.None;
        var asked = named.Select(async key => (key, Answer: settings.Routing.Rankers.GetValueOrDefault(key) is { IsOn: true } ranker
            ? (await Guarded(settings, ranker, router.Order, nodes)).Answer : new RankerAnswer(RankerWords.Off)));
        return (await Task.WhenAll(asked)).ToDictionary(a => a.key, a => a.Answer);
    }

    /// <summary>How this process sees a ranker.</summary>
    internal Health Of(long merchant, RankerSettings ranker) => _health.GetValueOrDefault((merchant, ranker.Code, ranker.Version)) ?? new Health(0, null);

    /// <summary>The last answers of a ranker to orders as this process heard them, the newest first.</summary>
    internal IReadOnlyList<RankerCall> CallsOf(long merchant, string code) => _calls.TryGetValue((merchant, Text.Key(code)), out var calls) ? [.. calls.Reverse()] : [];

    private void Note(long merchant, string code, Heard heard, DateTimeOffset at)
    {
        if (_calls.Count >= MostBreakers) _calls.Clear();
        var calls = _calls.GetOrAdd((merchant, Text.Key(code)), static _ => new ConcurrentQueue<RankerCall>());
        calls.Enqueue(RankerCall.Of(at, heard.Answer, heard.Took, heard.Fault));
        while (calls.Count > MostCalls) calls.TryDequeue(out _);
    }

    private async Task<Heard> Guarded(MerchantSettings settings, RankerSettings ranker, RoutedOrder order, IReadOnlyList<(NodeSettings, IReadOnlyList<LaneOffer>)> nodes)
    {
        var key = (settings.Merchant, ranker.Code, ranker.Version);
        var now = clock.GetUtcNow();
        if (_health.TryGetValue(key, out var health) && health.PausedUntil is { } until)
        {
            // When the pause is over one order tries it; the others go on without until that one knows.
            if (now < until || !_health.TryUpdate(key, health with { PausedUntil = now + Pause }, health)) return new Heard(new RankerAnswer(RankerWords.Paused), null, TimeSpan.Zero);
        }
        var heard = await Once(settings, ranker, order, nodes);
        Note(settings.Merchant, ranker.Code, heard, now);
        if (heard.Answer.IsAnswer) _health.TryRemove(key, out _);
        else Failed(key);
        return heard;
    }

    private void Failed((long, string, long) key)
    {
        if (_health.Count >= MostBreakers) _health.Clear();
        _health.AddOrUpdate(key, static (_, _) => new Health(1, null),
            static (_, h, until) => new Health(h.Failures + 1, h.Failures + 1 >= MostFailures ? until : null), clock.GetUtcNow() + Pause);
    }

    /// <summary>Asks whether or not it has failed before.</summary>
    internal async Task<Heard> Once(MerchantSettings settings, RankerSettings ranker, RoutedOrder order, IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes)> nodes)
    {
        byte[] body = RankerTalk.ToBytes(RankerTalk.Ask(ranker.Code, order, nodes, settings));
        var limit = TimeSpan.FromMilliseconds(ranker.TimeLimitMs);
        string secret;
        try { secret = secrets.Open(ranker.Secret); }
        catch (CryptographicException) { return new Heard(new RankerAnswer(RankerWords.Failed), "Its secret cannot be opened by this server. Make a new one.", TimeSpan.Zero); }
        using var request = ToRequest(ranker, secret, body);
        var answer = await http.Send(request, limit, CancellationToken.None, MostAnswer);
        if (answer.IsLate || answer.Took >= limit) return new Heard(new RankerAnswer(RankerWords.Late), $"No answer within {ranker.TimeLimitMs} ms.", answer.Took);
        if (!answer.IsOk) return new Heard(new RankerAnswer(RankerWords.Failed), answer.Fault ?? $"It answered with status {answer.Status}.", answer.Took);
        var ids = nodes.DistinctBy(n => n.Node.Id).ToDictionary(n => Text.Key(n.Node.Code), n => n.Node.Id);
        return RankerTalk.Read(answer.Body, ids) is { } scores ? new Heard(new RankerAnswer(RankerWords.Answered, scores), null, answer.Took)
            : new Heard(new RankerAnswer(RankerWords.Malformed), "The answer must be like {\"scores\":{\"NODE\":80}} with scores from 0 to 100.", answer.Took);
    }

    private HttpRequestMessage ToRequest(RankerSettings ranker, string secret, byte[] body)
    {
        var now = clock.GetUtcNow();
        string id = "rnk_" + Guid.CreateVersion7(now).ToString("N");
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        var request = new HttpRequestMessage(HttpMethod.Post, ranker.Url) { Content = content };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", Text.Invariant(now.ToUnixTimeSeconds()));
        request.Headers.Add("webhook-signature", WebhookSignature.Header([secret], id, now.ToUnixTimeSeconds(), body));
        request.Headers.Add("User-Agent", Agent);
        return request;
    }
}
