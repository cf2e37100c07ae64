namespace Switchyard.Edi;

/// <summary>Reads sets whose syntax is fine into documents. What cannot be understood is told by place; nothing is guessed.</summary>
public static class ReadSets
{
    private const decimal MostPrice = 1_000_000_000m;

    public static (OrderDocument? Document, IReadOnlyList<DocumentFault> Faults) Order(TransactionSet set)
    {
        var faults = new List<DocumentFault>();
        var (head, lines) = Split(set.Segments, "PO1");
        var beg = First(head, "BEG");
        var read = new List<OrderedLine>();
        foreach (var (i, part) in lines.Index())
        {
            var po1 = part[0];
            string at = $"PO1 {i + 1}";
            long quantity = Units(po1[2], at + ", PO102", faults);
            if (quantity == 0) faults.Add(new DocumentFault(at + ", PO102", "edi.bad_quantity", "A line orders at least one unit."));
            decimal? price = X12Numbers.Parse(po1[4]);
            if (price is < 0 or > MostPrice) faults.Add(new DocumentFault(at + ", PO104", "edi.bad_price", "A price is from 0 to 1,000,000,000."));
            if (PriceBasis.Units(po1[5]) is { } basis) price /= basis;
            else faults.Add(new DocumentFault(at + ", PO105", "edi.price_basis", $"A price by {po1[5]} (length, weight, time) says nothing of a price of goods by piece."));
            if (po1[5] == "NC") price = 0;
            var numbers = Numbers(po1, 6);
            if (numbers.Count == 0) faults.Add(new DocumentFault(at + ", PO106", "edi.no_goods", "The line names no goods."));
            read.Add(new OrderedLine(po1[1].Length > 0 ? po1[1] : X12Numbers.Of(i + 1L), quantity, po1[3], price, numbers, Words(part, "PID", 5)));
        }
        if (beg[3].Length == 0) faults.Add(new DocumentFault("BEG03", "edi.no_number", "The order has no number."));
        if (read.Count == 0) faults.Add(new DocumentFault("PO1", "edi.no_lines", "The order has no lines."));
        if (Last(set.Segments, "CTT") is { } ctt && X12Numbers.Units(ctt[1]) is { } told && told != read.Count)
            faults.Add(new DocumentFault("CTT01", "edi.totals_differ", $"CTT says {told} lines; there are {read.Count}."));
        var parties = Parties(head);
        var td5 = First(head, "TD5");
        return faults.Count > 0 ? (null, faults) : (new OrderDocument(beg[3], beg[1], beg[2], X12Dates.Date(beg[5]), Text(First(head, "CUR")[2]), parties.GetValueOrDefault("ST"), parties.GetValueOrDefault("BT"),
            parties.GetValueOrDefault("BY"), Text(td5[3].Length > 0 ? td5[3] : td5[5]), Dated(head, "010", "037", "038"), Dated(head, "002", "063", "067"),
            [.. head.Where(s => s.Tag == "MSG").Select(s => s[1]).Where(n => n.Length > 0)], read,
            [.. head.Where(s => s.Tag == "SAC" && s[1] is "A" or "C" && s[5].Length > 0).Select(Charge)],
            head.Where(s => s.Tag == "REF" && s[2].Length > 0).DistinctBy(s => s[1]).ToDictionary(s => s[1], s => s[2])), []);
    }

