using System.Globalization;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Erp;

/// <summary>Compares what was posted of a day with what the ERP has of it: count and money by kind of record, and each difference.</summary>
public static class ReconcileErp
{
    private const int MostPages = 40, MostListed = 500;

    public sealed record Response(string Object, string Day, bool IsEqual, IReadOnlyList<Sum> Sums, IReadOnlyList<Difference> Differences, bool HasMore);

    /// <param name="Currency">Null: records that have no amount.</param>
    public sealed record Sum(string RecordType, string? Currency, long OurCount, long TheirCount, long OurMinor, long TheirMinor);

    /// <param name="Kind">onlyHere: posted, and not there; onlyThere: there under our name, and never posted; different: another amount; unposted: still to be posted, or
    /// parked.</param>
    public sealed record Difference([property: Words("onlyHere", "onlyThere", "different", "unposted")] string Kind, string ExternalId, string? Label, string? RecordType,
        string? Currency, long? OurMinor, long? TheirMinor);

    private sealed record Own(string ExternalId, string Label, string State, string? Type, string? Currency, long? Minor);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/erp/reconcile", async (string? day, Actor actor, Db db, ErpDesk desk, TimeProvider clock, HttpContext http) =>
                (await Handle(day, actor, db, desk, clock, http.RequestAborted)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("erp.reconcile").WithTags("ERP").WithSummary("Compare what was posted of a day with what the ERP has of it")
            .WithDescription("day: such as 2026-03-01, by Universal Time; yesterday when it is left out.").Produces<Response>().ProducesProblem(400).ProducesProblem(404)
            .ProducesProblem(409).ProducesProblem(502);

    /// <remarks>Errors: request.invalid with pointer #day, erp.no_account, erp.refused, erp.failed.</remarks>
    private static async Task<Result<Response>> Handle(string? day, Actor actor, Db db, ErpDesk desk, TimeProvider clock, CancellationToken stop)
    {
        var of = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1);
        if (day is not null && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out of))
            return Error.Invalid([new FieldError("#day", "field.malformed", "A day is written like 2026-03-01.")]);
        if (await db.Read(actor, work => ErpAccount.Find(work)) is not { } account) return ErpErrors.NoAccount;
        var theirs = new Dictionary<string, ErpPosted>(StringComparer.Ordinal);
        string? cursor = null;
        for (int page = 0; page < MostPages; page++)
        {
            var said = await desk.Of(account).Posted(desk.Call(account, stop), of, cursor);
            if (said.Fault is { } fault) return ErpErrors.Erp(fault);
            foreach (var posted in said.Value.Items) theirs[posted.ExternalId] = posted;
            if ((cursor = said.Value.Next) is null) break;
        }
        // What was not read is not "only here": somebody would post it a second time.
        if (cursor is not null) return ErpErrors.Erp(new AdapterFault(FaultKind.Malformed, "It has more postings of that day than can be compared."));
        long from = new DateTimeOffset(of.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
        var ours = await db.Read(actor, work => work.Query(
            """
            select t.task_key, t.label, t.state, t.record_type, t.currency, t.amount_minor from erp_tasks t where t.merchant_id = @merchant and t.account_id = @account
                and t.kind <> 'change'
               and (t.day = @day or t.state in ('waiting', 'parked') and t.created_at_ms >= @from and t.created_at_ms < @until) order by t.task_key
            """, row => new Own(ErpExternalId.Of(row.Text()), row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.LongOrNull()),
            ("account", account.Id), ("day", of.ToString("O", CultureInfo.InvariantCulture)), ("from", from), ("until", from + 86_400_000L)));
        return Compare(of, ours, theirs);
    }

    private static Response Compare(DateOnly day, List<Own> ours, Dictionary<string, ErpPosted> theirs)
    {
        var differences = new List<Difference>();
        var sums = new SortedDictionary<(string Type, string Currency), (long OurCount, long TheirCount, long Ours, long Theirs)>();
        foreach (var own in ours)
        {
            theirs.TryGetValue(own.ExternalId, out var there);
            if (own.State != "done") { if (there is null) differences.Add(new Difference("unposted", own.ExternalId, own.Label, null, own.Currency, own.Minor, null)); continue; }
            if (own.Type is null) continue;                                                     // there was nothing in it
            var place = (own.Type, own.Currency ?? "");
            var sum = sums.GetValueOrDefault(place);
            sums[place] = (sum.OurCount + 1, sum.TheirCount + (there is null ? 0 : 1), sum.Ours + (own.Minor ?? 0), sum.Theirs + (own.Minor is null ? 0 : there?.AmountMinor ?? 0));
            if (there is null) differences.Add(new Difference("onlyHere", own.ExternalId, own.Label, own.Type, own.Currency, own.Minor, null));
            else if (own.Minor is { } minor && (minor != there.AmountMinor || there.Currency is { } currency && currency != own.Currency))
                differences.Add(new Difference("different", own.ExternalId, own.Label, own.Type, own.Currency, minor, there.AmountMinor));
        }
        var known = ours.Select(o => o.ExternalId).ToHashSet(StringComparer.Ordinal);
        foreach (var there in theirs.Values.Where(t => !known.Contains(t.ExternalId)).OrderBy(t => t.ExternalId, StringComparer.Ordinal))
            differences.Add(new Difference("onlyThere", there.ExternalId, null, there.Type, there.Currency, null, there.AmountMinor));
        return new Response("erpReconciliation", day.ToString("O", CultureInfo.InvariantCulture), differences.Count == 0,
            [.. sums.Select(s => new Sum(s.Key.Type, s.Key.Currency.Length == 0 ? null : s.Key.Currency, s.Value.OurCount, s.Value.TheirCount, s.Value.Ours, s.Value.Theirs))],
            [.. differences.Take(MostListed)], differences.Count > MostListed);
    }
}
