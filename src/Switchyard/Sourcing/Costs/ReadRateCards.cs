using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>Shows rate cards: the list, one whole, one as a sheet. Merchants other than the house see only those of nodes that serve them.</summary>
public static class ReadRateCards
{
    /// <param name="Nodes">Codes of the nodes that send by it, as far as the caller may see them.</param>
    public sealed record Summary(string Object, string Code, string Name, string Carrier, string Currency, int ServiceCount, int ZoneCount, int RateCount, IReadOnlyList<string> Nodes,
        long Version, DateTimeOffset ChangedAt);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/rate-cards", async (int? limit, string? after, Db db, Actor actor) => (await List(limit, after, db, actor)).ToHttp())
            .Requires(Permission.NodesRead).WithName("rateCards.list").WithSummary("List what carriers charge").WithTags("Nodes").Produces<Page<Summary>>().ProducesProblem(400);
        routes.MapGet("/rate-cards/{code}", async (string code, Db db, Actor actor, HttpContext http) =>
                (await Find(code, db, actor) is { } found ? (Result<RateCardView>)RateCardView.Of(found) : RateCardSql.NoSuchCard).ToHttp(http))
            .Requires(Permission.NodesRead).WithName("rateCards.get").WithSummary("Read what a carrier charges").WithTags("Nodes").Produces<RateCardView>().ProducesProblem(404);
        routes.MapGet("/rate-cards/{code}/sheet", async (string code, Db db, Actor actor, HttpContext http) =>
            {
                if (await Find(code, db, actor) is not { } found) return RateCardSql.NoSuchCard.ToHttp();
                using var sheet = new MemoryStream();
                await using (var csv = CsvText.Writer(sheet))
                {
                    foreach (string[] cells in RateSheet.Write(found.Card))
                    {
                        foreach (string cell in cells) csv.WriteField(CsvText.Guarded(cell));
                        await csv.EndRecordAsync();
                    }
                    await csv.FlushAsync();
                }
                return Results.File(sheet.ToArray(), "text/csv; charset=utf-8", $"{code}.csv");
            })
            .Requires(Permission.NodesRead).WithMetadata(new TellsPrices()).WithName("rateCards.readSheet").WithSummary("Read what a carrier charges as a sheet").WithTags("Nodes")
            .Produces<string>(200, "text/csv").ProducesProblem(404);
    }

    private static async Task<Result<Page<Summary>>> List(int? limit, string? after, Db db, Actor actor)
    {
        var paging = Paging.Check(limit, after);
        if (paging.Error is { } error) return error;
        var (most, from) = paging.Value;
        var found = await db.Read(actor, async work =>
        {
            var cards = await RateCardSql.Page(work, actor, from, most + 1);
            var nodes = (await NodeCards.Of(work, actor)).ToLookup(u => u.Card, u => u.Node);
            return cards.ConvertAll(c => new Summary("rateCard", c.Code, c.Card.Name, c.Card.Carrier, c.Card.Currency, c.Card.Rates.Select(r => r.Service).Distinct().Count(),
                c.Card.Areas.Select(a => a.Zone).Distinct().Count(), c.Card.Rates.Count, [.. nodes[c.Code]], c.Version, c.ChangedAt));
        }, snapshot: true);
        return Page<Summary>.Of(found, most, c => c.Code);
    }

    private static async Task<RateCardSql.Stored?> Find(string code, Db db, Actor actor) =>
        Text.IsStorable(code) ? await db.Read(actor, work => RateCardSql.FindSeen(work, actor, code), snapshot: true) : null;
}
