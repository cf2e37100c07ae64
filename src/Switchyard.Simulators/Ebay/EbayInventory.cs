using System.Globalization;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>Inventory items, offers, locations, and the one call by which quantities are set.</summary>
public sealed partial class EbaySim
{
    private const string ItemPath = "/sell/inventory/v1/inventory_item";
    private readonly Dictionary<(long Listing, string Day), int> _revisions = [];

    /// <summary>How often a listing may be revised in one day of the calendar; 0: without end. eBay publishes 250.</summary>
    public int RevisionsPerDay { get; set; }

    private IResult UpdateQuantities(SimRequest r)
    {
        var asked = (r.Json?["requests"]).Each().ToList();
        if (asked.Count is 0 or > 25) return InventoryError(400, 25709, "Invalid value for requests. 1 to 25 are taken.");
        var answers = asked.SelectMany(UpdateOne).ToList();
        return PlainJson.Answer(new { responses = answers.Select(a => a.View).ToList() }, answers.All(a => a.Status == 200) ? 200 : 207);
    }

    private IEnumerable<(int Status, object View)> UpdateOne(JsonNode request)
    {
        string? sku = request.Text("sku");
        var total = request["shipToLocationAvailability"];
        var offers = request["offers"].Each().ToList();
        var listing = sku is null ? null : Shop.BySku(sku);
        (int, object) Refuse(int status, int id, string message, string? offer = null) =>
            (status, new { offerId = offer, sku, statusCode = status, errors = new[] { Fault(id, "API_INVENTORY", "REQUEST", message) }, warnings = Array.Empty<object>() });
        if (total is null && offers.Count == 0)
        {
            yield return Refuse(400, 25709, "Invalid value for shipToLocationAvailability and offers. One of them is required.");
            yield break;
        }
        if (offers.Select(o => o.Text("offerId")).Distinct().Count() < offers.Count)
        {
            yield return Refuse(400, 25709, "Invalid value for offerId. It occurs twice.");
            yield break;
        }
        if (total is not null)
        {
            if (listing is null) { yield return Refuse(404, 25702, $"{sku} could not be found or is not available in the system."); yield break; }
            if (total.Whole("quantity") is not (>= 0 and <= 1_000_000) || total.Whole("quantity") is not { } units)
            {
                yield return Refuse(400, 25709,
                "Invalid value for quantity."); yield break;
            }
            if (!Revise(listing)) { yield return Refuse(400, 25002, "Any User error. The listing has been revised too often today."); yield break; }
            Shop.SetStock(listing, Shop.Facts.Locations[0].Id, units, "api");
            if (offers.Count == 0) yield return (200, new { sku, statusCode = 200, errors = Array.Empty<object>(), warnings = Array.Empty<object>() });
        }
        foreach (var offer in offers)
        {
            string? id = offer.Text("offerId");
            if (Offered(id) is not { } of) { yield return Refuse(404, 25713, "This Offer is not available : " + id, id); continue; }
            if (listing is not null && of != listing) { yield return Refuse(400, 25709, "Invalid value for offerId. It is of another SKU.", id); continue; }
            if (offer.Whole("availableQuantity") is null && offer["price"] is null)
            {
                yield return Refuse(400, 25709,
                "Invalid value for availableQuantity and price. One of them is required.", id); continue;
            }
            if (offer["availableQuantity"] is not null && offer.Whole("availableQuantity") is not (>= 0 and <= 1_000_000))
            {
                yield return Refuse(400, 25709,
                "Invalid value for availableQuantity.", id); continue;
            }
            long price = 0;
            if (offer["price"] is { } asked && (asked.Text("currency") != Shop.Facts.Currency || !SimMoney.TryMinor(asked.Text("value"), Shop.Facts.Currency, out price)
                || price <= 0))
            {
                yield return Refuse(400, 25003, "The eBay listing associated with the inventory item, or the unpublished offer has an invalid price.", id);
                continue;
            }
            if (total is null && !Revise(of)) { yield return Refuse(400, 25002, "Any User error. The listing has been revised too often today.", id); continue; }
            if (price > 0) Shop.ChangePrice(of.Sku, price);
            if (offer.Whole("availableQuantity") is { } quantity) Shop.SetStock(of, Shop.Facts.Locations[0].Id, total is null ? quantity : Math.Min(quantity, of.Available), "api");
            yield return (200, new { offerId = id, sku = of.Sku, statusCode = 200, errors = Array.Empty<object>(), warnings = Array.Empty<object>() });
        }
    }

