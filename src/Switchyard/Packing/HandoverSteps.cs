using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Packing;

/// <summary>A step that a line asks for before it may leave: age or hazard.</summary>
public sealed record HandoverStep(int Line, string Step);

/// <summary>What must be confirmed by a person before goods are handed over, and what of it is missing.</summary>
public static class HandoverSteps
{
    public const string Age = "age", Hazard = "hazard";

    public static IEnumerable<string> Of(ProductPacking product)
    {
        if (product.MinAge is not null) yield return Age;
        if (product.Hazard is not null) yield return Hazard;
    }

    /// <summary>Steps of these lines that nobody has confirmed.</summary>
    public static async Task<IReadOnlyList<HandoverStep>> Missing(Work work, FulfilmentId release, IReadOnlyList<(int Line, string Sku)> lines)
    {
        if (lines.Count == 0) return [];
        var products = await ProductPacking.Read(work, lines.Select(l => l.Sku));
        var wanted = lines.SelectMany(l => products.TryGetValue(Text.Key(l.Sku), out var p) ? Of(p).Select(s => new HandoverStep(l.Line, s)) : []).ToList();
        if (wanted.Count == 0) return [];
        var done = (await Confirmed(work, release)).ToHashSet();
        return [.. wanted.Where(w => !done.Contains(w))];
    }

    internal static async Task<IReadOnlyList<HandoverStep>> Confirmed(Work work, FulfilmentId release) => await work.Query(
        "select line_no, kind from handover_proofs where fulfilment_id = @id and merchant_id = @merchant order by line_no, kind", row => new HandoverStep(row.Int(), row.Text()), ("id", release.Value));
}
