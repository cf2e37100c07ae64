using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Payments;
using Switchyard.Sourcing;

namespace Switchyard.Till;

/// <summary>
/// Rings up a sale: an order that is paid, carried out and closed at once, whatever our books say is on the shelf. The order is placed as every other one, under the
/// sale's own id; then goods, money and receipt are written together. Sent again, whatever is missing is done, and nothing twice. What the store does not have is sent
/// home from wherever it lies: that sale is paid at the till too, and its goods go the way of every order.
/// </summary>
public sealed class SellAtTill(Db db, OrderWriter writer, CatalogReader catalog, Replan replan, TimeProvider clock)
{
    public const int MostLines = 500, MostTenders = 10;

    /// <param name="UnitPriceMinor">The list price when left out. Another one, and a discount, needs a reason and the right orders:price.</param>
    /// <param name="DiscountMinor">Over all units of the line.</param>
    /// <param name="TaxRate">A fraction with at most 6 decimals: 0.2 is 20 %. The shift's for the product's tax class when left out.</param>
    public sealed record Line(string? Sku, long? Quantity, long? UnitPriceMinor = null, long? DiscountMinor = null, decimal? TaxRate = null, string? Reason = null);

    /// <param name="AmountMinor">What of it pays the sale.</param>
    /// <param name="GivenMinor">Cash that was handed over; the rest is change.</param>
    /// <param name="Reference">Of the card terminal; never the number of a card.</param>
    public sealed record Paid([property: Words("cash", "card_terminal", "cheque")] string? Tender, long? AmountMinor, long? GivenMinor = null, string? Reference = null);

    public sealed record Buyer(string? Name, string? Email, string? Phone);

