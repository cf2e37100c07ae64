using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Packing;

/// <summary>Says in which boxes a release is best packed and where each item lies in them. It only suggests.</summary>
public static class SuggestCarton
{
    private const int MostUnits = 300;
    private const long ParcelMinor = 1_000_000_000;

    /// <summary>An item in its box: its lowest corner and its edges as turned, in the order it is put in.</summary>
    public sealed record PlacedItem(int Line, string Sku, int X, int Y, int Z, int LengthMm, int WidthMm, int HeightMm);

    /// <param name="DunnageMm3">Room to fill.</param>
    /// <param name="GrossGrams">What it should weigh with everything in it.</param>
    public sealed record SuggestedBox(string Packaging, string Name, Edges Inner, Edges Outer, long GrossGrams, long DunnageMm3, long? CostMinor, string? CostCurrency, IReadOnlyList<PlacedItem> Items);

    /// <param name="Unmeasured">Lines whose product has no sizes: they are left out.</param>
    /// <param name="Unpacked">Units that fit no box.</param>
    /// <param name="Engine">Which version of the engine said so.</param>
    public sealed record Response(string Object, FulfilmentId Fulfilment, string Engine, IReadOnlyList<SuggestedBox> Boxes, IReadOnlyList<int> Unmeasured, IReadOnlyList<LeftOut> Unpacked);
    public sealed record LeftOut(int Line, string Sku, long Quantity);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/fulfilments/{id}/carton", async (string id, Db db, Actor actor) => (await Handle(id, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("packing.carton").WithTags("Packing").WithSummary("Say in which boxes a release is best packed")
            .Produces<Response>().ProducesProblem(404);

    /// <remarks>Errors: fulfilment.not_found.</remarks>
    public static async Task<Result<Response>> Handle(string id, Db db, Actor actor)
    {
        if (!FulfilmentId.TryParse(id, null, out var release)) return FulfilmentErrors.NotFound;
        var read = await db.Read<Result<(FulfilmentView View, IReadOnlyList<PackagingView> Boxes, IReadOnlyDictionary<string, ProductPacking> Products)>>(actor, async work =>
            await FulfilmentRoom.Find(work, actor, release) is { } view
                ? (view, await WritePackaging.All(work), await ProductPacking.Read(work, view.Lines.Select(l => l.Sku)))
                : FulfilmentErrors.NotFound);
        if (read.Error is { } error) return error;
        var (view, all, products) = read.Value;
        var boxes = all.Where(b => b.IsActive && (b.Node is null || b.Node == view.Node)).ToList();
        return Suggest(view, boxes, products);
    }

    private static Response Suggest(FulfilmentView view, List<PackagingView> boxes, IReadOnlyDictionary<string, ProductPacking> products)
    {
        var lines = view.Lines.Where(l => l.Open + l.Picked > 0).Select(l => (Line: l, Goods: products.GetValueOrDefault(Text.Key(l.Sku)))).ToList();
        int[] unmeasured = [.. lines.Where(l => l.Goods is not { IsMeasured: true }).Select(l => l.Line.Line)];
        var measured = lines.Where(l => l.Goods is { IsMeasured: true }).Select(l => (l.Line, Goods: l.Goods!)).ToList();
        // Costs compare only where all have one, in one currency. A parcel more costs carriage, so that few parcels come before cheap ones.
        bool hasCosts = boxes.Count > 0 && boxes.All(b => b.CostMinor is not null) && boxes.Select(b => b.CostCurrency).Distinct().Count() == 1;
        var kinds = boxes.Select(b => new PackBox((int)b.Inner.LengthMm, (int)b.Inner.WidthMm, (int)b.Inner.HeightMm, b.EmptyGrams, b.MaxGrams,
            b.Supply is { } supply ? (int)Math.Min(supply, int.MaxValue) : null, hasCosts ? b.CostMinor + ParcelMinor : null)).ToList();
        var packed = new List<SuggestedBox>();
        var left = new List<LeftOut>();
        Pack([.. measured.Where(m => !m.Goods.ShipsAlone)]);
        foreach (var one in measured.Where(m => m.Goods.ShipsAlone))
            for (long unit = Math.Min(one.Line.Open + one.Line.Picked, MostUnits); unit > 0; unit--) Pack([(one.Line with { Open = 0, Picked = 1 }, one.Goods)]);
        return new Response("carton", view.Id, PackEngine.Version, packed, unmeasured, left);

        void Pack(IReadOnlyList<(FulfilmentLineView Line, ProductPacking Goods)> goods)
        {
            if (goods.Count == 0) return;
            long room = MostUnits;
            var items = new List<PackItem>();
            foreach (var (line, product) in goods)
            {
                long units = Math.Min(room, line.Open + line.Picked);
                room -= units;
                if (units < line.Open + line.Picked) left.Add(new LeftOut(line.Line, line.Sku, line.Open + line.Picked - units));
                items.Add(new PackItem((int)Math.Min(product.LengthMm!.Value, 100_000), (int)Math.Min(product.WidthMm!.Value, 100_000), (int)Math.Min(product.HeightMm!.Value, 100_000), product.WeightGrams,
                    (int)units, product.Turning == "any" ? UprightEdges.Any : UprightEdges.Height, product.Turning != "none", product.IsFragile));
            }
            var plan = PackEngine.Solve(kinds, items);
            foreach (var filled in plan.Boxes)
            {
                var box = boxes[filled.Box];
                long used = filled.Places.Sum(p => (long)p.LengthMm * p.WidthMm * p.HeightMm);
                packed.Add(new SuggestedBox(box.Code, box.Name, box.Inner, box.Outer, box.EmptyGrams + filled.Places.Sum(p => items[p.Item].WeightGrams),
                    kinds[filled.Box].Volume - used, box.CostMinor, box.CostCurrency,
                    [.. filled.Places.Select(p => new PlacedItem(goods[p.Item].Line.Line, goods[p.Item].Line.Sku, p.X, p.Y, p.Z, p.LengthMm, p.WidthMm, p.HeightMm))]));
            }
            for (int i = 0; i < goods.Count; i++) if (plan.Unpacked[i] > 0) left.Add(new LeftOut(goods[i].Line.Line, goods[i].Line.Sku, plan.Unpacked[i]));
        }
    }
}
