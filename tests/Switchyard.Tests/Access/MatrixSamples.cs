using System.Text.Json;

namespace Switchyard.Tests.Access;

/// <summary>
/// What the matrix test cannot find out by itself: what stands for a path parameter, and a body that an operation accepts.
/// A new endpoint needs a line here only when it has a path parameter or a body of a new kind.
/// </summary>
public static partial class MatrixSamples
{
    /// <summary>By the path up to its parameter. Null: shared by the house, so it is no other merchant's id.</summary>
    public static readonly Dictionary<string, Func<Ids, string?>> Paths = new()
    {
        ["/users/{id}"] = ids => ids.User,
        ["/roles/{id}"] = ids => ids.Role,
        ["/keys/{id}"] = ids => ids.Key,
        ["/products/{sku}"] = ids => ids.Sku,
        ["/products/by-barcode/{barcode}"] = ids => ids.Barcode,
        ["/nodes/{code}"] = ids => ids.Node,
        ["/channels/{code}"] = ids => ids.Channel,
        ["/orders/{id}"] = ids => ids.Order, ["/orders/{id}/returns/{number}"] = _ => null,
        ["/drafts/{id}"] = ids => ids.Draft,
        ["/customers/{id}"] = ids => ids.Customer,
        ["/payments/{id}"] = ids => ids.Payment,
        ["/fulfilments/{id}"] = ids => ids.Fulfilment,
        ["/packages/{id}"] = ids => ids.Package,
        ["/inventory/reservations/{id}"] = ids => ids.Reservation,
        ["/inventory/{sku}"] = ids => ids.Sku, ["/inventory/shares/{code}"] = ids => ids.Role,
        ["/imports/{id}"] = ids => ids.Import, ["/webhooks/{id}"] = ids => ids.Webhook,
        ["/hold-rules/{code}"] = ids => ids.Role, ["/intake-rules/{code}"] = ids => ids.Role,
        ["/zones/{code}"] = _ => null, ["/rate-cards/{code}"] = _ => null, ["/carrier-calendars/{code}"] = _ => null, ["/routing/places/{country}"] = _ => null, ["/routing/strategies/{code}"] = ids => ids.Role, ["/routing/rankers/{code}"] = ids => ids.Role,
        ["/nodes/{code}/bins/{bin}"] = _ => null, ["/waves/{id}"] = _ => null, ["/bills/{month}"] = _ => null, ["/pick-tours/{id}"] = _ => null, ["/pick-clashes/{id}"] = _ => null, ["/counts/{id}"] = _ => null, ["/purchase-orders/{number}"] = _ => null, ["/parking-queues/{queue}"] = _ => null, ["/routing/backtests/{id}"] = _ => null,
        ["/deliveries/{id}"] = ids => ids.Delivery, ["/transfers/{id}"] = ids => ids.Transfer,
        ["/exchange-rates/{currency}"] = _ => null,
        ["/consumers/{name}"] = _ => null, ["/routing/replans/{id}"] = _ => null,
        ["/exceptions/{id}"] = _ => null,
        ["/purchasing/reorder-suggestions/{id}"] = _ => null, ["/packaging/{code}"] = ids => ids.Role, ["/documents/{id}"] = _ => null, ["/document-templates/{kind}"] = _ => null, ["/printers/{code}"] = ids => ids.Role, ["/print-stations/{code}"] = ids => ids.Role, ["/print-jobs/{id}"] = _ => null,
    };

