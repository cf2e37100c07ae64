using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>How goods get to the customer.</summary>
/// <param name="Method">The delivery method; null: any.</param>
/// <param name="CollectNode">They are collected there and come from nowhere else; null: they are sent.</param>
public readonly record struct LineWay(string? Method, long? CollectNode)
{
    /// <summary>What a request says; null when it says nothing. Faults are added with their pointers.</summary>
    /// <param name="mayBeAnywhere">Is collecting without a store left to whoever reads the method?</param>
    internal static LineWay? Of(string? method, string? collectAt, MerchantSettings settings, string at, List<FieldError> faults, bool mayBeAnywhere = false)
    {
        if (method is null && collectAt is null) return null;
        if (collectAt is null)
        {
            if (!mayBeAnywhere && HoldRules.IsCollected(method)) faults.Add(new FieldError(at + "/collectAt", "orders.no_such_store", "Say where it is collected."));
            return new LineWay(method, null);
        }
        if (method is not null && !HoldRules.IsCollected(method))
            faults.Add(new FieldError(at + "/method", "orders.not_collected", "Goods that are collected have the method collect or pickup."));
        var node = settings.NodesByCode.GetValueOrDefault(Text.Key(collectAt));
        if (node is not { IsForSale: true } || node.Kind == "supplier") faults.Add(new FieldError(at + "/collectAt", "orders.no_such_store", $"Nothing is collected at {collectAt}."));
        return new LineWay(method ?? DeliveryWays.Collect, node?.Id);
    }
}
