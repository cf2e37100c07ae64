using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.House;

/// <summary>Every rule holds for the sources as they are, and is seen failing on a planted text that breaks it.</summary>
public sealed class HouseRulesTests
{
    private static readonly IReadOnlyList<SourceFile> Files = SourceFile.Server(TestPostgres.Root);
    private static readonly (IReadOnlyList<string> All, IReadOnlyList<string> OfMerchants) Tables =
        HouseRules.Tables(string.Join('\n', Migrator.All(DatabaseKind.Postgres).Select(m => m.Sql)));

    /// <summary>Tables that name things and say how the house is set up: every room may join them, none decides by racing on them.</summary>
    private static readonly HashSet<string> Shared = ["merchants", "products", "bundle_components", "nodes", "node_merchants", "channels", "catalog_versions"];

    /// <summary>Other reads across rooms, each with its reason.</summary>
    private static readonly HashSet<(string Room, string Table)> AllowedReads =
    [
        ("Connectors", "orders"), ("Connectors", "holds"),      // an order of a channel is shown with our number; verify compares ids; whose buyer is written to
        ("Access", "events"),                   // the audit page shows the log of who did what
        ("Log", "orders"),                      // verify compares the newest hash of each order with its log
        ("Inventory", "orders"), ("Inventory", "allocations"),      // who holds this stock: names the orders, decides nothing
        ("Orders", "import_runs"), ("Orders", "import_errors"),     // see the second writers
        ("Exceptions", "orders"),               // names the order a trouble is about, decides nothing
        ("Orders", "events"),                   // how many units of which line expired, when a late payment brings the order back
        ("Payments", "orders"),                 // verify: an order keeps the balances of its ledger
        ("Orders", "customers"),                // an order shows who stands for its customer after merges
        ("Payments", "customers"),              // a credit is exported with the email of its customer; decides nothing
        ("Customers", "balances"),              // whoever is owed money does not go with an import that is undone
        ("Customers", "orders"), ("Customers", "order_lines"),      // a customer's history and what it owes: adds up, changes nothing
        ("Orders", "fulfilment_lines"),         // which nodes have refused work of an order lately: it is not planned there again
        ("Orders", "fulfilment_orders"),        // whoever works for a node sees the orders it sent; nothing is decided by it
        ("Fulfilment", "orders"), ("Fulfilment", "order_lines"), ("Fulfilment", "holds"),   // a release is shown with its order's number, names and holds
        ("Fulfilment", "bins"), ("Fulfilment", "bin_stock"),        // how much a bin should hold when it is found empty
        ("Inventory", "fulfilment_lots"),       // which orders hold a lot that is recalled: lists them, decides nothing
        ("Fulfilment", "bin_places"), ("Fulfilment", "lots"), ("Fulfilment", "lot_facts"), ("Fulfilment", "product_tracking"),      // from which bins and lots is best picked: it suggests
        ("Inventory", "fulfilment_lines"), ("Inventory", "shipments"), ("Inventory", "packages"), ("Inventory", "package_lines"),      // what is in hand and on no shelf, when a shelf is counted
        ("Inventory", "bin_places"),            // is a bin closed, and is it quarantine: what lies there cannot be sold
        ("Warehouse", "stock"),                 // what never lay in a bin is to be put away too
        ("Warehouse", "pick_tasks"), ("Warehouse", "bin_moves"), ("Warehouse", "lot_facts"),      // a picture shows what is to be picked from a bin and what was put there: it decides nothing
        ("Warehouse", "bins"), ("Warehouse", "bin_stock"),          // a place is that of a bin, and a picture shows how full it is
        ("Fulfilment", "allocations"),          // which orders to lock is looked for without a lock, and decided on their locked rows
        ("Fulfilment", "purchase_orders"), ("Fulfilment", "purchase_order_lines"),          // verify: what a supplier has in work is ordered from it
        ("Picking", "fulfilment_orders"), ("Picking", "fulfilment_lines"), ("Picking", "orders"), ("Picking", "holds"),   // what waits to be picked; decided on the locked release
        ("Picking", "bins"), ("Picking", "bin_stock"),              // where it lies: a suggestion, what is taken is what the picker says
        ("Picking", "order_lines"), ("Picking", "product_substitutes"),         // may something else be taken here: it is shown; decided on the locked order
        ("Picking", "lots"), ("Picking", "lot_facts"), ("Picking", "product_tracking"),          // which lots may be picked, and in which order
        ("Picking", "bin_moves"),               // verify: what was brought to pick faces was moved there
        ("Shipping", "package_costs"),          // a label and a list name the container code of the parcel; decides nothing
        ("Billing", "bins"), ("Billing", "bin_stock"), ("Billing", "bin_places"),       // how many places goods take at the end of a day: counts, changes nothing
        ("Billing", "events"),                  // an entry of a bill says what the event was that told it; decides nothing
        ("Fulfilment", "product_barcodes"), ("Inventory", "product_barcodes"),      // a partner is told by which code it finds the goods; decides nothing
        ("Purchasing", "orders"),               // an order to a supplier names the customer's order and says where it goes
        ("Orders", "stock_feeds"),              // the drainer looks again once a late feed has come
        ("Orders", "share_rules"),              // is stock divided at all? and in which epoch what is sent is counted
        ("Orders", "number_series"),            // Orders gives the numbers; Access only makes the first rows of a merchant
        ("Orders", "stock"),                    // the drainer of the queue looks for work: what is set aside, free while somebody waits, or promised and gone; a closing is told what is free elsewhere
        ("Orders", "reservation_items"), ("Orders", "reservations"),        // placing converts the caller's own reservation in the drain's own trip
        ("Inventory", "share_sales"),           // verify: what channels are counted as having bought is what was sold
        ("Inventory", "sale_stops"),            // verify: stock is stopped where a stop says so
        ("Notifications", "orders"), ("Notifications", "order_notes"),     // a notification shows the order's number and the note it is about
        ("Demo", "orders"), ("Demo", "customers"), ("Demo", "drafts"), ("Demo", "node_merchants"), ("Demo", "jobs"),   // is anything here yet, and does somebody load it already?
        ("Demo", "fulfilment_orders"), ("Demo", "users"),           // the demo plays on with what it made, and names whoever began it
        ("Demo", "merchants"), ("Demo", "channels"),               // is this the demo shop, whose channels are at simulated vendors?
        ("Demo", "stock"),                      // what lies in Birmingham when its warehouse is laid out is put into bins
        ("Demo", "bins"), ("Demo", "bin_stock"), ("Demo", "bin_places"),     // which goods of the demo lie in reserve too: those have a pick face
        ("Shipping", "orders"),                 // the list of parcels, day's end and claims say the order's number, and find by it
        ("Shipping", "fulfilment_orders"),      // the list of parcels: the node and what was bought are the release's
        ("Shipping", "packages"),               // labels of packages that were opened again, and verify: a package carries its label's number
        ("Documents", "bins"), ("Documents", "bin_stock"), ("Documents", "product_barcodes"), ("Documents", "customers"),     // paper says where goods lie, their code and the customer's language; decides nothing
        ("Documents", "fulfilment_lots"), ("Documents", "packed_units"), ("Documents", "package_costs"),     // paper names lots, serial numbers and the number of the parcel; decides nothing
        ("Webhooks", "events"),                 // a new webhook hears nothing from before it was made
        ("Packing", "orders"), ("Packing", "order_lines"), ("Packing", "fulfilment_orders"),     // what is written for this customer, and is it the first order; changes nothing
        ("Edi", "orders"),                      // which channel an order is of, which never changes
        ("Edi", "product_barcodes"), ("Edi", "package_costs"),      // which goods a partner means, and the container code of a parcel it is told; decides nothing
        ("Messages", "customers"),              // in which language a customer is written to; decides nothing else
        ("Erp", "orders"), ("Erp", "order_lines"), ("Erp", "payments"), ("Erp", "packages"), ("Erp", "package_lines"), ("Erp", "shipments"), ("Erp", "fulfilment_orders"),      // the ERP is told what happened; decides nothing
        ("Erp", "purchase_orders"), ("Erp", "purchase_order_lines"), ("Erp", "stock"), ("Erp", "stock_ledger"), ("Erp", "inbound"), ("Erp", "deliveries"),      // what was ordered from suppliers; levels to compare; what the ERP no longer has on its way
        ("Connectors", "stock_ledger"), ("Connectors", "stock"), ("Connectors", "reservation_items"),      // which listings to look at again; what they show is what Inventory says may be sold
        ("Connectors", "orders"), ("Connectors", "order_lines"),    // which orders of a channel have come in since it was told, and its own names of their lines; decides nothing about them
        ("Connectors", "packages"), ("Connectors", "package_lines"), ("Connectors", "shipments"), ("Connectors", "carrier_labels"),      // a channel is told what left, and where to follow it
        ("Connectors", "product_barcodes"),     // which product a listing is of
        ("Support", "exceptions"),              // which troubles want a ticket, and whether they are mended; decides nothing of them
        ("Support", "orders"),                  // a ticket names the order it is about
        ("Webhooks", "orders"),                 // a webhook of one channel: which channel an order is of, which never changes
        ("Webhooks", "customers"),              // whose points an order earns: who stands for its customer after merges
    ];

