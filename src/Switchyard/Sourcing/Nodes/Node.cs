using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

public sealed record Address(string? Name = null, string? Line1 = null, string? Line2 = null, string? City = null, string? Region = null);

/// <summary>Degrees, at most 6 decimals are kept (11 centimetres).</summary>
public sealed record Position(decimal Latitude, decimal Longitude);

/// <summary>Times of day in the node's time zone, <c>HH:mm</c>; an end of 00:00 is midnight at the end of the day.</summary>
public sealed record OpenTime(string? From = null, string? To = null);

/// <summary>Customers may collect there.</summary>
/// <param name="Offered">False: not any more.</param>
/// <param name="ReadyMinutes">Minutes of opening hours until an order is ready.</param>
/// <param name="RadiusKm">Offered to customers so near; null: to all.</param>
public sealed record NodeCollect(bool Offered = true, int ReadyMinutes = 120, int? RadiusKm = null);

/// <summary>It delivers on the day, around itself, by the method and service <c>same-day</c>.</summary>
/// <param name="Offered">False: not any more.</param>
/// <param name="RadiusKm">As the crow flies, from the node's position or postcode.</param>
/// <param name="CutOff">Orders until then, by the node's clock, arrive the same day.</param>
/// <param name="CostMinor">Of a delivery, minor units of the merchant's currency.</param>
public sealed record NodeSameDay(bool Offered = true, int RadiusKm = 0, string? CutOff = null, long CostMinor = 0, long MaxWeightGrams = 30_000);

/// <summary>A place with stock, as a caller writes it and as it is stored.</summary>
public sealed record NodeBody(
    string? Code = null, string? Name = null,
    [Words("warehouse", "store", "3pl", "supplier")] string? Kind = null, Address? Address = null, string? Country = null, string? Postcode = null,
    Position? Position = null, string? TimeZone = null, IReadOnlyDictionary<string, IReadOnlyList<OpenTime?>?>? OpeningHours = null,
    IReadOnlyDictionary<string, string?>? CutOffs = null, IReadOnlyList<string?>? Services = null, long PickFixedMinor = 0,
    long HandlingMinor = 0, int LeadDays = 0, bool IsActive = true, IReadOnlyList<string?>? Merchants = null)
{
    /// <summary>Days (<c>2026-12-25</c>) on which nobody works there although the opening hours say so.</summary>
    public IReadOnlyList<string?>? ClosedDays { get; init; }

    /// <summary>Names under which routing strategies know several nodes, such as cold or north.</summary>
    public IReadOnlyList<string?>? Groups { get; init; }

    /// <summary>What you want to say of it in your own words; strategies ask for it as <c>attr.name</c>.</summary>
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }

    /// <summary>May customers collect there? Left out, it stays as it is.</summary>
    public NodeCollect? Collect { get; init; }

    /// <summary>Does it deliver on the day? Left out, it stays as it is.</summary>
    public NodeSameDay? SameDay { get; init; }

    /// <summary>How far its stock is believed when no stock feed has come for so many hours; none: always.</summary>
    public IReadOnlyList<FeedStep?>? FeedSteps { get; init; }

    /// <summary>Does what lies there count for orders from channels? Left out: as it was, at first yes.</summary>
    public bool? SellsOnline { get; init; }

    /// <summary>The same with every left-out part filled in and lists in one order, so that equal nodes are equal texts.</summary>
    public NodeBody Tidied() => this with
    {
        Address = Address ?? new Address(),
        Country = Country?.ToUpperInvariant(),
        TimeZone = TimeZone ?? "UTC",
        OpeningHours = new SortedDictionary<string, IReadOnlyList<OpenTime?>?>((OpeningHours ?? new Dictionary<string, IReadOnlyList<OpenTime?>?>()).ToDictionary(), StringComparer.Ordinal),
        CutOffs = new SortedDictionary<string, string?>((CutOffs ?? new Dictionary<string, string?>()).ToDictionary(), StringComparer.Ordinal),
        Services = [.. (Services ?? []).Distinct().Order(StringComparer.Ordinal)],
        Position = Position is null ? null : new Position(Math.Round(Position.Latitude, 6) + 0.000000m, Math.Round(Position.Longitude, 6) + 0.000000m),
        ClosedDays = [.. (ClosedDays ?? []).Distinct().Order(StringComparer.Ordinal)],
        Groups = [.. (Groups ?? []).Distinct().Order(StringComparer.Ordinal)],
        Attributes = new SortedDictionary<string, string?>((Attributes ?? new Dictionary<string, string?>()).ToDictionary(), StringComparer.Ordinal),
        Collect = Collect is { Offered: true } ? Collect : null,
        SameDay = SameDay is { Offered: true } ? SameDay : null,
        FeedSteps = [.. (FeedSteps ?? []).OfType<FeedStep>().OrderBy(s => s.AfterHours)],
        SellsOnline = SellsOnline ?? true,
        Merchants = null,
    };

    public bool IsSameAs(NodeBody other) => JsonSerializer.Serialize(Tidied()) == JsonSerializer.Serialize(other.Tidied());
}

