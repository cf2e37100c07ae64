using System.CommandLine;
using Switchyard.Access;
using Switchyard.Cli;
using Switchyard.Kernel;

namespace Switchyard.Demo;

/// <summary><c>switchyard seed demo</c>: fills a database with Fenwick &amp; Vale (<see cref="DemoShop"/>), and people to sign in as.</summary>
public static class SeedDemo
{
    public static Command Create(CommandHost host)
    {
        var history = new Option<int>("--history") { Description = "Past orders to make", DefaultValueFactory = _ => DemoShop.HistoryOrders };
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
            return done.Error is { } error ? run.Refuse(error) : run.Answer(new { seeded = true, done.Value.Products, done.Value.History, done.Value.Recent });
        }, history));
    }

    public sealed record Filled(int Products, int History, int Recent);

    private static async Task<Result<Filled>> Fill(CommandRun run, Actor actor, int history)
    {
        var people = await People(run, actor);
        if (people.Error is { } unmade) return unmade;
        var stage = new DemoStage(actor, run.Db, run.Services, run.Clock.GetUtcNow(), run.Stop) { People = ["carla", "demo"], Ids = people.Value };
        var shop = new DemoShop(stage.Now, history);
        try
        {
            for (int step = 0; step < shop.Steps.Count; step++)
            {
                run.Progress(shop.Steps[step].What, step + 1, shop.Steps.Count);
                if (await shop.Do(step, stage) is { } error) return error;
            }
        }
        finally { await DemoShop.Close(stage); }
        // The supplier's own: she sees what Weaver & Sons has to send, and nothing else.
        if ((await Person(run, actor, "wanda", "Wanda Weaver", BuiltInRoles.Partner, ["SUP"])).Error is { } unknown) return unknown;
        // The client's own: she sees what is done for Harbour Soap, and what it costs.
        if ((await Person(run, await DemoClient.For(stage, "nora"), "nora", "Nora Harbour", BuiltInRoles.Administrator, null)).Error is { } unmet) return unmet;
        run.Say($"Fenwick & Vale: {shop.Products:N0} products in {DemoNetwork.Nodes.Count} places, {history:N0} past orders and {DemoShop.RecentOrders} of the last four days.");
        return new Filled(shop.Products, history, DemoShop.RecentOrders);
    }

    /// <summary>Somebody to sign in as on the first page. The demo listens on loopback only, and its password is no secret.</summary>
    private static async Task<Result<Dictionary<string, string>>> People(CommandRun run, Actor actor)
    {
        var ids = new Dictionary<string, string>();
        foreach (var (name, shown, role) in new[] { ("demo", "Demo", BuiltInRoles.Administrator), ("carla", "Carla Service", "customer-service"), ("pete", "Pete Picker", "warehouse") })
        {
            var made = await Person(run, actor, name, shown, role, null);
            if (made.Error is { } error) return error;
            ids[name] = "user:" + made.Value.Id;
        }
        return ids;
    }

    private static Task<Result<UserView>> Person(CommandRun run, Actor actor, string name, string shown, string role, IReadOnlyList<string>? nodes) => CreateUser.Handle(
        new CreateUser.Request(name, shown, null, "fenwick-and-vale", [role], nodes), run.Db, run.Services.GetRequiredService<Identity>(), run.Clock, actor);
}
