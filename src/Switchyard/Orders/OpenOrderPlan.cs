using Switchyard.Exceptions;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Of an order under lock: where it is planned to be sent from, and what a person must look at.</summary>
public sealed partial class OpenOrder
{
    private readonly List<Trouble> _troubles = [];
    private readonly List<(string Kind, string Subject, string Resolution)> _mended = [];
    private string? _plan;

    /// <summary>The instant of this change.</summary>
    internal DateTimeOffset Now => _now;

    /// <summary>Preordered goods wait for their date although they are here. (An order's own date schedules its releases.)</summary>
    public bool IsTooEarly(OpenLine line) => line.ReleaseAtMs > _now.ToUnixTimeMilliseconds();

    /// <summary>The next version of the plan: why here. One a save; a later one replaces it.</summary>
    public void StorePlan(string plan) => _plan = plan;

    /// <summary>Raises a trouble about this order when it is saved.</summary>
    public void Raise(string kind, string detail) => _troubles.Add(new Trouble(kind, Id.ToString(), detail, Id.Value));

    /// <summary>Ends a trouble about this order when it is saved.</summary>
    public void Mend(string kind, string resolution) => _mended.Add((kind, Id.ToString(), resolution));
}
