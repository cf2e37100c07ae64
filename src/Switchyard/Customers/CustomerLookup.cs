using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Customers;

/// <summary>
/// Finds the customers of many orders in the trip that locks their stock, and writes the new ones in the trip that writes the orders.
/// Two processes that meet the same new email: the second breaks on the unique key, looks again and finds the customer of the first.
/// </summary>
public sealed class CustomerLookup
{
    private static readonly TimeSpan RelayKept = TimeSpan.FromDays(180);

    private readonly record struct IdentityKey(long Merchant, string Kind, long Channel, string Key);
    private sealed record Asked(long Merchant, string Kind, long Channel, string Key);
    private sealed record Seen(Guid Id, Guid Root, string? Blocked, bool IsCompany = false, bool HasTerms = false, string? Tags = null)
    {
        public bool? AllowSubstitutes { get; init; }
        public long SinceMs { get; init; }
    }

    private const string Kind =
        "coalesce(p.kind, c.kind), case when p.id is null then c.credit_limit_minor else p.credit_limit_minor end is not null, case when p.id is null then c.tags else p.tags end, " +
        "coalesce(p.allow_substitutes, c.allow_substitutes)";
    private sealed record NewCustomer(Guid Id, CustomerTraits Traits, long SinceMs);

    private List<(IdentityKey Key, Seen? Owner, string? Blocked)> _found = [];
    private List<(long Merchant, Seen Owner)> _named = [];
    private Dictionary<IdentityKey, Seen>? _owners;
    private readonly Dictionary<IdentityKey, string> _blocked = [];
    private readonly List<NewCustomer> _new = [];
    private readonly List<(IdentityKey Key, Guid Owner)> _claimed = [];
    private readonly HashSet<IdentityKey> _seenAgain = [];
    private readonly Dictionary<(long Merchant, Guid Id), long> _earlier = [];

    /// <summary>Queues the look-up; <see cref="Match"/> answers once the batch has run.</summary>
    public static CustomerLookup Queue(Batch batch, IEnumerable<CustomerTraits> buyers)
    {
        var all = buyers.ToList();
        var asked = all.SelectMany(Keys).Distinct().ToList();
        return new CustomerLookup
        {
            _found = batch.Query(
                $"""
                select r.merchant_id, r.kind, r.channel_id, r.key, c.id, p.id, coalesce(p.blocked_reason, c.blocked_reason), {Kind}, c.created_at_ms, b.reason
                  from @rows r
                  left join customer_identities i on i.merchant_id = r.merchant_id and i.kind = r.kind and i.channel_id = r.channel_id and i.key = r.key
                  left join customers c on c.id = i.customer_id
                  left join customers p on p.id = c.root_id
                  left join blocked_people b on b.merchant_id = r.merchant_id and b.kind = r.kind and b.key = r.key
                 where c.id is not null or b.reason is not null
                """,
                Rows.Of(asked).Long("merchant_id", a => a.Merchant).Text("kind", a => a.Kind).Long("channel_id", a => a.Channel).Text("key", a => a.Key),
                row => (new IdentityKey(row.Long(), row.Text(), row.Long(), row.Text()), Read(row), row.TextOrNull())),
            _named = batch.Query(
                $"""
                select c.merchant_id, c.id, p.id, coalesce(p.blocked_reason, c.blocked_reason), {Kind}, c.created_at_ms from @rows r
                  join customers c on c.id = r.id and c.merchant_id = r.merchant_id left join customers p on p.id = c.root_id
                """,
                Rows.Of(all.Where(b => b.Known is not null).Select(b => (b.Merchant, Id: b.Known!.Value.Value)).Distinct().ToList())
                    .Long("merchant_id", b => b.Merchant).Uuid("id", b => b.Id),
                row => (row.Long(), Read(row)!)),
        };
    }

