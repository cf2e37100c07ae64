using Switchyard.Fulfilment;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Edi;

/// <summary>
/// An order of ours beside the purchase order it was made of, line by line in their order: what we tell the partner has its line numbers, its units and all of its numbers of the goods.
/// Lines that were added since have ours.
/// </summary>
internal sealed class OrderOfPartner
{
    private sealed record Pair(LineView Ours, OrderedLine? Theirs, long Each);

    private readonly OrderView _order;
    private readonly OrderDocument? _asked;
    private readonly PartnerProfile _profile;
    private readonly Currency _currency;
    private readonly List<Pair> _lines;
    private readonly Dictionary<int, Pair> _byLine;

    public OrderOfPartner(OrderView order, OrderDocument? asked, PartnerProfile profile)
    {
        (_order, _asked, _profile, _currency) = (order, asked, profile, Currency.Parse(order.Currency));
        _lines = [.. order.Lines.Where(l => l.ParentLine is null && l.Kind != "charge").OrderBy(l => l.Line).Select((l, i) => i < (asked?.Lines.Count ?? 0) && profile.UnitsEach(asked!.Lines[i].Unit) is { } each
            ? new Pair(l, asked.Lines[i], each) : new Pair(l, null, 1))];
        _byLine = _lines.ToDictionary(l => l.Ours.Line);
    }

    /// <summary>What is promised, what waits and what will not come, of each line.</summary>
    public ConfirmationDocument Confirmation(DateOnly today)
    {
        var lines = _lines.Select(l =>
        {
            var (promised, gone) = (Least(l.Ours, Promised), l.Ours.Cancelled);
            long waits = l.Ours.Quantity - promised - gone;
            var parts = new (string Code, long Units, DateTimeOffset? At)[] { ("IA", promised, l.Ours.ShipBy ?? _order.ShipBy), ("IB", waits, l.Ours.ExpectedAt), ("IR", gone, null) };
            bool isWhole = parts.All(p => p.Units % l.Each == 0);
            return new ConfirmedLine(isWhole ? Line(l) : Line(l) with { Quantity = l.Ours.Quantity, Unit = "EA", Price = null },
                [.. parts.Where(p => p.Units > 0).Select(p => new Confirmed(p.Code, isWhole ? p.Units / l.Each : p.Units, p.At is { } at ? DateOf(at) : null))]);
        }).ToList();
        var codes = lines.SelectMany(l => l.Parts).Select(p => p.Code).Distinct().ToList();
        return new ConfirmationDocument(codes is ["IA"] ? "AD" : codes is ["IR"] ? "RD" : "AC", _order.ExternalId!, _asked?.Date ?? DateOf(_order.PlacedAt), today, _order.Number, _order.Currency, lines);
    }

    public NoticeDocument Notice(FulfilmentView release, ShipmentView left, IReadOnlyDictionary<Guid, string> ssccs)
    {
        var packages = release.Packages.Where(p => p.Shipment == left.Id && p.State != "voided").ToList();
        var parcels = packages.Select(p => new NoticeParcel(ssccs.GetValueOrDefault(p.Id.Value), p.Tracking, p.WeightGrams, [.. p.Lines.Select(l => Item(release, l.Line, l.Quantity))])).ToList();
        // What left without parcels being told is one.
        if (parcels.Count == 0) parcels.Add(new NoticeParcel(null, null, null, [.. release.Lines.Where(l => l.Shipped > 0).Select(l => Item(release, l.Line, l.Shipped))]));
        return new NoticeDocument($"{release.Number}-{left.Shipment}", left.ShippedAt, DateOf(left.ShippedAt), left.Carrier, left.Service, _order.ExternalId!, _asked?.Date, ShipTo(),
            new EdiParty(release.Node, null, null, null, null, null, null, null, null, null, null), parcels);
    }

