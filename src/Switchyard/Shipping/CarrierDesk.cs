using System.Text.Json;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Documents;
using Switchyard.Fulfilment;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Shipping;

/// <summary>Opens accounts, puts together what carriers are told of a parcel, and asks them all for quotes.</summary>
public sealed class CarrierDesk(IEnumerable<ICarrier> carriers, Db db, FindOrder orders, CarrierHttp http, CarrierSecrets secrets, CarrierPatience patience, TimeProvider clock)
{
    private readonly Dictionary<string, ICarrier> _carriers = carriers.ToDictionary(c => c.Manifest.Code, StringComparer.Ordinal);

    public IReadOnlyList<ICarrier> Carriers { get; } = [.. carriers.OrderBy(c => c.Manifest.Code, StringComparer.Ordinal)];

    internal ICarrier Of(CarrierAccount account) => _carriers[account.Adapter];

    /// <summary>Does the carrier tell where its parcels are? It is asked, or sends messages that are believed.</summary>
    internal bool Follows(CarrierAccount account) => Of(account).Manifest.Can is var can && (can.Contains("track") || can.Contains("webhook") && account.WebhookSecret is not null);

    /// <summary>An account ready to be spoken to; outside of any transaction.</summary>
    /// <param name="mayWait">Nobody waits for the answer.</param>
    internal CarrierCall Call(CarrierAccount account, CancellationToken stop, bool mayWait = false)
    {
        var access = new AdapterAccess(account.Id.Value, account.Merchant, account.Code, account.BaseUrl, account.Settings, secrets.Open(account.Secret), account.CallsPerMinute, mayWait)
            .Sharing(Of(account).Manifest.Settings);
        return new CarrierCall(access, http, what => Card(access, what), clock.GetUtcNow(), stop);
    }

    internal string? MessageSecret(CarrierAccount account) => secrets.OpenOne(account.WebhookSecret);

    /// <summary>A parcel as carriers are told of it; null when its order or node is not there.</summary>
    public async Task<(Consignment What, TimeZoneInfo Zone)?> Consign(Actor actor, PackedParcel parcel, string reference)
    {
        var house = Actor.House("system:shipping", actor.Merchant);
        if (await orders.Find(house, parcel.Order) is not { } order) return null;
        List<string?> ssccs = [];
        var (nodes, goods, sender) = await db.Read(house, async work =>
        {
            var batch = work.Batch();
            var places = batch.Query(
                "select n.name, n.address, n.country, n.postcode, n.time_zone from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and n.id = @node",
                row => (Name: row.Text(), Address: JsonSerializer.Deserialize<Address>(row.Text(), Http.Json.Options), Country: row.TextOrNull(), Postcode: row.TextOrNull(), Zone: row.Text()), ("node", parcel.Node));
            var products = batch.Query("select p.sku, p.name, coalesce(p.weight_grams, 0), p.hs_code, p.origin_country from products p where p.merchant_id = @merchant and p.sku = any(@skus)",
                row => (Sku: row.Text(), Name: row.Text(), Grams: row.Long(), Hs: row.TextOrNull(), Origin: row.TextOrNull()), ("skus", order.Lines.Select(l => l.Sku).Distinct().ToArray()));
            ssccs = batch.Query("select sscc from package_costs where package_id = @package and merchant_id = @merchant", row => row.TextOrNull(), ("package", parcel.Id.Value));
            await batch.Run();
            return (places, products.DistinctBy(p => Text.Key(p.Sku)).ToDictionary(p => Text.Key(p.Sku)), (await SenderSettings.Load(work)).Body);
        });
        if (nodes.Count == 0) return null;
        var items = parcel.Lines.Select(l => Item(order, l.Line, l.Units, goods)).OfType<ParcelItem>().ToList();
        var (from, to) = (nodes[0], order.ShippingAddress);
        var what = new Consignment(reference, order.Number,
            new ParcelAddress(from.Address?.Name ?? from.Name, sender.Name ?? from.Name, from.Address?.Line1, from.Address?.Line2, from.Address?.City, from.Address?.Region, from.Postcode, from.Country, null, null),
            new ParcelAddress(to?.Name ?? order.Customer?.Name, to?.Company, to?.Line1, to?.Line2, to?.City, to?.Region, to?.Postcode, to?.Country, to?.Phone ?? order.Customer?.Phone, order.Customer?.Email),
            Math.Max(1, parcel.WeightGrams is > 0 and var weighed ? weighed : items.Sum(i => i.UnitWeightGrams * i.Quantity)), parcel.LengthMm, parcel.WidthMm, parcel.HeightMm, order.Currency, items, clock.GetUtcNow())
        { ReturnTo = Returns(sender), IsReplacement = order.Links.Any(l => l is ("replacement", "origin", _, _, _, _, _)), Sscc = ssccs.FirstOrDefault() };
        return (what, TimeZoneInfo.FindSystemTimeZoneById(from.Zone));
    }

    // A merchant says as its paper does who it is and where goods go back to, whoever's warehouse they leave.
    private static ParcelAddress? Returns(SenderSettings.Body sender) => (sender.ReturnTo ?? sender.Address) is { Line1: not null, Country: not null } at
        ? new ParcelAddress(at.Name ?? sender.Name, at.Company ?? sender.Name, at.Line1, at.Line2, at.City, at.Region, at.Postcode, at.Country, sender.Phone, null) : null;

