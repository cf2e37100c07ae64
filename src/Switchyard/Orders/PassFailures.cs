using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// The orders that a pass over many could not change. Each is left out for a while, longer after each try, and comes back by itself; a pass is not over while one of them is to come.
/// Whoever calls has locked the row of the pass.
/// </summary>
/// <param name="Kind">closing or stop.</param>
/// <param name="Id">The row of the pass.</param>
internal readonly record struct PassFailures(string Kind, long Id)
{
    private const int MostDoublings = 6;
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    /// <summary>How long an order is left out that failed so many times.</summary>
    public static TimeSpan Gap(long tries) => First * (1 << (int)Math.Min(tries - 1, MostDoublings));

    /// <summary>SQL: is the order of this column left out for now? By <c>@now</c>.</summary>
    public static string IsLeftOut(string kind, string pass, string order) =>
        $"exists (select 1 from pass_failures f where f.kind = '{kind}' and f.pass_id = {pass} and f.order_id = {order} and f.next_at_ms > @now)";

    /// <summary>SQL: is this pass, which is between two rounds, only waiting for orders that are left out? By <c>@now</c>.</summary>
    public static string IsWaiting(string kind, string pass) =>
        $"""
        (exists (select 1 from pass_failures f where f.kind = '{kind}' and f.pass_id = {pass}) and
         not exists (select 1 from pass_failures f where f.kind = '{kind}' and f.pass_id = {pass} and f.next_at_ms <= @now))
        """;

    /// <summary>An order could not be changed, not even by itself.</summary>
    public async Task Note(Work work, OrderId order, DateTimeOffset now)
    {
        (string, object?)[] key = [("kind", Kind), ("pass", Id), ("order", order.Value)];
        long tries = 1 + (await work.Query("select tries from pass_failures where merchant_id = @merchant and kind = @kind and pass_id = @pass and order_id = @order", row => row.Long(), key)).FirstOrDefault();
        await work.Execute(
            """
            insert into pass_failures (kind, pass_id, order_id, merchant_id, tries, next_at_ms) values (@kind, @pass, @order, @merchant, @tries, @next)
                on conflict (kind, pass_id, order_id) do update set tries = excluded.tries, next_at_ms = excluded.next_at_ms
            """, [.. key, ("tries", (int)Math.Min(tries, int.MaxValue)), ("next", (now + Gap(tries)).ToUnixTimeMilliseconds())]);
    }

    /// <summary>These were changed.</summary>
    public Task Done(Work work, IReadOnlyList<OrderId> orders) => work.Execute(
        "delete from pass_failures where merchant_id = @merchant and kind = @kind and pass_id = @pass and order_id in (select r.id from @rows r)",
        Rows.Of(orders).Uuid("id", o => o.Value), ("kind", Kind), ("pass", Id));

    /// <summary>Forgets those that the pass has nothing to do with any more, and tells whether others are to come.</summary>
    /// <param name="concerned">SQL: is the order of <c>pass_failures.order_id</c> still one of the pass?</param>
    public async Task<bool> AreLeft(Work work, string concerned, params (string, object?)[] values)
    {
        (string, object?)[] key = [("kind", Kind), ("pass", Id)];
        await work.Execute($"delete from pass_failures where merchant_id = @merchant and kind = @kind and pass_id = @pass and not exists ({concerned})", [.. key, .. values]);
        return await work.Scalar("select count(*) from pass_failures where merchant_id = @merchant and kind = @kind and pass_id = @pass", key) > 0;
    }
}
