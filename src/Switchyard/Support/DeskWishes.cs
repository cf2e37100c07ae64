using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Orders;

namespace Switchyard.Support;

/// <summary>A wish that was done.</summary>
/// <param name="Order">Of which it was; null where nothing says so any more.</param>
/// <param name="Made">The id of the refund, or of the order by which goods are sent again, or the number of the return.</param>
internal sealed record DoneWish(OrderId? Order, bool IsAsked, string? Made);

/// <summary>What was done for agents from desks: found before anything is looked for, however the order has changed since, and told on the desk's log.</summary>
internal static class DeskWishes
{
    /// <summary>What was done under the key; null: nothing.</summary>
    /// <remarks>Errors: request.idempotency_key_reused, support.done_before.</remarks>
    public static async Task<Result<DoneWish>?> Earlier(Work work, Desk desk, RunMacro.Wish wish, RequestStamp stamp)
    {
        var kept = await work.Query("select request_hash, order_id, state, made from desk_wishes where merchant_id = @merchant and desk_id = @desk and key = @key",
            row => (Hash: row.Bytes(), Wish: new DoneWish(new OrderId(row.Uuid()), row.Text() == "asked", row.TextOrNull())), ("desk", desk.Id.Value), ("key", wish.Key));
        if (kept is [var one]) return one.Hash.AsSpan().SequenceEqual(stamp.Hash) ? one.Wish : (Result<DoneWish>)Idempotency.Reused;
        if (await Idempotency.Find(work, stamp) is not { } stored) return null;
        if (!stored.IsOf(stamp)) return (Result<DoneWish>)Idempotency.Reused;
        // Done, and never told: whoever asks so late looks at the order.
        if (stored.Answer is null) return (Result<DoneWish>)SupportErrors.DoneBefore;
        var said = JsonNode.Parse(stored.Answer);
        string? id = said.Say("id");
        return wish.Macro switch
        {
            "cancel" => new DoneWish(Order(id), CancelOrder.WasAsked(JsonSerializer.Deserialize<OrderView>(stored.Answer, Json.Options)!, wish.Lines), null),
            "refund" => new DoneWish(Order(said.Say("order")), false, id),
            "return" => new DoneWish(Order(said.Say("order")), false, said.Say("number")),
            _ => new DoneWish(null, false, id),
        };
    }

    /// <summary>Keeps that it was done, and tells it once.</summary>
    public static Task<Result<Done>> Keep(Db db, Actor agent, Desk desk, string key, string macro, OrderId order, RequestStamp stamp, bool isAsked, string? made, DateTimeOffset now) =>
        db.Write<Done>(agent with { Stamp = null }, async work =>
        {
            string state = isAsked ? "asked" : "done";
            int isNew = await work.Execute(
                """
                insert into desk_wishes (desk_id, key, merchant_id, request_hash, macro, order_id, state, made, at_ms)
                values (@desk, @key, @merchant, @hash, @macro, @order, @state, @made::text, @now) on conflict (desk_id, key) do nothing
                """, ("desk", desk.Id.Value), ("key", key), ("hash", stamp.Hash), ("macro", macro), ("order", order.Value), ("state", state), ("made", made),
                ("now", now.ToUnixTimeMilliseconds()));
            if (isNew == 1) await EventLog.Append(work, agent, now, new Happening("supportDesk", desk.Code, "SupportMacroRun", new { code = desk.Code, macro, order, state, made }));
            return new Done();
        });

    private static OrderId? Order(string? id) => OrderId.TryParse(id, null, out var order) ? order : null;
}
