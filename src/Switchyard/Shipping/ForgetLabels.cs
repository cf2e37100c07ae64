using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>Takes the files of an order's labels, which name its buyer. What was booked, under which number and at what cost stays.</summary>
public static class ForgetLabels
{
    /// <returns>Ids of the order's labels.</returns>
    public static async Task<IReadOnlyList<string>> Of(Work work, OrderId order) => [.. (await work.Query(
        "update carrier_labels set label = null where merchant_id = @merchant and order_id = @order returning id", row => row.Uuid(), ("order", order.Value))).Select(id => new LabelId(id).ToString())];
}
