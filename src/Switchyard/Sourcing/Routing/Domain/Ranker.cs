using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>A function of the merchant's own that ranks nodes: an address that answers a score for each.</summary>
/// <param name="Secret">As it is stored; opened only to sign.</param>
/// <param name="TimeLimitMs">An answer that comes later does not count.</param>
public sealed record RankerSettings(string Code, string Url, string Secret, int TimeLimitMs, bool IsOn, long Version)
{
    public const int LeastMs = 50, MostMs = 2_000, DefaultMs = 300;
}

/// <summary>What became of asking a ranker. Part of the API: never renamed.</summary>
public static class RankerWords
{
    public const string Answered = "answered";

    /// <summary>No answer within its time.</summary>
    public const string Late = "late";

    /// <summary>It could not be reached, or said that it failed.</summary>
    public const string Failed = "failed";

    /// <summary>What it answered are not scores of nodes.</summary>
    public const string Malformed = "malformed";

    /// <summary>It failed so often that it is left alone for a while.</summary>
    public const string Paused = "paused";

    /// <summary>There is no such ranker, or it is switched off.</summary>
    public const string Off = "off";

    /// <summary>Nobody asked: what plans here asks nobody, or the order was placed before the strategy named it.</summary>
    public const string NotAsked = "notAsked";
}

/// <summary>What a ranker said of an order.</summary>
/// <param name="Outcome">One of <see cref="RankerWords"/>.</param>
/// <param name="Scores">By id of the node, 0 to 100, 100 being best; nothing unless it answered.</param>
public sealed record RankerAnswer([property: JsonPropertyName("o")] string Outcome, [property: JsonPropertyName("s")] IReadOnlyDictionary<long, int>? Scores = null)
{
    public static readonly IReadOnlyDictionary<string, RankerAnswer> None = new Dictionary<string, RankerAnswer>();

    [JsonIgnore] public bool IsAnswer => Outcome == RankerWords.Answered;

    /// <summary>Of 100 the points that a node lacks; one it said nothing of lacks all. 0 for every node while there is no answer.</summary>
    public int Lacks(long node) => IsAnswer ? 100 - Scores!.GetValueOrDefault(node) : 0;
}

/// <summary>An order has asked a ranker.</summary>
/// <param name="Fault">In plain words, where it is not answered.</param>
public sealed record RankerCall(DateTimeOffset At, [property: Words("answered", "late", "failed", "malformed")] string Outcome, long TookMs, string? Fault)
{
    internal static RankerCall Of(DateTimeOffset at, RankerAnswer answer, TimeSpan took, string? fault) => new(at, answer.Outcome, (long)took.TotalMilliseconds, fault);
}

/// <summary>What a ranker is asked and answers. Pure.</summary>
public static class RankerTalk
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Nobody who buys is in it, nor where he lives: of the postcode only the beginning.</summary>
    public sealed record Question(string Object, string Ranker, AskedOrder Order, IReadOnlyList<AskedNode> Nodes);

    public sealed record AskedOrder(string? Channel, string? Method, string Type, int Priority, string? Country, string? PostcodeArea, IReadOnlyList<AskedLine> Lines);
    public sealed record AskedLine(string Sku, long Quantity, long WeightGrams);

    /// <param name="Km">As the crow flies; null when nobody knows one of the places.</param>
    public sealed record AskedNode(string Node, string Kind, string? Country, IReadOnlyList<string> Groups, long? Km, IReadOnlyList<AskedService> Services);
    public sealed record AskedService(string Service, int TransitDays);

    public static Question Ask(string ranker, RoutedOrder order, IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes)> nodes, MerchantSettings settings) => new("rankerQuestion", ranker,
        new AskedOrder(order.Channel, order.Method, order.Type, order.Priority, order.Country, AreaOf(order.Country, order.Postcode),
            [.. order.Lines.Select(l => new AskedLine(l.Sku, l.Quantity, l.WeightGrams))]),
        [.. nodes.Select(n => new AskedNode(n.Node.Code, n.Node.Kind, n.Node.Country, n.Node.Groups, settings.Km(n.Node, order.Country, order.Postcode),
            [.. n.Lanes.Select(l => new AskedService(l.Service, l.TransitDays)).Distinct()]))]);

    public static byte[] ToBytes(Question question) => JsonSerializer.SerializeToUtf8Bytes(question, Form);

    /// <summary>Of a British postcode what comes before its last three characters; of others the first three.</summary>
    public static string? AreaOf(string? country, string? postcode)
    {
        if (postcode is null) return null;
        string plain = string.Concat(postcode.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return plain.Length == 0 ? null : country == "GB" ? plain.Length > 4 ? plain[..^3] : plain : plain[..Math.Min(3, plain.Length)];
    }

    /// <summary>Reads <c>{"scores":{"NODE":80}}</c>. Codes that were not asked for are passed over.</summary>
    /// <returns>Null when it is not of that form, or scores no node that was asked for.</returns>
    public static IReadOnlyDictionary<long, int>? Read(string body, IReadOnlyDictionary<string, long> idByKey)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("scores", out var told) || told.ValueKind != JsonValueKind.Object) return null;
            var scores = new SortedDictionary<long, int>();
            foreach (var one in told.EnumerateObject())
            {
                if (one.Value.ValueKind != JsonValueKind.Number || !one.Value.TryGetDecimal(out decimal score) || score is < 0 or > 100) return null;
                if (idByKey.TryGetValue(Text.Key(one.Name), out long id)) scores[id] = (int)Math.Round(score, MidpointRounding.AwayFromZero);
            }
            return scores.Count == 0 ? null : new Dictionary<long, int>(scores);
        }
        catch (JsonException) { return null; }
    }
}

/// <summary>Every way a ranker can say no.</summary>
public static class RankerErrors
{
    public const int MostRankers = 20;
    public static readonly Error NotFound = Error.NotFound("routing.no_ranker", "There is no such ranker.");
    public static readonly Error TooMany = Error.Unprocessable("routing.too_many_rankers", $"A merchant has at most {MostRankers} rankers.");

    public static Error Changed(string code, long version) =>
        new(ErrorKind.Precondition, "routing.ranker_changed", $"Ranker {code} has been changed meanwhile.", []) { Extra = new Dictionary<string, object?> { ["version"] = version } };
}
