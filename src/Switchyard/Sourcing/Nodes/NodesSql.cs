using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>A node with what the database adds to it.</summary>
public sealed record StoredNode(long Id, long Version, DateTimeOffset CreatedAt, NodeBody Body);

/// <summary>The statements on nodes that several slices share. A node that does not serve the caller's merchant is as good as absent.</summary>
internal static class NodesSql
{
    private const decimal Micro = 1_000_000m;

    private const string Select =
        """
        select n.id, n.version, n.created_at_ms, n.code, n.name, n.kind, n.address, n.country, n.postcode, n.latitude_micro, n.longitude_micro,
            n.time_zone, n.opening_hours, n.cut_offs, n.services, n.pick_fixed_minor, n.handling_minor, n.lead_days, n.is_active, n.closed_days
          from nodes n join node_merchants m on m.node_id = n.id
         where m.merchant_id = @merchant and (@nodes::bigint[] is null or n.id = any(@nodes))
        """;

    public static Task<StoredNode?> Find(Work work, Actor actor, string code, bool locked = false) => work.Find(
        Select + " and upper(n.code) = @code " + (locked ? "for update of n" : ""), Read, ("nodes", actor.NodeFilter), ("code", Text.Key(code)));

    public static Task<List<StoredNode>> Page(Work work, Actor actor, string after, int limit) => work.Query(
        Select + " and n.code > @after order by n.code limit @limit", Read, ("nodes", actor.NodeFilter), ("after", after), ("limit", (long)limit));

    /// <summary>Inserts a node; false when the code is taken, by a node the caller may not see perhaps.</summary>
    public static async Task<bool> Insert(Work work, NodeBody node, DateTimeOffset now) => await work.Execute(
        """
        insert into nodes (code, name, kind, address, country, postcode, latitude_micro, longitude_micro, time_zone, opening_hours, cut_offs,
            services, pick_fixed_minor, handling_minor, lead_days, is_active, closed_days, created_at_ms)
        select @code, @name, @kind, @address, @country, @postcode, @latitude, @longitude, @zone, @hours, @cutOffs, @services, @pick, @handling,
            @lead, @active, @closed, @now
         where not exists (select 1 from nodes where upper(code) = @key)
        on conflict (code) do nothing
        """, [.. Fields(node), ("key", Text.Key(node.Code!)), ("now", now.ToUnixTimeMilliseconds())]) == 1;

    public static Task Update(Work work, long id, NodeBody node) => work.Execute(
        """
        update nodes set name = @name, kind = @kind, address = @address, country = @country, postcode = @postcode, latitude_micro = @latitude,
            longitude_micro = @longitude, time_zone = @zone, opening_hours = @hours, cut_offs = @cutOffs, services = @services,
            pick_fixed_minor = @pick, handling_minor = @handling, lead_days = @lead, is_active = @active, closed_days = @closed, version = version + 1
         where id = @id
        """, [.. Fields(node), ("id", id)]);

    private static (string, object?)[] Fields(NodeBody node) =>
    [
        ("code", node.Code), ("name", node.Name), ("kind", node.Kind), ("address", JsonSerializer.Serialize(node.Address, Json.Options)),
        ("country", node.Country), ("postcode", node.Postcode), ("latitude", (long?)(node.Position?.Latitude * Micro)),
        ("longitude", (long?)(node.Position?.Longitude * Micro)), ("zone", node.TimeZone),
        ("hours", JsonSerializer.Serialize(node.OpeningHours, Json.Options)), ("cutOffs", JsonSerializer.Serialize(node.CutOffs, Json.Options)),
        ("services", JsonSerializer.Serialize(node.Services, Json.Options)), ("pick", node.PickFixedMinor), ("handling", node.HandlingMinor),
        ("lead", node.LeadDays), ("active", node.IsActive), ("closed", JsonSerializer.Serialize(node.ClosedDays, Json.Options)),
    ];

    private static StoredNode Read(Row row) => new(row.Long(), row.Long(), row.Instant(), new NodeBody
    {
        Code = row.Text(),
        Name = row.Text(),
        Kind = row.Text(),
        Address = Parse<Address>(row.Text()),
        Country = row.TextOrNull(),
        Postcode = row.TextOrNull(),
        Position = (row.LongOrNull(), row.LongOrNull()) is ({ } latitude, { } longitude) ? new Position(latitude / Micro, longitude / Micro) : null,
        TimeZone = row.Text(),
        OpeningHours = Parse<Dictionary<string, IReadOnlyList<OpenTime?>?>>(row.Text()),
        CutOffs = Parse<Dictionary<string, string?>>(row.Text()),
        Services = Parse<List<string?>>(row.Text()),
        PickFixedMinor = row.Long(),
        HandlingMinor = row.Long(),
        LeadDays = row.Int(),
        IsActive = row.Bool(),
        ClosedDays = Parse<List<string?>>(row.Text()),
    }.Tidied());

    private static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, Json.Options)!;
}