    /// <summary>Second writers, each with its reason. This list should become shorter.</summary>
    private static readonly HashSet<(string Room, string Table)> AllowedWrites =
    [
        ("Orders", "idempotency_keys"),         // the group writer takes and keeps the keys of a whole drain in two statements
        ("Orders", "reservations"), ("Orders", "reservation_items"),
        ("Orders", "import_runs"), ("Orders", "import_errors"),     // files of orders group rows and go on where they stopped; Files takes rows one by one
        ("Access", "catalog_versions"), ("Access", "channels"), ("Access", "number_series"),    // the first rows of a new merchant
    ];

    [Fact]
    public void There_is_something_to_judge()
    {
        Files.Count.ShouldBeGreaterThan(30);
        Tables.All.ShouldContain("orders");
        Tables.OfMerchants.ShouldContain("order_lines");
        Tables.OfMerchants.ShouldNotContain("nodes");
    }

    [Fact]
    public void Rooms_meet_at_doors() => Hold(HouseRules.RoomsMeetAtDoors(Files));

    [Fact]
    public void Tables_have_one_writer() => Hold(HouseRules.TablesHaveOneWriter(Files, Tables.All, AllowedWrites));

    [Fact]
    public void Rooms_read_their_own_tables() => Hold(HouseRules.RoomsReadTheirOwnTables(Files, Tables.All, Shared, AllowedReads));

