using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Switchyard.Database;

namespace Switchyard.Webhooks;

/// <summary>A secret that signs, as callers see it.</summary>
/// <param name="Secret">Only in the answer that made it.</param>
/// <param name="RetiresAt">When it stops signing by itself; null for the one that stays.</param>
public sealed record SecretView(int Number, string? Secret, DateTimeOffset CreatedAt, DateTimeOffset? RetiresAt);

/// <summary>Makes secrets, keeps them encrypted, and opens them for signing. Nothing here may run inside a write: the keys come from the database.</summary>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const int SecretBytes = 32, MostOpened = 10_000;
    private readonly IDataProtector _protector = protection.CreateProtector("switchyard.webhook-secrets");
    private readonly ConcurrentDictionary<string, string> _opened = new();

    /// <summary>A new secret, as it is shown and as it is stored.</summary>
    public (string Shown, string Stored) Make()
    {
        string secret = WebhookSignature.Secret(RandomNumberGenerator.GetBytes(SecretBytes));
        return (secret, _protector.Protect(secret));
    }

    /// <summary>The secret behind a stored text.</summary>
    public string Open(string stored)
    {
        if (_opened.Count >= MostOpened) _opened.Clear();
        return _opened.GetOrAdd(stored, _protector.Unprotect);
    }

    internal static Task<List<SecretView>> Live(Work work, WebhookId webhook, DateTimeOffset now) => work.Query(
        """
        select secret_no, created_at_ms, retires_at_ms from webhook_secrets
         where merchant_id = @merchant and endpoint_id = @id and (retires_at_ms is null or retires_at_ms > @now) order by secret_no desc
        """, row => new SecretView(row.Int(), null, row.Instant(), row.InstantOrNull()), ("id", webhook.Value), ("now", now.ToUnixTimeMilliseconds()));

    internal static Task Insert(Work work, WebhookId webhook, int number, string stored, DateTimeOffset now) => work.Execute(
        "insert into webhook_secrets (endpoint_id, secret_no, merchant_id, secret, created_at_ms) values (@id, @no, @merchant, @secret, @now)",
        ("id", webhook.Value), ("no", number), ("secret", stored), ("now", now.ToUnixTimeMilliseconds()));
}
