using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Switchyard.Messages;

/// <summary>Keeps passwords of messengers and the keys of tracking pages encrypted. Nothing here may run inside a write: the keys come from the database.</summary>
public sealed class MessageSecrets(IDataProtectionProvider protection)
{
    private const int MostOpened = 10_000;
    private readonly IDataProtector _accounts = protection.CreateProtector("switchyard.messenger-secrets"), _keys = protection.CreateProtector("switchyard.tracking-keys");
    private readonly ConcurrentDictionary<string, byte[]> _opened = new();

    public string? Close(IReadOnlyDictionary<string, string> secrets) => secrets.Count == 0 ? null : _accounts.Protect(JsonSerializer.Serialize(secrets));
    public IReadOnlyDictionary<string, string> Open(string? stored) => stored is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(_accounts.Unprotect(stored))!;

    public string CloseKey(byte[] secret) => _keys.Protect(Convert.ToBase64String(secret));

    public byte[] OpenKey(string stored)
    {
        if (_opened.Count >= MostOpened) _opened.Clear();
        return _opened.GetOrAdd(stored, s => Convert.FromBase64String(_keys.Unprotect(s)));
    }
}