    [Fact]
    public void Domain_touches_nothing() => Hold(HouseRules.DomainTouchesNothing(Files));

    [Fact]
    public void Tables_have_one_write_technology() => Hold(HouseRules.TablesHaveOneWriteTechnology(Files, Tables.All));

    [Fact]
    public void Statements_name_the_merchant() => Hold(HouseRules.StatementsNameTheMerchant(Files, Tables.OfMerchants));

    [Fact]
    public void Names_say_something() => Hold(HouseRules.NamesSaySomething([.. Files, .. SourceFile.Under(TestPostgres.Root, "tests")]));

    [Fact]
    public void Files_are_short() => Hold(HouseRules.FilesAreShort([.. Files, .. SourceFile.Under(TestPostgres.Root, "tests")]));

    // ---- each rule seen failing on a text that breaks it, and passing its harmless neighbour ----------------------

    private static readonly string[] Planted = ["orders", "stock", "users"];
    private static readonly SourceFile StockDoor = new("src/Switchyard/Inventory/InventoryRoom.cs",
        "namespace Switchyard.Inventory;\n// door: StockRead\npublic static class InventoryRoom { }");
    private static readonly SourceFile StockInside = new("src/Switchyard/Inventory/StockSheet.cs",
        "namespace Switchyard.Inventory;\npublic sealed class StockSheet { }\npublic sealed class StockRead { }\npublic static class Sql { const string Write = \"update stock set on_hand = 1 where merchant_id = @merchant\"; }");

    [Theory]
    [InlineData(1, "using Switchyard.Inventory;\nclass A { StockSheet sheet; }")]
    [InlineData(1, "class A { Inventory.StockSheet sheet; }")]
    [InlineData(0, "using Switchyard.Inventory;\nclass A { StockRead read; InventoryRoom room; /* StockSheet */ string s = \"StockSheet\"; }")]
    [InlineData(0, "class A { StockSheet sheet; } class StockSheet { }")]
    public void A_room_that_uses_the_inside_of_another_is_found(int faults, string code) =>
        HouseRules.RoomsMeetAtDoors([StockDoor, StockInside, Orders("PlaceOrder", code)]).Count.ShouldBe(faults);

    [Theory]
    [InlineData(1, "class A { string s = \"update stock set on_hand = 2\"; }")]
    [InlineData(1, "class A { string s = \"\"\"\n  insert into stock (sku_id) values (1)\n\"\"\"; }")]
    [InlineData(0, "class A { string s = \"update orders set state = 'x'\"; /* update stock */ }")]
    public void A_second_writer_of_a_table_is_found(int faults, string code) =>
        HouseRules.TablesHaveOneWriter([StockInside, Orders("PlaceOrder", code)], Planted, new HashSet<(string, string)>()).Count.ShouldBe(faults);

