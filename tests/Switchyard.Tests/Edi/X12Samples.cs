using Switchyard.Edi;

namespace Switchyard.Tests.Edi;

/// <summary>Interchanges as partners send them, made up for the tests.</summary>
internal static class X12Samples
{
    public static readonly DateTimeOffset Day = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    /// <summary>The header of the standard's widths.</summary>
    public static string Isa(string control, string from = "HARBOR", string to = "SWITCHYARD", string usage = "P", string ta1 = "0", string version = "00401") =>
        $"ISA*00*          *00*          *ZZ*{from,-15}*ZZ*{to,-15}*260302*0930*U*{version}*{control}*{ta1}*{usage}*>~";

    /// <summary>One interchange with one group; each body is a set's segments between ST and SE.</summary>
    public static string Of(string set, int control, params string[] bodies) => From("HARBOR", set, control, bodies);

    public static string From(string from, string set, int control, params string[] bodies)
    {
        string number = control.ToString("000000000", System.Globalization.CultureInfo.InvariantCulture);
        string sets = string.Concat(bodies.Select((b, i) => $"ST*{set}*{i + 1:0000}~{b}SE*{b.Count(c => c == '~') + 2}*{i + 1:0000}~"));
        return $"{Isa(number, from)}GS*{SetTables.GroupOf(set)}*{from}*SWITCHYARD*20260302*0930*{control}*X*004010~{sets}GE*{bodies.Length}*{control}~IEA*1*{number}~";
    }

    public static string Order(string number, params string[] lines) =>
        $"BEG*00*SA*{number}**20260302~CUR*BY*GBP~REF*DP*042~DTM*010*20260309~TD5**2*UPSN~N1*ST*Harbor Outfitters 12*92*0012~N3*12 Quay Street~N4*Manchester**M1 1AE*GB~PER*DC*Dock*TE*5035550100~"
        + string.Concat(lines) + $"CTT*{lines.Length}~";

    public static string Line(int line, long quantity, string price, string sku, string unit = "EA") => $"PO1*{line}*{quantity}*{unit}*{price}**VP*{sku}*BP*H-{sku}~PID*F****Product {sku}~";

    public static readonly string Purchase = Of("850", 1, Order("PO-1001", Line(1, 12, "4.25", "A"), Line(2, 3, "10", "B")));
    public static readonly string Advice = Of("945", 2, "W06*F*10482-F1*20260303*W-77~N1*WH*Dockside*92*THREE~G62*11*20260303~W27*M*UPSN*Ground~LX*1~MAN*CP*1Z001~W12*CC*3*2*1*EA**VP*A~N9*LI*1~W03*2~");
    public static readonly string Levels = Of("846", 3, "BIA*00*SI*S-9*20260302*0900~DTM*097*20260302*0915~LIN*1*VP*A~QTY*17*40*EA~LIN*2*VP*B~QTY*17*0*EA~CTT*2~");
    public static readonly string Acknowledged = Of("997", 4, "AK1*PR*7~AK2*855*0001~AK3*PO1*3**8~AK4*2*330*7*12~AK5*R*5~AK9*R*1*1*0~");

    public static readonly IReadOnlyList<string> All = [Purchase, Advice, Levels, Acknowledged, Purchase + Levels];

    public static TransactionSet OnlySet(string text) => X12Reader.Read(text).Interchanges[0].Groups[0].Sets[0];

    public static GroupVerdict Judged(string text) => X12Reader.Read(text).Interchanges[0] is var one ? Acknowledgement.Judge(one.Groups[0], one.Delimiters, set => SetTables.Find(set) is not null) : null!;
}
