using System.CommandLine;
using Switchyard.Cli;

namespace Switchyard.Orders;

/// <summary><c>switchyard reindex</c>: reads every order again and mends the words it is found by. May be stopped and run again.</summary>
internal static class ReindexOrdersCommand
{
    private const int AtOnce = 2_000;

    public static Command Create(CommandHost host) => host.Command("reindex", "Make the words that orders are found by anew", CommandNeeds.Writes, async run =>
    {
        var index = run.Services.GetRequiredService<IndexOrders>();
        long done = 0;
        var last = Guid.Empty;
        while (true)
        {
            run.Stop.ThrowIfCancellationRequested();
            var ids = await run.Db.ReadAll(work => work.Query("select id from orders /* house */ where id > @after order by id limit @most", row => row.Uuid(),
                ("after", last), ("most", (long)AtOnce)));
            if (ids.Count == 0) break;
            await run.Db.WriteAll(async work => { await index.Index(work, ids); return 0; });
            last = ids[^1];
            run.Progress("Reading orders", done += ids.Count);
        }
        run.Say($"{done:N0} orders were read; each has the words it is found by.");
        return run.Answer(new { orders = done });
    });
}
