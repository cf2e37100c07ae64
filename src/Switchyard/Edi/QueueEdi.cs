using System.Text.Json.Nodes;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Edi;

/// <summary>
/// The consumer of the log: notes what partners are to be told. The same news makes the same row however often it is read, so it is told once. What it says is worked out when it goes.
/// </summary>
public sealed class QueueEdi(TimeProvider clock)
{
    public static readonly IReadOnlyList<string> Kinds = ["OrderPlaced", "FulfilmentShipped", "FulfilmentOffered", "FulfilmentAccepted"];

    private sealed record Wanted(Guid Id, long Merchant, Guid Partner, string Set, string About, Guid Order, Guid? Release);

    public async Task Handle(Work work, IReadOnlyList<LoggedEvent> events)
    {
        var partners = await work.Query($"select {EdiPartner.Columns} from edi_partners p where p.merchant_id = any(@of) and p.is_active = true /* house */", EdiPartner.Read,
            ("of", events.Select(e => e.Merchant).Distinct().ToArray()));
        if (partners.Count == 0) return;
        var known = events.Where(e => OrderId.TryParse(e.AggregateId, null, out _)).Select(e => (Entry: e, Order: OrderId.Parse(e.AggregateId, null).Value, Told: JsonNode.Parse(e.Payload))).ToList();
        var channels = (await work.Query("select r.id, c.code from @rows r join orders o on o.id = r.id join channels c on c.id = o.channel_id /* house */",
            Rows.Of(known.Select(k => k.Order).Distinct().ToList()).Uuid("id", o => o), row => (Order: row.Uuid(), Code: row.Text()))).ToDictionary(o => o.Order, o => o.Code);
        var now = clock.GetUtcNow();
        var wanted = known.SelectMany(k => partners.Where(p => p.Merchant == k.Entry.Merchant).SelectMany(p => Of(p, k.Entry, k.Told, channels.GetValueOrDefault(k.Order)).Where(w => p.SendsSet(w.Set))
            .Select(w => new Wanted(Guid.CreateVersion7(now), k.Entry.Merchant, p.Id, w.Set, w.About, k.Order, w.Release)))).DistinctBy(w => (w.Partner, w.Set, w.About)).ToList();
        if (wanted.Count == 0) return;
        await work.Execute(
            """
            insert into edi_messages (id, merchant_id, partner_id, direction, set_code, about, state, order_id, fulfilment_id, due_at_ms, created_at_ms)
            select id, merchant_id, partner_id, 'out', set_code, about, 'waiting', order_id, fulfilment_id, @now, @now from @rows r where true on conflict (partner_id, set_code, about) do nothing /* house */
            """, Rows.Of(wanted).Uuid("id", w => w.Id).Long("merchant_id", w => w.Merchant).Uuid("partner_id", w => w.Partner).Text("set_code", w => w.Set).Text("about", w => w.About)
                .Uuid("order_id", w => w.Order).UuidOrNull("fulfilment_id", w => w.Release), ("now", now.ToUnixTimeMilliseconds()));
    }

    private static IEnumerable<(string Set, string About, Guid? Release)> Of(EdiPartner partner, LoggedEvent entry, JsonNode? told, string? channel)
    {
        Guid? release = FulfilmentId.TryParse((string?)told?["fulfilment"], null, out var id) ? id.Value : null;
        bool isTheirs = partner.Channel is not null && partner.Channel == channel;
        if (entry.Kind == "OrderPlaced") return isTheirs ? [("855", entry.AggregateId, null)] : [];
        if (release is null) return [];
        // A node that accepts by default is never offered anything.
        if (entry.Kind is "FulfilmentOffered" or "FulfilmentAccepted") return partner.Node is not null && partner.Node == (string?)told!["node"] ? [("940", id.ToString(), release)] : [];
        string about = $"{id}:s{(long?)told!["more"]?["shipment"] ?? 1}";
        return isTheirs ? [("856", about, release), ("810", about, release)] : [];
    }
}
