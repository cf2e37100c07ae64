using System.Globalization;
using Switchyard.Access;
using Switchyard.Cli;
using Switchyard.Fulfilment;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Purchasing;
using Switchyard.Search;

namespace Switchyard.Demo;

/// <summary>What people have done to today's orders by noon: notes, tags, holds, somebody who deals with them, releases; and what is to be bought.</summary>
internal static class DemoDesk
{
    private static readonly string[] Notes =
    [
        "Buyer rang: leave it with the neighbour at number 12.", "Checked the address with the buyer, it is right.", "Wants a gift card: \"Happy birthday, Nan\".",
        "Asked whether it comes before Friday. @carla please look at the carrier.", "Second parcel of this buyer this week, send together if it can be.",
    ];

    public static async Task<Error?> Handle(CommandRun run, Actor actor, List<DemoProduct> products)
    {
        var find = run.Services.GetRequiredService<FindOrder>();
        var orders = new List<OrderView>();
        for (string? after = null; ;)
        {
            var page = await ListOrders.Handle(actor, run.Db, run.Clock, ListAsk.Of("history:no", Cursor.MostLimit, after));
            if (page.Error is { } error) return error;
            orders.AddRange(page.Value.Data);
            if ((after = page.Value.Next) is null) break;
        }
        orders.Reverse();
        for (int i = 0; i < orders.Count; i++)
        {
            string id = orders[i].Id.ToString();
            // Of the first orders of the day the nodes have their work already; an order that is held stays.
            if (i % 3 == 0 && orders[i].State == "confirmed") _ = await ReleaseOrder.Handle(id, null, run.Db, run.Clock, actor);
            if (i % 6 == 1 && (await TagOrder.Handle(id, new TagOrder.Request([i % 4 == 1 ? "gift" : "vip"], null), actor, run.Clock, find)).Error is { } untagged) return untagged;
            if (i % 9 == 2 && (await NoteOrder.Add(id, Note(i), actor, run.Db, run.Clock)).Error is { } unnoted) return unnoted;
            if (i % 17 == 3 && (await HoldOrder.Handle(id, Hold(i, run.Clock.GetUtcNow()), actor, run.Clock, find)).Error is { Kind: not ErrorKind.Conflict } unheld) return unheld;
            if (i % 8 == 4 && (await AssignOrder.Handle(id, new AssignOrder.Request(i % 16 == 4 ? "carla" : "demo"), actor, run.Clock, find)).Error is { } unassigned) return unassigned;
            run.Progress("Working on today's orders", i + 1, orders.Count);
        }
        return await Buying(run, actor, products);
    }

    private static NoteOrder.Request Note(int i)
    {
        string text = Notes[i / 9 % Notes.Length];
        return new NoteOrder.Request(text, false, i % 2 == 0, text.Contains("@carla", StringComparison.Ordinal) ? ["carla"] : null);
    }

    private static HoldOrder.Request Hold(int i, DateTimeOffset now) => (i % 2) switch
    {
        0 => new HoldOrder.Request("Card and address are in different countries", "fraud", Owner: "carla", EscalateAt: now.AddHours(4)),
        _ => new HoldOrder.Request("The buyer asked to wait until the weekend", "customer", ExpiresAt: now.AddDays(3)),
    };

    /// <summary>Levels for what is bought most, and supplies on their way, so that low, excess and inbound have something to show.</summary>
    private static async Task<Error?> Buying(CommandRun run, Actor actor, List<DemoProduct> products)
    {
        var bought = products.Where(p => p.Popularity >= 40).Take(120).ToList();
        var levels = new SetReorderLevels.Request([.. bought.Select((p, i) => new SetReorderLevels.Item(p.Sku, "BHM", 20 + i % 5 * 8, i % 4 == 0 ? 60 : 400, 6))]);
        if ((await SetReorderLevels.Handle(levels, run.Db, run.Clock, actor)).Error is { } unset) return unset;
        for (int i = 0; i < Math.Min(bought.Count, 24); i++)
        {
            string due = run.Clock.GetUtcNow().AddDays(2 + i % 9).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            var supply = new SetInbound.Request("PO-" + Text.Invariant(700 + i / 6), bought[i].Sku, "BHM", 48 + i % 3 * 24, due, null);
            if ((await SetInbound.Handle(supply, run.Db, run.Clock, actor)).Error is { } error) return error;
        }
        return null;
    }
}
