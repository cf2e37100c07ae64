using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>What a partner (3PL, supplier) has to do: by list, or all that changed since an instant, oldest change first. Only work of its own nodes that was given to them.</summary>
public static class ReadPartnerWork
{
    /// <summary>A change may be committed after one with a later time; so long before the asked instant is looked as well.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);
    private const long NoDate = 9_007_199_254_740_991;
    private const string OpenStates = "f.state in ('offered', 'accepted', 'picking', 'picked', 'packed', 'readyForPickup', 'stopAsked')";
    private static readonly string[] Lists = ["new", "accepted", "shippedToday", "trouble"];

    /// <param name="New">To be accepted or rejected.</param>
    /// <param name="Trouble">To be stopped, held, late, or not answered in time; these are also among the others.</param>
    public sealed record Counts(long New, long Accepted, long ShippedToday, long Trouble);

    /// <param name="Merchant">For whom the work is.</param>
    public sealed record Summary(string Object, string Merchant, Counts Counts, IReadOnlyList<SummaryNode> Nodes);

    /// <param name="Stock">The last snapshot of its stock that we took; null when there was none.</param>
    public sealed record SummaryNode(string Code, string Name, [Words("3pl", "supplier")] string Kind, StockSnapshot? Stock);

    private sealed record Key(long Sort, Guid Id);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/partner", async (Actor actor, Db db, TimeProvider clock) => (await Overview(actor, db, clock)).ToHttp())
            .Requires(Permission.PartnerWork).WithName("partner.summary").WithTags("Partners").WithSummary("A partner's nodes, how much there is to do, and how old their stock is").Produces<Summary>();
        routes.MapGet("/partner/work", async ([FromQuery(Name = "list")] string? of, [FromQuery] string? changedSince, [FromQuery] string? node, [FromQuery] int? limit, [FromQuery] string? after,
                Actor actor, Db db, TimeProvider clock) => (await List(of, changedSince, node, limit, after, actor, db, clock)).ToHttp())
            .Requires(Permission.PartnerWork).WithName("partner.work").WithTags("Partners").WithSummary("What a partner has to do, or what of it changed")
            .WithDescription("With `list` what is to be done, the most urgent first. Without, everything that was ever given to the partner's nodes, oldest change first: follow it with `after`, "
                + "and later with `changedSince`. Two minutes before that instant are told again, so that nothing is missed; an entry that was seen has the same `version`.")
            .Produces<Page<PartnerWorkView>>().ProducesProblem(400);
        routes.MapGet("/partner/work/{id}", async (string id, Actor actor, Db db, TimeProvider clock) => (await Find(id, actor, db, clock)).ToHttp())
            .Requires(Permission.PartnerWork).WithName("partner.readWork").WithTags("Partners").WithSummary("Read one piece of a partner's work").Produces<PartnerWorkView>().ProducesProblem(404);
    }

    /// <remarks>Errors: request.invalid with pointers #list, #changedSince, #node, #limit, #after.</remarks>
    public static async Task<Result<Page<PartnerWorkView>>> List(string? of, string? changedSince, string? node, int? limit, string? after, Actor actor, Db db, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.That(of is null || Lists.Contains(of), "#list", "field.unknown_value", $"list must be one of {string.Join(", ", Lists)}.");
        checks.That(of is null || changedSince is null, "#changedSince", "field.unknown_value", "Send either list or changedSince.");
        checks.Text(node, "#node", 64);
        var since = checks.Past(changedSince, "#changedSince", now);
        var start = new Key(since is { } from ? (from - Overlap).ToUnixTimeMilliseconds() : long.MinValue, Guid.Empty);
        if (!Cursor.TryDecode(after, out string text) || text.Length > 0 && !TryParse(text, out start)) checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<PartnerWorkView>>>(actor, async work =>
        {
            var nodes = await PartnerScope.Nodes(work, actor);
            if (node is not null) nodes = [.. nodes.Where(n => Text.Key(n.Code) == Text.Key(node))];
            var (sort, where) = Of(of);
            var batch = work.Batch();
            // One statement a node: each reads its page along an index, whatever the others have.
            var found = nodes.Select(n => batch.Query(
                $"""
                select {sort}, f.id from fulfilment_orders f where f.merchant_id = @merchant and f.node_id = @node and {where}
                   and ({sort}, f.id) > (@sort, @id) order by {sort}, f.id limit @limit
                """, row => new Key(row.Long(), row.Uuid()),
                [("node", n.Id), ("sort", start.Sort), ("id", start.Id), ("limit", most + 1L), ("now", now.ToUnixTimeMilliseconds()), ("today", GiveOut.StartOfDay(n.TimeZone, now))])).ToList();
            await batch.Run();
            var keys = found.SelectMany(f => f).OrderBy(k => k.Sort).ThenBy(k => k.Id, InDatabase).Take(most + 1).ToList();
            var page = Page<Key>.Of(keys, most, k => string.Create(CultureInfo.InvariantCulture, $"{k.Sort}:{k.Id:N}"));
            return new Page<PartnerWorkView>(await PartnerWorkRows.Read(work, [.. page.Data.Select(k => k.Id)], now), page.Next, page.HasMore);
        }, snapshot: true);
    }

    /// <remarks>Errors: fulfilment.not_found.</remarks>
    public static async Task<Result<PartnerWorkView>> Find(string id, Actor actor, Db db, TimeProvider clock)
    {
        if (!FulfilmentId.TryParse(id, null, out var release)) return FulfilmentErrors.NotFound;
        return await db.Read<Result<PartnerWorkView>>(actor, async work =>
            await IsOwn(work, actor, release) && await PartnerWorkRows.Read(work, [release.Value], clock.GetUtcNow()) is [var only] ? only : FulfilmentErrors.NotFound, snapshot: true);
    }

    /// <summary>Was this work given to a node of the partner's?</summary>
    internal static async Task<bool> IsOwn(Work work, Actor actor, FulfilmentId release)
    {
        var found = await work.Query("select node_id from fulfilment_orders where merchant_id = @merchant and id = @id and offered_at_ms is not null", row => row.Long(), ("id", release.Value));
        return found is [var node] && (await PartnerScope.Nodes(work, actor)).Exists(n => n.Id == node);
    }

    /// <summary>Is this one of the papers that the partner's work names? Rejected or cancelled work names none, and papers for customs only where the parcel crosses a border.</summary>
    internal static async Task<bool> HasPaper(Work work, Actor actor, FulfilmentId release, string kind, DateTimeOffset now) =>
        await IsOwn(work, actor, release) && await PartnerWorkRows.Read(work, [release.Value], now) is [var only] && only.Documents.Any(d => d.Kind == kind);

    private static async Task<Result<Summary>> Overview(Actor actor, Db db, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return await db.Read<Result<Summary>>(actor, async work =>
        {
            var nodes = await PartnerScope.Nodes(work, actor);
            var stock = (await StockFeeds.Snapshots(work, now)).ToDictionary(s => s.Node, s => s.View);
            var batch = work.Batch();
            var counted = nodes.Select(n => Lists.Select(list => batch.Query(
                $"select count(*) from fulfilment_orders f where f.merchant_id = @merchant and f.node_id = @node and {Of(list).Where}", row => row.Long(),
                [("node", n.Id), ("now", now.ToUnixTimeMilliseconds()), ("today", GiveOut.StartOfDay(n.TimeZone, now))])).ToList()).ToList();
            var merchant = batch.Query("select name from merchants where id = @merchant", row => row.Text());
            await batch.Run();
            long[] sums = [.. Enumerable.Range(0, Lists.Length).Select(i => counted.Sum(c => c[i][0]))];
            return new Summary("partner", merchant[0], new Counts(sums[0], sums[1], sums[2], sums[3]),
                [.. nodes.Select(n => new SummaryNode(n.Code, n.Name, n.Kind, stock.GetValueOrDefault(n.Id)))]);
        }, snapshot: true);
    }

    private static (string Sort, string Where) Of(string? list)
    {
        string due = string.Create(CultureInfo.InvariantCulture, $"coalesce(f.ship_by_ms, {NoDate})");
        return list switch
        {
            "new" => (due, "f.state = 'offered'"),
            "accepted" => (due, "f.state in ('accepted', 'picking', 'picked', 'packed', 'readyForPickup')"),
            "shippedToday" => ("-f.handed_over_at_ms", "f.handed_over_at_ms >= @today"),
            "trouble" => (due,
                $"""
                {OpenStates} and (f.state = 'stopAsked' or f.ship_by_ms < @now or f.state = 'offered' and (f.answer_by_ms <= @now or f.reminded_at_ms is not null)
                    or exists (select 1 from holds h where h.order_id = f.order_id and h.merchant_id = f.merchant_id and h.state = 'open' and (h.fulfilment_id = f.id or h.fulfilment_id is null and h.line_no is null)))
                """),
            _ => ("f.updated_at_ms", "f.offered_at_ms is not null"),
        };
    }

    // Ids sort by their bytes, as both databases do.
    private static readonly Comparer<Guid> InDatabase = Comparer<Guid>.Create((a, b) => a.ToByteArray(bigEndian: true).AsSpan().SequenceCompareTo(b.ToByteArray(bigEndian: true)));

    private static bool TryParse(string text, out Key key)
    {
        key = new Key(0, Guid.Empty);
        if (text.Split(':') is not [var sort, var id] || !long.TryParse(sort, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long at)
            || !Guid.TryParseExact(id, "N", out var guid)) return false;
        key = new Key(at, guid);
        return true;
    }
}
