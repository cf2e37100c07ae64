using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Payments;

/// <summary>One transaction of an order.</summary>
/// <param name="Parent">The authorisation of a capture or void; what was taken, of a refund or dispute.</param>
/// <param name="IsOver">Taken although more than was due.</param>
public sealed record Payment(PaymentId Id, int No, PaymentType Type, string Tender, PaymentState State, long AmountMinor, PaymentId? Parent, string? Reference,
    string? Reason, bool IsOver, DateTimeOffset CreatedAt, DateTimeOffset? SettledAt, string Actor)
{
    /// <summary>It happened, or may have: what it takes is not there for another.</summary>
    public bool Counts => State != PaymentState.Failed;
    public bool TookMoney => Type is PaymentType.Capture or PaymentType.Sale or PaymentType.External && State == PaymentState.Succeeded;
    public bool IsTerms => Type == PaymentType.Authorise && Tender == Tenders.Terms;
}

/// <summary>What a transaction changed: deltas, and the order's balances after it.</summary>
public sealed record MoneyEntry(PaymentId Payment, string Kind, OrderPaid Delta, OrderPaid After);

/// <summary>What somebody wants to record.</summary>
/// <param name="Id">Of the new transaction, drawn by the caller.</param>
public sealed record PaymentWish(PaymentId Id, PaymentType Type, string Tender, long AmountMinor, PaymentState State, string? Reference, string? Reason, string Actor,
    DateTimeOffset Now, bool AllowOver = false);

/// <summary>
/// All transactions of one order, decided one after another under the order's lock. Pure: the caller reads and writes. Rules: captured stays
/// within its authorisation; refunds and disputes within what that payment took; taken within the total unless it is said to be over.
/// </summary>
public sealed class PaymentBook(IEnumerable<Payment> payments, OrderPaid paid, long totalMinor)
{
    public const int Most = 200;

    private readonly List<Payment> _all = [.. payments];
    private readonly List<MoneyEntry> _entries = [];
    private readonly HashSet<PaymentId> _changed = [];

    public IReadOnlyList<Payment> All => _all;
    public OrderPaid Paid { get; private set; } = paid;
    public long TotalMinor => totalMinor;

    /// <summary>Entries of the ledger made since the book was read.</summary>
    public IReadOnlyList<MoneyEntry> Entries => _entries;

    /// <summary>Transactions made or changed since the book was read.</summary>
    public IEnumerable<Payment> Changed => _all.Where(p => _changed.Contains(p.Id));

    public long DueMinor => totalMinor - Paid.Captured + Paid.Refunded;
    public Payment? Find(PaymentId id) => _all.Find(p => p.Id == id);

    /// <summary>The derived state of the whole order.</summary>
    public string State => Paid.State(totalMinor,
        _all.Exists(p => p.State is PaymentState.Pending or PaymentState.Created or PaymentState.Unknown) ? "pending"
        : _all.FindLast(p => p.Type is not (PaymentType.Refund or PaymentType.Dispute)) is not { } last ? "none"
        : last.State == PaymentState.Failed ? "failed" : last.Type == PaymentType.Void ? "voided" : "unpaid");

    /// <summary>Of an authorisation: what may still be captured or voided.</summary>
    public long LeftOf(Payment authorisation) => authorisation.AmountMinor
        - _all.Where(p => p.Parent == authorisation.Id && (p.Type is PaymentType.Capture or PaymentType.Void) && p.Counts).Sum(p => p.AmountMinor);

    /// <summary>Of what was taken: what may still be given back.</summary>
    public long RefundableOf(Payment taken) => taken.AmountMinor
        - _all.Where(p => p.Parent == taken.Id && (p.Type is PaymentType.Refund or PaymentType.Dispute) && p.Counts).Sum(p => p.AmountMinor);

    /// <summary>Takes or reserves money. What a marketplace has taken (external) is a fact and never refused; more than due is flagged.</summary>
    /// <remarks>Errors: payments.more_than_due, payments.too_many.</remarks>
    public Result<Payment> Take(PaymentWish wish)
    {
        long open = OpenTo(wish.Type);
        bool isOver = wish.AmountMinor > open && wish.State != PaymentState.Failed;
        if (isOver && !wish.AllowOver && wish.Type != PaymentType.External) return PaymentErrors.MoreThanDue(open);
        return Add(wish, null, isOver);
    }

    /// <summary>What may be taken at once, or reserved beside what is reserved already.</summary>
    public long OpenTo(PaymentType type) => Math.Max(0, DueMinor - (type == PaymentType.Authorise ? Paid.Authorised : 0));

