using System.Text;

namespace Switchyard.Customers;

/// <summary>How email addresses are compared, and which of them belong to a marketplace instead of a person.</summary>
public static class EmailKey
{
    /// <summary>Domains of marketplaces that pass mail on to buyers; a domain counts with all below it.</summary>
    /// <remarks>Source: the sellers' help pages of Amazon (Buyer-Seller Messaging), eBay (member email aliases), Apple (Hide My Email), Etsy, Walmart.</remarks>
    private static readonly string[] RelayDomains =
    [
        "members.ebay.com", "privaterelay.appleid.com", "relay.firefox.com", "mozmail.com", "duck.com", "relay.walmart.com", "messages.etsy.com",
    ];

    /// <summary>The key of an address: outer blanks off, NFC, the domain in lower case. What stands before the @ stays as it is, plus-tags too.</summary>
    /// <returns>Null for what is no address: no single @ with something on both sides.</returns>
    /// <remarks>RFC 5321: only the domain is compared without regard to case. In practice mailboxes are too, so the local part is lower-cased as well:
    /// two people who differ only in capitals have never been met, one person who types his name both ways has.</remarks>
    public static string? Of(string? email)
    {
        if (email is null || !Kernel.Text.IsStorable(email)) return null;
        string text = email.Trim().Normalize(NormalizationForm.FormC);
        int at = text.LastIndexOf('@');
        if (at <= 0 || at == text.Length - 1 || text.Length > 320 || text.Any(char.IsWhiteSpace)) return null;
        return text.ToLowerInvariant();
    }

    /// <summary>Does this address (as a key) belong to a marketplace that hides its buyers? Such an address is known on one channel only.</summary>
    public static bool IsRelay(string key)
    {
        string domain = key[(key.LastIndexOf('@') + 1)..];
        return domain.StartsWith("marketplace.amazon.", StringComparison.Ordinal)
            || RelayDomains.Any(relay => domain == relay || domain.EndsWith("." + relay, StringComparison.Ordinal));
    }
}
