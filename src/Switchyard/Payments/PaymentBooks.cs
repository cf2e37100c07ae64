using Switchyard.Database;

namespace Switchyard.Payments;

/// <summary>What must be true of the books of money, one statement a check over the whole house.</summary>
internal static class PaymentBooks
{
    private static readonly string[] Names = ["authorised", "captured", "refunded", "disputed"];

    public static IReadOnlyList<BooksCheck> All { get; } =
    [
        new("money.ledger", db => Run(db, "select count(*) from orders /* house */", Ledger)),
        new("money.chain", db => Run(db, "select count(*) from money_ledger /* house */", Chain)),
        new("money.payments", db => Run(db, "select count(*) from payments /* house */", Transactions)),
    ];

    // Balances and ledger from both sides: an order with money without entries, and entries without it.
    private static string Ledger =>
        $"""
        select o.number, 'its balances differ from the sum of its ledger: ' || {string.Join(" || ", Names.Select(n => $"case when g.{n}_gap = 0 then '' else '{n} by ' || g.{n}_gap || ' ' end"))}
          from (select t.order_id, {string.Join(", ", Names.Select(n => $"sum(t.{n}) as {n}_gap"))} from (
                    select id as order_id, {string.Join(", ", Names.Select(n => $"{n}_minor as {n}"))} from orders
                    union all
                    select order_id, {string.Join(", ", Names.Select(n => $"-sum({n}_delta)"))} from money_ledger group by order_id) t
                 group by t.order_id) g
          left join orders o on o.id = g.order_id
         where {string.Join(" or ", Names.Select(n => $"g.{n}_gap <> 0"))} order by o.number limit {BooksCheck.MostFaults} /* house */
        """;

    private static string Chain =>
        $"""
        select o.number, 'money entry ' || c.id || ' does not follow from the one before it' from (
            select id, order_id, {string.Join(", ", Names.Select(n => $"{n} - {n}_delta - coalesce(lag({n}) over w, 0) as {n}_gap"))}
              from money_ledger window w as (partition by order_id order by id)) c left join orders o on o.id = c.order_id
         where {string.Join(" or ", Names.Select(n => $"c.{n}_gap <> 0"))} order by c.id limit {BooksCheck.MostFaults} /* house */
        """;

    // What succeeded is what the ledger says, by transaction. A dispute is in the ledger from its first day and leaves it when it is won.
    private const string Transactions =
        """
        select o.number, 'transaction ' || p.payment_no || ' of ' || p.amount_minor || ' has ' || p.booked || ' in the ledger' from (
            select p.order_id, p.payment_no, p.amount_minor, p.state, p.type, p.tender,
                   coalesce((select sum(case p.type when 'authorise' then l.authorised_delta when 'void' then -l.authorised_delta when 'refund' then case p.tender when 'moved' then -l.captured_delta else l.refunded_delta end
                                                    when 'dispute' then l.disputed_delta else l.captured_delta end)
                               from money_ledger l where l.order_id = p.order_id and l.payment_id = p.id), 0) as booked
              from payments p) p left join orders o on o.id = p.order_id
         where p.booked <> case when p.tender = 'terms' and p.type in ('authorise', 'void') then 0 when p.state = 'succeeded' then p.amount_minor
                                when p.type = 'dispute' and p.state in ('pending', 'unknown') then p.amount_minor else 0 end
         order by o.number, p.payment_no limit 100 /* house */
        """;

    private static Task<CheckResult> Run(Db db, string count, string faults) => db.ReadAll(async work =>
    {
        long counted = await work.Scalar(count);
        return new CheckResult(counted, await work.Query(faults, row => $"order {row.TextOrNull() ?? "that is not there"}: {row.Text().Trim()}"));
    }, snapshot: true);
}
