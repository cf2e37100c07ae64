using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>What a published version is used for.</summary>
public enum RoutingStage { Checked, Live, Shadow, Retired }

/// <summary>Every allowed move of a published version. Live once, it can come back: nothing is lost by trying a newer one.</summary>
public static class RoutingStages
{
    public static readonly Transitions<RoutingStage> Allowed = new()
    {
        [RoutingStage.Checked] = [RoutingStage.Live, RoutingStage.Shadow, RoutingStage.Retired],
        [RoutingStage.Live] = [RoutingStage.Retired],
        [RoutingStage.Shadow] = [RoutingStage.Live, RoutingStage.Retired],
        [RoutingStage.Retired] = [RoutingStage.Live, RoutingStage.Shadow],
    };

    public static string Name(RoutingStage stage) => stage.ToString().ToLowerInvariant();
    public static RoutingStage Parse(string name) => Enum.Parse<RoutingStage>(name, ignoreCase: true);
}

/// <summary>Every way a strategy can say no.</summary>
public static class RoutingErrors
{
    public static readonly Error NotFound = Error.NotFound("routing.not_found", "There is no such strategy.");
    public static readonly Error NoVersion = Error.NotFound("routing.no_version", "The strategy has no such version.");
    public static readonly Error NoDraft = Error.Conflict("routing.no_draft", "There is no draft to check. Write one first.");
    public static readonly Error TooMany = Error.Unprocessable("routing.too_many", "A merchant has at most 100 strategies.");

    public static Error NotChecked(IReadOnlyList<FieldError> faults) => Error.Conflict("routing.not_checked",
        faults.Count == 0 ? "Nothing of this strategy has been checked. Check the draft first." : "The check finds errors, so this cannot decide about orders.", [.. faults]);

    public static Error CannotMove(RoutingStage from, RoutingStage to) =>
        Error.Conflict("routing.cannot_move", $"A {RoutingStages.Name(from)} version cannot become {RoutingStages.Name(to)}.");

    public static Error Changed(string code, long version) =>
        new(ErrorKind.Precondition, "routing.changed", $"Strategy {code} has been changed meanwhile.", []) { Extra = new Dictionary<string, object?> { ["version"] = version } };
}
