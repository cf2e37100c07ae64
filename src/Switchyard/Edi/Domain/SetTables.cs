using System.Collections.Frozen;

namespace Switchyard.Edi;

/// <summary>A segment of a set or, with parts, a loop that begins with it.</summary>
/// <param name="Most">How often it may stand there.</param>
public sealed record SetPart(string Tag, bool IsRequired, int Most, IReadOnlyList<SetPart> Parts)
{
    public bool IsLoop => Parts.Count > 0;
}

/// <summary>What a transaction set is made of.</summary>
/// <param name="Group">The code of its functional group.</param>
/// <param name="PassedOver">Segments the standard has in it that say nothing to us: allowed anywhere, and not looked into.</param>
public sealed record SetTable(string Code, string Group, IReadOnlyList<SetPart> Parts, IReadOnlySet<string> PassedOver);

/// <summary>
/// The transaction sets we take and send, version 004010, without what nobody sends: a part is written as its tag, ! for required, and how often; a loop has its parts in
/// parentheses, the first of which begins it.
/// </summary>
public static class SetTables
{
    private const string Address = "(N1 N2*2 N3*2 N4*10 REF*12 PER*5 DTM*10)*200";

    private static readonly FrozenDictionary<string, SetTable> Tables = new[]
    {
        Table("850", "PO", $"ST! BEG! CUR REF*999 PER*3 FOB*9 CSH*5 SAC*25 ITD*9 DTM*10 TD5*12 (N9 DTM*9 MSG*999)*1000 {Address} "
            + $"(PO1! CUR PID*1000 SAC*25 REF*999 PER*3 ITD*2 DTM*10 TD5*12 MSG*999 (N9 DTM*9 MSG*999)*1000 {Address})!*100000 CTT AMT SE!",
            "TAX FOB CTP PAM CSH ADV DIS LDT LIN SI MEA PWK PKG TD1 TD3 TD4 MAN PCT CTB TXI LE LE LS NTE AMT SCH IT8 IT3 PO3 PO4 TC2 QTY SLN G62 CTP SDQ SPI RRA INC FA1 FA2 NX2 SW DIS L1 MSG FAC PRF"),
        Table("855", "PR", $"ST! BAK! CUR REF*999 PER*3 FOB ITD*5 DTM*10 TD5*12 (N9 MSG*1000)*1000 {Address} "
            + $"(PO1! CUR PID*1000 SAC*25 DTM*10 REF*999 (ACK DTM*10)*104 (N9 MSG*1000)*1000 {Address})*100000 CTT AMT SE!", "TAX FOB CTP PAM CSH SAC MEA PWK PKG TD1 TD3 TD4 MAN TXI SCH SLN IT8 AMT NX2"),
        Table("856", "SH", "ST! BSN! DTM*10 (HL! LIN SN1 PRF PO4 PID*200 TD1*20 TD5*12 TD3*12 REF*999 PER*3 MAN*10 DTM*10 (N1 N2*2 N3*2 N4 REF*12 PER*3)*200 SAC*25)!*200000 CTT SE!",
            "SLN PKG MEA PWK TD4 PAL LOC CLD CTP TSD AMT FOB PO4 PO3 R4 ETD G62 TXI PAL PSA"),
        Table("810", "IN", $"ST! BIG! NTE*100 CUR REF*12 PER*3 (N1 N2*2 N3*2 N4 REF*12 PER*3 DMG)*200 ITD*5 DTM*10 FOB PID*200 TD5*12 (N9 MSG*1000)*1000 "
            + "(IT1 CUR PID*1000 REF*999 PER*5 DTM*10 (SAC TXI*10)*25 TXI*10 TD5*2 (N1 N2*2 N3*2 N4 REF*12 PER*3)*200)*200000 TDS! TXI*10 CAD (SAC TXI*10)*25 (ISS)*999 CTT SE!",
            "YNQ MEA PWK PKG L7 BAL INC PAM LM LQ V1 R4 CRC QTY IT3 CTP PO4 SDQ ITA SLN MTX FA1 FA2 AMT CAD ISS DMG TXI SAC"),
        Table("846", "IB", "ST! BIA! CUR DTM*10 REF*12 PER*3 MSG*12 (N1 N2*2 N3*2 N4 REF*12 PER*3)*5 (LIN! PID*200 MEA DTM*10 CTP*25 REF*99 (QTY DTM*10 UIT LDT)*99 SCH*25)*10000 CTT SE!",
            "PKG ITD PO4 UIT CS DD G55 SAC LS LE SLN PWK"),
        Table("940", "OW", "ST! W05! (N1! N2*2 N3*2 N4 PER*3 N9*10)*10 N9*10 PER*3 G62*10 NTE*9999 W66 (LX! MAN (W01! G69*5 N9*200 NTE*10 G62*10 QTY*10)!*9999)!*9999 W76 SE!",
            "SAC R2 W09 W6 LFI W20 TI AMT W19 LH2 LHR LH6 G66 LQ BLR"),
        Table("945", "SW", "ST! W06! (N1 N2*2 N3*2 N4 PER*3 N9*10)*10 N9*40 PER*3 G62*10 NTE*20 W27 W28 W10 W6 (LX! MAN*9999 PAL W03 N9*10 (W12! G69*5 N9*200 QTY*10 G62*10 W28)!*9999)*9999 W03 SE!",
            "W28 W10 W6 W13 R4 SAC G72 LFI W20 LM LQ LS LE AMT W08 PAL TD1"),
        Table("997", "FA", "ST! AK1! (AK2 (AK3 AK4*99)*999999 AK5!)*999999 AK9! SE!", ""),
    }.ToFrozenDictionary(t => t.Code, StringComparer.Ordinal);

    public static SetTable? Find(string code) => Tables.GetValueOrDefault(code);

    public static string GroupOf(string code) => Tables[code].Group;

    public static IReadOnlyList<string> Codes { get; } = ["810", "846", "850", "855", "856", "940", "945", "997"];

    private static SetTable Table(string code, string group, string parts, string passedOver)
    {
        int at = 0;
        return new SetTable(code, group, Parse(parts, ref at), passedOver.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal));
    }

    private static List<SetPart> Parse(string written, ref int at)
    {
        var parts = new List<SetPart>();
        while (at < written.Length && written[at] != ')')
        {
            if (written[at] == ' ') { at++; continue; }
            IReadOnlyList<SetPart> inner = [];
            string tag = "";
            if (written[at] == '(')
            {
                at++;
                inner = Parse(written, ref at);
                at++;                                                              // the closing one
                tag = inner[0].Tag;
            }
            else while (at < written.Length && char.IsLetterOrDigit(written[at])) tag += written[at++];
            bool isRequired = at < written.Length && written[at] == '!';
            if (isRequired) at++;
            int most = 1;
            if (at < written.Length && written[at] == '*')
            {
                at++;
                most = 0;
                while (at < written.Length && char.IsAsciiDigit(written[at])) most = most * 10 + (written[at++] - '0');
            }
            parts.Add(new SetPart(tag, isRequired, most, inner));
        }
        return parts;
    }
}
