using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Carts;

public sealed record CartLine(string Sku, long Quantity);

/// <summary>What is in a cart: nothing of a person.</summary>
/// <param name="CollectAt">The store at which it is to be collected; null: it is sent.</param>
/// <param name="Reservation">What holds its stock, where the shop reserves for carts (POST /inventory/reservations); the order that is placed names it.</param>
public sealed record CartBody(IReadOnlyList<CartLine> Lines, string? Method, string? CollectAt, string? Reservation);

/// <param name="Token">Told once, to whoever made the cart.</param>
/// <param name="State">open or claimed.</param>
/// <param name="ClaimedFor">Who made it an order: a checkout, or a till.</param>
public sealed record CartView(string? Token, string Channel, string Currency, IReadOnlyList<CartLine> Lines, string? Method, string? CollectAt, string? Reservation,
    [property: Kernel.Words("open", "claimed")] string State, string? ClaimedFor, DateTimeOffset ExpiresAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version)
{
    public string Object => "cart";
}

/// <summary>A cart as it is stored. Its token is known to devices only; we keep its hash.</summary>
internal sealed record StoredCart(Guid Id, string Channel, string Currency, CartBody Body, string State, string? ClaimedFor, DateTimeOffset ExpiresAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version, string? MadeBy, string? MadeChannel)
{
    private const int TokenBytes = 32, MostToken = 64;

    public static string NewToken() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(TokenBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>A cart whose time is not over; null when there is none of this token.</summary>
    public static Task<StoredCart?> Find(Work work, string token, DateTimeOffset now, bool isLocked = false) => token.Length > MostToken ? Task.FromResult<StoredCart?>(null) : work.Find(
        $"""
        select c.id, c.channel, c.currency, c.body, c.state, c.claimed_for, c.expires_at_ms, c.created_at_ms, c.updated_at_ms, c.version, c.made_by, c.made_channel
          from shared_carts c where c.merchant_id = @merchant and c.token_hash = @hash and c.expires_at_ms > @now{(isLocked ? " for update" : "")}
        """, Read, ("hash", Hash(token)), ("now", now.ToUnixTimeMilliseconds()));

    public CartView View(string? token = null) =>
        new(token, Channel, Currency, Body.Lines, Body.Method, Body.CollectAt, Body.Reservation, State, ClaimedFor, ExpiresAt, CreatedAt, UpdatedAt, Version);

    private static StoredCart Read(Row row) => new(row.Uuid(), row.Text(), row.Text(), JsonSerializer.Deserialize<CartBody>(row.Text(), Json.Options)!, row.Text(), row.TextOrNull(),
        row.Instant(), row.Instant(), row.Instant(), row.Long(), row.TextOrNull(), row.TextOrNull());
}
