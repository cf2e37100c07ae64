using System.Globalization;
using System.Text.RegularExpressions;
using Switchyard.Catalog;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>
/// A carrier's sheet of services: one row a service, zone and weight, with <c>service_code</c>, <c>zone_label</c>, <c>country_codes</c>,
/// <c>max_weight</c> in kilograms, <c>rate</c> in major units, <c>currency</c> and <c>transit_days</c> such as 3-5. Pure.
/// </summary>
internal static partial class RateSheet
{
    public const int MostRows = 20_000;
    private const string Service = "service_code", Zone = "zone_label", Countries = "country_codes", Weight = "max_weight", Rate = "rate", Money = "currency", Days = "transit_days",
        Method = "method", Postcodes = "postcode_prefixes";

    public static readonly IReadOnlyList<string> Required = [Service, Zone, Rate, Money];
    public static readonly IReadOnlyList<string> Columns = [Service, Zone, Countries, Postcodes, Weight, Rate, Money, Days, Method];

    /// <summary>The name of a zone holds no tab, line break or other control character.</summary>
    internal static void CheckZone(Checks checks, string? zone, string pointer) =>
        checks.That(zone is null || !zone.Any(char.IsControl), pointer, "field.not_text", "The name of a zone may hold only visible characters.");

    /// <summary>A card out of a sheet's rows.</summary>
    /// <param name="rows">Cells by column, with the line each begins on.</param>
    /// <param name="unpriced">Rows whose rate is empty or 0: the carrier has published none. They are left out.</param>
    /// <param name="daysUnknown">Days where a row says none.</param>
    /// <remarks>Faults point at <c>#line7/rate</c>.</remarks>
    public static RateCard? Read(string name, string carrier, IEnumerable<(long Line, IReadOnlyDictionary<string, string> Cells)> rows, int daysUnknown, Checks checks, out int unpriced)
    {
        var (areas, rates, currency) = (new HashSet<CardArea>(), new Dictionary<(string, string, long), CardRate>(), (string?)null);
        unpriced = 0;
        foreach (var (line, cells) in rows)
        {
            string at = $"#line{Text.Invariant(line)}/";
            string Cell(string column) => cells.GetValueOrDefault(column, "").Trim();
            if (Cell(Rate) is "" || decimal.TryParse(Cell(Rate), CultureInfo.InvariantCulture, out decimal none) && none == 0) { unpriced++; continue; }
            string? money = Currency.TryParse(Cell(Money).ToUpperInvariant(), out var known) ? known.Code : null;
            checks.That(money is not null, at + Money, "field.unknown_currency", $"{Short(Cell(Money))} is no currency that is known.");
            checks.That(currency is null || money is null || money == currency, at + Money, "rate_cards.several_currencies", $"A card has one currency; the rows above are in {currency}.");
            currency ??= money;
            var (service, zone) = (Code(Cell(Service)), Cell(Zone));
            checks.That(service.Length > 0, at + Service, "field.required", "The service has no code.");
            checks.Text(zone, at + Zone, 100, required: true);
            CheckZone(checks, zone, at + Zone);
            long? price = money is null ? 0 : Minor(Cell(Rate), known), grams = Cell(Weight) is "" ? ProductChecks.MostGrams : Grams(Cell(Weight));
            int? days = Cell(Days) is "" ? daysUnknown : LastOf(Cell(Days));
            checks.That(price is not null, at + Rate, "field.not_number", $"{Short(Cell(Rate))} is no price such as 12.50.");
            checks.That(grams is not null, at + Weight, "field.not_number", $"{Short(Cell(Weight))} is no weight in kilograms such as 2.5.");
            checks.That(days is not null, at + Days, "field.not_whole", $"{Short(Cell(Days))} are no days such as 2 or 3-5.");
            string[] countries = [.. Cell(Countries).Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Select(c => c.ToUpperInvariant()).Distinct()];
            foreach (string country in countries) NodeChecks.Country(checks, country, at + Countries);
            string[] prefixes = [.. Cell(Postcodes).Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
            checks.That(prefixes.Length == 0 || countries.Length > 0, at + Postcodes, "field.required", "Postcodes need their country.");
            if (checks.AnyFault) continue;
            areas.UnionWith(countries.Length == 0 ? [new CardArea(zone)]
                : countries.SelectMany(c => prefixes.Length == 0 ? [new CardArea(zone, c)] : prefixes.Select(p => new CardArea(zone, c, Areas.Prefix(c, p)))));
            var rate = new CardRate(zone, service, Code(Cell(Method)) is { Length: > 0 } method ? method : "standard", grams!.Value, price!.Value, days!.Value);
            if (!rates.TryAdd((zone, service, rate.UpToGrams), rate))
                checks.Fault(at + Service, "field.repeated", $"{service} to {zone} up to that weight stands twice.");
        }
        checks.That(rates.Count > 0, "", "rate_cards.no_rates", unpriced > 0 ? "No row has a rate above 0." : "The sheet has no rows.");
        return checks.AnyFault ? null : new RateCard(name, carrier, currency!, [.. areas], [.. rates.Values]);
    }

    /// <summary>The rows that would be read as this card.</summary>
    public static IEnumerable<string[]> Write(RateCard card)
    {
        yield return [.. Columns];
        var money = Currency.Parse(card.Currency);
        var areas = card.Areas.ToLookup(a => a.Zone);
        foreach (var rate in card.Rates)
            foreach (var area in areas[rate.Zone].GroupBy(a => a.PostcodePrefix.Length == 0 ? "" : a.Country!))
                yield return [rate.Service, rate.Zone, string.Join(',', area.Select(a => a.Country).OfType<string>().Distinct()), string.Join(',', area.Select(a => a.PostcodePrefix).Where(p => p.Length > 0)),
                    (rate.UpToGrams / 1000m).ToString(CultureInfo.InvariantCulture), (rate.PriceMinor / (decimal)money.MinorPerMajor).ToString(CultureInfo.InvariantCulture), card.Currency,
                    Text.Invariant(rate.TransitDays), rate.Method];
    }

    // Codes have no blanks here: "bpack 24h Pro" becomes bpack-24h-pro as it would in an address.
    private static string Code(string text) => Odd().Replace(text, "-").Trim('-') is var code && code.Length > 64 ? code[..64] : code;

    private static long? Minor(string text, Currency money) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal major) && major * money.MinorPerMajor is var minor
            && minor == decimal.Truncate(minor) && minor <= Kernel.Money.MaxMinor ? (long)minor : null;

    private static long? Grams(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal kilograms) && kilograms * 1000 is var grams
            && grams is >= 1 and <= ProductChecks.MostGrams ? (long)grams : null;

    // 3-5 is promised as 5.
    private static int? LastOf(string text) => DaysText().Match(text) is { Success: true } match
        && int.TryParse(match.Groups[2].Success ? match.Groups[2].Value : match.Groups[1].Value, out int days) && days <= WriteLanes.MostTransitDays ? days : null;

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    [GeneratedRegex(@"[^A-Za-z0-9._+]+")]
    private static partial Regex Odd();

    [GeneratedRegex(@"^([0-9]{1,3})(?:\s*-\s*([0-9]{1,3}))?\z")]
    private static partial Regex DaysText();
}
