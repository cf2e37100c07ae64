using Switchyard.Customers;

namespace Switchyard.Orders;

/// <summary>What an order says of its customer. Telephone numbers are read as in the country of the delivery address.</summary>
public static class OrderBuyer
{
    public static CustomerTraits Of(long merchant, long channel, PlaceOrder.Request request)
    {
        var (customer, address) = (request.Customer, request.ShippingAddress ?? request.BillingAddress);
        return CustomerTraits.Of(merchant, channel, customer?.Id, customer?.Reference, customer?.Name ?? address?.Name, customer?.Email,
            customer?.Phone ?? address?.Phone, address?.Country, address?.Postcode, address?.Line1);
    }
}
