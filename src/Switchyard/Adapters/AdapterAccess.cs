using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Switchyard.Adapters;

/// <summary>A setting of an account.</summary>
public sealed record AdapterSetting(string Name, string Meaning, bool IsSecret = false, bool IsRequired = false);

/// <summary>A message of a vendor, as it came.</summary>
/// <param name="Secret">The account's secret for messages; null where none is set.</param>
public sealed record WebhookMail(IReadOnlyDictionary<string, string> Headers, byte[] Body, string? Secret);

/// <summary>An account, opened for one call.</summary>
/// <param name="MayWait">Nobody waits for the answer: half of the calls that the account may make are left to those for whom somebody does.</param>
public sealed record AdapterAccess(Guid Id, long Merchant, string Code, string BaseUrl, JsonObject Settings, IReadOnlyDictionary<string, string> Secrets, long CallsPerMinute, bool MayWait = false)
{
    public string? Setting(string name) => (string?)Settings[name];
    public string Secret(string name) => Secrets.GetValueOrDefault(name, "");

    /// <summary>Vendors count calls by who calls, not by our accounts: those with the same word here share what they may call. By itself each account is one.</summary>
    public string Budget { get; init; } = $"{Id:N}";

    /// <summary>The same, sharing with all that have its address and the secrets that it cannot do without. Tokens that are renewed are none of these.</summary>
    /// <param name="settings">Of the adapter.</param>
    public AdapterAccess Sharing(IReadOnlyList<AdapterSetting> settings)
    {
        string[] needed = [.. settings.Where(s => s is { IsSecret: true, IsRequired: true } && Secret(s.Name).Length > 0).Select(s => $"{s.Name}={Secret(s.Name)}").Order(StringComparer.Ordinal)];
        if (needed.Length == 0) return this;
        string all = $"{BaseUrl.TrimEnd('/')}\n{string.Join('\n', needed)}";
        return this with { Budget = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all))) };
    }

    // Secrets are in no text that could be logged.
    public override string ToString() => $"{Code} ({Id})";
}
