using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Payments;

namespace Switchyard.Tests.Payments;

/// <summary>Random sequences of payments against a model that knows only sums.</summary>
public sealed class PaymentBookProperties
{
    private const long Total = 1_000;
    private sealed record Step(int What, int Which, int Amount, bool IsAllowed);

    private sealed class Model
    {
        public Dictionary<PaymentId, long> Reserved { get; } = [];
        public Dictionary<PaymentId, (long Taken, long Back)> Taken { get; } = [];
        public long Captured => Taken.Values.Sum(t => t.Taken);
        public long Back => Taken.Values.Sum(t => t.Back);
    }

    [Fact, Capability("P10", "L7")]
    public void Whatever_is_tried_the_book_follows_its_rules_and_its_ledger_adds_up()
    {
        var step = from what in Gen.Choose(0, 7) from which in Gen.Choose(0, 9) from amount in Gen.Choose(1, 700) from allowed in Gen.Frequency((1, Gen.Constant(true)), (5, Gen.Constant(false)))
                   select new Step(what, which, amount, allowed);
        int taken = 0, refused = 0;
        Prop.ForAll(Gen.ListOf(step).ToArbitrary(), steps =>
        {
            var (book, model) = (new PaymentBook([], default, Total), new Model());
            var late = new HashSet<PaymentId>();
            var at = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
            foreach (var one in steps.Take(60))
            {
                var before = book.Paid;
                if (Try(book, model, one, at, late)) taken++;
                else { refused++; book.Paid.ShouldBe(before, "what is refused changes nothing"); }
                book.Paid.Captured.ShouldBe(model.Captured);
                (book.Paid.Refunded + book.Paid.Disputed).ShouldBe(model.Back);
                book.Paid.Authorised.ShouldBe(model.Reserved.Values.Sum());
                var sum = book.Entries.Aggregate((0L, 0L, 0L, 0L), (s, e) => (s.Item1 + e.Delta.Authorised, s.Item2 + e.Delta.Captured, s.Item3 + e.Delta.Refunded, s.Item4 + e.Delta.Disputed));
                sum.ShouldBe((book.Paid.Authorised, book.Paid.Captured, book.Paid.Refunded, book.Paid.Disputed));
                foreach (var p in book.All.Where(p => p.Type == PaymentType.Authorise && p.State == PaymentState.Succeeded)) book.LeftOf(p).ShouldBeGreaterThanOrEqualTo(0);
                foreach (var p in book.All.Where(p => p.TookMoney)) book.RefundableOf(p).ShouldBeGreaterThanOrEqualTo(0);
                // What was pending when something else paid the order is a fact when it comes: only then, or when it was said, is more taken than due.
                if (book.All.All(p => !p.IsOver && !late.Contains(p.Id))) book.Paid.Captured.ShouldBeLessThanOrEqualTo(Total + book.Paid.Refunded);
            }
            // Read back from what would be stored, it is the same book.
            var again = new PaymentBook(book.All, book.Paid, Total);
            again.State.ShouldBe(book.State);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
        taken.ShouldBeGreaterThan(refused / 20);
        refused.ShouldBeGreaterThan(0);
    }

    private static bool Try(PaymentBook book, Model model, Step one, DateTimeOffset at, HashSet<PaymentId> late)
    {
        var id = PaymentId.New(at);
        PaymentWish wish(PaymentType type, PaymentState state = PaymentState.Succeeded) => new(id, type, "cash", one.Amount, state, null, null, "test", at, one.IsAllowed);
        var target = book.All.Count == 0 ? null : book.All[one.Which % book.All.Count];
        switch (one.What)
        {
            case 0 or 1:
                {
                    var type = one.What == 0 ? PaymentType.Sale : PaymentType.Authorise;
                    bool fits = one.IsAllowed || one.Amount <= Total - model.Captured + book.Paid.Refunded - (one.What == 1 ? model.Reserved.Values.Sum() : 0);
                    var done = book.Take(wish(type));
                    done.IsOk.ShouldBe(fits);
                    if (fits && one.What == 0) model.Taken[id] = (one.Amount, 0);
                    if (fits && one.What == 1) model.Reserved[id] = one.Amount;
                    return fits;
                }
            case 2 when target is not null:
                {
                    bool fits = model.Reserved.GetValueOrDefault(target.Id) >= one.Amount && (one.IsAllowed || one.Amount <= Total - model.Captured + book.Paid.Refunded);
                    book.Capture(target, wish(PaymentType.Capture)).IsOk.ShouldBe(fits);
                    if (fits) { model.Reserved[target.Id] -= one.Amount; model.Taken[id] = (one.Amount, 0); }
                    return fits;
                }
            case 3 when target is not null:
                {
                    bool fits = model.Reserved.GetValueOrDefault(target.Id) > 0;
                    book.Void(target, wish(PaymentType.Void)).IsOk.ShouldBe(fits);
                    if (fits) model.Reserved[target.Id] = 0;
                    return fits;
                }
            case 4 or 5 when target is not null:
                {
                    bool fits = model.Taken.TryGetValue(target.Id, out var of) && of.Taken - of.Back >= one.Amount;
                    (one.What == 4 ? book.Refund(target, wish(PaymentType.Refund)) : book.Dispute(target, wish(PaymentType.Dispute))).IsOk.ShouldBe(fits);
                    if (fits) model.Taken[target.Id] = (of.Taken, of.Back + one.Amount);
                    return fits;
                }
            case 6:
                bool mayWait = one.IsAllowed || one.Amount <= Total - model.Captured + book.Paid.Refunded;
                book.Take(wish(PaymentType.Sale, PaymentState.Pending)).IsOk.ShouldBe(mayWait);
                return mayWait;
            case 7 when target is not null:
                {
                    bool fits = target.State == PaymentState.Pending;
                    var to = one.Amount % 2 == 0 ? PaymentState.Succeeded : PaymentState.Failed;
                    book.Settle(target, to, null, at).IsOk.ShouldBe(fits);
                    if (!fits) return false;
                    if (target.Type == PaymentType.Sale && to == PaymentState.Succeeded)
                    {
                        model.Taken[target.Id] = (target.AmountMinor, 0);
                        late.Add(target.Id);
                    }
                    if (target.Type == PaymentType.Dispute && to == PaymentState.Failed)
                        model.Taken[target.Parent!.Value] = model.Taken[target.Parent.Value] with { Back = model.Taken[target.Parent.Value].Back - target.AmountMinor };
                    return true;
                }
            default: return false;
        }
    }
}