    /// <param name="Id">The till's own id of the sale: told again, nothing is sold twice.</param>
    /// <param name="PricesIncludeTax">True when left out.</param>
    /// <param name="At">When it was rung up: it has happened, and nobody judges its prices any more. Left out, the till asks whether it may.</param>
    /// <param name="ShipTo">Where all of it is sent; left out, the customer carries it out. Without a time it is refused when it is nowhere to be had.</param>
    /// <param name="Method">The delivery method of what is sent.</param>
    /// <param name="Reservation">What held the stock of the cart that was bought; one that is over or unknown counts for nothing.</param>
    public sealed record Request(string? Id, string? Shift, IReadOnlyList<Line?>? Lines, IReadOnlyList<Paid?>? Tenders, long? DiscountMinor = null, string? DiscountReason = null, bool? PricesIncludeTax = null,
        Buyer? Customer = null, string? At = null, string? Reservation = null,
        // Left out of the hash where they are not said: a sale that was told before these were known is the same when it is told again.
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PlaceOrder.Address? ShipTo = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Method = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/till/sales", async (Request body, SellAtTill till, Actor actor) => (await till.Handle(body, actor)).ToHttp(201))
            .Requires(Permission.TillWork).WithMetadata(new WorksThrough(typeof(OrderWriter))).WithName("till.sell").WithTags("Till").WithSummary("Ring up a sale")
            .WithDescription("The order is closed and the store's stock lowered at once, also below zero: a promised unit that was sold is planned anew. A sale whose shift is closed by now counts in the one that is open at its register. With shipTo the goods are sent instead: the order is paid and stays open.")
            .Produces<TillReceipt>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(429).ProducesProblem(503);

    /// <remarks>Errors: request.invalid with pointers, till.no_such_shift, till.no_open_shift, till.id_taken, till.tenders_differ, till.price_not_allowed, till.cannot_settle, and those of placing an order.</remarks>
    public async Task<Result<TillReceipt>> Handle(Request body, Actor actor)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        var at = Check(body, checks, now) ?? now;
        if (checks.AnyFault) return checks.ToError();
        byte[] hash = TillBooks.Hash(body);
        var known = await db.Read(actor, async work => (Shift: await TillBooks.Shift(work, actor, body.Shift!), Earlier: await TillBooks.Earlier(work, actor, body.Id!, hash)));
        if (known.Earlier is { } earlier) return earlier;
        if (known.Shift is not { } told) return TillErrors.NoSuchShift;
        if (await db.Read(actor, work => TillBooks.Counting(work, told, isLocked: false)) is null) return TillErrors.NoOpenShift;

        var items = await catalog.FindSkus(actor.Merchant, [.. body.Lines!.Select(l => Text.Key(l!.Sku!)).Distinct()]);
        // A try that came as far as its order: what was left out is as it was then, whatever the list says by now.
        var before = await db.Read(actor, work => SoldAtCounter.Begun(work, told.Channel, "till:" + body.Id));
        var lines = Priced(body, told, before, items, isJudged: body.At is null && !actor.May(Permission.OrdersPrice), needsReason: body.At is null, checks);
        if (checks.AnyFault) return checks.ToError();
        bool included = body.PricesIncludeTax ?? true;
        var money = OrderTotals.Of([.. lines.Select(l => new PricedLine(l.Quantity, l.UnitPriceMinor!.Value, l.DiscountMinor ?? 0, (long)((l.TaxRate ?? 0) * 1_000_000), null, IsCharge: false))], body.DiscountMinor ?? 0, included);
        if (money.Error is { } tooMuch) return tooMuch;
        long tendered = (body.Tenders ?? []).Sum(t => t!.AmountMinor!.Value);
        if (tendered != money.Value.Total) return TillErrors.Tenders(money.Value.Total, tendered);

        bool isSent = body.ShipTo is not null;
        var source = new OrderSource { IsSold = !isSent, IsRungUp = isSent };
        var request = new PlaceOrder.Request(told.Channel, "till:" + body.Id, told.Currency, body.Customer is { } buyer ? new PlaceOrder.Customer(buyer.Name, buyer.Email, buyer.Phone, null) : null, body.ShipTo, null,
            isSent ? body.Method : "carry-out", lines, null, body.DiscountMinor, included, null, isSent && body.At is null ? "refuse" : "hold", $"{told.Node} {told.Register}", null, body.Reservation is not null && ReservationId.TryParse(body.Reservation, null, out _) ? body.Reservation : null,
            CollectAt: isSent ? null : told.Node, AllowSubstitutes: false);
        if (PlaceOrder.Validate(request) is { } faults) return faults;
        // The sale's id is the order's external id: whoever places it again is given the one that is there.
        var seller = actor with { Stamp = null, Nodes = null };
        var placed = await writer.Place(seller, request, source: source);
        // The goods are gone, whatever has become of what held them.
        if (placed.Error is { Kind: not (ErrorKind.Unavailable or ErrorKind.Busy) } && request.Reservation is not null)
            placed = await writer.Place(seller, request with { Reservation = null }, source: source);
        if (placed.Error is { } refused) return refused;
        var order = OrderId.Parse(JsonNode.Parse(placed.Value.Json)!["id"]!.GetValue<string>(), null);

        var settings = await replan.Settings(actor);
        var node = settings.NodesByCode[Text.Key(told.Node)];
        return await db.Write<TillReceipt>(actor, work => Settle(work, new Sale(body, told, order, money.Value, lines, items, hash, at), node, settings, actor, now));
    }

    private sealed record Sale(Request Told, StoredShift Shift, OrderId Order, OrderMoney Money, IReadOnlyList<PlaceOrder.Line> Lines, IReadOnlyDictionary<string, CatalogItem> Items, byte[] Hash, DateTimeOffset At);

