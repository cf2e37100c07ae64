using System.CommandLine;
using System.Globalization;
using System.Text;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Cli;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Demo;

/// <summary>
/// <c>switchyard seed orders --count N --seed S</c>: a large history of made-up orders over three years, most of them delivered, and some
/// open ones that are placed and promised stock as any order is. The same seed makes the same orders.
/// </summary>
public static class SeedOrders
{
    private const int OrdersAtOnce = 2_000, OpenPercent = 2, MostOpen = 20_000, PlacedAtOnce = 64, Years = 3, OneOutOfStockIn = 50;

    public static Command Create(CommandHost host)
    {
        var count = new Option<int>("--count") { Description = "Orders to make", DefaultValueFactory = _ => 100_000 };
        var seed = new Option<int>("--seed") { Description = "The same seed makes the same orders", DefaultValueFactory = _ => 1 };
        var skus = new Option<int>("--skus") { Description = "Products to make when there are none", DefaultValueFactory = _ => 10_000 };
        return CommandHost.Group("seed", "Fill the database with examples", host.Command("orders", "Many made-up orders, for trying how the system is when it is large", CommandNeeds.Writes, async run =>
        {
            var actor = await run.Actor();
            if (actor.Error is { } nobody) return run.Refuse(nobody);
            var done = await Handle(run, actor.Value, run.Get(count), run.Get(seed), run.Get(skus));
            if (done.Error is { } error) return run.Refuse(error);
            run.Say(string.Create(CultureInfo.InvariantCulture, $"{done.Value.Past:N0} past orders and {done.Value.Open:N0} open ones, seed {run.Get(seed)}."));
            return run.Answer(done.Value);
        }, count, seed, skus));
    }

    public sealed record Made(int Past, int Open);

    private static async Task<Result<Made>> Handle(CommandRun run, Actor actor, int count, int seed, int skus)
    {
        if (count is < 1 or > 10_000_000 || skus is < 3 or > 1_000_000) return Error.Invalid("seed.out_of_range", "--count is from 1 to 10,000,000 and --skus from 3 to 1,000,000.");
        var history = run.Services.GetRequiredService<StoreHistory>();
        bool isFirst = await history.IsFirst();
        if (await Goods(run, actor, skus) is { } error) return error;
        var products = await run.Db.Read(actor, work => work.Query("select id, sku, name from products where merchant_id = @merchant and kind = 'goods' order by id limit 1000000",
            row => new PastLine(row.Long(), row.Text(), row.Text(), 1, 0)));
        long channel = await run.Db.Read(actor, work => work.Scalar("select min(id) from channels where merchant_id = @merchant and code = 'web'"));
        int open = Math.Min(MostOpen, count * OpenPercent / 100), past = count - open;
        var made = new MadeUpOrders(products, channel, seed);
        var (until, since) = (run.Clock.GetUtcNow().AddDays(-1), run.Clock.GetUtcNow().AddYears(-Years));
        var writing = Task.FromResult<Result<Done>>(new Done());
        for (int done = 0; done < past;)
        {
            run.Stop.ThrowIfCancellationRequested();
            int size = Math.Min(OrdersAtOnce, past - done);
            var orders = Enumerable.Range(done, size).Select(i => made.Past(since + (until - since) * ((double)i / past))).ToList();
            // The next ones are made up while these are written.
            if ((await writing).Error is { } refused) return refused;
            writing = Task.Run(() => history.Handle(actor, orders), CancellationToken.None);
            run.Progress("Writing past orders", done += size, past);
        }
        if ((await writing).Error is { } broken) return broken;
        if (isFirst) await history.SkipIndexing();
        return await Open(run, actor, made, open) is { } fault ? fault : new Made(past, open);
    }

    /// <summary>Products and stock, when there are no products.</summary>
    private static async Task<Error?> Goods(CommandRun run, Actor actor, int skus)
    {
        if (await run.Db.Read(actor, work => work.Scalar("select count(*) from (select 1 from products where merchant_id = @merchant and kind = 'goods' limit 1) p")) > 0) return null;
        var (products, stock) = (new StringBuilder("sku,name,kind,weight_grams\n"), new StringBuilder("sku,node,quantity\n"));
        for (int s = 1; s <= skus; s++)
        {
            products.Append(CultureInfo.InvariantCulture, $"S{s},{MadeUpOrders.Product(s)},goods,250\n");
            // Orders for those that are not there wait.
            stock.Append(CultureInfo.InvariantCulture, $"S{s},MAIN,{(s % OneOutOfStockIn == 0 ? 0 : 1_000_000)}\n");
        }
        foreach (var (files, name, csv) in new[] { (CatalogRoom.Files, "products", products), (InventoryRoom.Files, "stock", stock) })
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString()));
            var read = await ImportFile.Handle(files.First(f => f.Name == name), stream, false, run.Db, run.Clock, actor, run.Stop);
            if (read.Error is { } error) return error;
            Must.Hold(read.Value.Failed == 0, $"the made-up {name} are sound: {read.Value.Errors.FirstOrDefault()?.Reason}");
        }
        return null;
    }

    private static async Task<Error?> Open(CommandRun run, Actor actor, MadeUpOrders made, int count)
    {
        if (count == 0) return null;
        var writer = run.Services.GetRequiredService<OrderWriter>();
        if (!run.IsInServer) await writer.StartAsync(run.Stop);
        try
        {
            for (int done = 0; done < count;)
            {
                var placed = await Task.WhenAll(Enumerable.Range(0, Math.Min(PlacedAtOnce, count - done)).Select(_ => writer.Place(actor, made.Open())));
                if (placed.FirstOrDefault(p => p.Error is not null).Error is { } error) return error;
                run.Progress("Placing open orders", done += placed.Length, count);
            }
            return null;
        }
        finally
        {
            if (!run.IsInServer)
            {
                await writer.StopAsync(CancellationToken.None);
                await ActivatorUtilities.CreateInstance<KeepRoutingWorlds>(run.Services).Flush();
            }
        }
    }
}
