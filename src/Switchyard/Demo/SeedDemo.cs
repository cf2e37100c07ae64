using System.CommandLine;
using System.Globalization;
using System.Text;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Channels;
using Switchyard.Cli;
using Switchyard.Files;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Demo;

/// <summary>
/// <c>switchyard seed demo</c>: fills a database with Fenwick &amp; Vale, a UK homeware retailer that a seeded generator made up.
/// It goes through the same doors as everybody: files, settings, adjustments, orders.
/// </summary>
public static class SeedDemo
{
    private const int Seed = 20_260_301, HistoryOrders = 6_000, TodaysOrders = 240;

    public static Command Create(CommandHost host)
    {
        var history = new Option<int>("--history") { Description = "Past orders to make", DefaultValueFactory = _ => HistoryOrders };
        return CommandHost.Group("seed", "Fill the database with examples", host.Command("demo", "The demo shop, Fenwick & Vale", CommandNeeds.Writes, async run =>
        {
            var actor = await run.Actor();
            if (actor.Error is { } nobody) return run.Refuse(nobody);
            if (await run.Db.Read(actor.Value, work => work.Scalar("select count(*) from products where merchant_id = @merchant")) > 0)
            {
                run.Say("The database has products already; nothing was added.");
                return run.Answer(new { seeded = false });
            }
            var done = await Fill(run, actor.Value, run.Get(history));
            return done.Error is { } error ? run.Refuse(error) : run.Answer(new { seeded = true, done.Value.Products, done.Value.History, done.Value.Today });
        }, history));
    }

    public sealed record Filled(int Products, int History, int Today);

    private static async Task<Result<Filled>> Fill(CommandRun run, Actor actor, int history)
    {
        var products = DemoGoods.Make(Seed);
        foreach (var step in new Func<Task<Error?>>[]
        {
            () => People(run, actor), () => Places(run, actor), () => Goods(run, actor, products), () => Stock(run, actor, products),
            () => Past(run, actor, products, history), () => Today(run, actor, products),
            () => DemoDesk.Handle(run, actor, products),
        })
            if (await step() is { } error) return error;
        run.Say($"Fenwick & Vale: {products.Count:N0} products in {DemoNetwork.Nodes.Count} places, {history:N0} past orders and {TodaysOrders} of today.");
        return new Filled(products.Count, history, TodaysOrders);
    }

    /// <summary>Somebody to sign in as on the first page. The demo listens on loopback only, and its password is no secret.</summary>
    private static async Task<Error?> People(CommandRun run, Actor actor)
    {
        foreach (var (name, shown, role) in new[] { ("demo", "Demo", BuiltInRoles.Administrator), ("carla", "Carla Service", "customer-service"), ("pete", "Pete Picker", "warehouse") })
        {
            var person = new CreateUser.Request(name, shown, null, "fenwick-and-vale", [role], null);
            if ((await CreateUser.Handle(person, run.Db, run.Services.GetRequiredService<Identity>(), run.Clock, actor)).Error is { } error) return error;
        }
        return null;
    }

    private static async Task<Error?> Places(CommandRun run, Actor actor)
    {
        foreach (var (code, zone) in DemoNetwork.Zones)
            if ((await WriteZone.Handle(code, zone, run.Db, run.Clock, actor)).Error is { } error) return error;
        foreach (var node in DemoNetwork.Nodes)
        {
            if ((await WriteNode.Handle(node, null, null, run.Db, run.Clock, actor)).Error is { } error) return error;
            if ((await WriteLanes.Handle(node.Code!, DemoNetwork.Lanes(node.Code!), run.Db, run.Clock, actor)).Error is { } refused) return refused;
        }
        foreach (var (code, channel) in DemoNetwork.Channels)
            if ((await WriteChannel.Handle(code, channel, null, run.Db, run.Clock, actor)).Error is { } error) return error;
        return null;
    }

