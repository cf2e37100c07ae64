using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>Every way this room can say no.</summary>
public static class FulfilmentErrors
{
    public static readonly Error NotFound = Error.NotFound("fulfilment.not_found", "There is no such release.");

    public static readonly Error PackageNotFound = Error.NotFound("fulfilment.package_not_found", "There is no such package.");

    public static Error Changed(long version) => new(ErrorKind.Precondition, "fulfilment.changed", "The release was changed meanwhile. Read it again.", [])
    {
        Extra = new Dictionary<string, object?> { ["version"] = version },
    };

    public static Error CannotMove(FulfilmentOrderState from, FulfilmentOrderState to) => from == FulfilmentOrderState.StopAsked
        ? Error.Conflict("fulfilment.stop_asked", "STOP: this release is to be stopped. Put the goods back.")
        : Error.Conflict("fulfilment.cannot_move",
            $"A release that is {FulfilmentOrderStates.Words(from)} cannot become {FulfilmentOrderStates.Words(to)}.") with
        {
            Extra = new Dictionary<string, object?> { ["from"] = FulfilmentOrderStates.Name(from), ["to"] = FulfilmentOrderStates.Name(to) },
        };

    public static Error CannotMove(PackageState from, PackageState to) => Error.Conflict("fulfilment.package_cannot_move",
        $"A package that is {PackageStates.Name(from)} cannot become {PackageStates.Name(to)}.");

    public static Error ProofMissing(int line, string step) => Error.Conflict("fulfilment.proof_missing", $"Line {line} may not leave before somebody has confirmed its step: {step}.");

    public static Error LabelGoing(int package) => Error.Conflict("fulfilment.label_going", $"The label of package {package} is being taken back. Wait for the carrier, or give the tracking number under which it leaves.");

    public static Error Held(string kind, string reason) => Error.Conflict("fulfilment.held", $"A hold stops this work: {reason}") with
    {
        Extra = new Dictionary<string, object?> { ["hold"] = kind },
    };

    public static Error NotConfirmed(string state) =>
        Error.Conflict("fulfilment.not_confirmed", $"An order that is {state} is not released: it must be confirmed first.");

    public static readonly Error NothingToRelease =
        Error.Conflict("fulfilment.nothing_to_release", "Nothing of this order waits to be released: no unit has stock, is free of holds and not yet released.");

    public static Error NotThatMany(string pointer, string what, long there) =>
        Error.Conflict("fulfilment.not_that_many", $"Only {there} units are {what}.", new FieldError(pointer, "fulfilment.not_that_many", $"Only {there} units are {what}."));

    public static Error NoSuchLine(string pointer) =>
        Error.Invalid([new FieldError(pointer, "fulfilment.no_such_line", "The release has no such line.")]);

    public static Error NoSuchPackage(string pointer) =>
        Error.Invalid([new FieldError(pointer, "fulfilment.no_such_package", "The release has no such package that is labelled.")]);

    public static readonly Error NoSubstitute = Error.Conflict("fulfilment.no_substitute", "This is not given instead: the customer takes no other product, or this is none of those that stand in for it.");

    public static Error SubstituteGone(string sku) => Error.Conflict("fulfilment.substitute_gone", $"None of {sku} is left here that is not promised already.");

    public static Error NoSuchNode(string pointer) => Error.Invalid([new FieldError(pointer, "fulfilment.no_such_node", "There is no such node.")]);

    public static readonly Error NodeNotFound = Error.NotFound("nodes.no_such_node", "There is no such node.");

    public static readonly Error NothingUnderWay =
        Error.Conflict("fulfilment.nothing_under_way", "No package of this release that is meant here is still under way.");

    public static readonly Error ShortThere = Error.Conflict("fulfilment.short_there", "The other node has not the goods free that this release needs.");

    public static Error CollectedHere(string node) => Error.Conflict("fulfilment.collected_here", $"The customer collects it at {node}. Change that on the order first.");
    public static readonly Error SameNode = Error.Conflict("fulfilment.same_node", "The release is at this node already.");

    public static readonly Error WorkHasBegun = Error.Conflict("fulfilment.work_has_begun", "Work on this release has begun; ask it to stop first.");

    public static readonly Error NotAlike =
        Error.Conflict("fulfilment.not_alike", "Only releases of one order, at one node, by one method and not yet picked can be merged.");

    public static Error CannotHold(FulfilmentOrderState state) =>
        Error.Conflict("fulfilment.cannot_hold", $"A release that is {FulfilmentOrderStates.Words(state)} cannot be held.");

    public static readonly Error NotAsked = Error.Conflict("fulfilment.not_asked", "Nobody asked this release to stop.");

    public static Error AnswerDiffers(string id) => Error.Unprocessable("fulfilment.answer_differs", $"Something else was said under the id {id} before.",
        new FieldError("/id", "fulfilment.answer_differs", "Give what is new an id of its own."));

    public static readonly Error HoldNotFound = Error.NotFound("fulfilment.hold_not_found", "There is no such open hold on this release.");
    public static Error LotBlocked(string lot) => Error.Conflict("fulfilment.lot_blocked", $"Lot {lot} is out of sale: take another.");
    public static Error SerialGone(string serial) => Error.Conflict("fulfilment.serial_gone", $"The serial number {serial} has gone with an order already.");
}
