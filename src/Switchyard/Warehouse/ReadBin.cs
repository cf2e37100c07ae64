using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Warehouse;

/// <summary>Shows one bin: where it is, what lies in it, and what was put there and taken away last.</summary>
public static class ReadBin
{
    private const int MostContents = 500, MostMoves = 50;

    /// <param name="State">Of the lot: one that is expired or recalled is not picked. Null without a lot.</param>
    /// <param name="Wanted">Units that open pick tasks are to take.</param>
    public sealed record Content(string Sku, string Name, string? Lot, [property: Words("open", "expired", "recalled")] string? State, long Quantity, long Wanted, DateTimeOffset UpdatedAt);
    public sealed record BinMove(DateTimeOffset At, string Sku, string? Lot, string From, string To, long Quantity, [property: Words("move", "putaway", "replenish")] string Purpose, string Actor);

    /// <param name="Moves">The newest first, at most fifty.</param>
    public sealed record Response(string Object, string Node, BinView Bin, IReadOnlyList<Content> Contents, IReadOnlyList<BinMove> Moves);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/nodes/{code}/bins/{bin}", async (string code, string bin, Db db, Actor actor) => (await Handle(code, bin, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("warehouse.readBin").WithTags("Warehouse").WithSummary("Show what lies in a bin and what was moved there")
            .Produces<Response>().ProducesProblem(404);

    /// <remarks>Errors: nodes.no_such_node, warehouse.no_such_bin.</remarks>
    public static Task<Result<Response>> Handle(string code, string bin, Db db, Actor actor) => db.Read<Result<Response>>(actor, async work =>
    {
        if ((await StockNames.Load(work, actor, [], [code])).Node(code) is not { } node) return NodeErrors.NoSuchNode(code);
        if ((await LayoutSql.Bins(work, node.Id, [bin])).SingleOrDefault() is not { } place) return WarehouseErrors.NoSuchBin;
        var contents = await work.Query(
            """
            select p.sku, p.name, s.lot, f.state, s.quantity, coalesce((select sum(t.quantity - t.picked) from pick_tasks t
                    where t.merchant_id = @merchant and t.node_id = @node and t.sku_id = s.sku_id and t.bin = @bin and t.lot = s.lot and t.state = 'open'), 0), s.updated_at_ms
              from bin_stock s join products p on p.id = s.sku_id left join lot_facts f on f.sku_id = s.sku_id and f.lot = s.lot
             where s.bin_id = @id and s.merchant_id = @merchant and s.quantity > 0 order by p.sku_key, s.lot limit @most
            """, row => new Content(row.Text(), row.Text(), Said(row.Text()), row.TextOrNull(), row.Long(), row.Sum(), row.Instant()), ("node", node.Id), ("bin", bin), ("id", place.Id), ("most", (long)MostContents));
        var moves = await work.Query(
            """
            select m.at_ms, p.sku, m.lot, m.from_bin, m.to_bin, m.quantity, m.purpose, m.actor from bin_moves m join products p on p.id = m.sku_id
             where m.merchant_id = @merchant and m.node_id = @node and (m.from_bin = @bin or m.to_bin = @bin) order by m.id desc limit @most
            """, row => new BinMove(row.Instant(), row.Text(), Said(row.Text()), row.Text(), row.Text(), row.Long(), row.Text(), row.Text()), ("node", node.Id), ("bin", bin), ("most", (long)MostMoves));
        return new Response("bin", node.Code, BinView.Of(place, await LayoutSql.Find(work, node.Id)), contents, moves);
    }, snapshot: true);

    private static string? Said(string lot) => lot.Length == 0 ? null : lot;
}
