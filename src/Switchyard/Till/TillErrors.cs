using Switchyard.Kernel;

namespace Switchyard.Till;

/// <summary>Every way this room can say no.</summary>
internal static class TillErrors
{
    public static readonly Error NoSuchShift = Error.NotFound("till.no_such_shift", "There is no such shift.");
    public static readonly Error NoSuchEntry = Error.NotFound("till.no_such_entry", "There is no such receipt.");
    public static readonly Error NoOpenShift = Error.Conflict("till.no_open_shift", "The shift is closed, and this register has no other that is open. Open one and send it again.");
    public static readonly Error ShiftIsOpen = Error.Conflict("till.shift_is_open", "This register has a shift that is open already.");
    public static readonly Error ShiftIsClosed = Error.Conflict("till.shift_is_closed", "The shift was closed already, with other figures.");
    public static readonly Error NotTheLast = Error.Conflict("till.not_the_last", "Only the last sale of an open shift can be voided. Take an older one back as a return.");
    public static readonly Error NotOfTill = Error.Conflict("till.cannot_settle", "The order of this sale was changed meanwhile and cannot be closed by the till.");
    public static Error IdTaken(string id) => Error.Conflict("till.id_taken", $"Something else was told as {id}.");
    public static Error Tenders(long total, long tendered) =>
        Error.Unprocessable("till.tenders_differ", $"The sale comes to {total} minor units, and {tendered} were tendered.", new FieldError("/tenders", "till.tenders_differ", "Tenders add up to the total."));
}