    /// <param name="zone">The partner's, for times that name none.</param>
    public static (StockDocument? Document, IReadOnlyList<DocumentFault> Faults) Stock(TransactionSet set, TimeZoneInfo zone)
    {
        var faults = new List<DocumentFault>();
        var (head, lines) = Split(set.Segments, "LIN");
        var bia = First(head, "BIA");
        var read = new List<StockLine>();
        foreach (var (i, part) in lines.Index())
        {
            string at = $"LIN {i + 1}";
            var numbers = Numbers(part[0], 2);
            if (numbers.Count == 0) faults.Add(new DocumentFault(at, "edi.no_goods", "The line names no goods."));
            // 33 what can be sold, 17 on hand, 02 cumulative: the first that is told.
            var quantities = part.Where(s => s.Tag == "QTY").ToList();
            if ((quantities.Find(q => q[1] == "17") ?? quantities.Find(q => q[1] == "33") ?? quantities.FirstOrDefault()) is not { } quantity)
            {
                faults.Add(new DocumentFault(at + ", QTY", "edi.bad_quantity", "The line says no quantity."));
                continue;
            }
            read.Add(new StockLine(numbers, Units(quantity[2], at + ", QTY02", faults), Text(quantity[3]) ?? "EA", Dated(part, "018", "172", "371")));
        }
        var stamp = head.FirstOrDefault(s => s.Tag == "DTM" && s[1] is "097" or "007" or "090");
        var day = X12Dates.Date(stamp?[2] ?? "") ?? X12Dates.Date(bia[4]);
        var time = X12Dates.Time(stamp?[3] ?? "") ?? (stamp is null ? X12Dates.Time(bia[5]) : null);
        // Without a time it was so at the day's beginning at the earliest: the cautious one, as what moved since then is kept.
        DateTimeOffset? asOf = day is { } date ? X12Dates.At(date, time ?? TimeOnly.MinValue, stamp?[4] ?? "", zone) : null;
        if (read.Count == 0) faults.Add(new DocumentFault("LIN", "edi.no_lines", "It names no goods."));
        return faults.Count > 0 ? (null, faults) : (new StockDocument(bia[3], asOf, read), []);
    }

    public static (ShippedDocument? Document, IReadOnlyList<DocumentFault> Faults) Shipped(TransactionSet set)
    {
        var faults = new List<DocumentFault>();
        var (head, parts) = Split(set.Segments, "LX");
        var (w06, w27) = (First(head, "W06"), First(head, "W27"));
        string release = w06[2].Length > 0 ? w06[2] : head.FirstOrDefault(s => s.Tag == "N9" && s[1] is "DO" or "SO")?[2] ?? "";
        if (release.Length == 0) faults.Add(new DocumentFault("W0602", "edi.no_number", "It does not say which release was sent."));
        var parcels = new List<ShippedParcel>();
        foreach (var (i, part) in parts.Index())
        {
            var lines = new List<ShippedLine>();
            for (int s = 0; s < part.Count; s++)
            {
                var w12 = part[s];
                if (w12.Tag != "W12") continue;
                string at = $"LX {i + 1}, W12 {lines.Count + 1}";
                var numbers = new[] { (7, 8), (17, 18) }.Select(p => new GoodsNumber(w12[p.Item1], w12[p.Item2])).Where(n => n.Value.Length > 0).ToList();
                if (w12[6].Length > 0) numbers.Add(new GoodsNumber("UP", w12[6]));
                if (numbers.Count == 0) faults.Add(new DocumentFault(at, "edi.no_goods", "The line names no goods."));
                string? line = part.Skip(s + 1).TakeWhile(x => x.Tag != "W12").FirstOrDefault(x => x.Tag == "N9" && x[1] == "LI")?[2];
                long? ordered = X12Numbers.Units(w12[2]);
                lines.Add(new ShippedLine(Text(line), w12[3].Length == 0 && w12[1] == "SH" && ordered is { } all ? all : Units(w12[3], at + ", W1203", faults), ordered, Text(w12[5]) ?? "EA", numbers, w12[1] is "BP" or "BO" or "BK"));
            }
            var man = part.FirstOrDefault(s => s.Tag == "MAN" && s[1] is "CP" or "R" or "AI") ?? part.FirstOrDefault(s => s.Tag == "MAN");
            parcels.Add(new ShippedParcel(Text(man?[2]) ?? Text(part.FirstOrDefault(s => s.Tag == "N9" && s[1] is "CN" or "2I")?[2]), lines));
        }
        if (parcels.Count == 0) faults.Add(new DocumentFault("LX", "edi.no_lines", "It says of no line what was sent."));
        var shipped = head.Where(s => s.Tag == "G62" && s[1] is "11" or "10").Select(s => X12Dates.Date(s[2])).FirstOrDefault(d => d is not null) ?? X12Dates.Date(w06[3]);
        return faults.Count > 0 ? (null, faults) : (new ShippedDocument(release, Text(w06[4]), shipped, Text(w27[2]), Text(w27[3]), parcels), []);
    }

