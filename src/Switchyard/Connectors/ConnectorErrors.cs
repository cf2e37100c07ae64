using Switchyard.Adapters;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>Every way this room can say no.</summary>
public static class ConnectorErrors
{
    public static readonly Error NoSuchConnection = Error.NotFound("connectors.no_such_connection", "This channel is not connected.");
    public static readonly Error NoSuchOrder = Error.NotFound("connectors.no_such_order", "The channel has told of no such order.");
    public static readonly Error NotTested = Error.Conflict("connectors.not_tested", "Test the connection first: its credentials were not seen to be good in the last hour.");
    public static readonly Error NotLive = Error.Conflict("connectors.not_live", "The connection is not at work. Start it first.");
    public static readonly Error HasOrders = Error.Conflict("connectors.has_orders", "Orders have come by this connection. It can be paused, and stays.");
    public static readonly Error IsLive = Error.Conflict("connectors.is_live", "The connection is at work. Pause it first.");
    public static readonly Error AdapterStays = Error.Conflict("connectors.adapter_stays", "Orders have come by this connection. It stays with its adapter; connect another channel.",
        new FieldError("/adapter", "connectors.adapter_stays", "Orders have come by this adapter."));
    public static readonly Error BeingAsked = Error.Conflict("request.in_progress", "The channel is being asked right now. Try again in a moment.");
    public static readonly Error BadSignature = Error.Unauthorized("connectors.bad_signature", "The message is not signed as it should be.");
    public static readonly Error CannotVerify = Error.Unavailable("connectors.cannot_verify", "Nobody can say now whether the message is genuine. Send it again later.", 30);
    public static readonly Error NoChallenge = Error.NotFound("connectors.no_challenge", "Nothing is asked this way here.");
    public static readonly Error NoSuchGrant = Error.Invalid("connectors.no_such_grant", "This way in was not opened here, was used before, or is too old. Begin again at the connection.");

    public static Error TooManyMessages(int seconds) => Error.Busy("connectors.too_many_messages", "Too many messages from here were not genuine.", seconds);

    public static Error CannotMove(ConnectionState from, ConnectionState to) =>
        Error.Conflict("connectors.cannot_move", $"A connection that is {ConnectionStates.Name(from)} cannot become {ConnectionStates.Name(to)}.");

    public static Error Changed(long version) => new(ErrorKind.Precondition, "connectors.changed", "Somebody changed it meanwhile. Read it again.", [])
    {
        Extra = new Dictionary<string, object?> { ["currentVersion"] = version },
    };

    /// <summary>What a channel said no to.</summary>
    public static Error Channel(AdapterFault fault) => fault.Kind switch
    {
        FaultKind.Refused or FaultKind.Unauthorized => Error.Conflict("connectors.channel_refused", $"The channel refuses: {fault.Words}"),
        FaultKind.Unsupported => Error.Conflict("connectors.not_supported", fault.Words),
        _ => new Error(ErrorKind.Upstream, "connectors.channel_failed", $"The channel cannot be used now: {fault.Words}", []),
    };
}