public static class NodeErrors
{
    public static Error NoSuchNode(string code) => Error.NotFound("nodes.no_such_node", $"There is no node {code}.");
    public static Error NoSuchZone(string code) => Error.NotFound("zones.no_such_zone", $"There is no zone {code}.");
    public static Error CodeTaken(string code) => Error.Conflict("nodes.code_taken", $"The code {code} is taken.",
        new FieldError("/code", "nodes.code_taken", "Choose another code."));
    public static readonly Error OnlyYourNodes = Error.Forbidden("nodes.only_your_nodes", "You work for certain nodes only and cannot change what goes beyond them.");
    public static readonly Error MerchantsForbidden = Error.Forbidden("nodes.merchants_forbidden", "Only whoever manages access may let a node serve other merchants.");
    public static readonly Error AreaTakenMeanwhile = Error.Conflict("zones.taken_meanwhile", "Another request gave one of these areas to another zone. Try again.");
    public static Error AreaTaken(string pointer, string country, string prefix, string zone) => Error.Conflict("zones.area_taken",
        $"{country} {prefix} belongs to zone {zone}.", new FieldError(pointer, "zones.area_taken", $"{country} {prefix} belongs to zone {zone}."));
}

/// <summary>Checks a node as a caller wrote it.</summary>
public static partial class NodeChecks
{
    public const int MostLeadDays = 365, MostClosedDays = 1_000, MostFeedHours = 24 * 365;
    private const int MostEntries = 50, MostReadyMinutes = 60 * 24 * 30, MostKm = 21_000;
    private static readonly string[] Kinds = ["warehouse", "store", "3pl", "supplier"];
    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static Checks Check(NodeBody node)
    {
        var checks = new Checks();
        Code(checks, node.Code, "/code");
        checks.Text(node.Name, "/name", 200, required: true);
        checks.That(Kinds.Contains(node.Kind), "/kind", "field.not_one_of", "A node is a warehouse, store, 3pl or supplier.");
        checks.Text(node.Address?.Name, "/address/name", 200);
        checks.Text(node.Address?.Line1, "/address/line1", 200);
        checks.Text(node.Address?.Line2, "/address/line2", 200);
        checks.Text(node.Address?.City, "/address/city", 200);
        checks.Text(node.Address?.Region, "/address/region", 200);
        if (node.Country is not null) Country(checks, node.Country, "/country");
        checks.Text(node.Postcode, "/postcode", 20);
        if (node.Position is { } at)
        {
            checks.That(at.Latitude is >= -90 and <= 90, "/position/latitude", "field.out_of_range", "A latitude is from -90 to 90.");
            checks.That(at.Longitude is >= -180 and <= 180, "/position/longitude", "field.out_of_range", "A longitude is from -180 to 180.");
        }
        checks.That(node.TimeZone is null || IsTimeZone(node.TimeZone), "/timeZone", "field.unknown_time_zone",
            "A time zone of the tz database is expected, such as Europe/London.");
        checks.Amount(node.PickFixedMinor, "/pickFixedMinor");
        checks.Amount(node.HandlingMinor, "/handlingMinor");
        checks.Range(node.LeadDays, 0, MostLeadDays, "/leadDays");
        OpeningHours(checks, node);
        CutOffs(checks, node);
        ClosedDays(checks, node);
        if (node.Collect is { } collect)
        {
            checks.Range(collect.ReadyMinutes, 0, MostReadyMinutes, "/collect/readyMinutes");
            if (collect.RadiusKm is { } reach) checks.Range(reach, 1, MostKm, "/collect/radiusKm");
        }
        if (node.SameDay is { Offered: true } sameDay)
        {
            checks.Range(sameDay.RadiusKm, 1, MostKm, "/sameDay/radiusKm");
            checks.That(IsTime(sameDay.CutOff), "/sameDay/cutOff", "field.not_time", "A cut-off is a time of day as HH:mm.");
            checks.Amount(sameDay.CostMinor, "/sameDay/costMinor");
            checks.Range(sameDay.MaxWeightGrams, 1, Catalog.ProductChecks.MostGrams, "/sameDay/maxWeightGrams");
        }
        Most(checks, node.Services?.Count ?? 0, "/services");
        foreach (var (i, service) in (node.Services ?? []).Take(MostEntries).Index()) Code(checks, service, $"/services/{i}");
        Most(checks, node.Groups?.Count ?? 0, "/groups");
        foreach (var (i, group) in (node.Groups ?? []).Take(MostEntries).Index()) Code(checks, group, $"/groups/{i}");
        Most(checks, node.Attributes?.Count ?? 0, "/attributes");
        foreach (var (name, value) in (node.Attributes ?? new Dictionary<string, string?>()).Take(MostEntries))
        {
            checks.That(AttributeName().IsMatch(name), "/attributes", "field.not_code", "The name of an attribute has letters, digits and _, and begins with a letter.");
            checks.Text(value, "/attributes/" + name, 200, required: true);
        }
        Most(checks, node.FeedSteps?.Count ?? 0, "/feedSteps");
        foreach (var (i, step) in (node.FeedSteps ?? []).Take(MostEntries).Index())
        {
            checks.Range(step?.AfterHours ?? 0, 1, MostFeedHours, $"/feedSteps/{i}/afterHours");
            checks.Range(step?.TrustPercent ?? -1, 0, 100, $"/feedSteps/{i}/trustPercent");
            checks.That(i == 0 || node.FeedSteps![i - 1]?.AfterHours < step?.AfterHours && node.FeedSteps[i - 1]!.TrustPercent > step.TrustPercent, $"/feedSteps/{i}",
                "nodes.feed_steps", "Each step comes later than the one before and trusts less.");
        }
        return checks;
    }

