using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Reporting;

/// <summary>
/// Sums what each channel sold, a day (UTC, of placing) and a currency at a time, from the orders placed, changed, cancelled and expired on the log. Orders
/// brought in as history count on the day they were placed elsewhere: those sales were made, and without them each chart would begin with the day of the move.
/// In the merchant's own currency each order counts at the rate of the time it was placed, rounded by itself, so that what comes off later comes off to the penny.
/// </summary>
public static class SumChannelSales
{
    /// <summary>The part of their payloads that is summed. An order cancelled, or expired unpaid, comes off the day it was placed.</summary>
    /// <param name="IsCancelled">Of history: it had been cancelled elsewhere, and was no sale.</param>
    /// <param name="ChannelTaxMinor">Tax of it that the channel owes.</param>
    public sealed record Sale(long ChannelId, string Currency, long TotalMinor, long Units, long PlacedAtMs, long ChangeMinor = 0, bool? IsCancelled = null, long? ChannelTaxMinor = null, long? ChannelTaxChangeMinor = null);

    public static readonly EventConsumer Consumer = new("channel_sales", Handle) { Kinds = ["OrderPlaced", "OrderImported", "OrderTotalChanged", "OrderCancelled", "OrderExpired"] };

    internal static async Task Handle(Work work, IReadOnlyList<LoggedEvent> events)
    {
        var rates = await Rates(work, events);
        await work.Execute(
            """
            insert into channel_sales (merchant_id, channel_id, day, currency, orders, units, total_minor, base_minor, without_rate, channel_tax_minor)
            select merchant_id, channel, day, currency, orders, units, total, base, without_rate, tax from @rows r where true
            on conflict (merchant_id, channel_id, day, currency) do update set
                orders = channel_sales.orders + excluded.orders, units = channel_sales.units + excluded.units,
                total_minor = channel_sales.total_minor + excluded.total_minor, base_minor = channel_sales.base_minor + excluded.base_minor,
                without_rate = channel_sales.without_rate + excluded.without_rate, channel_tax_minor = channel_sales.channel_tax_minor + excluded.channel_tax_minor
            """,
            Rows.Of(Sums(events, rates)).Long("merchant_id", s => s.Merchant).Long("channel", s => s.Channel).Text("day", s => s.Day).Text("currency", s => s.Currency)
                .Long("orders", s => s.Orders).Long("units", s => s.Units).Long("total", s => s.Total).Long("base", s => s.Base).Long("without_rate", s => s.WithoutRate).Long("tax", s => s.Tax));
    }

    /// <summary>The rate of an order at the time it was placed, which nothing changes: read again, the log gives the same sums.</summary>
    private sealed record Rate(long E9, Currency Base);

    private static async Task<Dictionary<Guid, Rate>> Rates(Work work, IReadOnlyList<LoggedEvent> events)
    {
        var orders = events.Select(e => (e.Merchant, Id: OrderOf(e))).Where(o => o.Id is not null).Distinct().ToList();
        if (orders.Count == 0) return [];
        var found = await work.Query(
            """
            select o.id, case when o.currency = m.base_currency then 1000000000 when o.base_currency = m.base_currency then o.rate_e9 end, m.base_currency
              from @rows r join orders o on o.id = r.id and o.merchant_id = r.merchant_id join merchants m on m.id = o.merchant_id /* house */
            """, Rows.Of(orders).Uuid("id", o => o.Id!.Value).Long("merchant_id", o => o.Merchant), row => (Id: row.Uuid(), E9: row.LongOrNull(), Base: row.Text()));
        return found.Where(f => f.E9 is not null).ToDictionary(f => f.Id, f => new Rate(f.E9!.Value, Currency.Parse(f.Base)));
    }

    private static Guid? OrderOf(LoggedEvent entry) => OrderId.TryParse(entry.AggregateId, null, out var id) ? id.Value : null;

    private sealed record Sum(long Merchant, long Channel, string Day, string Currency, long Orders, long Units, long Total, long Base, long WithoutRate, long Tax);

    // Sorted, so that two writers of these rows would take them in one order.
    private static List<Sum> Sums(IReadOnlyList<LoggedEvent> events, Dictionary<Guid, Rate> rates) =>
    [
        .. events.Select(e => Counted(e, OrderOf(e) is { } id ? rates.GetValueOrDefault(id) : null))
            .GroupBy(e => (e.Merchant, e.Sale.ChannelId, Day: DayOf(e.Sale.PlacedAtMs), e.Sale.Currency))
            .OrderBy(g => g.Key)
            .Select(g => new Sum(g.Key.Merchant, g.Key.ChannelId, g.Key.Day, g.Key.Currency,
                g.Sum(e => e.Sign), g.Sum(e => Signed(e.Sign, e.Sale.Units, e.Sale.Units)), g.Sum(e => Signed(e.Sign, e.Sale.TotalMinor, e.Sale.ChangeMinor)),
                g.Sum(e => InBase(e)), g.Sum(e => e.Rate is null ? e.Sign : 0), g.Sum(e => Signed(e.Sign, e.Sale.ChannelTaxMinor ?? 0, e.Sale.ChannelTaxChangeMinor ?? 0)))),
    ];

    private sealed record Entry(long Merchant, int Sign, Sale Sale, Rate? Rate);

    // A change counts by its difference; an end takes off what is left.
    private static Entry Counted(LoggedEvent e, Rate? rate)
    {
        var sale = e.Read<Sale>();
        if (sale.IsCancelled == true) return new Entry(e.Merchant, 0, sale with { ChangeMinor = 0, ChannelTaxChangeMinor = 0 }, rate);
        return e.Kind == "OrderTotalChanged" ? new Entry(e.Merchant, 0, sale, rate)
            : new Entry(e.Merchant, e.Kind is "OrderPlaced" or "OrderImported" ? 1 : -1, sale with { ChangeMinor = 0 }, rate);
    }

    // A change is the difference of two rounded totals, not a rounded difference: whatever happens to an order, its end leaves nothing behind.
    private static long InBase(Entry e)
    {
        if (e.Rate is not { } rate) return 0;
        long whole = Converted(e.Sale.TotalMinor, e.Sale.Currency, rate);
        return e.Sign == 0 ? whole - Converted(e.Sale.TotalMinor - e.Sale.ChangeMinor, e.Sale.Currency, rate) : e.Sign * whole;
    }

    private static long Converted(long minor, string currency, Rate rate)
    {
        Int128 divisor = (Int128)1_000_000_000 * Currency.Parse(currency).MinorPerMajor;
        return (long)Int128.Clamp(((Int128)minor * rate.E9 * rate.Base.MinorPerMajor + divisor / 2) / divisor, -MostBase, MostBase);
    }

    // Sums of a day stay far from overflow, however strange a rate is.
    private const long MostBase = 1_000_000_000_000_000;

    private static long Signed(int sign, long amount, long change) => sign == 0 ? change : sign * amount;

    private static string DayOf(long atMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(atMs).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
