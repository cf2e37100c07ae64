using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>Every way this room can say no.</summary>
public static class PickingErrors
{
    public static readonly Error NoSuchNode = Error.NotFound("nodes.no_such_node", "There is no such node.");
    public static readonly Error WaveNotFound = Error.NotFound("picking.wave_not_found", "There is no such wave.");
    public static readonly Error NothingToPick = Error.Conflict("picking.nothing_to_pick", "No release at this node waits to be picked with these conditions.");
    public static readonly Error TooFew = Error.Conflict("picking.too_few", "Fewer releases wait than the wave is to have.");
    public static readonly Error ClashNotFound = Error.NotFound("picking.clash_not_found", "There is no such open clash.");
    public static readonly Error NoTask = Error.NotFound("picking.no_such_task", "There is no such pick task.");
    public static readonly Error NoSuchTour = Error.NotFound("picking.no_such_tour", "There is no such walk.");
    public static readonly Error NotYours = Error.Conflict("picking.not_yours", "This walk was given to somebody else.");
    public static readonly Error Ended = Error.Conflict("picking.task_ended", "This task is done already.");
    public static readonly Error WrongItem = Error.Unprocessable("picking.wrong_item", "This is another product than the one to pick.");
    public static readonly Error SameName = Error.Unprocessable("picking.same_name", "Two merchants on this cart call goods so: scan the barcode.");
    public static readonly Error UnknownItem = Error.Unprocessable("picking.unknown_item", "No product of ours has this barcode.");
    public static readonly Error WrongLot = Error.Unprocessable("picking.wrong_lot", "This is another lot than the one to pick.");
    public static readonly Error LotBlocked = Error.Unprocessable("picking.lot_blocked", "This lot is out of sale: the next stop says what to take instead.");
    public static readonly Error WrongBin = Error.Unprocessable("picking.wrong_bin", "This is another bin than the one to pick from.");
    public static readonly Error WrongTote = Error.Unprocessable("picking.wrong_tote", "This tote belongs to another order.");
    public static readonly Error ScanItem = Error.Unprocessable("picking.scan_item", "Scan the item.");
    public static readonly Error NoSuchRefill = Error.NotFound("picking.no_such_refill", "There is no such task.");
    public static readonly Error RefillEnded = Error.Conflict("picking.refill_ended", "This task is done, or needed no more.");
    public static readonly Error RefillNeeded = Error.Conflict("picking.refill_needed", "The face needs these units: change its minimum, or give the task to somebody else.");
    public static readonly Error RefillNotYours = Error.Conflict("picking.refill_not_yours", "This task was given to somebody else.");
    public static readonly Error WrongFace = Error.Unprocessable("picking.wrong_face", "This is another bin than the one to fill.");
    public static readonly Error ScanTote = Error.Unprocessable("picking.scan_tote", "Scan the tote.");

    public static Error CannotMove(string from, string to) => Error.Conflict("picking.cannot_move", $"A wave that is {from} cannot become {to}.");
    public static Error TourOver(string state) => Error.Conflict("picking.tour_over", $"A walk that is {state} cannot be given to anybody.");
    public static Error RefillClaimed(long free) => Error.Conflict("picking.refill_claimed", $"Orders are to be picked from this bin: {free} units may be brought to the face.");
    public static Error FaceFull(long room) => Error.Conflict("picking.face_full", $"The face takes {room} more units. Bring so many, or fewer.") with { Extra = new Dictionary<string, object?> { ["room"] = room } };
    public static Error NotThatMany(long left) => Error.Unprocessable("picking.not_that_many", $"This task has {left} units left.");

    public static Error CommandReused(string pointer) => Error.Unprocessable("picking.command_differs", "This id was used for another command.",
        new FieldError(pointer, "picking.command_differs", "Use a new id for a new command."));
}
