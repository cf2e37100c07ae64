using System.Runtime.CompilerServices;

namespace Switchyard.Tests.Access;

/// <summary>Names and bodies of tills and shared carts.</summary>
public static partial class MatrixSamples
{
    [ModuleInitializer]
    internal static void AddTills()
    {
        foreach (string path in new[] { "/till/shifts/{id}", "/till/receipts/{id}", "/carts/{token}" }) Paths.Add(path, _ => null);
        Shared.Add("/till/shifts/{id}", "shift-1");
        Shared.Add("/till/receipts/{id}", "receipt-1");
        Shared.Add("/carts/{token}", "5QmXJZ8Yl2rB0vTn4cKd7hWfSgPaEuOxi1LzNyRkMqA");
        foreach (var (operation, body) in new Dictionary<string, Func<Ids, object>>
        {
            ["till.open"] = ids => new { id = "shift-1", node = ids.Node, register = "1", channel = ids.Channel, currency = "GBP", floatMinor = 10000 },
            ["till.close"] = _ => new { countedCashMinor = 10000 },
            ["till.cash"] = _ => new { id = "cash-1", kind = "cashIn", amountMinor = 500, reason = "Change" },
            ["till.sell"] = ids => new { id = "receipt-1", shift = "shift-1", lines = new[] { new { sku = ids.Sku, quantity = 1, unitPriceMinor = 1000, reason = "As marked" } }, tenders = new[] { new { tender = "cash", amountMinor = 1000 } } },
            ["till.void"] = _ => new { id = "void-1", reason = "Wrong goods" },
            ["till.return"] = _ => new { id = "return-1", shift = "shift-1", receipt = "receipt-1", lines = new[] { new { line = 1, quantity = 1 } }, reason = "Too small" },
            ["carts.create"] = ids => new { channel = ids.Channel, currency = "GBP", lines = new[] { new { sku = ids.Sku, quantity = 1 } } },
            ["carts.write"] = ids => new { channel = ids.Channel, currency = "GBP", lines = new[] { new { sku = ids.Sku, quantity = 1 } } },
            ["carts.claim"] = _ => new { @for = "web-1001" },
        }) Bodies.Add(operation, body);
    }
}
