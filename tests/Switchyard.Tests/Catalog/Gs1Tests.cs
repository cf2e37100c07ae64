using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Switchyard.Catalog;
using Switchyard.Kernel;

namespace Switchyard.Tests.Catalog;

/// <summary>GS1 codes as scanners send them and as they are printed.</summary>
public sealed class Gs1Tests
{
    private const char Fnc1 = Gs1.Separator;

    [Fact, Capability("AX-31")]
    public void A_label_of_a_case_tells_product_lot_expiry_serial_and_weight()
    {
        var scan = Gs1.Parse($"]C101040063813339311727013110LOT/7{Fnc1}21S-9{Fnc1}3103001250", 2026).Value;
        (scan.Gtin, scan.Lot, scan.Serial, scan.ExpiresOn, scan.NetGrams, scan.Count).ShouldBe(("04006381333931", "LOT/7", "S-9", new DateOnly(2027, 1, 31), 1_250L, null));
        Gs1.Parse("(02)14006381333938(37)12(00)123456789012345675", 2026).Value.ShouldSatisfyAllConditions(s => s.Count.ShouldBe(12), s => s.Sscc.ShouldBe("123456789012345675"));
        Gs1.Parse("(01)04006381333931(10)A(1)B(37)5", 2026).Value.Lot.ShouldBe("A(1)B");        // a bracket may be part of a lot
        Gs1.Parse("(3102)000125(01)04006381333931", 2026).Value.NetGrams.ShouldBe(1_250);
    }

    [Theory]
    [InlineData("(17)270200", 2026, "2027-02-28")]      // day 00 is the last of the month
    [InlineData("(17)280200", 2026, "2028-02-29")]
    [InlineData("(17)760101", 2026, "2076-01-01")]      // 50 years on
    [InlineData("(17)770101", 2026, "1977-01-01")]      // 51 years on is the century before
    [InlineData("(17)000101", 2060, "2100-01-01")]
    [InlineData("(7003)2701311530", 2026, "2027-01-31")]
    [InlineData("(15)270301(17)270201", 2026, "2027-02-01")]
    public void Days_have_the_century_that_is_near(string code, int year, string day) => Gs1.Parse(code, year).Value.ExpiresOn.ShouldBe(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("(01)04006381333932", "barcode.check_digit")]
    [InlineData("(00)123456789012345678", "barcode.check_digit")]
    [InlineData("(01)4006381333931", "gs1.length")]
    [InlineData("(10)", "gs1.length")]
    [InlineData("(10)123456789012345678901", "gs1.length")]
    [InlineData("(37)123456789", "gs1.length")]
    [InlineData("(37)12a", "gs1.characters")]
    [InlineData("(10)ä", "gs1.characters")]
    [InlineData("(17)270230", "gs1.day")]
    [InlineData("(17)271301", "gs1.day")]
    [InlineData("(05)1", "gs1.unknown_identifier")]
    [InlineData("]C1", "gs1.malformed")]
    [InlineData("(01)04006381333931x", "gs1.length")]
    [InlineData("(10)A(21)1(10)B", "gs1.repeated")]
    [InlineData("(02)04006381333931", "gs1.count_missing")]
    public void What_is_wrong_is_said(string code, string error) => (Gs1.Parse(code, 2026).Error?.Code ?? "fine").ShouldBe(error);

    [Fact]
    public void A_code_means_the_same_sent_and_printed_in_any_order_and_any_text_is_answered()
    {
        var digits = (int n) => Gen.Choose('0', '9').Select(c => (char)c).ListOf(n).Select(l => new string([.. l]));
        var gtin = digits(13).Select(d => ("01", d + Text.Invariant(Gs1.CheckDigit(d))));
        var sscc = digits(17).Select(d => ("00", d + Text.Invariant(Gs1.CheckDigit(d))));
        var word = Gen.Choose(1, 20).SelectMany(n => Gen.Elements("ABZaz09-/._".ToCharArray()).ListOf(n)).Select(l => new string([.. l]));
        var day = Gen.Choose(0, 20_000).Select(d => ("17", new DateOnly(2000, 1, 1).AddDays(d).ToString("yyMMdd", System.Globalization.CultureInfo.InvariantCulture)));
        var code = from g in gtin from s in sscc from l in word from n in word from d in day from count in Gen.Choose(1, 99_999_999)
                   from order in Gen.Shuffle(new[] { g, s, ("10", l), ("21", n), d, ("37", Text.Invariant(count)) }) select order.ToList();
        Prop.ForAll(code.ToArbitrary(), elements =>
        {
            var scan = new Gs1Scan(elements);
            var (printed, sent) = (Gs1.Parse(Gs1.Show(scan), 2026).Value, Gs1.Parse(Gs1.Send(scan), 2026).Value);
            return printed.Elements.SequenceEqual(elements) && sent.Elements.SequenceEqual(elements) && printed.ExpiresOn == sent.ExpiresOn && Gs1.IsGs1(Gs1.Send(scan));
        }).QuickCheckThrowOnFailure();
        // Whatever comes from a scanner is read or refused, never an exception.
        var junk = Gen.Elements("()01273]C1dA\u001dx".ToCharArray()).ListOf().Select(l => new string([.. l]));
        Prop.ForAll(junk.ToArbitrary(), text => Gs1.Parse(text, 2026) is var read && (read.IsOk || read.Error!.Code.Length > 0)).QuickCheckThrowOnFailure();
    }
}
