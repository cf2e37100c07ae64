using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Files;

/// <param name="Before">A text of <see cref="FileKind.States"/>; null when it did not exist.</param>
public sealed record ThingBefore(string Key, string? Before);

/// <summary>
/// One kind of file (products, lanes, …): its columns, how a thousand rows are written at once, and how all of it is read out.
/// The room whose rows they are makes one and gives it to the house in ServerHost.
/// </summary>
public abstract class FileKind
{
    /// <summary>As in <c>/imports/NAME</c> and <c>/exports/NAME.csv</c>.</summary>
    public abstract string Name { get; }

    public abstract Permission Reads { get; }
    public abstract Permission Writes { get; }
    public abstract IReadOnlyList<FileColumn> Columns { get; }

    /// <summary>Rows of one transaction, and the most that are saved at once.</summary>
    public virtual int RowsAtOnce => ImportFile.RowsAtOnce;

    /// <summary>Does a file of it hold amounts of money?</summary>
    public virtual bool TellsPrices => false;

    /// <summary>Do its rows serve several merchants (nodes, zones, lanes)?</summary>
    public virtual bool IsShared => false;

    /// <summary>The name of a column that is not in the list but known by its form, such as <c>price_gbp</c>.</summary>
    public virtual string? Known(string header) => null;

    /// <summary>The mapping that is built in under this name: how the files of a system are read that calls its columns its own way. Null: there is none.</summary>
    public virtual FileMapping? NamedMapping(string name) => null;

    /// <summary>What tells rows apart. Two rows of one key are never saved together: the later is saved after the earlier.</summary>
    public abstract string Key(FileRow row);

    /// <summary>
    /// Writes the sound rows, sets the outcome of each and adds faults to those it refuses. May run again on the same rows after
    /// a rollback. An error means that nothing of these rows can be kept now.
    /// </summary>
    /// <remarks>Errors: those that a repeat may heal, such as catalog.taken_meanwhile.</remarks>
    public abstract Task<Kernel.Error?> Save(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<FileRow> rows);

    /// <summary>Can what its rows did be taken back? Then it answers <see cref="States"/> and <see cref="Restore"/>, or its rows say how (<see cref="FileRow.Undo"/>).</summary>
    public virtual bool CanUndo => false;

    /// <summary>Does it answer <see cref="States"/>?</summary>
    public virtual bool HasStates => CanUndo;

    /// <summary>What the things with these keys are now, each as a text that is the same as long as nothing of it changed; absent ones are missing.</summary>
    public virtual Task<Dictionary<string, string>> States(Work work, Actor actor, IReadOnlyList<string> keys) => Task.FromResult(new Dictionary<string, string>());

    /// <summary>Makes things what they were. What did not exist goes, or is put away when it is in use.</summary>
    /// <returns>For each thing null, or why it was left.</returns>
    public virtual Task<IReadOnlyList<Kernel.Error?>> Restore(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<ThingBefore> things) =>
        throw new NotSupportedException("What rows of this kind did cannot be taken back.");

    /// <summary>Takes back what rows did, by what they kept. The same key never stands twice among them.</summary>
    /// <returns>For each row null, or why it was left: <c>import.changed_since</c>, <c>import.in_use</c>.</returns>
    public virtual Task<IReadOnlyList<Kernel.Error?>> TakeBack(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<string> kept) => StateUndo.TakeBack(this, work, actor, now, kept);

    /// <summary>The header, then all rows in the order of their keys, read page by page.</summary>
    public abstract IAsyncEnumerable<string?[]> Export(Db db, Actor actor);
}
