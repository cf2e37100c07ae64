using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Ebay;

/// <summary>
/// Messages of the Notification API: the address that they go to, what is subscribed to, and whether one is genuine. A message names the key that it is signed with; the key is asked for once in a while and
/// kept. Whoever sends messages with made-up names of keys cannot have us ask eBay without end.
/// </summary>
internal sealed class EbayNotes
{
    private const int MostKeys = 200, MostUnknown = 20;
    private static readonly TimeSpan KeyLasts = TimeSpan.FromHours(1);
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Topics, and whose they are: a seller's who agreed, or the application's.</summary>
    private static readonly (string Topic, bool IsOfSeller)[] Topics = [("ORDER_CONFIRMATION", true), ("ITEM_MARKED_SHIPPED", true), ("MARKETPLACE_ACCOUNT_DELETION", false)];

    private sealed record Key(byte[] Info, HashAlgorithmName Digest, DateTimeOffset Until);

    private readonly ConcurrentDictionary<(string Address, string Kid), Key> _keys = new();
    private readonly Lock _gate = new();
    private readonly Queue<DateTimeOffset> _unknown = new();

    public static string? Answer(WebhookMail mail, string url) => mail.Secret is not { Length: > 0 } token || mail.Headers.GetValueOrDefault("?challenge_code") is not { Length: > 0 and <= 500 } code ? null
        : new JsonObject { ["challengeResponse"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code + token + url))) }.ToJsonString();

    /// <summary>Null: not genuine. A fault: the key could not be asked for, and nothing can be said.</summary>
    public async Task<AdapterAnswer<IReadOnlyList<ChannelNotice>?>> Read(ChannelCall call, WebhookMail mail)
    {
        if (Header(mail) is not { } header) return AdapterAnswer<IReadOnlyList<ChannelNotice>?>.Of(null);
        var key = await KeyOf(call, header.Kid);
        if (key.Fault is { } fault) return fault;
        return AdapterAnswer<IReadOnlyList<ChannelNotice>?>.Of(key.Value is { } known && IsGenuine(known.Info, known.Digest, mail.Body, header.Signature) ? Notices(mail.Body) : null);
    }

    /// <summary>The key's name and the signature; null when the header is missing or is none.</summary>
    public static (string Kid, byte[] Signature)? Header(WebhookMail mail)
    {
        if (mail.Headers.GetValueOrDefault("x-ebay-signature") is not { Length: > 0 and < 4_000 } text) return null;
        try
        {
            var header = JsonNode.Parse(Convert.FromBase64String(text));
            return header.Say("kid") is { Length: > 0 and <= 100 } kid && kid.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && header.Bytes("signature") is { } signature ? (kid, signature) : null;
        }
        catch (Exception fault) when (fault is FormatException or JsonException or InvalidOperationException) { return null; }
    }

    /// <summary>Signed is the message without spaces; it is sent so, and made so where something on the way has spread it.</summary>
    public static bool IsGenuine(byte[] info, HashAlgorithmName digest, byte[] body, byte[] signature)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(info, out _);
            if (key.VerifyData(body, signature, digest, DSASignatureFormat.Rfc3279DerSequence)) return true;
            return JsonNode.Parse(body) is { } json && key.VerifyData(Encoding.UTF8.GetBytes(json.ToJsonString(Compact)), signature, digest, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException) { return false; }
    }

    public static IReadOnlyList<ChannelNotice> Notices(byte[] body)
    {
        try
        {
            var message = JsonNode.Parse(body, null, new JsonDocumentOptions { MaxDepth = 64 });
            if (message.Say("notification", "notificationId") is not { } id) return [];
            var (kind, thing) = message.Say("metadata", "topic") switch
            {
                "ORDER_CONFIRMATION" or "ITEM_MARKED_SHIPPED" => ("order", message.Say("notification", "data", "order", "orderId")),
                "MARKETPLACE_ACCOUNT_DELETION" => ("forget", message.Say("notification", "data", "username")),
                _ => ("other", null),
            };
            return [new ChannelNotice(id, kind, thing, message.When("notification", "publishDate") ?? message.When("notification", "eventDate"))];
        }
        catch (JsonException) { return []; }
    }

    private async Task<AdapterAnswer<Key?>> KeyOf(ChannelCall call, string kid)
    {
        if (_keys.TryGetValue((call.Access.BaseUrl, kid), out var known) && known.Until > call.Now) return known;
        if (!MayAsk(call.Now)) return new AdapterFault(FaultKind.Throttled, "Too many messages name keys that are not known.", TimeSpan.FromMinutes(1));
        var said = await EbayAsk.Send(call, HttpMethod.Get, $"{EbayAsk.Notes}/public_key/{Uri.EscapeDataString(kid)}", asApplication: true);
        if (said.Fault is { } fault) return fault;
        if (!said.Value.IsOk) return said.Value.Status == 404 || said.Value.Error == 195001 ? AdapterAnswer<Key?>.Of(null) : said.Value.Refusal;
        if (Parse(said.Value.Body, call.Now + KeyLasts) is not { } fresh) return new AdapterFault(FaultKind.Malformed, "The answer has no key.");
        if (_keys.Count >= MostKeys) _keys.Clear();
        return _keys[(call.Access.BaseUrl, kid)] = fresh;
    }

    private static Key? Parse(JsonNode said, DateTimeOffset until) => Public(said.Say("key")) is { } info ? new Key(info, Digest(said.Say("digest")), until) : null;

    public static HashAlgorithmName Digest(string? name) => name switch { "SHA256" => HashAlgorithmName.SHA256, "SHA384" => HashAlgorithmName.SHA384, "SHA512" => HashAlgorithmName.SHA512, _ => HashAlgorithmName.SHA1 };

    /// <summary>A public key, in the lines that mark one or without.</summary>
    public static byte[]? Public(string? text)
    {
        string plain = (text ?? "").Replace("-----BEGIN PUBLIC KEY-----", "", StringComparison.Ordinal).Replace("-----END PUBLIC KEY-----", "", StringComparison.Ordinal);
        return ((JsonNode)JsonValue.Create(string.Concat(plain.Where(c => !char.IsWhiteSpace(c))))).Bytes();
    }

    private bool MayAsk(DateTimeOffset now)
    {
        lock (_gate)
        {
            while (_unknown.TryPeek(out var first) && first < now.AddMinutes(-1)) _unknown.Dequeue();
            if (_unknown.Count >= MostUnknown) return false;
            _unknown.Enqueue(now);
            return true;
        }
    }

    /// <summary>A destination for the address, and a subscription of each topic to it; what is there already is taken or put right.</summary>
    public static async Task<AdapterAnswer<Told>> Subscribe(ChannelCall call, string url)
    {
        if (await Alerts(call) is { } unset) return unset;
        var destination = await Destination(call, url);
        if (destination.Fault is { } fault) return fault;
        bool wasThere = true;
        foreach (var (topic, isOfSeller) in Topics)
        {
            var there = await Every(call, "subscription", "subscriptions", !isOfSeller);
            if (there.Fault is { } broken) return broken;
            var known = there.Value.FirstOrDefault(s => s.Say("topicId") == topic);
            if (known is not null && known.Say("destinationId") == destination.Value && known.Say("status") == "ENABLED") continue;
            wasThere = false;
            var body = new JsonObject
            {
                ["status"] = "ENABLED", ["destinationId"] = destination.Value, ["payload"] = new JsonObject { ["format"] = "JSON", ["schemaVersion"] = known.Say("payload", "schemaVersion") ?? "1.0", ["deliveryProtocol"] = "HTTPS" },
            };
            if (known is null) body["topicId"] = topic;
            var made = known is null ? await EbayAsk.Send(call, HttpMethod.Post, EbayAsk.Notes + "/subscription", body, asApplication: !isOfSeller)
                : await EbayAsk.Send(call, HttpMethod.Put, $"{EbayAsk.Notes}/subscription/{known.Say("subscriptionId")}", body, asApplication: !isOfSeller);
            if (made.Fault is { } open) return open;
            if (!made.Value.IsOk) return made.Value.Refusal;
        }
        return new Told(destination.Value, wasThere);
    }

    // Before anything is sent eBay wants to know whom to write to when it cannot be.
    private static async Task<AdapterFault?> Alerts(ChannelCall call)
    {
        var config = await EbayAsk.Send(call, HttpMethod.Get, EbayAsk.Notes + "/config", asApplication: true);
        if (config.Fault is { } fault) return fault;
        if (config.Value.IsOk) return null;
        if (config.Value.Status != 404) return config.Value.Refusal;
        if (call.Access.Setting("alertEmail") is not { Length: > 0 } mail) return new AdapterFault(FaultKind.Refused, "eBay wants an address of mail for alerts: set it in the connection.");
        return (await EbayAsk.Ask(call, HttpMethod.Put, EbayAsk.Notes + "/config", new JsonObject { ["alertEmail"] = mail }, asApplication: true)).Fault;
    }

    private static async Task<AdapterAnswer<string>> Destination(ChannelCall call, string url)
    {
        var there = await Every(call, "destination", "destinations", true);
        if (there.Fault is { } fault) return fault;
        var body = new JsonObject { ["name"] = "Switchyard", ["status"] = "ENABLED", ["deliveryConfig"] = new JsonObject { ["endpoint"] = url, ["verificationToken"] = call.Secret("messageSecret") } };
        if (there.Value.FirstOrDefault(d => d.Say("deliveryConfig", "endpoint") == url) is { } known)
        {
            if (known.Say("status") != "ENABLED" && (await EbayAsk.Ask(call, HttpMethod.Put, $"{EbayAsk.Notes}/destination/{known.Say("destinationId")}", body, asApplication: true)).Fault is { } refused) return refused;
            return known.Say("destinationId") ?? "";
        }
        var made = await EbayAsk.Send(call, HttpMethod.Post, EbayAsk.Notes + "/destination", body, asApplication: true);
        if (made.Fault is { } open) return open;
        return made.Value.IsOk && made.Value.Location is { } at ? at.Split('/')[^1] : made.Value.IsOk ? new AdapterFault(FaultKind.Malformed, "eBay does not say where the destination is.") : made.Value.Refusal;
    }

    private static async Task<AdapterAnswer<List<JsonObject>>> Every(ChannelCall call, string path, string list, bool asApplication)
    {
        var all = new List<JsonObject>();
        string? token = null;
        for (int pages = 0; pages < 50; pages++)
        {
            var said = await EbayAsk.Ask(call, HttpMethod.Get, $"{EbayAsk.Notes}/{path}?limit=100{(token is null ? "" : "&continuation_token=" + Uri.EscapeDataString(token))}", asApplication: asApplication);
            if (said.Fault is { } fault) return fault;
            all.AddRange(said.Value.Each(list));
            string? next = said.Value.Say("next");
            token = next is { Length: > 0 } && Uri.TryCreate(next, UriKind.RelativeOrAbsolute, out _) && next.Split("continuation_token=") is [_, var rest] ? Uri.UnescapeDataString(rest.Split('&')[0]) : null;
            if (token is null) break;
        }
        return all;
    }
}
