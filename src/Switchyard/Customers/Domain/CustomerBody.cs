using Switchyard.Kernel;

namespace Switchyard.Customers;

/// <summary>What is said of a customer when one is made or changed. A PUT says all of it.</summary>
/// <param name="Kind">person (the default) or company.</param>
/// <param name="OtherEmails">Further addresses the same customer orders with. Null leaves those that are known.</param>
/// <param name="ExternalIds">What channels call him. Null leaves those that are known.</param>
/// <param name="AllowSubstitutes">May another product go instead of one that is not on the shelf, where an order does not say? Null: as its channel has it.</param>
/// <param name="Credit">Of a company: what may be open on account.</param>
public sealed record CustomerBody(string? Kind = null, string? Name = null, string? Email = null, string? Phone = null, IReadOnlyList<string?>? OtherEmails = null,
    IReadOnlyList<ChannelCustomerId?>? ExternalIds = null, IReadOnlyList<CustomerAddress?>? Addresses = null, IReadOnlyList<CustomerContact?>? Contacts = null,
    CreditTerms? Credit = null, string? VatNumber = null, string? Language = null, IReadOnlyList<string?>? Tags = null,
    IReadOnlyDictionary<string, string>? Metadata = null, bool? AllowSubstitutes = null)
{
    public const int MostAddresses = 100, MostContacts = 100, MostIdentities = 50, MostTags = 50;

    /// <summary>The country by which a telephone number without a country's code is read: that of the first address.</summary>
    public string? Country => Addresses?.FirstOrDefault(a => a?.Country is not null)?.Country;
}

public sealed record ChannelCustomerId(string? Channel, string? Id);

/// <param name="Label">What the place is called: home, head office, site 7.</param>
/// <param name="Use">shipping, billing, or null for both.</param>
public sealed record CustomerAddress(string? Label, string? Use, string? Name, string? Company, string? Line1, string? Line2, string? City, string? Region,
    string? Postcode, string? Country, string? Phone);

/// <summary>Somebody to speak to at a company.</summary>
public sealed record CustomerContact(string? Name, string? Role, string? Email, string? Phone);

/// <param name="LimitMinor">The most that may be due at once.</param>
/// <param name="TermsDays">Days until an invoice is due.</param>
public sealed record CreditTerms(string? Currency, long? LimitMinor, int? TermsDays);

/// <summary>Every fault of form of a customer, with its pointer.</summary>
internal static class CustomerChecks
{
    public static Checks Check(CustomerBody body)
    {
        var checks = new Checks();
        checks.That(body.Kind is null or "person" or "company", "/kind", "field.not_one_of", "kind is person or company.");
        checks.Words(body.Name, "/name", 200, required: body.Email is null && body.ExternalIds is not { Count: > 0 });
        Email(checks, body.Email, "/email");
        checks.Words(body.Phone, "/phone", 64);
        checks.Words(body.VatNumber, "/vatNumber", 64);
        checks.Text(body.Language, "/language", 35);
        Each(checks, body.OtherEmails, "/otherEmails", CustomerBody.MostIdentities, (email, at) => Email(checks, email, at));
        Each(checks, body.ExternalIds, "/externalIds", CustomerBody.MostIdentities, (one, at) =>
        {
            checks.Text(one.Channel, at + "/channel", 64, required: true);
            checks.Text(one.Id, at + "/id", 200, required: true);
        });
        Each(checks, body.Addresses, "/addresses", CustomerBody.MostAddresses, (one, at) => Address(checks, one, at));
        Each(checks, body.Contacts, "/contacts", CustomerBody.MostContacts, (one, at) =>
        {
            checks.Words(one.Name, at + "/name", 200, required: true);
            checks.Words(one.Role, at + "/role", 100);
            Email(checks, one.Email, at + "/email");
            checks.Words(one.Phone, at + "/phone", 64);
        });
        Each(checks, body.Tags, "/tags", CustomerBody.MostTags, (tag, at) => checks.Words(tag, at, 64, required: true));
        checks.That(body.Metadata is null or { Count: <= 50 }, "/metadata", "field.too_many", "At most 50 entries of metadata.");
        foreach (var (key, value) in (body.Metadata ?? new Dictionary<string, string>()).Take(50))
        {
            checks.Text(key, "/metadata", 100, required: true);
            checks.Words(value, "/metadata", 1_000);
        }
        Credit(checks, body);
        return checks;
    }

    public static void Email(Checks checks, string? email, string pointer)
    {
        checks.Text(email, pointer, 320);
        checks.That(email is null || EmailKey.Of(email) is not null, pointer, "field.malformed", "An email address has the form name@example.com.");
    }

    private static void Credit(Checks checks, CustomerBody body)
    {
        if (body.Credit is not { } credit) return;
        checks.That(body.Kind == "company", "/credit", "customers.credit_for_companies", "Only a company has credit terms.");
        checks.That(Currency.TryParse(credit.Currency, out _), "/credit/currency", "field.unknown_currency", "currency must be an ISO 4217 code such as GBP.");
        if (credit.LimitMinor is { } limit) checks.Amount(limit, "/credit/limitMinor");
        else checks.Fault("/credit/limitMinor", "field.required", "limitMinor is required.");
        if (credit.TermsDays is { } days) checks.Range(days, 0, 365, "/credit/termsDays");
    }

    private static void Address(Checks checks, CustomerAddress one, string at)
    {
        checks.That(one.Use is null or "shipping" or "billing", at + "/use", "field.not_one_of", "use is shipping or billing.");
        foreach (var (text, name, most) in new[] { (one.Label, "label", 100), (one.Name, "name", 200), (one.Company, "company", 200), (one.Line1, "line1", 300),
                     (one.Line2, "line2", 300), (one.City, "city", 200), (one.Region, "region", 200), (one.Postcode, "postcode", 32), (one.Country, "country", 64), (one.Phone, "phone", 64) })
            checks.Words(text, $"{at}/{name}", most);
    }

    private static void Each<T>(Checks checks, IReadOnlyList<T?>? items, string pointer, int most, Action<T, string> check) where T : class
    {
        checks.That((items?.Count ?? 0) <= most, pointer, "field.too_many", $"At most {most}.");
        foreach (var (i, item) in (items ?? []).Take(most).Index())
            if (item is null) checks.Fault($"{pointer}/{i}", "field.required", "An entry may not be null.");
            else check(item, $"{pointer}/{i}");
    }
}
