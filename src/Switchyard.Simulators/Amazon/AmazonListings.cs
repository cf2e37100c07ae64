using System.Globalization;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>Listings items 2021-08-01 and FBA inventory: what is offered, and how many of it.</summary>
public sealed partial class AmazonSim
{
    private const string ProductType = "PRODUCT";

    /// <summary>What is wrong with a submission; its severity is always ERROR.</summary>
    private sealed record Fault(string Code, string Message, string Attribute, string Category);

    private IResult GetListing(SimRequest r, string seller, string sku)
    {
        if (NotOurs(r, seller) is { } refusal) return refusal;
        return Shop.BySku(sku) is { } listing ? PlainJson.Answer(ListingView(listing, List(r, "includedData"))) : NoSku(sku);
    }

    private IResult SearchListings(SimRequest r, string seller)
    {
        if (NotOurs(r, seller) is { } refusal) return refusal;
        int size = 10, from = 0;
        if (r.Query("pageSize") is { } most && (!int.TryParse(most, CultureInfo.InvariantCulture, out size)
            || size is < 1 or > 20)) return Invalid("pageSize must be between 1 and 20.");
        if (r.Query("pageToken") is { } token && (!token.StartsWith("page-", StringComparison.Ordinal) || !int.TryParse(token[5..], CultureInfo.InvariantCulture,
            out from))) return Invalid("The pageToken is not valid.");
        var (identifiers, kind) = (List(r, "identifiers"), r.Query("identifiersType"));
        if (identifiers.Length > 20 || (identifiers.Length > 0 && kind is null)) return Invalid("At most 20 identifiers, with their identifiersType.");
        var since = DateTimeOffset.MinValue;
        if (r.Query("createdAfter") is { } text && !TryTime(text, out since)) return Invalid("createdAfter is not in ISO 8601 format.");
        if (r.Query("sortBy") is { } by && by is not ("sku" or "createdDate" or "lastUpdatedDate") || r.Query("sortOrder") is { } order && order is not ("ASC" or "DESC")) return Invalid("The order is not known.");
        // More than a thousand are not paged through, as published.
        const int MostPaged = 1000;
        if (from >= MostPaged) return Invalid("At most 1000 listings can be paged through.");
        var found = Shop.Listings.Where(l => Second(l.MadeAt) >= since).Where(l => identifiers.Length == 0 || kind switch
        {
            "SKU" => identifiers.Contains(l.Sku),
            "ASIN" => identifiers.Contains(Asin(l)),
            "EAN" or "GTIN" or "UPC" => identifiers.Contains(l.Barcode),
            _ => false,
        }).OrderBy(l => r.Query("sortBy") == "sku" ? l.Sku : "", StringComparer.Ordinal).ThenBy(l => l.Id).ToList();
        if (r.Query("sortBy") is not null && r.Query("sortOrder") != "ASC") found.Reverse();
        return PlainJson.Answer(new
        {
            numberOfResults = found.Count,
            pagination = found.Count <= size ? null : new
            {
                nextToken = from + size < found.Count ? $"page-{from + size}" : null, previousToken = from > 0
                ? $"page-{Math.Max(0, from - size)}" : null
            },
            items = found.Skip(from).Take(size).Select(l => ListingView(l, List(r, "includedData"))).ToList(),
        });
    }

    private IResult PatchListing(SimRequest r, string seller, string sku)
    {
        if (NotOurs(r, seller) is { } refusal) return refusal;
        if (r.Query("mode") is { } mode && mode != "VALIDATION_PREVIEW") return Invalid("mode can only be VALIDATION_PREVIEW.");
        bool isPreview = r.Query("mode") is not null;
        if (string.IsNullOrEmpty(r.Json.Text("productType")) || !r.Json!["patches"].Each().Any()) return Invalid("productType and at least one patch are required.");
        var faults = Patch(sku, r.Json["patches"].Each(), isPreview);
        return PlainJson.Answer(new
        {
            sku, status = faults.Count > 0 ? "INVALID" : isPreview ? "VALID" : "ACCEPTED", submissionId = Guid.CreateVersion7(Clock.GetUtcNow()).ToString("N"),
            issues = faults.Select(f => new
            {
                code = f.Code, message = f.Message, severity = "ERROR", attributeNames = new[] { f.Attribute },
                categories = new[] { f.Category }
            }).ToList(),
        });
    }

