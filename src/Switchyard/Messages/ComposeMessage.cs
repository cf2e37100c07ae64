using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Messages;

/// <summary>A message that is due, as it stands in the outbox.</summary>
internal sealed record DueMessage(MessageId Id, long Merchant, OrderId Order, string Kind, string About, int Copy, DateTimeOffset EventAt, long LeaseNo, int Tries, long? FirstTriedMs, string? Recipient, string? Language, string? Body,
    string? MailId, DateTimeOffset CreatedAt);

/// <summary>What a message says and to whom, or why it is not sent.</summary>
/// <param name="Skip">One of <see cref="SkipReasons"/>.</param>
internal sealed record Composed(string? Skip, string? Recipient, string? Name, MailPage? Page, string OrderNumber);

/// <summary>Decides whether a message goes, and writes it, from the order as it is when it goes.</summary>
internal sealed class ComposeMessage(Db db, TrackingLinks links, PublicUrl publicUrl, IEnumerable<IBuyersVoice> voices, TimeProvider clock)
{
    /// <remarks>Errors: messages.template_faulty.</remarks>
    public async Task<Result<Composed>> For(DueMessage message)
    {
        var (actor, now) = (Actor.House("system:messages", message.Merchant), clock.GetUtcNow());
        var (order, settings, template, isQuiet, isElsewhere) = await db.Read(actor, async work =>
        {
            var order = await ReadTrackedOrder.Load(work, message.Order, now);
            return (order, await MessageSettings.Load(work), await WriteMessageTemplate.Used(work, message.Kind), order?.Email is { } email && await OptOuts.Wants(work, email), order is not null && await IsElsewhere(work, order.Id));
        }, snapshot: true);
        if (order is null) return new Composed(SkipReasons.Overtaken, null, null, null, "");
        if (isElsewhere && message.Copy == 0) return new Composed(SkipReasons.ChannelOff, null, null, null, order.Number);
        if (Skip(message, order, settings, isQuiet, now) is { } reason) return new Composed(reason, null, null, null, order.Number);
        string? host = settings.Body.HasTrackingPage ? publicUrl.Of(settings) : null;
        string? link = host is null ? null : await links.Url(actor, order.Id, settings.LinkDays, host);
        if (link is null && message.Kind == MessageKind.TrackingLink) return new Composed(SkipReasons.NoLink, null, null, null, order.Number);
        var data = Data(message, order, settings, link);
        var filled = MessageWords.Fill(message.Kind, template, data, order.Language);
        if (filled.Error is { } fault) return fault;
        return new Composed(null, MailAddress.Tidy(order.Email), OneLine(order.Name), new MailPage(filled.Value.Subject, order.Language, settings.Look, filled.Value.Blocks), order.Number);
    }

    private async Task<bool> IsElsewhere(Work work, OrderId order)
    {
        foreach (var voice in voices) if (await voice.IsElsewhere(work, order)) return true;
        return false;
    }

