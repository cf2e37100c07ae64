namespace Switchyard.Orders;

/// <summary>What orders are: a sale to whoever pays, or wholesale to a company on account. A draft is neither yet, and has numbers of its own.</summary>
public static class OrderTypes
{
    public const string Sales = "sales", Wholesale = "wholesale", Draft = "draft";

    /// <summary>Those an order may have.</summary>
    public static bool IsKnown(string type) => type is Sales or Wholesale;

    /// <summary>The number series there are.</summary>
    public static readonly IReadOnlyList<string> Series = [Sales, Wholesale, Draft];
}