    /// <summary>Takes all patches of a listing or, with the first fault, none.</summary>
    private List<Fault> Patch(string sku, IEnumerable<JsonNode> patches, bool isPreview)
    {
        if (Shop.BySku(sku) is not { } listing) return [new Fault("4000001", $"The SKU {sku} is not listed in marketplace {MarketplaceId}.", "sku", "INVALID_ATTRIBUTE")];
        var changes = new List<Action>();
        foreach (var patch in patches)
        {
            var value = patch["value"].Each().FirstOrDefault();
            if (patch.Text("op") is not ("replace" or "add" or "merge")) return [new Fault("90000900", "The operation is not supported here.", "op", "INVALID_ATTRIBUTE")];
            switch (patch.Text("path"))
            {
                case "/attributes/fulfillment_availability":
                    if (value.Text("fulfillment_channel_code") != "DEFAULT" || listing.IsFulfilledByMarketplace)
                        return [new Fault("90244", "The quantity of an offer that Amazon fulfils cannot be set.", "fulfillment_availability", "INVALID_ATTRIBUTE")];
                    if (value.Whole("quantity") is not (>= 0 and <= 10_000_000) || value.Whole("quantity") is not { } units)
                        return [new Fault("90225", "'quantity' must be a whole number that is not negative.", "fulfillment_availability", "INVALID_ATTRIBUTE")];
                    changes.Add(() => Shop.SetStock(listing, Shop.Facts.Locations[0].Id, units, "api"));
                    break;
                case "/attributes/purchasable_offer":
                    if (value?["our_price"]?[0]?["schedule"]?[0]?["value_with_tax"] is not JsonValue price || !price.TryGetValue(out decimal amount) || amount <= 0)
                        return [new Fault("90225", "'our_price' must be positive.", "purchasable_offer", "INVALID_PRICE")];
                    changes.Add(() => Shop.ChangePrice(sku, SimMoney.Minor(amount, Shop.Facts.Currency)));
                    break;
                default:
                    return [new Fault("90000900", "The attributes are invalid.", (patch.Text("path") ?? "").Split('/')[^1], "INVALID_ATTRIBUTE")];
            }
        }
        if (!isPreview) foreach (var change in changes) change();
        return [];
    }

    private object ListingView(SimListing listing, string[] data)
    {
        if (data.Length == 0) data = ["summaries"];
        return new
        {
            sku = listing.Sku,
            summaries = data.Contains("summaries")
                ? new[]
                {
                    new
                    {
                        marketplaceId = MarketplaceId, asin = Asin(listing), productType = ProductType, conditionType = "new_new", status = StatusOf(listing),
                        fnSku = listing.IsFulfilledByMarketplace ? "X" + Asin(listing)[1..] : null, itemName = NameOf(listing), createdDate = Iso(listing.MadeAt),
                            lastUpdatedDate = Iso(listing.UpdatedAt),
                    },
                }
                : null,
            attributes = data.Contains("attributes")
                ? new Dictionary<string, object>
                {
                    ["item_name"] = new[] { new { value = NameOf(listing), marketplace_id = MarketplaceId } },
                    ["externally_assigned_product_identifier"] = listing.Barcode.Length == 0 ? [] : new[] { new { type = "ean", value = listing.Barcode,
                        marketplace_id = MarketplaceId } },
                }
                : null,
            issues = data.Contains("issues") ? Array.Empty<object>() : null,
            offers = data.Contains("offers")
                ? new[] { new { marketplaceId = MarketplaceId, offerType = "B2C", price = new { currencyCode = Shop.Facts.Currency, amount = SimMoney.Text(listing.PriceMinor,
                    Shop.Facts.Currency) } } }
                : null,
            fulfillmentAvailability = !data.Contains("fulfillmentAvailability") ? null : listing.IsFulfilledByMarketplace
                ? [new { fulfillmentChannelCode = "AMAZON_EU", quantity = (int?)null }]
                : new[] { new { fulfillmentChannelCode = "DEFAULT", quantity = (int?)Math.Max(0, listing.Available) } },
            productTypes = data.Contains("productTypes") ? new[] { new { marketplaceId = MarketplaceId, productType = ProductType } } : null,
        };
    }

