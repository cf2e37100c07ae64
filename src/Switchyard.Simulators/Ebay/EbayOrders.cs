using System.Globalization;
using System.Text.RegularExpressions;

namespace Switchyard.Simulators;

/// <summary>Reading orders: by filter and offset, or by id.</summary>
public sealed partial class EbaySim
{
    private const string OrderPath = "/sell/fulfillment/v1/order";

    /// <summary>Addresses of mail are told for this long after the sale.</summary>
    private static readonly TimeSpan MailIsTold = TimeSpan.FromDays(14);

    private sealed record Filter(string? ByWhat, DateTimeOffset From, DateTimeOffset Until, string[] Statuses);

    [GeneratedRegex(@"^(?<name>[a-z]+):(?<value>\[[^\]]*\]|\{[^}]*\})(,|$)")]
    private static partial Regex Criterion();

    private IResult GetOrder(SimRequest r, string id)
    {
        if (WrongFields(r) is { } wrong) return wrong;
        return Shop.Order(id) is { } order ? PlainJson.Answer(View(order, HasTaxes(r))) : FulfilmentError(404, 32100, $"Invalid order ID: {id}");
    }

    private IResult GetOrders(SimRequest r)
    {
        if (WrongFields(r) is { } wrong) return wrong;
        if (r.Query("orderIds") is { Length: > 0 } ids)
        {
            string[] wanted = ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (wanted.Length > 50) return FulfilmentError(400, 30900, "Exceeded maximum number of order IDs (the current limit is 50)");
            var named = wanted.Select(Shop.Order).OfType<SimOrder>().ToList();
            return PlainJson.Answer(new
            {
                href = $"{Url}{OrderPath}?orderIds={ids}", total = named.Count, limit = 50, offset = 0, orders = named.Select(o => View(o,
                HasTaxes(r))).ToList()
            });
        }
        if (Page(r, 50, 200) is not { } page)
            return int.TryParse(r.Query("offset") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out _) ? FulfilmentError(400, 31100,
                $"Invalid limit: {r.Query("limit")}") : FulfilmentError(400, 31000, $"Invalid offset: {r.Query("offset")}");
        if (ReadFilter(r.Query("filter"), out var filter) is { } refusal) return refusal;
        // By the time that is filtered by, oldest first; which order eBay keeps is not published. An order that changes between two
        // pages moves to the end, and the others move up: whoever pages by offset has to expect that.
        DateTimeOffset Of(SimOrder o) => filter!.ByWhat == "lastmodifieddate" ? o.UpdatedAt : o.PlacedAt;
        var found = Shop.Orders.Where(o => Millisecond(Of(o)) >= filter!.From && Millisecond(Of(o)) <= filter.Until && (filter.Statuses.Length == 0
            || filter.Statuses.Contains(StatusOf(o))))
            .OrderBy(Of).ThenBy(o => o.Id).ToList();
        string? also = r.Query("filter") is { } text ? "filter=" + Uri.EscapeDataString(text) : null;
        return PlainJson.Answer(new
        {
            href = Href(OrderPath, page.Limit, page.Offset, also), total = found.Count,
            next = page.Offset + page.Limit < found.Count ? Href(OrderPath, page.Limit, page.Offset + page.Limit, also) : null,
            prev = page.Offset > 0 ? Href(OrderPath, page.Limit, Math.Max(0, page.Offset - page.Limit), also) : null,
            limit = page.Limit, offset = page.Offset, orders = found.Skip(page.Offset).Take(page.Limit).Select(o => View(o, HasTaxes(r))).ToList(),
        });
    }

    /// <summary>Reads a filter as published; the refusal when it is no good.</summary>
    private IResult? ReadFilter(string? text, out Filter? filter)
    {
        var now = Clock.GetUtcNow();
        filter = new Filter("creationdate", now.AddDays(-90), now, []);
        if (string.IsNullOrEmpty(text)) return null;
        string[] statuses = [];
        var times = new Dictionary<string, (DateTimeOffset From, DateTimeOffset Until)>(StringComparer.Ordinal);
        for (string rest = text; rest.Length > 0;)
        {
            var part = Criterion().Match(rest);
            if (!part.Success) return FulfilmentError(400, 30800, $"Invalid filter value {rest}");
            rest = rest[part.Length..];
            var (name, value) = (part.Groups["name"].Value, part.Groups["value"].Value[1..^1]);
            switch (name)
            {
                case "creationdate" or "lastmodifieddate":
                    string[] ends = value.Split("..");
                    if (ends[0].Length == 0) return FulfilmentError(400, 30820, "Start date is missing");
                    var until = now;
                    if (ends.Length != 2 || !TryTime(ends[0], out var from) || (ends[1].Length > 0 && !TryTime(ends[1], out until))) return FulfilmentError(400, 30810,
                        "Invalid date format");
                    if (from > now || until > now) return FulfilmentError(400, 30850, "Start and end dates can't be in the future");
                    if (from > until) return FulfilmentError(400, 30840, "Start date should be before end date");
                    if (until - from > TimeSpan.FromDays(731)) return FulfilmentError(400, 30830, "Time range between start date and end date must be within '2' years.");
                    times[name] = (from, until);
                    break;
                case "orderfulfillmentstatus":
                    statuses = value.Split('|');
                    if (!statuses.Order(StringComparer.Ordinal).SequenceEqual(["IN_PROGRESS", "NOT_STARTED"])
                        && !statuses.Order(StringComparer.Ordinal).SequenceEqual(["FULFILLED", "IN_PROGRESS"]))
                        return FulfilmentError(400, 30800, $"Invalid filter value {value} for filter {name}");
                    break;
                default:
                    return FulfilmentError(400, 30700, $"Invalid filter name: {name}");
            }
        }
        // With both, only the creation date counts.
        string? by = times.ContainsKey("creationdate") ? "creationdate" : times.ContainsKey("lastmodifieddate") ? "lastmodifieddate" : null;
        filter = by is null ? filter with { Statuses = statuses } : new Filter(by, times[by].From, times[by].Until, statuses);
        return null;
    }

    private static DateTimeOffset Millisecond(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private static bool HasTaxes(SimRequest r) => r.Query("fieldGroups") == "TAX_BREAKDOWN";

    private static IResult? WrongFields(SimRequest r) => r.Query("fieldGroups") is null or "TAX_BREAKDOWN" ? null : FulfilmentError(400, 32800,
        $"Invalid field group: {r.Query("fieldGroups")}");

    private static string StatusOf(SimOrder order) => order.IsShipped ? "FULFILLED" : order.IsPartlyShipped ? "IN_PROGRESS" : "NOT_STARTED";

    private string PaymentOf(SimOrder order) =>
        !order.IsPaid ? "PENDING" : SettledMinor(order) == 0 ? "PAID" : SettledMinor(order) >= order.Payments.Sum(p => p.AmountMinor) ? "FULLY_REFUNDED" : "PARTIALLY_REFUNDED";

    private long SettledMinor(SimOrder order) => order.Refunds.Where(IsSettled).Sum(f => f.AmountMinor);
}
