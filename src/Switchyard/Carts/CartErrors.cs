using Switchyard.Kernel;

namespace Switchyard.Carts;

/// <summary>Every way this room can say no.</summary>
internal static class CartErrors
{
    public static readonly Error NotFound = Error.NotFound("carts.not_found", "There is no such cart, or its time is over.");
    public static readonly Error Claimed = Error.Conflict("carts.claimed", "The cart has become an order already.");
    public static Error Changed(long version) => new Error(ErrorKind.Precondition, "carts.changed", "The cart was changed on another device meanwhile.", [])
    {
        Extra = new Dictionary<string, object?> { ["currentVersion"] = version },
    };
}
