using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Fulfilment;

/// <summary>Each check of the books of work is seen finding a fault that was planted.</summary>
public sealed class FulfilmentBooksTests
{
    [Theory]
    [BothDatabases("fulfilment.buckets", "update fulfilment_lines set open = open - 1, cancelled = cancelled + 1")]
    [BothDatabases("fulfilment.claims", "update allocations set in_work = in_work - 1")]
    [BothDatabases("fulfilment.lines", "update fulfilment_lines set open = open - 1, shipped = shipped + 1")]
    [BothDatabases("fulfilment.states", "update fulfilment_orders set state = 'cancelled'")]
    [Capability("P9")]
    public async Task A_planted_fault_is_found_by_name(DatabaseKind kind, string check, string fault)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        await shop.Released(("A", 3));
        await shop.BooksAreRight();
        await shop.Db.WriteAll(work => work.Execute(fault + " /* house */"));
        var found = ((IEnumerable<BooksCheck>)shop.Services.GetService(typeof(IEnumerable<BooksCheck>))!).Single(c => c.Name == check);
        (await found.Run(shop.Db)).Faults.ShouldHaveSingleItem().ShouldContain("1001");
    }
}
