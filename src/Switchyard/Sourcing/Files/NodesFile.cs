using System.Globalization;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>Nodes as a file: one row each. A column that the file lacks leaves what is stored; an empty cell empties it.</summary>
internal sealed class NodesFile : FileKind
{
    private const int PageRows = 500;

    public override string Name => "nodes";
    public override bool TellsPrices => true;
    public override Permission Reads => Permission.NodesRead;
    public override Permission Writes => Permission.NodesWrite;
    public override bool IsShared => true;

    public override IReadOnlyList<FileColumn> Columns { get; } =
    [
        new("code", true, "node"), new("name"), new("kind", false, "type"), new("address_name"), new("line1"), new("line2"), new("city"), new("region"),
        new("country"), new("postcode"), new("latitude"), new("longitude"), new("time_zone"), new("opening_hours"), new("cut_offs"), new("services"),
        new("pick_fixed_minor"), new("handling_minor"), new("lead_days"), new("is_active", false, "active"), new("closed_days"),
        new("groups"),
    ];

    public override string Key(FileRow row) => row.Word("code") is { } code ? Text.Key(code) : $" line {row.Line}";

    public override async Task<Error?> Save(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<FileRow> rows)
    {
        foreach (var row in rows)       // nodes are few
        {
            var stored = row.Word("code") is { } code ? await NodesSql.Find(work, actor, code) : null;
            var node = Read(row, stored?.Body);
            if (!row.IsSound) continue;
            var checks = NodeChecks.Check(node);
            if (checks.AnyFault) { row.Fault(checks.ToError(), Column); continue; }
            var saved = await WriteNode.Save(work, actor, now, node);
            if (saved.Error is { } error) row.Fault(error, Column);
            else row.Outcome = saved.Value;
        }
        return null;
    }

    public override bool CanUndo => true;

    public override async Task<Dictionary<string, string>> States(Work work, Actor actor, IReadOnlyList<string> keys)
    {
        var states = new Dictionary<string, string>();
        foreach (string key in keys)
            if (await NodesSql.Find(work, actor, key) is { } stored) states[key] = JsonSerializer.Serialize(stored.Body.Tidied(), Json.Options);
        return states;
    }

    /// <summary>A node that did not exist is closed: stock and orders may know it by now.</summary>
    public override async Task<IReadOnlyList<Error?>> Restore(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<ThingBefore> things)
    {
        var left = new List<Error?>();
        foreach (var thing in things)
        {
            var node = thing.Before is { } before ? JsonSerializer.Deserialize<NodeBody>(before, Json.Options)! : (await NodesSql.Find(work, actor, thing.Key))!.Body with { IsActive = false };
            left.Add((await WriteNode.Save(work, actor, now, node)).Error);
        }
        return left;
    }

    public override async IAsyncEnumerable<string?[]> Export(Db db, Actor actor)
    {
        yield return [.. Columns.Select(c => c.Name)];
        string after = "";
        List<StoredNode> page;
        do
        {
            page = await db.Read(actor, work => NodesSql.Page(work, actor, after, PageRows));
            foreach (var node in page) yield return [.. Columns.Select(c => Cell(c.Name, node.Body))];
            if (page.Count > 0) after = page[^1].Body.Code!;
        } while (page.Count == PageRows);
    }

    private static string? Cell(string column, NodeBody n) => column switch
    {
        "code" => n.Code,
        "name" => n.Name,
        "kind" => n.Kind,
        "address_name" => n.Address?.Name,
        "line1" => n.Address?.Line1,
        "line2" => n.Address?.Line2,
        "city" => n.Address?.City,
        "region" => n.Address?.Region,
        "country" => n.Country,
        "postcode" => n.Postcode,
        "latitude" => n.Position?.Latitude.ToString("0.######", CultureInfo.InvariantCulture),
        "longitude" => n.Position?.Longitude.ToString("0.######", CultureInfo.InvariantCulture),
        "time_zone" => n.TimeZone,
        "opening_hours" => NodeTimes.Write(n.OpeningHours!),
        "cut_offs" => string.Join("; ", n.CutOffs!.Select(c => $"{c.Key}={c.Value}")),
        "services" => string.Join(' ', n.Services!),
        "pick_fixed_minor" => Text.Invariant(n.PickFixedMinor),
        "handling_minor" => Text.Invariant(n.HandlingMinor),
        "lead_days" => Text.Invariant(n.LeadDays),
        "is_active" => n.IsActive ? "yes" : "no",
        "closed_days" => string.Join(' ', n.ClosedDays!),
        "groups" => string.Join(' ', n.Groups!),
        _ => null,
    };

