namespace Switchyard.Orders;

/// <summary>How postcodes are written in each country, as facts: one line for each form, with the countries that use it.</summary>
/// <remarks>
/// In a form <c>#</c> is a digit, <c>@</c> a letter, <c>*</c> either, anything else itself; blanks and hyphens do not count; <c>|</c> parts several
/// forms; <c>~</c> no postcodes. After a country <c>!</c> says that mail needs the postcode, <c>-</c> that it needs no town.
/// Compiled for this project from the facts of libaddressinput's country data (Google, CC BY 4.0; see NOTICE), checked against its examples;
/// Britain is checked more strictly in <see cref="AddressFormats"/>.
/// </remarks>
internal static class AddressFormatTable
{
    public const string Lines =
        """
        ~ AE AG- AO AQ AW BF BI BJ BO BQ BS BV BW BZ CD CF CG CI CM CU CW DJ DM ER FJ GA GD GH GM GQ GY HK- IE JM KI KM KN KP LC LY ML MO-
            MR MS MW NA NR- NU PA PS QA RW SB SC SD SL SR SS ST SX SY TD TF TG TK TL TO TT TV UG UM VU WS YE ZW
        ##### BA BT CZ DE! DO DZ EE EG EH ES! FI! FR! GR! GT HN HR ID IQ IT! JO KE KH KW LA LK LT MA MM MN MV MX! MY! NI NP PK PL! SA SE!
            SK SN SO TH TR! UA UY XK ZM
        #### AF AL AT! AU! AZ BD BE! BG CH! CK CV CY DK! ET GE GW HM HT HU LR LU! MD MK MZ NE NO! NZ! PH PY SI SJ! TN TZ VE ZA!
        ###### BY CN! CO IN! KG KR! KZ NG RO RU! SG!- TJ TM UZ VN
        ### FO GN IS LS MG PG
        ####### CL JP! PT!
        969##|969###### GU! MH! PW!
        97###|98### BL! GP! MF!
        ######## BR!
        ########## IR
        #####|###### RS
        #####|####### IL
        #####|######### US!
        #####|LIMA##|CALLAO#|CALLAO## PE
        ####@@ NL!
        ####|######## LB
        ####|#####|####### CR
        ####|37#### AM
        ####|@####@@@ AR
        ###@@### MU
        ###|#### BH
        ###|#####|###### TW!
        ###|PC### OM
        00###|00####### PR!
        00120 VA
        008##|008###### VI!
        22### AX!
        2640 AI
        2899 NF
        39## GL!
        4789# SM!-
        6798 CX
        6799 CC
        8#### ME
        94## LI!
        96799 AS!
        9694#|9694##### FM
        9695#|9695##### MP!
        972##|982## MQ!
        973##|983## GF!
        974##|984## RE!
        975##|985## PM!
        976## YT!
        980## MC
        986## WF!
        987## PF!
        988## NC!
        @### SZ
        @####@|@@######|###### EC
        @#@#@# CA!
        @@#### BN
        @@** BM
        @@@##|@@@###|@@@#### MT
        AD### AD-
        ASCN1ZZ AC
        ASCN1ZZ|STHL1ZZ SH!
        BB##### BB
        BBND1ZZ IO!
        CP#### SV
        FIQQ1ZZ FK!
        GX111AA GI-
        KY##### KY-
        LV#### LV
        PCRN1ZZ PN!
        SIQQ1ZZ GS!
        TDCU1ZZ TA
        TKCA1ZZ TC!
        VC#### VC
        VG#### VG-
        """;
}