    private IResult Summaries(SimRequest r)
    {
        const int PageSize = 50;
        if (r.Query("granularityType") != "Marketplace" || r.Query("granularityId") != MarketplaceId || r.Query("marketplaceIds") != MarketplaceId)
            return Invalid("granularityType, granularityId and marketplaceIds must name the marketplace.");
        string[] skus = r.Query("sellerSku") is { } one ? [one] : List(r, "sellerSkus");
        if (skus.Length > 50) return Invalid("At most 50 SKUs can be asked for.");
        var since = DateTimeOffset.MinValue;
        if (r.Query("startDateTime") is { } text && !TryTime(text, out since)) return Invalid("startDateTime is not in ISO 8601 format.");
        int from = 0;
        if (r.Query("nextToken") is { Length: > 0 } token)
        {
            // This token is good for 30 seconds, as published.
            string[] parts = token.Split('.');
            if (parts.Length != 2 || !int.TryParse(parts[0], out from) || !long.TryParse(parts[1], out long made)
                || Clock.GetUtcNow().ToUnixTimeSeconds() - made > 30) return Invalid("The nextToken has expired.");
        }
        var found = Shop.Listings.Where(l => l.IsFulfilledByMarketplace && (skus.Length == 0 || skus.Contains(l.Sku)) && l.UpdatedAt >= since).OrderBy(l => l.Id).ToList();
        bool hasDetails = r.Query("details") == "true";
        return PlainJson.Answer(new
        {
            payload = new
            {
                granularity = new { granularityType = "Marketplace", granularityId = MarketplaceId },
                inventorySummaries = found.Skip(from).Take(PageSize).Select(l => new
                {
                    asin = Asin(l), fnSku = "X" + Asin(l)[1..], sellerSku = l.Sku, condition = "NewItem", lastUpdatedTime = Iso(l.UpdatedAt), productName = NameOf(l),
                    totalQuantity = l.Available,
                    inventoryDetails = hasDetails ? new
                    {
                        fulfillableQuantity = l.Available, inboundWorkingQuantity = 0, inboundShippedQuantity = 0,
                        inboundReceivingQuantity = 0
                    } : null,
                }).ToList(),
            },
            pagination = from + PageSize < found.Count ? new { nextToken = $"{from + PageSize}.{Clock.GetUtcNow().ToUnixTimeSeconds()}" } : null,
        });
    }

    private static string[] StatusOf(SimListing listing) => listing.Available > 0 ? ["BUYABLE", "DISCOVERABLE"] : ["DISCOVERABLE"];

    private static string NameOf(SimListing listing) => listing.IsVariant ? $"{listing.Title} ({listing.Variant})" : listing.Title;

    private static IResult? NotOurs(SimRequest r, string seller) =>
        seller != SellerId ? Denied("The seller has not authorized the application.") : List(r, "marketplaceIds") is [MarketplaceId] ? null
            : Invalid("marketplaceIds must name the seller's marketplace.");

    private static IResult NoSku(string sku) => Error(404, "NOT_FOUND", $"SKU '{sku}' not found in marketplace {MarketplaceId}");
}
