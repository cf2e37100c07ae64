using System.Globalization;

namespace Switchyard.Simulators;

/// <summary>
/// Plausible orders from a seed: the same seed and the same listings give the same buyers, addresses and baskets. Names, streets and
/// telephone numbers are made up (the ranges that regulators keep for plays and examples), addresses of mail end in example.com.
/// </summary>
public sealed class OrderGenerator(Shop shop, int seed)
{
    private static readonly string[] First =
        ["Amelia", "Bogdan", "Carys", "Dmitri", "Eilidh", "Farid", "Greta", "Hugo", "Ines", "Jarek", "Klára", "Liam", "Maëlle", "Niall", "Oona", "Priya", "Quentin", "Rosa",
        "Søren", "Tariq", "Ursula", "Viktor", "Wanda", "Yusuf"];
    private static readonly string[] Last =
        ["Ashdown", "Brandt", "Carver", "D'Arcy", "Eriksen", "Fielding", "Garnier", "Hollis", "Iwasaki", "Jansen", "Kovač", "Lindqvist", "Murray-Webb", "Nováková", "O'Dell",
        "Pereira", "Quayle", "Rossi", "Świątek", "Thorne", "Vance", "Whitlock", "Yilmaz", "Zeller"];
    private static readonly string[] Streets = ["Mill Lane", "Orchard Road", "Station Street", "Canal Walk", "Beacon Hill", "Tanner's Row", "Quarry Close", "Lark Rise"];
    private static readonly string[] Notes = ["", "", "", "", "Please leave with the neighbour at number 4.", "Gate code 2580", "Ring twice; the bell is weak.",
        "It's a present: no invoice in the box, please."];

    /// <summary>City, region, the form of its postcodes (# a digit, @ a letter), country and the form of its telephone numbers.</summary>
    private static readonly (string City, string Region, string Postcode, string Country, string Phone)[] Places =
    [
        ("Leeds", "", "LS# #@@", "GB", "07700 900###"), ("Bristol", "", "BS# #@@", "GB", "07700 900###"), ("Glasgow", "", "G## #@@", "GB", "07700 900###"),
        ("Cardiff", "", "CF## #@@", "GB", "07700 900###"), ("Belfast", "", "BT# #@@", "GB", "07700 900###"), ("London", "", "E# #@@", "GB", "07700 900###"),
        ("Berlin", "BE", "10###", "DE", "+49 30 23125###"), ("München", "BY", "80###", "DE", "+49 89 99998###"), ("Lyon", "", "6900#", "FR", "+33 1 99 00 1# ##"),
        ("Utrecht", "UT", "35## AB", "NL", "+31 20 555 0###"), ("Dublin", "D", "D0# X#@#", "IE", "+353 20 910 ####"), ("Milano", "MI", "201##", "IT", "+39 02 5550 ####"),
        ("Austin", "TX", "787##", "US", "(512) 555-01##"), ("Chicago", "IL", "606##", "US", "(312) 555-01##"), ("Seattle", "WA", "981##", "US", "(206) 555-01##"),
    ];

    private readonly Lock _gate = new();
    private readonly Random _dice = new(seed);
    private long _buyer = 300;

    /// <summary>The highest id of a buyer so far.</summary>
    internal long LastBuyer
    {
        get { lock (_gate) return _buyer; }
        set { lock (_gate) _buyer = value; }
    }

    /// <summary>A buyer with an address; in <paramref name="country"/> where one is said and known, else mostly at home.</summary>
    public (SimBuyer Buyer, SimAddress Address) Person(string? country = null)
    {
        lock (_gate)
        {
            string first = Pick(First), last = Pick(Last);
            string home = country ?? (_dice.Next(10) < 7 ? shop.Facts.Country : "");
            var near = Places.Where(p => p.Country == home).ToArray();
            var place = Pick(near.Length > 0 ? near : Places);
            string phone = Fill(place.Phone);
            string mail = $"{Plain(first)}.{Plain(last)}{_dice.Next(1, 99).ToString(CultureInfo.InvariantCulture)}@example.com";
            string street = place.Country is "GB" or "US" or "IE" ? $"{_dice.Next(1, 180)} {Pick(Streets)}" : $"{Pick(Streets)} {_dice.Next(1, 180)}";
            string second = _dice.Next(5) == 0 ? $"Flat {_dice.Next(1, 12)}" : "";
            string company = _dice.Next(12) == 0 ? $"{last} & Co" : "";
            var address = new SimAddress(first, last, company, street, second, place.City, place.Region, Fill(place.Postcode), place.Country, phone);
            return (new SimBuyer(++_buyer, first, last, mail, phone), address);
        }
    }

    /// <summary>A basket of one to three of the given SKUs (of all that are for sale without any), of what there is.</summary>
    public OrderWish Wish(IReadOnlyList<string>? skus = null, string? country = null)
    {
        var (buyer, address) = Person(country);
        lock (_gate)
        {
            var able = shop.Listings.Where(l => (skus is null || skus.Contains(l.Sku)) && (l.Available > 0 || shop.Facts.Oversells || !l.IsCounted)).ToList();
            var lines = new List<WishedLine>();
            int wanted = Math.Min(able.Count, _dice.Next(10) switch { < 6 => 1, < 9 => 2, _ => 3 });
            while (lines.Count < wanted)
            {
                var listing = able[_dice.Next(able.Count)];
                able.Remove(listing);
                int most = shop.Facts.Oversells || !listing.IsCounted ? 3 : listing.Stock.Values.DefaultIfEmpty(0).Max();
                lines.Add(new WishedLine(listing.Sku, Math.Clamp(_dice.Next(8) switch { 0 => 3, 1 or 2 => 2, _ => 1 }, 1, Math.Max(1, most))));
            }
            return new OrderWish(lines, buyer, address)
            {
                Method = shop.Facts.Methods[_dice.Next(4) == 0 ? shop.Facts.Methods.Count - 1 : 0],
                Discount = _dice.Next(6) == 0 ? ("WELCOME10", 10) : null,
                Note = Pick(Notes),
            };
        }
    }

    /// <summary>Places such an order; null when nothing of it is to be had.</summary>
    public SimOrder? Place(IReadOnlyList<string>? skus = null, string? country = null)
    {
        for (int tries = 0; tries < 5; tries++)
        {
            var wish = Wish(skus, country);
            if (wish.Lines.Count == 0) return null;
            if (shop.Place(wish) is { } order) return order;
        }
        return null;
    }

    /// <summary>Somebody buys a certain thing.</summary>
    public SimOrder? Buy(string sku, int quantity = 1, Func<OrderWish, OrderWish>? with = null, string? country = null)
    {
        var (buyer, address) = Person(country);
        var wish = new OrderWish([new WishedLine(sku, quantity)], buyer, address);
        return shop.Place(with is null ? wish : with(wish));
    }

    private T Pick<T>(IReadOnlyList<T> of) => of[_dice.Next(of.Count)];

    private string Fill(string form) => string.Concat(form.Select(c => c switch
    {
        '#' => (char)('0' + _dice.Next(1, 10)),
        '@' => "ABDEFGHJLNPQRSTUWXYZ"[_dice.Next(20)],
        _ => c,
    }));

    private static string Plain(string name) =>
        string.Concat(name.Normalize(System.Text.NormalizationForm.FormD).Where(char.IsAsciiLetter)).ToLowerInvariant();
}
