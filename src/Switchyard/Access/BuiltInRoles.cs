using static Switchyard.Access.Permission;

namespace Switchyard.Access;

/// <summary>A set of permissions with a name.</summary>
/// <param name="Id">For instance <c>customer-service</c>. Never renamed.</param>
public sealed record Role(string Id, string Name, IReadOnlyList<string> Permissions, bool IsBuiltIn);

/// <summary>The roles every shop has. A picker sees no prices and cancels nothing; who may give rights is an administrator.</summary>
public static class BuiltInRoles
{
    public const string Administrator = "administrator";

    /// <summary>Somebody of a 3PL or a supplier: sees what its nodes have to send for us, and nothing else.</summary>
    public const string Partner = "partner";

    public static readonly IReadOnlyList<Role> All =
    [
        Of(Administrator, "Administrator", [.. Permission.All]),
        Of("customer-service", "Customer service", PricesRead, OrdersRead, OrdersWrite, OrdersChange, OrdersPrice, OrdersCancel, OrdersReplace, CustomersRead, CustomersWrite, PaymentsRead,
            PaymentsWrite, CatalogRead, NodesRead, InventoryRead, SettingsRead,
            FulfilmentRead, FulfilmentManage),
        Of("warehouse", "Warehouse", OrdersRead, CatalogRead, NodesRead, InventoryRead, InventoryWrite, InventoryReceive, InventoryTransfer,
            FulfilmentRead, FulfilmentWork),
        Of("store", "Store", PricesRead, OrdersRead, OrdersWrite, CustomersRead, PaymentsRead, PaymentsWrite,
            CatalogRead, NodesRead, InventoryRead, InventoryWrite, InventoryReceive,
            FulfilmentRead, FulfilmentWork, TillWork),
        Of("buyer", "Buyer", PricesRead, PurchasingRead, PurchasingWrite, CatalogRead, CatalogWrite, CatalogCosts, NodesRead, InventoryRead, ReportsRead),
        Of("finance", "Finance", PricesRead, OrdersRead, CustomersRead, PaymentsRead, PaymentsWrite, PaymentsRefund,
            CatalogRead, CatalogCosts, NodesRead, InventoryRead, ReportsRead, BillingApprove, SettingsRead, AuditRead),
        Of("developer", "Developer", PricesRead, OrdersRead, OrdersWrite, OrdersImport, CustomersRead, CustomersWrite, PaymentsRead, PaymentsWrite,
            CatalogRead, CatalogWrite, NodesRead, InventoryRead, InventoryWrite,
            InventoryReceive, InventoryTransfer, EventsRead, SettingsRead,
            FulfilmentRead, FulfilmentWork, FulfilmentManage, WebhooksRead, WebhooksManage, EdiRead, EdiWrite),
        Of("viewer", "Viewer", PricesRead, OrdersRead, CatalogRead, NodesRead, InventoryRead,
            FulfilmentRead),
        Of("auditor", "Auditor", PricesRead, OrdersRead, PaymentsRead, CatalogRead, CatalogCosts, NodesRead, InventoryRead, EventsRead, ReportsRead, SettingsRead, AuditRead,
            FulfilmentRead, WebhooksRead),
        Of(Partner, "Partner", PartnerWork),
    ];

    private static readonly Dictionary<string, Role> ById = All.ToDictionary(r => r.Id, StringComparer.Ordinal);

    public static Role? Find(string id) => ById.GetValueOrDefault(id);

    private static Role Of(string id, string name, params Permission[] permissions) =>
        new(id, name, [.. permissions.Select(p => p.Code)], IsBuiltIn: true);
}
