using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Amazon;

/// <summary>
/// Quantities of many listings in one document (JSON_LISTINGS_FEED). Amazon works it off after minutes: a feed that is not done within a moment is remembered by what was in it,
/// and whoever asks for the same
/// again looks at that one. A process that has forgotten sends it once more, which changes nothing.
/// </summary>
internal sealed class AmazonFeeds
{
    private const string ContentType = "application/json; charset=UTF-8";
    private const int Looks = 4, MostReport = 64 * 1024 * 1024;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2), Later = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<(Guid, string), string> _running = new();

    public async Task<AdapterAnswer<IReadOnlyList<StockOutcome>>> Push(AmazonApi api, ChannelCall call, IReadOnlyList<StockWish> wishes, IReadOnlyList<JsonObject> messages)
    {
        var document = new JsonObject
        {
            ["header"] = new JsonObject { ["sellerId"] = call.Access.Setting("sellerId"), ["version"] = "2.0", ["issueLocale"] = "en_US" },
            ["messages"] = new JsonArray([.. messages])
        };
        byte[] body = Encoding.UTF8.GetBytes(document.ToJsonString());
        var key = (call.Access.Id, Convert.ToHexStringLower(SHA256.HashData(body)));
        if (!_running.TryGetValue(key, out string? feed))
        {
            var made = await Submit(api, call, body);
            if (made.Fault is { } unmade) return unmade;
            _running[key] = feed = made.Value;
        }
        for (int look = 0; look < Looks; look++)
        {
            if (look > 0) await Task.Delay(Between, call.Stop);
            var said = await api.Ask(call, "getFeed", HttpMethod.Get, "/feeds/2021-06-30/feeds/" + Uri.EscapeDataString(feed));
            if (said.Fault is { } fault) { if (fault.Kind == FaultKind.Refused) _running.TryRemove(key, out _); return fault; }
            switch (said.Value.Say("processingStatus"))
            {
                case "DONE":
                    var report = await Report(api, call, said.Value.Say("resultFeedDocumentId"));
                    if (report.Fault is { } unread) return unread;
                    _running.TryRemove(key, out _);
                    return AdapterAnswer<IReadOnlyList<StockOutcome>>.Of(Outcomes(wishes, report.Value));
                case "CANCELLED" or "FATAL":
                    _running.TryRemove(key, out _);
                    return new AdapterFault(FaultKind.Unknown, "Amazon gave up a feed of quantities.");
                default: break;
            }
        }
        return new AdapterFault(FaultKind.Unknown, "Amazon is still at a feed of quantities; it is looked at again.", Later);
    }

    /// <summary>Each message without an error in the report is done.</summary>
    internal static List<StockOutcome> Outcomes(IReadOnlyList<StockWish> wishes, JsonNode report)
    {
        var errors = report.Each("issues").Where(i => i.Say("severity") is "ERROR").ToLookup(i => i.Say("messageId") ?? "0", i => i.Say("message") ?? i.Say("code")
            ?? "Amazon did not accept it.");
        // What is wrong with the whole has no message of its own.
        string? all = errors["0"].FirstOrDefault();
        return [.. wishes.Select((w, i) => (all ?? errors[(i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)].FirstOrDefault()) is { } words
            ? new StockOutcome(w.Key.Listing, "refused", Words: words) : new StockOutcome(w.Key.Listing, "done", w.Quantity))];
    }

    private static async Task<AdapterAnswer<string>> Submit(AmazonApi api, ChannelCall call, byte[] body)
    {
        var made = await api.Ask(call, "createFeedDocument", HttpMethod.Post, "/feeds/2021-06-30/documents", new JsonObject { ["contentType"] = ContentType });
        if (made.Fault is { } fault) return fault;
        if (made.Value.Say("url") is not { } url || made.Value.Say("feedDocumentId") is not { } document) return new AdapterFault(FaultKind.Malformed,
            "Amazon gave no place for a feed.");
        // The address itself is the key: no token goes there.
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(ContentType);
        var put = await call.SendContent(HttpMethod.Put, url, content);
        if (put.Fault is { } unsent) return unsent.Kind == FaultKind.Unauthorized ? new AdapterFault(FaultKind.Unknown, "Amazon did not take a feed's document.") : unsent;
        if (!put.Value.IsOk) return new AdapterFault(FaultKind.Refused, put.Value.Beginning);
        var feed = await api.Ask(call, "createFeed", HttpMethod.Post, "/feeds/2021-06-30/feeds", new JsonObject
        {
            ["feedType"] = "JSON_LISTINGS_FEED", ["marketplaceIds"] = new JsonArray(call.Access.Setting("marketplaceId")), ["inputFeedDocumentId"] = document,
        });
        return feed.Fault is { } refused ? refused : feed.Value.Say("feedId") is { } id ? id : new AdapterFault(FaultKind.Malformed, "Amazon gave a feed no id.");
    }

    private static async Task<AdapterAnswer<JsonNode>> Report(AmazonApi api, ChannelCall call, string? document)
    {
        if (document is null) return new AdapterFault(FaultKind.Malformed, "Amazon gave no report of a feed.");
        var said = await api.Ask(call, "getFeedDocument", HttpMethod.Get, "/feeds/2021-06-30/documents/" + Uri.EscapeDataString(document));
        if (said.Fault is { } fault) return fault;
        if (said.Value.Say("url") is not { } url) return new AdapterFault(FaultKind.Malformed, "Amazon gave no address of a report.");
        var sent = await call.SendContent(HttpMethod.Get, url, null);
        if (sent.Fault is { } unread) return unread.Kind == FaultKind.Unauthorized ? new AdapterFault(FaultKind.Unknown, "Amazon did not show a feed's report.") : unread;
        if (!sent.Value.IsOk) return new AdapterFault(FaultKind.Refused, sent.Value.Beginning);
        try
        {
            byte[] text = said.Value.Say("compressionAlgorithm") == "GZIP" ? await Unpack(sent.Value.Body, call.Stop) : sent.Value.Body;
            return JsonNode.Parse(text) is { } report ? AdapterAnswer<JsonNode>.Of(report) : new AdapterFault(FaultKind.Malformed, "A feed's report is empty.");
        }
        catch (Exception e) when (e is JsonException or InvalidDataException) { return new AdapterFault(FaultKind.Malformed, "A feed's report cannot be read."); }
    }

    private static async Task<byte[]> Unpack(byte[] packed, CancellationToken stop)
    {
        using var zip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        byte[] part = new byte[64 * 1024];
        for (int read; (read = await zip.ReadAsync(part, stop)) > 0;)
        {
            whole.Write(part, 0, read);
            if (whole.Length > MostReport) throw new InvalidDataException("The report is too long.");
        }
        return whole.ToArray();
    }
}
