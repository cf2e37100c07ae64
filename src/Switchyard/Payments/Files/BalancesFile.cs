using System.Text.Json;
using Switchyard.Access;
using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Payments;

/// <summary>
/// What a shop owes on gift cards and as credit when it comes to us, a row a card or credit. Each row is booked once, by its reference: the same file again changes nothing, and a
/// row that says something else than it said is refused, as what was booked is not changed. The codes of gift cards are kept as hashes only.
/// </summary>
internal sealed class BalancesFile : FileKind
{
    private const int PageRows = 1_000;
    private const string Opening = "opening", Undone = "undone", Hidden = "…";

    public override string Name => "balances";
    public override Permission Reads => Permission.PaymentsRead;
    public override Permission Writes => Permission.PaymentsRefund;
    public override bool TellsPrices => true;

    public override IReadOnlyList<FileColumn> Columns { get; } =
    [
        new("reference", true, "id", "external_id"), new("kind", true, "type"), new("currency", true), new("amount", true, "balance"), new("code", false, "gift_card", "card"),
        new("customer", false, "email", "customer_email"), new("expires_at", false, "expires", "expires_on"),
    ];

    private sealed record Wanted(FileRow Row, BalanceHolder Holder, string Reference, long AmountMinor, long? ExpiresAtMs);

    /// <summary>The newest word about a reference.</summary>
    private sealed record Booked(string Kind, int Turn, long AmountMinor, BalanceHolder Holder);

    /// <summary>How a row is taken back: by an entry against it, as long as enough is left.</summary>
    private sealed record Kept(Guid Balance, string Reference, int Turn, long AmountMinor);

    public override string Key(FileRow row) => row.Word("reference") ?? $"\nline {row.Line}";

    public override async Task<Error?> Save(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<FileRow> rows)
    {
        var customers = await CustomersRoom.ByEmail(work, rows.Select(r => EmailKey.Of(r.Word("customer"))).OfType<string>());
        var read = rows.Select(row => Read(row, work.Merchant, customers)).OfType<Wanted>().ToList();
        var before = await Newest(work, [.. read.Select(r => r.Reference)]);
        read.RemoveAll(r => IsKnown(r, before.GetValueOrDefault(r.Reference)));
        // A code that an export has hidden names a card that is here, not a new one.
        foreach (var row in read.Where(r => r.Holder.CodeHash is null && r.Holder.Kind == BalanceHolder.GiftCard)) row.Row.Fault("code", "field.malformed", "Only the end of the code stands here.");
        read.RemoveAll(r => !r.Row.IsSound);

        var expiry = read.GroupBy(r => r.Holder).ToDictionary(g => g.Key, g => g.First().ExpiresAtMs);
        var balances = await BalanceBook.Open(work, [.. read.Select(r => r.Holder)], now, holder => expiry[holder]);
        // Whoever booked these balances while we waited for them may have booked the same references.
        before = await Newest(work, [.. read.Select(r => r.Reference)]);
        var entries = new List<NewBalanceEntry>();
        foreach (var (at, wanted) in read.Index())
        {
            if (IsKnown(wanted, before.GetValueOrDefault(wanted.Reference))) continue;
            if (balances[at].Currency != wanted.Holder.Currency)
            {
                wanted.Row.Fault("currency", "payments.other_currency", $"This gift card is kept in {balances[at].Currency}.");
                continue;
            }
            int turn = (before.GetValueOrDefault(wanted.Reference)?.Turn ?? 0) + 1;
            entries.Add(new NewBalanceEntry(balances[at].Id, Opening, wanted.AmountMinor, wanted.Reference, turn));
            wanted.Row.Outcome = SaveOutcome.Created;
            wanted.Row.Undo = JsonSerializer.Serialize(new Kept(balances[at].Id, wanted.Reference, turn, wanted.AmountMinor), Json.Options);
        }
        return await BalanceBook.Add(work, actor, now, balances.DistinctBy(b => b.Id).ToDictionary(b => b.Id), entries);
    }

    // Booked already, and so it is said again; or it says something else now.
    private static bool IsKnown(Wanted wanted, Booked? booked)
    {
        // A card that was used up is owed nothing.
        if (booked is null or { Kind: Undone } && wanted.AmountMinor == 0) { wanted.Row.Outcome = SaveOutcome.Unchanged; return true; }
        if (booked is null or { Kind: Undone }) return false;
        var (said, was) = (wanted.Holder, booked.Holder);
        bool isSame = booked.Kind == Opening && booked.AmountMinor == wanted.AmountMinor && (said.Kind, said.Currency) == (was.Kind, was.Currency)
            && (said.Kind == BalanceHolder.Credit ? said.Customer == was.Customer : said.CodeHash is null ? said.CodeEnd == was.CodeEnd : said.CodeHash.AsSpan().SequenceEqual(was.CodeHash));
        if (isSame) wanted.Row.Outcome = SaveOutcome.Unchanged;
        else wanted.Row.Fault("reference", "balances.booked_otherwise", $"{wanted.Reference} was booked already, and otherwise. What is booked is not changed: give a difference a reference of its own.");
        return true;
    }

