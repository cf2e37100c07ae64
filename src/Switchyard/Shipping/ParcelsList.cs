using Switchyard.Access;
using Switchyard.Fulfilment;
using Switchyard.Search;

namespace Switchyard.Shipping;

/// <summary>What parcels can be found by, and how that becomes SQL. A parcel is a package with the one label of it that counts, if there is one.</summary>
public static class ParcelsList
{
    private const string Live = "'wanted', 'booked', 'failed', 'voiding', 'manifested'";
    private static readonly Func<string, string[]> AsItIs = text => [text.Trim()];

    private static readonly FieldCatalogue Catalogue = new(
    [
        new("tracking", FieldType.Words, "The tracking number") { Split = AsItIs },
        new("order", FieldType.Code, "The order's number") { Split = text => [text.Trim().TrimStart('#')], HasPrefixes = false },
        new("release", FieldType.Code, "The number of the release it was packed for") { Split = AsItIs, HasPrefixes = false },
        new("state", FieldType.Code, "Where the parcel is; labelled: packed and still here")
        {
            Split = AsItIs, HasPrefixes = false, Values = [.. Enum.GetValues<PackageState>().Where(s => s != PackageState.Voided).Select(PackageStates.Name)],
        },
        new("label", FieldType.Code, "Its label; none: nobody asked for one") { Split = AsItIs, HasPrefixes = false, Values = ["none", "wanted", "booked", "failed", "voiding", "manifested"] },
        new("account", FieldType.Code, "The account with the carrier that made its label") { Split = AsItIs, HasPrefixes = false },
        new("carrier", FieldType.Code, "The carrier, as it is called") { Split = AsItIs },
        new("service", FieldType.Code, "The carrier's service") { Split = AsItIs },
        new("method", FieldType.Code, "What the customer bought") { Split = AsItIs },
        new("node", FieldType.Code, "The node's code") { Split = text => [Kernel.Text.Key(text)], HasPrefixes = false },
        new("manifest", FieldType.Code, "The manifest it is on, such as man_…") { Split = AsItIs, HasPrefixes = false },
        new("packed", FieldType.Instant, "When it was packed") { Aliases = ["created"] },
        new("promised", FieldType.Instant, "When it was promised to be there"),
        new("moved", FieldType.Instant, "When the carrier last told of it"),
        new("cost", FieldType.Money, "What the carrier takes for it, such as 4.95"),
        new("silent", FieldType.YesNo, "Under way, and nothing was heard of it for too long"),
        new("late", FieldType.YesNo, "Delivered after the promised date"),
        new("lost", FieldType.YesNo, "It counts as lost"),
    ], new("anything", FieldType.Words, "tracking number, order number") { Split = text => [text.Trim().TrimStart('#')], IsAnyWord = true });

    public static readonly ListSpec Spec = new("parcels", Permission.FulfilmentRead,
        $"packages p join fulfilment_orders f on f.id = p.fulfilment_id join nodes n on n.id = f.node_id left join carrier_labels l on l.package_id = p.id and l.state in ({Live})",
        "p.id", "p.merchant_id", Catalogue,
        new Dictionary<string, SqlField>
        {
            ["tracking"] = Found(Tracked),
            ["order"] = Found(Ordered),
            ["release"] = new((leaf, sql) => leaf is BoundQuery.Among among ? $"f.number = any({sql.Arg(Typed(among))})" : SqlField.Never),
            ["state"] = SqlField.Code("p.state"),
            ["label"] = new((leaf, sql) => leaf is BoundQuery.Among among ? SqlText.Join("or", Typed(among).Select(w => w == "none" ? "l.id is null" : $"l.state = {sql.Arg(w)}")) : SqlField.Never),
            ["account"] = SqlField.Exists("l.account_id", "select a0.id from carrier_accounts a0 where a0.merchant_id = @merchant", "a0.code"),
            ["carrier"] = SqlField.Code("p.carrier"),
            ["service"] = SqlField.Code("p.service"),
            ["method"] = SqlField.Code("f.method"),
            ["node"] = new((leaf, sql) => leaf is BoundQuery.Among among ? $"upper(n.code) = any({sql.Arg(among.Values.SelectMany(v => v.Words).ToArray())})" : SqlField.Never),
            ["manifest"] = new((leaf, sql) => leaf is BoundQuery.Among among ? SqlText.Join("or", Manifests(among).Select(m => $"l.manifest_id = {sql.Arg(m)}")) : SqlField.Never),
            ["packed"] = SqlField.Number("p.created_at_ms"),
            ["promised"] = SqlField.Number("coalesce(l.promised_by_ms, f.deliver_by_ms)"),
            ["moved"] = SqlField.Number("l.moved_at_ms"),
            ["cost"] = SqlField.Money("l.cost_minor", "coalesce(l.currency, '')"),
            ["silent"] = SqlField.YesNo(IsSilent),
            ["late"] = SqlField.YesNo("l.delivered_at_ms is not null and l.delivered_at_ms > coalesce(l.promised_by_ms, l.eta_ms, l.delivered_at_ms)"),
            ["lost"] = SqlField.YesNo("p.state = 'lost' or l.is_lost is true"),
            ["anything"] = Found(Tracked, Ordered),
        },
        [new("packedAt", "p.created_at_ms")])
    { Always = " and p.state <> 'voided'" };

    /// <summary>Somebody was told of its silence, and it is still silent.</summary>
    internal const string IsSilent = "l.stall_told_ms is not null and l.stall_told_ms = l.moved_at_ms and p.state not in ('delivered', 'lost', 'returnedToSender')";

    /// <summary>A field that an index finds.</summary>
    private static SqlField Found(params Func<BoundQuery.Among, SqlText, string>[] selects) =>
        new((leaf, sql) => leaf is BoundQuery.Among among ? SqlText.Join("or", selects.Select(s => $"p.id in ({s(among, sql)})")) : SqlField.Never);

    private static string Tracked(BoundQuery.Among among, SqlText sql) => "select p0.id from packages p0 where p0.merchant_id = @merchant and " +
        SqlText.Join("or", among.Values.Select(v => v.Words is [var word] ? sql.Word("p0.tracking", word, v.IsPrefix) : SqlField.Never));

    private static string Ordered(BoundQuery.Among among, SqlText sql) => "select p0.id from orders o0 join packages p0 on p0.order_id = o0.id " +
        $"where o0.merchant_id = @merchant and o0.number = any({sql.Arg(Typed(among))})";

    private static string[] Typed(BoundQuery.Among among) => [.. among.Values.SelectMany(v => v.Words)];
    private static Guid[] Manifests(BoundQuery.Among among) => [.. Typed(among).Select(w => ManifestId.TryParse(w, null, out var id) ? id.Value : Guid.Empty)];
}
