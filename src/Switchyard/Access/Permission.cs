namespace Switchyard.Access;

/// <summary>One right, as it is written in roles and API key scopes.</summary>
/// <param name="Code">For instance <c>orders:write</c>. Never renamed.</param>
/// <param name="Meaning">What it lets a person do.</param>
public sealed record Permission(string Code, string Meaning)
{
    public static readonly Permission OrdersRead = new("orders:read", "See orders");
    public static readonly Permission OrdersWrite = new("orders:write", "Place, hold and change orders");
    public static readonly Permission OrdersChange = new("orders:change", "Change orders after their grace period, and how urgent they are");
    public static readonly Permission OrdersPrice = new("orders:price", "Change prices, discounts and charges of orders");
    public static readonly Permission OrdersCancel = new("orders:cancel", "Cancel orders");
    public static readonly Permission OrdersReplace = new("orders:replace", "Send goods of an order again, free of charge");
    public static readonly Permission OrdersReviewRisk = new("orders:reviewRisk", "Release orders held for suspected fraud or a block");
    public static readonly Permission OrdersImport = new("orders:import", "Import files of orders");
    public static readonly Permission CustomersRead = new("customers:read", "See customers, their history and consent");
    public static readonly Permission CustomersWrite = new("customers:write", "Make, change, merge and block customers");
    public static readonly Permission PaymentsRead = new("payments:read", "See what was paid and given back");
    public static readonly Permission PaymentsWrite = new("payments:write", "Record, capture and void payments");
    public static readonly Permission PaymentsRefund = new("payments:refund", "Give money back");
    public static readonly Permission CatalogRead = new("catalog:read", "See products and prices");
    public static readonly Permission CatalogWrite = new("catalog:write", "Change products and prices");
    public static readonly Permission CatalogCosts = new("catalog:costs", "See what products cost us");
    public static readonly Permission PricesRead = new("prices:read", "See amounts of money: prices, totals, payments, costs of parcels");
    public static readonly Permission NodesRead = new("nodes:read", "See warehouses, stores and lanes");
    public static readonly Permission NodesWrite = new("nodes:write", "Change warehouses, stores and lanes");
    public static readonly Permission InventoryRead = new("inventory:read", "See stock and its ledger");
    public static readonly Permission InventoryWrite = new("inventory:write", "Adjust, count and reserve stock");
    public static readonly Permission InventoryReceive = new("inventory:receive", "Book goods in");
    public static readonly Permission InventoryTransfer = new("inventory:transfer", "Send stock from one node to another");
    public static readonly Permission InventoryApprove = new("inventory:approve", "Approve large variances of counts, and say how is counted");
    public static readonly Permission FulfilmentRead = new("fulfilment:read", "See releases and what a node has to do");
    public static readonly Permission FulfilmentWork = new("fulfilment:work", "Accept, pick, pack and ship releases");
    public static readonly Permission FulfilmentManage = new("fulfilment:manage", "Release orders, move, split and stop releases, record facts");
    public static readonly Permission PartnerWork = new("partner:work", "Work for us as a 3PL or supplier: see and answer what one's own nodes have to send, and tell their stock");
    public static readonly Permission PurchasingRead = new("purchasing:read", "See what is to be bought");
    public static readonly Permission PurchasingWrite = new("purchasing:write", "Say when and what is bought");
    public static readonly Permission EventsRead = new("events:read", "Follow the event log");
    public static readonly Permission ReportsRead = new("reports:read", "See reports");
    public static readonly Permission BillingApprove = new("billing:approve", "Approve what merchants of the house are billed");
    public static readonly Permission SettingsRead = new("settings:read", "See channels and settings");
    public static readonly Permission SettingsWrite = new("settings:write", "Change channels and settings");
    public static readonly Permission AccessManage = new("access:manage", "Manage users, roles and API keys");
    public static readonly Permission WebhooksRead = new("webhooks:read", "See webhooks and what became of their deliveries");
    public static readonly Permission WebhooksManage = new("webhooks:manage", "Make and change webhooks, which are sent entries of the event log");
    public static readonly Permission EdiRead = new("edi:read", "See trading partners and what was exchanged with them by EDI");
    public static readonly Permission EdiWrite = new("edi:write", "Change trading partners, and take, fetch and replay EDI interchanges");
    public static readonly Permission TillWork = new("till:work", "Sell at a till: shifts, sales, returns with a receipt, cash and reports");
    public static readonly Permission AuditRead = new("audit:read", "See who did what");

    /// <summary>Every permission there is; a role or key may name only these.</summary>
    public static readonly IReadOnlyList<Permission> All =
    [
        OrdersRead, OrdersWrite, OrdersChange, OrdersPrice, OrdersCancel, OrdersReplace, OrdersReviewRisk, OrdersImport,
        CustomersRead, CustomersWrite, PaymentsRead, PaymentsWrite, PaymentsRefund, CatalogRead, CatalogWrite, CatalogCosts, PricesRead, NodesRead, NodesWrite,
        InventoryRead, InventoryWrite, InventoryReceive, InventoryTransfer, InventoryApprove, PurchasingRead, PurchasingWrite, EventsRead, ReportsRead, BillingApprove, SettingsRead, SettingsWrite, AccessManage, AuditRead,
        FulfilmentRead, FulfilmentWork, FulfilmentManage, PartnerWork,
        WebhooksRead, WebhooksManage, EdiRead, EdiWrite, TillWork,
    ];

    public static readonly IReadOnlySet<string> Codes = All.Select(p => p.Code).ToHashSet();

    public override string ToString() => Code;
}

/// <summary>Endpoint metadata: the right a caller needs. An endpoint without it is denied to everyone.</summary>
public sealed record RequiredPermission(Permission Permission);

/// <summary>Endpoint metadata: open to the world (health, login page). Listed by name in a test.</summary>
public sealed record OpenToAnyone;

/// <summary>Endpoint metadata: anyone who is signed in, whatever their rights (who am I, sign out).</summary>
public sealed record AnySignedIn;

/// <summary>Endpoint metadata: besides its permission it needs the operator's own merchant, since it changes what all merchants share.</summary>
public sealed record OnlyTheHouse;

public static class PermissionEndpoints
{
    public static TBuilder Requires<TBuilder>(this TBuilder builder, Permission permission) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RequiredPermission(permission));

    public static TBuilder IsOpenToAnyone<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new OpenToAnyone());

    public static TBuilder IsOpenToAnySignedIn<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new AnySignedIn());

    public static TBuilder OnlyForTheHouse<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new OnlyTheHouse());
}
