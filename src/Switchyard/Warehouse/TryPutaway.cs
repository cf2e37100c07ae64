using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Warehouse;

/// <summary>Says where units of a SKU would be put at a node as it is now, by its rules or by others that are only tried. It writes nothing.</summary>
public static class TryPutaway
{
    /// <param name="Quantity">Units; 1 when not said.</param>
    /// <param name="Rules">Rules to try; those that are written, when left out.</param>
    public sealed record Request(string? Sku, long? Quantity = null, IReadOnlyList<PutawayRule?>? Rules = null);

    /// <param name="Rule">The name of the rule that counts; null: none fits, and the usual order holds.</param>
    /// <param name="RuleNo">Which one it is, from 1.</param>
    /// <param name="Lacking">Units for which no bin has room.</param>
    public sealed record Response(string Object, string Node, string Sku, string Name, long Quantity, string? Rule, int? RuleNo, IReadOnlyList<SuggestPutaway.Place> Places, long Lacking);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/nodes/{code}/putaway/try", async (string code, Request? body, Db db, Actor actor) => (await Handle(code, body, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("warehouse.tryPutaway").WithTags("Warehouse").WithSummary("Say where units of a SKU would be put, by which rule")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: nodes.no_such_node; request.invalid with pointers /sku, /quantity, /rules/0/….</remarks>
    public static async Task<Result<Response>> Handle(string code, Request? body, Db db, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body?.Sku, "/sku", 200, required: true);
        checks.Range(body?.Quantity ?? 1, 1, Checks.MaxQuantity, "/quantity");
        checks.That((body?.Rules?.Count ?? 0) <= PutawayRules.MostRules, "/rules", "field.out_of_range", $"Send at most {PutawayRules.MostRules} rules.");
        foreach (var (i, rule) in (body?.Rules ?? []).Take(PutawayRules.MostRules).Index()) PutawayRules.Check(checks, rule, $"/rules/{i}");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Response>>(actor, async work =>
        {
            var names = await StockNames.Load(work, actor, [body!.Sku], [code]);
            if (names.Node(code) is not { } node) return NodeErrors.NoSuchNode(code);
            var checks = new Checks();
            if (names.Goods(body.Sku, "/sku", checks) is not { } product) return checks.ToError();
            long units = body.Quantity ?? 1;
            var goods = (await work.Query(
                "select p.name, p.weight_grams, coalesce(p.length_mm * p.width_mm * p.height_mm / 1000, 0), p.handling_flags, p.metadata from products p where p.merchant_id = @merchant and p.id = @id",
                row => (Name: row.Text(), Of: new PutawayGoods(product.Id, product.Sku, units, row.Long(), row.Long(), JsonSerializer.Deserialize<List<string>>(row.Text(), Json.Options)!, SuggestPutaway.Texts(row.Text()))),
                ("id", product.Id)))[0];
            IReadOnlyList<PutawayRule> rules = body.Rules is { } tried ? [.. tried.OfType<PutawayRule>()] : (await PutawayRules.Load(work, node.Id)).Rules;
            var layout = await LayoutSql.Find(work, node.Id);
            var (rule, parts, left) = PutawayPlan.Suggest(goods.Of, rules, await SuggestPutaway.Loads(work, node.Id), layout?.AisleSpacingMm ?? 1);
            int no = rules.Index().Where(r => ReferenceEquals(r.Item, rule)).Select(r => r.Index + 1).FirstOrDefault();
            return new Response("putawayTried", node.Code, product.Sku, goods.Name, units, no == 0 ? null : rule.Name, no == 0 ? null : no,
                [.. parts.Select(p => new SuggestPutaway.Place(p.Bin, p.Zone.Length == 0 ? null : p.Zone, p.Units, p.Why))], left);
        }, snapshot: true);
    }
}
