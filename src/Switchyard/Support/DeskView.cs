using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Support;

/// <summary>How many troubles have a ticket at a desk, by what became of it.</summary>
/// <param name="Waiting">Not opened, or not closed there yet.</param>
/// <param name="Parked">The desk takes them not, and a person is to look.</param>
public sealed record DeskTickets(long Waiting, long Open, long Closed, long Parked);

/// <summary>A support desk as callers see it. Secrets are named, never shown.</summary>
/// <param name="Troubles">Kinds of trouble that open a ticket there.</param>
/// <param name="Macros">What agents may do from there, within their own rights.</param>
/// <param name="Currency">The merchant's.</param>
/// <param name="RefundMostMinor">So much of one order is given back from there at most, all its refunds together, minor units of the merchant's currency; null: as the
/// agent's rights have it.</param>
/// <param name="CallUrl">Where the desk's app or integration calls; <c>/sidebar</c> and <c>/macros</c> come after it.</param>
/// <param name="TakesCalls">A secret for calls was made.</param>
/// <param name="TestedAt">When its credentials were last seen to be good.</param>
/// <param name="Said">What the desk, or the way to it, said when it failed last.</param>
public sealed record DeskView(DeskId Id, string Code, string Name, string Adapter, string AdapterName, string BaseUrl, JsonObject Settings, IReadOnlyList<string> SecretNames,
    IReadOnlyList<string> Troubles, IReadOnlyList<string> Macros, string Currency, long? RefundMostMinor, [property: Words("paused", "active")] string State,
    long CallsPerMinute, string CallUrl, bool TakesCalls, DateTimeOffset? TestedAt, DateTimeOffset? HeardAt, DateTimeOffset? FailedAt, string? Said, DeskTickets Tickets,
    long Version, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    [JsonPropertyOrder(-1)]
    public string Object => "supportDesk";

    internal static async Task<IReadOnlyList<DeskView>> Of(Work work, IReadOnlyList<Desk> desks, SupportDesks adapters, string address)
    {
        var batch = work.Batch();
        var kinds = batch.Query("select desk_id, kind from desk_troubles where merchant_id = @merchant order by kind", row => (Desk: row.Uuid(), Kind: row.Text()));
        var counts = batch.Query("select desk_id, state, count(*) from desk_tickets where merchant_id = @merchant group by desk_id, state",
            row => (Desk: row.Uuid(), State: row.Text(), N: row.Long()));
        var currency = batch.Query("select base_currency from merchants where id = @merchant", row => row.Text());
        await batch.Run();
        return
        [
            .. desks.Select(d =>
            {
                long N(params string[] states) => counts.Where(c => c.Desk == d.Id.Value && states.Contains(c.State)).Sum(c => c.N);
                return new DeskView(d.Id, d.Code, d.Name, d.Adapter, adapters.Of(d).Manifest.Name, d.BaseUrl, d.Settings.DeepClone().AsObject(), d.SecretNames,
                    [.. kinds.Where(k => k.Desk == d.Id.Value).Select(k => k.Kind)], d.Macros, currency[0], d.RefundMostMinor, d.State, d.CallsPerMinute,
                    $"{address}/api/v1/desk-calls/{d.Id}", d.CallSecret is not null, d.TestedAt, d.HeardAt, d.FailedAt, d.Said,
                    new DeskTickets(N("waiting", "closing"), N("open"), N("closed"), N("parked")), d.Version, d.CreatedAt, d.ChangedAt);
            }),
        ];
    }
}