    /// <remarks>Errors: payments.cannot_capture, payments.more_than_left, payments.more_than_due, payments.too_many.</remarks>
    public Result<Payment> Capture(Payment authorisation, PaymentWish wish)
    {
        if (authorisation is not { Type: PaymentType.Authorise, State: PaymentState.Succeeded } || authorisation.IsTerms) return PaymentErrors.Cannot("capture", authorisation);
        if (wish.AmountMinor > LeftOf(authorisation)) return PaymentErrors.MoreThanLeft("capture", LeftOf(authorisation));
        bool isOver = wish.AmountMinor > Math.Max(0, DueMinor);
        if (isOver && !wish.AllowOver) return PaymentErrors.MoreThanDue(Math.Max(0, DueMinor));
        return Add(wish with { Type = PaymentType.Capture, Tender = authorisation.Tender }, authorisation.Id, isOver);
    }

    /// <summary>Lets go what is left of an authorisation.</summary>
    /// <remarks>Errors: payments.cannot_void, payments.more_than_left, payments.too_many.</remarks>
    public Result<Payment> Void(Payment authorisation, PaymentWish wish)
    {
        if (authorisation is not { Type: PaymentType.Authorise, State: PaymentState.Succeeded }) return PaymentErrors.Cannot("void", authorisation);
        long left = LeftOf(authorisation);
        return left == 0 ? PaymentErrors.MoreThanLeft("void", 0)
            : Add(wish with { Type = PaymentType.Void, Tender = authorisation.Tender, AmountMinor = left }, authorisation.Id, false);
    }

    /// <param name="isFact">Somebody else has given it back already: recorded whatever is left.</param>
    /// <remarks>Errors: payments.cannot_refund, payments.more_than_left, payments.too_many.</remarks>
    public Result<Payment> Refund(Payment taken, PaymentWish wish, bool isFact = false)
    {
        if (!taken.TookMoney) return PaymentErrors.Cannot("refund", taken);
        long left = Math.Max(0, RefundableOf(taken));
        if (wish.AmountMinor > left && !isFact) return PaymentErrors.MoreThanLeft("refund", left);
        return Add(wish with { Type = PaymentType.Refund, Tender = taken.Tender }, taken.Id, wish.AmountMinor > left);
    }

    /// <summary>The payer's bank asks money back: a fact. It is open until <see cref="Settle"/> says lost (succeeded) or won (failed).</summary>
    /// <remarks>Errors: payments.cannot_dispute, payments.more_than_left, payments.too_many.</remarks>
    public Result<Payment> Dispute(Payment taken, PaymentWish wish)
    {
        if (!taken.TookMoney) return PaymentErrors.Cannot("dispute", taken);
        long left = Math.Max(0, RefundableOf(taken));
        if (wish.AmountMinor > left) return PaymentErrors.MoreThanLeft("dispute", left);
        return Add(wish with { Type = PaymentType.Dispute, Tender = taken.Tender, State = PaymentState.Pending }, taken.Id, false);
    }

    /// <summary>A pending transaction ends, or an unknown one is reconciled.</summary>
    /// <remarks>Errors: payments.cannot_settle.</remarks>
    public Result<Payment> Settle(Payment payment, PaymentState state, string? reference, DateTimeOffset now)
    {
        if (!PaymentStates.Allowed.Allows(payment.State, state)) return PaymentErrors.Cannot("settle", payment);
        var settled = payment with { State = state, SettledAt = state == PaymentState.Unknown ? null : now, Reference = reference ?? payment.Reference };
        _all[_all.FindIndex(p => p.Id == payment.Id)] = settled;
        _changed.Add(payment.Id);
        if (payment.Type == PaymentType.Dispute) { if (state == PaymentState.Failed) Book(settled, "disputeWon", new OrderPaid(0, 0, 0, -settled.AmountMinor, false)); }
        else if (state == PaymentState.Succeeded) Book(settled);
        return settled;
    }

    /// <summary>Everything reserved is let go, since the order has ended. Terms end with it.</summary>
    /// <param name="newId">Draws an id for each void.</param>
    public void VoidAll(Func<PaymentId> newId, string reason, string actor, DateTimeOffset now)
    {
        foreach (var authorisation in _all.Where(p => p is { Type: PaymentType.Authorise, State: PaymentState.Succeeded } && LeftOf(p) > 0).ToList())
            Add(new PaymentWish(newId(), PaymentType.Void, authorisation.Tender, LeftOf(authorisation), PaymentState.Succeeded, null, reason, actor, now), authorisation.Id, false);
    }

    /// <summary>
    /// Enters the opposite of everything that was reserved or taken, of an order that should not have been stored. Each is dated as what it
    /// takes back, so that no day keeps money that was never there; the log says who did it, and when.
    /// </summary>
    /// <param name="newId">Draws an id for each entry.</param>
    public void TakeBack(Func<DateTimeOffset, PaymentId> newId, string reason, string actor)
    {
        foreach (var payment in _all.Where(p => p is { Type: PaymentType.Authorise, State: PaymentState.Succeeded } && LeftOf(p) > 0 || p.TookMoney && RefundableOf(p) > 0).ToList())
        {
            var at = payment.SettledAt ?? payment.CreatedAt;
            var (type, amount) = payment.TookMoney ? (PaymentType.Refund, RefundableOf(payment)) : (PaymentType.Void, LeftOf(payment));
            Add(new PaymentWish(newId(at), type, payment.Tender, amount, PaymentState.Succeeded, null, reason, actor, at), payment.Id, false);
        }
    }

