namespace Switchyard.Orders;

/// <summary>What of an order's money is where, in minor units of its currency: the newest balances of its money ledger.</summary>
/// <param name="Authorised">Reserved and not taken, voided or lapsed.</param>
/// <param name="Captured">Taken, whatever was given back since.</param>
/// <param name="Disputed">Taken back, or asked back, by the payer's bank.</param>
/// <param name="IsOnAccount">The customer owes what is not paid, by agreed terms.</param>
public readonly record struct OrderPaid(long Authorised, long Captured, long Refunded, long Disputed, bool IsOnAccount)
{
    /// <summary>Taken and kept.</summary>
    public long Kept => Captured - Refunded - Disputed;

    /// <summary>Does it let the order go forward? Paid in full and on account always do; authorised in full where the channel's rule says so.</summary>
    public bool Suffices(long totalMinor, string rule) =>
        IsOnAccount || Captured - Refunded >= totalMinor || rule == "authorised" && Captured - Refunded + Authorised >= totalMinor;

    /// <summary>The order's payment state, derived: the first word that is true.</summary>
    /// <param name="word">What is known when no money has moved: none, pending, failed, voided or unpaid.</param>
    public string State(long totalMinor, string word) => this switch
    {
        { Disputed: > 0 } => "disputed",
        { Captured: > 0 } when Refunded >= Captured => "refunded",
        { Captured: > 0, Refunded: > 0 } => "partRefunded",
        { Captured: > 0 } when Captured > totalMinor => "overPaid",
        { Captured: > 0 } when Captured == totalMinor => "paid",
        { Captured: > 0 } => "partPaid",
        { Authorised: > 0 } when Authorised >= totalMinor => "authorised",
        { Authorised: > 0 } => "partAuthorised",
        { IsOnAccount: true } => "terms",
        _ => word,
    };
}
