using Switchyard.Files;
using Switchyard.Kernel;

namespace Switchyard.Customers;

/// <summary>A customer as the cells of a row, both ways.</summary>
internal static class CustomerCells
{
    private static readonly string[] OfAddress = ["company", "line1", "line2", "city", "region", "postcode", "country"];

    /// <summary>The customer as it would be.</summary>
    public static CustomerBody Read(FileRow row, CustomerBody? stored)
    {
        string? Keep(string column, string? kept) => row.Has(column) ? row.Text(column)?.Trim() is { Length: > 0 } text ? text : null : kept;
        string? currency = row.Has("credit_currency") ? row.Word("credit_currency")?.ToUpperInvariant() : stored?.Credit?.Currency;
        var credit = !row.Has("credit_limit") && !row.Has("credit_currency") && !row.Has("terms_days") ? stored?.Credit
            : currency is null ? null : new CreditTerms(currency, row.Has("credit_limit") ? row.Amount("credit_limit", currency) : stored?.Credit?.LimitMinor,
                row.Has("terms_days") ? (int?)Math.Clamp(row.Whole("terms_days") ?? 0, -1, int.MaxValue) : stored?.Credit?.TermsDays);
        return new CustomerBody(
            Kind: row.Has("kind") ? row.Word("kind")?.ToLowerInvariant() : stored?.Kind,
            Name: Keep("name", stored?.Name),
            Email: Keep("email", stored?.Email),
            Phone: Keep("phone", stored?.Phone),
            OtherEmails: stored?.OtherEmails,
            ExternalIds: External(row, stored),
            Addresses: Addresses(row, stored?.Addresses ?? []),
            Contacts: stored?.Contacts,
            Credit: credit,
            VatNumber: Keep("vat_number", stored?.VatNumber),
            Language: Keep("language", stored?.Language),
            Tags: row.Has("tags") ? (row.Text("tags") ?? "").Split(['|', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : stored?.Tags,
            Metadata: stored?.Metadata,
            AllowSubstitutes: stored?.AllowSubstitutes);
    }

    public static string? Cell(string column, FoundCustomer customer)
    {
        var (c, at) = (customer.Body, customer.Body.Addresses?.FirstOrDefault());
        return column switch
        {
            "id" => customer.Id.ToString(),
            "email" => c.Email,
            "channel" => c.ExternalIds?.FirstOrDefault()?.Channel,
            "external_id" => c.ExternalIds?.FirstOrDefault()?.Id,
            "name" => c.Name,
            "kind" => c.Kind,
            "phone" => c.Phone,
            "company" => at?.Company,
            "line1" => at?.Line1,
            "line2" => at?.Line2,
            "city" => at?.City,
            "region" => at?.Region,
            "postcode" => at?.Postcode,
            "country" => at?.Country,
            "vat_number" => c.VatNumber,
            "language" => c.Language,
            "tags" => c.Tags is { Count: > 0 } tags ? string.Join(" | ", tags) : null,
            "credit_currency" => c.Credit?.Currency,
            "credit_limit" => c.Credit is { LimitMinor: { } limit } credit ? FileRow.Major(limit, credit.Currency!) : null,
            "terms_days" => c.Credit?.TermsDays is { } days ? Text.Invariant(days) : null,
            _ => null,
        };
    }

    /// <summary>/email → email, /addresses/0/line1 → line1, /credit/limitMinor → credit_limit</summary>
    public static string Column(string pointer) => pointer.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["addresses", _, var part, ..] => FileColumn.Tidy(part),
        ["externalIds", _, "channel"] => "channel",
        ["externalIds", ..] => "external_id",
        ["credit", "currency"] => "credit_currency",
        ["credit", "termsDays"] => "terms_days",
        ["credit", ..] => "credit_limit",
        [var field, ..] => FileColumn.Tidy(field),
        _ => "",
    };

    private static List<ChannelCustomerId?>? External(FileRow row, CustomerBody? stored)
    {
        var known = (stored?.ExternalIds ?? []).OfType<ChannelCustomerId>().ToList();
        if (row.Word("channel") is not { } channel || row.Word("external_id") is not { } id) return stored is null ? null : [.. known];
        if (!known.Exists(k => Text.Key(k.Channel!) == Text.Key(channel) && k.Id == id)) known.Add(new ChannelCustomerId(channel, id));
        return [.. known];
    }

    private static List<CustomerAddress?> Addresses(FileRow row, IReadOnlyList<CustomerAddress?> stored)
    {
        if (!OfAddress.Any(row.Has)) return [.. stored];
        var old = stored.FirstOrDefault() ?? new CustomerAddress(null, null, null, null, null, null, null, null, null, null, null);
        string? Keep(string column, string? kept) => row.Has(column) ? row.Text(column)?.Trim() is { Length: > 0 } text ? text : null : kept;
        var first = old with
        {
            Company = Keep("company", old.Company),
            Line1 = Keep("line1", old.Line1),
            Line2 = Keep("line2", old.Line2),
            City = Keep("city", old.City),
            Region = Keep("region", old.Region),
            Postcode = Keep("postcode", old.Postcode),
            Country = Keep("country", old.Country)?.ToUpperInvariant(),
        };
        bool isEmpty = first == new CustomerAddress(null, null, null, null, null, null, null, null, null, null, null);
        return [.. isEmpty ? [] : new[] { first }, .. stored.Skip(1)];
    }
}
