using System.Text.Json.Serialization;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Payments;

namespace Switchyard.Support;

/// <param name="Returned">Units that came back.</param>
public sealed record CardLine(int Line, string Sku, string? Name, long Quantity, long Cancelled, long Shipped, long Delivered, long Returned);

/// <summary>A parcel of an order.</summary>
public sealed record CardParcel(string Release, [property: Words(typeof(PackageState))] string State, string? Carrier, string? Service, string? Tracking, DateTimeOffset StateAt);

/// <param name="LeftMinor">Of what was taken: what may still be given back.</param>
public sealed record CardPayment(PaymentId Id, [property: Words(typeof(PaymentType))] string Type, string Tender, [property: Words(typeof(PaymentState))] string State,
    long AmountMinor, long LeftMinor, DateTimeOffset At);

/// <summary>
/// What an agent sees of an order beside a ticket: what was bought, where it is, what was paid. Who bought it and where it goes is not in it: the desk
/// knows whom it writes with, and needs no more.
/// </summary>
/// <param name="Payments">Only for agents who may see payments.</param>
/// <param name="Can">What this agent may do with it from the desk now.</param>
/// <param name="Url">The order's page.</param>
public sealed record CardOrder(OrderId Id, string Number, string? ExternalId, string Channel, string Status, string PaymentStatus, DateTimeOffset PlacedAt,
    DateTimeOffset? ShipBy, DateTimeOffset? DeliverBy, string? Method, string Currency, long TotalMinor, long CapturedMinor, long RefundedMinor, long DueMinor,
    IReadOnlyList<string> Holds, IReadOnlyList<CardLine> Lines, IReadOnlyList<CardParcel> Parcels, IReadOnlyList<CardPayment>? Payments, IReadOnlyList<string> Can, string Url)
{
    [JsonPropertyOrder(-1)]
    public string Object => "sidebarOrder";
}

/// <summary>The orders of a buyer, newest first, or those of a number.</summary>
/// <param name="HasMore">There are older ones.</param>
/// <param name="Unoffered">What agents look for and cannot do from here.</param>
public sealed record SidebarCard(string Object, IReadOnlyList<CardOrder> Orders, bool HasMore, IReadOnlyList<string> Unoffered);

/// <summary>Reads the cards of orders, as one agent of one desk may see them.</summary>
internal sealed class ReadCards(Db db)
{
    public const int MostOrders = 10;

    public async Task<SidebarCard> Of(Actor agent, Desk desk, string? email, string? number, string address)
    {
        var (ids, hasMore) = await db.Read(agent, async work =>
        {
            var found = email is not null ? await BuyersOrders.ByEmail(work, agent, email, MostOrders + 1)
                : OrderId.TryParse(number, null, out var id) ? [id] : await BuyersOrders.ByNumber(work, agent, number!, MostOrders + 1);
            return (found.Take(MostOrders).ToList(), found.Count > MostOrders);
        });
        var cards = await Of(agent, desk, ids, email, address);
        return new SidebarCard("supportSidebar", cards, hasMore, [.. Offers.All.Where(m => !desk.Macros.Contains(m))]);
    }

    public Task<IReadOnlyList<CardOrder>> Of(Actor agent, Desk desk, IReadOnlyList<OrderId> ids, string? email, string address) => db.Read(agent, async work =>
    {
        // The agent's nodes and merchant decide what is seen at all.
        var orders = (await FindOrder.Read(work, agent, ids, withPlan: false))
            .Where(o => email is null || Customers.EmailKey.Of(o.Customer?.Email) == Customers.EmailKey.Of(email)).ToList();
        if (orders.Count == 0) return (IReadOnlyList<CardOrder>)[];
        var releases = (await FulfilmentRoom.Of(work, agent, [.. orders.Select(o => o.Id)])).ToLookup(f => f.Order);
        var cards = new List<CardOrder>(orders.Count);
        foreach (var order in orders)
        {
            var paid = agent.May(Permission.PaymentsRead) ? (await ReadPayments.Of(work, order)).Data : null;
            cards.Add(Card(order, [.. releases[order.Id]], paid, Offers.Of(agent, desk, order), address));
        }
        return cards;
    }, snapshot: true);

