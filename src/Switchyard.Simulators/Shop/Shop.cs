namespace Switchyard.Simulators;

/// <summary>
/// A vendor's shop in memory: listings with stock, and orders with everything that happens to them. All of it is read and changed with
/// <see cref="Gate"/> held (it may be taken again by who holds it); public methods take it themselves.
/// </summary>
public sealed partial class Shop(ShopFacts facts, TimeProvider clock)
{
    private readonly List<SimOrder> _orders = [];
    private readonly Dictionary<string, SimOrder> _byKey = new(StringComparer.Ordinal);
    private readonly List<SimListing> _listings = [];
    private readonly List<StockMove> _moves = [];
    private long _no = 1000;
    private long _id = 5000;

    public Lock Gate { get; } = new();
    public ShopFacts Facts { get; } = facts;

    /// <summary>Told with the gate held.</summary>
    public event Action<ShopEvent>? Happened;

    public IReadOnlyList<SimOrder> Orders
    {
        get { lock (Gate) return [.. _orders]; }
    }

    public IReadOnlyList<SimListing> Listings
    {
        get { lock (Gate) return [.. _listings.Where(l => !l.IsDeleted)]; }
    }

    /// <summary>Every movement of stock so far, in turn.</summary>
    public IReadOnlyList<StockMove> Moves
    {
        get { lock (Gate) return [.. _moves]; }
    }

    public DateTimeOffset Now() => clock.GetUtcNow();

    /// <summary>A number that was never given out.</summary>
    public long NextId()
    {
        lock (Gate) return ++_id;
    }

    public T Read<T>(Func<Shop, T> look)
    {
        lock (Gate) return look(this);
    }

    public SimOrder? Order(string key)
    {
        lock (Gate) return _byKey.GetValueOrDefault(key);
    }

    public SimListing? Listing(long id)
    {
        lock (Gate) return _listings.FirstOrDefault(l => l.Id == id && !l.IsDeleted);
    }

    public SimListing? BySku(string sku)
    {
        lock (Gate) return _listings.FirstOrDefault(l => l.Sku == sku && !l.IsDeleted);
    }

    /// <summary>Puts something up for sale, with its units at the first location.</summary>
    public SimListing List(string sku, string title, long priceMinor, int units, string variant = "", long? productId = null, string barcode = "", bool byMarketplace = false)
    {
        lock (Gate)
        {
            var now = Now();
            long id = NextId();
            var listing = new SimListing
            {
                Id = id, ProductId = productId ?? (variant.Length > 0 ? NextId() : id), Title = title, Variant = variant, Sku = sku, Barcode = barcode, PriceMinor = priceMinor,
                IsFulfilledByMarketplace = byMarketplace, MadeAt = now, UpdatedAt = now,
            };
            foreach (var location in Facts.Locations) listing.Stock[location.Id] = 0;
            listing.Stock[Facts.Locations[0].Id] = units;
            _listings.Add(listing);
            Tell(new ShopEvent(ShopEventKind.ListingChanged, now) { Listing = listing });
            return listing;
        }
    }

    public void ChangePrice(string sku, long priceMinor) => ChangeListing(sku, l => l.PriceMinor = priceMinor);

    public void ChangeListing(string sku, Action<SimListing> change)
    {
        lock (Gate)
        {
            var listing = BySku(sku) ?? throw new ArgumentException($"No listing with the SKU {sku}.", nameof(sku));
            change(listing);
            listing.UpdatedAt = Now();
            Tell(new ShopEvent(ShopEventKind.ListingChanged, listing.UpdatedAt) { Listing = listing });
        }
    }

    /// <summary>Sets a listing's units at a location; says what they were.</summary>
    /// <param name="by">api: through the vendor's interface; hand: by somebody in the shop.</param>
    public int SetStock(SimListing listing, long locationId, int units, string by)
    {
        lock (Gate)
        {
            int before = listing.Stock.GetValueOrDefault(locationId);
            Move(listing, locationId, units - before, by, alwaysKeep: true);
            return before;
        }
    }

    private void Move(SimListing listing, long locationId, int by, string why, bool alwaysKeep = false)
    {
        int before = listing.Stock.GetValueOrDefault(locationId);
        listing.Stock[locationId] = before + by;
        var now = Now();
        if (by != 0 || alwaysKeep) _moves.Add(new StockMove(listing.Id, locationId, before, before + by, why, now));
        if (by == 0) return;
        listing.UpdatedAt = now;
        Tell(new ShopEvent(ShopEventKind.StockMoved, now) { Listing = listing, LocationId = locationId });
    }

    private void Tell(ShopEvent happened) => Happened?.Invoke(happened);
}
