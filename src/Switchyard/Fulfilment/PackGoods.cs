using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>The door for the packing station: parcels are packed, and what it keeps beside them is written, in one transaction.</summary>
public sealed class PackGoods(ChangeRelease change)
{
    /// <param name="Units">Lots and serial numbers that were read at the table, of lines in it.</param>
    public sealed record Parcel(IReadOnlyList<(int Line, long Units)> Lines, long? WeightGrams, long? LengthMm, long? WidthMm, long? HeightMm, IReadOnlyList<TakenBody> Units);

    /// <param name="decide">Called with the order locked: what to pack; no parcels change nothing.</param>
    /// <param name="after">Called with the new packages, in the order of the parcels.</param>
    public Task<Result<FulfilmentView>> Handle(FulfilmentId id, Actor actor, Func<Work, Task<Result<List<Parcel>>>> decide, Func<Work, IReadOnlyList<PackageId>, Task> after) =>
        change.Handle(id, actor, null, async desk =>
        {
            var decided = await decide(desk.Work.Work);
            if (decided.Error is { } error) return error;
            if (decided.Value.Count == 0) return null;
            var bodies = decided.Value.Select(p => new PackRelease.PackageBody([.. p.Lines.Select(l => new PartBody(l.Line, l.Units))], p.WeightGrams, p.LengthMm, p.WidthMm, p.HeightMm, null, null, null)).ToList();
            if (await ReleaseLots.Identify(desk.Work, desk.Release, [.. decided.Value.SelectMany(p => p.Units)]) is { } unknown) return unknown;
            if (PackRelease.Pack(desk, bodies) is { } refused) return refused;
            await after(desk.Work.Work, [.. desk.Release.Packages.OrderBy(p => p.No).TakeLast(bodies.Count).Select(p => p.Id)]);
            return null;
        });
}
