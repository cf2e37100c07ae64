namespace Switchyard.Edi;

/// <summary>Writes documents as segments, without ST and SE. Texts are cut to the widths of the standard.</summary>
public static class WriteSets
{
    private const decimal GramsPerPound = 453.59237m;

    public static IReadOnlyList<Segment> Confirmation(ConfirmationDocument told)
    {
        var segments = new List<Segment>
        {
            Segment.Of("BAK", "00", told.Type, Cut(told.Order, 22), X12Dates.Of(told.OrderedOn), "", "", "", Cut(told.OurNumber, 30), X12Dates.Of(told.ConfirmedOn)),
            Segment.Of("CUR", "SE", told.Currency),
        };
        foreach (var line in told.Lines)
        {
            segments.Add(Ordered(line.Ordered));
            segments.AddRange(line.Parts.Select(p => p.ShipsOn is { } day ? Segment.Of("ACK", p.Code, X12Numbers.Of(p.Quantity), line.Ordered.Unit, "068", X12Dates.Of(day))
                : Segment.Of("ACK", p.Code, X12Numbers.Of(p.Quantity), line.Ordered.Unit)));
        }
        segments.Add(Segment.Of("CTT", X12Numbers.Of((long)told.Lines.Count)));
        return segments;
    }

    /// <summary>Shipment, order, packs, items: the hierarchy that retailers ask for.</summary>
    public static IReadOnlyList<Segment> Notice(NoticeDocument told)
    {
        var segments = new List<Segment> { Segment.Of("BSN", "00", Cut(told.Number, 30), X12Dates.Of(told.At), X12Dates.TimeOf(told.At), "0001") };
        int level = 1;
        segments.Add(Segment.Of("HL", "1", "", "S", "1"));
        long grams = told.Parcels.Sum(p => p.WeightGrams ?? 0);
        string count = X12Numbers.Of((long)told.Parcels.Count);
        segments.Add(grams > 0 ? Segment.Of("TD1", "CTN25", count, "", "", "", "G", X12Numbers.Of(Math.Round(grams / GramsPerPound, 2)), "LB") : Segment.Of("TD1", "CTN25", count));
        if (told.Carrier is not null || told.Service is not null) segments.Add(Segment.Of("TD5", "B", told.Carrier is null ? "" : "2", Cut(told.Carrier, 80), "", Cut(told.Service, 35)));
        segments.Add(Segment.Of("REF", "2I", Cut(told.Number, 30)));
        segments.Add(Segment.Of("DTM", "011", X12Dates.Of(told.ShippedOn)));
        Party(segments, "SF", told.ShipFrom);
        Party(segments, "ST", told.ShipTo);
        segments.Add(Segment.Of("HL", X12Numbers.Of((long)++level), "1", "O", "1"));
        segments.Add(Segment.Of("PRF", Cut(told.Order, 22), "", "", told.OrderedOn is { } on ? X12Dates.Of(on) : ""));
        int order = level;
        foreach (var parcel in told.Parcels)
        {
            int pack = ++level;
            segments.Add(Segment.Of("HL", X12Numbers.Of((long)pack), X12Numbers.Of((long)order), "P", "1"));
            if (parcel.Tracking is not null) segments.Add(Segment.Of("REF", "CN", Cut(parcel.Tracking, 30)));
            if (parcel.Sscc is not null) segments.Add(Segment.Of("MAN", "GM", "00" + parcel.Sscc));
            foreach (var line in parcel.Lines)
            {
                segments.Add(Segment.Of("HL", X12Numbers.Of((long)++level), X12Numbers.Of((long)pack), "I", "0"));
                segments.Add(Segment.Of("LIN", [Cut(line.Line, 20), .. Numbers(line.Numbers, 5)]));
                segments.Add(Segment.Of("SN1", Cut(line.Line, 20), X12Numbers.Of(line.Quantity), line.Unit));
            }
        }
        segments.Add(Segment.Of("CTT", X12Numbers.Of((long)level)));
        return segments;
    }

    public static IReadOnlyList<Segment> Invoice(InvoiceDocument told)
    {
        var segments = new List<Segment> { Segment.Of("BIG", X12Dates.Of(told.Date), Cut(told.Number, 22), told.OrderedOn is { } on ? X12Dates.Of(on) : "", Cut(told.Order, 22)) };
        if (told.IsDraft) segments.Add(Segment.Of("NTE", "GEN", "DRAFT: FROM WHAT WAS SHIPPED, NOT A POSTED INVOICE"));
        segments.Add(Segment.Of("CUR", "SE", told.Currency));
        Party(segments, "RI", told.RemitTo);
        Party(segments, "ST", told.ShipTo);
        foreach (var line in told.Lines)
        {
            segments.Add(Segment.Of("IT1", [Cut(line.Line, 20), X12Numbers.Of(line.Quantity), line.Unit, X12Numbers.Of(line.Price), "", .. Numbers(line.Numbers, 5)]));
            if (line.Description is not null) segments.Add(Segment.Of("PID", "F", "", "", "", Cut(line.Description, 80)));
        }
        segments.Add(Segment.Of("TDS", X12Numbers.Of(told.TotalCents)));
        if (told.TaxCents != 0) segments.Add(Segment.Of("TXI", "TX", X12Numbers.Of(told.TaxCents / 100m)));
        foreach (var charge in told.Charges)
            segments.Add(Segment.Of("SAC", charge.IsAllowance ? "A" : "C", charge.Code, "", "", X12Numbers.Of(charge.AmountCents), "", "", "", "", "", "", "", "", "", Cut(charge.Name, 80)));
        segments.Add(Segment.Of("CTT", X12Numbers.Of((long)told.Lines.Count)));
        return segments;
    }

