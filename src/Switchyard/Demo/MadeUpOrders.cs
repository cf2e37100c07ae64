using System.Globalization;
using Switchyard.Orders;

namespace Switchyard.Demo;

/// <summary>
/// Orders of 400,000 people that do not exist: about 40,000 names, 9,000 postcodes, and products of which few are asked for often.
/// Each person always lives at the same place.
/// </summary>
internal sealed class MadeUpOrders(IReadOnlyList<PastLine> products, long channel, int seed)
{
    private static readonly string[] Starts = ["Al", "Be", "Ca", "Da", "El", "Fa", "Ge", "Ha", "Is", "Jo", "Ka", "Le", "Ma", "No", "Ol", "Pe", "Ro", "Sa", "To", "Wi"];
    private static readonly string[] Ends = ["bert", "cia", "dra", "fred", "gia", "lina", "mund", "na", "rick", "sha"];
    private static readonly string[] Families = ["Ash", "Black", "Cran", "Dun", "East", "Fair", "Green", "Hart", "Iron", "Kings", "Lang", "Mill", "North", "Oak", "Pres", "Quin", "Red", "Stan", "Thorn", "Wood"];
    private static readonly string[] Places = ["bourne", "brook", "bury", "combe", "dale", "field", "ford", "ham", "ley", "stead"];
    private static readonly string[] Cities = ["London", "Manchester", "Birmingham", "Leeds", "Glasgow", "Bristol", "Edinburgh", "Cardiff", "Belfast", "York"];
    private static readonly string[] Areas = ["SW", "M", "B", "LS", "G", "BS", "EH", "CF", "BT", "YO"];
    private static readonly string[] Colours = ["Red", "Blue", "Green", "White", "Grey", "Oak", "Slate", "Copper"];
    private static readonly string[] Things = ["Mug", "Plate", "Bowl", "Lamp", "Rug", "Vase", "Towel", "Basket", "Clock", "Cushion"];
    private const int People = 400_000;
    private readonly Random _random = new(seed);

    public static string Product(int number) => string.Create(CultureInfo.InvariantCulture, $"{Colours[number % 8]} {Things[number / 8 % 10]} {number}");

    public PastOrder Past(DateTimeOffset at)
    {
        var lines = Lines();
        return new PastOrder(Request(lines, hasStreet: true), channel, at, lines);
    }

    /// <summary>One in ten has an address that a person must look at.</summary>
    public PlaceOrder.Request Open() => Request(Lines(), hasStreet: _random.Next(10) > 0);

    private PlaceOrder.Request Request(List<PastLine> lines, bool hasStreet)
    {
        int customer = _random.Next(People), place = customer / 20 % Cities.Length;
        string name = $"{Starts[customer % 20]}{Ends[customer / 20 % 10]} {Families[customer / 200 % 20]}{Places[customer / 4_000 % 10]}";
        string postcode = string.Create(CultureInfo.InvariantCulture, $"{Areas[place]}{1 + customer % 20} {customer % 9}{(char)('A' + customer % 7)}{(char)('A' + customer % 5)}");
        string street = hasStreet ? string.Create(CultureInfo.InvariantCulture, $"{1 + customer / 7 % 240} Mill Lane") : "";
        string email = string.Create(CultureInfo.InvariantCulture, $"buyer{customer}@example.test"), phone = string.Create(CultureInfo.InvariantCulture, $"+447700{customer:000000}");
        return new PlaceOrder.Request("web", null, "GBP", new PlaceOrder.Customer(name, email, phone, null),
            new PlaceOrder.Address(name, null, street, null, Cities[place], null, postcode, "GB", null), null, "standard",
            [.. lines.Select(l => new PlaceOrder.Line(l.Sku, l.Quantity, l.UnitPriceMinor, l.Name, null, null, null, null))], null, null, null,
            _random.Next(5) == 0 ? null : new PlaceOrder.Payment("paid", "card", null, null), "backorder", null, null);
    }

    private List<PastLine> Lines()
    {
        var lines = new List<PastLine>();
        for (int i = 1 + _random.Next(5); i > 0; i--)
        {
            // Squaring makes the first products the most wanted.
            double draw = _random.NextDouble();
            var product = products[(int)(draw * draw * products.Count)];
            if (!lines.Exists(l => l.SkuId == product.SkuId)) lines.Add(product with { Quantity = 1 + _random.Next(3), UnitPriceMinor = 299 + _random.Next(6_000) });
        }
        return lines;
    }
}