    private bool Revise(SimListing listing)
    {
        if (RevisionsPerDay == 0) return true;
        var key = (listing.ProductId, Clock.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        int so = _revisions.GetValueOrDefault(key);
        if (so >= RevisionsPerDay) return false;
        _revisions[key] = so + 1;
        return true;
    }

    private IResult GetItem(string sku) => Shop.BySku(sku) is { } listing ? PlainJson.Answer(ItemView(listing)) : InventoryError(404, 25710,
        "We didn't find the resource/entity you are requesting. Please verify the request");

    private IResult GetItems(SimRequest r)
    {
        // The offset counts pages here, as published.
        if (Page(r, 25, 200) is not { } page) return InventoryError(400, 25706, "You have provided invalid pagination values.");
        var all = Shop.Listings.Where(l => l.Sku.Length > 0).OrderBy(l => l.Id).ToList();
        var found = all.Skip(page.Limit * page.Offset).Take(page.Limit).Select(ItemView).ToList();
        return PlainJson.Answer(new
        {
            href = Href(ItemPath, page.Limit, page.Offset), total = all.Count, size = found.Count, limit = page.Limit,
            next = (page.Offset + 1) * page.Limit < all.Count ? Href(ItemPath, page.Limit, page.Offset + 1) : null, prev = page.Offset > 0 ? Href(ItemPath, page.Limit,
                page.Offset - 1) : null,
            inventoryItems = found,
        });
    }

    private IResult GetItemsBySku(SimRequest r)
    {
        var asked = (r.Json?["requests"]).Each().Select(q => q.Text("sku") ?? "").ToList();
        if (asked.Count is 0 or > 25) return InventoryError(400, 25709, "Invalid value for requests. 1 to 25 are taken.");
        var answers = asked.Select(sku => Shop.BySku(sku) is { } listing
            ? (Status: 200, View: (object)new { statusCode = 200, sku, inventoryItem = ItemView(listing), errors = Array.Empty<object>(), warnings = Array.Empty<object>() })
            : (Status: 404, View: new
            {
                statusCode = 404, sku, errors = new[] { Fault(25702, "API_INVENTORY", "REQUEST",
                $"{sku} could not be found or is not available in the system.") }, warnings = Array.Empty<object>()
            })).ToList();
        return PlainJson.Answer(new { responses = answers.Select(a => a.View).ToList() }, answers.All(a => a.Status == 200) ? 200 : 207);
    }

    private IResult GetOffers(SimRequest r)
    {
        if (Page(r, 100, 100) is not { } page) return InventoryError(400, 25706, "You have provided invalid pagination values.");
        var all = Shop.Listings.Where(l => l.Sku.Length > 0 && (r.Query("sku") is not { } sku || l.Sku == sku)).OrderBy(l => l.Id).ToList();
        if (all.Count == 0) return InventoryError(404, 25713, "This Offer is not available.");
        var found = all.Skip(page.Limit * page.Offset).Take(page.Limit).Select(OfferView).ToList();
        return PlainJson.Answer(new
        {
            href = Href("/sell/inventory/v1/offer", page.Limit, page.Offset), total = all.Count, size = found.Count, limit = page.Limit,
            next = (page.Offset + 1) * page.Limit < all.Count ? Href("/sell/inventory/v1/offer", page.Limit, page.Offset + 1) : null, offers = found,
        });
    }

    private IResult GetOffer(string id) => Offered(id) is { } listing ? PlainJson.Answer(OfferView(listing)) : InventoryError(404, 25713, "This Offer is not available.");

    private IResult GetLocations(SimRequest r)
    {
        if (Page(r, 100, 100) is not { } page) return InventoryError(400, 25706, "You have provided invalid pagination values.");
        return PlainJson.Answer(new
        {
            href = Href("/sell/inventory/v1/location", page.Limit, page.Offset), total = Shop.Facts.Locations.Count, limit = page.Limit, offset = page.Offset,
            locations = Shop.Facts.Locations.Skip(page.Offset).Take(page.Limit).Select(l => new
            {
                merchantLocationKey = l.Name, name = l.Name, merchantLocationStatus = "ENABLED", locationTypes = new[] { "WAREHOUSE" },
                location = new { locationId = Text(l.Id), address = new { city = l.City, country = l.Country } },
            }).ToList(),
        });
    }

    private SimListing? Offered(string? id) => Shop.Listings.FirstOrDefault(l => OfferId(l) == id);

    private static string OfferId(SimListing listing) => Text(8_000_000_000 + listing.Id);

    private static object ItemView(SimListing listing) => new
    {
        sku = listing.Sku, locale = "en_GB", condition = "NEW",
        product = new { title = listing.IsVariant ? $"{listing.Title} {listing.Variant}" : listing.Title, ean = listing.Barcode.Length > 0 ? new[] { listing.Barcode } : null },
        availability = new
        {
            shipToLocationAvailability = new
            {
                quantity = Math.Max(0, listing.Available), allocationByFormat = new
                {
                    auction = 0, fixedPrice = Math.Max(0,
            listing.Available)
                }
            }
        },
        packageWeightAndSize = new { weight = new { unit = "KILOGRAM", value = listing.Grams / 1000m } },
    };

    private object OfferView(SimListing listing) => new
    {
        offerId = OfferId(listing), sku = listing.Sku, marketplaceId = Marketplace, format = "FIXED_PRICE", availableQuantity = Math.Max(0, listing.Available),
        merchantLocationKey = Shop.Facts.Locations[0].Name,
        pricingSummary = new { price = Amount(listing.PriceMinor) }, listingDuration = "GTC", status = "PUBLISHED",
        listing = new
        {
            listingId = ListingId(listing), listingStatus = listing.Available > 0 ? "ACTIVE" : "OUT_OF_STOCK", soldQuantity = Shop.Moves.Where(m =>
            m.ListingId == listing.Id && m.By == "sale").Sum(m => m.From - m.To)
        },
    };
}