    /// <summary>
    /// An invoice of one shipment, from what left and what it was sold for. Discounts and taxes of a line fall on its units one after the other, so that the invoices of all shipments
    /// sum to the order; charges are on the first.
    /// </summary>
    public InvoiceDocument Invoice(IReadOnlyList<FulfilmentView> releases, FulfilmentView release, ShipmentView left, string partner)
    {
        var departures = releases.SelectMany(r => r.Shipments.Select(s => (Release: r, Shipment: s))).OrderBy(d => d.Shipment.ShippedAt).ThenBy(d => d.Release.Number, StringComparer.Ordinal).ThenBy(d => d.Shipment.Shipment).ToList();
        int place = departures.FindIndex(d => d.Shipment.Id == left.Id);
        var (before, after) = (Sums(departures.Take(place)), Sums(departures.Take(place + 1)));
        var lines = new List<InvoicedLine>();
        long allowances = 0, taxes = 0, total = 0;
        foreach (var line in _lines)
        {
            long gone = Least(line.Ours, l => before.GetValueOrDefault(l.Line)), units = Least(line.Ours, l => after.GetValueOrDefault(l.Line)) - gone;
            if (units <= 0) continue;
            bool isWhole = units % line.Each == 0 && line.Theirs is not null;
            long unit = line.Ours.UnitPriceMinor * (isWhole ? line.Each : 1);
            var told = Line(line);
            lines.Add(new InvoicedLine(told.Line, isWhole ? units / line.Each : units, isWhole ? told.Unit : "EA", EdiAmounts.Major(unit, _currency), told.Numbers, told.Description));
            var (off, tax) = (EdiAmounts.Share(line.Ours.DiscountMinor, gone, units, line.Ours.Quantity), EdiAmounts.Share(line.Ours.TaxMinor, gone, units, line.Ours.Quantity));
            allowances += off;
            taxes += tax;
            total += line.Ours.UnitPriceMinor * units - off + (_order.PricesIncludeTax ? 0 : tax);
        }
        var charges = new List<OrderedCharge>();
        if (allowances > 0) charges.Add(new OrderedCharge(true, "C310", "Discount", EdiAmounts.ToCents(allowances, _currency)));
        foreach (var charge in place == 0 ? _order.Lines.Where(l => l.Kind == "charge") : [])
        {
            long amount = charge.UnitPriceMinor * charge.Quantity - charge.DiscountMinor;
            charges.Add(new OrderedCharge(false, "D240", charge.Name, EdiAmounts.ToCents(amount, _currency)));
            taxes += charge.TaxMinor;
            total += amount + (_order.PricesIncludeTax ? 0 : charge.TaxMinor);
        }
        // Tax that the partner collected of its buyers and owes is not asked of it.
        if (_order.TaxOwedBy == TaxOwers.Channel) (taxes, total) = (0, _order.PricesIncludeTax ? total : total - taxes);
        return new InvoiceDocument($"{release.Number}-{left.Shipment}", DateOf(left.ShippedAt), _order.ExternalId!, _asked?.Date, _order.Currency, ShipTo(), null, lines, charges,
            EdiAmounts.ToCents(taxes, _currency), EdiAmounts.ToCents(total, _currency), IsDraft: true);
    }

    public static EdiParty? Party(PlaceOrder.Address? a, string country) => a is null ? null
        : new EdiParty(a.Company ?? a.Name, null, a.Line1, a.Line2, a.City, a.Region, a.Postcode, a.Country ?? country, a.Company is null ? null : a.Name, a.Phone, null);

    /// <summary>The partner's own words for where it goes, with its number of the place; else ours.</summary>
    private EdiParty? ShipTo() => _asked?.ShipTo ?? Party(_order.ShippingAddress, _profile.Country);

    private static Dictionary<int, long> Sums(IEnumerable<(FulfilmentView Release, ShipmentView Shipment)> departures)
    {
        var sums = new Dictionary<int, long>();
        foreach (var (release, shipment) in departures)
        {
            var lines = release.Packages.Where(p => p.Shipment == shipment.Id && p.State != "voided").SelectMany(p => p.Lines.Select(l => (l.Line, l.Quantity))).ToList();
            if (lines.Count == 0 && release.Shipments.Count == 1) lines = [.. release.Lines.Select(l => (l.Line, Quantity: l.Shipped))];
            foreach (var (line, units) in lines) sums[line] = sums.GetValueOrDefault(line) + units;
        }
        return sums;
    }

    /// <summary>Of goods their own count; of a bundle as many as all of its parts make.</summary>
    private long Least(LineView line, Func<LineView, long> count)
    {
        var parts = _order.Lines.Where(l => l.ParentLine == line.Line && l.Quantity > 0).ToList();
        return parts.Count == 0 ? count(line) : parts.Min(p => count(p) * line.Quantity / p.Quantity);
    }

    private static long Promised(LineView l) => l.Allocated + l.Released + l.Picked + l.Packed + l.Shipped + l.Delivered + l.Lost + l.SentBack;

    private NoticeLine Item(FulfilmentView release, int line, long units)
    {
        if (!_byLine.TryGetValue(line, out var pair))            // a part of a bundle, or goods that went instead
            return new NoticeLine(Text.Invariant(line), units, "EA", [new GoodsNumber(_profile.GoodsQualifier, release.Lines.First(l => l.Line == line).Sku)]);
        var told = Line(pair);
        return units % pair.Each == 0 && pair.Theirs is not null ? new NoticeLine(told.Line, units / pair.Each, told.Unit, told.Numbers) : new NoticeLine(told.Line, units, "EA", told.Numbers);
    }

    private OrderedLine Line(Pair pair) => pair.Theirs is { } theirs ? theirs with { Unit = theirs.Unit.Length == 2 ? theirs.Unit : "EA" }
        : new OrderedLine(Text.Invariant(pair.Ours.Line), pair.Ours.Quantity, "EA", EdiAmounts.Major(pair.Ours.UnitPriceMinor, _currency), [new GoodsNumber(_profile.GoodsQualifier, pair.Ours.Sku)], pair.Ours.Name);

    private static DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
