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

    // Secrets are in no text that could be logged.
    public override string ToString() => $"{Code} ({Id})";
}
