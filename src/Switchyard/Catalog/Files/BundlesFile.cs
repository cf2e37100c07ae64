using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <summary>Bundles as a file: one row a component. A bundle nobody knows yet is made; components the file does not name stay.</summary>
internal sealed class BundlesFile : FileKind
{
    private const int PageRows = 5_000;

    public override string Name => "bundles";
    public override Permission Reads => Permission.CatalogRead;
    public override Permission Writes => Permission.CatalogWrite;
    public override IReadOnlyList<FileColumn> Columns { get; } =
        [new("bundle", true, "bundle_sku", "sku"), new("component", true, "component_sku"), new("quantity", true, "qty"), new("bundle_name", false, "name")];

    public override string Key(FileRow row) =>
        row.Word("bundle") is { } bundle && row.Word("component") is { } part ? $"{Text.Key(bundle)}\n{Text.Key(part)}" : $" line {row.Line}";

    public override async Task<Error?> Save(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<FileRow> rows)
    {
        foreach (var row in rows) Check(row);
        var sound = rows.Where(r => r.IsSound).ToList();
        var stored = (await ProductsSql.ByKeys(work, [.. sound.Select(Bundle).Distinct()])).ToDictionary(s => s.Product.Key);
        var heads = (await ProductsSql.Heads(work, [.. sound.Select(Part).Distinct()])).ToDictionary(h => h.Key);
        foreach (var row in sound)
        {
            if (!heads.TryGetValue(Part(row), out var head)) row.Fault(CatalogErrors.NoSuchComponent("component", row.Word("component")!), p => p);
            else if (head.Kind != ItemKind.Goods) row.Fault(CatalogErrors.ComponentNotGoods("component", head.Sku, head.Kind), p => p);
            if (stored.TryGetValue(Bundle(row), out var at) && at.Product.Kind != ItemKind.Bundle) row.Fault("bundle", "catalog.not_a_bundle", $"{at.Product.Sku} is not a bundle.");
        }
        var groups = sound.Where(r => r.IsSound).GroupBy(Bundle).ToList();
        var saved = await SaveProducts.Save(work, actor, now, [.. groups.Select(g => Merge(stored.GetValueOrDefault(g.Key)?.Product, [.. g]))]);
        if (saved.Error is { } error) return error;
        foreach (var (group, one) in groups.Zip(saved.Value))
            foreach (var row in group)
            {
                var before = stored.GetValueOrDefault(group.Key)?.Product.Components.Where(c => Text.Key(c.Sku) == Part(row)).Select(c => (long?)c.Quantity).FirstOrDefault();
                row.Outcome = before is null ? SaveOutcome.Created : before == row.Whole("quantity") ? SaveOutcome.Unchanged : SaveOutcome.Updated;
                if (one.Error is { } refused) row.Fault(refused, _ => "bundle");
            }
        return null;
    }

    public override async IAsyncEnumerable<string?[]> Export(Db db, Actor actor)
    {
        yield return ["bundle", "component", "quantity"];
        (string Bundle, string Part) after = ("", "");
        List<(string Key, string PartKey, string Bundle, string Part, long Quantity)> page;
        do
        {
            page = await db.Read(actor, work => work.Query(
                """
                select b.sku_key, c.sku_key, b.sku, c.sku, x.quantity from bundle_components x
                  join products b on b.id = x.bundle_id join products c on c.id = x.component_id
                 where x.merchant_id = @merchant and (b.sku_key, c.sku_key) > (@bundle, @part) order by b.sku_key, c.sku_key limit @limit
                """, row => (row.Text(), row.Text(), row.Text(), row.Text(), row.Long()),
                ("bundle", after.Bundle), ("part", after.Part), ("limit", (long)PageRows)));
            foreach (var (_, _, bundle, part, quantity) in page) yield return [bundle, part, Text.Invariant(quantity)];
            if (page.Count > 0) after = (page[^1].Key, page[^1].PartKey);
        } while (page.Count == PageRows);
    }

    private static string Bundle(FileRow row) => Text.Key(row.Word("bundle")!);
    private static string Part(FileRow row) => Text.Key(row.Word("component")!);

    private static void Check(FileRow row)
    {
        var checks = new Checks();
        ProductChecks.Sku(checks, row.Word("bundle"), "bundle");
        ProductChecks.Sku(checks, row.Word("component"), "component");
        if (row.Whole("quantity") is { } quantity) checks.Quantity(quantity, "quantity");
        else if (row.IsSound) checks.Fault("quantity", "field.required", "quantity is required.");
        checks.Text(row.Text("bundle_name"), "bundle_name", ProductChecks.MostName);
        if (checks.AnyFault) row.Fault(checks.ToError(), p => p);
    }

    private static Product Merge(Product? stored, IReadOnlyList<FileRow> rows)
    {
        var product = stored ?? new Product { Sku = rows[0].Word("bundle")!, Name = rows[0].Text("bundle_name") ?? rows[0].Word("bundle")!, Kind = ItemKind.Bundle };
        var named = rows.ToDictionary(Part, r => new Component(r.Word("component")!, r.Whole("quantity")!.Value));
        return product with { Components = [.. product.Components.Where(c => !named.ContainsKey(Text.Key(c.Sku))), .. named.Values] };
    }
}
