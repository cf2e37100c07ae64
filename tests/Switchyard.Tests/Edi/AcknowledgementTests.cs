using Shouldly;
using Switchyard.Edi;

namespace Switchyard.Tests.Edi;

/// <summary>What is wrong with a set is told as the standard has it: AK3 and AK4 by place, AK5 and AK9 by verdict.</summary>
public sealed class AcknowledgementTests
{
    private static string Told(string text) =>
        string.Join(' ', Acknowledgement.Write(X12Samples.Judged(text), Delimiters.Usual).Select(s => (s.Tag + "*" + string.Join('*', s.Elements)).TrimEnd('*')));

    [Fact]
    public void What_is_right_is_accepted()
    {
        Told(X12Samples.Purchase).ShouldBe("AK1*PO*1 AK2*850*0001 AK5*A AK9*A*1*1*1");
        foreach (string text in X12Samples.All) X12Samples.Judged(text).Code.ShouldBe("A", text);
    }

    [Theory]
    [InlineData("PO1*1*12*EA", "PO1*1*12*INVALID", "AK2*850*0001 AK3*PO1*11**8 AK4*3*355*5*INVALID AK5*R*5 AK9*R*1*1*0")]
    [InlineData("PO1*1*12*EA", "PO1*1*twelve*EA", "AK2*850*0001 AK3*PO1*11**8 AK4*2*330*6*twelve AK5*R*5 AK9*R*1*1*0")]
    [InlineData("BEG*00*SA*PO-1001**20260302", "BEG*00*SA*PO-1001**20261399", "AK2*850*0001 AK3*BEG*2**8 AK4*5*373*8*20261399 AK5*R*5 AK9*R*1*1*0")]
    [InlineData("BEG*00*", "BEG*77*", "AK2*850*0001 AK3*BEG*2**8 AK4*1*353*7*77 AK5*R*5 AK9*R*1*1*0")]
    [InlineData("BEG*00*SA*PO-1001*", "BEG*00*SA**", "AK2*850*0001 AK3*BEG*2**8 AK4*3*324*1 AK5*R*5 AK9*R*1*1*0")]
    [InlineData("BEG*00*SA*PO-1001**20260302~", "REF*AA*1~", "AK2*850*0001 AK3*BEG*2**3 AK3*CUR*3**7 AK5*R*5 AK9*R*1*1*0")]
    [InlineData("CUR*BY*GBP~", "CUR*BY*GBP~QQQ*1~", "AK2*850*0001 AK3*QQQ*4**1 AK5*R*4*5 AK9*R*1*1*0")]
    [InlineData("SE*16*0001", "SE*16*0002", "AK2*850*0001 AK5*R*3 AK9*R*1*1*0")]
    [InlineData("SE*16*0001", "SE*99*0001", "AK2*850*0001 AK5*R*4 AK9*R*1*1*0")]
    [InlineData("SE*16*0001~", "", "AK2*850*0001 AK5*R*2 AK9*R*1*1*0")]
    [InlineData("ST*850*0001", "ST*850*1", "AK2*850*0000 AK3*ST*1**8 AK4*2*329*4*1 AK5*R*3*7*5 AK9*R*1*1*0")]
    [InlineData("ST*850*0001", "ST*830*0001", "AK2*830*0001 AK5*R*1 AK9*R*1*1*0")]
    public void A_fault_has_its_codes(string was, string becomes, string told)
    {
        X12Samples.Purchase.ShouldContain(was);
        Told(X12Samples.Purchase.Replace(was, becomes, StringComparison.Ordinal)).ShouldBe("AK1*PO*1 " + told);
    }

    [Fact]
    public void What_harms_nobody_is_told_and_taken()
    {
        var verdict = X12Samples.Judged(X12Samples.Of("850", 1, "BEG*00*SA*1**20260302~TAX*53247765*SP*CA~N1*ST*Shop~N3*Street~N2*Division*More~N4*City*CA*98898~PER*BD*ED*TE*1********EXTRA~" + X12Samples.Line(1, 1, "1", "A") + "CTT*1~"));
        (verdict.Code, verdict.Sets[0].Code, verdict.Sets[0].IsTaken).ShouldBe(("E", "E", true));
        verdict.Sets[0].Faults.Select(f => (f.Tag, f.Code)).ShouldBe([("N2", "7"), ("PER", "8")]);
    }

    [Fact]
    public void Of_two_sets_of_which_one_is_broken_the_group_is_taken_in_part_and_a_repeated_number_counts_once()
    {
        string good = X12Samples.Order("1", X12Samples.Line(1, 1, "1", "A"));
        string both = X12Samples.Of("850", 1, good, good.Replace("*1*EA", "*x*EA", StringComparison.Ordinal));
        Told(both).ShouldEndWith("AK9*P*2*2*1");
        Told(X12Samples.Of("850", 1, good, good).Replace("*0002", "*0001", StringComparison.Ordinal)).ShouldBe("AK1*PO*1 AK2*850*0001 AK5*A AK2*850*0001 AK5*R*23 AK9*P*2*2*1");
        Told(both.Replace("GE*2*1", "GE*3*1", StringComparison.Ordinal)).ShouldEndWith("AK9*P*3*2*1*5");
        Told(X12Samples.Purchase.Replace("GE*1*1", "GE*1*8", StringComparison.Ordinal)).ShouldEndWith("AK5*R AK9*R*1*1*0*4");
    }

    [Fact]
    public void What_a_partner_says_is_read_set_by_set()
    {
        var told = Acknowledgement.Read(X12Samples.OnlySet(X12Samples.Acknowledged))!;
        (told.Group, told.Control, told.Code).ShouldBe(("PR", "7", "R"));
        var set = told.Sets.ShouldHaveSingleItem();
        (set.Set, set.Control, set.Code).ShouldBe(("855", "0001", "R"));
        set.Faults.ShouldBe(["PO1 3: 8", "2: 7 12", "AK5 5"]);
        Acknowledgement.Read(X12Samples.OnlySet(X12Samples.Purchase)).ShouldBeNull();
    }
}
