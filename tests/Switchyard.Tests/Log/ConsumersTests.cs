using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Log;

namespace Switchyard.Tests.Log;

[Capability("P12", "SE-02")]
public sealed class ConsumersTests
{
    private static readonly ConsumerPace Quick = new()
    {
        BatchSize = 10, Poll = TimeSpan.FromMilliseconds(30), BetweenBatches = TimeSpan.FromMilliseconds(1),
        Backoff = [TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20)],
    };

    [Theory, BothDatabases]
    public async Task A_consumer_takes_every_entry_once_in_order_and_keeps_its_position(DatabaseKind kind)
    {
        await using var db = await Prepare(kind);
        for (int i = 0; i < 35; i++) await db.Append("t" + i % 3, "Tested");
        await using (Start(db, Noting("notes")))
            await LogTesting.Until(async () => (await Noted(db, "notes")).Count == 35, "35 entries are handled");
        for (int i = 0; i < 5; i++) await db.Append("t" + i % 3, "Tested");
        await using (Start(db, Noting("notes")))
            await LogTesting.Until(async () => (await Noted(db, "notes")).Count == 40, "40 entries are handled");
        (await Noted(db, "notes")).ShouldBe(Enumerable.Range(1, 40).Select(n => (long)n));
    }

    [Theory, BothDatabases]
    public async Task Two_processes_share_a_consumer_and_when_one_stops_midway_nothing_is_lost_or_doubled(DatabaseKind kind)
    {
        await using var db = await Prepare(kind);
        // On SQLite only one process writes: there the two follow one another on the same database.
        await using var second = kind == DatabaseKind.Postgres ? new Db(db.Settings, TimeProvider.System) : null;
        int handled = 0;
        var halfway = new TaskCompletionSource();
        var consumer = Noting("notes", _ => { if (Interlocked.Increment(ref handled) == 100) halfway.SetResult(); });
        var first = Start(db, consumer);
        await using var other = Start(second ?? db, consumer);
        for (int i = 0; i < 150; i++) await db.Append("t" + i % 7, "Tested");
        await halfway.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await first.DisposeAsync();
        for (int i = 0; i < 50; i++) await db.Append("t" + i % 7, "Tested");
        await LogTesting.Until(async () => (await Noted(db, "notes")).Count >= 200, "200 entries are handled");
        (await Noted(db, "notes")).ShouldBe(Enumerable.Range(1, 200).Select(n => (long)n));
    }

    [Theory, BothDatabases]
    public async Task A_process_that_dies_is_replaced_when_its_lease_runs_out_and_cannot_write_any_more(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var db = await Prepare(kind, clock);
        for (int i = 0; i < 25; i++) await db.Append("t", "Tested", clock: clock);
        var horizon = new CommitHorizon(db);
        await LogTesting.Until(async () => await horizon.Read() == 25, "the horizon");
        ConsumerLoop Process() => new(Noting("notes"), db, horizon, Quick, clock, NullLogger.Instance);

        var dead = Process();
        var lease = (await dead.Claim())!;
        (await dead.Step(lease, default)).ShouldBeTrue();                  // ten entries, then it hangs
        (await Process().Claim()).ShouldBeNull();                          // the lease holds
        clock.Advance(Quick.Lease + TimeSpan.FromSeconds(1));
        var heir = Process();
        (await heir.Claim()).ShouldNotBeNull().Position.ShouldBe(10);
        await Should.ThrowAsync<LeaseLostException>(() => dead.Step(lease, default));      // it wakes up: fenced out, nothing doubled
        clock.Advance(Quick.Lease + TimeSpan.FromSeconds(1));
        await using var last = Start(db, Noting("notes"), clock: clock);
        await LogTesting.Until(async () => (await Noted(db, "notes")).Count == 25, "the heir goes on");
        (await Noted(db, "notes")).ShouldBe(Enumerable.Range(1, 25).Select(n => (long)n));
    }

    [Fact]
    public async Task A_connection_killed_between_effect_and_commit_leaves_neither()
    {
        await using var db = await Prepare(DatabaseKind.Postgres);
        for (int i = 0; i < 30; i++) await db.Append("t" + i % 3, "Tested");
        int killed = 0;
        var consumer = new EventConsumer("notes", async (work, events) =>
        {
            await Note(work, "notes", events);
            if (events[0].Position > 10 && Interlocked.Increment(ref killed) == 1)
                await work.Execute("select pg_terminate_backend(pg_backend_pid())");
        });
        await using var run = Start(db, consumer);
        await LogTesting.Until(async () => (await Noted(db, "notes")).Count == 30, "30 entries are handled");
        killed.ShouldBeGreaterThan(1);
        (await Noted(db, "notes")).ShouldBe(Enumerable.Range(1, 30).Select(n => (long)n));
    }

    [Theory, BothDatabases]
    public async Task A_poison_entry_is_parked_with_what_follows_it_and_blocks_nothing_else(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await MakeNotes(shop.Db);
        bool isMended = false;
        var consumer = Noting("notes", e => { if (e.Kind == "Poison" && !isMended) throw new InvalidOperationException("I choke on this."); });
        await using var run = Start(shop.Db, consumer);
        await shop.Db.Append("good", "Tested");       // 1
        await shop.Db.Append("bad", "Tested");        // 2
        await shop.Db.Append("bad", "Poison");        // 3
        await shop.Db.Append("bad", "Tested");        // 4
        for (int i = 0; i < 30; i++) await shop.Db.Append("good", "Tested");
        await LogTesting.Until(async () => (await Noted(shop.Db, "notes")).Count == 32, "the rest went on");
        (await Noted(shop.Db, "notes")).ShouldNotContain(4);

        await LogTesting.Until(async () => States(await shop.Get("/consumers/notes/parked")) is ["3 parked", "4 waiting"], "3 is given up, 4 waits behind it");
        var parked = (await shop.Get("/consumers/notes/parked")).GetProperty("data")[0];
        parked.GetProperty("attempts").GetInt32().ShouldBe(3);
        parked.GetProperty("error").GetString()!.ShouldContain("I choke on this.");
        var status = (await shop.Get("/consumers")).GetProperty("data").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "notes");
        status.GetProperty("parked").GetInt64().ShouldBe(2);
        await LogTesting.Until(async () => (await shop.Get("/consumers")).GetProperty("data").EnumerateArray()
            .Single(c => c.GetProperty("name").GetString() == "notes").GetProperty("lagEvents").GetInt64() == 0, "no lag");

        await shop.Refused(HttpMethod.Post, "/consumers/notes/parked/4/replay", null, 409, "consumers.waits_behind");
        await shop.Refused(HttpMethod.Post, "/consumers/notes/parked/5/replay", null, 404, "consumers.parked_not_found");
        isMended = true;
        await shop.Post("/consumers/notes/parked/3/replay", new { });
        await LogTesting.Until(async () => States(await shop.Get("/consumers/notes/parked")).Length == 0, "all is caught up");
        (await InOrderOfHandling(shop.Db, "bad")).ShouldBe([2, 3, 4]);
    }

    [Theory, BothDatabases]
    public async Task A_parked_entry_is_discarded_with_a_reason_and_what_waited_goes_on(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await MakeNotes(shop.Db);
        await using var run = Start(shop.Db, Noting("notes", e => { if (e.Kind == "Poison") throw new InvalidOperationException("No."); }));
        foreach (string name in (string[])["Poison", "Tested", "Tested"]) await shop.Db.Append("bad", name);
        await LogTesting.Until(async () => States(await shop.Get("/consumers/notes/parked")) is ["1 parked", "2 waiting", "3 waiting"], "1 is given up");

        await shop.Refused(HttpMethod.Post, "/consumers/notes/parked/1/discard", new { reason = " " }, 400, "request.invalid");
        await shop.Post("/consumers/notes/parked/1/discard", new { reason = "It was sent by hand." });
        await LogTesting.Until(async () => (await InOrderOfHandling(shop.Db, "bad")) is [2, 3], "what waited is handled");
        var told = (await shop.Get("/events?aggregate=notes")).GetProperty("data")[0];
        told.GetProperty("kind").GetString().ShouldBe("ParkedEventDiscarded");
        told.GetProperty("reason").GetString().ShouldBe("It was sent by hand.");
    }

    [Theory, BothDatabases]
    [Capability("P21")]
    public async Task Another_merchants_parked_entries_are_not_seen_nor_replayed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await MakeNotes(shop.Db);
        var other = Actor.House("system:test", await shop.Db.OtherMerchant());
        await using var run = Start(shop.Db, Noting("notes", _ => throw new InvalidOperationException("No.")));
        await shop.Db.Append("bad", "Poison", actor: other);
        await LogTesting.Until(async () => await shop.Db.ReadAll(work => work.Scalar("select count(*) from parked_events where attempts = 3")) == 1, "it is parked");
        States(await shop.Get("/consumers/notes/parked")).ShouldBeEmpty();
        await shop.Refused(HttpMethod.Post, "/consumers/notes/parked/1/replay", null, 404, "consumers.parked_not_found");
        await shop.Refused(HttpMethod.Post, "/consumers/notes/parked/1/discard", new { reason = "x" }, 404, "consumers.parked_not_found");
    }

    [Theory, BothDatabases]
    public async Task A_receiver_that_hangs_delays_no_other_consumer(DatabaseKind kind)
    {
        await using var db = await Prepare(kind);
        var delivered = new ConcurrentQueue<long>();
        var hanging = EventConsumer.Outward("hanging", (_, stop) => Task.Delay(Timeout.Infinite, stop));
        var quick = EventConsumer.Outward("quick", (events, _) => { foreach (var e in events) delivered.Enqueue(e.Position); return Task.CompletedTask; });
        await using var run = Start(db, [hanging, quick, Noting("notes")], Quick with { LongestDelivery = TimeSpan.FromSeconds(60) });
        for (int i = 0; i < 30; i++) await db.Append("t" + i % 3, "Tested");
        await LogTesting.Until(async () => delivered.Count == 30 && (await Noted(db, "notes")).Count == 30, "the others have all");
        delivered.ShouldBe(Enumerable.Range(1, 30).Select(n => (long)n));
        (await db.ReadAll(work => work.Scalar("select position from consumers where name = 'hanging'"))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task A_delivery_that_takes_longer_than_a_lease_keeps_it(DatabaseKind kind)
    {
        await using var db = await Prepare(kind);
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        int deliveries = 0;
        var slow = EventConsumer.Outward("slow", async (_, _) => { Interlocked.Increment(ref deliveries); begun.TrySetResult(); await goOn.Task; });
        var pace = Quick with { Lease = TimeSpan.FromSeconds(8), LongestDelivery = TimeSpan.FromSeconds(120) };
        await db.Append("t", "Tested");
        await using var one = Start(db, [slow], pace);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await using var two = Start(db, [slow], pace);
        long first = await Until();
        await LogTesting.Until(async () => await Until() > first + (long)pace.Lease.TotalMilliseconds, "the lease is renewed past its first end");
        goOn.SetResult();
        await LogTesting.Until(async () => await db.ReadAll(work => work.Scalar("select position from consumers where name = 'slow'")) == 1, "it is delivered");
        deliveries.ShouldBe(1);

        Task<long> Until() => db.ReadAll(work => work.Scalar("select lease_until_ms from consumers where name = 'slow'"));
    }

    private static EventConsumer Noting(string name, Action<LoggedEvent>? look = null) => new(name, async (work, events) =>
    {
        foreach (var entry in events) look?.Invoke(entry);
        await Note(work, name, events);
    });

    // No unique index: an entry handled twice would be there twice.
    private static Task Note(Work work, string name, IReadOnlyList<LoggedEvent> events) => work.Execute(
        "insert into test_notes (consumer, position, thing) select @name, position, thing from @rows r",
        Rows.Of(events).Long("position", e => e.Position).Text("thing", e => e.AggregateId), ("name", name));

    private static Task<List<long>> Noted(Db db, string consumer) => db.ReadAll(work =>
        work.Query("select position from test_notes where consumer = @consumer order by position", row => row.Long(), ("consumer", consumer)));

    private static Task<List<long>> InOrderOfHandling(Db db, string thing) => db.ReadAll(work =>
        work.Query("select position from test_notes where thing = @thing order by id", row => row.Long(), ("thing", thing)));

    private static string[] States(System.Text.Json.JsonElement page) =>
        [.. page.GetProperty("data").EnumerateArray().Select(p => $"{p.GetProperty("position")} {p.GetProperty("state").GetString()}")];

    private static async Task<Db> Prepare(DatabaseKind kind, TimeProvider? clock = null)
    {
        var db = await LogTesting.NewDb(kind, clock: clock);
        await MakeNotes(db);
        return db;
    }

    private static Task MakeNotes(Db db) => db.WriteAll(work => work.Execute(Dialect.Schema(db.Kind,
        "create table test_notes (id bigint generated by default as identity primary key, consumer text not null, position bigint not null, thing text not null)")));

    private static Running Start(Db db, EventConsumer consumer, TimeProvider? clock = null) => Start(db, [consumer], Quick, clock);

    /// <summary>The consumers of one process.</summary>
    private static Running Start(Db db, EventConsumer[] consumers, ConsumerPace pace, TimeProvider? clock = null)
    {
        var service = new RunConsumers(consumers, db, new CommitHorizon(db), pace, clock ?? TimeProvider.System, NullLogger<RunConsumers>.Instance);
        service.StartAsync(default).GetAwaiter().GetResult();
        return new Running(service);
    }

    private sealed class Running(RunConsumers service) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await service.StopAsync(default);
            service.Dispose();
        }
    }
}
