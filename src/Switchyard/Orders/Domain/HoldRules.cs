using System.Text.Json;
using Switchyard.Customers;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What one rule says of an order.</summary>
/// <param name="Outcome">holds, passes, notForThisOrder, off, or notTried after a final rule that held.</param>
/// <param name="Score">Of a risk rule: the sum of what was seen.</param>
public sealed record RuleVerdict(HoldRule Rule, string Outcome, IReadOnlyList<NewHold> Holds, int? Score = null, IReadOnlyList<SeenSignal>? Seen = null);

/// <summary>Decides by the rules which holds an order gets. Pure: everything it looks at is in <see cref="OrderFacts"/>.</summary>
public static class HoldRules
{
    private static readonly IReadOnlyList<NewHold> None = [];

    /// <summary>Carries by these methods need no address.</summary>
    public static bool IsCollected(string? method) => method is "pickup" or "collect" or "carry-out";

    /// <summary>The holds of an order, in the order of the rules.</summary>
    public static List<NewHold> Judge(IReadOnlyList<HoldRule> rules, OrderFacts order)
    {
        var holds = new List<NewHold>();
        foreach (var verdict in Try(rules, order)) holds.AddRange(verdict.Holds);
        return holds;
    }

    /// <summary>Every rule's verdict. Rules are expected in the order of their positions.</summary>
    public static IEnumerable<RuleVerdict> Try(IReadOnlyList<HoldRule> rules, OrderFacts order)
    {
        bool isOver = false;
        foreach (var rule in rules)
        {
            var verdict = !rule.IsActive ? new RuleVerdict(rule, "off", None)
                : isOver ? new RuleVerdict(rule, "notTried", None)
                : rule.When?.Hold(order) == false ? new RuleVerdict(rule, "notForThisOrder", None)
                : rule.Kind == RuleKinds.Risk ? Risk(rule, order)
                : Holds(rule, Found(rule, order).ToList(), order);
            isOver |= rule.IsFinal && verdict.Holds.Count > 0;
            yield return verdict;
        }
    }

    /// <summary>What the rule's kind finds, as bare holds: kind, sentence and line.</summary>
    private static IEnumerable<NewHold> Found(HoldRule rule, OrderFacts order) => rule.Kind switch
    {
        RuleKinds.Address => Address(order.Request.ShippingAddress, order.Method, rule.Settings),
        RuleKinds.Method => order.IsMethodKnown || IsCollected(order.Method) ? []
            : [new NewHold(rule.Kind, $"No carrier service is called {order.Method}.") { Subject = order.Method, Says = Saying.Of(Phrase.MethodUnknown, ("method", order.Method ?? "")) }],
        RuleKinds.UnknownSku => order.Lines.Where(l => !l.IsKnown)
            .Select(l => new NewHold(rule.Kind, $"There is no product {l.Sku}.", l.LineNo) { Subject = Text.Key(l.Sku), Says = Saying.Of(Phrase.SkuUnknown, ("sku", l.Sku)) }),
        RuleKinds.PriceOffList => order.Lines.Where(l => IsOffList(l.UnitPriceMinor, l.ListPriceMinor, rule.Settings))
            .Select(l => new NewHold(rule.Kind, $"The price of {l.Sku} is not the list price.", l.LineNo) { Subject = Text.Key(l.Sku), Says = Saying.Of(Phrase.PriceOffList, ("sku", l.Sku)) }),
        RuleKinds.Payment => Payment(order.Request.Payment, order.PaymentRule, order.Now),
        RuleKinds.Duplicate => Duplicate(rule, order),
        RuleKinds.Blacklist => Blacklist(rule, order),
        RuleKinds.Credit => order.History?.OpenCreditMinor is { } open && open < order.TotalMinor
            ? [new NewHold(rule.Kind, "The order is more than the customer may still owe.") { Says = Saying.Of(Phrase.CreditTooLittle) }] : [],
        _ => ByConditions(rule, order),
    };

    private static RuleVerdict Holds(HoldRule rule, List<NewHold> found, OrderFacts order)
    {
        // Of several faults of a whole order one hold is made for each; those of lines are joined when the rule holds the order.
        if (rule.Scope == "order" && found.Count > 1 && found[0].LineNo is not null)
            found = [found[0] with { LineNo = null, Reason = string.Join(' ', found.Take(5).Select(h => h.Reason)), Says = Saying.Join(found.Take(5).Select(h => h.Says)) }];
        return new RuleVerdict(rule, found.Count > 0 ? "holds" : "passes", [.. found.Select(h => Complete(rule, h, order.Now))]);
    }

