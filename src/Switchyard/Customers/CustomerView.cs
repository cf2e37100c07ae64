using Switchyard.Kernel;

namespace Switchyard.Customers;

/// <summary>A customer as the API shows it. Lists are bounded; orders, notes and consents have lists of their own.</summary>
/// <param name="IsRelay">The email is a marketplace's, which passes mail on until it expires.</param>
/// <param name="BlockedReason">Why orders of this customer are looked at first; null when they are not.</param>
/// <param name="MergedInto">Set when this customer was merged into another, which now stands for both.</param>
/// <param name="Merged">Customers that were merged into this one; their orders and identities count as its own.</param>
public sealed record CustomerView(CustomerId Id, [Words("person", "company")] string Kind, string? Name, string? Email, bool IsRelay, string? Phone, IReadOnlyList<string> OtherEmails,
    IReadOnlyList<ChannelCustomerId> ExternalIds, IReadOnlyList<RelayAddress> RelayAddresses, IReadOnlyList<CustomerAddress> Addresses,
    IReadOnlyList<CustomerContact> Contacts, CreditView? Credit, string? VatNumber, string? Language, IReadOnlyList<string> Tags, string? BlockedReason,
    CustomerId? MergedInto, IReadOnlyList<CustomerId> Merged, IReadOnlyList<ConsentView> Consents, CustomerHistory? History,
    IReadOnlyDictionary<string, string>? Metadata, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version)
{
    [System.Text.Json.Serialization.JsonPropertyOrder(-1)]
    public string Object => "customer";

    /// <summary>May another product go instead of one that is not on the shelf, where an order does not say? Null: as its channel has it.</summary>
    public bool? AllowSubstitutes { get; init; }
}

/// <summary>An address of a marketplace that passes mail on to the buyer.</summary>
public sealed record RelayAddress(string? Channel, string Email, DateTimeOffset? ExpiresAt);

/// <param name="DueMinor">Ordered on account and not paid yet.</param>
/// <param name="OpenMinor">What may still be ordered on account; below zero when the limit was lowered or passed over.</param>
public sealed record CreditView(string Currency, long LimitMinor, int? TermsDays, long DueMinor, long OpenMinor);

/// <summary>What the customer has ordered, over all channels.</summary>
/// <param name="Orders">Placed ones, cancelled ones among them.</param>
/// <param name="Returned">Units that came back.</param>
public sealed record CustomerHistory(long Orders, long Cancelled, long Returned, DateTimeOffset? FirstOrderAt, DateTimeOffset? LastOrderAt,
    IReadOnlyList<CustomerValue> Value, IReadOnlyList<CustomerOrder> Newest);

/// <param name="TotalMinor">Of orders that were not cancelled and did not expire.</param>
public sealed record CustomerValue(string Currency, long Orders, long TotalMinor, long RefundedMinor);

public sealed record CustomerOrder(OrderId Id, string Number, string Channel, [Words("draft", "placed", "confirmed", "closed", "cancelled", "expired")] string State, string Currency, long TotalMinor, DateTimeOffset PlacedAt);

/// <param name="Channel">email, sms, phone, post or another way of reaching somebody.</param>
public sealed record ConsentView(string Purpose, string Channel, bool IsGiven, string Source, DateTimeOffset At);
