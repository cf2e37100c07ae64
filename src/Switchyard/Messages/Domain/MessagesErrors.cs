using Switchyard.Documents;
using Switchyard.Kernel;

namespace Switchyard.Messages;

/// <summary>Every way this room can say no.</summary>
public static class MessagesErrors
{
    public static readonly Error NotFound = Error.NotFound("messages.not_found", "There is no such message.");
    public static readonly Error NoSuchKind = Error.NotFound("messages.no_such_kind", "There is no such kind of message.");
    public static readonly Error NoSuchMedium = Error.NotFound("messages.no_such_medium", "Messages go by mail; there is no other medium.");
    public static readonly Error NoAccount = Error.Conflict("messages.no_account", "There is no account that sends messages. Make one in the settings.");
    public static readonly Error NoAddress = Error.Unprocessable("messages.no_address", "The order has no e-mail address that a message could go to.");
    public static readonly Error NoLink = Error.NotFound("messages.no_link", "The order has no tracking page now.");
    public static readonly Error NoPublicUrl = Error.Unprocessable("messages.no_public_url", "A link in a message needs the address customers reach this server at. Set it in the settings.");
    public static readonly Error PageOff = Error.Conflict("messages.page_off", "Tracking pages are switched off in the settings.");
    public static readonly Error TooOften = Error.Busy("messages.too_often", "This order was sent enough messages for now.", 3600);

    public static Error TestFailed(string fault) => Error.Unprocessable("messages.test_failed", $"The test was not sent: {fault}");
    public static Error NoSuchVersion(long version) => Error.NotFound("messages.no_such_version", $"The template has no version {version}.");

    public static Error TemplateFaulty(TemplateFault fault, string pointer) => Error.Unprocessable("messages.template_faulty", $"Line {fault.Line}: {fault.Detail}",
        new FieldError(pointer, "messages.template_faulty", $"Line {fault.Line}: {fault.Detail}")) with
    { Extra = new Dictionary<string, object?> { ["line"] = fault.Line } };

    public static Error Changed(long version) =>
        new(ErrorKind.Precondition, "messages.changed", $"Somebody has changed it meanwhile: it is at version {version} now.", []) { Extra = new Dictionary<string, object?> { ["version"] = version } };
}
