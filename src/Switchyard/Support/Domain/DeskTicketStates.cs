using Switchyard.Kernel;

namespace Switchyard.Support;

/// <summary>
/// Where the ticket of a trouble stands. Waiting: to be opened; open; closing: mended, to be told at the desk; closed; dropped: mended before anything was asked; parked:
/// the desk takes it not, and a person is to look.
/// </summary>
public enum DeskTicketState { Waiting, Open, Closing, Closed, Dropped, Parked }

/// <summary>Every allowed move of the ticket of a trouble.</summary>
public static class DeskTicketStates
{
    public static readonly Transitions<DeskTicketState> Allowed = new()
    {
        [DeskTicketState.Waiting] = [DeskTicketState.Open, DeskTicketState.Dropped, DeskTicketState.Parked],
        [DeskTicketState.Open] = [DeskTicketState.Closing],
        [DeskTicketState.Closing] = [DeskTicketState.Closed, DeskTicketState.Parked],
        [DeskTicketState.Parked] = [DeskTicketState.Waiting, DeskTicketState.Closing, DeskTicketState.Dropped],
    };

    public static readonly IReadOnlyList<string> Names = [.. Enum.GetNames<DeskTicketState>().Select(n => n.ToLowerInvariant())];
}