    /// <summary>What stands for a shared or absent parameter.</summary>
    public static readonly Dictionary<string, string> Shared = new()
    {
        ["/zones/{code}"] = "north", ["/bills/{month}"] = "2026-04", ["/rate-cards/{code}"] = "parcels", ["/carrier-calendars/{code}"] = "vans", ["/exchange-rates/{currency}"] = "EUR", ["/number-series/{type}"] = "wholesale", ["/consumers/{name}"] = "channel-sales", ["/routing/strategies/{code}/versions/{number}"] = "1", ["/routing/places/{country}"] = "GB",
        ["/consumers/{name}/parked/{position}"] = "999999", ["/imports/orders/{run}"] = "999999", ["/counts/{id}"] = "999999", ["/purchase-orders/{number}"] = "PO-NONE", ["/parking-queues/{queue}"] = "backorder", ["/exceptions/{id}"] = "999999", ["/purchasing/reorder-suggestions/{id}"] = "999999", ["/routing/backtests/{id}"] = "job_00000000000000000000000000000000", ["/routing/backtests/{id}/orders"] = "job_00000000000000000000000000000000",
        ["/nodes/{code}/bins/{bin}"] = "A-12-03", ["/waves/{id}"] = "wav_00000000000000000000000000000000", ["/pick-tours/{id}"] = "tur_00000000000000000000000000000000", ["/pick-clashes/{id}"] = "999999", ["/deliveries/{id}/receipts/{receipt}"] = "rcp_00000000000000000000000000000000",
        ["/blocked-people/{entry}"] = "blk_999999", ["/orders/{id}/cancel-requests/{request}"] = "1",
        ["/orders/{id}/notes/{note}"] = "1", ["/routing/replans/{id}"] = "rpl_00000000000000000000000000000000",
        ["/documents/{id}"] = "doc_00000000000000000000000000000000", ["/document-templates/{kind}"] = "packingSlip", ["/print-jobs/{id}"] = "prt_00000000000000000000000000000000", ["/images/{id}"] = "img_00000000000000000000000000000000", ["/views/{id}"] = "view_00000000000000000000000000000000",
        ["/jobs/{id}"] = "job_00000000000000000000000000000000", ["/uploads/{id}"] = "upl_00000000000000000000000000000000",
        ["/import-mappings/{kind}"] = "products", ["/import-mappings/{kind}/{name}"] = "none", ["/webhooks/{id}/deliveries/{event}"] = "evt_999999", ["/webhooks/{id}/secrets/{number}"] = "1",
    };

    /// <summary>Values for query parameters that name things.</summary>
    public static readonly Dictionary<string, Func<Ids, string>> Queries = new()
    {
        ["sku"] = ids => ids.Sku,
        ["node"] = ids => ids.Node,
        ["aggregate"] = ids => ids.Order,
        ["actor"] = ids => "user:" + ids.User,
        ["channel"] = ids => ids.Channel,
        ["reservation"] = ids => ids.Reservation, ["country"] = _ => "GB",
    };

    /// <summary>
    /// Members that follow the position of the whole house's log, by operation: they tell another merchant how busy the house is,
    /// which a reader of one log has to be told, and nothing else. "*" is the whole answer.
    /// </summary>
    public static readonly Dictionary<string, string[]> Pace = new() { ["events.list"] = ["next"], ["consumers.list"] = ["*"] };
    /// <summary>Members of what a write answers that tell how often it was asked, or how long a name is, and nothing of anybody else. "*" is the whole answer.</summary>
    public static readonly Dictionary<string, string[]> Counted = new() { ["channels.writeDeliveryCharges"] = ["version"], ["messages.writeAccount"] = ["version"], ["messages.writeSettings"] = ["channels", "version"], ["messages.rotateKey"] = ["*"], ["messages.previewTemplate"] = ["page", "plain"], ["printers.test"] = ["bytes", "sha256", "file"] };

