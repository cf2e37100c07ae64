using Switchyard.Files;

namespace Switchyard.Customers;

/// <summary>Customers as files. They hold personal data, which is why results are swept.</summary>
internal static class CustomerExport
{
    public static readonly ExportSource Source = new ListExport<CustomerView>("customers", CustomersList.Spec,
    [
        new("id", c => c.Id.ToString()), new("kind", c => c.Kind), new("name", c => c.Name), new("email", c => c.Email), new("phone", c => c.Phone),
        new("other_emails", c => c.OtherEmails), new("external_ids", c => c.ExternalIds.Select(e => $"{e.Channel}:{e.Id}")), new("line1", c => First(c)?.Line1),
        new("line2", c => First(c)?.Line2), new("city", c => First(c)?.City), new("region", c => First(c)?.Region), new("postcode", c => First(c)?.Postcode),
        new("country", c => First(c)?.Country), new("vat_number", c => c.VatNumber), new("language", c => c.Language), new("tags", c => c.Tags),
        new("blocked", c => c.BlockedReason), new("created_at", c => c.CreatedAt), new("updated_at", c => c.UpdatedAt),
    ], _ => "", async (work, _, keys, _) => await ReadCustomers.Read(work, [.. keys.Select(k => (Guid)k.Id)]));

    private static CustomerAddress? First(CustomerView customer) => customer.Addresses.FirstOrDefault();
}