    /// <summary>
    /// What this order does not need goes to the book of the one split off it, as far as that one needs it: taken money first, then what is
    /// reserved. Both together hold what this one held; nothing is taken or given back, and each entry keeps its reference. Terms are agreed there too.
    /// </summary>
    public void MoveSpare(PaymentBook to, Func<PaymentId> newId, string why, string whyThere, string actor, DateTimeOffset now)
    {
        long kept = Paid.Captured - Paid.Refunded, taken = Math.Clamp(kept - totalMinor, 0, to.TotalMinor), left = taken;
        foreach (var payment in _all.Where(p => p.TookMoney).ToList())
        {
            long part = Math.Min(left, Math.Max(0, RefundableOf(payment)));
            if (part == 0) continue;
            Add(new PaymentWish(newId(), PaymentType.Refund, Tenders.Moved, part, PaymentState.Succeeded, payment.Reference, why, actor, now), payment.Id, false);
            to.Add(new PaymentWish(newId(), PaymentType.External, payment.Tender, part, PaymentState.Succeeded, payment.Reference, whyThere, actor, now), null, false);
            left -= part;
        }
        taken -= left;                                               // what is disputed stays where the dispute is
        long reserved = Math.Min(to.TotalMinor - taken, Math.Max(0, Paid.Authorised - Math.Max(0, totalMinor - (kept - taken))));
        foreach (var payment in _all.Where(p => p is { Type: PaymentType.Authorise, State: PaymentState.Succeeded, IsTerms: false }).ToList())
        {
            long part = Math.Min(reserved, LeftOf(payment));
            if (part <= 0) continue;
            Add(new PaymentWish(newId(), PaymentType.Void, Tenders.Moved, part, PaymentState.Succeeded, payment.Reference, why, actor, now), payment.Id, false);
            to.Add(new PaymentWish(newId(), PaymentType.Authorise, payment.Tender, part, PaymentState.Succeeded, payment.Reference, whyThere, actor, now), null, false);
            reserved -= part;
        }
        if (Paid.IsOnAccount) to.Add(new PaymentWish(newId(), PaymentType.Authorise, Tenders.Terms, to.TotalMinor, PaymentState.Succeeded, null, whyThere, actor, now), null, false);
    }

    private Result<Payment> Add(PaymentWish wish, PaymentId? parent, bool isOver)
    {
        if (_all.Count >= Most) return PaymentErrors.TooMany;
        var payment = new Payment(wish.Id, _all.Count + 1, wish.Type, wish.Tender, wish.State, wish.AmountMinor, parent, wish.Reference, wish.Reason, isOver, wish.Now,
            wish.State is PaymentState.Succeeded or PaymentState.Failed ? wish.Now : null, wish.Actor);
        _all.Add(payment);
        _changed.Add(payment.Id);
        if (payment.Type == PaymentType.Dispute) Book(payment, "disputed", new OrderPaid(0, 0, 0, payment.AmountMinor, false));
        else if (payment.State == PaymentState.Succeeded) Book(payment);
        return payment;
    }

    private void Book(Payment p)
    {
        bool isTerms = p.IsTerms || p.Type == PaymentType.Void && Find(p.Parent!.Value)!.IsTerms;
        if (isTerms) { Paid = Paid with { IsOnAccount = p.Type == PaymentType.Authorise }; return; }         // nobody has reserved or moved money
        long a = p.AmountMinor;
        var (kind, delta) = p.Type switch
        {
            PaymentType.Authorise => ("authorised", new OrderPaid(a, 0, 0, 0, false)),
            PaymentType.Capture => ("captured", new OrderPaid(-a, a, 0, 0, false)),
            PaymentType.Void => ("voided", new OrderPaid(-a, 0, 0, 0, false)),
            PaymentType.Refund when p.Tender == Tenders.Moved => ("moved", new OrderPaid(0, -a, 0, 0, false)),
            PaymentType.Refund => ("refunded", new OrderPaid(0, 0, a, 0, false)),
            _ => ("taken", new OrderPaid(0, a, 0, 0, false)),
        };
        Book(p, kind, delta);
    }

    private void Book(Payment p, string kind, OrderPaid delta)
    {
        Paid = Paid with
        {
            Authorised = Paid.Authorised + delta.Authorised,
            Captured = Paid.Captured + delta.Captured,
            Refunded = Paid.Refunded + delta.Refunded,
            Disputed = Paid.Disputed + delta.Disputed,
        };
        Must.Hold(Paid.Authorised >= 0 && Paid.Disputed >= 0, "no more is captured or voided than was authorised");
        _entries.Add(new MoneyEntry(p.Id, kind, delta, Paid));
    }
}
