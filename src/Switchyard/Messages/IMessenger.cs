using System.Text.Json.Nodes;

namespace Switchyard.Messages;

/// <summary>A setting of an account with a messenger.</summary>
public sealed record MessengerSetting(string Name, string Meaning, bool IsSecret = false, bool IsRequired = false);

/// <summary>What a messenger is and what it needs.</summary>
/// <param name="Medium">mail.</param>
/// <param name="Assumptions">What is not from a published specification, one sentence each.</param>
public sealed record MessengerManifest(string Code, string Name, string Medium, IReadOnlyList<MessengerSetting> Settings, string Source, IReadOnlyList<string> Assumptions)
{
    public string Object => "messenger";
}

/// <summary>A message on its way out: rendered once, the same at every try.</summary>
/// <param name="MailId">The Message-ID without brackets. It never changes, so a receiver that took it before sees that it is the same.</param>
/// <param name="OptOut">Where whoever wants fewer messages says so; null for one that everybody gets.</param>
/// <param name="Logo">PNG or JPEG.</param>
public sealed record OutgoingMessage(Guid Id, string MailId, string To, string? ToName, MailPage Page, DateTimeOffset At, string? OptOut = null, byte[]? Logo = null);

/// <summary>What became of one message.</summary>
/// <param name="Kind">sent; kept, by a messenger that sends nothing; refused: never again; later: not taken now, or nobody knows; down: the account itself does not work.</param>
public sealed record SendOutcome(SendKind Kind, string? Fault = null)
{
    public static readonly SendOutcome Sent = new(SendKind.Sent), Kept = new(SendKind.Kept);
}

public enum SendKind { Sent, Kept, Refused, Later, Down }

/// <summary>An account, opened for one call.</summary>
public sealed record MessengerAccess(long Merchant, JsonObject Settings, IReadOnlyDictionary<string, string> Secrets)
{
    public string? Setting(string name) => (string?)Settings[name] is { Length: > 0 } text ? text : null;
    public string? Secret(string name) => Secrets.GetValueOrDefault(name);

    // Secrets are in no text that could be logged.
    public override string ToString() => $"messenger of {Merchant}";
}

/// <summary>
/// Something that takes messages to people. Nothing throws but for cancelling: what goes wrong is an outcome, and the messenger says honestly whether the message may have gone.
/// </summary>
public interface IMessenger
{
    MessengerManifest Manifest { get; }

    /// <summary>What can be said against the settings before anything is sent; null when nothing is. The setting and the sentence.</summary>
    (string Setting, string Fault)? Refusal(MessengerAccess access);

    /// <summary>Sends these one after the other over one connection, and says of each at once what became of it. After <see cref="SendKind.Down"/> it goes on with none.</summary>
    Task Send(MessengerAccess access, IReadOnlyList<OutgoingMessage> messages, Func<OutgoingMessage, SendOutcome, Task> settled, CancellationToken stop);
}
