using System.Globalization;
using System.Text;
using Switchyard.Orders;

namespace Switchyard.Demo;

/// <summary>Who buys at Fenwick &amp; Vale, and what: 90 days that are past and the orders of today. The same seed makes the same days.</summary>
internal sealed class DemoOrders(IReadOnlyList<DemoProduct> products, int seed)
{
    private static readonly string[] First = ["Ada", "Ben", "Chidi", "Dora", "Elin", "Farah", "Gus", "Hana", "Ivo", "Jess", "Kofi", "Lena", "Mo", "Nia", "Otto", "Priya", "Quinn", "Rosa", "Sam", "Tess", "Uma", "Vik", "Wren", "Yusuf"];
    private static readonly string[] Last = ["Archer", "Bell", "Clarke", "Doyle", "Evans", "Frost", "Grant", "Hughes", "Irving", "Jones", "Khan", "Lamb", "Moss", "Nolan", "Okafor", "Price", "Reid", "Shah", "Turner", "Vance", "Webb", "Young"];
    private static readonly (string City, string Postcode)[] Towns =
    [
        ("Manchester", "M1 1AE"), ("London", "SW1A 2AA"), ("Birmingham", "B2 4QA"), ("Leeds", "LS2 8LY"), ("Bristol", "BS8 1TH"), ("Edinburgh", "EH1 1YZ"), ("Glasgow", "G1 2FF"), ("Cardiff", "CF10 1EP"),
        ("Liverpool", "L1 8JQ"), ("Newcastle", "NE1 7RU"), ("Norwich", "NR2 1NQ"), ("Exeter", "EX4 3SR"), ("Inverness", "IV1 1HY"), ("Belfast", "BT1 5GS"), ("York", "YO1 9TL"), ("Brighton", "BN1 1UB"),
    ];
    private static readonly (string Channel, int Weight)[] Sources = [("shopify", 38), ("amazon", 22), ("ebay", 12), ("woocommerce", 8), ("magento", 6), ("web", 6), ("call-centre", 5), ("pos", 3)];

    private readonly Random _random = new(seed);
    private readonly int[] _shelf = [.. products.SelectMany((p, i) => Enumerable.Repeat(i, p.Popularity))];
    private readonly int[] _seasonal = [.. products.Select((p, i) => (p, i)).Where(x => x.p.IsSeasonal).Select(x => x.i)];

    /// <summary>Past orders as files of the simple form, one for each channel, with weekly rhythm and growth towards winter.</summary>
    public Dictionary<string, string> History(DateTimeOffset now, int orders)
    {
        var files = Sources.ToDictionary(s => s.Channel, _ => new StringBuilder("externalId,placedAt,sku,quantity,unitPrice,customer,customerName,email,line1,city,postcode,country,method\n"));
        for (int n = 0; n < orders; n++)
        {
            var at = now.AddDays(-1 - 89 * (1 - Math.Sqrt(_random.NextDouble()))).AddMinutes(-_random.Next(720));
            string channel = Channel();
            var (name, email, town, house) = Buyer();
            foreach (var (product, quantity) in Basket(at))
                files[channel].Append(CultureInfo.InvariantCulture, $"H{100_000 + n},{at:yyyy-MM-dd HH:mm:ss},{product.Sku},{quantity},{DemoGoods.Pounds(product.PriceMinor)},")
                    .Append(CultureInfo.InvariantCulture, $"{email.Split('@')[0]},{name},{email},{house},{town.City},{town.Postcode},GB,standard\n");
        }
        return files.ToDictionary(f => f.Key, f => f.Value.ToString());
    }

    /// <summary>Today's orders as requests; some are short, some doubtful, some unpaid, so that every screen has something to show.</summary>
    public IEnumerable<PlaceOrder.Request> Today(DateTimeOffset now, int orders)
    {
        for (int n = 0; n < orders; n++)
        {
            var (name, email, town, house) = Buyer();
            bool isOdd = _random.Next(100) < 3;
            var payment = _random.Next(100) switch
            {
                < 5 => new PlaceOrder.Payment("pending", "bank transfer", null, now.AddHours(48)),
                < 7 => new PlaceOrder.Payment("failed", "card", null, null),
                _ => new PlaceOrder.Payment("paid", "card", null, null),
            };
            PlaceOrder.Line[] lines = [.. Basket(now).Select(b => new PlaceOrder.Line(b.Product.Sku, b.Quantity, b.Product.PriceMinor, null, null, 0.2m, null, null))];
            yield return new PlaceOrder.Request(Channel(), $"T{n + 1:00000}", "GBP", new PlaceOrder.Customer(name, email, null, null),
                new PlaceOrder.Address(name, null, isOdd ? null : house, null, town.City, null, town.Postcode, "GB", null), null,
                _random.Next(100) switch { < 70 => "standard", < 88 => "express", _ => "next-day" }, lines,
                [new PlaceOrder.Charge("delivery", "Delivery", 395, 0.2m, null)], null, true, payment, null, null, null);
        }
    }

    private string Channel()
    {
        int at = _random.Next(Sources.Sum(s => s.Weight));
        foreach (var (channel, weight) in Sources) if ((at -= weight) < 0) return channel;
        return "web";
    }

    private (string Name, string Email, (string City, string Postcode) Town, string House) Buyer()
    {
        string first = First[_random.Next(First.Length)], last = Last[_random.Next(Last.Length)];
        return ($"{first} {last}", $"{first}.{last}{_random.Next(1, 9)}@example.com".ToLowerInvariant(), Towns[_random.Next(Towns.Length)], $"{_random.Next(1, 140)} Mill Lane");
    }

    private IEnumerable<(DemoProduct Product, int Quantity)> Basket(DateTimeOffset at)
    {
        bool isWinter = at.Month is 10 or 11 or 12;
        var chosen = new HashSet<int>();
        for (int line = 1 + _random.Next(3) + (_random.Next(10) == 0 ? 4 : 0); line > 0; line--)
            chosen.Add(isWinter && _random.Next(4) == 0 ? _seasonal[_random.Next(_seasonal.Length)] : _shelf[_random.Next(_shelf.Length)]);
        return chosen.Select(i => (products[i], _random.Next(10) < 8 ? 1 : 2 + _random.Next(3)));
    }
}
