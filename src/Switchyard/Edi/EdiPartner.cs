using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Edi;

/// <summary>What is agreed with a partner beside who is who.</summary>
/// <param name="Usage">P production, T test: an interchange with the other one is refused.</param>
/// <param name="Takes">Sets that are taken from the partner; 997 always is.</param>
/// <param name="Sends">Sets that are sent to the partner; 997 always is.</param>
/// <param name="OrderType">wholesale: the partner buys. sales: the goods go to a customer of the partner's, who is named in each order.</param>
/// <param name="Units">Units of ours in one of theirs, by its code: CA is 12.</param>
/// <param name="Methods">Our delivery method, by the partner's carrier or service code.</param>
/// <param name="Separators">Three characters: between elements, between components, after segments.</param>
/// <param name="StockMinutes">An 846 goes out so often; null: only when somebody asks.</param>
/// <param name="AckHours">A 997 is expected within so many hours; 0: none is.</param>
/// <param name="TimeZone">Of times that name none, as of stock.</param>
/// <param name="ByFolder">Files go through the partner's folder.</param>
public sealed record EdiSettings(string Version, string Usage, IReadOnlyList<string> Takes, IReadOnlyList<string> Sends, string OurGroup, string TheirGroup, string OrderType, string GoodsQualifier,
    string Unit, IReadOnlyDictionary<string, long> Units, IReadOnlyDictionary<string, string> Methods, string Currency, string Country, string Separators, int? StockMinutes, int AckHours = EdiSettings.UsualAckHours, string TimeZone = "UTC", bool ByFolder = false)
{
    public const int UsualAckHours = 24;

    public PartnerProfile Profile => new(GoodsQualifier, Unit, Units, Methods, Currency, Country);
    public TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
    public Delimiters Delimiters => new(Separators[0], Separators[1], Separators[2], Version.CompareTo("00402", StringComparison.Ordinal) >= 0 ? '^' : null);
}

/// <summary>A trading partner, as it is stored.</summary>
/// <param name="Channel">The channel its orders come by; null for one that orders nothing.</param>
/// <param name="Node">The node at which it works for us; null for one that does not.</param>
/// <param name="Control">Of the last interchange that was made for it.</param>
internal sealed record EdiPartner(Guid Id, long Merchant, string Code, string Name, string? Channel, string? Node, string OurQualifier, string OurId, string TheirQualifier, string TheirId,
    EdiSettings Settings, bool IsActive, long Control, long Version)
{
    public const string Columns =
        "p.id, p.merchant_id, p.code, p.name, p.channel, p.node, p.our_qualifier, p.our_id, p.their_qualifier, p.their_id, p.settings, p.is_active, p.control, p.version";

    public static EdiPartner Read(Row row) => new(row.Uuid(), row.Long(), row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.Text(), row.Text(), row.Text(), row.Text(),
        JsonSerializer.Deserialize<EdiSettings>(row.Text(), Json.Options)!, row.Bool(), row.Long(), row.Long());

    public static Task<EdiPartner?> Find(Work work, string code, bool locked = false) =>
        work.Find($"select {Columns} from edi_partners p where p.merchant_id = @merchant and p.code = @code{(locked ? " for update" : "")}", Read, ("code", code));

    public static Task<EdiPartner?> ById(Work work, Guid id, bool locked = false) =>
        work.Find($"select {Columns} from edi_partners p where p.merchant_id = @merchant and p.id = @id{(locked ? " for update" : "")}", Read, ("id", id));

    /// <summary>Who has sent this: by both ids, locked, so that its interchanges are taken one after the other.</summary>
    public static Task<EdiPartner?> Sender(Work work, InterchangeHeader header) => work.Find(
        $"""
        select {Columns} from edi_partners p where p.merchant_id = @merchant and p.their_qualifier = @theirs and p.their_id = @their and p.our_qualifier = @ours and p.our_id = @our for update
        """, Read, ("theirs", header.SenderQualifier), ("their", header.Sender), ("ours", header.ReceiverQualifier), ("our", header.Receiver));

    public bool TakesSet(string set) => set == "997" || Settings.Takes.Contains(set);
    public bool SendsSet(string set) => set == "997" || Settings.Sends.Contains(set);

    /// <summary>The house, on behalf of the partner: what comes by EDI is done in its name.</summary>
    public Actor Actor => Actor.House("edi:" + Code, Merchant);
}