    /// <summary>Asks every account that serves this node, all at once; who is silent for too long or fails is shown as such.</summary>
    internal async Task<ServiceDecision> Quote(IReadOnlyList<CarrierAccount> accounts, Consignment what, TimeZoneInfo zone, ShippingPolicy policy, string? method, DateTimeOffset? promisedBy, CancellationToken stop)
    {
        var asked = await Task.WhenAll(accounts.Select(account => Ask(account, what, zone, method, promisedBy, stop)));
        return ServiceChoice.Decide(policy, method, promisedBy, asked.SelectMany(q => q));
    }

    /// <summary>The paper a border asks for, told by this carrier.</summary>
    internal Consignment WithCustoms(Consignment what, CarrierAccount account) =>
        what.From.Country is { } from && what.To.Country is { } to && FulfilmentRoom.CrossesCustoms(from, to)
            ? what with { Customs = CustomsData.Of(what, Of(account).Manifest.IsPost, what.IsReplacement ? "replacement" : "saleOfGoods") } : what;

    private async Task<IEnumerable<ServiceQuote>> Ask(CarrierAccount account, Consignment what, TimeZoneInfo zone, string? method, DateTimeOffset? promisedBy, CancellationToken stop)
    {
        var carrier = Of(account);
        var eligible = account.Services.Where(s => s.Serves(method)).ToList();
        if (account.Services.Count > 0 && eligible.Count == 0) return [];
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(patience.Quote);
        AdapterAnswer<IReadOnlyList<CarrierRate>> rates;
        try { rates = await carrier.Rate(Call(account, enough.Token), what); }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested) { rates = new AdapterFault(FaultKind.Unknown, $"No quote within {patience.Quote.TotalSeconds:0.#} seconds."); }
        if (rates.Fault is { } fault) return [Out(null, "carrierFailed", fault.Words)];
        var quotes = new List<ServiceQuote>();
        foreach (var service in eligible)
        {
            var rate = rates.Value.Where(r => r.Service == service.Service).OrderBy(r => r.CostMinor).FirstOrDefault();
            quotes.Add(service.MaxGrams < what.WeightGrams ? Out(service, "tooHeavy", null) : rate is null ? Out(service, "noRate", null) : In(service, rate));
        }
        if (account.Services.Count == 0 && string.Equals(method ?? "standard", "standard", StringComparison.OrdinalIgnoreCase)) quotes.AddRange(rates.Value.Select(r => In(new AccountService(r.Service), r)));
        return quotes;

        ServiceQuote Out(AccountService? service, string reason, string? said) =>
            new(account.Code, carrier.Manifest.Code, service?.Service, service?.Name, null, null, null, null, null, false, service?.Co2Grams, false, reason, said);

        ServiceQuote In(AccountService service, CarrierRate rate)
        {
            var eta = ServiceChoice.Eta(what.At, rate.MaxDays, zone);
            return new ServiceQuote(account.Code, carrier.Manifest.Code, rate.Service, service.Name ?? rate.Name, rate.CostMinor, rate.Currency, Math.Min(service.MinDays ?? rate.MinDays ?? rate.MaxDays, rate.MaxDays),
                rate.MaxDays, eta, service.IsGuaranteed || rate.IsGuaranteed, service.Co2Grams, promisedBy is null || eta <= promisedBy, rate.Currency == what.Currency ? null : "otherCurrency")
            { CarrierKey = rate.CarrierKey };
        }
    }

    private async Task<IReadOnlyList<CarrierRate>> Card(AdapterAccess access, Consignment what)
    {
        if (access.Setting("rateCard") is not { Length: > 0 } code) return [];
        var card = await db.Read(Actor.House("system:shipping", access.Merchant), work => SourcingRoom.Card(work, code));
        if (card is null) return [];
        // Of each service the lowest weight the parcel fits under.
        return [.. card.To(card.ZonesAt(what.To.Country, what.To.Postcode)).Where(r => r.UpToGrams >= what.WeightGrams).GroupBy(r => r.Service).Select(g => g.MinBy(r => r.UpToGrams)!)
            .Select(r => new CarrierRate(r.Service, null, r.PriceMinor, card.Card.Currency, null, r.TransitDays))];
    }

    private static ParcelItem? Item(OrderView order, int no, long units, Dictionary<string, (string Sku, string Name, long Grams, string? Hs, string? Origin)> goods)
    {
        if (order.Lines.FirstOrDefault(l => l.Line == no) is not { } line) return null;
        var product = goods.GetValueOrDefault(Text.Key(line.Sku));
        // The value without tax and after discounts, down to the unit; a component of a bundle has no price of its own.
        long net = line.Quantity == 0 ? 0 : Math.Max(0, line.TotalMinor - (order.PricesIncludeTax ? line.TaxMinor : 0)) / line.Quantity;
        return new ParcelItem(line.Sku, line.Name ?? product.Name ?? line.Sku, units, net, product.Grams, product.Hs, product.Origin);
    }
}