    private static CardOrder Card(OrderView order, IReadOnlyList<FulfilmentView> releases, IReadOnlyList<PaymentView>? paid, IReadOnlyList<string> can, string address) =>
        new(order.Id, order.Number, order.ExternalId, order.Channel, order.Status, order.PaymentStatus, order.PlacedAt, order.ShipBy, order.DeliverBy, order.Method,
        order.Currency, order.TotalMinor, order.CapturedMinor, order.RefundedMinor, order.DueMinor,
        [.. order.Holds.Where(h => h.State == "open").Select(h => h.Kind).Distinct()],
        [.. order.Lines.Where(l => l.Kind != "charge").Select(l => new CardLine(l.Line, l.Sku, l.Name, l.Quantity, l.Cancelled, l.Shipped, l.Delivered, l.Returned))],
        [.. releases.SelectMany(r => r.Packages.Select(p => new CardParcel(r.Number, p.State, p.Carrier, p.Service, p.Tracking, p.StateAt))).OrderByDescending(p => p.StateAt)],
        paid is null ? null : [.. paid.Select(p => new CardPayment(p.Id, p.Type, p.Tender, p.State, p.AmountMinor, p.LeftMinor, p.CreatedAt))],
        can, $"{address}/orders/{order.Id}");
}

/// <summary>What an agent may do from a desk: what the desk offers, within the agent's own rights. Whether it can be done now is decided when it is done.</summary>
internal static class Offers
{
    public static readonly IReadOnlyList<string> All = ["cancel", "refund", "resend", "return"];

    public static Permission? Needed(string macro) => macro switch
    {
        "cancel" => Permission.OrdersCancel,
        "refund" => Permission.PaymentsRefund,
        "resend" => Permission.OrdersReplace,
        "return" => Permission.OrdersWrite,
        _ => null,
    };

    /// <summary>
    /// What somebody may not do who sets up, or makes its secret: whoever knows a desk's secret speaks for its agents and sees what they see, at every node, so
    /// nobody gives more away than they have.
    /// </summary>
    /// <remarks>Errors: access.beyond_yours, access.nodes_beyond_yours.</remarks>
    public static Error? Refusal(Actor actor, IEnumerable<string> macros)
    {
        var beyond = macros.Select(Needed).OfType<Permission>().Concat([Permission.OrdersRead, Permission.PaymentsRead, Permission.PricesRead])
            .Where(p => !actor.May(p)).Select(p => p.Code).Distinct().ToList();
        return beyond.Count > 0 ? AccessErrors.BeyondYours(beyond) : actor.Nodes is not null ? AccessErrors.NodesBeyondYours : null;
    }

    public static bool May(Actor agent, Desk desk, string macro) => desk.Macros.Contains(macro) && Needed(macro) is { } right && agent.May(right);

    public static IReadOnlyList<string> Of(Actor agent, Desk desk, OrderView order) => [.. desk.Macros.Where(m => May(agent, desk, m) && Fits(m, order))];

    // A hint for the buttons; the order's own rules have the last word.
    private static bool Fits(string macro, OrderView order) => macro switch
    {
        "cancel" => order.State is "placed" or "confirmed" && order.Lines.Any(l => l.Kind != "charge" && l.Shipped + l.Delivered + l.Cancelled < l.Quantity),
        "refund" => order.CapturedMinor > order.RefundedMinor,
        "resend" => order.Lines.Any(l => l.Shipped + l.Delivered + l.Lost > 0),
        "return" => order.Lines.Any(l => l.Kind != "charge" && l.Shipped + l.Delivered > l.Returned),
        _ => false,
    };
}
