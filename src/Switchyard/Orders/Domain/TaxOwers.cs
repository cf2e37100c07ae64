namespace Switchyard.Orders;

/// <summary>Who owes the tax of an order to the state. The buyer pays the same either way; what the channel owes is never booked as ours.</summary>
public static class TaxOwers
{
    public const string Merchant = "merchant", Channel = "channel";
}
