using Switchyard.Database;
using Switchyard.Log;

namespace Switchyard.Reporting;

/// <summary>
/// Sums what each channel sold, a day (UTC, of placing) and a currency at a time, from the orders placed, changed, cancelled and expired on the log. Orders
/// brought in as history count on the day they were placed elsewhere: those sales were made, and without them each chart would begin with the day of the move.
/// </summary>
public static class SumChannelSales
{
    /// <summary>The part of their payloads that is summed. An order cancelled, or expired unpaid, comes off the day it was placed.</summary>
    /// <param name="IsCancelled">Of history: it had been cancelled elsewhere, and was no sale.</param>
    public sealed record Sale(long ChannelId, string Currency, long TotalMinor, long Units, long PlacedAtMs, long ChangeMinor = 0, bool? IsCancelled = null);

    public static readonly EventConsumer Consumer = new("channel_sales", Handle) { Kinds = ["OrderPlaced", "OrderImported", "OrderTotalChanged", "OrderCancelled", "OrderExpired"] };

    internal static Task Handle(Work work, IReadOnlyList<LoggedEvent> events) => work.Execute(
        """
        insert into channel_sales (merchant_id, channel_id, day, currency, orders, units, total_minor)
        select merchant_id, channel, day, currency, orders, units, total from @rows r where true
        on conflict (merchant_id, channel_id, day, currency) do update set
            orders = channel_sales.orders + excluded.orders, units = channel_sales.units + excluded.units,
            total_minor = channel_sales.total_minor + excluded.total_minor
        """,
        Rows.Of(Sums(events)).Long("merchant_id", s => s.Merchant).Long("channel", s => s.Channel).Text("day", s => s.Day).Text("currency", s => s.Currency)
            .Long("orders", s => s.Orders).Long("units", s => s.Units).Long("total", s => s.Total));

    private sealed record Sum(long Merchant, long Channel, string Day, string Currency, long Orders, long Units, long Total);

    // Sorted, so that two writers of these rows would take them in one order.
    private static List<Sum> Sums(IReadOnlyList<LoggedEvent> events) =>
    [
        .. events.Select(Counted)
            .GroupBy(e => (e.Merchant, e.Sale.ChannelId, Day: DayOf(e.Sale.PlacedAtMs), e.Sale.Currency))
            .OrderBy(g => g.Key)
            .Select(g => new Sum(g.Key.Merchant, g.Key.ChannelId, g.Key.Day, g.Key.Currency,
                g.Sum(e => e.Sign), g.Sum(e => Signed(e.Sign, e.Sale.Units, e.Sale.Units)), g.Sum(e => Signed(e.Sign, e.Sale.TotalMinor, e.Sale.ChangeMinor)))),
    ];

    // A change counts by its difference; an end takes off what is left.
    private static (long Merchant, int Sign, Sale Sale) Counted(LoggedEvent e)
    {
        var sale = e.Read<Sale>();
        if (sale.IsCancelled == true) return (e.Merchant, 0, sale with { ChangeMinor = 0 });
        return e.Kind == "OrderTotalChanged" ? (e.Merchant, 0, sale) : (e.Merchant, e.Kind is "OrderPlaced" or "OrderImported" ? 1 : -1, sale with { ChangeMinor = 0 });
    }

    private static long Signed(int sign, long amount, long change) => sign == 0 ? change : sign * amount;

    private static string DayOf(long atMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(atMs).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
