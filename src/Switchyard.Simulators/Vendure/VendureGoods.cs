using System.Globalization;
using GraphQL;

namespace Switchyard.Simulators;

/// <summary>Variants and their stock: what lies at a location, and what is allocated of it to orders that were not sent.</summary>
internal sealed class VendureGoods(Shop shop)
{
    public object Locations(IResolveFieldContext ctx) => Page("StockLocation", shop.Facts.Locations, Options(ctx),
        l => new Bag("StockLocation") { ["id"] = Text(l.Id), ["name"] = l.Name });

    public object Variants(IResolveFieldContext ctx)
    {
        var options = Options(ctx);
        var filter = options.Part("filter");
        IEnumerable<SimListing> found = shop.Listings.OrderBy(l => l.Id);
        if (filter?.Part("id") is { } id)
        {
            List<string> wanted = id.Text("eq") is { } one ? [one] : GraphArguments.Texts(id.TryGetValue("in", out object? some) ? some : null);
            found = found.Where(l => wanted.Contains(Text(l.Id)));
        }
        if (filter?.Part("sku")?.Text("eq") is { } sku) found = found.Where(l => l.Sku == sku);
        return Page("ProductVariant", found, options, Variant);
    }

    public Bag Variant(SimListing listing) => new("ProductVariant")
    {
        ["id"] = Text(listing.Id), ["sku"] = listing.Sku, ["name"] = listing.IsVariant ? $"{listing.Title} {listing.Variant}" : listing.Title, ["enabled"] = true,
        ["trackInventory"] = listing.IsCounted ? "TRUE" : "FALSE", ["outOfStockThreshold"] = 0, ["useGlobalOutOfStockThreshold"] = true,
        ["product"] = new Bag("Product") { ["id"] = Text(listing.ProductId), ["name"] = listing.Title, ["enabled"] = true },
        ["stockLevels"] = shop.Facts.Locations.Where(at => listing.Stock.ContainsKey(at.Id)).Select(at => new Bag("StockLevel")
        {
            ["id"] = $"{Text(listing.Id)}{Text(at.Id)}", ["stockLocationId"] = Text(at.Id),
            ["stockOnHand"] = listing.Stock[at.Id] + Allocated(listing, at.Id), ["stockAllocated"] = Allocated(listing, at.Id),
        }).ToList(),
    };

    /// <summary>All or nothing: one that is not there makes the whole call fail.</summary>
    public object Update(IResolveFieldContext ctx)
    {
        var inputs = ((System.Collections.IEnumerable)ctx.Arg("input")!).OfType<IDictionary<string, object?>>().ToList();
        var listings = inputs.Select(i => shop.Listings.FirstOrDefault(l => Text(l.Id) == i.Text("id"))
            ?? throw new ExecutionError($"No ProductVariant with the id \"{i.Text("id")}\" could be found")).ToList();
        foreach (var (input, listing) in inputs.Zip(listings))
        {
            if (input.Text("trackInventory") is { } tracks) listing.IsCounted = tracks != "FALSE";
            foreach (var level in input.Parts("stockLevels"))
            {
                var at = shop.Facts.Locations.FirstOrDefault(l => Text(l.Id) == level.Text("stockLocationId"))
                    ?? throw new ExecutionError($"No StockLocation with the id \"{level.Text("stockLocationId")}\" could be found");
                shop.SetStock(listing, at.Id, (level.Whole("stockOnHand") ?? 0) - Allocated(listing, at.Id), "api");
            }
        }
        return listings.Select(Variant).ToList();
    }

    private int Allocated(SimListing listing, long locationId) =>
        shop.Orders.Sum(o => o.Lines.Where(l => l.Listing == listing && l.LocationId == locationId).Sum(l => Math.Max(0, o.Open(l))));

    public static IDictionary<string, object?> Options(IResolveFieldContext ctx) => ctx.Arg("options") as IDictionary<string, object?> ?? new Dictionary<string, object?>();

    /// <summary>A page of a list: at most 1,000, as the server is set up without anything said.</summary>
    public static Bag Page<T>(string type, IEnumerable<T> all, IDictionary<string, object?> options, Func<T, Bag> shown)
    {
        var list = all.ToList();
        int take = options.Whole("take") ?? 1000;
        if (take > 1000) throw new ExecutionError("Cannot take more than 1000 results from a list query");
        return new Bag(type + "List") { ["items"] = list.Skip(options.Whole("skip") ?? 0).Take(take).Select(shown).ToList(), ["totalItems"] = list.Count };
    }

    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
