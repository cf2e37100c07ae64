using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>What a person who works for several merchants says with a handheld: each command is of the merchant of its task, and what a scan may not mean on a cart of several is refused.</summary>
internal static class SharedCommands
{
    /// <summary>By whom a command is carried out, and why not.</summary>
    public sealed record Meant(Actor Actor, Error? Refusal);

    private sealed record Asked(Guid Id, long Merchant, Guid? Cart);

    public static async Task<IReadOnlyList<Meant>> Read(Db db, IReadOnlyList<SendPicks.Command?> commands, SignedInUser user, Actor own, DateTimeOffset now)
    {
        var picks = SharedCart.Picks(user);
        var actors = picks.ToDictionary(m => m.Actor.Merchant, m => m.Actor);
        var codes = picks.ToDictionary(m => m.Actor.Merchant, m => m.Code);
        return await db.ReadAll<IReadOnlyList<Meant>>(async work =>
        {
            var tasks = (await work.Query(
                """
                select t.id, t.merchant_id, u.cart_id from @rows r join pick_tasks t on t.id = r.id join pick_tours u on u.id = t.tour_id
                 where t.merchant_id = any(@own) /* house */
                """, Rows.Of(commands.Select(c => c!.Task!.Value.Value).Distinct().ToList()).Uuid("id", t => t), row => new Asked(row.Uuid(), row.Long(), row.UuidOrNull()),
                ("own", actors.Keys.ToArray()))).ToDictionary(t => t.Id);
            Guid[] carts = [.. tasks.Values.Select(t => t.Cart).OfType<Guid>().Distinct()];
            if (carts.Length == 0) return [.. commands.Select(c => new Meant(tasks.TryGetValue(c!.Task!.Value.Value, out var t) ? actors[t.Merchant] : own, null))];
            var merchants = await work.Query("select distinct u.cart_id, u.merchant_id from @rows r join pick_tours u on u.cart_id = r.cart /* house */",
                Rows.Of(carts).Uuid("cart", c => c), row => (Cart: row.Uuid(), Merchant: row.Long()));
            var owners = await ScannedCodes.Owners(work, commands.Select(c => c!.Item), [.. merchants.Select(m => m.Merchant).Distinct()], now);
            return [.. commands.Select(c => tasks.TryGetValue(c!.Task!.Value.Value, out var task) ? new Meant(actors[task.Merchant], Refusal(c, task)) : new Meant(own, null))];

            Error? Refusal(SendPicks.Command command, Asked task)
            {
                if (task.Cart is null || command is not { Kind: "pick", Item: { } item }) return null;
                var of = owners.Where(o => o.Code == item && merchants.Contains((task.Cart.Value, o.Merchant))).ToList();
                // A barcode of the task's own merchant is right or wrong by itself, also where another merchant sells the same goods.
                if (of.Exists(o => o.Merchant == task.Merchant && !o.IsSku) || of.TrueForAll(o => o.Merchant == task.Merchant)) return null;
                if (!of.Exists(o => o.Merchant == task.Merchant)) return PickingErrors.WrongItem;
                // Goods without a barcode: the picker looks at them and says whose they are.
                return command.Merchant is not { } named ? PickingErrors.SameName : Text.Key(named) == Text.Key(codes[task.Merchant]) ? null : PickingErrors.WrongItem;
            }
        });
    }
}
