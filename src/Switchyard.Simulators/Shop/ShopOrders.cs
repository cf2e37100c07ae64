namespace Switchyard.Simulators;

/// <summary>What happens to orders: placed, paid, changed, cancelled, shipped, refunded.</summary>
public sealed partial class Shop
{
    /// <summary>Sells; null when it does not have what is wanted (a shop that oversells goes below zero). Nothing is taken then.</summary>
    public SimOrder? Place(OrderWish wish)
    {
        lock (Gate)
        {
            var places = new List<(SimListing Listing, long LocationId, WishedLine Line)>();
            foreach (var line in wish.Lines)
            {
                if (BySku(line.Sku) is not { } listing || line.Quantity < 1) return null;
                int spoken = places.Where(p => p.Listing == listing).Sum(p => p.Line.Quantity);
                long? at = Facts.Locations.Where(l => listing.Stock.GetValueOrDefault(l.Id) - spoken >= line.Quantity).Select(l => (long?)l.Id).FirstOrDefault();
                if (at is null && !Facts.Oversells && listing.IsCounted) return null;
                places.Add((listing, at ?? Facts.Locations[0].Id, line));
            }
            return Sell(wish, places);
        }
    }

    private SimOrder Sell(OrderWish wish, List<(SimListing Listing, long LocationId, WishedLine Line)> places)
    {
        long no = ++_no;
        var now = Now();
        var order = new SimOrder
        {
            Id = no, Key = Facts.OrderKey(no), Number = Facts.OrderNumber(no), PlacedAt = wish.PlacedAt ?? now, UpdatedAt = now, Currency = Facts.Currency,
            PricesIncludeTax = Facts.PricesIncludeTax, IsTaxCollectedByMarketplace = Facts.IsTaxCollectedByMarketplace, Buyer = wish.Buyer, ShipTo = wish.ShipTo,
            BillTo = wish.BillTo ?? wish.ShipTo, Method = wish.Method ?? Facts.Methods[0], Note = wish.Note, ShipBy = wish.ShipBy, DeliverBy = wish.DeliverBy,
        };
        order.Tags.AddRange(wish.Tags);
        foreach (var (listing, at, line) in places)
        {
            order.Lines.Add(new SimLine
            {
                Id = NextId(), Listing = listing, UnitPriceMinor = listing.PriceMinor, Quantity = line.Quantity,
                TaxRate = Facts.TaxRate(order.ShipTo.Country, order.ShipTo.Region),
                IsFulfilledByMarketplace = listing.IsFulfilledByMarketplace, Personalisation = line.Personalisation, GiftMessage = line.GiftMessage, LocationId = at,
            });
        }
        if (wish.Discount is { } discount)
        {
            long off = order.GoodsMinor * discount.Percent / 100;
            long[] parts = SimMoney.Split(off, [.. order.Lines.Select(l => l.GrossMinor)]);
            for (int i = 0; i < parts.Length; i++) order.Lines[i].DiscountMinor = parts[i];
            order.Discounts.Add(new SimDiscount(discount.Code, off));
        }
        Tax(order);
        if (wish.IsPaid) order.Payments.Add(Payment(order, now));
        _orders.Add(order);
        _byKey[order.Key] = order;
        Tell(new ShopEvent(ShopEventKind.OrderPlaced, now) { Order = order });
        if (wish.IsPaid) Tell(new ShopEvent(ShopEventKind.OrderPaid, now) { Order = order });
        foreach (var line in order.Lines) if (line.Listing.IsCounted) Move(line.Listing, line.LocationId, -line.Quantity, "sale");
        return order;
    }

    public void Pay(SimOrder order)
    {
        lock (Gate)
        {
            if (order.IsPaid) return;
            order.Payments.Add(Payment(order, Now()));
            Touch(order, ShopEventKind.OrderPaid);
        }
    }

    /// <summary>Anything else that is changed of an order: note, tags, address, method.</summary>
    public void Change(SimOrder order, Action<SimOrder> change)
    {
        lock (Gate)
        {
            change(order);
            Tax(order);
            Touch(order, ShopEventKind.OrderChanged);
        }
    }

    /// <summary>Makes a line larger or smaller (0 takes it off); stock follows. Its discount stays in proportion.</summary>
    public void SetQuantity(SimOrder order, long lineId, int quantity)
    {
        lock (Gate)
        {
            var line = order.Lines.Single(l => l.Id == lineId);
            int before = line.Current;
            if (quantity == before || quantity < 0) return;
            if (before > 0) line.DiscountMinor = line.DiscountMinor * quantity / before;
            if (quantity > before) line.Quantity += quantity - before; else line.Cancelled += before - quantity;
            if (line.Listing.IsCounted) Move(line.Listing, line.LocationId, before - quantity, quantity > before ? "sale" : "cancel");
            Tax(order);
            Touch(order, ShopEventKind.OrderChanged);
        }
    }