    private static NewHold Complete(HoldRule rule, NewHold found, DateTimeOffset now) => found with
    {
        Reason = rule.Reason?.Replace("{reason}", found.Reason, StringComparison.Ordinal) ?? found.Reason,
        Says = rule.Reason is null ? found.Says : null,
        LineNo = rule.Scope == "order" ? null : found.LineNo,
        ExpiresAt = found.ExpiresAt ?? (rule.ExpiresAfterMinutes is { } expires ? now.AddMinutes(expires) : null),
        EscalateAt = rule.EscalateAfterMinutes is { } escalate ? now.AddMinutes(escalate) : null,
        Rule = rule.Code,
        Owner = rule.Owner,
        Permission = rule.Permission,
    };

    /// <summary>Doubts about a delivery address: parcels need a street, a town and a country, and a postcode where mail needs one.</summary>
    public static IEnumerable<NewHold> Address(PlaceOrder.Address? address, string? method, HoldSettings? settings)
    {
        if (IsCollected(method)) yield break;
        string country = address?.Country?.Trim().ToUpperInvariant() ?? "";
        bool hasPostcode = !string.IsNullOrWhiteSpace(address?.Postcode), looksAtCode = settings?.IgnorePostcode != true;
        var missing = new List<(string Word, Phrase Says)>();
        if (string.IsNullOrWhiteSpace(address?.Line1)) missing.Add(("street", Phrase.AddressNoStreet));
        if (string.IsNullOrWhiteSpace(address?.City) && !hasPostcode && AddressFormats.NeedsTown(country)) missing.Add(("town or postcode", Phrase.AddressNoTown));
        else if (!hasPostcode && looksAtCode && AddressFormats.NeedsPostcode(country)) missing.Add(("postcode", Phrase.AddressNoPostcode));
        if (country.Length == 0) missing.Add(("country", Phrase.AddressNoCountry));
        if (missing.Count > 0)
            yield return new NewHold(RuleKinds.Address, $"The delivery address has no {string.Join(", no ", missing.Select(m => m.Word))}.") { Says = Saying.Join(missing.Select(m => Saying.Of(m.Says))) };
        if (country.Length > 0 && !AddressFormats.IsCountry(country))
            yield return country.Length == 2 ? new NewHold(RuleKinds.Address, $"There is no country {country}.") { Says = Saying.Of(Phrase.CountryUnknown, ("country", country)) }
                : new NewHold(RuleKinds.Address, "The country is not a two-letter code.") { Says = Saying.Of(Phrase.CountryNoCode) };
        else if (hasPostcode && looksAtCode && !AddressFormats.IsPostcode(country, address!.Postcode!))
            yield return new NewHold(RuleKinds.Address, $"{address.Postcode!.Trim()} is no postcode of {country}.") { Says = Saying.Of(Phrase.PostcodeWrong, ("postcode", address.Postcode!.Trim()), ("country", country)) };
        if (settings?.RefusePostBoxes == true && (AddressFormats.IsPostBox(address?.Line1) || AddressFormats.IsPostBox(address?.Line2)))
            yield return new NewHold(RuleKinds.Address, "The address is a post-office box.") { Says = Saying.Of(Phrase.AddressPostBox) };
    }

    /// <summary>Doubts about payment: pending (with the time at which the stock is given back), failed, or less than the channel asks for.</summary>
    /// <param name="rule">What lets an order of the channel go forward: authorised or paid.</param>
    public static IEnumerable<NewHold> Payment(PlaceOrder.Payment? payment, string rule, DateTimeOffset now)
    {
        // What a channel told too late has sold all the same: a person looks at it, it does not end by itself.
        bool isLate = payment?.ExpiresAt <= now;
        var expires = isLate ? null : payment?.ExpiresAt;
        if (payment?.Status == "authorised" && rule == "paid")
            yield return new NewHold(RuleKinds.Payment, "The payment is authorised and not taken yet.", ExpiresAt: expires) { Says = Saying.Of(Phrase.PaymentNotTaken) };
        if (payment?.Status == "pending")
            yield return new NewHold(RuleKinds.Payment, isLate ? "Payment is pending, and its time was over when the order came." : "Payment is pending.", ExpiresAt: expires)
            { Says = Saying.Of(isLate ? Phrase.PaymentPendingLate : Phrase.PaymentPending) };
        if (payment?.Status == "failed") yield return new NewHold(RuleKinds.Payment, "Payment failed.") { Says = Saying.Of(Phrase.PaymentFailed) };
    }

