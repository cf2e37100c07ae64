using System.Collections.Frozen;
using System.Globalization;

namespace Switchyard.Edi;

/// <summary>What an element may hold.</summary>
/// <param name="Reference">Its number in the dictionary of data elements, as AK402 tells it.</param>
/// <param name="Type">ID, AN, N0 to N4, R, DT or TM.</param>
/// <param name="Codes">The codes that we can do something with; empty for any.</param>
public sealed record ElementRule(bool IsRequired, string Reference, string Type, int Least, int Most, IReadOnlySet<string> Codes);

/// <summary>Elements of a segment, and which need one another.</summary>
/// <param name="Conditions">P: all or none. R: at least one. C: if the first, then the others. E: at most one. As the standard writes them, such as P0607.</param>
public sealed record SegmentRule(IReadOnlyList<ElementRule> Elements, IReadOnlyList<Condition> Conditions);

public sealed record Condition(char Kind, IReadOnlyList<int> Elements);

/// <summary>
/// The segments we read and write, with their elements as version 004010 has them. An element is written as M or O, number in the dictionary, type, least/most length, and
/// codes in braces.
/// </summary>
public static class SegmentTable
{
    private const string Party = "M 98 ID 2/3|O 93 AN 1/60|O 66 ID 1/2|O 67 AN 2/80|O 706 ID 2/2|O 98 ID 2/3;P0304;R0203";
    private const string Pairs = "O 235 ID 2/2|O 234 AN 1/48";

