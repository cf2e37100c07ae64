using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Messages;

/// <summary>Takes what an order's messages said, and to whom. That they were made stays.</summary>
public static class ForgetMessages
{
    public static Task<int> Of(Work work, OrderId order) => work.Execute(
        "update messages set recipient = null, subject = null, body = null where merchant_id = @merchant and order_id = @order and (recipient is not null or body is not null)", ("order", order.Value));
}