    /// <summary>Whose order this is; null when nothing tells. Nothing is kept until <see cref="Keep"/>.</summary>
    /// <remarks>Errors: orders.unknown_customer.</remarks>
    public Result<CustomerMatch?> Match(CustomerTraits buyer, DateTimeOffset now)
    {
        Sort();
        var blocked = Blocks(buyer).Select(k => _blocked.GetValueOrDefault(k)).OfType<string>().ToList();
        Seen? owner = null;
        if (buyer.Known is { } known)
        {
            owner = _named.Find(n => n.Merchant == buyer.Merchant && n.Owner.Id == known.Value).Owner;
            if (owner is null) return CustomerErrors.UnknownAtOrder;
        }
        foreach (var key in Identities(buyer)) owner ??= _owners!.GetValueOrDefault(key);
        if (owner is null && buyer.IsSomebody) return New(CustomerId.New(now), blocked);
        if (owner is null) return blocked.Count == 0 ? (CustomerMatch?)null : CustomerMatch.Nobody(blocked);
        if (owner.Blocked is { } why) blocked.Insert(0, why);
        return new CustomerMatch(new CustomerId(owner.Id), new CustomerId(owner.Root), false, blocked)
        { IsCompany = owner.IsCompany, HasTerms = owner.HasTerms, SinceMs = owner.SinceMs, TagsJson = owner.Tags, AllowSubstitutes = owner.AllowSubstitutes };
    }

    /// <summary>The order is stored: a new customer is his from now on, and what was not known of an old one is his too.</summary>
    /// <param name="at">When it was placed. Whoever bought here before he was stored is a customer since then.</param>
    public void Keep(CustomerTraits buyer, CustomerMatch match, DateTimeOffset at)
    {
        if (match.IsNobody) return;
        long placed = at.ToUnixTimeMilliseconds();
        if (match.IsNew) _new.Add(new NewCustomer(match.Id.Value, buyer, placed));
        else if (placed < match.SinceMs) _earlier[(buyer.Merchant, match.Id.Value)] = Math.Min(placed, _earlier.GetValueOrDefault((buyer.Merchant, match.Id.Value), placed));
        foreach (var key in Identities(buyer))
        {
            if (key.Kind == "relay") _seenAgain.Add(key);
            // Whoever names the customer may order for him with an address of his own.
            if (_owners!.ContainsKey(key) || buyer.Known is not null && key.Kind != "external") continue;
            _owners[key] = new Seen(match.Id.Value, match.Root.Value, null) { AllowSubstitutes = match.AllowSubstitutes, SinceMs = Math.Min(placed, match.SinceMs) };
            _claimed.Add((key, match.Id.Value));
        }
    }

