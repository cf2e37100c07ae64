using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>An order whose units have all arrived somewhere for good is closed, when its money is settled too; else the money closes it.</summary>
internal static class EndOrder
{
    public static void CloseIfDone(OpenWork open, OpenOrder order)
    {
        if (order.CloseIfDone()) open.Touch(order);
    }
}
