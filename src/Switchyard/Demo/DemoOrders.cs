using System.Globalization;
using System.Text;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Demo;

/// <summary>An order of the last days.</summary>
/// <param name="Fate">How it goes on.</param>
internal sealed record DemoOrder(int No, DateTimeOffset At, PlaceOrder.Request Request, DemoFate Fate);

/// <summary>Flows: it is picked, packed and sent as it should be. Waits: something is wrong with it. Forgotten: a node has it and nobody picks it. Doubtful: a person holds it.</summary>
internal enum DemoFate { Flows, Waits, Forgotten, Doubtful, Asked }

/// <summary>
/// Who buys at Fenwick &amp; Vale, and what: what an older system left, 86 days that are past and the last four as they go on. The same seed and the same hour make the same orders.
/// </summary>
internal sealed class DemoOrders(IReadOnlyList<DemoProduct> products, int seed)
{
    public const int PlayedDays = 4;
    private const int PastDays = 90, OldDays = 30;
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    private static readonly string[] First = ["Ada", "Ben", "Chidi", "Dora", "Elin", "Farah", "Gus", "Hana", "Ivo", "Jess", "Kofi", "Lena", "Mo", "Nia", "Otto", "Priya", "Quinn", "Rosa", "Sam", "Tess", "Uma", "Vik", "Wren", "Yusuf"];
    private static readonly string[] Last = ["Archer", "Bell", "Clarke", "Doyle", "Evans", "Frost", "Grant", "Hughes", "Irving", "Jones", "Khan", "Lamb", "Moss", "Nolan", "Okafor", "Price", "Reid", "Shah", "Turner", "Vance", "Webb", "Young"];
    private static readonly string[] Streets = ["Mill Lane", "Station Road", "Church Street", "Orchard Close", "Victoria Road", "The Crescent", "Park Avenue", "King Street"];
    private static readonly (string City, string Postcode, string Country)[] Towns =
    [
        ("Manchester", "M1 1AE", "GB"), ("London", "SW1A 2AA", "GB"), ("Birmingham", "B2 4QA", "GB"), ("Leeds", "LS2 8LY", "GB"), ("Bristol", "BS8 1TH", "GB"), ("Edinburgh", "EH1 1YZ", "GB"),
        ("Glasgow", "G1 2FF", "GB"), ("Cardiff", "CF10 1EP", "GB"), ("Liverpool", "L1 8JQ", "GB"), ("Newcastle", "NE1 7RU", "GB"), ("Norwich", "NR2 1NQ", "GB"), ("Exeter", "EX4 3SR", "GB"),
        ("Inverness", "IV1 1HY", "GB"), ("Belfast", "BT1 5GS", "GB"), ("York", "YO1 9TL", "GB"), ("Brighton", "BN1 1UB", "GB"), ("Utrecht", "3511 AB", "NL"), ("Köln", "50667", "DE"), ("Lille", "59000", "FR"),
    ];
    private static readonly (string Channel, int Weight)[] Sources = [("shopify", 38), ("amazon", 22), ("ebay", 12), ("woocommerce", 8), ("magento", 6), ("web", 6), ("call-centre", 5), ("pos", 3)];
    public static readonly IReadOnlyList<string> Channels = [.. Sources.Select(s => s.Channel)];
    private static readonly double[] Week = [1.1, 1.15, 1.05, 1.0, 1.0, 0.95, 0.85];      // from Sunday

    private readonly Random _random = new(seed);
    private readonly int[] _shelf = [.. products.SelectMany((p, i) => Enumerable.Repeat(i, p.IsSoldOut ? 0 : p.Popularity))];
    private readonly int[] _seasonal = [.. products.Select((p, i) => (p, i)).Where(x => x.p.IsSeasonal && !x.p.IsSoldOut).Select(x => x.i)];
    private readonly int[] _soldOut = [.. products.Select((p, i) => (p, i)).Where(x => x.p.IsSoldOut).Select(x => x.i)];

