using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>A label as it is stored, less its bytes.</summary>
internal sealed record CarrierLabel(LabelId Id, long Merchant, PackageId Package, int No, OrderId Order, FulfilmentId Fulfilment, long Node, LabelState State, ShippingPolicy Policy, string? Method,
    string Reference, ServiceDecision? Decision, int ChoiceNo, Guid? Account, string? Service, Guid? AskedAccount, long? AskedAtMs, int Tries, long LeaseNo, string? Fault, string? Tracking,
    string? TrackingUrl, string? CarrierKey, long? CostMinor, string? Currency, DateTimeOffset? PromisedBy, DateTimeOffset? Eta, string? Format, ManifestId? Manifest, DateTimeOffset? ScannedAt,
    ScanKind? TrackKind, DateTimeOffset? MovedAt, DateTimeOffset? DeliveredAt, bool IsLost, CustomsData? Customs, DateTimeOffset CreatedAt, DateTimeOffset? BookedAt, long Version, string? AccountCode, string NodeCode)
{
    private const string Columns =
        """
        l.id, l.merchant_id, l.package_id, l.label_no, l.order_id, l.fulfilment_id, l.node_id, l.state, l.policy, l.method, l.reference, l.choices, l.choice_no, l.account_id, l.service,
               l.asked_account, l.asked_at_ms, l.tries, l.lease_no, l.fault, l.tracking, l.tracking_url, l.carrier_key, l.cost_minor, l.currency, l.promised_by_ms, l.eta_ms, l.format, l.manifest_id,
               l.scanned_at_ms, l.track_kind, l.moved_at_ms, l.delivered_at_ms, l.is_lost, l.customs, l.created_at_ms, l.booked_at_ms, l.version, a.code, n.code
        """;

    public const string Select = $"select {Columns} from carrier_labels l join nodes n on n.id = l.node_id left join carrier_accounts a on a.id = l.account_id";

    public LabelKey Key => new(Reference, CarrierKey ?? "", Tracking ?? "", Service);

    public static CarrierLabel Read(Row row) => new(new LabelId(row.Uuid()), row.Long(), new PackageId(row.Uuid()), row.Int(), new OrderId(row.Uuid()), new FulfilmentId(row.Uuid()), row.Long(),
        LabelStates.Parse(row.Text()), ServiceChoice.Parse(row.Text()), row.TextOrNull(), row.Text(), From<ServiceDecision>(row.TextOrNull()), row.Int(), row.UuidOrNull(), row.TextOrNull(), row.UuidOrNull(),
        row.LongOrNull(), row.Int(), row.Long(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.LongOrNull(), row.TextOrNull(), row.InstantOrNull(), row.InstantOrNull(),
        row.TextOrNull(), row.UuidOrNull() is { } manifest ? new ManifestId(manifest) : null, row.InstantOrNull(), row.TextOrNull() is { } kind ? ParcelPosition.Parse(kind) : null, row.InstantOrNull(),
        row.InstantOrNull(), row.Bool(), From<CustomsData>(row.TextOrNull()), row.Instant(), row.InstantOrNull(), row.Long(), row.TextOrNull(), row.Text());

    /// <summary>The label, unless it is another merchant's or of a node that the actor does not see: all look absent.</summary>
    public static async Task<CarrierLabel?> Find(Work work, Actor actor, string id, bool locked = false) =>
        LabelId.TryParse(id, null, out var known) && await Find(work, known, locked) is { } found && actor.MaySeeNode(found.Node) ? found : null;

    public static Task<CarrierLabel?> Find(Work work, LabelId id, bool locked = false) =>
        work.Find($"{Select} where l.merchant_id = @merchant and l.id = @id{(locked ? " for update of l" : "")}", Read, ("id", id.Value));

    /// <summary>The one label of a package that counts.</summary>
    public static Task<CarrierLabel?> Live(Work work, PackageId package) => work.Find(
        $"{Select} where l.merchant_id = @merchant and l.package_id = @package and l.state in ('wanted', 'booked', 'failed', 'voiding', 'manifested')", Read, ("package", package.Value));

    public static string Text(object value) => JsonSerializer.Serialize(value, Json.Options);
    private static T? From<T>(string? json) where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, Json.Options);
}

/// <summary>A label as callers see it.</summary>
/// <param name="State">wanted: the carrier is asked; failed: nobody takes the parcel, see <c>fault</c>.</param>
/// <param name="Service">The carrier's code of the service.</param>
/// <param name="Fault">Why it is not made yet, or could not be.</param>
/// <param name="Tracked">The last that the carrier told of it.</param>
/// <param name="Decision">All services that were asked, with cost and arrival, and those that could not go with the reason.</param>
public sealed record LabelView(LabelId Id, PackageId Package, int Label, OrderId Order, FulfilmentId Fulfilment, string Node, [property: Words(typeof(LabelState))] string State,
    [property: Words(typeof(ShippingPolicy))] string Policy, string? Method, string Reference, string? Account, string? Service, string? Tracking, string? TrackingUrl, long? CostMinor, string? Currency,
    DateTimeOffset? PromisedBy, DateTimeOffset? Eta, string? Format, string? File, string? Fault, int Tries, ManifestId? Manifest, DateTimeOffset? ScannedAt,
    [property: Words(typeof(ScanKind))] string? Tracked, DateTimeOffset? MovedAt, DateTimeOffset? DeliveredAt, bool IsLost, CustomsData? Customs, ServiceDecision? Decision, DateTimeOffset CreatedAt,
    DateTimeOffset? BookedAt, long Version)
{
    [JsonPropertyOrder(-1)]
    public string Object => "label";

    internal static LabelView Of(CarrierLabel l) => new(l.Id, l.Package, l.No, l.Order, l.Fulfilment, l.NodeCode, LabelStates.Name(l.State), ServiceChoice.Name(l.Policy), l.Method, l.Reference, l.AccountCode,
        l.Service, l.Tracking, l.TrackingUrl, l.CostMinor, l.Currency, l.PromisedBy, l.Eta, l.Format, l.Format is null ? null : $"/api/v1/labels/{l.Id}/file", l.Fault, l.Tries, l.Manifest, l.ScannedAt,
        l.TrackKind is { } kind ? ParcelPosition.Name(kind) : null, l.MovedAt, l.DeliveredAt, l.IsLost, l.Customs, l.Decision, l.CreatedAt, l.BookedAt, l.Version);
}