    /// <summary>Bodies by operation; what they name is of the merchant of <see cref="Ids"/>.</summary>
    public static readonly Dictionary<string, Func<Ids, object>> Bodies = new()
    {
        ["session.open"] = ids => new { userName = "nobody " + ids.Role, password = "no password of anybody" },
        ["session.changePassword"] = _ => new { present = "no password of anybody", wanted = "another long enough one" },
        ["users.create"] = ids => new { userName = "new of " + ids.Role, displayName = "New", password = "a long enough sentence", roles = new[] { "viewer", ids.Role }, nodes = new[] { ids.Node } },
        ["waves.preview"] = ids => new { node = ids.Node }, ["waves.make"] = ids => new { node = ids.Node }, ["picking.writeLabourRates"] = _ => new { currency = "GBP", perHourMinor = 1_200 }, ["billing.writeTariff"] = _ => new { currency = "GBP", lines = new[] { new { activity = "pick", priceMinor = 40 } } }, ["picking.giveTour"] = _ => new { }, ["counts.plan"] = ids => new { node = ids.Node, by = "age", dryRun = true }, ["counts.assign"] = _ => new { counts = new[] { 999999 } }, ["counts.writeSettings"] = _ => new { limitUnits = 0 }, ["waves.writeRules"] = ids => new { rules = new[] { new { code = ids.Role, name = "Evening", times = new[] { "17:00" } } } }, ["picking.writeOperatives"] = ids => new { operatives = new[] { new { actor = "user:" + ids.User, name = "Ann" } } },
        ["picking.shift"] = _ => new { isOnShift = false }, ["picking.send"] = _ => new { commands = new[] { new { id = "01936f5c-0000-7a11-be60-c8d14f2e9a01", task = "tsk_00000000000000000000000000000000", kind = "skip" } } },
        ["users.setPassword"] = _ => new { password = "another long enough one" },
        ["users.assign"] = ids => new { roles = new[] { ids.Role }, nodes = new[] { ids.Node } },
        ["roles.create"] = ids => new { id = "new-" + ids.Role, name = "New", permissions = new[] { "orders:read" } },
        ["roles.change"] = _ => new { name = "Changed", permissions = new[] { "orders:read" } },
        ["keys.create"] = ids => new { name = "New key", scopes = new[] { "orders:read" }, nodes = new[] { ids.Node } },
        ["merchants.create"] = ids => new { code = "m-" + ids.Role, name = "New", baseCurrency = "GBP" },
        ["catalog.createProduct"] = ids => new { sku = "NEW-SET", name = "Set", kind = "bundle", components = new[] { new { sku = ids.Sku, quantity = 1 } } },
        ["catalog.replaceProduct"] = _ => new { name = "Changed" },
        ["channels.write"] = _ => new { name = "Changed" }, ["shares.write"] = ids => new { name = "Share", parts = new[] { new { name = "A", channels = new[] { ids.Channel }, percent = 10 } } }, ["shares.preview"] = ids => new { skus = new[] { ids.Sku } },
        ["channels.writeExchangeRate"] = _ => new { rate = 1.2, source = "test" },
        ["nodes.create"] = ids => new { code = "NEW-" + ids.Role, name = "New", kind = "store" },
        ["nodes.replace"] = _ => new { name = "Changed", kind = "warehouse" },
        ["zones.write"] = _ => new { name = "North", areas = new[] { new { country = "GB" } } },
        ["rateCards.write"] = _ => new { name = "P", carrier = "p", currency = "GBP", areas = new[] { new { zone = "uk" } }, rates = new[] { new { zone = "uk", service = "s", method = "m", upToGrams = 1 } } },
        ["rateCards.sheet"] = _ => "service_code,zone_label,country_codes,max_weight,rate,currency,transit_days\nstandard,uk,GB,1,1.00,GBP,1\n",
        ["carrierCalendars.write"] = _ => new { name = "Vans", services = new[] { "van" } }, ["nodeRateCards.replace"] = _ => new { cards = Array.Empty<string>() },
        ["lanes.replace"] = ids => new[] { new { zone = ids.Zone, service = "standard", method = "standard", currency = "GBP", baseMinor = 100 } },
        ["orders.place"] = ids => OrderOfOneBuyer(ids.Sku),
        ["drafts.create"] = ids => Draft(ids),
        ["drafts.replace"] = ids => Draft(ids),
        ["drafts.reserve"] = _ => new { ttlSeconds = 600 },
        ["drafts.quote"] = _ => new { validUntil = DateTimeOffset.UtcNow.AddDays(1) },
        ["drafts.abandon"] = _ => new { reason = "test" },
        ["orders.link"] = _ => new { order = "ord_00000000000000000000000000000001", kind = "exchange" },
        ["orders.replace"] = _ => new { reason = "test", lines = new[] { new { line = 1, quantity = 1 } } },
        ["orders.announceReturn"] = _ => new { reason = "test", lines = new[] { new { line = 1, quantity = 1 } } }, ["orders.withdrawReturn"] = _ => new { reason = "test" },
        ["orders.split"] = _ => new { lines = new[] { new { line = 1, quantity = 1 } } },
        ["numberSeries.write"] = _ => new { digits = 5 },
        ["orders.edit"] = _ => new { priority = 1 }, ["orders.previewEdit"] = _ => new { priority = 1 },
        ["orders.cancel"] = _ => new { reason = "test" },
        ["orders.note"] = _ => new { body = "A note" }, ["orders.changeNote"] = _ => new { isPinned = true },
        ["views.create"] = _ => new { list = "orders", name = "Open", query = "status:confirmed" },
        ["views.replace"] = _ => new { list = "orders", name = "Open" },
        ["orders.tag"] = _ => new { add = new[] { "gift" } },
        // Only counted: its job would change products while the other answers are compared.
        ["catalog.bulk"] = ids => new { action = "tag", skus = new[] { ids.Sku }, arguments = new { tags = new[] { "gift" } }, dryRun = true },
        ["customers.bulk"] = _ => new { action = "tag", query = "kind:company", arguments = new { tags = new[] { "gift" } }, dryRun = true },
        ["imports.start"] = _ => new { kind = "products", file = "upl_00000000000000000000000000000000" },
        ["imports.preview"] = _ => new { kind = "products", file = "upl_00000000000000000000000000000000" },
        ["exports.start"] = _ => new { list = "products" },
        ["mappings.write"] = _ => new { mapping = new { columns = new { sku = "Item" } } },
        ["demo.load"] = _ => new { shop = "fenwick-and-vale" },
        ["orders.bulk"] = ids => new { action = "tag", ids = new[] { ids.Order }, arguments = new { tags = new[] { "gift" } } },
        ["documents.make"] = ids => new { kind = "packingSlip", of = new[] { ids.Fulfilment } }, ["documents.print"] = _ => new { reason = "test" }, ["packing.print"] = _ => new { }, ["printers.test"] = _ => new { language = "de" }, ["shipping.printLabel"] = _ => new { printer = "DESK" }, ["documents.writeTemplate"] = _ => new { text = "<document><page><p>{{order.number}}</p></page></document>" }, ["documents.restoreTemplate"] = _ => new { version = 0 }, ["documents.previewTemplate"] = _ => new { language = "de" }, ["documents.writeSettings"] = _ => new { name = "Fenwick & Vale" }, ["printJobs.claim"] = _ => new { printers = new[] { "DESK" } }, ["printJobs.finish"] = _ => new { error = "No paper" }, ["printers.write"] = ids => new { node = ids.Node, name = "Desk", kind = "a4", format = "pdf", link = "agent" }, ["printers.writeStation"] = ids => new { node = ids.Node, name = "Bench 1" }, ["fulfilment.release"] = _ => new { fulfilAt = (DateTimeOffset?)null },
        ["fulfilment.pick"] = _ => new { lines = new[] { new { line = 1, quantity = 1 } } },
        ["fulfilment.pack"] = _ => new { packages = new[] { new { lines = new[] { new { line = 1, quantity = 1 } } } } },
        ["fulfilment.unpack"] = _ => new { packages = new[] { 1 } },
        ["fulfilment.ship"] = _ => new { carrier = "Post", tracking = "T" },
        ["fulfilment.shortPick"] = _ => new { line = 1, found = 0 },
        ["fulfilment.reject"] = _ => new { reason = "busy" },
        ["fulfilment.move"] = ids => new { node = ids.Node },
        ["fulfilment.split"] = _ => new { lines = new[] { new { line = 1, quantity = 1 } } },
        ["fulfilment.merge"] = ids => new { with = ids.Fulfilment },
        ["fulfilment.schedule"] = _ => new { fulfilAt = "2027-01-01T00:00:00Z" },
        ["fulfilment.hold"] = _ => new { reason = "test" },
        ["fulfilment.releaseHold"] = _ => new { hold = 1 },
        ["fulfilment.writeWorkSettings"] = _ => new { acceptsByDefault = true },
        ["fulfilment.track"] = _ => new { state = "inTransit" },
        ["fulfilment.recordFact"] = _ => new { kind = "shipped" },
        ["fulfilment.recordOrderFact"] = _ => new { kind = "delivered" },
        ["fulfilment.cancel"] = _ => new { reason = "test" },
        ["fulfilment.stop"] = _ => new { reason = "test" },
        ["fulfilment.answerStop"] = _ => new { accepted = true, reason = "test" },
        ["fulfilment.putBack"] = _ => new { lines = new[] { new { line = 1, quantity = 1 } } },
        ["fulfilment.deliver"] = _ => new { reason = "test" },
        ["fulfilment.lose"] = _ => new { reason = "test" },
        ["fulfilment.sendBack"] = _ => new { reason = "test" },
        ["orders.requestCancel"] = _ => new { externalId = "C-1", reason = "test" },
        ["orders.answerCancelRequest"] = _ => new { answer = "decline", reason = "test" },
        ["orders.hold"] = _ => new { reason = "test" },
        ["orders.assignHold"] = _ => new { hold = 1, owner = "test" },
        ["catalog.changeImage"] = _ => new { alt = "A mug" },
        ["catalog.groupVariant"] = _ => new { group = (string?)null },
        ["orders.assign"] = ids => new { assignee = "user of " + ids.Role },
        ["session.keepPreferences"] = _ => new { density = "compact" },
        ["notifications.read"] = _ => new { ids = new[] { 999_999 } },
        ["orders.prioritise"] = _ => new { priority = 5 },
        ["holdRules.write"] = _ => new { kind = "manual", position = 10, when = new { countries = new[] { "FR" } } },
        ["holdRules.try"] = ids => new { orderId = ids.Order },
        ["routing.write"] = _ => new { name = "Near", rules = new { scenarios = new[] { new { name = "All", when = "country:GB" } } } },
        ["routing.writeRanker"] = _ => new { name = "Green", url = "https://rank.example/", timeLimitMs = 50 }, ["routing.tryRanker"] = _ => new { country = "GB" }, ["routing.writeReplanSettings"] = _ => new { mode = "off", churnMinor = 50 }, ["routing.try"] = ids => new { rules = new { scenarios = new[] { new { name = "All" } } }, orderId = ids.Order }, ["routing.places"] = _ => new { places = new[] { new { prefix = "M1", latitude = 53.48, longitude = -2.24 } } }, ["routing.backtest"] = _ => new { from = "2026-01-01T00:00:00Z", to = "2026-02-01T00:00:00Z", house = true },
        ["intakeRules.write"] = _ => new { position = 10, when = new { countries = new[] { "FR" } }, set = new { priority = 5 } },
        ["orders.releaseHold"] = _ => new { hold = 1, reason = "test" },
        ["exceptions.resolve"] = _ => new { resolution = "test" },
        ["purchasing.setReorderLevels"] = ids => new { items = new[] { new { sku = ids.Sku, node = ids.Node, reorderAt = 1, orderUpTo = 5 } } },
        ["purchasing.orderSuggestion"] = _ => new { reference = "PO-1", dueAt = "2099-01-01T00:00:00Z" },
        ["purchasing.dismissSuggestion"] = _ => new { quietUntil = "2099-01-01T00:00:00Z" },
        ["exceptions.assign"] = _ => new { owner = "test" },
        ["inventory.adjust"] = ids => new { items = new[] { new { sku = ids.Sku, node = ids.Node, delta = 1, reason = "test" } } },
        ["inventory.recordSale"] = ids => new { node = ids.Node, reference = "R-1", items = new[] { new { sku = ids.Sku, quantity = 1 } } },
        ["inventory.reserve"] = ids => new { owner = "cart", ttlSeconds = 600, items = new[] { new { sku = ids.Sku, quantity = 1, node = ids.Node } } },
        ["inventory.extendReservation"] = _ => new { ttlSeconds = 700 },
        ["inventory.transferReservation"] = ids => new { items = new[] { new { sku = ids.Sku, from = ids.Node, to = ids.Node, quantity = 1 } } },
        ["inventory.setSafety"] = ids => new { items = new[] { new { sku = ids.Sku, node = ids.Node, safety = 1 } } },
        ["inventory.move"] = ids => new { items = new[] { new { sku = ids.Sku, node = ids.Node, quantity = 1, to = "unavailable", reason = "test" } } },
        ["inventory.setBins"] = ids => new { items = new[] { new { sku = ids.Sku, node = ids.Node, bin = "B-1", quantity = 1 } } },
        ["counts.want"] = ids => new { items = new[] { new { sku = ids.Sku, node = ids.Node } }, reason = "test" },
        ["nodes.close"] = _ => new { reason = "test" }, ["sales.stop"] = _ => new { reason = "test", releases = "leave" }, ["fulfilment.writeWorkClasses"] = _ => new { classes = new[] { new { name = "next", when = "method:next*" } } },
        ["purchaseOrders.reject"] = _ => new { reason = "busy" }, ["purchaseOrders.answerStop"] = _ => new { accepted = true },
        ["counts.enter"] = _ => new { quantity = 1 },
        ["payments.take"] = _ => new { tender = "cash", amountMinor = 1 },
        ["payments.capture"] = _ => new { amountMinor = 1 },
        ["payments.void"] = _ => new { reason = "test" },
        ["payments.refund"] = _ => new { amountMinor = 1, reason = "test" },
        ["payments.settle"] = _ => new { state = "succeeded" },
        ["payments.reconcile"] = _ => new { state = "succeeded", reference = "test" },
        ["payments.dispute"] = _ => new { amountMinor = 1 },
        ["customers.create"] = _ => new { name = "New" },
        ["customers.replace"] = _ => new { name = "Changed" },
        ["customers.merge"] = ids => new { other = ids.Customer, reason = "test" },
        ["customers.unmerge"] = _ => new { reason = "test" },
        ["customers.consent"] = _ => new { purpose = "marketing", channel = "email", isGiven = true, source = "test" },
        ["customers.note"] = _ => new { note = "test" },
        ["customers.block"] = _ => new { reason = "test" },
        ["blockedPeople.add"] = _ => new { email = "bad@example.test", reason = "test" },
        ["webhooks.create"] = ids => new { url = "https://hooks.example/new", kinds = new[] { "NothingOfTheKind" }, channels = new[] { ids.Channel } },
        ["webhooks.change"] = _ => new { url = "https://hooks.example/changed", kinds = new[] { "NothingOfTheKind" } },
        ["webhooks.test"] = _ => new { kind = "OrderPlaced" },
        ["webhooks.rotateSecret"] = _ => new { retireOthersAfterSeconds = 60 },
        ["webhooks.enable"] = _ => new { discardWaiting = true },
        ["webhooks.resendSince"] = _ => new { since = "2026-01-01T00:00:00Z" },
        ["deliveries.open"] = ids => new { node = ids.Node, reference = "PO-2", lines = new[] { new { sku = ids.Sku, quantity = 1 } } },
        ["deliveries.receive"] = ids => new { items = new[] { new { sku = ids.Sku, quantity = 1 } } },
        ["deliveries.undoReceipt"] = _ => new { reason = "test" },
        ["transfers.create"] = ids => new { from = ids.Node, to = ids.OtherNode, lines = new[] { new { sku = ids.Sku, quantity = 1 } } },
        ["transfers.settle"] = ids => new { lines = new[] { new { sku = ids.Sku, quantity = 1, outcome = "lost" } }, reason = "test" },
        ["consumers.discard"] = _ => new { reason = "test" },
    };

