using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>
/// Words of orders that another room knows, such as tracking numbers. Registered with <c>services.AddSingleton(new OrderTermSource(…))</c>.
/// </summary>
/// <param name="EventKinds">Entries of the log after which an order's words are read anew, besides those of the order itself.</param>
/// <param name="OrderOf">The order such an entry is about.</param>
/// <param name="Read">The words of these orders, over merchants.</param>
public sealed record OrderTermSource(IReadOnlyList<string> EventKinds, Func<LoggedEvent, Kernel.OrderId?> OrderOf,
    Func<Work, IReadOnlyList<Guid>, Task<IReadOnlyList<(Guid Order, OrderTerm Term)>>> Read);

/// <summary>
/// Keeps the words orders are found by, as a consumer of the log. The log holds no personal data, so each order is read by its id. Safe
/// to run twice: the words are compared with those that are kept.
/// </summary>
public sealed class IndexOrders(IEnumerable<OrderTermSource> sources)
{
    public const string Name = "search";

    public static readonly QueueGauge Lag = new("switchyard_search_lag_seconds", "Age of the oldest entry whose words are not found yet", async (db, now) =>
        await db.ReadAll(work => ConsumerLag.OfHouse(work, Name, now)) ?? 0);

    /// <summary>What changes no word of an order.</summary>
    private static readonly HashSet<string> Silent = ["OrderConfirmed", "OrderHeld", "OrderHoldReleased", "OrderTagged", "OrderNoted", "OrderContacted", "OrderNoteChanged", "OrderNoteRemoved", "OrderCancelled", "OrderExpired", "OrderToldChannel"];
    private readonly List<OrderTermSource> _sources = [.. sources];

    private sealed record Read(Guid Id, long Merchant, long PlacedAtMs, IReadOnlyList<string?> Names, string? Email, string? Phone, string? Postcode, string? City);
    private readonly record struct Term(Guid Order, string Kind, string Text);

    /// <summary>The first entry of an order: until another comes there is no word that could be out of date.</summary>
    private static readonly HashSet<string> First = ["OrderPlaced", "OrderImported"];

    public EventConsumer Consumer() => new(Name, (work, events) =>
    {
        var touched = events.Select(e => (Order: OrderOf(e), e.Kind)).Where(t => t.Order is not null).ToLookup(t => t.Order!.Value.Value, t => t.Kind);
        return Index(work, [.. touched.Select(t => t.Key)], touched.Where(t => t.All(First.Contains)).Select(t => t.Key).ToHashSet());
    });

    /// <summary>Reads the orders and writes what differs. Sorted, so that two writers take the rows in one order.</summary>
    /// <param name="fresh">Those of whose words none need be taken away.</param>
    public async Task Index(Work work, IReadOnlyList<Guid> ids, IReadOnlySet<Guid>? fresh = null)
    {
        if (ids.Count == 0) return;
        Rows<Guid> keys(bool withFresh = true) => Rows.Of(withFresh || fresh is null ? ids : [.. ids.Where(id => !fresh.Contains(id))]).Uuid("id", id => id);
        var batch = work.Batch();
        var orders = batch.Query(
            """
            select o.id, o.merchant_id, o.placed_at_ms, o.customer_name, o.customer_email, o.customer_phone, o.ship_postcode, o.ship_to
              from @rows r join orders o on o.id = r.id -- house
            """, keys(), ReadOrder);
        var skus = batch.Query("select l.order_id, l.sku from @rows r join order_lines l on l.order_id = r.id where l.kind <> 'charge' -- house", keys(),
            row => (Order: row.Uuid(), Sku: row.Text()));
        var kept = batch.Query("select t.order_id, t.kind, t.term from @rows r join search_terms t on t.order_id = r.id -- house", keys(withFresh: false),
            row => new Term(row.Uuid(), row.Text(), row.Text()));
        await batch.Run();

        var skusOf = skus.ToLookup(s => s.Order, s => s.Sku);
        var wanted = orders.SelectMany(o => OrderWords.Of(o.Names, o.Email, o.Phone, o.Postcode, o.City, skusOf[o.Id]).Select(t => new Term(o.Id, t.Kind, t.Term))).ToHashSet();
        foreach (var source in _sources)
            foreach (var (order, term) in await source.Read(work, ids)) wanted.Add(new Term(order, term.Kind, term.Term));
        await Write(work, orders.ToDictionary(o => o.Id), wanted, [.. kept]);
    }

    /// <summary>Writes the words of orders that have none yet.</summary>
    internal Task Insert(Work work, IReadOnlyList<(Guid Id, long Merchant, long PlacedAtMs, IEnumerable<OrderTerm> Words)> orders) => Write(work,
        orders.ToDictionary(o => o.Id, o => new Read(o.Id, o.Merchant, o.PlacedAtMs, [], null, null, null, null)),
        [.. orders.SelectMany(o => o.Words.Select(w => new Term(o.Id, w.Kind, w.Term)))], []);

    private static async Task Write(Work work, Dictionary<Guid, Read> orders, HashSet<Term> wanted, HashSet<Term> kept)
    {
        static List<Term> Sorted(IEnumerable<Term> terms) => [.. terms.OrderBy(t => t.Text, StringComparer.Ordinal).ThenBy(t => t.Kind, StringComparer.Ordinal).ThenBy(t => t.Order)];
        var write = work.Batch();
        write.Execute(
            """
            delete from search_terms where order_id in (select r.order_id from @rows r)
               and exists (select 1 from @rows s where s.order_id = search_terms.order_id and s.kind = search_terms.kind and s.term = search_terms.term) -- house
            """, Columns(Sorted(kept.Except(wanted))));
        write.Execute(
            """
            insert into search_terms (merchant_id, term, kind, placed_at_ms, order_id)
            select merchant_id, term, kind, placed_at_ms, order_id from @rows r where true on conflict do nothing
            """, Columns(Sorted(wanted.Except(kept).Where(t => orders.ContainsKey(t.Order)))).Long("merchant_id", t => orders[t.Order].Merchant)
                .Long("placed_at_ms", t => orders[t.Order].PlacedAtMs));
        await write.Run();
    }

    private static Rows<Term> Columns(List<Term> terms) => Rows.Of(terms).Uuid("order_id", t => t.Order).Text("kind", t => t.Kind).Text("term", t => t.Text);

    private Kernel.OrderId? OrderOf(LoggedEvent entry)
    {
        if (entry.AggregateKind == "order" && !Silent.Contains(entry.Kind) && Kernel.OrderId.TryParse(entry.AggregateId, null, out var id)) return id;
        return _sources.Where(s => s.EventKinds.Contains(entry.Kind)).Select(s => s.OrderOf(entry)).FirstOrDefault(o => o is not null);
    }

    private static Read ReadOrder(Row row)
    {
        var (id, merchant, placed, name, email, phone, postcode) = (row.Uuid(), row.Long(), row.Long(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull());
        var to = row.TextOrNull() is { } json ? JsonSerializer.Deserialize<PlaceOrder.Address>(json, Json.Options) : null;
        return new Read(id, merchant, placed, [name, to?.Name, to?.Company], email, phone, to?.Postcode ?? postcode, to?.City);
    }
}
