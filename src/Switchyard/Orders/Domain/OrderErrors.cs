using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Every way this room can say no.</summary>
public static class OrderErrors
{
    public static Error UnknownAssignee(string name) => Error.Invalid([new FieldError("/assignee", "orders.unknown_assignee", $"Nobody here is called {name}.")]);

    public static Error NotFound(string id) => Error.NotFound("orders.not_found", "There is no such order.");

    public static readonly Error NoSuchReturn = Error.NotFound("orders.no_such_return", "The order has no such return.");

    public static readonly Error ReturnReferenceTaken = Error.Conflict("orders.return_reference_taken", "A return was announced under this reference already.",
        new FieldError("/reference", "orders.return_reference_taken", "This reference is another return's."));

    public static Error ExternalIdTaken(OrderId existing) =>
        Error.Conflict("orders.external_id_taken", "The channel has already sent another order under this external id.",
            new FieldError("/externalId", "orders.external_id_taken", "This external id belongs to another order."))
        with
        { Extra = new Dictionary<string, object?> { ["orderId"] = existing.ToString() } };

    public static Error Short(IReadOnlyList<FieldError> lines) =>
        Error.Conflict("orders.short", lines.Count == 1 ? lines[0].Detail : $"{lines.Count} lines cannot be promised; nothing was taken.", [.. lines]);

    public static Error SaleStopped(IReadOnlyList<FieldError> lines) =>
        Error.Conflict("orders.sale_stopped", lines.Count == 1 ? lines[0].Detail : $"{lines.Count} lines are not sold for now; nothing was taken.", [.. lines]);

    public static Error NoRoute(IReadOnlyList<FieldError> lines) =>
        Error.Conflict("orders.no_route", "No warehouse or store that has the goods can deliver to this address by this method.", [.. lines]);

    public static Error UnknownChannel(string channel) =>
        Error.Invalid("request.invalid", $"There is no channel {channel}.", new FieldError("/channel", "orders.unknown_channel", $"There is no channel {channel}."));

    public static Error OddExpiry() =>
        Error.Invalid([new FieldError("/payment/expiresAt", "field.out_of_range", "payment.expiresAt must lie within the next 30 days.")]);

    public static Error CannotCancel(OrderState state) =>
        Error.Conflict("orders.cannot_cancel", $"An order that is {OrderStates.Name(state)} cannot be cancelled.");

    /// <summary>Part has left; says what can still be cancelled.</summary>
    public static Error HandedOver(OpenOrder order, params FieldError[] fields) =>
        Error.Conflict("orders.cannot_cancel", "Part of this order has left the building; name the remaining lines, or say remaining.", fields) with
        {
            Extra = new Dictionary<string, object?>
            {
                ["cancellable"] = order.Lines.Where(l => l.HoldsStock && l.Free + l.InWork > 0).Select(l => new { line = l.LineNo, sku = l.Sku, quantity = l.Free + l.InWork }).ToList(),
            },
        };

    public static Error InWork() =>
        Error.Conflict("orders.cannot_cancel", "A warehouse or store is working on this order.");

    public static Error Changed(long version) =>
        new(ErrorKind.Precondition, "orders.version_changed", "The order was changed meanwhile. Read it again and repeat what is still wanted.", [])
        {
            Extra = new Dictionary<string, object?> { ["version"] = version },
        };

    public static Error CannotEdit(OrderState state) =>
        Error.Conflict("orders.cannot_edit", $"An order that is {OrderStates.Name(state)} cannot be changed.");

    public static Error GraceOver() =>
        Error.Forbidden("orders.grace_over", "The time in which this order could be changed freely is over; ask customer service.");

    public static Error NeedsPriceRight() => Error.Forbidden("orders.price_right", "You may not change prices, discounts or charges (orders:price).");

    public static Error NothingLeft() => Error.Conflict("orders.nothing_left", "Nothing of the order would be left; cancel it instead.");

    /// <summary>Units on which a node works stand in the way.</summary>
    public static Error InWorkAt(string pointer, string sku, long free) => Error.Conflict("orders.in_work",
        $"A warehouse or store is working on {sku}.", new FieldError(pointer, "orders.in_work", $"{sku}: only {free} units can be taken off without asking the node."));

    public static Error CannotHold(OrderState state) =>
        Error.Conflict("orders.cannot_hold", $"An order that is {OrderStates.Name(state)} cannot be held.");

