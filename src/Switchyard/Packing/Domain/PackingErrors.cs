using Switchyard.Kernel;

namespace Switchyard.Packing;

/// <summary>Every way this room can say no.</summary>
public static class PackingErrors
{
    public static readonly Error NothingToPack = Error.Conflict("packing.nothing_to_pack", "No parcel holds anything yet.");

    public static Error NoSuchPackaging(string code) => Error.NotFound("packing.no_such_packaging", $"There is no packaging {code}.");

    public static Error Changed(long version) => new(ErrorKind.Precondition, "packing.changed", "It was changed meanwhile. Read it again.", [])
    {
        Extra = new Dictionary<string, object?> { ["version"] = version },
    };

    public static Error WrongItem(string code) => Error.Conflict("packing.wrong_item", $"{code} does not belong to this order.");

    public static Error TooMany(string sku, long left) => Error.Conflict("packing.too_many", $"{left} more of {sku} are to be packed.");

    public static Error WhichLine(string sku) => Error.Conflict("packing.which_line", $"Several lines have {sku}, each with a text of its own. Say which line it is.");

    public static Error ShipsAlone(string sku) => Error.Conflict("packing.ships_alone", $"{sku} goes into a parcel of its own.");

    public static Error NoSuchParcel(int no) => Error.Conflict("packing.no_such_parcel", $"There is no parcel {no} on the table.");

    public static Error NotInParcel(int line) => Error.Conflict("packing.not_in_parcel", $"Not that many units of line {line} are in the parcel.");

    public static Error OutOfTolerance(long expected, long weighed) =>
        Error.Conflict("packing.out_of_tolerance", $"The parcel should weigh {expected} g, not {weighed} g. Look into it, or give a reason.") with
        {
            Extra = new Dictionary<string, object?> { ["expectedGrams"] = expected, ["weighedGrams"] = weighed },
        };

    public static Error SerialWanted(int line, string sku) => Error.Conflict("packing.serial_wanted", $"Each {sku} has a serial number. Read it, one unit at a time.") with
    {
        Extra = new Dictionary<string, object?> { ["line"] = line },
    };

    public static Error SerialTwice(string serial) => Error.Conflict("packing.serial_twice", $"The serial number {serial} lies in a parcel already.");

    public static Error WrongSerial(string serial) => Error.Conflict("packing.wrong_serial", $"The serial number {serial} was not picked for this order.");

    /// <param name="lots">Those that were picked.</param>
    public static Error LotWanted(int line, string sku, IReadOnlyList<string> lots) => Error.Conflict("packing.lot_wanted", $"Say of which lot {sku} is.") with
    {
        Extra = new Dictionary<string, object?> { ["line"] = line, ["lots"] = lots },
    };

    public static Error WrongLot(string lot) => Error.Conflict("packing.wrong_lot", $"Not that many units of lot {lot} were picked for this order.");

    public static readonly Error PackageNotSealed = Error.NotFound("packing.not_sealed", "No such parcel was sealed at a packing table.");

    public static Error NotWeighed(int no) => Error.Conflict("packing.not_weighed", $"Parcel {no} is not weighed yet.");

    public static Error WeightOpen(int no, long grams) => Error.Conflict("packing.weight_open", $"Parcel {no} weighs {grams} g, which is too far off. Weigh it again, or give a reason.") with
    {
        Extra = new Dictionary<string, object?> { ["parcel"] = no, ["weighedGrams"] = grams },
    };

    public static Error UnitsMissing(long left) => Error.Conflict("packing.units_missing", $"{left} picked units are in no parcel. Scan them, or seal a part.");

    public static Error StepMissing(int line, string step) => Error.Conflict("packing.step_missing", $"Line {line} asks for a step before it may leave: {step}. Confirm it.");
}
