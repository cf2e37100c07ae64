using System.Text.Json;
using Switchyard.Kernel;

namespace Switchyard.Customers;

/// <summary>What an order says of its customer, worked out outside the locks: as it was written, and as it is compared.</summary>
/// <param name="Known">The customer, when whoever sends the order names it.</param>
/// <param name="Reference">The channel's own id of the customer.</param>
/// <param name="EmailKey">A marketplace's relay address stands in <paramref name="RelayKey"/> instead.</param>
public sealed record CustomerTraits(long Merchant, long ChannelId, CustomerId? Known, string? Reference, string? EmailKey, string? RelayKey, string? PhoneKey,
    string? AddressKey, string? Name, string? Email, string? Phone)
{
    /// <summary>Is there anything to recognise him by? A name or telephone number alone is shared by too many.</summary>
    public bool IsSomebody => Known is not null || Reference is not null || EmailKey is not null || RelayKey is not null;

    /// <param name="country">Of the address, by which the number is read.</param>
    public static CustomerTraits Of(long merchant, long channel, CustomerId? known, string? reference, string? name, string? email, string? phone,
        string? country, string? postcode, string? line1)
    {
        string? key = Customers.EmailKey.Of(email);
        bool isRelay = key is not null && Customers.EmailKey.IsRelay(key);
        return new CustomerTraits(merchant, channel, known, Tidy(reference), isRelay ? null : key, isRelay ? key : null, Customers.PhoneKey.Of(phone, country),
            Customers.AddressKey.Of(postcode, line1), Tidy(name), Tidy(email), Tidy(phone));
    }

    private static string? Tidy(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Who an order belongs to.</summary>
/// <param name="Id">Whom the order is stored with.</param>
/// <param name="Root">Who stands for him after merges: what people see.</param>
/// <param name="BlockedReasons">Why a person looks at it first: the customer is blocked, or the email, number or address is.</param>
public sealed record CustomerMatch(CustomerId Id, CustomerId Root, bool IsNew, IReadOnlyList<string> BlockedReasons)
{
    public bool IsCompany { get; init; }

    /// <summary>Since when he is a customer, in milliseconds; of a new one it is not known yet.</summary>
    public long SinceMs { get; init; } = long.MaxValue;

    /// <summary>Is it agreed what may be owed?</summary>
    public bool HasTerms { get; init; }

    /// <summary>Does he take another product where an order does not say? Null: he has not said.</summary>
    public bool? AllowSubstitutes { get; init; }

    /// <summary>A list of texts; null when there are none.</summary>
    public string? TagsJson { get; init; }

    public IReadOnlyList<string> Tags => TagsJson is { Length: > 2 } json ? JsonSerializer.Deserialize<List<string>>(json)! : [];

    /// <summary>No customer, but a number or address that is blocked.</summary>
    public bool IsNobody => Id == default;

    public static CustomerMatch Nobody(IReadOnlyList<string> blockedReasons) => new(default, default, false, blockedReasons);
}