    /// <summary>Goods leave, money is taken, the order is closed and the receipt kept, all or nothing. Orders are locked first, then stock, the shift last.</summary>
    private static async Task<Result<TillReceipt>> Settle(Work work, Sale sale, NodeSettings node, MerchantSettings settings, Actor actor, DateTimeOffset now)
    {
        if (await TillBooks.Earlier(work, actor, sale.Told.Id!, sale.Hash) is { } before) return before;
        bool isPaid = false;
        async Task pay(OpenOrder open)
        {
            await TakeMoney(work, open, sale, actor, now);
            isPaid = true;
        }
        var order = sale.Told.ShipTo is null ? await CarriedAway.Take(work, actor, sale.Order, node, settings, sale.At, now, pay) : await SendHome(work, actor, sale, pay, now);
        // Of two that settle the same sale at once the later one waited for the order's lock and finds the receipt of the other.
        if (await TillBooks.Earlier(work, actor, sale.Told.Id!, sale.Hash) is { } meanwhile) return meanwhile;
        if (order is null || !isPaid) return TillErrors.NotOfTill;
        await SoldAtCounter.Note(work, sale.Order, node.Id);
        var shift = await TillBooks.Counting(work, sale.Shift);
        if (shift is null) return TillErrors.NoOpenShift;

        var receipt = new TillReceipt(sale.Told.Id!, "sale", shift.Id, await TillBooks.NextNo(work, shift), shift.Node, shift.Register, sale.At, shift.Currency, sale.Money.Total, sale.Money.Discount, sale.Money.Tax,
            sale.Told.Tenders?.Sum(t => t!.GivenMinor is { } given ? given - t.AmountMinor!.Value : 0) ?? 0, 0, sale.Order, order.Number,
            [.. sale.Lines.Select((l, i) => new ReceiptLine(i + 1, l.Sku, sale.Items.GetValueOrDefault(Text.Key(l.Sku))?.Name, l.Quantity, l.UnitPriceMinor!.Value, sale.Money.Lines[i].Discount, sale.Money.Lines[i].Total,
                l.TaxRate ?? 0, sale.Money.Lines[i].Tax))],
            [.. (sale.Told.Tenders ?? []).Select(t => new ReceiptTender(t!.Tender!, t.AmountMinor!.Value, t.Reference))], shift.Id != sale.Shift.Id,
            string.Join(" ", sale.Told.Lines!.Select(l => l!.Reason).Append(sale.Told.DiscountReason).OfType<string>().Distinct()) is { Length: > 0 } why ? why : null)
        { IsSentHome = sale.Told.ShipTo is not null };
        await TillBooks.Keep(work, actor, new NewEntry(sale.Told.Id!, "sale", sale.Order, null, sale.Hash), sale.Shift.Id, receipt, now);
        return receipt;
    }

    /// <summary>The order stays open: it was promised its goods as it was placed, and leaves from there. Null or unpaid where it cannot be settled any more.</summary>
    private static async Task<OpenOrder?> SendHome(Work work, Actor actor, Sale sale, Func<OpenOrder, Task> pay, DateTimeOffset now)
    {
        var order = await OpenOrder.Lock(work, actor with { Nodes = null }, sale.Order, now);
        if (order is not { State: OrderState.Placed or OrderState.Confirmed }) return order;
        // Who waited for the lock finds the receipt of the other, and takes no money a second time.
        if (await TillBooks.Earlier(work, actor, sale.Told.Id!, sale.Hash) is not null) return order;
        await pay(order);
        await order.Save(work);
        return order;
    }

    private static async Task TakeMoney(Work work, OpenOrder order, Sale sale, Actor actor, DateTimeOffset now)
    {
        var book = await PaymentsSql.Load(work, order);
        foreach (var tender in sale.Told.Tenders ?? [])
        {
            var taken = book.Take(new PaymentWish(PaymentId.New(now), PaymentType.Sale, tender!.Tender!, tender.AmountMinor!.Value, PaymentState.Succeeded, tender.Reference, null, actor.Id, sale.At, AllowOver: true));
            order.Tell("PaymentRecorded", new { payment = taken.Value.Id, type = "sale", tender = tender.Tender, state = "succeeded", amountMinor = tender.AmountMinor, currency = order.Currency });
        }
        order.Pay(book.Paid, book.State);
        order.FollowMoney("It is paid.");
        var batch = work.Batch();
        PaymentsSql.Queue(batch, [new KeptBook(work.Merchant, order.Id.Value, order.Currency, book)]);
        await batch.Run();
    }