    private static OrderedCharge Charge(Segment sac) => new(sac[1] == "A", Text(sac[2]) ?? "ZZZZ", Text(sac[15]), (long)Math.Abs(X12Numbers.Parse(sac[5], "N0") ?? 0));

    /// <summary>The segments before the first of this tag, and from each one on to the next.</summary>
    private static (List<Segment> Head, List<List<Segment>> Parts) Split(IReadOnlyList<Segment> segments, string tag)
    {
        var (head, parts) = (new List<Segment>(), new List<List<Segment>>());
        foreach (var segment in segments)
        {
            if (segment.Tag == tag) parts.Add([segment]);
            else if (parts.Count > 0) parts[^1].Add(segment);
            else head.Add(segment);
        }
        return (head, parts);
    }

    private static readonly Segment Nothing = new("", []);
    private static Segment First(IReadOnlyList<Segment> segments, string tag) => segments.FirstOrDefault(s => s.Tag == tag) ?? Nothing;
    private static Segment? Last(IReadOnlyList<Segment> segments, string tag) => segments.LastOrDefault(s => s.Tag == tag);
    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    private static string? Words(List<Segment> part, string tag, int element) => Text(part.Find(s => s.Tag == tag)?[element]);

    private static DateOnly? Dated(IReadOnlyList<Segment> segments, params string[] qualifiers)
    {
        foreach (string qualifier in qualifiers)
            if (segments.FirstOrDefault(s => s.Tag == "DTM" && s[1] == qualifier) is { } dtm && X12Dates.Date(dtm[2]) is { } date) return date;
        return null;
    }

    private static long Units(string text, string at, List<DocumentFault> faults)
    {
        if (X12Numbers.Units(text) is { } units) return units;
        faults.Add(new DocumentFault(at, "edi.bad_quantity", $"'{text}' is no whole number of units."));
        return 0;
    }

    private static List<GoodsNumber> Numbers(Segment segment, int from)
    {
        var numbers = new List<GoodsNumber>();
        for (int n = from; n < segment.Elements.Count; n += 2)
            if (segment[n].Length > 0 && segment[n + 1].Length > 0) numbers.Add(new GoodsNumber(segment[n], segment[n + 1]));
        return numbers;
    }

    /// <summary>Parties by what they are: ST, BT, BY. The first of each counts.</summary>
    private static Dictionary<string, EdiParty> Parties(List<Segment> head)
    {
        var parties = new Dictionary<string, EdiParty>(StringComparer.Ordinal);
        for (int i = 0; i < head.Count; i++)
        {
            if (head[i].Tag != "N1") continue;
            var rest = head.Skip(i + 1).TakeWhile(s => s.Tag is "N2" or "N3" or "N4" or "REF" or "PER" or "DTM").ToList();
            var (n1, n3, n4, per) = (head[i], First(rest, "N3"), First(rest, "N4"), First(rest, "PER"));
            string? Reach(string kind) => new[] { 3, 5, 7 }.Where(n => per[n] == kind).Select(n => Text(per[n + 1])).FirstOrDefault();
            parties.TryAdd(n1[1], new EdiParty(Text(n1[2]) ?? Text(First(rest, "N2")[1]), Text(n1[4]), Text(n3[1]), Text(n3[2]) ?? (Text(n1[2]) is null ? null : Text(First(rest, "N2")[1])), Text(n4[1]), Text(n4[2]), Text(n4[3]), Text(n4[4]),
                Text(per[2]), Reach("TE"), Reach("EM")));
        }
        return parties;
    }
}
