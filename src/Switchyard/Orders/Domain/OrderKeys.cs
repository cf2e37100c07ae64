using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Switchyard.Customers;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>By what the same customer and the same basket are known again: 64 bits of a hash each, so that no words are kept twice.</summary>
/// <param name="Place">Postcode and first line of the address.</param>
/// <param name="Basket">The SKUs and their units, in no order.</param>
public readonly record struct OrderKeys(long? Email, long? Phone, long? Place, long? Basket)
{
    public static OrderKeys Of(CustomerTraits buyer, IEnumerable<(string Sku, long Quantity)> lines)
    {
        var basket = lines.GroupBy(l => Text.Key(l.Sku)).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key}\n{Text.Invariant(g.Sum(l => l.Quantity))}");
        return new OrderKeys(Key("email", buyer.EmailKey ?? buyer.RelayKey), Key("phone", buyer.PhoneKey), Key("place", buyer.AddressKey),
            Key("basket", string.Join('\n', basket)));
    }

    /// <param name="emailKey">As customers are compared by (<see cref="EmailKey"/>).</param>
    public static long? OfEmail(string? emailKey) => Key("email", emailKey);

    private static long? Key(string kind, string? text) => string.IsNullOrEmpty(text) ? null
        : BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{text}")));
}