    /// <summary>Gives a merchant one of each thing; SKU MUG and order EXT-1 are named alike at every merchant.</summary>
    public static async Task<Ids> Seed(Shop shop, HttpClient http, Ids names, IReadOnlyList<Operation> operations)
    {
        await Write(HttpMethod.Put, "/channels/" + names.Channel, new { name = "Shop" });
        foreach (string sku in new[] { "MUG", names.Sku })
        {
            await Write(HttpMethod.Post, "/products", new
            {
                sku, name = "Mug", weightGrams = 100, prices = new[] { new { currency = "GBP", priceMinor = 1000 } },
                barcodes = sku == "MUG" ? [] : new[] { new { barcode = names.Barcode } },
            });
            await Write(HttpMethod.Post, "/inventory/adjustments", new { items = new[] { new { sku, node = names.Node, delta = 100, reason = "seed" } } });
        }
        var order = await Write(HttpMethod.Post, "/orders", Order("MUG", "EXT-1"));
        await Write(HttpMethod.Post, "/roles", new { id = names.Role, name = "Own role", permissions = new[] { "orders:read" } });
        var user = await Write(HttpMethod.Post, "/users", new { userName = "user of " + names.Role, password = "a long enough sentence", roles = new[] { names.Role } });
        var key = await Write(HttpMethod.Post, "/keys", new { name = "Till", scopes = new[] { "orders:read" } });
        var reservation = operations.Any(o => o.Id == "inventory.reserve")
            ? (await Write(HttpMethod.Post, "/inventory/reservations", Bodies["inventory.reserve"](names))).Text("id")! : names.Reservation;
        var file = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports/products") { Content = new StringContent($"sku,name\n{names.Sku}-FILE,Mug\n", System.Text.Encoding.UTF8, "text/csv") };
        var webhook = await Write(HttpMethod.Post, "/webhooks", Bodies["webhooks.create"](names));
        string import = Kernel.Text.Invariant((await Shop.Read(await http.SendAsync(file), null)).Long("runId"));
        var (fulfilment, package) = (names.Fulfilment, names.Package);
        if (operations.Any(o => o.Id == "fulfilment.pack"))
        {
            string given = (await Write(HttpMethod.Post, "/orders", Order("MUG", "EXT-F"))).Text("id")!;
            fulfilment = (await Write(HttpMethod.Post, $"/orders/{given}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
            foreach (string step in new[] { "start-picking", "pick" }) await Write(HttpMethod.Post, $"/fulfilments/{fulfilment}/{step}", new { });
            package = (await Write(HttpMethod.Post, $"/fulfilments/{fulfilment}/pack", new { })).GetProperty("packages")[0].Text("id")!;
        }
        string label = await SeedLabel(Write, names, package, operations);
        string draft = operations.Any(o => o.Id == "drafts.create") ? (await Write(HttpMethod.Post, "/drafts", Draft(names))).Text("id")! : names.Draft;
        string payment = (await Write(HttpMethod.Post, $"/orders/{order.Text("id")}/payments", new { tender = "cash", amountMinor = 100 })).Text("id")!;
        string delivery = operations.Any(o => o.Id == "deliveries.open") ? (await Write(HttpMethod.Post, "/deliveries", new { node = names.Node, reference = "PO-1" })).Text("id")! : names.Delivery;
        string transfer = operations.Any(o => o.Id == "transfers.create")
            ? (await Write(HttpMethod.Post, "/transfers", new { from = names.Node, to = names.OtherNode, lines = new[] { new { sku = names.Sku, quantity = 1 } } })).Text("id")! : names.Transfer;
        return names with { Draft = draft, Label = label, Payment = payment, Delivery = delivery, Transfer = transfer, Fulfilment = fulfilment, Package = package, Import = import, Webhook = webhook.Text("id")!, Order = order.Text("id")!, Customer = order.GetProperty("customer").Text("id")!, User = user.Text("id")!, Key = key.Text("id")!, Reservation = reservation };

        async Task<JsonElement> Write(HttpMethod method, string path, object body) =>
            await Shop.Read(await http.SendAsync(new HttpRequestMessage(method, "/api/v1" + path) { Content = System.Net.Http.Json.JsonContent.Create(body) }), null);
    }

    private static object Draft(Ids ids) => new { channel = "web", currency = "GBP", lines = new[] { new { sku = ids.Sku, quantity = 1 } } };

    /// <summary>The same buyer each time and another external id for each SKU, so that only the SKU tells two answers apart.</summary>
    private static object OrderOfOneBuyer(string sku)
    {
        var order = Given.Order((sku, 1));
        order["externalId"] = sku;
        order["customer"] = new { name = "Ada Byron", email = "ada@example.test" };
        order["shippingAddress"] = new { name = "Ada Byron", line1 = "1 Mill Lane", city = "Manchester", postcode = "M1 1AE", country = "GB" };
        return order;
    }

    private static object Order(string sku, string externalId)
    {
        var order = Given.Order((sku, 1));
        order["externalId"] = externalId;
        return order;
    }
}
