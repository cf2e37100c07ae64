using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Customers;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>What is written and answered about an order that has just been promised.</summary>
internal static class OrderStory
{
    public static StoredOrder Placed(PendingOrder pending, Promise promise, CustomerMatch? customer, List<NewHold> holds, string number, DateTimeOffset now)
    {
        var dates = PromiseMaking.AtPlacing(pending.Order.Lines, promise.Plan, pending.Routes, pending.Order.Terms, now);
        var order = pending.Order with { Terms = Dated(pending.Order.Terms, dates) };
        var state = holds.Exists(h => h.LineNo is null) ? OrderState.Placed : OrderState.Confirmed;      // a hold on a line stops that line only
        long units = order.Lines.Where(l => l.HoldsStock).Sum(l => l.Quantity);
        var happened = new Happening("order", pending.Id.ToString(), "OrderPlaced", new
        {
            number,
            channel = order.Request.Channel,
            channelId = order.ChannelId,
            currency = order.Currency.Code,
            totalMinor = order.Money.Total,
            channelTaxMinor = order.Request.TaxOwedBy == TaxOwers.Channel ? order.Money.Tax : (long?)null,
            units,
            placedAtMs = now.ToUnixTimeMilliseconds(),
            state = OrderStates.Name(state),
            priority = order.Terms.Priority,
            zone = order.Terms.Zone,
            customerId = customer is { IsNobody: false } ? customer.Id : (CustomerId?)null,
            isNewCustomer = customer is { IsNew: true },
            holds = holds.Select(h => h.Kind),
            madeOf = pending.Source is { } source ? new { draft = source.Draft, order = source.Origin, kind = source.Kind } : null,
            allocated = promise.Allocations.Select(a => new object[] { a.LineNo, pending.Routes.Code(a.Node), a.Quantity }),
        });
        var entry = EventLog.Next(pending.Actor.Merchant, pending.Actor.Id, happened, 0, EventHash.Root, now);
        string? plan = promise.Allocations.Count == 0 && promise.Routing is null ? null : StockPromise.ToJson(promise.Plan, pending.Routes.Code, routing: promise.Routing);
        var stored = new StoredOrder(pending.Id, pending.Actor.Merchant, number, order, state, false, promise.Allocations, holds, plan, entry, now,
            pending.Actor.Stamp, null)
        {
            Customer = customer is { IsNobody: false } ? customer.Id : null,
            Dates = dates,
            Seen = plan is null ? null : pending.Routes.Seen(promise.Input),
            Shadow = ShadowRow.Of(promise),
        };
        return stored with { Answer = JsonSerializer.Serialize(View(pending, promise, customer, stored, holds), Json.Options) };
    }

    private static OrderView View(PendingOrder pending, Promise promise, CustomerMatch? customer, StoredOrder stored, List<NewHold> holds)
    {
        var (order, request, state) = (stored.Order, stored.Order.Request, stored.State);
        var allocations = promise.Allocations.ToLookup(a => a.LineNo);
        var lines = order.Lines.Select(l => new LineView(l.LineNo, l.Kind.ToString().ToLowerInvariant(), l.ParentLineNo, l.Sku, l.Name, l.Quantity,
            l.UnitPriceMinor, l.DiscountMinor, l.TaxRatePpm / 1_000_000m, l.TaxMinor, l.TotalMinor, l.Unallocated, l.Backordered, l.Preordered, l.Allocated,
            0, 0, 0, 0, 0, 0, 0, 0, [.. allocations[l.LineNo].Select(a => new AllocationView(pending.Routes.Code(a.Node), a.Quantity))],
            l.Metadata is null ? null : JsonNode.Parse(l.Metadata))
        { AllowSubstitutes = l.MaySubstitute, ExpectedAt = Whole(l.ExpectedAt), ReleaseAt = l.ReleaseAt, Method = l.Own?.Method, CollectAt = l.Own?.CollectNode is { } at ? pending.Routes.Code(at) : null }.With(stored.Dates, order.Terms.ShipBy, order.Terms.DeliverBy)).ToList();
        var sums = new OrderStatus.Sums(order.Lines.Where(l => l.HoldsStock).Sum(l => l.Quantity), order.Lines.Sum(l => l.Backordered + l.Preordered + l.Unallocated), 0, 0, 0);
        // Stored instants are whole milliseconds; the answer says the same as a later read.
        var placed = DateTimeOffset.FromUnixTimeMilliseconds(stored.PlacedAt.ToUnixTimeMilliseconds());
        return new OrderView(pending.Id, stored.Number, request.ExternalId, request.Channel, order.Terms.Type, OrderStatus.Headline(state, holds.Count > 0, sums),
            OrderStates.Name(state), holds.Count > 0, order.Currency.Code, order.PricesIncludeTax, order.Money.Goods, order.Money.Discount,
            order.Money.Charges, order.Money.Tax, order.Money.Total, order.BaseCurrency, order.RateE9 / 1_000_000_000m, request.Method,
            stored.Book.State, StoredOrder.Expiry(holds), Shown(request.Customer, customer), request.ShippingAddress, request.BillingAddress,
            request.SourceReference, lines,
            [.. holds.Select((h, i) => new HoldView(i + 1, h.Kind, h.Reason, h.LineNo, "open", h.Owner, placed, Whole(h.ExpiresAt), null, null, null)
            {
                Rule = h.Rule, Permission = h.Permission, EscalateAt = Whole(h.EscalateAt), OtherOrder = h.Other,
                Explanation = h.Explanation is null ? null : JsonNode.Parse(h.Explanation), Says = Saying.Read(h.Says),
            })],
            request.Metadata is null ? null : JsonSerializer.SerializeToNode(request.Metadata, Json.Options), placed, 1)
        {
            TaxOwedBy = request.TaxOwedBy == TaxOwers.Channel ? request.TaxOwedBy : null,
            CapturedMinor = stored.Book.Paid.Captured,
            AuthorisedMinor = stored.Book.Paid.Authorised,
            Seq = stored.Event.Seq,
            Priority = order.Terms.Priority,
            Zone = order.Terms.Zone,
            Tags = order.Tags,
            Draft = pending.MadeOf,
            CollectAt = order.CollectNode is { } store ? pending.Routes.Code(store) : null,
            Links = pending.Links,
            GraceUntil = order.Terms.GraceUntil,
            ReleaseAt = order.Terms.ReleaseAt,
            ShipBy = order.Terms.ShipBy,
            DeliverBy = order.Terms.DeliverBy,
        };
    }

    private static OrderTerms Dated(OrderTerms terms, OrderPromise? dates) => dates is null ? terms : terms with
    {
        ShipBy = DateTimeOffset.FromUnixTimeMilliseconds(dates.ShipByMs),
        DeliverBy = DateTimeOffset.FromUnixTimeMilliseconds(dates.DeliverByMs),
    };

    private static DateTimeOffset? Whole(DateTimeOffset? at) => at is { } x ? DateTimeOffset.FromUnixTimeMilliseconds(x.ToUnixTimeMilliseconds()) : null;

    /// <summary>What the order says of its customer, with the id of who stands for him.</summary>
    internal static PlaceOrder.Customer? Shown(PlaceOrder.Customer? said, CustomerMatch? match) =>
        match is not { IsNobody: false } ? said : (said ?? new PlaceOrder.Customer(null, null, null, null)) with { Id = match.Root };
}
