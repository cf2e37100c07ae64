using Shouldly;
using Switchyard.Edi;

namespace Switchyard.Tests.Edi;

/// <summary>Interchanges are read however partners wrap, indent and part them, and whatever is broken is told by the standard's codes.</summary>
public sealed class X12ReaderTests
{
    [Fact]
    public void An_interchange_is_read_by_the_separators_its_header_tells()
    {
        var one = X12Reader.Read(X12Samples.Purchase).Interchanges.ShouldHaveSingleItem();
        (one.Note, one.Header.Sender, one.Header.Receiver, one.Header.Control, one.Header.Usage, one.Header.WantsTa1).ShouldBe(("000", "HARBOR", "SWITCHYARD", "000000001", "P", false));
        (one.Delimiters.Element, one.Delimiters.Component, one.Delimiters.Segment, one.Delimiters.Repetition).ShouldBe(('*', '>', '~', null));
        var set = one.Groups.ShouldHaveSingleItem().Sets.ShouldHaveSingleItem();
        (set.Code, set.Control, set.Faults.Count, set.Segments[1].Tag, set.Segments[1][3]).ShouldBe(("850", "0001", 0, "BEG", "PO-1001"));
        var other = X12Reader.Read(X12Samples.Purchase.Replace('*', '|').Replace('~', '\u0085')).Interchanges.ShouldHaveSingleItem();
        (other.Delimiters.Element, other.Delimiters.Segment, other.Groups[0].Sets[0].Segments.Count).ShouldBe(('|', '\u0085', set.Segments.Count));
        X12Reader.Read(X12Samples.Purchase.Replace("*U*00401", "*^*00501", StringComparison.Ordinal)).Interchanges[0].Delimiters.Repetition.ShouldBe('^');
    }

    public static TheoryData<string, string> Layouts => new()
    {
        { "a line for each segment", X12Samples.Purchase.Replace("~", "~\r\n", StringComparison.Ordinal) },
        { "lines as segments", X12Samples.Purchase.Replace("~", "\r\n", StringComparison.Ordinal) },
        { "lines of 80 characters", string.Join("\r\n", X12Samples.Purchase.Chunk(80).Select(c => new string(c))) },
        { "indented", X12Samples.Purchase.Replace("~", "~\n\t\t  ", StringComparison.Ordinal) },
        { "a byte order mark and blanks around", "\uFEFF  " + X12Samples.Purchase + "\r\n\r\n" },
        { "a header whose blanks were cut off", System.Text.RegularExpressions.Regex.Replace(X12Samples.Purchase, " +(?=\\*)", "") },
        { "words before it", "MAILBOX HARBOR\n" + X12Samples.Purchase },
    };

    [Theory, MemberData(nameof(Layouts))]
    public void However_it_is_laid_out_it_says_the_same(string how, string text)
    {
        var read = X12Reader.Read(text).Interchanges.ShouldHaveSingleItem(how);
        read.Note.ShouldBe("000", how);
        string plain(string of) => string.Join('\n', X12Samples.OnlySet(of).Segments.Select(s => s.Tag + "|" + string.Join('|', s.Elements.Select(e => e.Trim()))));
        plain(text).ShouldBe(plain(X12Samples.Purchase));
    }

    [Fact]
    public void Several_interchanges_in_a_file_stand_for_themselves_and_one_that_is_cut_off_spoils_no_other()
    {
        var read = X12Reader.Read(X12Samples.Purchase[..^40] + "\r\n" + X12Samples.Levels + "\r\n" + X12Samples.Advice + "rubbish");
        read.Interchanges.Select(i => (i.Header.Control, i.Note)).ShouldBe([("000000001", "023"), ("000000003", "000"), ("000000002", "000")]);
        read.Stray.ShouldBe(7);
        X12Reader.Read("").Interchanges.ShouldBeEmpty();
        X12Reader.Read("SA*00*          *00*~ST*850*0001~").Interchanges.ShouldBeEmpty("a header without its first letter is none");
        X12Reader.Read("ST*850*0001~BEG*00*SA*1**20260302~SE*3*0001~").Interchanges.ShouldBeEmpty("sets without envelopes name nobody");
    }

    [Theory]
    [InlineData("IEA*1*000000001", "IEA*1*000000009", "001")]
    [InlineData("IEA*1*", "IEA*2*", "021")]
    [InlineData("*000000001*0*P", "*00000000X*0*P", "018")]
    [InlineData("*0*P*>", "*0*X*>", "020")]
    [InlineData("*260302*", "*261302*", "014")]
    [InlineData("*0930*U", "*9930*U", "015")]
    [InlineData("IEA*1*000000001~", "", "023")]
    [InlineData("GS*PO", "ZZZ*1~GS*PO", "022")]
    [InlineData("*ZZ*HARBOR         *", "*ZZ*               *", "006")]
    public void A_fault_of_the_envelope_has_its_code(string was, string becomes, string note) =>
        X12Reader.Read(X12Samples.Purchase.Replace(was, becomes, StringComparison.Ordinal)).Interchanges.ShouldHaveSingleItem().Note.ShouldBe(note);

    [Fact]
    public void Whatever_is_broken_is_answered_and_never_thrown_and_its_acknowledgement_is_right_itself()
    {
        const int Seed = 640_1;
        var random = new Random(Seed);
        const string Alphabet = "*~>^ISAGE0123456789\r\n\tX é\0";
        for (int round = 0; round < 3_000; round++)
        {
            var text = new System.Text.StringBuilder(X12Samples.All[random.Next(X12Samples.All.Count)]);
            for (int change = random.Next(1, 12); change > 0 && text.Length > 0; change--)
            {
                int at = random.Next(text.Length), length = Math.Min(random.Next(1, 40), text.Length - at);
                switch (random.Next(4))
                {
                    case 0: text.Remove(at, length); break;
                    case 1: text.Insert(at, Alphabet[random.Next(Alphabet.Length)]); break;
                    case 2: text[at] = Alphabet[random.Next(Alphabet.Length)]; break;
                    default: text.Insert(random.Next(text.Length), text.ToString(at, length)); break;
                }
            }
            string broken = text.ToString();
            foreach (var interchange in X12Reader.Read(broken).Interchanges)
                foreach (var group in interchange.Groups)
                {
                    var verdict = Acknowledgement.Judge(group, interchange.Delimiters, _ => true);
                    foreach (var taken in verdict.Sets.Where(s => s.IsTaken))
                    {
                        _ = (ReadSets.Order(taken.Set), ReadSets.Stock(taken.Set, TimeZoneInfo.Utc), ReadSets.Shipped(taken.Set), Acknowledgement.Read(taken.Set));
                    }
                    string told = X12Writer.Write(Written(1), "997", [Acknowledgement.Write(verdict, Delimiters.Usual)]);
                    var again = X12Samples.Judged(told);
                    again.Code.ShouldBe("A", $"seed {Seed}, round {round}: {broken}\n{told}");
                }
        }
    }

    internal static Envelope Written(long control) => new("ZZ", "SWITCHYARD", "ZZ", "HARBOR", "SWITCHYARD", "HARBOR", "00401", "P", control, X12Samples.Day, Delimiters.Usual);
}
