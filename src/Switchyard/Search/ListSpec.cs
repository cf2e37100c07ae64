using Switchyard.Access;

namespace Switchyard.Search;

/// <summary>A way to sort a list; its column has an index.</summary>
/// <param name="Column">With the list's alias, such as <c>o.placed_at_ms</c>. Rows without a value are left out of a list sorted by it.</param>
/// <param name="IsText">Text, or else a whole number.</param>
public sealed record ListSort(string Name, string Column, bool IsText = false)
{
    /// <summary>A condition that must stand in the text for a partial index to be used.</summary>
    public string? Where { get; init; }
}

/// <summary>
/// A list that can be searched: what a room declares and gives to the house with <c>services.AddSingleton(spec)</c>. Queries, sorts,
/// cursors, counts, saved views and the fields a screen offers come from it.
/// </summary>
/// <param name="Name">As in views and in <c>GET /search/fields?list=</c>.</param>
/// <param name="From">The table and its alias, such as <c>orders o</c>.</param>
/// <param name="Id">The column by which a row is known, with the alias.</param>
/// <param name="Merchant">The column that says whose it is.</param>
public sealed record ListSpec(string Name, Permission Permission, string From, string Id, string Merchant, FieldCatalogue Fields,
    IReadOnlyDictionary<string, SqlField> Sql, IReadOnlyList<ListSort> Sorts)
{
    /// <summary>Is the id a UUID, or else a whole number?</summary>
    public bool IsUuid { get; init; } = true;

    /// <summary>The first sort, and whether the list begins with the greatest.</summary>
    public bool IsDescending { get; init; } = true;

    /// <summary>A condition on every row, such as <c> and c.merged_into is null</c>: what does not fit it is never in the list.</summary>
    public string Always { get; init; } = "";

    /// <summary>The column of the sort by which drives are ordered (<see cref="SqlField.Drive"/>).</summary>
    public string DriveSort { get; init; } = Sorts[0].Name;

    /// <summary>The list as this caller may search it: whoever sees no prices does not find by them either.</summary>
    public ListSpec For(Actor actor) => actor.May(Permission.PricesRead) ? this : this with { Fields = Fields.Without(FieldType.Money) };

    public ListSort? Sort(string name) => Sorts.FirstOrDefault(s => s.Name == name);
}
