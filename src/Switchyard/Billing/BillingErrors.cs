using Switchyard.Kernel;

namespace Switchyard.Billing;

/// <summary>Why a bill is not read or approved.</summary>
public static class BillingErrors
{
    public static readonly Error NoSuchMerchant = Error.NotFound("billing.no_such_merchant", "There is no such merchant.");
    public static readonly Error NoSuchVersion = Error.NotFound("billing.no_such_version", "This version of the bill does not exist.");
    public static readonly Error MonthRuns = Error.Conflict("billing.month_runs", "The month is not over yet at all nodes.");
    public static readonly Error NotCounted = Error.Conflict("billing.not_counted", "Activities of the month are still being counted. Try again in some minutes.");
    public static readonly Error NoTariff = Error.Conflict("billing.no_tariff", "The merchant has no tariff: say first what activities cost.");
    public static readonly Error NothingDone = Error.Conflict("billing.nothing_done", "Nothing was done for the merchant in this month.");
    public static readonly Error Changed = Error.Conflict("billing.changed", "The bill is another one than was looked at. Read it again.");
}
