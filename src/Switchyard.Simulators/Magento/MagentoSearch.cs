using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Switchyard.Simulators;

/// <summary>Search criteria: groups of filters (all groups, one filter of each), an order, and a page.</summary>
public sealed partial class MagentoSim
{
    private sealed record Criterion(string Field, string Condition, string Value);

    private static readonly string[] Conditions = ["eq", "neq", "gt", "gteq", "lt", "lteq", "in", "nin", "like", "nlike", "null", "notnull", "from", "to", "finset"];

    [GeneratedRegex(@"^searchCriteria\[(?:filterGroups|filter_groups)\]\[(?<group>\d+)\]\[filters\]\[(?<no>\d+)\]\[(?<part>field|value|conditionType|condition_type)\]$")]
    private static partial Regex FilterName();

    [GeneratedRegex(@"^searchCriteria\[(?:sortOrders|sort_orders)\]\[(?<no>\d+)\]\[(?<part>field|direction)\]$")]
    private static partial Regex SortName();

    private IResult Search(SimRequest r, IEnumerable<JsonObject> of)
    {
        var query = r.Http.Request.Query;
        if (!query.Keys.Any(k => k.StartsWith("searchCriteria", StringComparison.Ordinal)) && Path(r) is not ["orders", _, "comments"])
            return Problem(400, "\"%fieldName\" is required. Enter and try again.", new JsonObject { ["fieldName"] = "searchCriteria" });
        var groups = new SortedDictionary<int, SortedDictionary<int, Dictionary<string, string>>>();
        var sorts = new SortedDictionary<int, Dictionary<string, string>>();
        foreach (var (name, value) in query)
        {
            if (FilterName().Match(name) is { Success: true } filter)
            {
                int group = Number(filter.Groups["group"].Value), no = Number(filter.Groups["no"].Value);
                if (!groups.TryGetValue(group, out var filters)) groups[group] = filters = [];
                if (!filters.TryGetValue(no, out var parts)) filters[no] = parts = new Dictionary<string, string>(StringComparer.Ordinal);
                parts[filter.Groups["part"].Value.Replace("condition_type", "conditionType", StringComparison.Ordinal)] = value.ToString();
            }
            else if (SortName().Match(name) is { Success: true } sort)
            {
                if (!sorts.TryGetValue(Number(sort.Groups["no"].Value), out var parts)) sorts[Number(sort.Groups["no"].Value)] = parts = new Dictionary<string,
                    string>(StringComparer.Ordinal);
                parts[sort.Groups["part"].Value] = value.ToString();
            }
        }
        var rows = of.ToList();
        foreach (var group in groups.Values)
        {
            var any = group.Values.Select(p => new Criterion(p.GetValueOrDefault("field", ""), p.GetValueOrDefault("conditionType", "eq"), p.GetValueOrDefault("value",
                ""))).ToList();
            if (any.FirstOrDefault(c => !Conditions.Contains(c.Condition)) is not null) return Problem(400, "Invalid condition type.");
            // A column that there is not is an error of the database.
            if (rows.Count > 0 && any.Any(c => rows.All(row => Column(row, c.Field) is null && !row.ContainsKey(c.Field)))) return Broken(r);
            rows = rows.Where(row => any.Any(c => Fits(row, c))).ToList();
        }
        foreach (var sort in sorts.Values.Reverse())
        {
            string field = sort.GetValueOrDefault("field", "");
            bool isDown = !sort.GetValueOrDefault("direction", "DESC").Equals("ASC", StringComparison.OrdinalIgnoreCase);
            var order = Comparer<JsonObject>.Create((a, b) => Compare(Column(a, field), Column(b, field)?.ToString() ?? ""));
            rows = isDown ? [.. rows.OrderDescending(order)] : [.. rows.Order(order)];
        }
        int size = Whole(query, "pageSize", "page_size") ?? 0, page = Math.Max(1, Whole(query, "currentPage", "current_page") ?? 1);
        if (LargestPage is { } most && size > most) return Problem(400, "Maximum SearchCriteria pageSize is %max", new JsonObject { ["max"] = most });
        int total = rows.Count;
        if (size > 0)
        {
            // Behind the last page comes the last page again: only the total tells that there is no more.
            page = Math.Min(page, Math.Max(1, (total + size - 1) / size));
            rows = [.. rows.Skip((page - 1) * size).Take(size)];
        }
        return PlainJson.Answer(new { items = rows, search_criteria = Echo(groups.Values, size, page), total_count = total });
    }

    private static JsonObject Echo(IEnumerable<SortedDictionary<int, Dictionary<string, string>>> groups, int size, int page)
    {
        var told = new JsonObject
        {
            ["filter_groups"] = new JsonArray([.. groups.Select(g => (JsonNode)new JsonObject
            {
                ["filters"] = new JsonArray([.. g.Values.Select(f => (JsonNode)new JsonObject
                {
                    ["field"] = f.GetValueOrDefault("field", ""), ["value"] = f.GetValueOrDefault("value", ""), ["condition_type"] = f.GetValueOrDefault("conditionType", "eq"),
                })]),
            })]),
        };
        if (size > 0) (told["page_size"], told["current_page"]) = (size, page);
        return told;
    }

    /// <summary>The key of a product is told as its id, and called entity_id in filters as that of all others.</summary>
    private static JsonNode? Column(JsonObject row, string field) => row[field] ?? (field == "entity_id" ? row["id"] : null);

    private static bool Fits(JsonObject row, Criterion c)
    {
        var value = Column(row, c.Field);
        string text = value?.ToString() ?? "";
        return c.Condition switch
        {
            "null" => value is null,
            "notnull" => value is not null,
            "in" or "finset" => c.Value.Split(',').Contains(text),
            "nin" => !c.Value.Split(',').Contains(text),
            "like" => Like(text, c.Value),
            "nlike" => !Like(text, c.Value),
            "neq" => Compare(value, c.Value) != 0,
            "gt" => Compare(value, c.Value) > 0,
            "gteq" or "from" => Compare(value, c.Value) >= 0,
            "lt" => Compare(value, c.Value) < 0,
            "lteq" or "to" => Compare(value, c.Value) <= 0,
            _ => Compare(value, c.Value) == 0,
        };
    }

    private static bool Like(string text, string pattern) =>
        Regex.IsMatch(text, "^" + Regex.Escape(pattern).Replace("%", ".*", StringComparison.Ordinal).Replace("_", ".", StringComparison.Ordinal) + "$",
            RegexOptions.IgnoreCase | RegexOptions.Singleline, TimeSpan.FromSeconds(1));

    /// <summary>As a database does it: numbers as numbers, all else as text without regard to case. A day is its first second.</summary>
    private static int Compare(JsonNode? left, string right)
    {
        string text = left?.ToString() ?? "";
        if (left is JsonValue value && value.GetValueKind() == JsonValueKind.Number && decimal.TryParse(right, NumberStyles.Number, CultureInfo.InvariantCulture,
            out decimal number))
            return decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).CompareTo(number);
        if (text.Length == 19 && text[10] == ' ' && right.Length == 10) right += " 00:00:00";
        return string.Compare(text, right, StringComparison.OrdinalIgnoreCase);
    }

    private static int? Whole(IQueryCollection query, string name, string other)
    {
        string? text = query.TryGetValue($"searchCriteria[{name}]", out var one) ? one.ToString() : query.TryGetValue($"searchCriteria[{other}]", out var two) ? two.ToString()
            : null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }

    private static int Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : int.MaxValue;
}