    private static async Task<Error?> Goods(CommandRun run, Actor actor, List<DemoProduct> products)
    {
        foreach (var (kind, csv) in new[] { ("products", DemoGoods.ProductsCsv(products)), ("barcodes", DemoGoods.BarcodesCsv(products)), ("bundles", DemoGoods.BundlesCsv(products)) })
        {
            run.Progress($"Reading {kind}", 0);
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv));
            var read = await ImportFile.Handle(CatalogRoom.Files.First(f => f.Name == kind), stream, false, run.Db, run.Clock, actor, run.Stop);
            if (read.Error is { } error) return error;
            Must.Hold(read.Value.Failed == 0, $"the demo's {kind} are sound: {read.Value.Errors.FirstOrDefault()?.Reason}");
        }
        return null;
    }

    /// <summary>Plenty in the warehouses, few in the stores, some short, so that orders are split, held and backordered now and then.</summary>
    private static async Task<Error?> Stock(CommandRun run, Actor actor, List<DemoProduct> products)
    {
        var random = new Random(Seed + 1);
        var levels = new List<AdjustStock.Item?>();
        foreach (var p in products)
        {
            void Put(string node, int units) { if (units > 0) levels.Add(new AdjustStock.Item(p.Sku, node, units, null, null, null, "opening stock")); }
            Put("BHM", random.Next(100) < 6 ? random.Next(2) : 10 + random.Next(20 * Math.Min(p.Popularity, 10)));
            Put("GLA", random.Next(100) < 30 ? 0 : random.Next(60));
            foreach (string store in new[] { "MAN", "LON", "LDS", "BRS", "EDI" }) Put(store, random.Next(100) < 45 ? 0 : random.Next(7));
            Put("RTM", random.Next(100) < 60 ? 0 : random.Next(40));
            Put("SUP", p.Flags == "bulky" ? 25 : 0);
        }
        int done = 0;
        foreach (var part in levels.Chunk(5_000))
        {
            if ((await AdjustStock.Handle(new AdjustStock.Request(part, "opening"), run.Db, run.Clock, actor)).Error is { } error) return error;
            run.Progress("Counting stock", done += part.Length, levels.Count);
        }
        return null;
    }

    private static async Task<Error?> Past(CommandRun run, Actor actor, List<DemoProduct> products, int orders)
    {
        var import = run.Services.GetRequiredService<OrderImport>();
        string folder = Directory.CreateTempSubdirectory("switchyard-demo-").FullName;
        try
        {
            foreach (var (channel, csv) in new DemoOrders(products, Seed + 2).History(run.Clock.GetUtcNow(), orders))
            {
                string path = Path.Combine(folder, channel + ".csv");
                await File.WriteAllTextAsync(path, csv, run.Stop);
                var options = new ImportOptions(ImportMappings.BuiltIn("simple")!, IsHistory: true, channel, IsDryRun: false);
                var read = await import.Run(actor, new OrderFile(path, $"demo {channel}"), options, run.Progress, run.Stop);
                if (read.Error is { } error) return error;
                Must.Hold(read.Value.Counts.ErrorRows == 0, $"the demo's past orders are sound: {read.Value.Faults.FirstOrDefault()?.Reason}");
            }
            return null;
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static async Task<Error?> Today(CommandRun run, Actor actor, List<DemoProduct> products)
    {
        var writer = run.Services.GetRequiredService<OrderWriter>();
        if (!run.IsInServer) await writer.StartAsync(run.Stop);
        try
        {
            int done = 0;
            foreach (var order in new DemoOrders(products, Seed + 3).Today(run.Clock.GetUtcNow(), TodaysOrders))
            {
                var placed = await writer.Place(actor, order);
                if (placed.Error is { Code: not ("orders.short" or "orders.no_route") } error) return error;     // the web shop asks first and may hear no
                run.Progress("Placing today's orders", ++done, TodaysOrders);
            }
            return null;
        }
        finally { if (!run.IsInServer) await writer.StopAsync(CancellationToken.None); }
    }
}
