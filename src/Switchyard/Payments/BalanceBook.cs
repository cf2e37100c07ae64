using System.Security.Cryptography;
using System.Text;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Payments;

/// <summary>What is owed to a customer, or to whoever has a gift card.</summary>
/// <param name="Kind">credit or giftCard.</param>
/// <param name="AmountMinor">What is left.</param>
/// <param name="LastEntry">The number of its newest entry; 0: none yet.</param>
internal sealed record Balance(Guid Id, string Kind, string Currency, Guid? Customer, long AmountMinor, int LastEntry, long? ExpiresAtMs);

/// <summary>Who a balance is owed to: a gift card, by the hash of its code, or a customer's credit.</summary>
internal sealed record BalanceHolder(string Kind, string Currency, byte[]? CodeHash, string? CodeEnd, Guid? Customer)
{
    public const string Credit = "credit", GiftCard = "giftCard";

    /// <summary>Of a card's code; blanks, dashes and capitals do not count. The merchant is part of it: two shops' cards of one code are two.</summary>
    public static byte[] Hash(long merchant, string code) => SHA256.HashData(Encoding.UTF8.GetBytes($"{Text.Invariant(merchant)}\n{Tidy(code)}"));

    /// <summary>The last four characters, and none of a code so short that they would give it away.</summary>
    public static string End(string code) => Tidy(code) is { Length: >= 8 } tidy ? tidy[^4..] : "";

    public static string Tidy(string code) => string.Concat(Text.Key(code).Where(c => !char.IsWhiteSpace(c) && c != '-'));
}

/// <summary>One entry to be booked.</summary>
/// <param name="AmountMinor">Up (more is owed) or, below 0, down.</param>
/// <param name="Reference">By which it is booked once, with its turn.</param>
internal sealed record NewBalanceEntry(Guid Balance, string Kind, long AmountMinor, string Reference, int Turn, string? Reason = null, Guid? Order = null);

/// <summary>The one way to change what is owed on gift cards and as credit: balances are locked in the order of their ids, changed and told together with their entries.</summary>
internal static class BalanceBook
{
    /// <summary>The balances of these holders, made where they are missing, and locked.</summary>
    /// <remarks>A card that is kept in another currency is found too: the caller compares.</remarks>
    public static async Task<IReadOnlyList<Balance>> Open(Work work, IReadOnlyList<BalanceHolder> holders, DateTimeOffset now, Func<BalanceHolder, long?> expiresAtMs)
    {
        if (holders.Count == 0) return [];
        await work.Execute(
            """
            insert into balances (id, merchant_id, kind, currency, code_hash, code_end, customer_id, expires_at_ms, created_at_ms)
            select r.id, @merchant, r.kind, r.currency, r.code_hash, r.code_end, r.customer_id, r.expires_ms, @now from @rows r where true on conflict do nothing
            """, Keys(holders).Uuid("id", _ => Guid.CreateVersion7(now)).Text("code_end", h => h.CodeEnd).LongOrNull("expires_ms", expiresAtMs), ("now", now.ToUnixTimeMilliseconds()));
        var found = await work.Query(
            """
            select r.place, b.id from @rows r join balances b on b.merchant_id = @merchant
               and (r.code_hash is not null and b.code_hash = r.code_hash or r.code_hash is null and b.kind = 'credit' and b.customer_id = r.customer_id and b.currency = r.currency)
            """, Rows.Of(holders.Index().ToList()).Long("place", h => h.Index).Text("currency", h => h.Item.Currency).Bytes("code_hash", h => h.Item.CodeHash)
                .UuidOrNull("customer_id", h => h.Item.Customer), row => (Place: (int)row.Long(), Id: row.Uuid()));
        var locked = await Lock(work, [.. found.Select(f => f.Id)]);
        var byPlace = found.ToDictionary(f => f.Place, f => f.Id);
        return [.. holders.Select((_, place) => locked[byPlace[place]])];
    }