    private static NodeBody Read(FileRow row, NodeBody? stored)
    {
        string? Keep(string column, string? kept) => row.Has(column) ? row.Text(column) : kept;
        long Number(string column, long kept) => row.Has(column) ? row.Whole(column) ?? 0 : kept;
        var at = stored?.Position;
        var latitude = row.Has("latitude") ? row.Decimal("latitude") : at?.Latitude;
        var longitude = row.Has("longitude") ? row.Decimal("longitude") : at?.Longitude;
        if (latitude is null != longitude is null && row.IsSound) row.Fault("longitude", "field.required", "Latitude and longitude go together.");
        var hours = row.Has("opening_hours") ? NodeTimes.Hours(row) : stored?.OpeningHours;
        var cutOffs = row.Has("cut_offs") ? NodeTimes.CutOffs(row) : stored?.CutOffs;
        return new NodeBody
        {
            Code = stored?.Code ?? row.Word("code"),
            Name = Keep("name", stored?.Name),
            Kind = row.Has("kind") ? row.Word("kind")?.ToLowerInvariant() : stored?.Kind,
            Address = new Address(Keep("address_name", stored?.Address?.Name), Keep("line1", stored?.Address?.Line1), Keep("line2", stored?.Address?.Line2),
                Keep("city", stored?.Address?.City), Keep("region", stored?.Address?.Region)),
            Country = row.Has("country") ? row.Word("country")?.ToUpperInvariant() : stored?.Country,
            Postcode = Keep("postcode", stored?.Postcode),
            Position = latitude is { } y && longitude is { } x ? new Position(y, x) : null,
            TimeZone = row.Has("time_zone") ? row.Word("time_zone") ?? "UTC" : stored?.TimeZone,
            OpeningHours = hours,
            CutOffs = cutOffs,
            Services = row.Has("services") ? row.Text("services")?.Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries) : stored?.Services,
            PickFixedMinor = Number("pick_fixed_minor", stored?.PickFixedMinor ?? 0),
            HandlingMinor = Number("handling_minor", stored?.HandlingMinor ?? 0),
            LeadDays = (int)Math.Clamp(Number("lead_days", stored?.LeadDays ?? 0), int.MinValue, int.MaxValue),
            IsActive = row.Has("is_active") ? row.YesNo("is_active") ?? true : stored?.IsActive ?? true,
            ClosedDays = row.Has("closed_days") ? row.Text("closed_days")?.Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries) : stored?.ClosedDays,
            Groups = row.Has("groups") ? row.Text("groups")?.Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries) : stored?.Groups,
            Attributes = stored?.Attributes,
        };
    }

    private static string Column(string pointer) => pointer.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["address", "name"] => "address_name",
        ["address" or "position", var part, ..] => part,
        [var field, ..] => FileColumn.Tidy(field),
        _ => "",
    };
}

/// <summary>Times in one cell: <c>monday 09:00-12:00 13:00-17:00; tuesday 09:00-17:00</c> and <c>next_day=15:00; *=16:00</c>.</summary>
internal static class NodeTimes
{
    public static string Write(IReadOnlyDictionary<string, IReadOnlyList<OpenTime?>?> hours) =>
        string.Join("; ", hours.Select(d => $"{d.Key} {string.Join(' ', (d.Value ?? []).Select(t => $"{t!.From}-{t.To}"))}".Trim()));

    public static Dictionary<string, IReadOnlyList<OpenTime?>?> Hours(FileRow row)
    {
        var hours = new Dictionary<string, IReadOnlyList<OpenTime?>?>();
        foreach (string day in (row.Text("opening_hours") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] words = day.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            hours[words[0].ToLowerInvariant()] = [.. words.Skip(1).Select(w => w.Split('-')).Select(t => new OpenTime(t[0], t.ElementAtOrDefault(1)))];
        }
        return hours;
    }

    public static Dictionary<string, string?> CutOffs(FileRow row)
    {
        var cutOffs = new Dictionary<string, string?>();
        foreach (string entry in (row.Text("cut_offs") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int at = entry.LastIndexOf('=');
            cutOffs[at < 0 ? entry : entry[..at].Trim()] = at < 0 ? null : entry[(at + 1)..].Trim();
        }
        return cutOffs;
    }
}
