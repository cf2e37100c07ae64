using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>What can be wrong with listings and with what a channel is to be told.</summary>
internal static class ListingErrors
{
    public static readonly Error NoSuchListing = Error.NotFound("connectors.no_such_listing", "The channel has told of no such listing.");
    public static readonly Error NoSuchTask = Error.NotFound("connectors.no_such_task", "There is nothing like it to tell.");
    public static readonly Error TaskDone = Error.Conflict("connectors.task_done", "The channel was told already.");
    public static readonly Error TaskAsked = Error.Conflict("request.in_progress", "The channel is being told right now. Try again in a moment.");

    public static FieldError NoSuchSku(string pointer, string sku) => new(pointer, "orders.unknown_sku", $"There is no product {sku} that is sold by units.");
}
