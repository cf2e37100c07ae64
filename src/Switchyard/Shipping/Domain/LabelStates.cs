using System.Text.Json;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>A label of a package, from the wish to the carrier's list.</summary>
public enum LabelState { Wanted, Booked, Failed, Cancelled, Voiding, Voided, Manifested }

/// <summary>Every move of a label. A manifest takes its labels before the carrier is asked, and gives them back when it is refused.</summary>
public static class LabelStates
{
    public static readonly Transitions<LabelState> Allowed = new()
    {
        [LabelState.Wanted] = [LabelState.Booked, LabelState.Failed, LabelState.Cancelled],
        [LabelState.Failed] = [LabelState.Wanted, LabelState.Cancelled],
        [LabelState.Booked] = [LabelState.Voiding, LabelState.Manifested],
        [LabelState.Voiding] = [LabelState.Voided, LabelState.Booked],
        [LabelState.Manifested] = [LabelState.Booked],
    };

    public static string Name(LabelState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
    public static LabelState Parse(string name) => Enum.Parse<LabelState>(name, ignoreCase: true);
}
