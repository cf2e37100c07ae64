using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
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

    public override bool CanUndo => true;

    /// <summary>A component of a bundle is how many of it are in one.</summary>
    public override async Task<Dictionary<string, string>> States(Work work, Actor actor, IReadOnlyList<string> keys)
    {
        var stored = (await ProductsSql.ByKeys(work, [.. keys.Select(BundleOf).Distinct()])).ToDictionary(s => s.Product.Key, s => s.Product);
        var states = new Dictionary<string, string>();
        foreach (string key in keys)
            if (stored.GetValueOrDefault(BundleOf(key))?.Components.Where(c => Text.Key(c.Sku) == PartOf(key)).Select(c => (Component?)c).FirstOrDefault() is { } part)
                states[key] = JsonSerializer.Serialize(part, Json.Options);
        return states;
    }

    /// <summary>Components that were not in a bundle leave it. One of which none would be left was made by the file: it is put away.</summary>
    public override async Task<IReadOnlyList<Error?>> Restore(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<ThingBefore> things)
    {
        var groups = things.GroupBy(t => BundleOf(t.Key)).ToList();
        var stored = (await ProductsSql.ByKeys(work, [.. groups.Select(g => g.Key)], locked: true)).ToDictionary(s => s.Product.Key, s => s.Product);
        var wanted = groups.ConvertAll(group =>
        {
            var before = group.ToDictionary(t => PartOf(t.Key), t => t.Before is { } state ? JsonSerializer.Deserialize<Component>(state, Json.Options) : (Component?)null);
            var bundle = stored[group.Key];
            var left = bundle.Components.Select(c => before.TryGetValue(Text.Key(c.Sku), out var was) ? was : c).Where(c => c is not null).Select(c => c!.Value).ToList();
            return left.Count == 0 ? bundle with { IsActive = false } : bundle with { Components = left };
        });
        var saved = await SaveProducts.Save(work, actor, now, wanted);
        if (saved.Error is { } all) return [.. things.Select(_ => all)];
        var errors = groups.Zip(saved.Value).ToDictionary(x => x.First.Key, x => x.Second.Error);
        return [.. things.Select(t => errors[BundleOf(t.Key)])];
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

    private static string BundleOf(string key) => key.Split('\n')[0];
    private static string PartOf(string key) => key.Split('\n') is [_, var part] ? part : "";
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
