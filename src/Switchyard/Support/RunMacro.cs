using System.Security.Cryptography;
using System.Text;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Payments;

namespace Switchyard.Support;

/// <summary>
/// Does for an agent, from a ticket, what the agent might do here: by the same doors, with the agent's own rights and nodes, and within the desk's limits. The call's key
/// makes it happen once, however often the desk sends it.
/// </summary>
internal sealed class RunMacro(Db db, ReadCards cards, FindOrder find, OrderWriter writer, ChangePayments payments, TimeProvider clock)
{
    private const int LeastKey = 8, MostKey = 100;

    /// <summary>What a desk asks for.</summary>
    public sealed record Wish(string? Key, string? Macro, string? Order, string? Reason, IReadOnlyList<CancelOrder.LineUnits?>? Lines, long? AmountMinor, string? Payment);

    /// <param name="State">done; asked: a node has begun and was asked to stop.</param>
    /// <param name="Made">The id of the refund, or of the order by which goods are sent again, or the number of the return.</param>
    /// <param name="Order">As it is afterwards; null where the agent's nodes have nothing of it any more.</param>
    public sealed record Response(string Object, string Macro, [property: Words("done", "asked")] string State, string? Made, CardOrder? Order);

    /// <remarks>Errors: request.invalid, access.forbidden, support.not_offered, orders.not_found, and those of what is done.</remarks>
    public async Task<Result<Response>> Handle(Actor agent, Desk desk, Wish wish, byte[] body, string address)
    {
        var checks = new Checks();
        checks.Text(wish.Key, "/key", MostKey, required: true);
        checks.That((wish.Key?.Length ?? 0) >= LeastKey, "/key", "field.too_short", $"A key has {LeastKey} characters at least; each wish has one of its own.");
        checks.That(wish.Macro is not null && Offers.All.Contains(wish.Macro), "/macro", "field.unknown_value", "A macro is cancel, refund, resend or return.");
        checks.Text(wish.Order, "/order", 200, required: true);
        checks.Words(wish.Reason, "/reason", 500, required: true);
        if (checks.AnyFault) return checks.ToError();
        if (!desk.Macros.Contains(wish.Macro!) || Offers.Needed(wish.Macro!) is null) return SupportErrors.Unoffered;
        if (!agent.May(Permission.OrdersRead) || !Offers.May(agent, desk, wish.Macro!)) return AccessErrors.Forbidden;
        // Another agent, or another wish, under a key that was used is refused.
        var stamp = new RequestStamp($"{RequestStamp.OfDesks}{desk.Id}:{wish.Key}", SHA256.HashData([.. Encoding.UTF8.GetBytes(agent.Id + "\n"), .. body]));
        // Before the order is looked for: what was done may have taken it out of the agent's sight.
        var before = await Earlier(agent, desk, wish, stamp);
        if (before?.Error is { } refused) return refused;
        var earlier = before?.Value;
        var id = earlier?.Order ?? await Named(agent, wish.Order!);
        if (id is not { } order) return OrderErrors.NotFound(wish.Order!);
        var stamped = agent with { Stamp = stamp };
        Result<(bool IsAsked, string? Made)> done = earlier is not null ? (earlier.IsAsked, earlier.Made) : wish.Macro switch
        {
            "cancel" => await Cancel(stamped, order, wish),
            "refund" => await Refund(stamped, desk, order, wish, stamp),
            "return" => await Return(stamped, order, wish),
            _ => await Resend(stamped, order, wish),
        };
        if (done.Error is { } error) return error;
        var kept = await DeskWishes.Keep(db, agent, desk, wish.Key!, wish.Macro!, order, stamp, done.Value.IsAsked, done.Value.Made, clock.GetUtcNow());
        if (kept.Error is { } unkept) return unkept;
        var card = (await cards.Of(agent, desk, [order], null, address)).SingleOrDefault();
        return new Response("supportMacro", wish.Macro!, done.Value.IsAsked ? "asked" : "done", done.Value.Made, card);
    }

    private async Task<OrderId?> Named(Actor agent, string said)
    {
        var ids = OrderId.TryParse(said, null, out var one) ? [one] : await db.Read(agent, work => BuyersOrders.ByNumber(work, agent, said, 2));
        return await find.Find(agent, ids) is [var order] ? order.Id : null;
    }

    private async Task<Result<(bool IsAsked, string? Made)>> Cancel(Actor agent, OrderId order, Wish wish)
    {
        bool isAsked = false;
        var done = await CancelOrder.Handle(order.ToString(), new CancelOrder.Request(wish.Reason, wish.Lines), agent, clock, find,
            told => isAsked = told == CancelOrder.Outcome.Asked);
        if (done.Error is { } error) return error;
        return (isAsked || done.IsReplay && CancelOrder.WasAsked(done.Value, wish.Lines), (string?)null);
    }

    private async Task<Result<(bool IsAsked, string? Made)>> Resend(Actor agent, OrderId order, Wish wish)
    {
        var done = await ReplaceOrder.Once(order.ToString(), new ReplaceOrder.Request(wish.Reason, wish.Lines), agent, writer, find);
        if (done.Error is { } error) return error;
        return (false, System.Text.Json.Nodes.JsonNode.Parse(done.Value.Json)?["id"]?.GetValue<string>());
    }

    private async Task<Result<(bool IsAsked, string? Made)>> Return(Actor agent, OrderId order, Wish wish)
    {
        var done = await AnnounceReturn.Handle(order.ToString(), new AnnounceReturn.Request(wish.Reason, wish.Lines), ExpectedReturns.Desk, db, clock, agent);
        return done.Error is { } error ? error : (false, done.Value.Number);
    }

    private async Task<Result<(bool IsAsked, string? Made)>> Refund(Actor agent, Desk desk, OrderId order, Wish wish, RequestStamp stamp)
    {
        var read = await db.Read(agent, work => ReadPayments.Of(work, agent, order), snapshot: true);
        if (read.Error is { } unseen) return unseen;
        var open = read.Value.Data.Where(p => p.Type != "authorise" && p.LeftMinor > 0 && (wish.Payment is null || p.Id.ToString() == wish.Payment)).ToList();
        // The same wish, sent twice at once, may have been done since.
        if (open.Count == 0) return await Earlier(agent, desk, wish, stamp) is { } same ? same.Then<(bool, string?)>(s => (s.IsAsked, s.Made)) : SupportErrors.NotPaid;
        if (open.Count > 1) return SupportErrors.NamePayment;
        long? most = null;
        if (desk.RefundMostMinor is { } limit)
        {
            if (await find.Find(agent, order) is not { } view) return OrderErrors.NotFound(order.ToString());
            if ((most = RefundLimit.In(limit, view.BaseCurrency, view.Currency, view.RateToBase)) is null) return SupportErrors.NoRate;
        }
        var done = await RefundPayment.Handle(open[0].Id.ToString(), new RefundPayment.Request(wish.AmountMinor, wish.Reason, null), agent, payments, most);
        return done.Error is { } error ? error : (false, done.Value.Id.ToString());
    }

    private Task<Result<DoneWish>?> Earlier(Actor agent, Desk desk, Wish wish, RequestStamp stamp) =>
        db.Read(agent, work => DeskWishes.Earlier(work, desk, wish, stamp));
}
