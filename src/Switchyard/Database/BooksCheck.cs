using Switchyard.Access;

namespace Switchyard.Database;

/// <summary>What a check counted and every fault it found, each a sentence that names the thing at fault.</summary>
public sealed record CheckResult(long Counted, IReadOnlyList<string> Faults);

/// <summary>
/// One thing that must be true of the books, asked by <c>switchyard verify</c>. A room registers its checks with
/// <c>services.AddSingleton(new BooksCheck("stock.buckets", db => …))</c>.
/// </summary>
/// <param name="Name">Room and subject, for instance <c>stock.ledger</c>; it is what people search for.</param>
/// <param name="Run">Reads in slices with a limit, over the whole house; lists at most <see cref="MostFaults"/> faults.</param>
public sealed record BooksCheck(string Name, Func<Db, Task<CheckResult>> Run)
{
    public const int MostFaults = 100;
}

/// <summary>A number that is not what it should be: where, what is kept and what the recount says.</summary>
public sealed record Difference(string Where, string Kept, string Recounted);

/// <summary>
/// Recomputes something from its source, asked by <c>switchyard repair</c>. It only shows the differences unless
/// <c>apply</c> is true; then it mends them and appends an audit event for each, in one transaction a merchant.
/// </summary>
/// <param name="Name">Room and subject, for instance <c>stock.allocated</c>.</param>
/// <param name="Run">The actor tells who asked; its merchant is the first of the house, so repairs of all merchants make their own.</param>
public sealed record BooksRepair(string Name, Func<Db, Actor, bool, Task<IReadOnlyList<Difference>>> Run);
