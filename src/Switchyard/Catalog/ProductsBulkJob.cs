using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <param name="Tags">For tag and untag.</param>
public sealed record BulkProductArguments(IReadOnlyList<string?>? Tags);

/// <param name="Query">What chose the products, for people to see; the products are the job's rows.</param>
internal sealed record ProductsJob(string Action, string[] Tags, string? Query = null);

/// <summary>An action on many products, which can be taken back row by row.</summary>
public sealed class ProductsBulkJob : JobKind
{
    public static readonly IReadOnlyList<string> Actions = ["tag", "untag", "activate", "archive"];
    private const int RowsAtOnce = 200;

    private sealed record Before(string[] Added, string[] Removed, bool? WasActive);

    public override string Code => "catalog.bulk";
    public override Permission Permission => Permission.CatalogWrite;
    public override bool CanRetry => true;
    public override bool CanUndo => true;

    internal static string[] Tags(BulkProductArguments? arguments) => [.. (arguments?.Tags ?? []).OfType<string>().Select(t => t.Trim()).DistinctBy(Text.Key)];

    public override async Task<bool> Next(JobTurn turn)
    {
        var job = JsonSerializer.Deserialize<ProductsJob>(turn.Job.Arguments, Json.Options)!;
        bool isUndo = turn.Job.UndoOf is not null;
        var rows = isUndo ? await turn.ToUndo(RowsAtOnce) : await turn.Waiting(RowsAtOnce);
        if (rows.Count == 0) return true;
        var done = await turn.Commit(async work =>
        {
            var stored = (await ProductsSql.ByKeys(work, [.. rows.Select(r => r.Reference)], locked: true)).ToDictionary(s => s.Product.Key);
            var after = new List<JobRow>(rows.Count);
            var changed = new List<Product>();
            foreach (var row in rows)
            {
                if (!stored.TryGetValue(row.Reference, out var found)) { after.Add(row.Failed(CatalogErrors.NoSuchProduct(row.Reference))); continue; }
                var (product, before) = Change(found.Product, isUndo ? JsonSerializer.Deserialize<Before>(row.Undo!, Json.Options)! : Wanted(job, found.Product));
                if (product.IsSameAs(found.Product)) { after.Add(row.Skipped("catalog.nothing_to_change", "It was so already.")); continue; }
                if (product.Tags!.Count > ProductChecks.MostTags) { after.Add(row.Failed(CatalogErrors.TooManyTags(ProductChecks.MostTags))); continue; }
                changed.Add(product);
                after.Add(row.Ok(isUndo ? null : JsonSerializer.Serialize(before, Json.Options)));
            }
            var saved = await SaveProducts.Save(work, turn.Actor, turn.Clock.GetUtcNow(), changed);
            if (saved.Error is { } error) return error;
            return new JobStep(rows[^1].No, after);
        });
        if (done.Error is { } why) throw new JobRefusedException(why);
        return false;
    }

    /// <summary>What an action does to a product, as what would be taken back.</summary>
    private static Before Wanted(ProductsJob job, Product product)
    {
        bool Has(string tag) => product.Tags!.Any(t => Text.Key(t) == Text.Key(tag));
        return job.Action switch
        {
            "tag" => new Before([], [.. job.Tags.Where(t => !Has(t))], null),
            "untag" => new Before([.. job.Tags.Where(Has)], [], null),
            _ => new Before([], [], job.Action == "activate"),
        };
    }

    /// <summary>Takes a change back: what was added goes, what was removed comes. The answer's second is what takes that back again.</summary>
    private static (Product After, Before Undo) Change(Product product, Before back)
    {
        var gone = back.Added.Select(Text.Key).ToHashSet();
        string[] removed = [.. product.Tags!.Where(t => gone.Contains(Text.Key(t)))];
        string[] added = [.. back.Removed.Where(t => product.Tags!.All(own => Text.Key(own) != Text.Key(t)))];
        return (product with { Tags = [.. product.Tags!.Except(removed), .. added], IsActive = back.WasActive ?? product.IsActive },
            new Before(added, removed, back.WasActive is null ? null : product.IsActive));
    }
}
