using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Files;

/// <summary>A column of an export and what stands in it: a text, a number, an amount in major units, an instant, yes or no, or nothing.</summary>
public sealed record ExportColumn<T>(string Name, Func<T, object?> Of);

/// <summary>A few rows, each with a value a column, and where to go on; null at the end.</summary>
public sealed record ExportRows(IReadOnlyList<object?[]> Rows, string? Next);

/// <summary>What is to be exported; its query reads.</summary>
/// <param name="Query">Null: everything.</param>
/// <param name="Ids">These only, instead of a query; not every source takes them.</param>
public sealed record ExportWish(BoundQuery? Query, IReadOnlyList<string>? Ids);

/// <summary>Something whose rows can be exported. A room makes one and registers its job with <c>services.AddExport(source)</c>.</summary>
public abstract class ExportSource
{
    /// <summary>As in <c>POST /exports</c>.</summary>
    public abstract string Name { get; }
    public abstract Permission Reads { get; }
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>What its query may ask for.</summary>
    public abstract FieldCatalogue Fields { get; }

    /// <summary>What this caller's query may ask for: whoever sees no prices does not find by them either.</summary>
    public FieldCatalogue FieldsFor(Actor actor) => actor.May(Permission.PricesRead) ? Fields : Fields.Without(FieldType.Money);

    /// <summary>The next rows after a place that an earlier answer gave.</summary>
    public abstract Task<ExportRows> Read(Db db, Actor actor, ExportWish wish, string? after, DateTimeOffset now);
}

/// <summary>An export of a searched list: what the list would show, page by page in its own order.</summary>
/// <param name="columns">In the order in which they stand in the file.</param>
/// <param name="read">The rows that belong to keys of the list, in their order; a thing of the list may have several or none.</param>
public sealed class ListExport<T>(string name, ListSpec spec, IReadOnlyList<ExportColumn<T>> columns, Func<Actor, string> scope,
    Func<Work, Actor, IReadOnlyList<ListKey>, DateTimeOffset, Task<IReadOnlyList<T>>> read, Func<string, object?>? idOf = null) : ExportSource
{
    private const int AtOnce = 250;

    public override string Name => name;
    public override Permission Reads => spec.Permission;
    public override IReadOnlyList<string> Columns { get; } = [.. columns.Select(c => c.Name)];
    public override FieldCatalogue Fields => spec.Fields;

    public override async Task<ExportRows> Read(Db db, Actor actor, ExportWish wish, string? after, DateTimeOffset now)
    {
        if (wish.Ids is { } ids) return await OfIds(db, actor, ids, after, now);
        var order = ListOrder.Read(spec, ListAsk.Of(null, AtOnce, after), now);
        if (order.Error is { } error) throw new InvalidOperationException(error.Detail);      // our own cursor
        return await db.Read(actor, async work =>
        {
            var (keys, next, _, _) = await SearchList.Keys(work, spec, order.Value with { Query = wish.Query }, scope(actor), ("nodes", actor.NodeFilter ?? []));
            return new ExportRows(Cells(await read(work, actor, keys, now)), next);
        }, snapshot: true);
    }

    private async Task<ExportRows> OfIds(Db db, Actor actor, IReadOnlyList<string> ids, string? after, DateTimeOffset now)
    {
        int from = after is null ? 0 : int.Parse(after, System.Globalization.CultureInfo.InvariantCulture);
        var keys = ids.Skip(from).Take(AtOnce).Select(id => idOf!(id)).OfType<object>().Select(id => new ListKey(0L, id)).ToList();
        var rows = await db.Read(actor, work => read(work, actor, keys, now), snapshot: true);
        return new ExportRows(Cells(rows), from + AtOnce < ids.Count ? Text.Invariant(from + AtOnce) : null);
    }

    private List<object?[]> Cells(IReadOnlyList<T> rows) => [.. rows.Select(r => columns.Select(c => c.Of(r)).ToArray())];
}
