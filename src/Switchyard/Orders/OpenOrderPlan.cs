using Switchyard.Exceptions;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Of an order under lock: where it is planned to be sent from, and what a person must look at.</summary>
public sealed partial class OpenOrder
{
    private readonly List<Trouble> _troubles = [];
    private readonly List<(string Kind, string Subject, string Resolution)> _mended = [];
    private string? _plan;
    private byte[]? _seen;
    private string? _ranksJson;
    private readonly string? _metadataJson, _customerKind, _customerTagsJson;

    /// <summary>What routing strategies may ask of it beside its own row.</summary>
    internal IReadOnlyList<string> Tags { get; private set; } = [];
    internal IReadOnlyDictionary<string, string> Metadata => _metadataJson is null ? new Dictionary<string, string>() : Parse<Dictionary<string, string>>(_metadataJson);

    /// <summary>What rankers said when it was placed; whoever plans it anew asks nobody.</summary>
    internal IReadOnlyDictionary<string, RankerAnswer> Ranks => _ranksJson is null ? RankerAnswer.None : Parse<Dictionary<string, RankerAnswer>>(_ranksJson);
    internal bool? IsOfCompany => _customerKind is null ? null : _customerKind == "company";
    internal IReadOnlyList<string> CustomerTags => _customerTagsJson is null ? [] : Parse<List<string>>(_customerTagsJson);

    /// <summary>Nodes that said no to work of this order, or nothing, within the last day: they are not asked again by themselves.</summary>
    internal IReadOnlySet<long> RefusedBy { get; private set; } = Nobody;

    private static readonly HashSet<long> Nobody = [];
    private const long RefusalMs = 86_400_000;

    private const string RefusedLately =
        """
        select distinct f.order_id, f.node_id from @rows r join fulfilment_orders f on f.order_id = r.id
         where f.merchant_id = @merchant and f.updated_at_ms > @since and (f.state = 'rejected' or f.state = 'cancelled' and f.reason = 'noAnswer'
            or exists (select 1 from fulfilment_lines l where l.fulfilment_id = f.id and l.rejected > 0))
        """;

    private static T Parse<T>(string json) => System.Text.Json.JsonSerializer.Deserialize<T>(json, Http.Json.Options)!;

    /// <summary>The instant of this change.</summary>
    internal DateTimeOffset Now => _now;

    /// <summary>Preordered goods wait for their date although they are here. (An order's own date schedules its releases.)</summary>
    public bool IsTooEarly(OpenLine line) => line.ReleaseAtMs > _now.ToUnixTimeMilliseconds();

    /// <summary>The next version of the plan: why here. One a save; a later one replaces it.</summary>
    /// <param name="seen">What it was decided from, packed; null when it cannot be decided again.</param>
    public void StorePlan(string plan, byte[]? seen = null) => (_plan, _seen) = (plan, seen);

    /// <summary>Raises a trouble about this order when it is saved.</summary>
    public void Raise(string kind, string detail, string? says = null) => _troubles.Add(new Trouble(kind, Id.ToString(), detail, Id.Value) { Says = says });

    /// <summary>Ends a trouble about this order when it is saved.</summary>
    public void Mend(string kind, string resolution) => _mended.Add((kind, Id.ToString(), resolution));
}
