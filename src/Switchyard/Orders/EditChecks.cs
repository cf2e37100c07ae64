using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>The form of an edit: every fault with its pointer, before anything is read.</summary>
internal static class EditChecks
{
    public const int MostPriority = 1_000;

    /// <summary>Null when the form is right.</summary>
    public static Error? Form(EditOrder.Request r)
    {
        var checks = new Checks();
        if (r.Version is { } version) checks.Range(version, 1, long.MaxValue, "/version");
        PlaceOrder.ValidateAddress(checks, r.ShippingAddress, "/shippingAddress");
        PlaceOrder.ValidateAddress(checks, r.BillingAddress, "/billingAddress");
        checks.Text(r.Method, "/method", 64, required: r.Method is not null);
        checks.Text(r.CollectAt, "/collectAt", 64, required: r.CollectAt is not null);
        checks.Text(r.Customer?.Name, "/customer/name", 200);
        checks.Text(r.Customer?.Email, "/customer/email", 320);
        checks.Text(r.Customer?.Phone, "/customer/phone", 64);
        checks.Text(r.Reason, "/reason", 500);
        PlaceOrder.Metadata(checks, r.Metadata, "/metadata");
        if (r.Priority is { } priority) checks.Range(priority, -MostPriority, MostPriority, "/priority");
        if (r.DiscountMinor is { } discount) checks.Amount(discount, "/discountMinor");
        checks.That(r.OnShort is null or "refuse" or "hold" or "backorder", "/onShort", "field.unknown_value", "onShort must be refuse, hold or backorder.");
        Lines(checks, r);
        Charges(checks, r);
        bool isAnything = r.ShippingAddress is not null || r.BillingAddress is not null || r.Method is not null || r.CollectAt is not null || r.Customer is not null || r.Metadata is not null
            || r.Priority is not null || r.AllowSubstitutes is not null || r.DiscountMinor is not null || r.Lines is { Count: > 0 } || r.Add is { Count: > 0 } || r.Charges is { Count: > 0 };
        checks.That(isAnything || r.CancelAll == true, "", "edit.nothing", "Say what is to be changed.");
        checks.That(!isAnything || r.CancelAll != true, "/cancelAll", "edit.cancel_stands_alone", "cancelAll stands alone.");
        return checks.AnyFault ? checks.ToError() : null;
    }

    private static void Lines(Checks checks, EditOrder.Request r)
    {
        checks.That((r.Lines?.Count ?? 0) <= PlaceOrder.MostLines, "/lines", "field.too_many", $"At most {PlaceOrder.MostLines} lines.");
        checks.That((r.Add?.Count ?? 0) <= PlaceOrder.MostLines, "/add", "field.too_many", $"At most {PlaceOrder.MostLines} lines.");
        var seen = new HashSet<int>();
        foreach (var (i, line) in (r.Lines ?? []).Take(PlaceOrder.MostLines).Index())
        {
            string at = $"/lines/{i}";
            if (line is null) { checks.Fault(at, "field.required", "A change of a line must be an object."); continue; }
            checks.That(seen.Add(line.Line), at + "/line", "edit.line_twice", $"Line {line.Line} is named twice.");
            if (line.Quantity is { } quantity) checks.Range(quantity, 0, Checks.MaxQuantity, at + "/quantity");
            if (line.UnitPriceMinor is { } price) checks.Amount(price, at + "/unitPriceMinor");
            if (line.DiscountMinor is { } off) checks.Amount(off, at + "/discountMinor");
            checks.Text(line.Method, at + "/method", 64, required: line.Method is not null);
            checks.Text(line.CollectAt, at + "/collectAt", 64, required: line.CollectAt is not null);
            bool isGone = line.Remove == true;
            checks.That(!isGone || line is { Quantity: null, UnitPriceMinor: null, DiscountMinor: null, Method: null, CollectAt: null, AllowSubstitutes: null }, at + "/remove", "edit.remove_stands_alone", "remove stands alone.");
            checks.That(isGone || line.Quantity is not null || line.UnitPriceMinor is not null || line.DiscountMinor is not null || line.Method is not null || line.CollectAt is not null || line.AllowSubstitutes is not null, at, "edit.nothing", "Say what is to be changed of the line.");
        }
        foreach (var (i, line) in (r.Add ?? []).Take(PlaceOrder.MostLines).Index())
        {
            if (line is null) checks.Fault($"/add/{i}", "field.required", "A line must be an object.");
            else PlaceOrder.ValidateLine(checks, line, $"/add/{i}");
        }
    }

    private static void Charges(Checks checks, EditOrder.Request r)
    {
        checks.That((r.Charges?.Count ?? 0) <= PlaceOrder.MostCharges, "/charges", "field.too_many", $"At most {PlaceOrder.MostCharges} charges.");
        var seen = new HashSet<int>();
        foreach (var (i, charge) in (r.Charges ?? []).Take(PlaceOrder.MostCharges).Index())
        {
            string at = $"/charges/{i}";
            if (charge is null) { checks.Fault(at, "field.required", "A charge must be an object."); continue; }
            if (charge.Line is { } no) checks.That(seen.Add(no), at + "/line", "edit.line_twice", $"Line {no} is named twice.");
            checks.Text(charge.Code, at + "/code", 100, required: charge.Line is null);
            checks.Text(charge.Name, at + "/name", 500);
            if (charge.AmountMinor is { } amount) checks.Amount(amount, at + "/amountMinor");
            else checks.That(charge.Remove == true && charge.Line is not null, at + "/amountMinor", "field.required", "amountMinor is required.");
            PlaceOrder.Tax(checks, charge.TaxRate, null, at);
        }
    }
}