    /// <summary>Is a unit price further from the list price than is tolerated? Without a list price nothing is.</summary>
    public static bool IsOffList(long priceMinor, long? listMinor, HoldSettings? settings)
    {
        if (listMinor is not { } list || settings?.OnlyBelow == true && priceMinor >= list) return false;
        Int128 difference = Int128.Abs((Int128)priceMinor - list);
        return difference > Int128.Max(settings?.ToleranceMinor ?? 0, (Int128)((settings?.TolerancePercent ?? 0) * list / 100));
    }

    private static IEnumerable<NewHold> Duplicate(HoldRule rule, OrderFacts order)
    {
        var history = order.History;
        if (history?.Twin is not { } twin || order.Now - history.TwinAt > TimeSpan.FromMinutes(rule.Settings?.WithinMinutes ?? 15)) yield break;
        yield return new NewHold(rule.Kind, $"Perhaps ordered twice: order {twin.Number} has the same basket and the same {twin.SameBy}.")
        { Other = twin.Id, Says = Saying.Of(Phrase.Repeat, ("number", twin.Number), ("by", twin.SameBy)) };
    }

    private static IEnumerable<NewHold> Blacklist(HoldRule rule, OrderFacts order)
    {
        if (order.History is { Blocked.Count: > 0 } history) { yield return new NewHold(rule.Kind, $"Blocked: {history.Blocked[0]}") { Says = Saying.Of(Phrase.BlockedFor, ("why", history.Blocked[0])) }; yield break; }
        var (settings, buyer, address) = (rule.Settings, order.Buyer, order.Request.ShippingAddress);
        string? email = buyer.EmailKey ?? buyer.RelayKey;
        if (email is not null && settings?.Emails?.Any(e => e.StartsWith('@') ? email.EndsWith(e.ToLowerInvariant(), StringComparison.Ordinal) : EmailKey.Of(e) == email) == true)
            yield return new NewHold(rule.Kind, "The email address is blocked.") { Says = Saying.Of(Phrase.BlockedEmail) };
        else if (buyer.PhoneKey is { } phone && settings?.Phones?.Any(p => PhoneKey.Of(p, address?.Country) == phone) == true)
            yield return new NewHold(rule.Kind, "The telephone number is blocked.") { Says = Saying.Of(Phrase.BlockedPhone) };
        else if (address?.Postcode is { } code && settings?.Postcodes?.Any(p => AddressFormats.Bare(p) == AddressFormats.Bare(code)) == true)
            yield return new NewHold(rule.Kind, "The postcode is blocked.") { Says = Saying.Of(Phrase.BlockedPostcode) };
    }

    private static IEnumerable<NewHold> ByConditions(HoldRule rule, OrderFacts order)
    {
        var (reason, says) = rule.Kind switch
        {
            RuleKinds.Documents => ("Documents are wanted before this is sent.", Phrase.DocumentsWanted),
            RuleKinds.Customer => ("The customer wishes to wait.", Phrase.CustomerWaits),
            _ => ("A person looks at orders like this.", Phrase.PersonLooks),
        };
        var hold = new NewHold(rule.Kind, reason) { Says = Saying.Of(says) };
        if (rule.When is not { IsAboutLines: true } when || rule.Scope != "line") return [hold];
        return order.Lines.Where(when.HoldsFor).Select(l => hold with { LineNo = l.LineNo });
    }

    private static RuleVerdict Risk(HoldRule rule, OrderFacts order)
    {
        var seen = RiskScore.Of(order, rule.Settings?.Signals ?? []);
        int score = RiskScore.Sum(seen), limit = rule.Settings?.Limit ?? int.MaxValue;
        if (score <= limit) return new RuleVerdict(rule, "passes", None, score, seen);
        var most = seen.OrderByDescending(s => s.Weight).Take(3).ToList();
        string why = string.Join(' ', most.Select(s => s.Says));
        var hold = new NewHold(HoldKinds.Fraud, $"The risk score is {score}, above {limit}. {why}")
        {
            Says = Saying.Join([Saying.Of(Phrase.RiskScore, ("score", score), ("limit", limit)), .. most.Select(s => s.Kept)]),
            Explanation = JsonSerializer.Serialize(new { score, limit, signals = seen }, Json.Options),
        };
        return new RuleVerdict(rule, "holds", [Complete(rule, hold, order.Now)], score, seen);
    }
}
