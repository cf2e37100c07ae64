using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Exceptions;

// door: Trouble, TroubleKinds, AttentionSource, AttentionAsk, AttentionItem, AttentionAction

/// <summary>The door of Exceptions: what a person must look at, raised by any room in the transaction that saw it.</summary>
public static class ExceptionsRoom
{
    public static IServiceCollection AddExceptions(this IServiceCollection services) => services.AddSingleton(AttentionSource.Exceptions);

    public static void Map(IEndpointRouteBuilder routes)
    {
        ListExceptions.Map(routes);
        ResolveException.Map(routes);
        ListAttention.Map(routes);
    }

    /// <summary>Queues troubles. The same trouble with the same subject seen again while it is open counts up and keeps its first date.</summary>
    public static void Raise(Batch batch, IReadOnlyList<Trouble> troubles, DateTimeOffset now) => batch.Execute(
        """
        insert into exceptions (merchant_id, kind, subject, order_id, fulfilment_id, sku_id, node_id, detail, says, opened_at_ms, seen_at_ms)
        select @merchant, kind, subject, order_id, fulfilment_id, sku_id, node_id, detail, says, @now, @now from @rows r where true
         order by kind, subject
            on conflict (merchant_id, kind, subject) where state = 'open'
            do update set seen = exceptions.seen + 1, seen_at_ms = excluded.seen_at_ms, detail = excluded.detail, says = excluded.says
        """,
        Rows.Of(troubles.DistinctBy(t => (t.Kind, t.Subject)).ToList()).Text("kind", t => t.Kind).Text("subject", t => t.Subject)
            .UuidOrNull("order_id", t => t.Order).UuidOrNull("fulfilment_id", t => t.Fulfilment).LongOrNull("sku_id", t => t.Sku)
            .LongOrNull("node_id", t => t.Node).Text("detail", t => t.Detail).Text("says", t => t.Says),
        ("now", now.ToUnixTimeMilliseconds()));

    /// <summary>Queues the end of troubles that the event of this transaction has mended.</summary>
    public static void Mend(Batch batch, IReadOnlyList<(string Kind, string Subject)> mended, Actor actor, string resolution, DateTimeOffset now) => batch.Execute(
        """
        update exceptions set state = 'resolved', resolved_at_ms = @now, resolved_by = @by, resolution = @resolution from @rows r
         where exceptions.merchant_id = @merchant and exceptions.kind = r.kind and exceptions.subject = r.subject and exceptions.state = 'open'
        """,
        Rows.Of(mended).Text("kind", m => m.Kind).Text("subject", m => m.Subject),
        ("now", now.ToUnixTimeMilliseconds()), ("by", actor.Id), ("resolution", resolution));
}

/// <summary>One trouble.</summary>
/// <param name="Kind">Stable code, for instance <c>shipped_after_cancel</c>; <see cref="TroubleKinds"/> lists all with what to do next.</param>
/// <param name="Subject">What it is about, so that the same trouble is one row: an order's or release's id, or <c>sku@node</c>.</param>
/// <param name="Detail">One sentence a shop worker understands; no personal data.</param>
public sealed record Trouble(string Kind, string Subject, string Detail, Guid? Order = null, Guid? Fulfilment = null, long? Sku = null, long? Node = null)
{
    /// <summary>The detail by its code (<see cref="Kernel.Saying"/>, as stored); null when somebody worded it.</summary>
    public string? Says { get; init; }
}

