namespace Switchyard.Erp;

/// <summary>How much of a payment is tax: the order's tax in proportion, so that the parts of any number of payments add up to it to the penny.</summary>
public static class MoneySplit
{
    /// <param name="before">What came (or went back) of the order before this payment.</param>
    public static long Tax(long total, long tax, long before, long amount) => total <= 0 ? 0 : Share(total, tax, before + amount) - Share(total, tax, before);

    private static long Share(long total, long tax, long upTo) => (long)Math.Round((decimal)tax * upTo / total, MidpointRounding.AwayFromZero);
}
