using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>Where a connection stands: being set up, at work, or at rest.</summary>
public enum ConnectionState { Draft, Live, Paused }

/// <summary>Every allowed move of a connection.</summary>
public static class ConnectionStates
{
    public static readonly Transitions<ConnectionState> Allowed = new()
    {
        [ConnectionState.Draft] = [ConnectionState.Live],
        [ConnectionState.Live] = [ConnectionState.Paused],
        [ConnectionState.Paused] = [ConnectionState.Live],
    };

    public static string Name(ConnectionState state) => state.ToString().ToLowerInvariant();
    public static ConnectionState Parse(string text) => Enum.Parse<ConnectionState>(text, ignoreCase: true);
}
