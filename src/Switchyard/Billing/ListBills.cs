using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Billing;

/// <summary>Lists the bills of all merchants of the house, or one's own: the newest month first, what was approved as it was approved, the others as they would be now.</summary>
public static class ListBills
{
    /// <param name="Version">The last approved version; null when there is none.</param>
    /// <param name="Currency">Null: the merchant has no tariff yet.</param>
    /// <param name="Entries">Of how many entries of the activity log it is the sum.</param>
    /// <param name="Later">Entries that were told after the last approved version.</param>
    public sealed record Row(string Object, string Merchant, string MerchantName, string Month, [property: Words(typeof(BillState))] string State, int? Version, string? Currency, long TotalMinor, long Entries, long Later,
        DateTimeOffset? ApprovedAt, string? ApprovedBy);

    private sealed record Client(long Id, string Code, string Name, string First);
    private sealed record Place(Client Of, string Month);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/bills", async ([FromQuery] string? merchant, [FromQuery] string? month, [FromQuery] int? limit, [FromQuery] string? after, Db db, TimeProvider clock, Actor actor) =>
                (await Handle(merchant, month, limit, after, db, clock, actor)).ToHttp())
            .Requires(Permission.ReportsRead).WithName("billing.listBills").WithTags("Billing").WithSummary("List bills of merchants by month")
            .WithDescription("The house is given those of all its merchants, or of the one it asks for; a merchant its own.")
            .Produces<Page<Row>>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: billing.no_such_merchant; request.invalid with pointers #month, #limit, #after.</remarks>
    public static async Task<Result<Page<Row>>> Handle(string? merchant, string? month, int? limit, string? after, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        var (most, cursor) = Paging.Read(checks, limit, after);
        if (month is not null) ReadBill.Month(month, checks);
        string[] from = cursor.Split('/', 2);
        checks.That(cursor.Length == 0 || from.Length == 2, "#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        // The house sees all of its merchants at once.
        bool isAll = merchant is null && actor is { IsHouse: true, Nodes: null };
        var whose = await BillingAccess.For(db, actor, merchant);
        if (whose.Error is { } error) return error;
        var now = clock.GetUtcNow();
        Task<List<Row>> body(Work work) => Rows(work, isAll ? null : whose.Value, month, cursor.Length == 0 ? null : (from[0], from[1]), most + 1, now);
        var rows = await (isAll ? db.ReadAll(body, snapshot: true) : db.Read(whose.Value, body, snapshot: true));
        return Page<Row>.Of(rows, most, r => $"{r.Month}/{r.Merchant}");
    }

    private static async Task<List<Row>> Rows(Work work, Actor? whose, string? only, (string Month, string Merchant)? after, int most, DateTimeOffset now)
    {
        var clients = await work.Query(
            $"""
            select m.id, m.code, m.name, (select min(a.day) from billable_activities a where a.merchant_id = m.id) from merchants m
             where {(whose is null ? "(m.id <> (select min(h.id) from merchants h) or exists (select 1 from tariffs t where t.merchant_id = m.id))" : "m.id = @whose")} /* house */
            """, row => (Id: row.Long(), Code: row.Text(), Name: row.Text(), First: row.TextOrNull()), ("whose", whose?.Merchant ?? 0));
        var places = Places([.. clients.Where(c => c.First is not null).OrderBy(c => c.Code, StringComparer.Ordinal).Select(c => new Client(c.Id, c.Code, c.Name, c.First![..7]))], only, now)
            .Where(p => after is not { } a || string.CompareOrdinal(p.Month, a.Month) < 0 || p.Month == a.Month && string.CompareOrdinal(p.Of.Code, a.Merchant) > 0);
        var rows = new List<Row>();
        string today = await ReadBill.Today(work, now);
        foreach (var some in places.Chunk(most))
        {
            rows.AddRange((await Read(work, some, whose?.NodeFilter, today)).Where(r => r.Entries > 0));
            if (rows.Count >= most) return rows[..most];
        }
        return rows;
    }

    /// <summary>Every month since something was done for each, the newest first.</summary>
    private static IEnumerable<Place> Places(IReadOnlyList<Client> clients, string? only, DateTimeOffset now)
    {
        if (clients.Count == 0) yield break;
        string first = clients.Min(c => c.First)!;
        // Where it is tomorrow already the next month may have begun.
        for (var day = DateOnly.FromDateTime(now.UtcDateTime.AddHours(14)); ; day = day.AddMonths(-1))
        {
            string month = day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
            if (string.CompareOrdinal(month, first) < 0) yield break;
            if (only is null || month == only)
                foreach (var client in clients.Where(c => string.CompareOrdinal(c.First, month) <= 0)) yield return new Place(client, month);
        }
    }

    private static async Task<List<Row>> Read(Work work, IReadOnlyList<Place> places, long[]? nodes, string today)
    {
        long[] merchants = [.. places.Select(p => p.Of.Id).Distinct()];
        var sums = (await work.Query(
            $"""
            select r.merchant_id, r.month, a.activity, sum(a.quantity), count(*) from @rows r join billable_activities a on a.merchant_id = r.merchant_id and a.day >= r.first and a.day < r.next
             {(nodes is null ? "" : "where a.node_id = any(@nodes)")} group by r.merchant_id, r.month, a.activity
            """, Database.Rows.Of(places).Long("merchant_id", p => p.Of.Id).Text("month", p => p.Month).Text("first", p => p.Month + "-01").Text("next", p => Next(p.Month)),
            row => (Key: (row.Long(), row.Text()), Activity: Bills.Parse(row.Text())!.Value, Quantity: row.Sum(), Events: row.Sum()), ("nodes", nodes ?? []))).ToLookup(s => s.Key);
        var tariffs = (await work.Query("select merchant_id, currency, lines from tariffs where merchant_id = any(@merchants)",
            row => (Merchant: row.Long(), Currency: row.Text(), Lines: WriteTariff.Lines(row.Text())), ("merchants", merchants))).ToDictionary(t => t.Merchant);
        var approved = nodes is not null ? null : (await BillRows.Approved(work, merchants, places.Min(p => p.Month)!, places.Max(p => p.Month)!)).ToLookup(b => (b.Merchant, b.Month));
        return [.. places.Select(p =>
        {
            var key = (p.Of.Id, p.Month);
            var tariff = tariffs.GetValueOrDefault(p.Of.Id);
            var present = BillDraft.Of(tariff.Currency, tariff.Lines ?? [], sums[key].ToDictionary(s => s.Activity, s => (s.Quantity, s.Events)));
            var last = approved?[key].LastOrDefault();
            return new Row("bill", p.Of.Code, p.Of.Name, p.Month, BillDraft.Name(BillDraft.State(ReadBill.IsOver(Next(p.Month), today), last?.Entries, present.Entries)), last?.Version, last?.Currency ?? present.Currency,
                last?.TotalMinor ?? present.TotalMinor, last?.Entries ?? present.Entries, last is null ? 0 : present.Entries - last.Entries, last?.At, last?.By);
        })];
    }

    private static string Next(string month) => ActivityLog.Text(DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture).AddMonths(1));
}
