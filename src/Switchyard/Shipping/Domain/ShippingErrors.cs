using Switchyard.Adapters;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>Every way this room can say no.</summary>
public static class ShippingErrors
{
    public const int MostAccounts = 100;

    public static readonly Error NoSuchAccount = Error.NotFound("shipping.no_such_account", "There is no such account with a carrier.");
    public static readonly Error NoSuchLabel = Error.NotFound("shipping.no_such_label", "There is no such label.");
    public static readonly Error NoSuchManifest = Error.NotFound("shipping.no_such_manifest", "There is no such manifest.");
    public static readonly Error NoSuchClaim = Error.NotFound("shipping.no_such_claim", "There is no such claim.");
    public static readonly Error NoSuchPickup = Error.NotFound("shipping.no_such_pickup", "There is no such collection.");
    public static readonly Error BeingAsked = Error.Conflict("request.in_progress", "The carrier is being asked for this collection. Try again in a moment.");
    public static readonly Error NotBooked = Error.Conflict("shipping.not_booked", "The carrier has not made this label yet.");
    public static readonly Error TooMany = Error.Conflict("shipping.too_many_accounts", $"A merchant has at most {MostAccounts} accounts with carriers.");
    public static readonly Error NotPacked = Error.Conflict("shipping.not_packed", "A label is made for a package that is packed and still here.");
    public static readonly Error Manifested = Error.Conflict("shipping.manifested", "The label is on a manifest that the carrier has. It cannot be voided any more.");
    public static readonly Error HasLeft = Error.Conflict("shipping.has_left", "The parcel has left with the carrier. Its label cannot be voided any more.");
    public static readonly Error NothingToManifest = Error.Conflict("shipping.nothing_to_manifest", "No label of this account waits here for a manifest.");
    public static readonly Error NotOnManifest = Error.Conflict("shipping.not_on_manifest", "This parcel is not on the manifest.");
    public static readonly Error NoWebhook = Error.Invalid("shipping.bad_signature", "The message is not signed as it should be.");

    public static Error NoSuchNode(string code) => Error.NotFound("nodes.no_such_node", $"There is no node {code}.");
    public static Error CannotMove(LabelState from, LabelState to) =>
        Error.Conflict("shipping.cannot_move", $"A label that is {LabelStates.Name(from)} cannot become {LabelStates.Name(to)}.");

    public static Error Changed(long version) => new(ErrorKind.Precondition, "shipping.changed", "Somebody changed it meanwhile. Read it again.", [])
    {
        Extra = new Dictionary<string, object?> { ["currentVersion"] = version },
    };

    /// <summary>What a carrier said no to.</summary>
    public static Error Carrier(AdapterFault fault) => fault.Kind switch
    {
        FaultKind.Refused => Error.Conflict("shipping.carrier_refused", $"The carrier refuses: {fault.Words}"),
        FaultKind.Unsupported => Error.Conflict("shipping.not_supported", fault.Words),
        _ => new Error(ErrorKind.Upstream, "shipping.carrier_failed", $"The carrier cannot be used now: {fault.Words}", []),
    };
}