    private static readonly Dictionary<string, string> Written = new(StringComparer.Ordinal)
    {
        ["ST"] = "M 143 ID 3/3|M 329 AN 4/9",
        ["SE"] = "M 96 N0 1/10|M 329 AN 4/9",
        ["BEG"] = "M 353 ID 2/2 {00 01 02 04 05 06 07 12 13 22 31}|M 92 ID 2/2|M 324 AN 1/22|O 328 AN 1/30|M 373 DT 8/8|O 367 AN 1/30|O 587 ID 2/2|O 1019 ID 3/3|O 668 ID 2/2|O 1166 ID 2/2|O 1232 ID 2/2|O 786 ID 2/2",
        ["BAK"] = "M 353 ID 2/2|M 587 ID 2/2|M 324 AN 1/22|M 373 DT 8/8|O 328 AN 1/30|O 326 AN 1/45|O 367 AN 1/30|O 127 AN 1/30|O 373 DT 8/8|O 640 ID 2/2",
        ["BSN"] = "M 353 ID 2/2|M 396 AN 2/30|M 373 DT 8/8|M 337 TM 4/8|O 1005 ID 4/4|O 640 ID 2/2|O 641 ID 3/3;C0706",
        ["BIG"] = "M 373 DT 8/8|M 76 AN 1/22|O 373 DT 8/8|O 324 AN 1/22|O 328 AN 1/30|O 327 AN 1/8|O 640 ID 2/2|O 353 ID 2/2|O 306 ID 1/2|O 76 AN 1/22",
        ["BIA"] = "M 353 ID 2/2|M 755 ID 2/2|M 127 AN 1/30|M 373 DT 8/8|O 337 TM 4/8|O 306 ID 1/2",
        ["W05"] = "M 473 ID 1/1|M 285 AN 1/22|O 324 AN 1/22|O 280 N0 6/6|O 472 AN 1/30|O 286 ID 2/2",
        ["W06"] = "M 514 ID 1/1|O 285 AN 1/22|O 373 DT 8/8|O 145 AN 1/30|O 124 AN 1/30|O 324 AN 1/22|O 279 N0 6/6|O 472 AN 1/30|O 144 AN 1/30|O 640 ID 2/2|O 305 ID 1/1",
        ["CUR"] = "M 98 ID 2/3|M 100 ID 3/3|O 280 R 4/10",
        ["REF"] = "M 128 ID 2/3|O 127 AN 1/30|O 352 AN 1/80|O C040 AN 1/80;R0203",
        ["N9"] = "M 128 ID 2/3|O 127 AN 1/30|O 369 AN 1/45|O 373 DT 8/8|O 337 TM 4/8|O 623 ID 2/2|O C040 AN 1/80;R0203;C0605",
        ["MSG"] = "M 933 AN 1/264|O 934 ID 2/2|O 1470 N0 1/9",
        ["NTE"] = "O 363 ID 3/3|M 352 AN 1/80",
        ["PER"] = "M 366 ID 2/2|O 93 AN 1/60|O 365 ID 2/2|O 364 AN 1/80|O 365 ID 2/2|O 364 AN 1/80|O 365 ID 2/2|O 364 AN 1/80|O 443 AN 1/20;P0304;P0506;P0708",
        ["N1"] = Party,
        ["N2"] = "M 93 AN 1/60|O 93 AN 1/60",
        ["N3"] = "M 166 AN 1/55|O 166 AN 1/55",
        ["N4"] = "O 19 AN 2/30|O 156 ID 2/2|O 116 ID 3/15|O 26 ID 2/3|O 309 ID 1/2|O 310 AN 1/30;C0605",
        ["DTM"] = "M 374 ID 3/3|O 373 DT 8/8|O 337 TM 4/8|O 623 ID 2/2|O 1250 ID 2/3|O 1251 AN 1/35;C0403;P0506",
        ["G62"] = "O 432 ID 2/2|O 373 DT 8/8|O 176 ID 1/2|O 337 TM 4/8|O 623 ID 2/2;R0103;P0102;P0304",
        ["TD5"] = "O 133 ID 1/2|O 66 ID 1/2|O 67 AN 2/80|O 91 ID 1/2|O 387 AN 1/35|O 368 ID 2/2|O 309 ID 1/2|O 310 AN 1/30|O 731 ID 2/2|O 732 ID 2/2|O 733 R 1/4|O 284 ID 2/2|O 284 ID 2/2|O 284 ID 2/2|O 26 ID 2/3;C0203",
        ["TD1"] = "O 103 AN 3/5|O 80 N0 1/7|O 23 ID 1/1|O 22 AN 1/30|O 79 AN 1/50|O 187 ID 1/2|O 81 R 1/10|O 355 ID 2/2|O 183 R 1/8|O 355 ID 2/2;C0102;C0304;C0607;P0708;P0910",
        ["W66"] = "M 146 ID 2/2|M 91 ID 1/2|O 399 ID 1/1|O 368 AN 1/30|O 387 AN 1/35|O 154 AN 1/30|O 40 ID 2/2|O 206 AN 1/4|O 207 AN 1/10|O 140 ID 2/4",
        ["W27"] = "M 91 ID 1/2|O 140 ID 2/4|O 387 AN 1/35|O 146 ID 2/2|O 40 ID 2/2|O 206 AN 1/4|O 207 AN 1/14",
        ["PO1"] = "O 350 AN 1/20|O 330 R 1/15|O 355 ID 2/2|O 212 R 1/17|O 639 ID 2/2|" + Pairs + "|" + Pairs + "|" + Pairs + "|" + Pairs + "|" + Pairs + "|" + Pairs + "|" + Pairs + "|" + Pairs + "|" + Pairs + "|" + Pairs
            + ";C0302;C0504;P0607;P0809;P1011;P1213;P1415;P1617",
        ["ACK"] = "M 668 ID 2/2|O 380 R 1/15|O 355 ID 2/2|O 374 ID 3/3|O 373 DT 8/8|O 326 AN 1/45|" + Pairs + "|" + Pairs + "|" + Pairs + "|" + Pairs + ";P0203;C0405;P0708;P0910",
        ["PID"] = "M 349 ID 1/1|O 750 ID 2/3|O 559 ID 2/2|O 751 AN 1/12|O 352 AN 1/80|O 752 ID 2/2|O 822 AN 1/15|O 1073 ID 1/1|O 819 ID 2/3",
        ["SAC"] = "M 248 ID 1/1 {A C N P Q R S}|O 1300 ID 4/4|O 559 ID 2/2|O 1301 AN 1/10|O 610 N2 1/15|O 378 ID 1/1|O 332 R 1/6|O 118 R 1/9|O 355 ID 2/2|O 380 R 1/15|O 380 R 1/15|O 331 ID 2/2|O 127 AN 1/30|O 770 AN 1/20|O 352 AN 1/80|O 819 ID 2/3",
        ["CTT"] = "M 354 N0 1/6|O 347 R 1/10|O 81 R 1/10|O 355 ID 2/2|O 183 R 1/8|O 355 ID 2/2|O 352 AN 1/80",
        ["HL"] = "M 628 AN 1/12|O 734 AN 1/12|M 735 ID 1/2|O 736 ID 1/1",
        ["PRF"] = "M 324 AN 1/22|O 328 AN 1/30|O 327 AN 1/8|O 373 DT 8/8|O 350 AN 1/20|O 367 AN 1/30|O 92 ID 2/2",
        ["MAN"] = "M 88 ID 1/2|M 87 AN 1/48|O 87 AN 1/48|O 88 ID 1/2|O 87 AN 1/48|O 87 AN 1/48;P0405",
        ["LIN"] = "O 350 AN 1/20|M 235 ID 2/2|M 234 AN 1/48|" + Pairs + "|" + Pairs + "|" + Pairs + "|" + Pairs + ";P0405;P0607;P0809",
        ["SN1"] = "O 350 AN 1/20|M 382 R 1/10|M 355 ID 2/2|O 646 R 1/15|O 330 R 1/15|O 355 ID 2/2|O 728 ID 1/1|O 668 ID 2/2;P0506",
        ["QTY"] = "M 673 ID 2/2|O 380 R 1/15|O C001 AN 1/20|O 61 AN 1/30;R0204",
        ["ITD"] = "O 336 ID 2/2|O 333 ID 1/2|O 338 R 1/6|O 370 DT 8/8|O 351 N0 1/3|O 446 DT 8/8|O 386 N0 1/3|O 362 N2 1/10|O 388 DT 8/8|O 389 N2 1/10|O 342 R 1/5|O 352 AN 1/80|O 765 N0 1/2|O 107 ID 1/1|O 954 R 1/10",
        ["IT1"] = "O 350 AN 1/20|O 358 R 1/10|O 355 ID 2/2|O 212 R 1/17|O 639 ID 2/2|" + Pairs + "|" + Pairs + "|" + Pairs + "|" + Pairs + "|" + Pairs + ";P020304;P0607;P0809;P1011",
        ["TXI"] = "M 963 ID 2/2|O 782 R 1/18|O 954 R 1/10|O 955 ID 2/2|O 956 AN 1/10|O 441 ID 1/1|O 662 ID 1/1|O 828 R 1/9;R020306",
        ["TDS"] = "M 610 N2 1/15|O 610 N2 1/15|O 610 N2 1/15|O 610 N2 1/15",
        ["LX"] = "M 554 N0 1/6",
        ["W01"] = "M 330 R 1/9|M 355 ID 2/2|O 438 AN 12/12|" + Pairs + "|" + Pairs + "|O 451 ID 1/6|O 320 ID 2/2;P0405;P0607",
        ["W12"] = "M 368 ID 2/2 {CC CL BO SP BP PR IC PI CP BK AC CN CS DE DS IS RR RJ SC SS SF SH}|O 330 R 1/9|O 382 R 1/10|O 413 R 1/9|O 355 ID 2/2|O 438 AN 12/12|" + Pairs + "|O 451 ID 1/6|O 81 R 1/10|O 187 ID 1/2|O 188 ID 1/1|O 81 R 1/10|O 187 ID 1/2|O 188 ID 1/1|O 438 AN 12/12|"
            + Pairs + "|O 330 R 1/15|O 21 ID 1/2|" + Pairs + ";R0608;P0708",
        ["W03"] = "M 382 N0 1/9|O 81 R 1/10|O 355 ID 2/2|O 183 R 1/8|O 355 ID 2/2|O 80 N0 1/9|O 211 ID 2/2;P0203;P0405",
        ["W76"] = "M 330 N0 1/9|O 81 R 1/10|O 355 ID 2/2|O 183 R 1/8|O 355 ID 2/2;P0203;P0405",
        ["G69"] = "M 369 AN 1/45",
        ["AK1"] = "M 479 ID 2/2|M 28 N0 1/9",
        ["AK2"] = "M 143 ID 3/3|M 329 AN 4/9",
        ["AK3"] = "M 721 ID 2/3|M 719 N0 1/10|O 447 AN 1/6|O 720 ID 1/3",
        ["AK4"] = "M C030 AN 1/10|O 725 N0 1/4|M 723 ID 1/3|O 724 AN 1/99",
        ["AK5"] = "M 717 ID 1/1 {A E M P R W X}|O 718 ID 1/3|O 718 ID 1/3|O 718 ID 1/3|O 718 ID 1/3|O 718 ID 1/3",
        ["AK9"] = "M 715 ID 1/1 {A E M P R W X}|M 97 N0 1/6|M 123 N0 1/6|M 2 N0 1/6|O 716 ID 1/3|O 716 ID 1/3|O 716 ID 1/3|O 716 ID 1/3|O 716 ID 1/3",
    };

