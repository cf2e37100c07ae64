using Switchyard.Kernel;

namespace Switchyard.Orders;

public enum RowKind { Goods, Charge, Discount, Return, Refused }

/// <summary>What a row becomes.</summary>
/// <param name="Code">Of a refusal: the error's code; of a charge: its name.</param>
public readonly record struct RowVerdict(RowKind Kind, string? Code = null, string? Reason = null)
{
    /// <summary>Judges a readable row by the rules of docs/import-orders.md, in their order; the first that fits decides.</summary>
    /// <remarks>The decimals are judged before discounts and charges, so that no amount is ever rounded.</remarks>
    public static RowVerdict Of(ImportRow row, OrderMapping mapping)
    {
        var code = mapping.Meaning(row.SkuKey);
        bool cancels = mapping.IsCancellation(row.Order), isReturn = cancels || row.Quantity < 0;
        if (mapping.IsAdjustment(row.Order)) return Refuse("adjustment", "The number is that of an adjustment of the books, not of an order.");
        if (code is { Is: CodeMeaning.Refused }) return Refuse(code.Name, $"{row.Sku} is no part of an order.");
        if (row.Price < 0) return Refuse("price_negative", "A price cannot be below 0.");
        if (row.Price * mapping.Currency.MinorPerMajor % 1 != 0)
            return Refuse("price_decimals", $"{mapping.Currency} has {mapping.Currency.Decimals} decimals; the price has more and is not rounded.");
        if (row.Quantity == 0) return Refuse("quantity_zero", "The quantity is 0.");
        if (code is { Is: CodeMeaning.Discount })
            return row.Quantity < 0 && !cancels ? new RowVerdict(RowKind.Discount) : Refuse("discount_unusable", "The discount names no order it belongs to.");
        if (code is { Is: CodeMeaning.Charge } && isReturn) return Refuse("charge_refund", "Money given back for a charge names no sale.");
        if (cancels && row.Quantity > 0) return Refuse("cancellation_positive", "A cancellation cannot sell.");
        if (isReturn && !cancels && row.Price == 0) return Refuse("stock_adjustment", "Units below 0 without a price are written off; this is no order.");
        if (isReturn) return row.Customer is null ? Refuse("return_no_customer", "A return without customer cannot be matched to a sale.") : new RowVerdict(RowKind.Return);
        return code is null ? new RowVerdict(RowKind.Goods) : new RowVerdict(RowKind.Charge, code.Name);
    }

    private static RowVerdict Refuse(string code, string reason) => new(RowKind.Refused, code, reason);
}
