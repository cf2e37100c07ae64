using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What was decided about an order as a whole; everything else is derived from its lines, holds and money.</summary>
public enum OrderState { Draft, Placed, Confirmed, Closed, Cancelled, Expired }

/// <summary>Every allowed move of an order. The diagram in the room's README is made from this table.</summary>
public static class OrderStates
{
    public static readonly Transitions<OrderState> Allowed = new()
    {
        [OrderState.Draft] = [OrderState.Placed],
        [OrderState.Placed] = [OrderState.Confirmed, OrderState.Cancelled, OrderState.Expired],
        [OrderState.Confirmed] = [OrderState.Closed, OrderState.Cancelled],
        [OrderState.Expired] = [OrderState.Placed],
        [OrderState.Closed] = [OrderState.Confirmed],
        [OrderState.Cancelled] = [],
    };

    /// <summary>As it is stored and shown: lower case.</summary>
    public static string Name(OrderState state) => state.ToString().ToLowerInvariant();

    public static OrderState Parse(string name) => Enum.Parse<OrderState>(name, ignoreCase: true);
}
