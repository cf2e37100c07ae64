using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>What feeds do: listings in JSON, cancellations and refunds in rows with tabs.</summary>
public sealed partial class AmazonSim
{
    private const string ListingsFeed = "JSON_LISTINGS_FEED";
    private const string CancelFeedType = "POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA";
    private const string RefundFeedType = "POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA";

    private byte[] Work(AmazonFeed feed)
    {
        byte[] body = _documents[feed.DocumentId].Body!;
        return feed.Type == ListingsFeed ? WorkListings(feed, body) : WorkRows(body, feed.Type == CancelFeedType ? CancelRow : RefundRow);
    }

    private byte[] WorkListings(AmazonFeed feed, byte[] body)
    {
        var issues = new List<object>();
        int seen = 0, bad = 0;
        JsonNode? root = null;
        try { root = JsonNode.Parse(body); }
        catch (JsonException) { Issue(0, new Fault("4000003", "The feed is no JSON.", "", "INVALID_ATTRIBUTE")); }
        if (root is not null && root["header"].Text("sellerId") != SellerId) Issue(0, new Fault("4000004", "The header names another seller.", "sellerId", "INVALID_ATTRIBUTE"));
        else
        {
            foreach (var message in root?["messages"].Each() ?? [])
            {
                seen++;
                int id = message.Whole("messageId") ?? 0;
                var faults = message.Text("operationType") == "PATCH"
                    ? Patch(message.Text("sku") ?? "", message["patches"].Each(), isPreview: false)
                    : [new Fault("4000002", "The operationType is not supported here.", "operationType", "INVALID_ATTRIBUTE")];
                if (faults.Count > 0) bad++;
                foreach (var fault in faults) Issue(id, fault);
            }
        }
        return PlainJson.Bytes(new
        {
            header = new { sellerId = SellerId, version = "2.0", feedId = feed.Id }, issues,
            summary = new { errors = issues.Count, warnings = 0, messagesProcessed = seen, messagesAccepted = seen - bad, messagesInvalid = bad },
        });

        void Issue(int messageId, Fault fault) => issues.Add(new { messageId, code = fault.Code, severity = "ERROR", message = fault.Message, attributeName = fault.Attribute });
    }

    private static byte[] WorkRows(byte[] body, Func<Dictionary<string, string>, string?> run)
    {
        string[] rows = Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] names = rows.Length == 0 ? [] : rows[0].TrimEnd('\r').Split('\t');
        var report = new StringBuilder();
        int good = 0;
        for (int i = 1; i < rows.Length; i++)
        {
            string[] cells = rows[i].TrimEnd('\r').Split('\t');
            string? fault = run(names.Zip(cells).DistinctBy(p => p.First).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal));
            if (fault is null) good++;
            else report.Append(CultureInfo.InvariantCulture, $"{i}\t18028\tError\t{fault}\n");
        }
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"Feed Processing Summary:\n\tNumber of records processed\t\t{rows.Length - 1}\n\tNumber of records successful\t\t{good}\n\noriginal-record-number\terror-code\terror-type\terror-message\n{report}"));
    }

    /// <summary>Cancels an item, or with no item the whole order; what is wrong, or null.</summary>
    private string? CancelRow(Dictionary<string, string> row)
    {
        string id = row.GetValueOrDefault("order-id", ""), item = row.GetValueOrDefault("amazon-order-item-code", ""),
            reason = row.GetValueOrDefault("cancellation-reason-code", "");
        if (FindOrder(id) is not { IsByAmazon: false } part) return $"The order {id} is none of the seller's.";
        if (reason is not ("NoInventory" or "ShippingAddressUndeliverable" or "CustomerExchange" or "BuyerCanceled" or "GeneralAdjustment" or "CarrierCreditDecision" or "RiskAssessmentInformationNotValid" or "CarrierCoverageFailure" or "CustomerReturn" or "MerchandiseNotReceived"))
            return $"The cancellation-reason-code {reason} is not known.";
        if (part.Status is "SHIPPED") return $"The order {id} has been shipped.";
        if (item.Length > 0 && part.Lines.All(l => Text(l.Id) != item)) return $"The item {item} is not of the order {id}.";
        var order = part.Order;
        var lines = part.Lines.Where(l => (item.Length == 0 || Text(l.Id) == item) && order.Open(l) > 0).ToList();
        order.Extra["cancelledBy"] = "MERCHANT";
        if (order.Lines.All(l => lines.Contains(l) || order.Open(l) <= 0)) Shop.Cancel(order, reason);
        else foreach (var line in lines) Shop.SetQuantity(order, line.Id, line.Current - order.Open(line));
        return null;
    }

    /// <summary>Pays back for an item; what is wrong, or null. Nothing here knows whether it was sent before.</summary>
    private string? RefundRow(Dictionary<string, string> row)
    {
        string id = row.GetValueOrDefault("order-id", ""), item = row.GetValueOrDefault("order-item-id", "");
        if (FindOrder(id) is not { IsByAmazon: false } part) return $"The order {id} is none of the seller's.";
        if (part.Lines.FirstOrDefault(l => Text(l.Id) == item) is not { } line) return $"The item {item} is not of the order {id}.";
        var order = part.Order;
        if (row.GetValueOrDefault("currency") != order.Currency) return $"The currency must be {order.Currency}.";
        if (row.GetValueOrDefault("adjustment-reason-code", "").Length == 0) return "The adjustment-reason-code is missing.";
        if (order.Shipments.Count == 0) return $"The order {id} has not been shipped.";
        long[] parts = new long[4];
        string[] columns = ["item-price-adj", "item-tax-adj", "shipping-price-adj", "shipping-tax-adj"];
        for (int i = 0; i < columns.Length; i++)
            if (row.GetValueOrDefault(columns[i], "") is { Length: > 0 } text && (!SimMoney.TryMinor(text, order.Currency, out parts[i])
                || parts[i] < 0)) return $"{columns[i]} is no amount.";
        long amount = parts.Sum();
        if (amount <= 0) return "There is nothing to pay back.";
        if (order.RefundedMinor + amount > order.TotalMinor) return "The adjustment exceeds what the buyer paid.";
        int units = int.TryParse(row.GetValueOrDefault("quantity-cancelled"), CultureInfo.InvariantCulture, out int told) ? told : 0;
        Shop.Refund(order, amount, row["adjustment-reason-code"], [new SimRefundedLine(Shop.NextId(), line.Id, units, parts[0] + parts[1], parts[1], false)],
            parts[2] + parts[3], paidOut: true);
        return null;
    }
}
