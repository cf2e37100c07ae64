using System.IO.Compression;

namespace Switchyard.Simulators;

/// <summary>A feed and how far it is.</summary>
internal sealed class AmazonFeed
{
    public required string Id { get; init; }
    public required string Type { get; init; }
    public required string DocumentId { get; init; }
    public required DateTimeOffset At { get; init; }
    public string Status { get; set; } = "IN_QUEUE";
    public DateTimeOffset? EndedAt { get; set; }
    public string? ResultId { get; set; }

    /// <summary>How often somebody looked.</summary>
    public int Looks { get; set; }
}

/// <summary>A document that is uploaded and downloaded at an address of its own, for five minutes, without other credentials.</summary>
internal sealed class AmazonDocument
{
    public required string ContentType { get; init; }
    public required string Signature { get; set; }
    public required DateTimeOffset Until { get; set; }
    public byte[]? Body { get; set; }
    public bool IsZipped { get; init; }
}

/// <summary>Feeds 2021-06-30: a document is made, uploaded, submitted, worked off after a while, and its report fetched.</summary>
public sealed partial class AmazonSim
{
    private static readonly TimeSpan UrlLasts = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, AmazonDocument> _documents = new(StringComparer.Ordinal);
    private readonly List<AmazonFeed> _feeds = [];