/// <summary>Every kind of trouble with its title and what a person does next. Codes are stored and never renamed.</summary>
public static class TroubleKinds
{
    public static readonly IReadOnlyDictionary<string, (string Title, string Next)> All = new Dictionary<string, (string, string)>
    {
        ["shipped_after_cancel"] = ("Shipped although cancelled", "Ask for the parcel back, or bill it again."),
        ["shipped_while_held"] = ("Shipped although it was not to leave", "See what held it back and put that right: the parcel is under way."),
        ["shipped_unallocated"] = ("Shipped without a claim", "Check the stock of the node that shipped."),
        ["delivered_before_shipped"] = ("Delivered before it was shipped", "Check the shipment's record."),
        ["sold_while_allocated"] = ("Sold at the till although promised", "See where the order is planned now."),
        ["stock_deficit"] = ("Fewer goods than promised", "Count the shelf; orders that lost their goods are planned anew."),
        ["count_wanted"] = ("A count is wanted", "Count the shelf and enter what is there."),
        ["no_answer"] = ("A node does not answer", "Call the node or move the release."),
        ["cannot_replan"] = ("No other place has the goods", "Wait for stock, substitute or cancel with the customer."),
        ["promise_broken"] = ("The promised date cannot be kept", "Tell the customer or choose a faster service."),
        ["over_paid"] = ("Paid too much", "Give the difference back."),
        ["payment_unknown"] = ("Nobody knows whether it was paid", "Look at the provider's statement and reconcile the payment."),
        ["payment_disputed"] = ("The payer's bank asks money back", "Send the bank the proof of delivery, or let it go."),
        ["hold_overdue"] = ("A hold nobody dealt with in time", "Deal with the order's hold, or give it to somebody."),
        ["refund_owed"] = ("Money is to be given back", "Refund the payment."),
        ["edit_failed"] = ("A change could not be made", "Tell the customer that the goods have left as they were."),
        ["receipt_differs"] = ("A delivery differs from what was expected", "Settle the difference with the sender."),
        ["feed_late"] = ("A stock feed is late", "Ask the partner for its levels; until then less of its stock is sold."),
        ["strategy_wrong"] = ("The routing strategy no longer fits", "Correct and promote the strategy, or put the nodes right."),
        ["label_failed"] = ("No carrier makes a label", "Mend what the carrier says, or choose another service, and try again."),
        ["label_not_voided"] = ("A carrier does not take a label back", "Ask the carrier to cancel the label, or it is paid for."),
        ["opened_parcel_moves"] = ("A parcel moves that was opened here", "Look for its goods: they may have left, though the books have them here."),
        ["parcel_exception"] = ("A carrier has trouble with a parcel", "See what the carrier says, and call it or the customer."),
        ["parcel_stalled"] = ("A parcel stands still", "Ask the carrier where it is."),
        ["parcel_lost"] = ("A parcel counts as lost", "Send the claim, and send the goods again or refund them, not both."),
        ["message_failed"] = ("A message did not reach the customer", "Correct the address and send it again, or call the customer."),
        ["mail_down"] = ("No mail gets through", "Mend the mail account in the settings; what waits is sent then."),
        ["edi_failed"] = ("An EDI message with a partner failed", "See why under Settings, EDI; mend the cause and do it again, or ask the partner."),
        ["edi_unacknowledged"] = ("A partner does not acknowledge what we sent", "Ask the partner whether it came; send it again under Settings, EDI."),
        ["erp_refused"] = ("The ERP does not take our credentials", "Give new credentials under Settings, ERP, and test them."),
        ["erp_task_parked"] = ("The ERP does not take something", "Mend what it says and post it again under Settings, ERP, or book it there by hand and drop it."),
        ["erp_thing_parked"] = ("What the ERP told cannot be done", "See what stands in its way under Settings, ERP; mend it and do it again."),
        ["lot_on_shelf"] = ("Goods that may not be sold lie on a shelf", "Take them to quarantine, or write them off."),
        ["channel_order_parked"] = ("An order of a channel could not be taken in", "Mend what stands in its way, and take it in again from the channel's page."),
        ["channel_refused"] = ("A channel does not take our credentials", "Give new credentials to the connection, and test them."),
        ["channel_silent"] = ("A channel does not answer", "See whether it is there; until then nothing comes in from it and nothing goes out to it."),
        ["channel_task_parked"] = ("A channel could not be told what became of its order", "Tell it by hand and drop it, or mend what it says and have it told again."),
        ["stock_not_told"] = ("A channel does not take our stock", "See what the channel says of the listing; until then it sells by what it shows."),
        ["order_changed_late"] = ("A channel changed what cannot be changed any more", "Tell the buyer or the channel how it is, or ask for the goods back."),
        ["desk_ticket_parked"] = ("A support desk does not take a ticket", "See why under Settings, Support desk; mend it there and have the ticket tried again."),
        ["transfer_differs"] = ("A transfer arrived with a difference", "Find the units or write them off."),
    };
}
