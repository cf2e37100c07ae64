using Microsoft.Extensions.DependencyInjection;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Tests.Log;

/// <summary>Entries for the tests of the log, written as any room writes them.</summary>
internal static class LogTesting
{
    public static readonly Actor Tester = Actor.House("system:test", 1);

    public static Task<Result<Done>> Append(this Db db, string aggregate, string kind, object? payload = null, Actor? actor = null, TimeProvider? clock = null) =>
        db.Write(actor ?? Tester, async work =>
        {
            await EventLog.Append(work, actor ?? Tester, (clock ?? TimeProvider.System).GetUtcNow(), new Happening("thing", aggregate, kind, payload ?? new { }));
            return (Result<Done>)new Done();
        });

    /// <summary>A second merchant, as an administrator of the house would make one.</summary>
    public static Task<long> OtherMerchant(this Db db) => db.WriteAll(work => work.Scalar(
        "insert into merchants (code, name, base_currency, created_at_ms) values ('other', 'Other shop', 'EUR', 0) returning id"));

    /// <summary>Waits until what is written so far may be read: writers of other tests on the same cluster hold the horizon for a moment.</summary>
    public static async Task IsReadable(this Shop shop)
    {
        long last = await shop.Db.ReadAll(work => work.Scalar("select coalesce(max(position), 0) from events /* house */"));
        await Until(async () => await shop.Services.GetRequiredService<CommitHorizon>().Read() >= last, "the log is readable to its end");
    }

    /// <summary>Waits for something that is bound to come, and fails loudly when it does not.</summary>
    public static async Task Until(Func<Task<bool>> isSo, string what, int seconds = 180)
    {
        for (long start = System.Diagnostics.Stopwatch.GetTimestamp(); !await isSo();)
        {
            if (System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds > seconds) throw new TimeoutException($"Waited {seconds} s for: {what}");
            await Task.Delay(15);
        }
    }

    public static async Task<Db> NewDb(DatabaseKind kind, DatabaseSettings? settings = null, TimeProvider? clock = null)
    {
        settings ??= Shop.NewDatabase(kind);
        await Migrator.Run(settings, clock ?? TimeProvider.System);
        return new Db(settings, clock ?? TimeProvider.System);
    }
}