    /// <summary>Orders of the month before this shop was opened here, as files of the simple form, one for each channel.</summary>
    public Dictionary<string, string> History(DateTimeOffset now, int orders)
    {
        var files = Sources.ToDictionary(s => s.Channel, _ => new StringBuilder("externalId,placedAt,sku,quantity,unitPrice,customer,customerName,email,line1,city,postcode,country,method\n"));
        foreach (var (n, at) in Times(now.AddDays(-PastDays - 2 - OldDays), OldDays, orders).Index())
        {
            string channel = Channel();
            var (name, email, town, house) = Buyer();
            foreach (var (product, quantity) in Basket(at))
                files[channel].Append(CultureInfo.InvariantCulture, $"H{100_000 + n},{at:yyyy-MM-dd HH:mm:ss},{product.Sku},{quantity},{DemoGoods.Pounds(product.PriceMinor)},")
                    .Append(CultureInfo.InvariantCulture, $"{email.Split('@')[0]},{name},{email},{house},{town.City},{town.Postcode},{town.Country},standard\n");
        }
        return files.ToDictionary(f => f.Key, f => f.Value.ToString());
    }

    /// <summary>The orders of the 86 days before the last four as requests, the oldest first; nothing is wrong with them.</summary>
    public List<DemoOrder> Past(DateTimeOffset now, int orders) =>
        [.. Times(now.AddDays(-PastDays), PastDays - PlayedDays, orders).Select((at, n) => new DemoOrder(-1 - n, at, Request("F" + Text.Invariant(10_000 + n), at, -1, isPast: true), DemoFate.Flows))];

    /// <summary>When people buy: with the rhythm of the week and growth, the oldest first.</summary>
    private List<DateTimeOffset> Times(DateTimeOffset from, int days, int orders)
    {
        var times = new List<DateTimeOffset>();
        while (times.Count < orders)
            if (from.AddDays(_random.NextDouble() * days) is var at && _random.NextDouble() <= Rhythm(at) * (0.55 + 0.45 * (at - from).TotalDays / days)) times.Add(at);
        times.Sort();
        return times;
    }

    /// <summary>The orders of the last four days as requests, the oldest first; some are short, some doubtful, some unpaid, so that every screen has something to show.</summary>
    public List<DemoOrder> Recent(DateTimeOffset now, int orders)
    {
        var times = new List<DateTimeOffset>();
        while (times.Count < orders)
            if (now.AddDays(-PlayedDays * _random.NextDouble()) is var at && _random.NextDouble() <= Rhythm(at)) times.Add(at);
        times.Sort();
        var made = new List<DemoOrder>();
        for (int n = 0, wrong = 0; n < orders; n++)
        {
            // What was wrong with older orders has been put right, but for a few.
            bool isFresh = now - times[n] < TimeSpan.FromHours(22);
            int odd = _random.Next(100) * (isFresh ? 1 : 4);
            var fate = n >= orders - 4 ? DemoFate.Flows : odd < 16 ? DemoFate.Waits : odd < 20 ? DemoFate.Doubtful : odd < 23 ? DemoFate.Asked
                : now - times[n] is { TotalHours: > 20 } && _random.Next(34) == 0 ? DemoFate.Forgotten : DemoFate.Flows;
            made.Add(new DemoOrder(n, times[n], Request(Number(n), times[n], fate == DemoFate.Waits ? (wrong++ * 5 + 4) % 12 : -1), fate));
        }
        // Somebody pressed the button twice.
        foreach (int i in new[] { made.Count - 9, made.Count - 31 }.Where(i => i > 0 && made[i].Fate == DemoFate.Flows))
            made.Add(made[i] with { No = made.Count, At = made[i].At.AddMinutes(3), Request = made[i].Request with { ExternalId = Number(made.Count) }, Fate = DemoFate.Waits });
        made.RemoveAll(o => o.At > now);
        return made;
    }

    /// <param name="wrong">What is wrong with it, or less than 0.</param>
    private PlaceOrder.Request Request(string number, DateTimeOffset at, int wrong, bool isPast = false)
    {
        var (name, email, town, house) = Buyer();
        PlaceOrder.Line[] lines = [.. Basket(at).Select(b => new PlaceOrder.Line(b.Product.Sku, b.Quantity, b.Product.PriceMinor, null, null, 0.2m, null, null))];
        string channel = Channel(), method = _random.Next(100) switch { < 70 => "standard", < 88 => "express", _ => "next-day" };
        var payment = new PlaceOrder.Payment("paid", "card", null, null);
        switch (wrong)
        {
            case 0 or 1 or 2: house = null!; break;
            case 3 or 4: payment = new PlaceOrder.Payment("pending", "bank transfer", null, at.AddHours(48)); break;
            case 5: payment = new PlaceOrder.Payment("failed", "card", null, null); break;
            case 6: lines[0] = lines[0] with { UnitPriceMinor = lines[0].UnitPriceMinor / 2 }; channel = "ebay"; break;
            case 7: lines[0] = lines[0] with { Sku = "GIFT-BOX-2025" }; channel = "amazon"; break;
            case 8: method = "saturday-morning"; break;
            case 9 or 10: (lines[0], channel) = (OfSoldOut(lines[0]), "call-centre"); break;
            case 11: (lines[0], channel) = (OfSoldOut(lines[0]), "shopify"); break;
        }
        // Whoever lives far away knows by now that nothing faster goes there.
        if (town.Country != "GB" || isPast && town.Postcode[..2] is "IV" or "BT") method = "standard";
        return new PlaceOrder.Request(channel, number, "GBP", new PlaceOrder.Customer(name, email, null, null),
            new PlaceOrder.Address(name, null, house, null, town.City, null, town.Postcode, town.Country, null), null, method, lines,
            [new PlaceOrder.Charge("delivery", "Delivery", 395, 0.2m, null)], null, true, payment, null, null, null);
    }