    public SimLine AddLine(SimOrder order, string sku, int quantity)
    {
        lock (Gate)
        {
            var listing = BySku(sku) ?? throw new ArgumentException($"No listing with the SKU {sku}.", nameof(sku));
            var line = new SimLine
            {
                Id = NextId(), Listing = listing, UnitPriceMinor = listing.PriceMinor, Quantity = quantity, TaxRate = Facts.TaxRate(order.ShipTo.Country, order.ShipTo.Region),
                IsFulfilledByMarketplace = listing.IsFulfilledByMarketplace, LocationId = Facts.Locations[0].Id,
            };
            order.Lines.Add(line);
            if (listing.IsCounted) Move(listing, line.LocationId, -quantity, "sale");
            Tax(order);
            Touch(order, ShopEventKind.OrderChanged);
            return line;
        }
    }

    /// <summary>Cancels what has not been sent; false when it was cancelled before.</summary>
    public bool Cancel(SimOrder order, string reason, bool restock = true)
    {
        lock (Gate)
        {
            if (order.IsCancelled) return false;
            var open = order.Lines.Select(l => (Line: l, Units: order.Open(l))).Where(x => x.Units > 0).ToList();
            order.CancelledAt = Now();
            order.CancelReason = reason;
            if (restock) foreach (var (line, units) in open) if (line.Listing.IsCounted) Move(line.Listing, line.LocationId, units, "cancel");
            Touch(order, ShopEventKind.OrderCancelled);
            return true;
        }
    }

    /// <summary>Something left the house. The caller has looked that the units are open.</summary>
    public SimShipment Ship(SimOrder order, IReadOnlyList<SimShippedLine> lines, string carrier, string tracking, string url = "", bool tell = false, long locationId = 0)
    {
        lock (Gate)
        {
            var shipment = new SimShipment
            {
                Id = NextId(), Lines = lines, At = Now(), LocationId = locationId == 0 ? Facts.Locations[0].Id : locationId, Carrier = carrier, Tracking = tracking,
                TrackingUrl = url,
                CustomerToldOf = tell,
            };
            order.Shipments.Add(shipment);
            Touch(order, ShopEventKind.OrderShipped, new ShopEvent(ShopEventKind.OrderShipped, shipment.At) { Order = order, Shipment = shipment });
            return shipment;
        }
    }

    public SimRefund Refund(SimOrder order, long amountMinor, string reason, IReadOnlyList<SimRefundedLine>? lines = null, long shippingMinor = 0, bool paidOut = false)
    {
        lock (Gate)
        {
            var refund = new SimRefund
            {
                Id = NextId(), AmountMinor = amountMinor, Reason = reason, Lines = lines ?? [], ShippingMinor = shippingMinor, IsPaidOut = paidOut, At = Now(),
            };
            order.Refunds.Add(refund);
            foreach (var back in refund.Lines.Where(l => l.IsRestocked))
            {
                var line = order.Lines.Single(l => l.Id == back.LineId);
                if (line.Listing.IsCounted) Move(line.Listing, line.LocationId, back.Quantity, "refund");
            }
            Touch(order, ShopEventKind.OrderRefunded, new ShopEvent(ShopEventKind.OrderRefunded, refund.At) { Order = order, Refund = refund });
            return refund;
        }
    }

    public SimRemark Remark(SimOrder order, string text, bool toCustomer)
    {
        lock (Gate)
        {
            var remark = new SimRemark(NextId(), text, toCustomer, Now());
            order.Remarks.Add(remark);
            return remark;
        }
    }

    /// <summary>Marks an order as changed now and tells of it.</summary>
    public void Touch(SimOrder order, ShopEventKind kind, ShopEvent? told = null)
    {
        lock (Gate)
        {
            order.UpdatedAt = Now();
            order.Revision++;
            Tell(told ?? new ShopEvent(kind, order.UpdatedAt) { Order = order });
        }
    }

    private static void Tax(SimOrder order)
    {
        foreach (var line in order.Lines) line.TaxMinor = SimMoney.Tax(line.NetMinor, line.TaxRate, order.PricesIncludeTax);
        order.ShippingTaxRate = order.Lines.Count == 0 ? 0 : order.Lines[0].TaxRate;
        order.ShippingTaxMinor = SimMoney.Tax(order.Method.PriceMinor, order.ShippingTaxRate, order.PricesIncludeTax);
    }

    private SimPayment Payment(SimOrder order, DateTimeOffset at)
    {
        long id = NextId();
        return new SimPayment(id, "simulated", order.TotalMinor, $"pay_{id:D8}", at);
    }
}