    [Theory]
    [InlineData(1, "class A { string s = \"select 1 from orders o join stock s on s.id = o.id\"; }")]
    [InlineData(0, "class A { string s = \"select 1 from orders\"; string t = \"goods from stock\"; }")]
    public void A_room_that_reads_the_table_of_another_is_found_unless_it_is_allowed(int faults, string code)
    {
        SourceFile[] files = [StockInside, Orders("PlaceOrder", code)];
        HouseRules.RoomsReadTheirOwnTables(files, Planted, new HashSet<string>(), new HashSet<(string, string)>()).Count.ShouldBe(faults);
        HouseRules.RoomsReadTheirOwnTables(files, Planted, new HashSet<string>(), new HashSet<(string, string)> { ("Orders", "stock") }).ShouldBeEmpty();
        HouseRules.RoomsReadTheirOwnTables(files, Planted, new HashSet<string> { "stock" }, new HashSet<(string, string)>()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, "class A { async void F() { } }")]
    [InlineData(1, "class A { long Now(TimeProvider clock) => 0; }")]
    [InlineData(1, "using Switchyard.Database;\nclass A { }")]
    [InlineData(1, "using Microsoft.AspNetCore.Http;\nclass A { }")]
    [InlineData(1, "using Switchyard.Http;\nclass A { Problems p; }")]
    [InlineData(0, "using Switchyard.Http;\nclass A { object o = Json.Options; }")]
    [InlineData(1, "class A { string s = File.ReadAllText(\"x\"); }")]
    [InlineData(0, "using Switchyard.Kernel;\nclass A { /* Task */ string s = \"File\"; }")]
    public void A_domain_file_that_touches_the_world_is_found(int faults, string code) =>
        HouseRules.DomainTouchesNothing([new SourceFile("src/Switchyard/Orders/Domain/A.cs", code)]).Count.ShouldBe(faults);

    [Fact]
    public void The_kernel_may_use_nothing_above_it() =>
        HouseRules.DomainTouchesNothing([new SourceFile("src/Switchyard/Kernel/A.cs", "using Switchyard.Orders;\nclass A { }")]).ShouldHaveSingleItem();

    [Fact]
    public void A_table_written_by_EF_Core_and_by_SQL_is_found() => HouseRules.TablesHaveOneWriteTechnology(
        [
            new SourceFile("src/Switchyard/Access/UsersTable.cs", "class A { void M(B b) => b.ToTable(\"users\"); }"),
            new SourceFile("src/Switchyard/Access/Quick.cs", "class B { string s = \"update users set email = null\"; string t = \"select 1 from users\"; }"),
        ], Planted).ShouldHaveSingleItem();

    [Theory]
    [InlineData(1, "select 1 from stock where sku_id = @sku")]
    [InlineData(1, "update stock set on_hand = 1 where sku_id = @sku")]
    [InlineData(0, "select 1 from stock where merchant_id = @merchant and sku_id = @sku")]
    [InlineData(0, "select count(*) from stock -- house")]
    [InlineData(0, "insert into stock (merchant_id, sku_id) select merchant_id, sku_id from @rows r")]
    [InlineData(0, "stock is low, take more from stock")]
    public void A_statement_that_forgets_the_merchant_is_found(int faults, string sql) =>
        HouseRules.StatementsNameTheMerchant([Orders("A", $"class A {{ string s = \"{sql}\"; }}")], ["stock"]).Count.ShouldBe(faults);

    [Theory]
    [InlineData(1, "OrderManager")]
    [InlineData(1, "SqlHelper")]
    [InlineData(1, "Utils")]
    [InlineData(0, "CancelOrder")]
    [InlineData(0, "Database")]
    public void A_name_that_says_nothing_is_found(int faults, string name) => HouseRules.NamesSaySomething([Orders(name, "")]).Count.ShouldBe(faults);

    [Fact]
    public void A_file_of_301_lines_is_found_and_one_of_300_is_not() =>
        HouseRules.FilesAreShort([Orders("Long", new string('\n', 301)), Orders("Fits", new string('\n', 300))]).ShouldHaveSingleItem().ShouldContain("Long");

    [Fact]
    public void Strings_of_every_form_are_read_and_comments_are_not()
    {
        var file = new SourceFile("a.cs", "var a = @\"one\"\"1\"; /* \"no\" */ var b = $\"two {F(\"in\")} {{x}}\"; // \"no\"\nvar c = \"\"\"three \"3\" \"\"\"; var d = 'x'; var e = '\"'; var f = \"four\" + \"teen\";");
        file.Strings.ShouldBe(["one\"\"1", "two {F(\"in\")} {{x}}", "three \"3\" ", "four teen"]);
        file.Code.ShouldNotContain("no");
    }

    private static SourceFile Orders(string name, string code) => new($"src/Switchyard/Orders/{name}.cs", code);

    private static void Hold(IReadOnlyList<string> faults) => faults.ShouldBeEmpty(string.Join('\n', faults));
}