    public static void Code(Checks checks, string? code, string pointer) => checks.That(code is not null && Text.IsCode(code)
        && code.All(c => char.IsAscii(c) && c != '/'), pointer, "field.not_code", "A code has 1 to 64 visible ASCII characters, no blanks and no slash.");

    /// <summary>In capital or small letters; whoever takes it in keeps capitals.</summary>
    public static void Country(Checks checks, string? code, string pointer) =>
        checks.That(code is { Length: 2 } && code.All(char.IsAsciiLetter), pointer, "field.unknown_country",
            "A country of ISO 3166 in two letters is expected, such as GB.");

    public static bool IsTime(string? text) =>
        text is not null && TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    public static bool IsTimeZone(string id) => ZoneId().IsMatch(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId;

    private static void OpeningHours(Checks checks, NodeBody node)
    {
        foreach (var (day, times) in node.OpeningHours ?? new Dictionary<string, IReadOnlyList<OpenTime?>?>())
        {
            if (!Days.Contains(day)) { checks.Fault("/openingHours", "field.not_one_of", "Opening hours are by monday to sunday."); continue; }
            Most(checks, times?.Count ?? 0, $"/openingHours/{day}");
            foreach (var (i, time) in (times ?? []).Take(MostEntries).Index())
            {
                bool isTime = time is not null && IsTime(time.From) && IsTime(time.To);
                checks.That(isTime && (time!.To == "00:00" || string.CompareOrdinal(time.From, time.To) < 0), $"/openingHours/{day}/{i}",
                    "field.not_time", "Opening hours have from and to as HH:mm, from before to.");
            }
        }
    }

    private static void CutOffs(Checks checks, NodeBody node)
    {
        Most(checks, node.CutOffs?.Count ?? 0, "/cutOffs");
        foreach (var (service, time) in (node.CutOffs ?? new Dictionary<string, string?>()).Take(MostEntries))
        {
            if (!Text.IsCode(service)) { checks.Fault("/cutOffs", "field.not_code", "Cut-offs are by the code of a service, or * for every other."); continue; }
            checks.That(IsTime(time), "/cutOffs/" + service, "field.not_time", "A cut-off is a time of day as HH:mm.");
        }
    }

    private static void ClosedDays(Checks checks, NodeBody node)
    {
        int count = node.ClosedDays?.Count ?? 0;
        checks.That(count <= MostClosedDays, "/closedDays", "field.too_many", $"At most {MostClosedDays} are taken here; these are {count}.");
        foreach (var (i, day) in (node.ClosedDays ?? []).Take(MostClosedDays).Index())
            checks.That(day is not null && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), $"/closedDays/{i}",
                "field.not_day", "A day is written like 2026-12-25.");
    }

    private static void Most(Checks checks, int count, string pointer) =>
        checks.That(count <= MostEntries, pointer, "field.too_many", $"At most {MostEntries} are taken here; these are {count}.");

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]{0,63}\z")]
    private static partial Regex AttributeName();

    [GeneratedRegex(@"^[A-Za-z0-9_+\-/]{1,64}\z")]
    private static partial Regex ZoneId();
}
