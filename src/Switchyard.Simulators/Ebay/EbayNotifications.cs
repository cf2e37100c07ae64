using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>The Notification API: topics, destinations that answer a challenge, subscriptions, and messages signed with ECDSA.</summary>
public sealed partial class EbaySim
{
    private sealed record Destination(string Id, string Name, string Status, string Endpoint, string Token);
    private sealed record Subscription(string Id, string Topic, string Status, string Schema, string DestinationId, DateTimeOffset At);

    private const string NotificationPath = "/commerce/notification/v1";

    /// <summary>Topics, and whose they are: the application's, or a seller's who agreed.</summary>
    private static readonly (string Id, string Words, bool IsOfSeller)[] Topics =
    [
        ("MARKETPLACE_ACCOUNT_DELETION", "A user's account is deleted: what is kept of the user has to go.", false),
        ("ORDER_CONFIRMATION", "A buyer completed checkout.", true), ("ITEM_MARKED_SHIPPED", "An item was marked as shipped.", true),
    ];
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _keyId = "9d0c1c1e-2b6e-4d1a-8f3b-51a3e6f0b7aa";
    private readonly List<Destination> _destinations = [];
    private readonly List<Subscription> _subscriptions = [];
    private string? _alertEmail;

    private async Task<IResult> Notifications(SimRequest r, string[] path)
    {
        // The challenge goes to the caller's own address, so it is not asked with the gate held.
        bool isNew = r.Method == "POST" && path is ["destination"];
        if (isNew || (r.Method == "PUT" && path is ["destination", _]))
        {
            if (DestinationFault(r, isNew) is { } fault) return fault;
            var config = r.Json!["deliveryConfig"];
            if (!await Challenge(config.Text("endpoint")!, config.Text("verificationToken")!)) return NoteError(409, 195020,
                "Challenge verification failed for requested endpoint");
            lock (Shop.Gate) return SaveDestination(r, isNew ? null : path[1]);
        }
        lock (Shop.Gate)
        {
            return (r.Method, path) switch
            {
                ("GET", ["public_key", var id]) => id == _keyId ? PlainJson.Answer(new { algorithm = "ECDSA", digest = "SHA1", key = PublicKey }) : NoteError(404, 195001,
                    "The specified key id is invalid."),
                ("GET", ["topic"]) => Listed("topic", "topics", r, [.. Topics.Select(TopicView)]),
                ("GET", ["topic", var id]) => Topics.FirstOrDefault(t => t.Id == id) is { Id: not null } topic ? PlainJson.Answer(TopicView(topic)) : NoteError(404, 195002,
                    "Invalid or missing topic id."),
                ("GET", ["config"]) => _alertEmail is null ? NoteError(404, 195026, "Configuration Not Found.") : PlainJson.Answer(new { alertEmail = _alertEmail }),
                ("PUT", ["config"]) => Configure(r),
                ("GET", ["destination"]) => Listed("destination", "destinations", r, [.. _destinations.Select(View)]),
                ("GET", ["destination", var id]) => _destinations.FirstOrDefault(d => d.Id == id) is { } found ? PlainJson.Answer(View(found)) : NoDestination(),
                ("DELETE", ["destination", var id]) => DropDestination(id),
                ("POST", ["subscription"]) => Subscribe(r),
                ("GET", ["subscription"]) => Listed("subscription", "subscriptions", r, [.. _subscriptions.Select(View)]),
                (_, ["subscription", var id, ..]) => OfSubscription(r, id, path),
                _ => Error(404, 2002, "ACCESS", "REQUEST", "Resource not found", "The specified resource was not found."),
            };
        }
    }