    private PlaceOrder.Line OfSoldOut(PlaceOrder.Line line)
    {
        var product = products[_soldOut[_random.Next(_soldOut.Length)]];
        return line with { Sku = product.Sku, UnitPriceMinor = product.PriceMinor };
    }

    /// <summary>Orders of companies and callers that are not placed yet.</summary>
    public List<SaveDraft.Body> Drafts(DateTimeOffset now)
    {
        string[] notes = ["Wants to decide by the weekend.", "Asks for a price for forty.", "Waiting for the colour of the curtains.", "Rings back tomorrow with the address.", "For the opening of the new wing.", "Bride's list, second part."];
        var drafts = new List<SaveDraft.Body>();
        for (int n = 0; n < 7; n++)
        {
            var (name, email, town, house) = Buyer();
            var lines = Basket(now).Select(b => new PlaceOrder.Line(b.Product.Sku, b.Quantity * (n % 3 == 1 ? 6 : 1), b.Product.PriceMinor, null, null, 0.2m, null, null)).ToList();
            drafts.Add(new SaveDraft.Body("call-centre", "GBP", null, new PlaceOrder.Customer(name, email, null, null),
                new PlaceOrder.Address(name, n % 3 == 1 ? "Harbour Hotels Ltd" : null, house, null, town.City, null, town.Postcode, town.Country, null), null, "standard", lines,
                Note: notes[n % notes.Length], Tags: n % 3 == 1 ? ["trade"] : null));
        }
        return drafts;
    }

    private static string Number(int n) => string.Create(CultureInfo.InvariantCulture, $"T{n + 1:00000}");

    /// <summary>How likely people buy at this time, beside others: quiet nights, lively evenings.</summary>
    private static double Rhythm(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, London);
        return Week[(int)local.DayOfWeek] / 1.15 * (local.Hour switch { < 6 => 0.12, < 9 => 0.5, < 18 => 0.8, < 22 => 1.0, _ => 0.45 });
    }

    private string Channel()
    {
        int at = _random.Next(Sources.Sum(s => s.Weight));
        foreach (var (channel, weight) in Sources) if ((at -= weight) < 0) return channel;
        return "web";
    }

    private (string Name, string Email, (string City, string Postcode, string Country) Town, string House) Buyer()
    {
        string first = First[_random.Next(First.Length)], last = Last[_random.Next(Last.Length)];
        string house = string.Create(CultureInfo.InvariantCulture, $"{_random.Next(1, 140)} {Streets[_random.Next(Streets.Length)]}");
        return ($"{first} {last}", $"{first}.{last}{_random.Next(1, 9)}@example.com".ToLowerInvariant(), Towns[_random.Next(20) == 0 ? 16 + _random.Next(3) : _random.Next(16)], house);
    }

    private IEnumerable<(DemoProduct Product, int Quantity)> Basket(DateTimeOffset at)
    {
        bool isWinter = at.Month is 10 or 11 or 12;
        var chosen = new HashSet<int>();
        for (int line = 1 + _random.Next(3) + (_random.Next(10) == 0 ? 4 : 0); line > 0; line--)
            chosen.Add(isWinter && _random.Next(4) == 0 ? _seasonal[_random.Next(_seasonal.Length)] : _shelf[_random.Next(_shelf.Length)]);
        return [.. chosen.Select(i => (products[i], _random.Next(10) < 8 ? 1 : 2 + _random.Next(3)))];
    }
}
