using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Packing;

/// <summary>Lengths of three edges in millimetres.</summary>
public sealed record Edges(long LengthMm, long WidthMm, long HeightMm);

/// <summary>A box or a bag of the merchant.</summary>
/// <param name="Node">Where it is kept; null: everywhere.</param>
/// <param name="MaxGrams">Of the full box, its own weight counted.</param>
/// <param name="Supply">How many there are; null: as many as wanted. Sealing a parcel takes one away.</param>
public sealed record PackagingView(string Object, string Code, string Name, string Kind, string? Node, Edges Outer, Edges Inner, long EmptyGrams, long MaxGrams, long? CostMinor, string? CostCurrency,
    long? Supply, bool IsActive, long Version);

/// <summary>Shows and writes the boxes and bags of a merchant.</summary>
public static class WritePackaging
{
    public const int MostPackagings = 500;
    private const long MostMm = 10_000, MostGrams = 100_000_000;

    /// <param name="Kind">box (when not said) or bag.</param>
    /// <param name="Inner">As the outer edges, when not said.</param>
    public sealed record Request(string? Name, string? Kind, string? Node, Edges? Outer, Edges? Inner, long EmptyGrams, long? MaxGrams, long? CostMinor, string? CostCurrency, long? Supply, bool? IsActive);
    public sealed record Response(string Object, IReadOnlyList<PackagingView> Items);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/packaging", async (Db db, Actor actor) => Results.Ok(new Response("list", await db.Read(actor, work => All(work, actor)))))
            .Requires(Permission.FulfilmentRead).WithName("packing.listPackaging").WithTags("Packing").WithSummary("List boxes and bags").Produces<Response>();
        routes.MapPut("/packaging/{code}", async (string code, Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                if (expected.Error is { } error) return error.ToHttp();
                var written = await Handle(code, body, expected.Value, db, clock, actor);
                if (written.IsOk) ETag.Set(http, written.Value.Version);
                return written.ToHttp();
            })
            .Requires(Permission.FulfilmentManage).WithName("packing.writePackaging").WithTags("Packing").WithSummary("Write a box or bag")
            .Produces<PackagingView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(412);
    }

    /// <remarks>Errors: nodes.no_such_node, packing.changed, access.other_node; request.invalid.</remarks>
    public static async Task<Result<PackagingView>> Handle(string code, Request body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(Text.IsCode(code), "#code", "field.malformed", "A code is 1 to 64 characters without blanks.");
        checks.Text(body.Name, "/name", 200);
        checks.That(body.Kind is null or "box" or "bag", "/kind", "field.unknown_value", "kind is box or bag.");
        checks.That(body.Outer is not null, "/outer", "field.required", "outer is required: lengthMm, widthMm and heightMm.");
        foreach (var (at, edges) in new[] { ("/outer", body.Outer), ("/inner", body.Inner) })
        {
            checks.Range(edges?.LengthMm ?? 1, 1, MostMm, at + "/lengthMm");
            checks.Range(edges?.WidthMm ?? 1, 1, MostMm, at + "/widthMm");
            checks.Range(edges?.HeightMm ?? 1, 1, MostMm, at + "/heightMm");
        }
        checks.Range(body.EmptyGrams, 0, MostGrams, "/emptyGrams");
        checks.Range(body.MaxGrams ?? 0, 1, MostGrams, "/maxGrams");
        if (body.CostMinor is { } cost) checks.Amount(cost, "/costMinor");
        checks.That(body.CostMinor is null || body.CostCurrency is { Length: 3 } c && c.All(char.IsAsciiLetterUpper), "/costCurrency", "field.required", "A cost has a currency of three letters.");
        checks.Range(body.Supply ?? 0, 0, Checks.MaxQuantity, "/supply");
        if (checks.AnyFault) return checks.ToError();
        var inner = body.Inner ?? body.Outer!;
        return await db.Write<PackagingView>(actor, async work =>
        {
            long? node = null;
            if (body.Node is { } at)
            {
                if (!Text.IsStorable(at) || (await StockNames.Load(work, actor, [], [at])).Node(at) is not { } found) return NodeErrors.NoSuchNode(at);
                node = found.Id;
            }
            if (NodeKept.Refusal(actor, node) is { } no) return no;
            var stored = (await All(work)).SingleOrDefault(p => p.Code == code);
            if (expected is { } version && version != (stored?.Version ?? 0)) return PackingErrors.Changed(stored?.Version ?? 0);
            if (stored is null && (await All(work)).Count >= MostPackagings) return Error.Invalid([new FieldError("#code", "field.too_many", $"At most {MostPackagings} boxes and bags.")]);
            int written = await work.Execute(
                $"""
                insert into packagings (merchant_id, code, name, kind, node_id, outer_length_mm, outer_width_mm, outer_height_mm, inner_length_mm, inner_width_mm, inner_height_mm, empty_grams, max_grams,
                       cost_minor, cost_currency, supply, is_active, updated_at_ms)
                values (@merchant, @code, @name, @kind, @node::bigint, @ol, @ow, @oh, @il, @iw, @ih, @empty, @max, @cost::bigint, @currency::text, @supply::bigint, @active, @now)
                    on conflict (merchant_id, code) do update set name = excluded.name, kind = excluded.kind, node_id = excluded.node_id, outer_length_mm = excluded.outer_length_mm,
                       outer_width_mm = excluded.outer_width_mm, outer_height_mm = excluded.outer_height_mm, inner_length_mm = excluded.inner_length_mm, inner_width_mm = excluded.inner_width_mm,
                       inner_height_mm = excluded.inner_height_mm, empty_grams = excluded.empty_grams, max_grams = excluded.max_grams, cost_minor = excluded.cost_minor,
                       cost_currency = excluded.cost_currency, supply = excluded.supply, is_active = excluded.is_active, version = packagings.version + 1, updated_at_ms = excluded.updated_at_ms
                     where {NodeKept.MayChange("packagings.node_id")}
                """,
                [.. NodeKept.Of(actor), ("code", code), ("name", body.Name ?? code), ("kind", body.Kind ?? "box"), ("node", node), ("ol", body.Outer!.LengthMm), ("ow", body.Outer.WidthMm), ("oh", body.Outer.HeightMm),
                ("il", inner.LengthMm), ("iw", inner.WidthMm), ("ih", inner.HeightMm), ("empty", body.EmptyGrams), ("max", body.MaxGrams!.Value), ("cost", body.CostMinor),
                ("currency", body.CostMinor is null ? null : body.CostCurrency), ("supply", body.Supply), ("active", body.IsActive ?? true), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds())]);
            if (written == 0) return NodeKept.NotYours;
            return (await All(work)).Single(p => p.Code == code);
        });
    }

    /// <param name="actor">Only what this one may see; null: all of the merchant's.</param>
    internal static async Task<IReadOnlyList<PackagingView>> All(Work work, Actor? actor = null) => await work.Query(
        $"""
        select p.code, p.name, p.kind, n.code, p.outer_length_mm, p.outer_width_mm, p.outer_height_mm, p.inner_length_mm, p.inner_width_mm, p.inner_height_mm, p.empty_grams, p.max_grams,
               p.cost_minor, p.cost_currency, p.supply, p.is_active, p.version
          from packagings p left join nodes n on n.id = p.node_id where p.merchant_id = @merchant{(actor is null ? "" : " and " + NodeKept.MaySee("p.node_id"))} order by p.code limit 500
        """, row => new PackagingView("packaging", row.Text(), row.Text(), row.Text(), row.TextOrNull(), new Edges(row.Long(), row.Long(), row.Long()), new Edges(row.Long(), row.Long(), row.Long()),
            row.Long(), row.Long(), row.LongOrNull(), row.TextOrNull(), row.LongOrNull(), row.Bool(), row.Long()), actor is null ? [] : NodeKept.Of(actor));
}
