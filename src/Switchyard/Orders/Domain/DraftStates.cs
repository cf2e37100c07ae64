using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What was decided about a draft. That a quote has expired is read off its date.</summary>
public enum DraftState { Draft, Quoted, Accepted, Placed, Abandoned }

/// <summary>Every allowed move of a draft. An edit takes a quote back: it is a draft again.</summary>
public static class DraftStates
{
    public static readonly Transitions<DraftState> Allowed = new()
    {
        [DraftState.Draft] = [DraftState.Draft, DraftState.Quoted, DraftState.Placed, DraftState.Abandoned],
        [DraftState.Quoted] = [DraftState.Draft, DraftState.Quoted, DraftState.Accepted, DraftState.Placed, DraftState.Abandoned],
        [DraftState.Accepted] = [DraftState.Draft, DraftState.Placed, DraftState.Abandoned],
        [DraftState.Placed] = [],
        [DraftState.Abandoned] = [],
    };

    public static string Name(DraftState state) => state.ToString().ToLowerInvariant();
    public static DraftState Parse(string name) => Enum.Parse<DraftState>(name, ignoreCase: true);

    /// <summary>As people see it: draft, quoted, expired, accepted, placed, abandoned.</summary>
    public static string Shown(DraftState state, DateTimeOffset? validUntil, DateTimeOffset now) => HasExpired(state, validUntil, now) ? "expired" : Name(state);

    /// <summary>Was it quoted until a date that is past, and not accepted by then?</summary>
    public static bool HasExpired(DraftState state, DateTimeOffset? validUntil, DateTimeOffset now) => state == DraftState.Quoted && validUntil <= now;
}

/// <summary>Every way a draft can say no.</summary>
public static class DraftErrors
{
    public static readonly Error NotFound = Error.NotFound("drafts.not_found", "There is no such draft.");

    public static Error Changed(long version) => new(ErrorKind.Precondition, "drafts.changed", "The draft was changed meanwhile. Read it again and repeat what is still wanted.", [])
    { Extra = new Dictionary<string, object?> { ["version"] = version } };

    public static Error Cannot(DraftState state) => Error.Conflict("drafts.cannot_change", $"A draft that is {DraftStates.Name(state)} cannot be changed any more.");

    public static readonly Error NotQuoted = Error.Conflict("drafts.not_quoted", "Only what was quoted can be accepted.");
    public static readonly Error QuoteExpired = Error.Conflict("drafts.quote_expired", "The quote has expired. Quote it again, or change it.");
    public static readonly Error NothingToQuote = Error.Conflict("drafts.nothing_to_quote", "The draft has no lines, or a line without a price.");

    public static readonly Error NothingToReserve = Error.Conflict("drafts.nothing_to_reserve", "The draft has no goods that are kept in stock.");

    public static readonly Error NoAddress = Error.Conflict("drafts.no_address", "The draft has no delivery address.",
        new FieldError("/shippingAddress", "drafts.no_address", "Say where it goes, or a method by which it is collected."));
}
