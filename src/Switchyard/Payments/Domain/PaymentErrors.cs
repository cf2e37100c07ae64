using Switchyard.Kernel;

namespace Switchyard.Payments;

/// <summary>Every way this room can say no.</summary>
public static class PaymentErrors
{
    public static readonly Error NotFound = Error.NotFound("payments.not_found", "There is no such payment.");
    public static readonly Error BookedMeanwhile = Error.Conflict("balances.booked_meanwhile", "Somebody booked the same reference at the same moment. Try again.");
    public static readonly Error SpentSince = Error.Conflict("balances.spent_since", "Part of it was spent since; what is left is corrected by hand.");
    public static readonly Error TooMany = Error.Conflict("payments.too_many", $"An order has at most {PaymentBook.Most} transactions.");

    public static Error MoreThanDue(long dueMinor) => Error.Conflict("payments.more_than_due",
        $"More than is due ({dueMinor} minor units). Send allowOver to take it all the same.",
        new FieldError("/amountMinor", "payments.more_than_due", $"At most {dueMinor}."))
        with
    { Extra = new Dictionary<string, object?> { ["dueMinor"] = dueMinor } };

    public static Error MoreThanLeft(string what, long leftMinor) => Error.Conflict("payments.more_than_left",
        leftMinor == 0 ? $"Nothing is left to {what}." : $"At most {leftMinor} minor units are left to {what}.",
        new FieldError("/amountMinor", "payments.more_than_left", $"At most {leftMinor}."))
        with
    { Extra = new Dictionary<string, object?> { ["leftMinor"] = leftMinor } };

    /// <param name="againMinor">What was paid for the goods that were sent again.</param>
    public static Error Replaced(long againMinor, long leftMinor) => Error.Conflict("payments.replaced_already",
        "Goods of this order were sent again free of charge: what is replaced is not refunded too. Send allowReplaced to refund it all the same.",
        new FieldError("/amountMinor", "payments.replaced_already", $"At most {leftMinor} beside what was sent again."))
        with
    { Extra = new Dictionary<string, object?> { ["replacedMinor"] = againMinor, ["leftMinor"] = leftMinor } };

    public static Error Cannot(string what, Payment payment) => Error.Conflict($"payments.cannot_{what}",
        $"A {PaymentStates.Name(payment.Type)} that is {PaymentStates.Name(payment.State)} cannot be {Past(what)}.");

    public static Error OrderEnded(string state) => Error.Conflict("payments.order_ended", $"An order that is {state} takes no payment.");

    private static string Past(string what) => what switch { "capture" => "captured", "void" => "voided", "refund" => "refunded", "dispute" => "disputed", _ => "settled" };
}