    private static Wanted? Read(FileRow row, long merchant, IReadOnlyDictionary<string, CustomerId> customers)
    {
        var checks = new Checks();
        string? reference = row.Word("reference"), code = row.Word("code"), email = row.Word("customer"), kind = Kind(row.Word("kind"));
        checks.Text(reference, "reference", 100, required: true);
        checks.That(kind is not null, "kind", "field.unknown_value", "kind is credit or gift_card.");
        bool isKnown = Currency.TryParse(row.Word("currency")?.ToUpperInvariant(), out var currency);
        checks.That(isKnown, "currency", "field.unknown_currency", "currency is a code such as GBP.");
        long? amount = isKnown ? row.Amount("amount", currency.Code) : null;
        if (row.IsSound) checks.That(amount is not null || !isKnown, "amount", "field.required", "amount is required.");
        Guid? customer = email is not null && EmailKey.Of(email) is { } key && customers.TryGetValue(key, out var found) ? found.Value : null;
        checks.That(email is null || customer is not null, "customer", "customers.not_found", "There is no customer with this email: import the customers first.");
        if (kind == BalanceHolder.Credit)
        {
            checks.That(email is not null, "customer", "field.required", "A credit is owed to a customer: say the email.");
            checks.That(code is null, "code", "field.conflict", "A credit has no code.");
        }
        if (kind == BalanceHolder.GiftCard)
            checks.That(code is { Length: <= 100 } && BalanceHolder.Tidy(code).Length >= 4, "code", "field.malformed", "A gift card has a code of 4 to 100 characters.");
        var expires = row.When("expires_at");
        if (checks.AnyFault) row.Fault(checks.ToError(), column => column);
        if (!row.IsSound) return null;
        bool isHidden = code?.StartsWith(Hidden, StringComparison.Ordinal) == true;
        var holder = kind == BalanceHolder.Credit ? new BalanceHolder(kind, currency.Code, null, null, customer)
            : new BalanceHolder(kind!, currency.Code, isHidden ? null : BalanceHolder.Hash(merchant, code!), isHidden ? code![1..] : BalanceHolder.End(code!), customer);
        return new Wanted(row, holder, reference!, amount!.Value, expires?.ToUnixTimeMilliseconds());
    }

    private static string? Kind(string? text) => text is null ? null : FileColumn.Tidy(text) switch
    {
        "credit" or "store_credit" => BalanceHolder.Credit,
        "gift_card" or "giftcard" => BalanceHolder.GiftCard,
        _ => null,
    };

    private static async Task<Dictionary<string, Booked>> Newest(Work work, IReadOnlyList<string> references) => (await work.Query(
        """
        select e.reference, e.kind, e.turn, e.amount_minor, b.kind, b.currency, b.code_hash, b.code_end, b.customer_id from balance_entries e join balances b on b.id = e.balance_id
         where e.merchant_id = @merchant and e.reference = any(@references)
           and e.turn = (select max(n.turn) from balance_entries n where n.merchant_id = @merchant and n.reference = e.reference)
        """, row => (Reference: row.Text(), Booked: new Booked(row.Text(), row.Int(), row.Long(), new BalanceHolder(row.Text(), row.Text(), row.BytesOrNull(), row.TextOrNull(), row.UuidOrNull()))),
        ("references", references.Distinct().ToArray()))).ToDictionary(b => b.Reference, b => b.Booked);

    public override bool CanUndo => true;
    public override bool HasStates => false;

    public override async Task<IReadOnlyList<Error?>> TakeBack(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<string> kept)
    {
        var rows = kept.Select(k => JsonSerializer.Deserialize<Kept>(k, Json.Options)!).ToList();
        var locked = await BalanceBook.Lock(work, [.. rows.Select(r => r.Balance)]);
        var newest = await Newest(work, [.. rows.Select(r => r.Reference)]);
        var leftOf = locked.ToDictionary(b => b.Key, b => b.Value.AmountMinor);
        var (left, entries) = (new List<Error?>(), new List<NewBalanceEntry>());
        foreach (var row in rows)
        {
            if (newest.GetValueOrDefault(row.Reference)?.Turn != row.Turn) { left.Add(ImportErrors.ChangedSince); continue; }
            if (leftOf[row.Balance] < row.AmountMinor) { left.Add(PaymentErrors.SpentSince); continue; }
            leftOf[row.Balance] -= row.AmountMinor;
            entries.Add(new NewBalanceEntry(row.Balance, Undone, -row.AmountMinor, row.Reference, row.Turn + 1, "import undone"));
            left.Add(null);
        }
        return await BalanceBook.Add(work, actor, now, locked, entries) is { } error ? [.. rows.Select(_ => error)] : left;
    }

    /// <summary>The openings as they were told, with the ends of the codes only; and, beside each, what is left now of its card or credit.</summary>
    public override async IAsyncEnumerable<string?[]> Export(Db db, Actor actor)
    {
        yield return ["reference", "kind", "currency", "amount", "code", "customer", "expires_at", "left"];
        string after = "";
        while (true)
        {
            var page = await db.Read(actor, work => work.Query(
                """
                select e.reference, b.kind, b.currency, e.amount_minor, b.code_end, c.email, b.expires_at_ms, b.balance_minor from balance_entries e join balances b on b.id = e.balance_id
                  left join customers c on c.id = b.customer_id and c.merchant_id = @merchant
                 where e.merchant_id = @merchant and e.kind = 'opening' and e.reference > @after
                   and e.turn = (select max(n.turn) from balance_entries n where n.merchant_id = @merchant and n.reference = e.reference) order by e.reference limit @limit
                """, row => (Reference: row.Text(), Kind: row.Text(), Currency: row.Text(), Amount: row.Long(), End: row.TextOrNull(), Email: row.TextOrNull(), Expires: row.InstantOrNull(), Left: row.Long()),
                ("after", after), ("limit", (long)PageRows)));
            foreach (var b in page)
                yield return
                [
                    b.Reference, b.Kind == BalanceHolder.Credit ? "credit" : "gift_card", b.Currency, FileRow.Major(b.Amount, b.Currency), b.End is null ? null : Hidden + b.End, b.Email,
                    FileRow.Instant(b.Expires), FileRow.Major(b.Left, b.Currency),
                ];
            if (page.Count < PageRows) yield break;
            after = page[^1].Reference;
        }
    }
}
