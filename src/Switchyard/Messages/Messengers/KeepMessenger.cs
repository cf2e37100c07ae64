namespace Switchyard.Messages;

/// <summary>Keeps messages and sends none: for trying out, for the demo, and for shops whose sales channel writes to customers. They are shown in the app as they would have been sent.</summary>
public sealed class KeepMessenger : IMessenger
{
    public const string Code = "keep";

    public MessengerManifest Manifest { get; } = new(Code, "Keep, do not send", "mail", [], "Our own.", []);

    public (string Setting, string Fault)? Refusal(MessengerAccess access) => null;

    public async Task Send(MessengerAccess access, IReadOnlyList<OutgoingMessage> messages, Func<OutgoingMessage, SendOutcome, Task> settled, CancellationToken stop)
    {
        foreach (var message in messages) await settled(message, SendOutcome.Kept);
    }
}
