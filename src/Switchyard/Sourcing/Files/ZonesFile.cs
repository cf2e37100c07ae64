using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Sourcing;

/// <summary>Zones as a file: one row an area. An area that belongs to another zone moves to the one in the file.</summary>
internal sealed class ZonesFile : FileKind
{
    private const int PageRows = 5_000;

    public override string Name => "zones";
    public override Permission Reads => Permission.NodesRead;
    public override Permission Writes => Permission.NodesWrite;
    public override bool IsShared => true;
    public override IReadOnlyList<FileColumn> Columns { get; } =
        [new("zone", true, "code", "zone_code"), new("name", false, "zone_name"), new("country", true), new("postcode_prefix", false, "postcode", "prefix")];

    public override string Key(FileRow row) => row.Word("country") is { } country
        ? $"{country.ToUpperInvariant()} {Sourcing.Areas.Prefix(country.ToUpperInvariant(), row.Text("postcode_prefix") ?? "")}" : $" line {row.Line}";

    private sealed record Entry(FileRow Row, string Zone, string? ZoneName, string Country, string Prefix);

    public override async Task<Error?> Save(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<FileRow> rows)
    {
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;
        var entries = rows.Select(Read).OfType<Entry>().ToList();
        var zones = entries.GroupBy(e => e.Zone).Select(g => (Code: g.Key, Name: g.Select(e => e.ZoneName).LastOrDefault(n => n is not null))).ToList();
        var present = (await work.Query("select code, name from zones where code = any(@codes)", row => (Code: row.Text(), Name: row.Text()),
            ("codes", zones.Select(z => z.Code).ToArray()))).ToDictionary(z => z.Code, z => z.Name);
        var touched = zones.Where(z => !present.TryGetValue(z.Code, out string? name) || z.Name is not null && z.Name != name).ToList();
        await work.Execute("insert into zones (code, name) select code, name from @rows r where true on conflict (code) do update set name = excluded.name",
            Rows.Of(touched).Text("code", z => z.Code).Text("name", z => z.Name ?? z.Code));

        var before = (await work.Query(
            """
            select a.country, a.postcode_prefix, z.code from @rows r
              join zone_areas a on a.country = r.country and a.postcode_prefix = r.prefix join zones z on z.id = a.zone_id
            """, Areas(entries), row => (Key: (row.Text(), row.Text()), Zone: row.Text()))).ToDictionary(a => a.Key, a => a.Zone);
        foreach (var entry in entries)
            entry.Row.Outcome = !before.TryGetValue((entry.Country, entry.Prefix), out string? zone) ? SaveOutcome.Created
                : zone == entry.Zone && touched.All(t => t.Code != entry.Zone) ? SaveOutcome.Unchanged : SaveOutcome.Updated;
        var changed = entries.Where(e => e.Row.Outcome != SaveOutcome.Unchanged).ToList();
        await work.Execute(
            """
            insert into zone_areas (country, postcode_prefix, zone_id)
            select r.country, r.prefix, z.id from @rows r join zones z on z.code = r.zone where true
            on conflict (country, postcode_prefix) do update set zone_id = excluded.zone_id
            """, Areas(changed));
        if (changed.Count == 0) return null;
        // Those an area went to, and those it came from.
        string[] others = [.. changed.Select(e => e.Zone).Concat(changed.Select(e => before.GetValueOrDefault((e.Country, e.Prefix))).OfType<string>()).Distinct()];
        await work.Execute("update zones set version = version + 1 where code = any(@codes)", ("codes", others));
        await EventLog.Append(work, actor, now, [.. changed.GroupBy(e => e.Zone).Select(g =>
            new Happening("zone", g.Key, present.ContainsKey(g.Key) ? "ZoneChanged" : "ZoneCreated", new { Code = g.Key, AreaCount = g.Count() }))]);
        await CatalogVersion.BumpForAll(work);
        return null;
    }

    public override bool CanUndo => true;

    /// <summary>Of an area: the zone it is in.</summary>
    public override async Task<Dictionary<string, string>> States(Work work, Actor actor, IReadOnlyList<string> keys) => (await work.Query(
        "select a.country, a.postcode_prefix, z.code from @rows r join zone_areas a on a.country = r.country and a.postcode_prefix = r.prefix join zones z on z.id = a.zone_id",
        Areas(keys), row => (Key: $"{row.Text()} {row.Text()}", Zone: row.Text()))).ToDictionary(a => a.Key, a => a.Zone);

    public override async Task<IReadOnlyList<Error?>> Restore(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<ThingBefore> things)
    {
        await work.Execute("delete from zone_areas where exists (select 1 from @rows r where r.country = zone_areas.country and r.prefix = zone_areas.postcode_prefix)",
            Areas([.. things.Where(t => t.Before is null).Select(t => t.Key)]));
        await work.Execute(
            "update zone_areas set zone_id = z.id from @rows r join zones z on z.code = r.zone where zone_areas.country = r.country and zone_areas.postcode_prefix = r.prefix",
            Rows.Of(things.Where(t => t.Before is not null).ToList()).Text("country", t => t.Key[..2]).Text("prefix", t => t.Key[3..]).Text("zone", t => t.Before));
        // They are few, and which of them lost an area by this is not looked for.
        await work.Execute("update zones set version = version + 1");
        await CatalogVersion.BumpForAll(work);
        return new Error?[things.Count];
    }

    private static Rows Areas(IReadOnlyList<string> keys) => Rows.Of(keys.Where(k => k.Length > 2 && k[2] == ' ').ToList()).Text("country", k => k[..2]).Text("prefix", k => k[3..]);

    public override async IAsyncEnumerable<string?[]> Export(Db db, Actor actor)
    {
        yield return [.. Columns.Select(c => c.Name)];
        (string Country, string Prefix) after = ("", "");
        List<(string Zone, string Name, string Country, string Prefix)> page;
        do
        {
            page = await db.Read(actor, work => work.Query(
                """
                select z.code, z.name, a.country, a.postcode_prefix from zone_areas a join zones z on z.id = a.zone_id
                 where (a.country, a.postcode_prefix) > (@country, @prefix) order by a.country, a.postcode_prefix limit @limit
                """, row => (row.Text(), row.Text(), row.Text(), row.Text()), ("country", after.Country), ("prefix", after.Prefix), ("limit", (long)PageRows)));
            foreach (var (zone, name, country, prefix) in page) yield return [zone, name, country, prefix];
            if (page.Count > 0) after = (page[^1].Country, page[^1].Prefix);
        } while (page.Count == PageRows);
    }

    private static Rows Areas(IReadOnlyList<Entry> entries) =>
        Rows.Of(entries).Text("country", e => e.Country).Text("prefix", e => e.Prefix).Text("zone", e => e.Zone);

    private static Entry? Read(FileRow row)
    {
        var checks = new Checks();
        string country = row.Word("country")?.ToUpperInvariant() ?? "";
        NodeChecks.Code(checks, row.Word("zone"), "zone");
        NodeChecks.Country(checks, country, "country");
        checks.Text(row.Text("name"), "name", 200);
        checks.Text(row.Text("postcode_prefix"), "postcode_prefix", 20);
        if (checks.AnyFault) row.Fault(checks.ToError(), p => p);
        return row.IsSound ? new Entry(row, row.Word("zone")!, row.Text("name"), country, Sourcing.Areas.Prefix(country, row.Text("postcode_prefix") ?? "")) : null;
    }
}
