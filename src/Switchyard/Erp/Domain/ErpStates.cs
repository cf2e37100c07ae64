using Switchyard.Kernel;

namespace Switchyard.Erp;

/// <summary>Where the exchange with an ERP stands: being set up, at work, or at rest.</summary>
public enum ErpState { Draft, Live, Paused }

/// <summary>Every allowed move of it.</summary>
public static class ErpStates
{
    public static readonly Transitions<ErpState> Allowed = new()
    {
        [ErpState.Draft] = [ErpState.Live],
        [ErpState.Live] = [ErpState.Paused, ErpState.Draft],                                    // another account in its place
        [ErpState.Paused] = [ErpState.Live, ErpState.Draft],
    };

    public static string Name(ErpState state) => state.ToString().ToLowerInvariant();
    public static ErpState Parse(string text) => Enum.Parse<ErpState>(text, ignoreCase: true);
}
