namespace Switchyard.Tests.Access;

/// <summary>The names and ids of one merchant's things. Each is of that merchant alone, unless it is shared by the house.</summary>
public sealed record Ids(string Sku, string Barcode, string Node, string Zone, string Channel, string Role, string Order = "ord_00000000000000000000000000000000",
    string User = "usr_00000000000000000000000000000000", string Key = "key_00000000000000000000000000000000", string Reservation = "rsv_00000000000000000000000000000000", string Import = "999990",
    string Customer = "cus_00000000000000000000000000000000", string Payment = "pay_00000000000000000000000000000000")
{
    public string Fulfilment { get; init; } = "ful_00000000000000000000000000000000";
    public string Webhook { get; init; } = "whk_00000000000000000000000000000000";
    public string Package { get; init; } = "pkg_00000000000000000000000000000000";
    public string Delivery { get; init; } = "dlv_00000000000000000000000000000000";
    public string Draft { get; init; } = "drf_00000000000000000000000000000000";
    public string Transfer { get; init; } = "trf_00000000000000000000000000000000";
    public string Label { get; init; } = "lbl_00000000000000000000000000000000";

    /// <summary>A second node, so that stock can be sent somewhere.</summary>
    public string OtherNode => "X" + Node;

    /// <summary>The same forms, but of nothing that exists.</summary>
    public Ids Absent() => new(Other(Sku), Other(Barcode), Other(Node), Zone, Other(Channel), Other(Role), Other(Order), Other(User), Other(Key), Other(Reservation), "999999", Other(Customer), Other(Payment))
    {
        Fulfilment = Other(Fulfilment),
        Package = Other(Package),
        Webhook = Other(Webhook),
        Delivery = Other(Delivery),
        Transfer = Other(Transfer), Label = Other(Label), Draft = Other(Draft),
    };

    /// <summary>Everything that must never be read by another merchant.</summary>
    public IEnumerable<string> Private => [Sku, Barcode, Node, Channel, Role, Order, User, Key, Reservation, Customer, Payment, Fulfilment, Package, Delivery, Transfer, Webhook, Draft, Label];

    private static string Other(string id) => id[..^1] + (id[^1] == '0' ? '1' : '0');
}
