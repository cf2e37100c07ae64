using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Search;

/// <summary>Reads the keys of a page, and counts. Rows are found by the one condition that an index finds best, newest first.</summary>
public static class SearchList
{
    public const long MostCounted = 10_000;

    /// <summary>The keys of a page.</summary>
    /// <param name="more">A further condition on the rows, such as the caller's nodes; its arguments are given with it.</param>
    public static async Task<(List<ListKey> Keys, string? Next, string? Previous, ListCount? Count)> Keys(Work work, ListSpec spec, ListOrder order, string more = "",
        params (string, object?)[] arguments)
    {
        bool isBackwards = order.Before is not null, isDescending = order.IsDescending != isBackwards;
        var sql = new SqlText();
        string text = Statement(spec, order.Query, order.Sort, isDescending, order.Before ?? order.After, more, sql, $"limit {order.Limit + 1}");
        var keys = await work.Query(text, row => Read(spec, order.Sort, row), [.. sql.Arguments, .. arguments]);
        bool hasMore = keys.Count > order.Limit;
        if (hasMore) keys.RemoveAt(order.Limit);
        if (isBackwards) keys.Reverse();
        var count = order.WithCount ? await Count(work, spec, order.Query, more, arguments) : null;
        if (keys.Count == 0) return (keys, null, null, count);
        string? next = isBackwards || hasMore ? order.CursorOf(keys[^1]) : null;
        string? previous = isBackwards ? hasMore ? order.CursorOf(keys[0]) : null : order.After is not null ? order.CursorOf(keys[0]) : null;
        return (keys, next, previous, count);
    }

    /// <summary>The ids of all that match, at most so many and one more.</summary>
    public static Task<List<ListKey>> All(Work work, ListSpec spec, BoundQuery? query, int most, string more = "", params (string, object?)[] arguments)
    {
        var sql = new SqlText();
        var sort = spec.Sorts[0];
        string text = Statement(spec, query, sort, spec.IsDescending, null, more, sql, $"limit {most + 1}");
        return work.Query(text, row => Read(spec, sort, row), [.. sql.Arguments, .. arguments]);
    }

    /// <summary>How many there are, exact to 10,000.</summary>
    public static async Task<ListCount> Count(Work work, ListSpec spec, BoundQuery? query, string more = "", params (string, object?)[] arguments)
    {
        var sql = new SqlText();
        string inner = Members(spec, query, more, sql) is { } members ? $"from ({members}) d" : Matching(spec, query, null, more, sql, out _);
        // All rows, counted along the list's own index, which is narrow. Without a word about order the wide rows themselves are read.
        if (query is null && more.Length == 0 && !spec.From.Contains(" join ", StringComparison.Ordinal)) inner += $" order by {spec.Sorts[0].Column}";
        long found = await work.Scalar($"select count(*) from (select 1 {inner} limit {MostCounted + 1}) c", [.. sql.Arguments, .. arguments]);
        return found > MostCounted ? new ListCount(MostCounted, false) : new ListCount(found, true);
    }

    /// <summary>The whole statement of a page; tests ask the databases how they would run it.</summary>
    internal static string Statement(ListSpec spec, BoundQuery? query, ListSort sort, bool isDescending, ListKey? start, string more, SqlText sql, string limit)
    {
        string rest = Matching(spec, query, sort, more, sql, out var driven);
        string value = driven is null ? sort.Column : "d.at", id = driven == Driven.Alone ? "d.id" : driven == Driven.Joined ? "d.id" : spec.Id;
        string direction = isDescending ? " desc" : "", sign = isDescending ? "<" : ">";
        if (start is { } from)
        {
            string at = sql.Arg(from.Value);
            rest += $" and {value} {sign}= {at} and ({value} {sign} {at} or {id} {sign} {sql.Arg(from.Id)})";
        }
        return $"select {id}, {value} {rest} order by {value}{direction}, {id}{direction} {limit}";
    }

    private enum Driven { Alone, Joined }

    /// <summary>From <c>from</c> to the end of the conditions.</summary>
    private static string Matching(ListSpec spec, BoundQuery? query, ListSort? sort, string more, SqlText sql, out Driven? driven)
    {
        driven = null;
        more = spec.Always + more;
        List<BoundQuery> conditions = query switch { null => [], BoundQuery.And all => [.. all.Items], _ => [query] };
        var best = sort is null || sort.Name == spec.DriveSort ? conditions.Select(c => (Condition: c, Field: DriveOf(spec, c), Rank: DriveOf(spec, c)?.Rank(c)))
            .Where(d => d.Rank is not null).OrderBy(d => d.Rank).FirstOrDefault() : default;
        if (best.Field is null)
        {
            string where = string.Concat(conditions.Select(c => " and " + Where(spec, c, sql)));
            return $"from {spec.From} where {spec.Merchant} = @merchant{(sort?.Where is { } partial ? " and " + partial : "")}{where}{more}";
        }
        string drive = best.Field.Drive!(best.Condition, sql);
        if (best.Field.IsWhole(best.Condition)) conditions.Remove(best.Condition);
        driven = conditions.Count == 0 && more.Length == 0 ? Driven.Alone : Driven.Joined;
        return driven == Driven.Alone ? $"from ({drive}) d where 1 = 1"
            : $"from ({drive}) d join {spec.From} on {spec.Id} = d.id where {spec.Merchant} = @merchant{string.Concat(conditions.Select(c => " and " + Where(spec, c, sql)))}{more}";
    }

    /// <summary>Where one condition alone can be counted without the rows of the list; null when there is more to ask.</summary>
    private static string? Members(ListSpec spec, BoundQuery? query, string more, SqlText sql)
    {
        if (query is not BoundQuery.Among among || (spec.Always + more).Length > 0) return null;
        var field = spec.Sql[among.Field.Name];
        if (field.Members?.Invoke(among, sql) is { } members) return members;
        return field.Drive is { } drive && field.Rank(among) is not null && field.IsWhole(among) ? drive(among, sql) : null;
    }

    private static SqlField? DriveOf(ListSpec spec, BoundQuery condition) =>
        condition is BoundQuery.Among among && spec.Sql[among.Field.Name] is { Drive: not null } field ? field : null;

    /// <summary>A condition on the rows of the list.</summary>
    internal static string Where(ListSpec spec, BoundQuery query, SqlText sql) => query switch
    {
        BoundQuery.And all => SqlText.Join("and", all.Items.Select(i => Where(spec, i, sql)).ToList()),
        BoundQuery.Or any => SqlText.Join("or", any.Items.Select(i => Where(spec, i, sql)).ToList()),
        BoundQuery.Not not => $"not coalesce({Where(spec, not.Item, sql)}, false)",
        BoundQuery.Among among => spec.Sql[among.Field.Name].Where(among, sql),
        BoundQuery.Within within => spec.Sql[within.Field.Name].Where(within, sql),
        BoundQuery.Is yes => spec.Sql[yes.Field.Name].Where(yes, sql),
        _ => throw new InvalidOperationException("no such query"),
    };

    private static ListKey Read(ListSpec spec, ListSort sort, Row row)
    {
        object id = spec.IsUuid ? row.Uuid() : row.Long();
        return new ListKey(sort.IsText ? row.Text() : row.Long(), id);
    }
}