    /// <summary>How long a feed takes by the vendor's clock.</summary>
    public TimeSpan FeedTakes { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>It is worked off sooner when somebody looked so often: a clock that stands does not stop it.</summary>
    public int FeedLooks { get; set; } = 2;

    private IResult CreateDocument(SimRequest r) =>
        r.Json.Text("contentType") is { Length: > 0 } type ? PlainJson.Answer(Address(AddDocument(type, null, false)), 201) : Invalid("contentType is required.");

    private string AddDocument(string type, byte[]? body, bool isZipped)
    {
        string id = $"amzn1.tortuga.4.eu.{Guid.CreateVersion7(Clock.GetUtcNow())}.{Text(Shop.NextId())}";
        _documents[id] = new AmazonDocument { ContentType = type, Signature = Text(Shop.NextId()), Until = Clock.GetUtcNow() + UrlLasts, Body = body, IsZipped = isZipped };
        return id;
    }

    /// <summary>A document with an address that is good from now on.</summary>
    private object Address(string id)
    {
        var document = _documents[id];
        (document.Signature, document.Until) = (Guid.CreateVersion7(Clock.GetUtcNow()).ToString("N"), Clock.GetUtcNow() + UrlLasts);
        return new { feedDocumentId = id, url = $"{Url}/documents/{id}?X-Amz-Signature={document.Signature}", compressionAlgorithm = document.IsZipped ? "GZIP" : null };
    }

    private IResult Upload(SimRequest r, string id)
    {
        if (Presigned(r, id) is not { } document) return Forbidden();
        if (!string.Equals(r.Header("Content-Type"), document.ContentType, StringComparison.OrdinalIgnoreCase)) return Forbidden();
        document.Body = r.Body;
        return Results.Ok();
    }

    private IResult Download(SimRequest r, string id) =>
        Presigned(r, id) is { Body: { } body } document ? Results.Bytes(body, document.ContentType) : Forbidden();

    private AmazonDocument? Presigned(SimRequest r, string id) =>
        _documents.TryGetValue(id, out var document) && document.Signature == r.Query("X-Amz-Signature") && document.Until > Clock.GetUtcNow() ? document : null;

    private static IResult Forbidden() => Results.Text("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>", "application/xml", statusCode: 403);

    private IResult GetDocument(string id) => _documents.ContainsKey(id) ? PlainJson.Answer(Address(id)) : Error(404, "NotFound", $"Document {id} was not found.");

    private IResult CreateFeed(SimRequest r)
    {
        string? type = r.Json.Text("feedType"), document = r.Json.Text("inputFeedDocumentId");
        if (type is not (ListingsFeed or CancelFeedType or RefundFeedType)) return Invalid($"The feedType {type} is not supported.");
        if (!r.Json!["marketplaceIds"].Each().Any(m => m.ToString() == MarketplaceId)) return Invalid("marketplaceIds must name the seller's marketplace.");
        if (document is null || !_documents.TryGetValue(document, out var known) || known.Body is null) return Invalid("inputFeedDocumentId names no document that was uploaded.");
        var feed = new AmazonFeed { Id = Text(50_000_000 + Shop.NextId()), Type = type, DocumentId = document, At = Clock.GetUtcNow() };
        _feeds.Add(feed);
        return PlainJson.Answer(new { feedId = feed.Id }, 202);
    }

    private IResult GetFeed(string id)
    {
        if (_feeds.FirstOrDefault(f => f.Id == id) is not { } feed) return Error(404, "NotFound", $"Feed {id} was not found.");
        feed.Looks++;
        if (feed.Status == "IN_QUEUE") feed.Status = "IN_PROGRESS";
        WorkFeeds();
        return PlainJson.Answer(FeedView(feed));
    }

    private IResult GetFeeds(SimRequest r)
    {
        var (types, statuses) = (List(r, "feedTypes"), List(r, "processingStatuses"));
        if (r.Query("nextToken") is null && types.Length == 0) return Invalid("feedTypes is required without a nextToken.");
        var since = Clock.GetUtcNow().AddDays(-90);
        if (r.Query("createdSince") is { } text && !TryTime(text, out since)) return Invalid("createdSince is not in ISO 8601 format.");
        var found = _feeds.Where(f => (types.Length == 0 || types.Contains(f.Type)) && (statuses.Length == 0 || statuses.Contains(f.Status))
            && f.At >= since).OrderByDescending(f => f.At).Take(100);
        return PlainJson.Answer(new { feeds = found.Select(FeedView).ToList() });
    }

    private IResult CancelFeed(string id)
    {
        if (_feeds.FirstOrDefault(f => f.Id == id) is not { } feed) return Error(404, "NotFound", $"Feed {id} was not found.");
        if (feed.Status != "IN_QUEUE") return Invalid("Only a feed that is in the queue can be cancelled.");
        (feed.Status, feed.EndedAt) = ("CANCELLED", Clock.GetUtcNow());
        return Results.Ok();
    }

    private static object FeedView(AmazonFeed feed) => new
    {
        feedId = feed.Id, feedType = feed.Type, marketplaceIds = new[] { MarketplaceId }, createdTime = Iso(feed.At), processingStatus = feed.Status,
        processingStartTime = feed.Status == "IN_QUEUE" ? null : Iso(feed.At), processingEndTime = feed.EndedAt is { } end ? Iso(end) : null, resultFeedDocumentId = feed.ResultId,
    };

    /// <summary>Works off the feeds whose time has come, in turn. Called before each answer, so that a feed nobody asks for is done too.</summary>
    private void WorkFeeds()
    {
        foreach (var feed in _feeds.Where(f => f.EndedAt is null && (Clock.GetUtcNow() - f.At >= FeedTakes || f.Looks >= FeedLooks)).ToList())
        {
            byte[] report = Work(feed);
            using var zipped = new MemoryStream();
            using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(report);
            feed.ResultId = AddDocument(feed.Type == ListingsFeed ? "application/json" : "text/plain", zipped.ToArray(), isZipped: true);
            (feed.Status, feed.EndedAt) = ("DONE", Clock.GetUtcNow());
            Notify("FEED_PROCESSING_FINISHED", "2020-09-04", feed.Id, new
            {
                feedProcessingFinishedNotification = new
                {
                    sellerId = SellerId, accountId = "amzn1.merchant.o." + SellerId, feedId = feed.Id, feedType = feed.Type, processingStatus = feed.Status,
                    resultFeedDocumentId = feed.ResultId,
                }
            }, isLower: true);
        }
    }
}
