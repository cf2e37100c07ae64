namespace Switchyard.Documents;

/// <summary>Code 128: texts of ASCII characters, in the fewest symbols the three code sets allow.</summary>
/// <remarks>Source: ISO/IEC 15417. A function character 1 is written as <see cref="Fnc1"/> in the text.</remarks>
public static class Code128
{
    /// <summary>Stands for function 1 in a text: at the beginning it says GS1-128, later it ends a field.</summary>
    public const char Fnc1 = '\u00F1';

    private const int ShiftCode = 98, Fnc1Code = 102, StartA = 103, Stop = 106, MostCharacters = 120;
    private static readonly int[] ToSet = [101, 100, 99];

    // Widths of bars and spaces of the symbols 0 to 106, as the standard's table gives them.
    private const string Widths =
        "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221223211221132221231213212223112312131" +
        "311222321122321221312212322112322211212123212321232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121" +
        "313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114" +
        "122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113" +
        "1143114111134113111131411141313111414111312114122112142112322331112";

    /// <summary>The modules of a text; null when it is empty, longer than 120 characters or not ASCII.</summary>
    public static Symbol? Draw(string text, string? reading = null)
    {
        if (text.Length is 0 or > MostCharacters || text.Any(c => c > 127 && c != Fnc1)) return null;
        var codes = Encode(text);
        long sum = codes[0];
        for (int i = 1; i < codes.Count; i++) sum += (long)i * codes[i];
        codes.Add((int)(sum % 103));
        codes.Add(Stop);
        var modules = new List<bool>();
        foreach (int code in codes)
        {
            string widths = code == Stop ? Widths[(6 * code)..] : Widths.Substring(6 * code, 6);
            for (int i = 0; i < widths.Length; i++) modules.AddRange(Enumerable.Repeat(i % 2 == 0, widths[i] - '0'));
        }
        return new Symbol([[.. modules]], 10, reading ?? text);
    }

    /// <summary>
    /// The start and the symbols of a text, without check and stop. Worked out from the end: the fewest symbols from each place in each
    /// code set, with a change of set or a shift where that is shorter.
    /// </summary>
    internal static List<int> Encode(string text)
    {
        int n = text.Length;
        var cost = new int[n + 1, 3];
        var step = new (int Next, int Length, bool IsShift)[n + 1, 3];
        for (int at = n - 1; at >= 0; at--)
        {
            var own = new (int Cost, int Length, bool IsShift)[3];
            for (int set = 0; set < 3; set++) own[set] = InSet(text, at, set, cost);
            for (int set = 0; set < 3; set++)
            {
                int best = set;
                for (int other = 0; other < 3; other++)
                    if (own[other].Cost + (other == set ? 0 : 1) < own[best].Cost + (best == set ? 0 : 1)) best = other;
                cost[at, set] = own[best].Cost + (best == set ? 0 : 1);
                step[at, set] = (best, own[best].Length, own[best].IsShift);
            }
        }
        // Among sets as short as each other the one is taken that begins without a change.
        int start = Enumerable.Range(0, 3).OrderBy(s => cost[0, s]).ThenByDescending(s => s).First();
        var codes = new List<int> { StartA + start };
        for (int at = 0, set = start; at < n;)
        {
            var (next, length, isShift) = step[at, set];
            if (next != set) codes.Add(ToSet[next]);
            set = next;
            if (isShift) codes.Add(ShiftCode);
            codes.Add(Code(text, at, isShift ? 1 - set : set));
            at += length;
        }
        return codes;
    }

    private static (int Cost, int Length, bool IsShift) InSet(string text, int at, int set, int[,] cost)
    {
        const int Never = 1_000_000;
        char c = text[at];
        if (c == Fnc1) return (1 + cost[at + 1, set], 1, false);
        if (set == 2)
            return at + 1 < text.Length && char.IsAsciiDigit(c) && char.IsAsciiDigit(text[at + 1]) ? (1 + cost[at + 2, 2], 2, false) : (Never, 1, false);
        return Has(set, c) ? (1 + cost[at + 1, set], 1, false) : (2 + cost[at + 1, set], 1, true);
    }

    // Set A has control characters and capitals, set B capitals and small letters.
    private static bool Has(int set, char c) => set == 0 ? c < 96 : c >= 32;

    private static int Code(string text, int at, int set) => text[at] == Fnc1 ? Fnc1Code
        : set == 2 ? (text[at] - '0') * 10 + text[at + 1] - '0'
        : text[at] < 32 ? text[at] + 64 : text[at] - 32;
}
