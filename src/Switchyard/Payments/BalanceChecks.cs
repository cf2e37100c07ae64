using Switchyard.Database;

namespace Switchyard.Payments;

/// <summary>What must be true of what is owed on gift cards and as credit.</summary>
internal static class BalanceChecks
{
    public static IReadOnlyList<BooksCheck> All { get; } = [new("balances.sum", db => Run(db, Sum)), new("balances.chain", db => Run(db, Chain))];

    private const string Sum =
        """
        select b.id, 'has ' || b.balance_minor || ' ' || b.currency || ' left, its entries add up to ' || e.total from balances b
          join (select b.id, coalesce(sum(e.amount_minor), 0) as total, count(e.id) as entries from balances b left join balance_entries e on e.balance_id = b.id group by b.id) e on e.id = b.id
         where e.total <> b.balance_minor or e.entries <> b.last_entry order by b.id limit 100 /* house */
        """;

    private const string Chain =
        """
        select c.balance_id, 'entry ' || c.entry_no || ' does not follow from the one before it' from (
            select balance_id, entry_no, balance_minor - amount_minor - coalesce(lag(balance_minor) over w, 0) as gap, entry_no - coalesce(lag(entry_no) over w, 0) as step
              from balance_entries window w as (partition by balance_id order by entry_no)) c
         where c.gap <> 0 or c.step <> 1 order by c.balance_id, c.entry_no limit 100 /* house */
        """;

    private static Task<CheckResult> Run(Db db, string faults) => db.ReadAll(async work =>
    {
        long counted = await work.Scalar("select count(*) from balances /* house */");
        return new CheckResult(counted, await work.Query(faults, row => $"balance {row.Uuid():N}: {row.Text()}"));
    }, snapshot: true);
}
