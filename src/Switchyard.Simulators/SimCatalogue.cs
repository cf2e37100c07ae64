namespace Switchyard.Simulators;

/// <summary>Every simulated vendor there is, each with something to sell: a line here is all that a new one needs to be in the program.</summary>
public static class SimCatalogue
{
    private static readonly (string Title, long PriceMinor, int Units)[] Goods =
        [("Enamel mug", 1250, 40), ("Wool blanket", 6900, 12), ("Beeswax candle", 890, 120), ("Oak chopping board", 3450, 25), ("Linen apron", 2800, 18),
            ("Bread knife", 2195, 30)];

    /// <summary>One account at each vendor.</summary>
    /// <param name="skus">What they sell; without any, goods of their own.</param>
    public static IReadOnlyList<VendorSim> All(int seed, IReadOnlyList<string> skus)
    {
        var sims = Accounts(seed);
        foreach (var sim in sims) Stock(sim, skus);
        return sims;
    }

    /// <summary>The same with nothing for sale yet. WooCommerce takes keys over plain http, as if something before it ended TLS: its simulator is on this machine.</summary>
    public static IReadOnlyList<VendorSim> Accounts(int seed) =>
        [new WooCommerceSim(seed: seed) { EndsTls = true }, new ShopifySim(seed: seed + 1), new AmazonSim(seed: seed), new EbaySim(seed: seed), new MagentoSim(seed: seed),
            new VendureSim(seed: seed)];

    /// <summary>One account at each help desk. They sell nothing.</summary>
    public static IReadOnlyList<HelpDeskSim> Desks(int seed) => [new ZendeskSim(seed: seed), new GorgiasSim(seed: seed)];

    /// <summary>One account at each ERP. They sell nothing either.</summary>
    public static IReadOnlyList<VendorSim> Erps(int seed) => [new NetSuiteSim(seed: seed)];

    /// <summary>Puts goods up for sale in a shop.</summary>
    public static void Stock(VendorSim sim, IReadOnlyList<string> skus)
    {
        for (int i = 0; i < (skus.Count > 0 ? skus.Count : Goods.Length); i++)
        {
            var (title, price, units) = Goods[i % Goods.Length];
            string sku = skus.Count > 0 ? skus[i] : $"SIM-{i + 1}";
            sim.Shop.List(sku, skus.Count > 0 ? $"{title} {sku}" : title, price, units, barcode: $"50000000000{i % 100:00}");
        }
    }
}