    private static DateTimeOffset? Check(Request body, Checks checks, DateTimeOffset now)
    {
        checks.Text(body.Id, "/id", TillBooks.MostId, required: true);
        checks.Text(body.Shift, "/shift", TillBooks.MostId, required: true);
        checks.That(body.Lines is { Count: > 0 and <= MostLines }, "/lines", "field.out_of_range", $"Send 1 to {MostLines} lines.");
        foreach (var (i, line) in (body.Lines ?? []).Take(MostLines).Index())
        {
            if (line is null) { checks.Fault($"/lines/{i}", "field.required", "A line may not be null."); continue; }
            checks.Text(line.Sku, $"/lines/{i}/sku", 200, required: true);
            if (line.Quantity is { } quantity) checks.Quantity(quantity, $"/lines/{i}/quantity");
            else checks.Fault($"/lines/{i}/quantity", "field.required", "quantity is required.");
            if (line.UnitPriceMinor is { } price) checks.Amount(price, $"/lines/{i}/unitPriceMinor");
            if (line.DiscountMinor is { } discount) checks.Amount(discount, $"/lines/{i}/discountMinor");
            checks.That(line.TaxRate is null or >= 0 and <= 1, $"/lines/{i}/taxRate", "field.out_of_range", "taxRate is a fraction from 0 to 1.");
            checks.Words(line.Reason, $"/lines/{i}/reason", 200);
        }
        checks.That((body.Tenders?.Count ?? 0) <= MostTenders, "/tenders", "field.too_many", $"At most {MostTenders} tenders.");
        foreach (var (i, tender) in (body.Tenders ?? []).Take(MostTenders).Index())
        {
            checks.That(tender?.Tender is "cash" or "card_terminal" or "cheque", $"/tenders/{i}/tender", "field.not_one_of", "tender is cash, card_terminal or cheque.");
            checks.Range(tender?.AmountMinor ?? 0, 1, Money.MaxMinor / MostTenders, $"/tenders/{i}/amountMinor");
            checks.That(tender?.GivenMinor is null || tender.Tender == "cash" && tender.GivenMinor >= tender.AmountMinor && tender.GivenMinor <= Money.MaxMinor, $"/tenders/{i}/givenMinor", "field.out_of_range",
                "givenMinor is the cash that was handed over, at least what it pays.");
            checks.Words(tender?.Reference, $"/tenders/{i}/reference", 200);
        }
        if (body.DiscountMinor is { } off) checks.Amount(off, "/discountMinor");
        checks.Words(body.DiscountReason, "/discountReason", 200);
        checks.Text(body.Customer?.Name, "/customer/name", 200);
        checks.Text(body.Customer?.Email, "/customer/email", 254);
        checks.Text(body.Customer?.Phone, "/customer/phone", 50);
        checks.Text(body.Reservation, "/reservation", 64);
        checks.Text(body.Method, "/method", 64);
        PlaceOrder.ValidateAddress(checks, body.ShipTo, "/shipTo");
        if (body.ShipTo is { } to)
        {
            checks.Text(to.Line1, "/shipTo/line1", 300, required: true);
            checks.Text(to.Country, "/shipTo/country", 64, required: true);
        }
        checks.That(body.Method is null || body.ShipTo is not null, "/shipTo", "field.required", "What is sent says where to.");
        return checks.Past(body.At, "/at", now, isClamped: true);
    }

    /// <summary>Lines with their prices. What differs from the list says why.</summary>
    /// <param name="isJudged">The caller may not change prices, and it can still be refused.</param>
    private static List<PlaceOrder.Line> Priced(Request body, StoredShift shift, IReadOnlyList<CounterLine> begun, IReadOnlyDictionary<string, CatalogItem> items, bool isJudged, bool needsReason, Checks checks)
    {
        var lines = new List<PlaceOrder.Line>();
        foreach (var (i, line) in body.Lines!.Index())
        {
            if (!items.TryGetValue(Text.Key(line!.Sku!), out var item)) { checks.Fault($"/lines/{i}/sku", "inventory.unknown_sku", $"There is no product {line.Sku}."); continue; }
            var known = begun.Count == body.Lines!.Count && Text.Key(begun[i].Sku) == Text.Key(item.Sku) ? begun[i] : null;
            long? list = known?.PriceMinor ?? (item.Prices.TryGetValue(shift.Currency, out long minor) ? minor : null);
            if ((line.UnitPriceMinor ?? list) is not { } price) { checks.Fault($"/lines/{i}/unitPriceMinor", "orders.price_missing", $"{item.Sku} has no list price in {shift.Currency}; say the price."); continue; }
            if (list is not null && price != list || line.DiscountMinor > 0) Judge($"/lines/{i}/unitPriceMinor", $"/lines/{i}/reason", line.Reason);
            lines.Add(new PlaceOrder.Line(item.Sku, line.Quantity!.Value, price, null, line.DiscountMinor,
                line.TaxRate ?? (known is { RatePpm: > 0 } ? known.RatePpm / 1_000_000m : shift.TaxRates.FirstOrDefault(t => t.TaxClass == item.TaxClass)?.Rate), null, null));
        }
        if (body.DiscountMinor > 0) Judge("/discountMinor", "/discountReason", body.DiscountReason);
        return lines;

        void Judge(string at, string reasonAt, string? reason)
        {
            checks.That(!isJudged, at, "till.price_not_allowed", "Another price than the list's, and a discount, needs the right to change prices.");
            checks.That(!needsReason || !string.IsNullOrWhiteSpace(reason), reasonAt, "field.required", "Say why the price is another.");
        }
    }
}
