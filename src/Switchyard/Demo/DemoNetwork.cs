using Switchyard.Channels;
using Switchyard.Sourcing;

namespace Switchyard.Demo;

/// <summary>Where Fenwick &amp; Vale keeps and sends its goods, and where it sells.</summary>
internal static class DemoNetwork
{
    public static readonly IReadOnlyList<NodeBody> Nodes =
    [
        Node("BHM", "Birmingham warehouse", "warehouse", "12 Cuckoo Wharf", "Birmingham", "B7 5RA", 52.4930m, -1.8750m, 45, 8, "20:00"),
        Node("GLA", "Glasgow warehouse", "warehouse", "4 Tradeston Quay", "Glasgow", "G5 8QF", 55.8540m, -4.2650m, 50, 9, "16:30"),
        Node("MAN", "Manchester store", "store", "21 King Street", "Manchester", "M2 6AW", 53.4810m, -2.2460m, 120, 40, "14:00"),
        Node("LON", "London store", "store", "88 Marylebone High Street", "London", "W1U 4QW", 51.5200m, -0.1520m, 150, 55, "14:00"),
        Node("LDS", "Leeds store", "store", "7 Victoria Quarter", "Leeds", "LS1 6AZ", 53.7980m, -1.5410m, 120, 40, "14:00"),
        Node("BRS", "Bristol store", "store", "30 Park Street", "Bristol", "BS1 5JA", 51.4540m, -2.6000m, 120, 40, "14:00"),
        Node("EDI", "Edinburgh store", "store", "52 George Street", "Edinburgh", "EH2 2LR", 55.9530m, -3.1970m, 120, 40, "14:00"),
        Node("RTM", "Rotterdam fulfilment partner", "3pl", "Waalhaven 90", "Rotterdam", "3087 BN", 51.8930m, 4.4430m, 95, 15, "15:00", "NL", "Europe/Amsterdam"),
        Node("SUP", "Weaver & Sons, drop-ship supplier", "supplier", "3 Mill Row", "Kendal", "LA9 4QB", 54.3270m, -2.7460m, 200, 0, "12:00", leadDays: 2),
    ];

    public static readonly IReadOnlyList<(string Code, WriteZone.Request Zone)> Zones =
    [
        ("GB-MAIN", new WriteZone.Request("Great Britain", [new("GB", "")])),
        ("GB-FAR", new WriteZone.Request("Highlands, islands and Northern Ireland", [new("GB", "HS"), new("GB", "IV"), new("GB", "KW"), new("GB", "ZE"), new("GB", "BT"), new("GB", "JE"), new("GB", "GY")])),
        ("EU-NEAR", new WriteZone.Request("Benelux, Germany, France", [new("NL", ""), new("BE", ""), new("LU", ""), new("DE", ""), new("FR", "")])),
        ("EU-REST", new WriteZone.Request("Ireland, Spain, Italy", [new("IE", ""), new("ES", ""), new("IT", "")])),
    ];

    public static readonly IReadOnlyList<(string Code, WriteChannel.Request Channel)> Channels =
    [
        ("web", new("Fenwick & Vale web shop", "refuse", 250)),
        ("shopify", new("Shopify", "hold", 250, Buffer: 1)),
        ("amazon", new("Amazon", "hold", 300, Buffer: 2, ["store"])),
        ("ebay", new("eBay", "hold", 300, Buffer: 2, ["store"])),
        ("woocommerce", new("WooCommerce outlet", "hold", 250, Buffer: 1)),
        ("magento", new("Magento trade shop", "backorder", 400)),
        ("pos", new("Tills", "refuse", 0)),
        ("call-centre", new("Call centre", "backorder", 250)),
    ];

    /// <summary>Parcels a day: a warehouse of this size packs some dozens, a store a few beside its customers. A supplier tells nobody.</summary>
    public static long? DailyCapacity(NodeBody node) => node.Code switch { "BHM" => 120, "GLA" => 60, "RTM" => 40, "SUP" => null, _ => 12 };

    /// <summary>The services a node offers. From Birmingham: DPD next day 6.50, Royal Mail Tracked 24 4.95, Evri standard 3.50.</summary>
    public static IReadOnlyList<LaneBody> Lanes(string node)
    {
        if (node == "RTM") return [Lane("EU-NEAR", "postnl-parcel", "standard", 520, 60, 2), Lane("EU-NEAR", "dpd-classic-express", "express", 1150, 90, 1), Lane("EU-REST", "dpd-classic", "standard", 890, 110, 4)];
        if (node == "SUP") return [Lane("GB-MAIN", "weaver-carrier", "standard", 690, 40, 3)];
        long more = node == "BHM" ? 0 : node == "GLA" ? 15 : 40;
        return
        [
            Lane("GB-MAIN", "evri-standard", "standard", 350 + more, 20, 3), Lane("GB-MAIN", "royal-mail-tracked-24", "express", 495 + more, 30, 2),
            Lane("GB-MAIN", "dpd-next-day", "next-day", 650 + more, 35, 1), Lane("GB-FAR", "royal-mail-tracked-48", "standard", 595 + more, 45, 4),
            .. node is "BHM" ? [Lane("EU-NEAR", "dpd-classic", "standard", 1290, 140, 4), Lane("EU-REST", "dpd-classic", "standard", 1490, 160, 5)] : Array.Empty<LaneBody>(),
        ];
    }

    private static readonly IReadOnlyList<string?> Holidays = ["2025-12-25", "2025-12-26", "2026-01-01", "2026-12-25", "2026-12-26", "2027-01-01", "2027-12-25", "2027-12-27", "2028-01-01"];

    private static LaneBody Lane(string zone, string service, string method, long baseMinor, long perKgMinor, int days) =>
        new(zone, service, method, "GBP", baseMinor, perKgMinor, 30_000, days);

    private static NodeBody Node(string code, string name, string kind, string line1, string city, string postcode, decimal latitude, decimal longitude,
        long pick, long handling, string cutOff, string country = "GB", string zone = "Europe/London", int leadDays = 0)
    {
        // Birmingham, where most is sent from, works all week, so that there is something to send whenever somebody looks.
        bool isMain = code == "BHM";
        IReadOnlyList<OpenTime?> day = [isMain ? new OpenTime("06:00", "22:00") : new OpenTime("09:00", "18:00")];
        string[] days = ["monday", "tuesday", "wednesday", "thursday", "friday", .. isMain || kind == "store" ? ["saturday"] : Array.Empty<string>(), .. isMain ? ["sunday"] : Array.Empty<string>()];
        return new NodeBody(code, name, kind, new Address(name, line1, null, city), country, postcode, new Position(latitude, longitude), zone,
            days.ToDictionary(d => d, _ => (IReadOnlyList<OpenTime?>?)day), new Dictionary<string, string?> { ["*"] = cutOff }, null, pick, handling, leadDays)
        {
            Groups = kind == "store" ? ["high-street"] : country == "GB" ? ["island"] : ["continent"],
            Attributes = new Dictionary<string, string?> { ["trust"] = kind == "store" ? "80" : "95" },
            Collect = kind == "store" ? new NodeCollect(ReadyMinutes: 120) : null,
            SameDay = code is "MAN" or "LON" ? new NodeSameDay(RadiusKm: 12, CutOff: "13:00", CostMinor: 795) : null,
            // Shops and partners rest on the public holidays.
            ClosedDays = isMain ? [] : Holidays,
        };
    }
}
