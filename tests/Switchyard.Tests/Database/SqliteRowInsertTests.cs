using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Database;

/// <summary>Rows that SQLite writes one after the other are the rows that one statement would have written.</summary>
[Trait("Kind", "Database")]
public sealed class SqliteRowInsertTests
{
    private sealed record Sample(Guid Id, long Whole, long? Maybe, string? Text, byte[]? Bytes, bool Flag);

    private static readonly Sample[] Samples =
    [
        new(new Guid("018f3c2e-0000-7000-8000-00000000000a"), long.MaxValue, null, "", [], true),
        new(Guid.Empty, long.MinValue, 0, null, null, false),
        new(new Guid("018f3c2e-0000-7000-8000-00000000000b"), 0, -1, "Zoë 🧵 \"quoted\" 'single' \\ / \n\t", [0, 255, 0], true),
        new(new Guid("018f3c2e-0000-7000-8000-00000000000c"), 1, long.MaxValue, new string('ü', 5_000), new byte[5_000], false),
    ];

    [Theory]
    [InlineData("insert into probe (id, whole, maybe, text, bytes, flag) select id, whole, maybe, text, bytes, flag from @rows r", true)]
    [InlineData("insert into probe (id, whole, maybe, text, bytes, flag) select id, whole, maybe, coalesce(text, null), bytes, flag from @rows r", false)]
    public async Task What_is_written_is_read_back_either_way(string insert, bool isRowByRow)
    {
        SqliteRowInsert.Fits(insert).ShouldBe(isRowByRow);
        await using var db = await Probe();
        (await db.WriteAll(work => work.Execute(insert, Given()))).ShouldBe(Samples.Length);
        var read = await db.ReadAll(work => work.Query("select id, whole, maybe, text, bytes, flag from probe order by rowid",
            row => new Sample(row.Uuid(), row.Long(), row.LongOrNull(), row.TextOrNull(), row.BytesOrNull(), row.Bool())));
        foreach (var (was, now) in Samples.Zip(read))
        {
            now.ShouldBe(was with { Bytes = now.Bytes });
            now.Bytes.ShouldBe(was.Bytes);
        }
        (await db.ReadAll(work => work.Query("select distinct typeof(id) || typeof(whole) || typeof(flag) from probe", row => row.Text()))).ShouldBe(["blobintegerinteger"]);
    }

    [Fact]
    public async Task A_row_that_is_there_is_told_and_nothing_of_the_transaction_stays()
    {
        await using var db = await Probe();
        const string Insert = "insert into probe (id, whole, maybe, text, bytes, flag) select id, whole, maybe, text, bytes, flag from @rows r";
        var fault = await Should.ThrowAsync<Exception>(() => db.WriteAll(async work => { await work.Execute(Insert, Given()); return await work.Execute(Insert, Given()); }));
        Dialect.IsUniqueViolation(fault, out string which).ShouldBeTrue(fault.ToString());
        which.ShouldContain("probe.id");
        (await db.ReadAll(work => work.Scalar("select count(*) from probe"))).ShouldBe(0);
        (await db.WriteAll(work => work.Execute(Insert, Given()))).ShouldBe(Samples.Length, "the statement can be used again");
        (await db.WriteAll(work => work.Execute(Insert + " where true on conflict do nothing", Given()))).ShouldBe(0, "what is not written is not counted");
    }

    [Theory]
    [InlineData("insert into t (a, b) select a, @now from @rows r where true on conflict (a) do update set b = excluded.b", true)]
    [InlineData("\n insert into t (a)\n select a from @rows r -- house\n", true)]
    [InlineData("insert into t (a) select distinct a from @rows r", false)]
    [InlineData("insert into t (a) select a from @rows r join s on s.a = r.a", false)]
    [InlineData("insert into t (a) select a from @rows r where not exists (select 1 from t where t.a = r.a)", false)]
    [InlineData("insert into t (a) select max(a) from @rows r", false)]
    [InlineData("insert into t (a) select a from @rows r where true order by a", false)]
    [InlineData("insert into t (a) select a from @rows r returning a", false)]
    [InlineData("update t set a = r.a from @rows r", false)]
    public void Only_what_writes_each_row_by_itself_is_stepped(string sql, bool fits) => SqliteRowInsert.Fits(sql).ShouldBe(fits);

    private static Rows<Sample> Given() => Rows.Of(Samples).Uuid("id", s => s.Id).Long("whole", s => s.Whole).LongOrNull("maybe", s => s.Maybe)
        .Text("text", s => s.Text).Bytes("bytes", s => s.Bytes).Bool("flag", s => s.Flag);

    private static async Task<Db> Probe()
    {
        var settings = Shop.NewDatabase(DatabaseKind.Sqlite);
        var db = new Db(settings, TimeProvider.System);
        await db.WriteAll(work => work.Execute("create table probe (id blob not null primary key, whole integer not null, maybe integer, text text, bytes blob, flag integer not null)"));
        return db;
    }
}
