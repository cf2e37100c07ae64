using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>How the two kinds of rules are kept: a row a rule, the rule as JSON, versions for ETag. A change bumps the catalog's version.</summary>
internal static class RuleRows
{
    public static readonly Error NotFound = Error.NotFound("rules.not_found", "There is no such rule.");

    /// <summary>Whoever sees no prices does not take a condition on them away either.</summary>
    public static readonly Error NeedsPrices = Error.Forbidden(Sourcing.RoutingForm.Amounts, "This rule has conditions on amounts, which only whoever has prices:read may change.");

    public static Error Changed(string code, long version) =>
        new(ErrorKind.Precondition, "rules.changed", $"Rule {code} has been changed meanwhile.", []) { Extra = new Dictionary<string, object?> { ["version"] = version } };

    public static Error? Code(string code) => Text.IsCode(code) ? null
        : Error.Invalid([new FieldError("#code", "field.not_code", "A code has 1 to 64 visible characters and no blanks.")]);

    /// <param name="table">hold_rules or intake_rules.</param>
    /// <param name="isKnown">Is there a rule of the house by this code? Its version is 0.</param>
    /// <remarks>Errors: rules.changed.</remarks>
    public static async Task<Result<long>> Save<T>(Work work, Actor actor, DateTimeOffset now, string table, string code, T rule, long? expected, bool isKnown)
    {
        var stored = (await work.Query($"select version, rule from {table} where merchant_id = @merchant and code = @code for update",
            row => (Version: row.Long(), Json: row.Text()), ("code", code))).Select(r => ((long, string)?)r).FirstOrDefault();
        long version = stored?.Item1 ?? 0;
        if (expected is { } seen && seen != version) return Changed(code, version);
        string json = JsonSerializer.Serialize(rule, Json.Options);
        if (stored?.Item2 == json) return version;
        await work.Execute(
            $"""
            insert into {table} (merchant_id, code, rule, updated_at_ms) values (@merchant, @code, @rule, @now)
                on conflict (merchant_id, code) do update set rule = @rule, updated_at_ms = @now, version = {table}.version + 1
            """, ("code", code), ("rule", json), ("now", now.ToUnixTimeMilliseconds()));
        await EventLog.Append(work, actor, now, new Happening(Kind(table), code, stored is null && !isKnown ? "RuleCreated" : "RuleChanged", new { code, version = version + 1 }));
        await CatalogVersion.Bump(work);
        return version + 1;
    }

    /// <remarks>Errors: rules.not_found, rules.changed.</remarks>
    public static async Task<Result<Done>> Remove(Work work, Actor actor, DateTimeOffset now, string table, string code, long? expected)
    {
        long version = await work.Scalar($"select version from {table} where merchant_id = @merchant and code = @code for update", ("code", code));
        if (version == 0) return NotFound;
        if (expected is { } seen && seen != version) return Changed(code, version);
        await work.Execute($"delete from {table} where merchant_id = @merchant and code = @code", ("code", code));
        await EventLog.Append(work, actor, now, new Happening(Kind(table), code, "RuleRemoved", new { code }));
        await CatalogVersion.Bump(work);
        return new Done();
    }

    private static string Kind(string table) => table == "hold_rules" ? "holdRule" : "intakeRule";
}
