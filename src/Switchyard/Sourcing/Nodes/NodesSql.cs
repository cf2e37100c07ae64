using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>A node with what the database adds to it.</summary>
public sealed record StoredNode(long Id, long Version, DateTimeOffset CreatedAt, NodeBody Body)
{
    /// <summary>Since when its rule about late feeds counts.</summary>
    public long? FeedSinceMs { get; init; }
}

/// <summary>The statements on nodes that several slices share. A node that does not serve the caller's merchant is as good as absent.</summary>
internal static class NodesSql
{
    private const decimal Micro = 1_000_000m;

    private const string Select =
        """
        select n.id, n.version, n.created_at_ms, n.code, n.name, n.kind, n.address, n.country, n.postcode, n.latitude_micro, n.longitude_micro,
            n.time_zone, n.opening_hours, n.cut_offs, n.services, n.pick_fixed_minor, n.handling_minor, n.lead_days, n.is_active, n.closed_days,
            n.node_groups, n.attributes, n.collect, n.same_day, n.feed_steps, n.sells_online, n.feed_since_ms
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
            services, pick_fixed_minor, handling_minor, lead_days, is_active, closed_days, node_groups, attributes, collect, same_day, feed_steps, feed_since_ms, sells_online, created_at_ms)
        select @code, @name, @kind, @address, @country, @postcode, @latitude, @longitude, @zone, @hours, @cutOffs, @services, @pick, @handling,
            @lead, @active, @closed, @groups, @attributes, @collect, @sameDay, @feed, @since, @online, @now
         where not exists (select 1 from nodes where upper(code) = @key)
        on conflict (code) do nothing
        """, [.. Fields(node, now), ("key", Text.Key(node.Code!)), ("now", now.ToUnixTimeMilliseconds())]) == 1;

    public static Task Update(Work work, long id, NodeBody node, DateTimeOffset now) => work.Execute(
        """
        update nodes set name = @name, kind = @kind, address = @address, country = @country, postcode = @postcode, latitude_micro = @latitude,
            longitude_micro = @longitude, time_zone = @zone, opening_hours = @hours, cut_offs = @cutOffs, services = @services,
            pick_fixed_minor = @pick, handling_minor = @handling, lead_days = @lead, is_active = @active, closed_days = @closed,
            node_groups = @groups, attributes = @attributes, collect = @collect, same_day = @sameDay,
            feed_since_ms = case when feed_steps = @feed then feed_since_ms else @since end, feed_steps = @feed, sells_online = @online, version = version + 1
         where id = @id
        """, [.. Fields(node, now), ("id", id)]);

    private static (string, object?)[] Fields(NodeBody node, DateTimeOffset now) =>
    [
        ("code", node.Code), ("name", node.Name), ("kind", node.Kind), ("address", JsonSerializer.Serialize(node.Address, Json.Options)),
        ("country", node.Country), ("postcode", node.Postcode), ("latitude", (long?)(node.Position?.Latitude * Micro)),
        ("longitude", (long?)(node.Position?.Longitude * Micro)), ("zone", node.TimeZone),
        ("hours", JsonSerializer.Serialize(node.OpeningHours, Json.Options)), ("cutOffs", JsonSerializer.Serialize(node.CutOffs, Json.Options)),
        ("services", JsonSerializer.Serialize(node.Services, Json.Options)), ("pick", node.PickFixedMinor), ("handling", node.HandlingMinor),
        ("lead", node.LeadDays), ("active", node.IsActive), ("closed", JsonSerializer.Serialize(node.ClosedDays, Json.Options)),
        ("groups", JsonSerializer.Serialize(node.Groups, Json.Options)), ("attributes", JsonSerializer.Serialize(node.Attributes, Json.Options)),
        ("collect", node.Collect is null ? null : JsonSerializer.Serialize(node.Collect, Json.Options)),
        ("sameDay", node.SameDay is null ? null : JsonSerializer.Serialize(node.SameDay, Json.Options)),
        ("feed", JsonSerializer.Serialize(node.FeedSteps, Json.Options)), ("since", now.ToUnixTimeMilliseconds()), ("online", node.SellsOnline!.Value),
    ];

    private static StoredNode Read(Row row)
    {
        var node = new StoredNode(row.Long(), row.Long(), row.Instant(), Body(row));
        return node with { FeedSinceMs = row.LongOrNull() };
    }

    private static NodeBody Body(Row row) => new NodeBody
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
        Groups = Parse<List<string?>>(row.Text()),
        Attributes = Parse<Dictionary<string, string?>>(row.Text()),
        Collect = row.TextOrNull() is { } collect ? Parse<NodeCollect>(collect) : null,
        SameDay = row.TextOrNull() is { } sameDay ? Parse<NodeSameDay>(sameDay) : null,
        FeedSteps = Parse<List<FeedStep?>>(row.Text()),
        SellsOnline = row.Bool(),
    }.Tidied();

    private static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, Json.Options)!;
}