    /// <summary>Why a message is not sent; null when it is. What a person asks for is only stopped by an address that is none.</summary>
    internal static string? Skip(DueMessage message, TrackedOrder order, MessageSettings.Stored settings, bool isQuiet, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(order.Email)) return SkipReasons.NoAddress;
        if (MailAddress.Tidy(order.Email) is null) return SkipReasons.BadAddress;
        if (message.Copy > 0) return null;
        if (settings.Body.Off?.Contains(message.Kind) == true) return SkipReasons.KindOff;
        if (!settings.KindsOf(order.Channel).Contains(message.Kind)) return SkipReasons.ChannelOff;
        if (isQuiet && !MessageKind.Find(message.Kind)!.IsEssential) return SkipReasons.OptedOut;
        if (now - message.EventAt > QueueMessages.Stale || message.Kind == MessageKind.Confirmation && message.EventAt - order.PlacedAt > QueueMessages.Stale) return SkipReasons.Stale;
        if (message.Kind == MessageKind.Confirmation && order.IsSplit) return SkipReasons.Split;
        if (order.IsOff) return SkipReasons.Overtaken;
        var about = About(message, order).ToList();
        return message.Kind switch
        {
            MessageKind.Confirmation => order.Status is "delivered" or "closed" ? SkipReasons.Overtaken : null,
            MessageKind.Shipped => about.Count > 0 && !about.All(p => p.IsEnded || p.CollectAt is not null) ? null : SkipReasons.Overtaken,
            MessageKind.OutForDelivery => about.Any(p => p.State == "outForDelivery") ? null : SkipReasons.Overtaken,
            // Who took it from the counter knows.
            MessageKind.Delivered => about.Any(p => p.State == "delivered") ? null : SkipReasons.Overtaken,
            MessageKind.ReadyToCollect => about.Any(p => p.State is "readyForPickup" or "availableAtPoint") ? null : SkipReasons.Overtaken,
            MessageKind.Delayed when message.About.Length > 0 && message.About[0] != 'v' => about.Any(p => p.State is "exception" or "lost") ? null : SkipReasons.Overtaken,
            MessageKind.Delayed => order.HasEnded || order.DeliverBy is null ? SkipReasons.Overtaken : null,
            _ => null,
        };
    }

    private static IEnumerable<TrackedParcel> About(DueMessage message, TrackedOrder order) => order.Parcels.Where(p => p.IsAbout(message.About));

    private static JsonObject Data(DueMessage message, TrackedOrder order, MessageSettings.Stored settings, string? link)
    {
        var about = About(message, order).ToList();
        var parcel = about.FirstOrDefault();
        bool isParcel = message.Kind is MessageKind.Shipped or MessageKind.OutForDelivery or MessageKind.Delivered or MessageKind.ReadyToCollect || message.Kind == MessageKind.Delayed && parcel is not null;
        // What comes today, has come, or has a problem is not told the day it was promised for.
        bool hasNoDay = order.IsCollect || message.Kind is MessageKind.Delivered or MessageKind.ReadyToCollect or MessageKind.OutForDelivery || message.Kind == MessageKind.Delayed && parcel is not null;
        var expected = hasNoDay ? null : parcel?.Eta ?? order.DeliverBy;
        var items = isParcel && about.Count > 0 ? about.SelectMany(p => p.Items) : message.Kind == MessageKind.Confirmation ? order.Waiting.Concat(order.Parcels.SelectMany(p => p.Items)) : [];
        string lead = message.Kind switch
        {
            MessageKind.Confirmation when order.IsCollect => "confirmation-leadCollect",
            MessageKind.Shipped when order.Waiting.Count > 0 => "shipped-leadRest",
            MessageKind.Delayed when parcel is not null => "delayed-leadCarrier",
            MessageKind.ReadyToCollect when parcel?.State == "availableAtPoint" => "readyToCollect-leadPoint",
            _ => message.Kind + "-lead",
        };
        return new JsonObject
        {
            ["kind"] = message.Kind, ["lead"] = lead, ["shop"] = settings.Look.Name, ["order"] = order.Number, ["name"] = OneLine(order.Name), ["link"] = link, ["contact"] = settings.Contact,
            ["expected"] = expected is { } day ? MessageWords.Day(TimeZoneInfo.ConvertTime(day, order.Zone), order.Language) : null,
            ["optOut"] = MessageKind.Find(message.Kind)!.IsEssential || link is null ? null : link + "#fewer",
            ["items"] = new JsonArray([.. items.Take(100).Select(i => new JsonObject { ["name"] = i.Name, ["quantity"] = i.Quantity })]),
            ["parcel"] = isParcel && parcel is { No: > 0 } ? new JsonObject { ["carrier"] = parcel.Carrier, ["tracking"] = parcel.Tracking, ["link"] = parcel.Url } : null,
            ["place"] = message.Kind == MessageKind.ReadyToCollect && parcel?.CollectAt is { } place
                ? new JsonObject { ["name"] = place.Name, ["lines"] = new JsonArray([.. place.Lines.Select(l => (JsonNode)l)]) } : null,
        };
    }

    private static string? OneLine(string? text) => string.IsNullOrWhiteSpace(text) ? null : string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}

/// <summary>Who wants only the messages that one needs. The address itself is not kept.</summary>
internal static class OptOuts
{
    private static byte[] Hash(string email) => SHA256.HashData(Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant()));

    public static async Task<bool> Wants(Work work, string email) =>
        await work.Scalar("select count(*) from message_optouts where merchant_id = @merchant and address_hash = @hash", ("hash", Hash(email))) > 0;

    public static Task Set(Work work, string email, bool wants, DateTimeOffset now) => wants
        ? work.Execute("insert into message_optouts (merchant_id, address_hash, created_at_ms) values (@merchant, @hash, @now) on conflict (merchant_id, address_hash) do nothing",
            ("hash", Hash(email)), ("now", now.ToUnixTimeMilliseconds()))
        : work.Execute("delete from message_optouts where merchant_id = @merchant and address_hash = @hash", ("hash", Hash(email)));
}
