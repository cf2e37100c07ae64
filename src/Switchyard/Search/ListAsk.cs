using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Kernel;

namespace Switchyard.Search;

/// <summary>The query parameters every searched list understands.</summary>
public sealed record ListAsk
{
    /// <summary>See docs/api/search.md.</summary>
    [FromQuery(Name = "query")] public string? Query { get; init; }

    /// <summary>A name of a sort; with - in front the greatest first.</summary>
    [FromQuery(Name = "sort")] public string? Sort { get; init; }

    [FromQuery(Name = "limit")] public int? Limit { get; init; }

    /// <summary>The cursor <c>next</c> of an earlier answer.</summary>
    [FromQuery(Name = "after")] public string? After { get; init; }

    /// <summary>The cursor <c>previous</c> of an earlier answer.</summary>
    [FromQuery(Name = "before")] public string? Before { get; init; }

    /// <summary>Also say how many there are; beyond 10,000 it says 10,000 and that it is not exact.</summary>
    [FromQuery(Name = "count")] public bool? Count { get; init; }

    /// <summary>Only these members of each thing, parted by commas.</summary>
    [FromQuery(Name = "fields")] public string? Fields { get; init; }

    /// <summary>What else to show of each, parted by commas.</summary>
    [FromQuery(Name = "expand")] public string? Expand { get; init; }

    public static ListAsk Of(string? query, int? limit = null, string? after = null) => new() { Query = query, Limit = limit, After = after };
}

/// <summary>The place of a row in a list.</summary>
/// <param name="Value">Of the sort's column: a long or a text.</param>
/// <param name="Id">A Guid or a long.</param>
public readonly record struct ListKey(object Value, object Id);

/// <summary>A request for a page that is sound: what it asks for is known.</summary>
public sealed record ListOrder(BoundQuery? Query, ListSort Sort, bool IsDescending, int Limit, ListKey? After, ListKey? Before, bool WithCount)
{
    /// <remarks>Errors: request.invalid with pointers #query (and the column), #sort, #limit, #after, #before.</remarks>
    public static Result<ListOrder> Read(ListSpec spec, ListAsk ask, DateTimeOffset now)
    {
        var checks = new Checks();
        int most = ask.Limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        bool isDescending = ask.Sort is null ? spec.IsDescending : ask.Sort.StartsWith('-');
        var sort = ask.Sort is null ? spec.Sorts[0] : spec.Sort(ask.Sort.TrimStart('-'));
        checks.That(sort is not null, "#sort", "field.unknown_value", $"sort must be one of {string.Join(", ", spec.Sorts.Select(s => s.Name))}; with - in front the greatest first.");
        checks.That(ask.After is null || ask.Before is null, "#before", "field.malformed", "Give after or before, not both.");
        string name = (isDescending ? "-" : "") + sort?.Name;
        var after = Key(spec, sort, name, ask.After, "#after", checks);
        var before = Key(spec, sort, name, ask.Before, "#before", checks);
        if (checks.AnyFault) return checks.ToError();
        var query = QueryBinder.Read(ask.Query, spec.Fields, now);
        return query.Error is { } error ? error : new ListOrder(query.Value, sort!, isDescending, most, after, before, ask.Count ?? false);
    }

    public string CursorOf(ListKey key) => Cursor.Encode($"{(IsDescending ? "-" : "")}{Sort.Name}|{(key.Id is Guid id ? id.ToString("N") : key.Id)}|{key.Value}");

    private static ListKey? Key(ListSpec spec, ListSort? sort, string name, string? cursor, string pointer, Checks checks)
    {
        if (string.IsNullOrEmpty(cursor) || sort is null) return null;
        if (Cursor.TryDecode(cursor, out string text) && text.Split('|', 3) is [var by, var id, var value] && by == name && Text.IsStorable(value)
            && Id(spec, id) is { } known && Value(sort, value) is { } place) return new ListKey(place, known);
        checks.Fault(pointer, "field.malformed", $"{pointer[1..]} must be a cursor from an earlier answer with the same sort.");
        return null;
    }

    private static object? Id(ListSpec spec, string text) => spec.IsUuid ? Guid.TryParseExact(text, "N", out var id) ? id : null : Number(text);
    private static object? Value(ListSort sort, string text) => sort.IsText ? text : Number(text);
    private static object? Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
}

/// <summary>How many there are: exact up to 10,000.</summary>
public sealed record ListCount(long Count, bool IsExact);

/// <summary>A page of a searched list.</summary>
/// <param name="Next">The cursor of the page after it; null when there is none.</param>
/// <param name="Previous">The cursor of the page before it.</param>
/// <param name="Count">Only on request.</param>
/// <param name="Behind">Present when the words of the newest changes are not all found yet: the seconds by which finding is behind.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Data, string? Next, bool HasMore, string? Previous, ListCount? Count, long? Behind);