    private static readonly FrozenDictionary<string, SegmentRule> Rules = Written.ToFrozenDictionary(w => w.Key, w => Parse(w.Value), StringComparer.Ordinal);

    /// <summary>The rules of a segment; null for one that we pass over.</summary>
    public static SegmentRule? Find(string tag) => Rules.GetValueOrDefault(tag);

    private static SegmentRule Parse(string written)
    {
        string[] parts = written.Split(';');
        return new SegmentRule([.. parts[0].Split('|').Select(Element)],
            [.. parts.Skip(1).Select(c => new Condition(c[0], [.. Enumerable.Range(0, (c.Length - 1) / 2).Select(i => int.Parse(c.AsSpan(1 + 2 * i, 2), CultureInfo.InvariantCulture))]))]);
    }

    private static ElementRule Element(string written)
    {
        string[] words = written.Split(' ', 5);
        string[] lengths = words[3].Split('/');
        return new ElementRule(words[0] == "M", words[1], words[2], int.Parse(lengths[0], CultureInfo.InvariantCulture), int.Parse(lengths[1], CultureInfo.InvariantCulture),
            words.Length < 5 ? FrozenSet<string>.Empty : words[4].Trim('{', '}').Split(' ').ToFrozenSet(StringComparer.Ordinal));
    }
}
