using Shouldly;
using Switchyard.Edi;
using Switchyard.Kernel;

namespace Switchyard.Tests.Edi;

/// <summary>Sets become documents and documents become sets, both ways by the same words; what we send passes our own check of what we take.</summary>
public sealed class DocumentTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly EdiParty Shop = new("Harbor Outfitters 12", "0012", "12 Quay Street", null, "Manchester", null, "M1 1AE", "GB", "Dock", "5035550100", null);
    private static readonly GoodsNumber[] Goods = [new("VP", "A"), new("BP", "H-A")];

    [Fact]
    public void A_purchase_order_says_who_where_what_and_when()
    {
        var (order, faults) = ReadSets.Order(X12Samples.OnlySet(X12Samples.Purchase));
        faults.ShouldBeEmpty();
        (order!.Number, order.Purpose, order.Date, order.Currency, order.Method, order.ShipBy).ShouldBe(("PO-1001", "00", Day, "GBP", "UPSN", new DateOnly(2026, 3, 9)));
        order.ShipTo.ShouldBe(Shop);
        order.References["DP"].ShouldBe("042");
        order.Lines.Select(l => (l.Line, l.Quantity, l.Unit, l.Price)).ShouldBe([("1", 12, "EA", 4.25m), ("2", 3, "EA", 10m)]);
        order.Lines[0].Numbers.ShouldBe(Goods);
        ReadSets.Order(X12Samples.OnlySet(X12Samples.Purchase.Replace("CTT*2", "CTT*3", StringComparison.Ordinal))).Faults.ShouldHaveSingleItem().Code.ShouldBe("edi.totals_differ");
        ReadSets.Order(X12Samples.OnlySet(X12Samples.Purchase.Replace("PO1*1*12", "PO1*1*1.5", StringComparison.Ordinal))).Faults[0].Place.ShouldBe("PO1 1, PO102");
    }

    [Fact]
    public void Stock_and_what_was_sent_are_read()
    {
        var stock = ReadSets.Stock(X12Samples.OnlySet(X12Samples.Levels), TimeZoneInfo.Utc).Document!;
        (stock.Number, stock.AsOf).ShouldBe(("S-9", new DateTimeOffset(2026, 3, 2, 9, 15, 0, TimeSpan.Zero)));
        stock.Lines.Select(l => l.Quantity).ShouldBe([40L, 0L]);
        var sent = ReadSets.Shipped(X12Samples.OnlySet(X12Samples.Advice)).Document!;
        (sent.Release, sent.Reference, sent.Carrier, sent.ShippedOn).ShouldBe(("10482-F1", "W-77", "UPSN", new DateOnly(2026, 3, 3)));
        var parcel = sent.Parcels.ShouldHaveSingleItem();
        (parcel.Tracking, parcel.Lines[0].Shipped, parcel.Lines[0].Ordered, parcel.Lines[0].Line).ShouldBe(("1Z001", 2, 3, "1"));
    }

    public static TheoryData<string> Sent => ["855", "856", "810", "846", "940"];

    [Theory, MemberData(nameof(Sent))]
    public void What_we_send_passes_our_own_check(string set)
    {
        var line = new OrderedLine("1", 12, "EA", 4.25m, Goods, "Product A");
        IReadOnlyList<Segment> body = set switch
        {
            "855" => WriteSets.Confirmation(new ConfirmationDocument("AC", "PO-1001", Day, Day, "10482", "USD", [new ConfirmedLine(line, [new("IA", 8, Day), new("IB", 3, null), new("IR", 1, null)])])),
            "856" => WriteSets.Notice(new NoticeDocument("10482-F1-1", X12Samples.Day, Day, "UPSN", "Ground", "PO-1001", Day, Shop, Shop,
                [new NoticeParcel("003456789012345675", "1Z1", 4_536, [new NoticeLine("1", 8, "EA", Goods)]), new NoticeParcel(null, null, null, [new NoticeLine("1", 4, "EA", Goods)])])),
            "810" => WriteSets.Invoice(new InvoiceDocument("10482-F1-1", Day, "PO-1001", Day, "USD", Shop, Shop, [new InvoicedLine("1", 12, "EA", 4.25m, Goods, "Product A")], [new OrderedCharge(false, "D240", "Freight", 500)], 0, 5_600, true)),
            "846" => WriteSets.Stock(new StockDocument("1", X12Samples.Day, [new StockLine(Goods, 40, "EA", Day)]), X12Samples.Day),
            _ => WriteSets.Release(new ReleaseDocument("10482-F1", "10482", Shop, "THREE", "SWITCHYARD", Day, Day, "standard", "Gift * with ~ care", [new ReleasedLine("1", 3, "EA", Goods, "Product A")])),
        };
        string text = X12Writer.Write(X12ReaderTests.Written(42), set, [body]);
        var verdict = X12Samples.Judged(text);
        verdict.Sets[0].Faults.Select(f => $"{f.Tag} {f.Position} {f.Code} {string.Join(';', f.Elements)}").ShouldBeEmpty(text);
        (verdict.Code, X12Reader.Read(text).Interchanges[0].Note).ShouldBe(("A", "000"));
        text[..106].ShouldBe("ISA*00*          *00*          *ZZ*SWITCHYARD     *ZZ*HARBOR         *260302*0930*U*00401*000000042*0*P*>~");
    }

    [Theory]
    [InlineData("DTM*097*20260302*0915", "Europe/Berlin", "2026-03-02T08:15:00Z")]
    [InlineData("DTM*097*20260302*0915", "America/New_York", "2026-03-02T14:15:00Z")]
    [InlineData("DTM*097*20260302*0915*UT", "America/New_York", "2026-03-02T09:15:00Z")]
    [InlineData("DTM*097*20260702*0915*ET", "UTC", "2026-07-02T13:15:00Z")]
    [InlineData("DTM*097*20260702*0915*PS", "UTC", "2026-07-02T17:15:00Z")]
    [InlineData("DTM*097*20260302*0915*02", "UTC", "2026-03-02T07:15:00Z")]
    [InlineData("DTM*097*20260302*0915*20", "UTC", "2026-03-02T14:15:00Z")]
    public void When_stock_was_so_is_told_by_its_zone_or_the_partners(string stamp, string zone, string at) =>
        ReadSets.Stock(X12Samples.OnlySet(X12Samples.Levels.Replace("DTM*097*20260302*0915", stamp, StringComparison.Ordinal)), TimeZoneInfo.FindSystemTimeZoneById(zone)).Document!.AsOf
            .ShouldBe(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("10*EA*12", "PE", "12")]
    [InlineData("10*EA*12", "HP", "0.12")]
    [InlineData("10*EA*12", "WD", "1")]
    [InlineData("10*EA*12", "NC", "0")]
    public void A_price_is_for_as_many_as_its_basis_says(string line, string basis, string price)
    {
        string text = X12Samples.Purchase.Replace("12*EA*4.25*", line + "*" + basis, StringComparison.Ordinal);
        ReadSets.Order(X12Samples.OnlySet(text)).Document!.Lines[0].Price.ShouldBe(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture));
        ReadSets.Order(X12Samples.OnlySet(text.Replace("*" + basis + "*", "*PP*", StringComparison.Ordinal))).Faults.ShouldHaveSingleItem().Code.ShouldBe("edi.price_basis");
    }

    [Fact]
    public void A_notice_names_shipment_order_packs_and_items_each_under_its_parent()
    {
        var segments = WriteSets.Notice(new NoticeDocument("N", X12Samples.Day, Day, null, null, "PO-1001", Day, Shop, null,
            [new NoticeParcel("003456789012345675", "1Z1", null, [new NoticeLine("1", 8, "EA", Goods)]), new NoticeParcel(null, "1Z2", null, [new NoticeLine("2", 1, "EA", Goods)])]));
        segments.Where(s => s.Tag == "HL").Select(s => $"{s[1]}<{s[2]} {s[3]}").ShouldBe(["1< S", "2<1 O", "3<2 P", "4<3 I", "5<2 P", "6<5 I"]);
        segments.Single(s => s.Tag == "MAN")[2].ShouldBe("00003456789012345675", "application identifier 00 and the 18 digits");
        segments[^1][1].ShouldBe("6");
    }

    [Theory]
    [InlineData("4.25", 12, 1, "USD", 425, null)]
    [InlineData("0.333", 3, 1, "USD", 34, 2)]          // 0.999 is 1.00
    [InlineData("12.00", 2, 12, "USD", 100, null)]     // a case of twelve
    [InlineData("10", 1, 3, "USD", 334, 2)]
    [InlineData("150", 2, 1, "JPY", 150, null)]
    [InlineData("0", 5, 1, "USD", 0, null)]
    public void A_price_of_any_decimals_gives_the_line_its_right_total(string price, long quantity, long each, string currency, long unit, int? discount)
    {
        var (minor, off) = EdiAmounts.Price(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture), quantity, each, Currency.Parse(currency));
        (minor, off).ShouldBe((unit, discount));
    }

    [Fact]
    public void The_shares_of_all_units_sum_to_the_amount()
    {
        var random = new Random(7);
        for (int round = 0; round < 500; round++)
        {
            long minor = random.NextInt64(0, 1_000_000), of = random.Next(1, 50), before = 0, sum = 0;
            while (before < of)
            {
                long units = random.NextInt64(1, of - before + 1);
                sum += EdiAmounts.Share(minor, before, units, of);
                before += units;
            }
            sum.ShouldBe(minor);
        }
    }

    [Fact]
    public void After_the_last_number_they_begin_anew() => (Envelope.Next(0), Envelope.Next(41), Envelope.Next(999_999_999)).ShouldBe((1, 42, 1));
}
