using System.Text;

namespace Switchyard.Customers;

/// <summary>Telephone numbers as they are compared: like E.164, the country's code and digits.</summary>
/// <remarks>
/// A key for finding and blocking, not a check of the number: numbering plans change, and what the customer wrote is kept beside it.
/// Calling codes: datasets/country-codes (public domain). National prefixes: ITU-T, "Dialling procedures" (list of national prefixes).
/// </remarks>
public static class PhoneKey
{
    private const string Codes =
        "1:AG,AI,AS,BB,BM,BS,CA,DM,DO,GD,GU,JM,KN,KY,LC,MP,MS,PR,SX,TC,TT,US,VC,VG,VI 7:KZ,RU 20:EG 27:ZA 30:GR 31:NL 32:BE 33:FR 34:ES " +
        "36:HU 39:IT,VA 40:RO 41:CH 43:AT 44:GB,GG,IM,JE 45:DK 46:SE 47:BV,NO,SJ 48:PL 49:DE 51:PE 52:MX 53:CU 54:AR 55:BR 56:CL 57:CO 58:VE " +
        "60:MY 61:AU,CC,CX 62:ID 63:PH 64:NZ 65:SG 66:TH 81:JP 82:KR 84:VN 86:CN 90:TR 91:IN 92:PK 93:AF 94:LK 95:MM 98:IR 211:SS 212:EH,MA " +
        "213:DZ 216:TN 218:LY 220:GM 221:SN 222:MR 223:ML 224:GN 225:CI 226:BF 227:NE 228:TG 229:BJ 230:MU 231:LR 232:SL 233:GH 234:NG 235:TD " +
        "236:CF 237:CM 238:CV 239:ST 240:GQ 241:GA 242:CG 243:CD 244:AO 245:GW 246:IO 248:SC 249:SD 250:RW 251:ET 252:SO 253:DJ 254:KE 255:TZ " +
        "256:UG 257:BI 258:MZ 260:ZM 261:MG 262:RE,TF,YT 263:ZW 264:NA 265:MW 266:LS 267:BW 268:SZ 269:KM 290:SH 291:ER 297:AW 298:FO 299:GL " +
        "350:GI 351:PT 352:LU 353:IE 354:IS 355:AL 356:MT 357:CY 358:AX,FI 359:BG 370:LT 371:LV 372:EE 373:MD 374:AM 375:BY 376:AD 377:MC " +
        "378:SM 380:UA 381:RS 382:ME 383:XK 385:HR 386:SI 387:BA 389:MK 420:CZ 421:SK 423:LI 500:FK,GS 501:BZ 502:GT 503:SV 504:HN 505:NI " +
        "506:CR 507:PA 508:PM 509:HT 590:BL,GP,MF 591:BO 592:GY 593:EC 594:GF 595:PY 596:MQ 597:SR 598:UY 599:BQ,CW 670:TL 672:AQ,HM,NF " +
        "673:BN 674:NR 675:PG 676:TO 677:SB 678:VU 679:FJ 680:PW 681:WF 682:CK 683:NU 685:WS 686:KI 687:NC 688:TV 689:PF 690:TK 691:FM 692:MH " +
        "850:KP 852:HK 853:MO 855:KH 856:LA 870:PN 880:BD 886:TW 960:MV 961:LB 962:JO 963:SY 964:IQ 965:KW 966:SA 967:YE 968:OM 970:PS 971:AE " +
        "972:IL 973:BH 974:QA 975:BT 976:MN 977:NP 992:TJ 993:TM 994:AZ 995:GE 996:KG 998:UZ";

    private static readonly Dictionary<string, string> CodeOf = Codes.Split(' ').Select(c => c.Split(':'))
        .SelectMany(c => c[1].Split(',').Select(country => (country, code: c[0]))).ToDictionary(c => c.country, c => c.code, StringComparer.Ordinal);

    // What is dialled before a number inside the country and is no part of it; elsewhere 0. In these countries a 0 belongs to the number.
    private static readonly HashSet<string> KeepsZero = ["IT", "VA", "SM", "CI", "CG", "GA", "BJ"];
    private static readonly Dictionary<string, string> Prefixes = new() { ["RU"] = "8", ["KZ"] = "8", ["TM"] = "8", ["BY"] = "8", ["HU"] = "06", ["MX"] = "01" };

    /// <summary>What is dialled before a number of that country, without +; null for a country nobody knows.</summary>
    public static string? CallingCode(string country) => CodeOf.GetValueOrDefault(country.Trim().ToUpperInvariant());

    /// <summary>The key of a number as somebody in that country writes it: <c>+</c> and 7 to 15 digits.</summary>
    /// <param name="country">Two letters: that of the address the number came with. Unknown: only numbers with a country's code get a +.</param>
    /// <returns>Null when there are too few or too many digits to be a number. Extensions ("ext. 12", "x12", "#12") do not count.</returns>
    public static string? Of(string? phone, string? country)
    {
        if (phone is null || !Kernel.Text.IsStorable(phone)) return null;
        string text = phone.Normalize(NormalizationForm.FormKC);
        int first = text.AsSpan().IndexOfAny("+0123456789");
        if (first < 0) return null;
        text = text[first..];
        int extension = text.AsSpan().IndexOfAny("xX#;eE");
        if (extension > 0) text = text[..extension];
        bool isInternational = text.StartsWith('+');
        if (isInternational) text = text.Replace("(0)", "", StringComparison.Ordinal);
        string digits = string.Concat(text.Where(char.IsAsciiDigit));
        string land = country?.Trim().ToUpperInvariant() ?? "";
        string code = CodeOf.GetValueOrDefault(land, "");
        if (!isInternational && digits.StartsWith(code == "1" ? "011" : "00", StringComparison.Ordinal))
            (isInternational, digits) = (true, digits[(code == "1" ? 3 : 2)..]);
        if (!isInternational && code.Length > 0) (isInternational, digits) = (true, code + National(digits, land, code));
        return digits.Length is >= 7 and <= 15 ? (isInternational ? "+" : "") + digits : null;
    }

    private static string National(string digits, string country, string code)
    {
        if (KeepsZero.Contains(country)) return digits;
        if (code == "1") return digits.Length == 11 && digits[0] == '1' ? digits[1..] : digits;
        string prefix = Prefixes.GetValueOrDefault(country, "0");
        return digits.StartsWith(prefix, StringComparison.Ordinal) && digits.Length > prefix.Length + 5 ? digits[prefix.Length..] : digits;
    }
}
