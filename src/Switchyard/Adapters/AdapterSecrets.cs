using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Switchyard.Adapters;

/// <summary>Keeps secrets of accounts with vendors encrypted. Nothing here may run inside a write: the keys come from the database.</summary>
public abstract class AdapterSecrets(IDataProtectionProvider protection, string purpose)
{
    private readonly IDataProtector _protector = protection.CreateProtector(purpose);

    public string Close(IReadOnlyDictionary<string, string> secrets) => _protector.Protect(JsonSerializer.Serialize(secrets));
    public IReadOnlyDictionary<string, string> Open(string? stored) => stored is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(_protector.Unprotect(stored))!;
    public string CloseOne(string secret) => _protector.Protect(secret);
    public string? OpenOne(string? stored) => stored is null ? null : _protector.Unprotect(stored);
}
