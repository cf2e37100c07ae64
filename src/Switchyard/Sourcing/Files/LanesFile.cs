using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Sourcing;

/// <summary>Lanes as a file: one row a service from a node to a zone, prices in major units.</summary>
internal sealed class LanesFile : FileKind
{
    public override string Name => "lanes";
    public override bool TellsPrices => true;
    public override Permission Reads => Permission.NodesRead;
    public override Permission Writes => Permission.NodesWrite;
    public override bool IsShared => true;

    public override IReadOnlyList<FileColumn> Columns { get; } =
    [
        new("node", true, "node_code"), new("zone", true, "zone_code"), new("service", true), new("method"), new("currency", true), new("base", true, "base_price"),
        new("per_kg", false, "price_per_kg"), new("max_weight_grams", false, "max_weight"), new("transit_days", false, "days"),
    ];

    public override string Key(FileRow row) => $"{row.Word("node")?.ToUpperInvariant()}\n{row.Word("zone")}\n{row.Word("service")}";

    private sealed record Entry(FileRow Row, string Node, LaneBody Lane);

    public override async Task<Error?> Save(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<FileRow> rows)
    {
        var entries = rows.Select(Read).OfType<Entry>().ToList();
        var zones = await WriteLanes.Zones(work, [.. entries.Select(e => e.Lane)]);
        var nodes = new Dictionary<string, StoredNode>();
        foreach (string code in entries.Select(e => e.Node).Distinct())       // nodes are few
            if (await NodesSql.Find(work, actor, code) is { } node) nodes[code] = node;
        foreach (var entry in entries)
        {
            if (!nodes.ContainsKey(entry.Node)) entry.Row.Fault("node", "nodes.no_such_node", $"There is no node {entry.Row.Word("node")}.");
            if (!zones.ContainsKey(entry.Lane.Zone!)) entry.Row.Fault("zone", "zones.no_such_zone", $"There is no zone {entry.Lane.Zone}.");
        }
        var sound = entries.Where(e => e.Row.IsSound).ToList();
        var before = (await WriteLanes.Of(work, [.. nodes.Values.Select(n => n.Id)])).ToDictionary(l => (l.Node, l.Lane.Zone, l.Lane.Service), l => l.Lane);
        foreach (var entry in sound)
            entry.Row.Outcome = !before.TryGetValue((nodes[entry.Node].Id, entry.Lane.Zone, entry.Lane.Service), out var lane) ? SaveOutcome.Created
                : lane == entry.Lane ? SaveOutcome.Unchanged : SaveOutcome.Updated;
        var changed = sound.Where(e => e.Row.Outcome != SaveOutcome.Unchanged).ToList();
        if (changed.Count == 0) return null;
        await WriteLanes.Upsert(work, [.. changed.Select(e => (nodes[e.Node].Id, zones[e.Lane.Zone!], e.Lane))]);
        await WriteLanes.Touch(work, [.. changed.Select(e => nodes[e.Node].Id).Distinct()]);
        await EventLog.Append(work, actor, now, [.. changed.GroupBy(e => nodes[e.Node].Body.Code!).Select(g =>
            new Happening("node", g.Key, "LanesChanged", new { Code = g.Key, LaneCount = g.Count() }))]);
        await CatalogVersion.BumpForNodes(work, [.. changed.Select(e => nodes[e.Node].Id).Distinct()]);
        return null;
    }

    public override bool CanUndo => true;

    public override async Task<Dictionary<string, string>> States(Work work, Actor actor, IReadOnlyList<string> keys)
    {
        var states = new Dictionary<string, string>();
        foreach (string code in keys.Select(k => k.Split('\n')[0]).Distinct())
            if (code.Length > 0 && await NodesSql.Find(work, actor, code) is { } node)
                foreach (var (_, lane) in await WriteLanes.Of(work, [node.Id])) states[$"{code}\n{lane.Zone}\n{lane.Service}"] = JsonSerializer.Serialize(lane, Json.Options);
        var wanted = keys.ToHashSet();
        return states.Where(s => wanted.Contains(s.Key)).ToDictionary();
    }

    public override async Task<IReadOnlyList<Error?>> Restore(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<ThingBefore> things)
    {
        var nodes = new Dictionary<string, long>();
        foreach (string code in things.Select(t => t.Key.Split('\n')[0]).Distinct()) nodes[code] = (await NodesSql.Find(work, actor, code))!.Id;
        var before = things.Where(t => t.Before is not null).Select(t => (Node: nodes[t.Key.Split('\n')[0]], Lane: JsonSerializer.Deserialize<LaneBody>(t.Before!, Json.Options)!)).ToList();
        var zones = await WriteLanes.Zones(work, [.. before.Select(b => b.Lane)]);
        await WriteLanes.Upsert(work, [.. before.Where(b => zones.ContainsKey(b.Lane.Zone!)).Select(b => (b.Node, zones[b.Lane.Zone!], b.Lane))]);
        await work.Execute(
            "delete from lanes where exists (select 1 from @rows r join zones z on z.code = r.zone where r.node_id = lanes.node_id and z.id = lanes.zone_id and r.service = lanes.service)",
            Rows.Of(things.Where(t => t.Before is null).Select(t => t.Key.Split('\n')).ToList()).Long("node_id", k => nodes[k[0]]).Text("zone", k => k[1]).Text("service", k => k[2]));
        await WriteLanes.Touch(work, [.. nodes.Values]);
        await EventLog.Append(work, actor, now, [.. nodes.Keys.Select(code => new Happening("node", code, "LanesChanged", new { Code = code, LaneCount = things.Count(t => t.Key.StartsWith(code + "\n", StringComparison.Ordinal)) }))]);
        await CatalogVersion.BumpForNodes(work, [.. nodes.Values]);
        return new Error?[things.Count];
    }

    public override async IAsyncEnumerable<string?[]> Export(Db db, Actor actor)
    {
        yield return [.. Columns.Select(c => c.Name)];
        string after = "";
        List<StoredNode> page;
        do
        {
            page = await db.Read(actor, work => NodesSql.Page(work, actor, after, 1));      // node by node: one has at most 10,000 lanes
            foreach (var node in page)
                foreach (var (_, l) in await db.Read(actor, work => WriteLanes.Of(work, [node.Id])))
                    yield return [node.Body.Code, l.Zone, l.Service, l.Method, l.Currency, FileRow.Major(l.BaseMinor, l.Currency!),
                        FileRow.Major(l.PerKgMinor, l.Currency!), Text.Invariant(l.MaxWeightGrams), Text.Invariant(l.TransitDays)];
            if (page.Count > 0) after = page[^1].Body.Code!;
        } while (page.Count > 0);
    }

    private static Entry? Read(FileRow row)
    {
        string? currency = row.Word("currency")?.ToUpperInvariant();
        var lane = new LaneBody(row.Word("zone"), row.Word("service"), row.Word("method") ?? "standard", currency, row.Amount("base", currency) ?? 0,
            row.Amount("per_kg", currency) ?? 0, row.Whole("max_weight_grams") ?? 30_000, (int)Math.Clamp(row.Whole("transit_days") ?? 0, -1, int.MaxValue));
        if (row.Text("base") is null) row.Fault("base", "field.required", "base is required.");
        var checks = new Checks();
        NodeChecks.Code(checks, row.Word("node"), "/node");
        WriteLanes.Check(checks, lane, "");
        if (checks.AnyFault) row.Fault(checks.ToError(), p => FileColumn.Tidy(p.TrimStart('/')));
        return row.IsSound ? new Entry(row, Text.Key(row.Word("node")!), lane) : null;
    }
}
