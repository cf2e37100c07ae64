using Switchyard.Kernel;

namespace Switchyard.Edi;

/// <summary>Every way this room can say no.</summary>
internal static class EdiErrors
{
    public static Error NoSuchPartner(string code) => Error.NotFound("edi.no_such_partner", $"There is no trading partner {code}.");
    public static readonly Error NoSuchInterchange = Error.NotFound("edi.no_such_interchange", "There is no such interchange.");
    public static readonly Error NoSuchMessage = Error.NotFound("edi.no_such_message", "There is no such message.");
    public static readonly Error NoInterchange = Error.Invalid([new FieldError("/content", "edi.no_interchange", "There is no X12 interchange in it: it begins with ISA.")]);
    public static readonly Error NothingToReplay = Error.Conflict("edi.nothing_to_replay", "Only a message that failed is done again.");
    public static readonly Error NotSent = Error.Conflict("edi.not_sent", "This interchange is not one that goes out.");
    public static readonly Error StockNotSent = Error.Conflict("edi.stock_not_sent", "846 is not agreed with this partner, or it has no channel.");
    public static readonly Error IdsTaken = Error.Conflict("edi.ids_taken", "Another partner has these ids.");
    public static Error NodeTaken(string node, string partner) => Error.Conflict("edi.node_taken", $"Partner {partner} is already asked to send what leaves node {node}. One partner at a node takes 940.",
        new FieldError("/node", "edi.node_taken", $"Partner {partner} takes 940 there."));
    public static Error Changed(long version) => new Error(ErrorKind.Precondition, "edi.changed", "Somebody changed the partner meanwhile.", [])
    {
        Extra = new Dictionary<string, object?> { ["currentVersion"] = version },
    };
}