    public static IReadOnlyList<Segment> Stock(StockDocument told, DateTimeOffset now)
    {
        var at = told.AsOf ?? now;
        var segments = new List<Segment>
        {
            Segment.Of("BIA", "00", "SI", Cut(told.Number, 30), X12Dates.Of(at), X12Dates.TimeOf(at)),
            Segment.Of("DTM", "097", X12Dates.Of(at), X12Dates.TimeOf(at), "UT"),
        };
        foreach (var (i, line) in told.Lines.Index())
        {
            segments.Add(Segment.Of("LIN", [X12Numbers.Of(i + 1L), .. Numbers(line.Numbers, 5)]));
            segments.Add(Segment.Of("QTY", "33", X12Numbers.Of(line.Quantity), line.Unit));
            if (line.ExpectedOn is { } day) segments.Add(Segment.Of("DTM", "018", X12Dates.Of(day)));
        }
        segments.Add(Segment.Of("CTT", X12Numbers.Of((long)told.Lines.Count)));
        return segments;
    }

    public static IReadOnlyList<Segment> Release(ReleaseDocument told)
    {
        var segments = new List<Segment> { Segment.Of("W05", "N", Cut(told.Number, 22), Cut(told.Order, 22)) };
        Party(segments, "ST", told.ShipTo ?? new EdiParty("UNKNOWN", null, null, null, null, null, null, null, null, null, null));
        if (told.Warehouse is not null) segments.Add(Segment.Of("N1", "WH", "", "92", Cut(told.Warehouse, 80)));
        segments.Add(Segment.Of("N1", "DE", Cut(told.Depositor, 60)));
        if (told.ShipBy is { } ship) segments.Add(Segment.Of("G62", "10", X12Dates.Of(ship)));
        if (told.DeliverBy is { } deliver) segments.Add(Segment.Of("G62", "02", X12Dates.Of(deliver)));
        if (told.Note is not null) segments.Add(Segment.Of("NTE", "DEL", Cut(told.Note, 80)));
        if (told.Method is not null) segments.Add(Segment.Of("W66", "PP", "ZZ", "", "", Cut(told.Method, 35)));
        foreach (var (i, line) in told.Lines.Index())
        {
            segments.Add(Segment.Of("LX", X12Numbers.Of(i + 1L)));
            segments.Add(Segment.Of("W01", [X12Numbers.Of(line.Quantity), line.Unit, "", .. Numbers(line.Numbers, 2)]));
            if (line.Description is not null) segments.Add(Segment.Of("G69", Cut(line.Description, 45)));
            segments.Add(Segment.Of("N9", "LI", Cut(line.Line, 30)));
        }
        segments.Add(Segment.Of("W76", X12Numbers.Of(told.Lines.Sum(l => l.Quantity))));
        return segments;
    }

    private static Segment Ordered(OrderedLine line) => Segment.Of("PO1",
        [Cut(line.Line, 20), X12Numbers.Of(line.Quantity), line.Unit, line.Price is { } price ? X12Numbers.Of(price) : "", "", .. Numbers(line.Numbers, 5)]);

    private static IEnumerable<string> Numbers(IReadOnlyList<GoodsNumber> numbers, int most) => numbers.Take(most).SelectMany(n => new[] { n.Qualifier, Cut(n.Value, 48) });

    private static void Party(List<Segment> segments, string code, EdiParty? party)
    {
        if (party is null || (party.Name ?? party.Id) is null) return;
        segments.Add(party.Id is null ? Segment.Of("N1", code, Cut(party.Name, 60)) : Segment.Of("N1", code, Cut(party.Name, 60), "92", Wide(party.Id)));
        if (party.Line1 is not null) segments.Add(Segment.Of("N3", Cut(party.Line1, 55), Cut(party.Line2, 55)));
        if (party.City is not null || party.Postcode is not null)
            segments.Add(Segment.Of("N4", Least(party.City, 2, 30), party.Region is { Length: 2 } region ? region : "", Least(party.Postcode, 3, 15), Least(party.Country, 2, 3)));
        if (party.Phone is not null || party.Email is not null)
            segments.Add(Segment.Of("PER", ["IC", Cut(party.Contact ?? party.Name, 60), .. party.Phone is null ? [] : new[] { "TE", Cut(party.Phone, 80) }, .. party.Email is null ? [] : new[] { "EM", Cut(party.Email, 80) }]));
    }

    private static string Wide(string id) => id.Length < 2 ? id.PadLeft(2, '0') : Cut(id, 80);
    private static string Least(string? text, int least, int most) => text is null || text.Trim().Length < least ? "" : Cut(text.Trim(), most);

    /// <summary>Cut to the width, and in one line: separators are the writer's matter.</summary>
    private static string Cut(string? text, int most) => text is null ? "" : text.Length > most ? text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] : text;
}
