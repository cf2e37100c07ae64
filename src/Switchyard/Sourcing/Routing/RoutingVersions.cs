using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>Finds rules by the name of their strategy, for whoever tries them.</summary>
public static class RoutingVersions
{
    /// <param name="Number">0 for a draft.</param>
    public sealed record Named(string Strategy, long Number, RoutingRules Rules);

    /// <param name="number">A published version; null: the draft when there is one, else the newest version.</param>
    /// <remarks>Errors: routing.not_found, routing.no_version.</remarks>
    public static Task<Result<Named>> Find(Db db, Actor actor, string code, long? number) => db.Read<Result<Named>>(actor, async work =>
    {
        if (!Text.IsStorable(code) || await RoutingSql.Find(work, code) is not { } stored) return RoutingErrors.NotFound;
        if (number is null && stored.Draft is { } draft) return new Named(stored.Code, 0, draft);
        var version = number is { } wanted ? await RoutingSql.Version(work, code, wanted) : (await RoutingSql.Versions(work, [code], 1)).MaxBy(v => v.Number);
        return version is null ? RoutingErrors.NoVersion : new Named(stored.Code, version.Number, version.Rules);
    }, snapshot: true);

    /// <summary>What a strategy that is tried goes by: what products say of themselves, and the figures, where it asks for them.</summary>
    public static async Task<(RoutingSettings Routing, RoutingFigures Figures)> ToTry(Work work, MerchantSettings settings, RoutingStrategy strategy, DateTimeOffset now)
    {
        var routing = settings.Routing;
        if (strategy.UsesTraits && routing.Traits.Count == 0)
            routing = routing with { Traits = (await ProductTraits.Read(work)).ToDictionary(t => t.Id, t => new SkuTraits(t.Flags, t.Attributes)) };
        return (routing, strategy.UsesFigures && !routing.UsesFigures ? await RoutingFigureReader.Read(work, now) : settings.Figures);
    }
}