    /// <summary>Locks balances in the order of their ids, after orders and stock.</summary>
    public static async Task<Dictionary<Guid, Balance>> Lock(Work work, IReadOnlyCollection<Guid> ids) => (await work.Query(
        """
        select b.id, b.kind, b.currency, b.customer_id, b.balance_minor, b.last_entry, b.expires_at_ms from @rows r
          join balances b on b.id = r.id where b.merchant_id = @merchant order by b.id for update of b
        """, Rows.Of(ids.Distinct().ToList()).Uuid("id", id => id),
        row => new Balance(row.Uuid(), row.Text(), row.Text(), row.UuidOrNull(), row.Long(), row.Int(), row.LongOrNull()))).ToDictionary(b => b.Id);

    /// <summary>Books entries of locked balances. That none goes below 0 is for the caller to see to; the database refuses it.</summary>
    /// <remarks>Errors: balances.booked_meanwhile when somebody booked the same reference of another balance at the same moment: roll back and look again.</remarks>
    public static async Task<Error?> Add(Work work, Actor actor, DateTimeOffset now, IReadOnlyDictionary<Guid, Balance> locked, IReadOnlyList<NewBalanceEntry> entries)
    {
        if (entries.Count == 0) return null;
        var after = new Dictionary<Guid, Balance>(locked);
        var booked = new List<(NewBalanceEntry Entry, Balance After)>();
        foreach (var entry in entries)
        {
            var balance = after[entry.Balance];
            after[entry.Balance] = balance = balance with { AmountMinor = checked(balance.AmountMinor + entry.AmountMinor), LastEntry = balance.LastEntry + 1 };
            booked.Add((entry, balance));
        }
        int written = await work.Execute(
            """
            insert into balance_entries (merchant_id, balance_id, entry_no, kind, amount_minor, balance_minor, reference, turn, order_id, reason, actor, at_ms)
            select @merchant, r.balance_id, r.entry_no, r.kind, r.amount, r.balance, r.reference, r.turn, r.order_id, r.reason, @actor, @now from @rows r where true
            on conflict (merchant_id, reference, turn) do nothing
            """, Rows.Of(booked).Uuid("balance_id", b => b.Entry.Balance).Int("entry_no", b => b.After.LastEntry).Text("kind", b => b.Entry.Kind).Long("amount", b => b.Entry.AmountMinor)
                .Long("balance", b => b.After.AmountMinor).Text("reference", b => b.Entry.Reference).Int("turn", b => b.Entry.Turn).UuidOrNull("order_id", b => b.Entry.Order)
                .Text("reason", b => b.Entry.Reason), ("actor", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
        if (written != booked.Count) return PaymentErrors.BookedMeanwhile;
        var changed = booked.Select(b => b.Entry.Balance).Distinct().Select(id => after[id]).ToList();
        await work.Execute(
            """
            update balances set balance_minor = r.amount, last_entry = r.last_entry, version = version + 1 from @rows r
             where balances.id = r.id and balances.merchant_id = @merchant
            """, Rows.Of(changed).Uuid("id", b => b.Id).Long("amount", b => b.AmountMinor).Int("last_entry", b => b.LastEntry));
        await EventLog.Append(work, actor, now, [.. booked.Select(b => new Happening("balance", b.Entry.Balance.ToString("N"), "BalanceBooked",
            new { kind = b.After.Kind, entry = b.Entry.Kind, currency = b.After.Currency, amountMinor = b.Entry.AmountMinor, balanceMinor = b.After.AmountMinor }, b.Entry.Reason))]);
        return null;
    }

    private static Rows<BalanceHolder> Keys(IReadOnlyList<BalanceHolder> holders) => Rows.Of(holders).Text("kind", h => h.Kind).Text("currency", h => h.Currency)
        .Bytes("code_hash", h => h.CodeHash).UuidOrNull("customer_id", h => h.Customer);
}
