namespace Switchyard.Messages;

/// <summary>A kind of message to a customer.</summary>
/// <param name="Name">Stable, in the database and the API.</param>
/// <param name="IsEssential">Also sent to who wants fewer messages: without it the customer does not get the goods.</param>
/// <param name="IsByEvent">False: a person sends it.</param>
public sealed record MessageKind(string Name, bool IsEssential, bool IsByEvent = true)
{
    public const string Confirmation = "confirmation", Shipped = "shipped", OutForDelivery = "outForDelivery", Delivered = "delivered", Delayed = "delayed", ReadyToCollect = "readyToCollect",
        TrackingLink = "trackingLink";

    public static readonly IReadOnlyList<MessageKind> All =
    [
        new(Confirmation, true), new(Shipped, true), new(OutForDelivery, false), new(Delivered, false), new(Delayed, true), new(ReadyToCollect, true), new(TrackingLink, true, IsByEvent: false),
    ];

    public static MessageKind? Find(string? name) => All.FirstOrDefault(k => k.Name == name);

    // Marketplaces write to their buyers themselves and forbid sellers to.
    private static readonly string[] Marketplaces =
    [
        "amazon", "ebay", "etsy", "walmart", "otto", "zalando", "kaufland", "cdiscount", "onbuy", "tiktok", "allegro", "fruugo", "manomano", "temu", "shein", "mirakl", "backmarket",
    ];

    /// <summary>Is the channel a marketplace, by its code? Nothing is sent to its buyers unless somebody says so.</summary>
    public static bool IsMarketplace(string channel) => Marketplaces.Any(m => channel.Contains(m, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What became of a message.</summary>
public enum MessageState { Waiting, Sent, Kept, Skipped, Failed }

/// <summary>Every move of a message: each end is final, and a person who sends it again makes another.</summary>
public static class MessageStates
{
    public static readonly Kernel.Transitions<MessageState> Allowed = new()
    {
        [MessageState.Waiting] = [MessageState.Sent, MessageState.Kept, MessageState.Skipped, MessageState.Failed],
    };

    public static string Name(MessageState state) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
    public static MessageState Parse(string name) => Enum.Parse<MessageState>(name, ignoreCase: true);
}

/// <summary>Why a message is not sent. Codes are stored and never renamed.</summary>
public static class SkipReasons
{
    public const string NoAddress = "noAddress", BadAddress = "badAddress", KindOff = "kindOff", ChannelOff = "channelOff", OptedOut = "optedOut", Stale = "stale", Overtaken = "overtaken",
        Split = "split", NoLink = "noLink";

    public static readonly IReadOnlyList<string> All = [NoAddress, BadAddress, KindOff, ChannelOff, OptedOut, Stale, Overtaken, Split, NoLink];
}