    private IResult? DestinationFault(SimRequest r, bool isNew)
    {
        var config = r.Json?["deliveryConfig"];
        if (r.Json.Text("name") is not { Length: > 0 and <= 64 } name || name.Contains('<')) return NoteError(400, 195016,
            "Invalid name. Markups or lengths greater than 64 not supported");
        if (!Uri.TryCreate(config.Text("endpoint"), UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")) return NoteError(400, 195017,
            "Invalid or missing endpoint.");
        if (r.Json.Text("status") is not ("ENABLED" or "DISABLED")) return NoteError(400, 195018, "Invalid or missing destination status. Supported values:[ENABLED,DISABLED]");
        if (config.Text("verificationToken") is not { Length: >= 32 and <= 80 } token || !token.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')) return NoteError(400,
            195019, "Invalid or missing verification token for this endpoint.");
        lock (Shop.Gate)
        {
            if (_alertEmail is null) return NoteError(409, 195003, "Please provide configurations required for notifications. Refer to /config");
            return isNew && _destinations.Any(d => d.Endpoint == config.Text("endpoint")) ? NoteError(409, 195021, "Destination exists for this endpoint") : null;
        }
    }

    /// <summary>Asks an address whether it is meant: it answers the hash of the code, its token and itself.</summary>
    private async Task<bool> Challenge(string endpoint, string token)
    {
        string code = Guid.CreateVersion7(Clock.GetUtcNow()).ToString();
        string expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code + token + endpoint)));
        try
        {
            using var answer = await Sender.Http.GetAsync(new Uri(Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(endpoint, "challenge_code", code)));
            if (answer.StatusCode != System.Net.HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType != "application/json") return false;
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync()).Text("challengeResponse") == expected;
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or TaskCanceledException) { return false; }
    }

    private IResult SaveDestination(SimRequest r, string? id)
    {
        if (id is not null && _destinations.RemoveAll(d => d.Id == id) == 0) return NoDestination();
        var config = r.Json!["deliveryConfig"];
        var saved = new Destination(id ?? Guid.CreateVersion7(Clock.GetUtcNow()).ToString(), r.Json.Text("name")!, r.Json.Text("status")!, config.Text("endpoint")!,
            config.Text("verificationToken")!);
        _destinations.Add(saved);
        if (id is not null) return Results.NoContent();
        r.Http.Response.Headers.Location = $"{Url}{NotificationPath}/destination/{saved.Id}";
        return PlainJson.Answer(new { }, 201);
    }

    private IResult DropDestination(string id)
    {
        if (_subscriptions.Any(s => s.DestinationId == id)) return NoteError(409, 195024, "Destination is in use and cannot be deleted.");
        return _destinations.RemoveAll(d => d.Id == id) > 0 ? Results.NoContent() : NoDestination();
    }

    private IResult Configure(SimRequest r)
    {
        if (r.Json.Text("alertEmail") is not { } mail || !mail.Contains('@')) return NoteError(400, 195025, "Invalid or missing email.");
        _alertEmail = mail;
        return Results.NoContent();
    }

    private IResult Subscribe(SimRequest r)
    {
        if (_alertEmail is null) return NoteError(409, 195003, "Please provide configurations required for notifications. Refer to /config");
        if (Topics.FirstOrDefault(t => t.Id == r.Json.Text("topicId")) is not { Id: not null } topic) return NoteError(400, 195027, "Invalid or missing topic id.");
        if (topic.IsOfSeller && !_tokens.IsGood(r.Header("Authorization")?[7..])) return NoteError(403, 195011, "Not authorized for this topic.");
        if (Terms(r, out var fault) is not { } terms) return fault!;
        if (_subscriptions.Any(s => s.Topic == topic.Id)) return NoteError(409, 195012, "Subscription already exists");
        var made = new Subscription(Guid.CreateVersion7(Clock.GetUtcNow()).ToString(), topic.Id, terms.Status, terms.Schema, terms.Destination, Clock.GetUtcNow());
        _subscriptions.Add(made);
        r.Http.Response.Headers.Location = $"{Url}{NotificationPath}/subscription/{made.Id}";
        return PlainJson.Answer(new { }, 201);
    }

    private (string Status, string Schema, string Destination)? Terms(SimRequest r, out IResult? fault)
    {
        var payload = r.Json?["payload"];
        string? status = r.Json.Text("status"), to = r.Json.Text("destinationId");
        var destination = _destinations.FirstOrDefault(d => d.Id == to);
        fault = status is not ("ENABLED" or "DISABLED") ? NoteError(400, 195006, "Invalid or missing subscription status.")
            : destination is null ? NoteError(400, 195007, "Invalid or missing destination id.")
            : payload.Text("schemaVersion") != "1.0" ? NoteError(400, 195008, "Invalid or missing schema version. Please refer to /topic/{topic_id} for supported schema versions.")
            : payload.Text("format") != "JSON" ? NoteError(400, 195009, "Specified format is not supported for the topic.")
            : payload.Text("deliveryProtocol") != "HTTPS" ? NoteError(400, 195010, "Invalid or missing protocol")
            : status == "ENABLED" && destination.Status != "ENABLED" ? NoteError(409, 195015, "The subscription cannot be enabled since the destination is not enabled.") : null;
        return fault is null ? (status!, "1.0", to!) : null;
    }

    private IResult OfSubscription(SimRequest r, string id, string[] path)
    {
        int at = _subscriptions.FindIndex(s => s.Id == id);
        if (at < 0) return NoteError(404, 195013, "Invalid subscription Id.");
        switch (r.Method, path.Length > 2 ? path[2] : "")
        {
            case ("GET", ""): return PlainJson.Answer(View(_subscriptions[at]));
            case ("DELETE", ""): _subscriptions.RemoveAt(at); return Results.NoContent();
            case ("PUT", ""):
                if (Terms(r, out var fault) is not { } terms) return fault!;
                _subscriptions[at] = _subscriptions[at] with { Status = terms.Status, DestinationId = terms.Destination };
                return Results.NoContent();
            case ("POST", "enable"): _subscriptions[at] = _subscriptions[at] with { Status = "ENABLED" }; return Results.NoContent();
            case ("POST", "disable"): _subscriptions[at] = _subscriptions[at] with { Status = "DISABLED" }; return Results.NoContent();
            case ("POST", "test"):
                Sender.Send(Message(_subscriptions[at], "test", new { test = true }));
                return Results.StatusCode(202);
            default: return Error(404, 2002, "ACCESS", "REQUEST", "Resource not found", "The specified resource was not found.");
        }
    }
}
