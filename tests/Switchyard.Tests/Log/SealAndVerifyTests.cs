using Microsoft.Data.Sqlite;
using Npgsql;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Tests.Log;

/// <summary>Each fault is planted by somebody who may do everything in the database, and must be found.</summary>
[Capability("P22", "SE-02")]
public sealed class SealAndVerifyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("switchyard-anchor-").FullName;
    private readonly AnchorFile _anchor;

    public SealAndVerifyTests() => _anchor = new AnchorFile(Path.Combine(_folder, "anchor.txt"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, BothDatabases]
    public async Task A_sound_log_passes_and_everything_is_counted(DatabaseKind kind)
    {
        await using var db = await SealedLog(kind);
        var found = await Verify(db);
        found.Values.SelectMany(r => r.Faults).ShouldBeEmpty();
        found.ToDictionary(f => f.Key, f => f.Value.Counted).ShouldBe(new Dictionary<string, long>
        {
            ["events.chain"] = 14, ["events.heads"] = 4, ["events.seals"] = 2, ["events.anchor"] = 2,
        }, ignoreOrder: true);
    }

    [Theory]
    [BothDatabases("update events set payload = '{\"n\":99}' where position = 5", "events.chain", "Entry 2 of thing t1 (position 5) was changed")]
    [BothDatabases("update events set actor = 'user:other' where position = 5", "events.chain", "was changed")]
    [BothDatabases("update events set at_ms = at_ms + 1 where position = 5", "events.chain", "was changed")]
    [BothDatabases("update events set reason = 'Because' where position = 5", "events.chain", "was changed")]
    [BothDatabases("update events set merchant_id = 2 where position = 5", "events.chain", "was changed")]
    [BothDatabases("delete from events where position = 5", "events.chain", "Entry 2 of thing t1 is missing")]
    [BothDatabases("delete from events where position = 5", "events.seals", "was made over 8 entries; 7 are there")]
    [BothDatabases("delete from events where aggregate_id = 't1' and seq >= 2", "events.heads", "The newest entry of thing t1, number 4, is missing")]
    [BothDatabases("delete from events where aggregate_id = 't1'", "events.heads", "The newest entry of thing t1, number 4, is missing")]
    [BothDatabases("delete from events where aggregate_kind = 'order' and seq = 2", "events.heads", "number 2, is missing")]
    [BothDatabases("delete from orders", "events.chain", "which does not exist")]
    [BothDatabases("insert into events select 100, merchant_id, aggregate_kind, aggregate_id, seq + 1, kind, schema_version, actor, reason, at_ms, payload, hash, hash from events where aggregate_id = 't1' and seq = 4",
        "events.heads", "has an entry (position 100) after its newest")]
    [BothDatabases("insert into events select 100, merchant_id, aggregate_kind, 'invented', seq, kind, schema_version, actor, reason, at_ms, payload, previous_hash, hash from events where position = 1",
        "events.chain", "There are entries of thing invented, which does not exist")]
    [BothDatabases("insert into events select 9, merchant_id, aggregate_kind, 'invented', seq, kind, schema_version, actor, reason, at_ms, payload, previous_hash, hash from events where position = 1",
        "events.seals", "was made over 6 entries; 7 are there")]
    [BothDatabases("update events set position = -1 where position = 4; update events set position = 4 where position = 8; update events set position = 8 where position = -1",
        "events.seals", "does not fit its entries")]
    [BothDatabases("update events set position = -1 where position = 2; update events set position = 2 where position = 5; update events set position = 5 where position = -1",
        "events.chain", "they changed places")]
    [BothDatabases("update events set seq = -1 where position = 2; update events set seq = 1 where position = 5; update events set seq = 2 where position = 2",
        "events.chain", "was changed")]
    [BothDatabases("update event_seals set hash = previous_hash where seal_no = 1", "events.seals", "Seal 1 (positions 1 to 8) does not fit")]
    [BothDatabases("delete from event_seals where seal_no = 1", "events.seals", "Seals 1 to 1 are missing")]
    [BothDatabases("update event_seals set from_position = 10 where seal_no = 2", "events.seals", "does not begin where the seal before it ends")]
    [BothDatabases("update event_heads set seq = 3 where aggregate_id = 't1'", "events.heads", "after its newest, number 3")]
    public async Task Planted_faults_are_found(DatabaseKind kind, string fault, string check, string says)
    {
        await using var db = await SealedLog(kind);
        await Plant(db, fault);
        string.Join('\n', (await Verify(db))[check].Faults).ShouldContain(says);
    }

    [Theory, BothDatabases]
    public async Task A_forger_who_mends_the_chain_and_the_head_is_found_by_the_seals(DatabaseKind kind)
    {
        await using var db = await SealedLog(kind);
        var newest = (await db.ReadAll(work => EventsSql.OfHouse(work, 0, 1000, 1000, []))).Last(e => e.AggregateId == "t1");
        byte[] forged = (newest with { Payload = "{}" }).ComputeHash();
        string hex = Convert.ToHexStringLower(forged), literal = kind == DatabaseKind.Postgres ? $"'\\x{hex}'" : $"x'{hex}'";
        await Plant(db, $"update events set payload = '{{}}', hash = {literal} where position = {newest.Position}; update event_heads set hash = {literal} where aggregate_id = 't1'");
        var found = await Verify(db);
        found["events.chain"].Faults.ShouldBeEmpty();
        found["events.heads"].Faults.ShouldBeEmpty();
        found["events.seals"].Faults.ShouldHaveSingleItem().ShouldContain("does not fit its entries");
    }

    [Theory, BothDatabases]
    public async Task The_end_of_the_log_cut_off_with_its_seal_and_heads_is_found_by_the_anchor(DatabaseKind kind)
    {
        await using var db = await SealedLog(kind);
        await Plant(db, """
            delete from events where position > 8;
            delete from event_seals where seal_no = 2;
            update event_heads set seq = (select max(e.seq) from events e where e.aggregate_id = event_heads.aggregate_id),
                hash = (select e.hash from events e where e.aggregate_id = event_heads.aggregate_id order by e.seq desc limit 1);
            delete from orders
            """);
        var found = await Verify(db);
        found["events.chain"].Faults.ShouldBeEmpty();
        found["events.heads"].Faults.ShouldBeEmpty();
        found["events.seals"].Faults.ShouldBeEmpty();
        found["events.anchor"].Faults.ShouldHaveSingleItem().ShouldContain("Seal 2 up to position 15");

        File.Delete(_anchor.Path!);
        (await Verify(db))["events.anchor"].Faults.ShouldHaveSingleItem().ShouldContain("is missing");
    }

    [Theory, BothDatabases]
    public async Task A_log_rewritten_and_sealed_anew_is_found_by_the_anchor(DatabaseKind kind)
    {
        await using var db = await SealedLog(kind);
        await Plant(db, "delete from event_seals; delete from events where aggregate_id = 't2'; delete from event_heads where aggregate_id = 't2'");
        var horizon = new CommitHorizon(db);
        await LogTesting.Until(async () => await SealLog.Handle(db, horizon, TimeProvider.System) is not null, "it is sealed anew");
        var found = await Verify(db);
        found["events.seals"].Faults.ShouldBeEmpty();
        found["events.anchor"].Faults.ShouldContain(f => f.Contains("Seal 1 is not the one"));
    }

    [Theory, BothDatabases]
    public async Task Many_sealers_at_once_make_one_chain(DatabaseKind kind)
    {
        await using var db = await LogTesting.NewDb(kind);
        await using var second = kind == DatabaseKind.Postgres ? new Db(db.Settings, TimeProvider.System) : null;
        CommitHorizon one = new(db), two = new(second ?? db);
        // The horizon of PostgreSQL waits for the open transactions of the whole cluster: the first seal is made before the crowd comes.
        await db.Append("t0", "Tested");
        await LogTesting.Until(async () => (await SealLog.Handle(db, one, TimeProvider.System))?.To == 1, "the first is sealed");
        var writing = Task.Run(async () => { for (int i = 0; i < 60; i++) await db.Append("t" + i % 3, "Tested", new { n = i }); });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            for (; !writing.IsCompleted; await Task.Delay(3)) await SealLog.Handle(n % 2 == 0 ? db : second ?? db, n % 2 == 0 ? one : two, TimeProvider.System);
        })));
        await writing;
        await LogTesting.Until(async () => (await SealLog.Handle(db, one, TimeProvider.System))?.To == 61, "all is sealed");
        var found = await Verify(db);
        found["events.seals"].Faults.ShouldBeEmpty();
        found["events.seals"].Counted.ShouldBeGreaterThan(1);
        (await db.ReadAll(work => work.Scalar("select sum(entries) from event_seals"))).ShouldBe(61);
    }

    [Theory, BothDatabases]
    public async Task The_log_cannot_be_changed_by_the_server_itself(DatabaseKind kind)
    {
        await using var db = await SealedLog(kind);
        foreach (string sql in (string[])["update events set payload = '{}' where merchant_id = @merchant", "delete from events where merchant_id = @merchant",
            "delete from event_seals", "update event_seals set entries = 0"])
        {
            await Should.ThrowAsync<System.Data.Common.DbException>(() => db.Write<Done>(LogTesting.Tester, async work => { await work.Execute(sql); return new Done(); }));
        }
    }

    private async Task<Dictionary<string, CheckResult>> Verify(Db db)
    {
        var found = new Dictionary<string, CheckResult>();
        foreach (var check in (BooksCheck[])[CheckChain.Check, CheckHeads.Check, CheckSeals.Check, CheckSeals.AnchorCheck(_anchor)])
            found[check.Name] = await check.Run(db);
        return found;
    }

    /// <summary>Positions 1 to 8 under the first seal, 10 to 15 under the second, 9 left out by a write that was rolled back.</summary>
    private async Task<Db> SealedLog(DatabaseKind kind)
    {
        var db = await LogTesting.NewDb(kind);
        var horizon = new CommitHorizon(db);
        await db.OtherMerchant();
        for (int i = 0; i < 8; i++) await db.Append("t" + i % 3, "Tested", new { n = i });
        await Seal(8);
        await Plant(db, kind == DatabaseKind.Postgres ? "select nextval('events_position_seq')" : "update sqlite_sequence set seq = 9 where name = 'events'");
        for (int i = 8; i < 12; i++) await db.Append("t" + i % 3, "Tested", new { n = i });
        await AppendOrder(db);
        await Seal(15);
        return db;

        async Task Seal(long to)
        {
            Seal? seal = null;
            await LogTesting.Until(async () => (seal = await SealLog.Handle(db, horizon, TimeProvider.System))?.To == to, $"sealed up to {to}");
            await _anchor.Append(seal!, default);
        }
    }

    private static Task AppendOrder(Db db) => db.WriteAll(async work =>
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = OrderId.New(now);
        var placed = EventLog.Next(1, "system:test", new Happening("order", id.ToString(), "OrderPlaced", new { number = "1" }), 0, EventHash.Root, now);
        var held = EventLog.Next(1, "system:test", new Happening("order", id.ToString(), "OrderHeld", new { }), 1, placed.Hash, now);
        var batch = work.Batch();
        EventLog.Insert(batch, [placed, held]);
        batch.Execute(
            """
            insert into orders (id, merchant_id, channel_id, number, state, currency, prices_include_tax, goods_minor, discount_minor, charges_minor, tax_minor,
                total_minor, base_currency, payment_state, placed_at_ms, event_seq, event_hash)
            select @id, 1, min(id), '1', 'placed', 'GBP', @yes, 0, 0, 0, 0, 0, 'GBP', 'paid', 0, 2, @hash from channels
            """, ("id", id.Value), ("yes", true), ("hash", held.Hash));
        await batch.Run();
        return 0;
    });

    private static async Task Plant(Db db, string sql)
    {
        if (db.Kind == DatabaseKind.Postgres)
        {
            await using var source = NpgsqlDataSource.Create(TestPostgres.AsSuperuser(db.Settings.ConnectionString));
            await using var fault = source.CreateCommand(sql);
            await fault.ExecuteNonQueryAsync();
            return;
        }
        await using var connection = new SqliteConnection(db.Settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select name from sqlite_master where type = 'trigger'";
        var triggers = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) triggers.Add(reader.GetString(0));
        // This log is thrown away after its fault, so the triggers that forbid it need not come back.
        bool isFault = !sql.Contains("sqlite_sequence", StringComparison.Ordinal);
        command.CommandText = string.Concat(isFault ? triggers.Select(t => $"drop trigger {t};") : []) + "pragma foreign_keys = off;" + sql;
        await command.ExecuteNonQueryAsync();
    }
}