    public static Error NoSuchHold() => Error.NotFound("orders.hold_not_found", "There is no such open hold on this order.");

    public static Error HoldNeedsRight(string permission) =>
        Error.Forbidden("orders.hold_needs_right", $"This hold is released only by somebody with the right {permission}.");

    public static Error HoldCancels() => Error.Conflict("orders.hold_cancels",
        "What this hold is about is cancelled by your routing strategy within seconds, and the hold ends with it. Edit the order to keep or change the line.");

    public static Error UnknownLine(string pointer) => Error.Invalid([new FieldError(pointer, "orders.no_such_line", "The order has no such line.")]);

    public static readonly Error QueueFull = Error.Busy("orders.queue_full", "More orders are waiting than can be taken now. Try again shortly.", 1);

    public static readonly Error StockIsHeld = Error.Busy("server.busy", "The stock of this order is locked by other work. Try again shortly.", 2);

    public static readonly Error OutcomeUnknown = Error.Unavailable("server.unavailable",
        "The connection to the database was lost while the order was being stored. Repeat the request with the same Idempotency-Key or external id.", 2);

    public static readonly Error CompanyRequired = Error.Conflict("orders.company_required", "A wholesale order belongs to a company that is known here.",
        new FieldError("/customer", "orders.company_required", "This is no company that is known here."));

    public static readonly Error NoSuchSeries = Error.NotFound("numbers.no_such_series", "There is no such number series: sales, wholesale or draft.");

    public static Error SeriesChanged(long version) => new(ErrorKind.Precondition, "numbers.changed", "The number series was changed meanwhile.", [])
    { Extra = new Dictionary<string, object?> { ["version"] = version } };

    public static Error PrefixTaken(string prefix, string type) => Error.Conflict("numbers.prefix_taken", $"The numbers of {type} have this prefix.",
        new FieldError("/prefix", "numbers.prefix_taken", $"{(prefix.Length == 0 ? "No prefix" : prefix)} is what numbers of {type} begin with."));

    public static Error NextUsed(long least) => Error.Conflict("numbers.next_used", $"Numbers below {least} of this prefix are given or set aside.",
        new FieldError("/next", "numbers.next_used", $"next must be {least} or more."));

    public static Error NotShipped(IReadOnlyList<FieldError> lines) =>
        Error.Conflict("orders.not_shipped", "Only what has left, and was not sent again before, is sent again.", [.. lines]);

    public static Error ReplacementFixed(IReadOnlyList<FieldError> lines) =>
        Error.Conflict("orders.replacement_fixed", "What is sent free of charge for another order is not raised.", [.. lines]);

    public static readonly Error RefundedAlready = Error.Conflict("orders.refunded_already", "The money for these goods was given back; what was refunded is not sent again too.");

    public static Error LinesGone(IReadOnlyList<string> lines) =>
        Error.Conflict("orders.lines_gone", $"Not sold any more: {string.Join(", ", lines.Take(20))}. Say withoutGone to order the rest.");

    public static readonly Error NothingToReorder = Error.Conflict("orders.nothing_to_reorder", "Nothing of this order is sold any more.");

    public static Error CannotSplit(IReadOnlyList<FieldError> lines) =>
        Error.Conflict("orders.cannot_split", "Only units nobody works on, and that have not left, are split off.", [.. lines]);

    public static readonly Error NothingWouldStay = Error.Conflict("orders.nothing_would_stay", "Some goods must stay on the order.");

    public static readonly Error PaymentPending = Error.Conflict("orders.payment_pending", "A payment of this order has not ended yet; settle it before the order is split.");

    public static Error TooManyTags(int most) => Error.Unprocessable("orders.too_many_tags", $"An order may have at most {most} tags.");

    public static Error TooMany(int most) => Error.Unprocessable("orders.too_many", $"The query finds more than {most:N0} orders. Narrow it.");

    public static readonly Error ContactElsewhere = Error.Conflict("orders.contact_elsewhere", "This reference was told of another order.");
    public static Error TooManyContacts(int most) => Error.Unprocessable("orders.too_many_contacts", $"An order may have at most {most} contacts.");
    public static Error TooManyNotes(int most) => Error.Unprocessable("orders.too_many_notes", $"An order may have at most {most} notes.");

    public static readonly Error NoSuchNote = Error.NotFound("orders.note_not_found", "There is no such note on this order.");
}