    /// <summary>Queues the new customers and identities. Rows of the unique key are taken in one order by every writer.</summary>
    public void QueueNew(Batch batch, DateTimeOffset now)
    {
        long expires = (now + RelayKept).ToUnixTimeMilliseconds();
        batch.Execute(
            """
            insert into customers (id, merchant_id, name, name_key, email, phone, phone_key, created_at_ms, updated_at_ms, worded_version)
            select id, merchant_id, name, name_key, email, phone, phone_key, since, @now, 1 from @rows r
            """,
            Rows.Of(_new).Uuid("id", c => c.Id).Long("merchant_id", c => c.Traits.Merchant).Text("name", c => c.Traits.Name).Text("name_key", c => AddressKey.Name(c.Traits.Name))
                .Text("email", c => c.Traits.Email).Text("phone", c => c.Traits.Phone).Text("phone_key", c => c.Traits.PhoneKey)
                .Long("since", c => Math.Min(_earlier.GetValueOrDefault((c.Traits.Merchant, c.Id), c.SinceMs), c.SinceMs)), ("now", now.ToUnixTimeMilliseconds()));
        var fresh = _new.Select(c => c.Id).ToHashSet();
        batch.Execute("update customers set created_at_ms = r.since from @rows r where customers.id = r.id and customers.merchant_id = r.merchant_id and customers.created_at_ms > r.since",
            Rows.Of(_earlier.Where(e => !fresh.Contains(e.Key.Id)).OrderBy(e => e.Key.Id).ToList()).Uuid("id", e => e.Key.Id).Long("merchant_id", e => e.Key.Merchant).Long("since", e => e.Value));
        // With the row, not after it: a row that is changed once its words are there is written twice, and into each of its indexes.
        CustomerWords.QueueNew(batch, _new.Select(c => (c.Id, c.Traits)), now);
        batch.Execute(
            """
            insert into customer_identities (merchant_id, kind, channel_id, key, customer_id, expires_at_ms)
            select merchant_id, kind, channel_id, key, customer_id, expires_at_ms from @rows r
            """,
            Rows.Of(_claimed.OrderBy(c => c.Key.Merchant).ThenBy(c => c.Key.Kind, StringComparer.Ordinal).ThenBy(c => c.Key.Channel).ThenBy(c => c.Key.Key, StringComparer.Ordinal).ToList())
                .Long("merchant_id", c => c.Key.Merchant).Text("kind", c => c.Key.Kind).Long("channel_id", c => c.Key.Channel).Text("key", c => c.Key.Key)
                .Uuid("customer_id", c => c.Owner).LongOrNull("expires_at_ms", c => c.Key.Kind == "relay" ? expires : null));
        var claimed = _claimed.Select(c => c.Key).ToHashSet();
        batch.Execute(
            """
            update customer_identities set expires_at_ms = @expires from @rows r where customer_identities.merchant_id = r.merchant_id
               and customer_identities.kind = 'relay' and customer_identities.channel_id = r.channel_id and customer_identities.key = r.key
            """,
            Rows.Of(_seenAgain.Where(k => !claimed.Contains(k)).OrderBy(k => k.Merchant).ThenBy(k => k.Channel).ThenBy(k => k.Key, StringComparer.Ordinal).ToList())
                .Long("merchant_id", k => k.Merchant).Long("channel_id", k => k.Channel).Text("key", k => k.Key), ("expires", expires));
    }

    private static CustomerMatch New(CustomerId id, IReadOnlyList<string> blocked) => new(id, id, true, blocked);

    private void Sort()
    {
        if (_owners is not null) return;
        _owners = [];
        foreach (var (key, owner, blocked) in _found)
        {
            if (owner is not null) _owners[key] = owner;
            if (blocked is not null) _blocked[key with { Channel = 0 }] = blocked;
        }
    }

    // The channel's own id says most, then the address that is known everywhere, then the marketplace's.
    private static IEnumerable<IdentityKey> Identities(CustomerTraits b)
    {
        if (b.Reference is { } reference) yield return new IdentityKey(b.Merchant, "external", b.ChannelId, reference);
        if (b.EmailKey is { } email) yield return new IdentityKey(b.Merchant, "email", 0, email);
        if (b.RelayKey is { } relay) yield return new IdentityKey(b.Merchant, "relay", b.ChannelId, relay);
    }

    private static IEnumerable<IdentityKey> Blocks(CustomerTraits b)
    {
        if ((b.EmailKey ?? b.RelayKey) is { } email) yield return new IdentityKey(b.Merchant, "email", 0, email);
        if (b.PhoneKey is { } phone) yield return new IdentityKey(b.Merchant, "phone", 0, phone);
        if (b.AddressKey is { } address) yield return new IdentityKey(b.Merchant, "address", 0, address);
    }

    // A relay address is asked for under "email" too, for the list of those blocked, on no channel that could own it.
    private static IEnumerable<Asked> Keys(CustomerTraits b) => Identities(b).Concat(Blocks(b).Select(k => b.RelayKey == k.Key ? k with { Channel = -1 } : k))
        .Select(k => new Asked(k.Merchant, k.Kind, k.Channel, k.Key));

    private static Seen? Read(Row row)
    {
        var (id, root, blocked, kind, hasTerms, tags, substitutes, since) = (row.UuidOrNull(), row.UuidOrNull(), row.TextOrNull(), row.TextOrNull(), row.Bool(), row.TextOrNull(), row.BoolOrNull(), row.LongOrNull());
        return id is { } own ? new Seen(own, root ?? own, blocked, kind == "company", hasTerms, tags) { SinceMs = since ?? 0, AllowSubstitutes = substitutes } : null;
    }
}
