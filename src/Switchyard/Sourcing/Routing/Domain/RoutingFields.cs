using System.Globalization;
using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Sourcing;

/// <summary>What strategies can ask of orders, lines and nodes, in the grammar of every list.</summary>
public static class RoutingFields
{
    /// <summary>In front of a line's field: every line must have it, not only some line.</summary>
    public const string Every = "every.";

    private const string Metadata = "metadata.", Product = "product.", Attribute = "attr.";

    private static readonly Field Nothing = new("anything", FieldType.Words, "Conditions name their field");
    private static readonly Field Sku = new("sku", FieldType.Words, "A product in it");
    private static readonly Field Flag = new("flag", FieldType.Code, "A handling flag of a product in it, such as chilled") { HasPrefixes = false };

    public static readonly IReadOnlyList<Field> OfLines =
    [
        Sku, Flag,
        new("quantity", FieldType.Number, "Units of the line"),
        new("unitWeight", FieldType.Number, "Kilograms of one unit"),
    ];

    public static readonly IReadOnlyList<Field> OfOrders =
    [
        new("channel", FieldType.Code, "The channel's code") { HasPrefixes = false },
        new("method", FieldType.Code, "The delivery method"),
        new("country", FieldType.Code, "The country it goes to") { HasPrefixes = false },
        new("postcode", FieldType.Words, "The postcode it goes to, or its beginning with a star") { Split = TermText.Postcode },
        new("total", FieldType.Money, "The total in the merchant's currency, such as 12.50"),
        new("units", FieldType.Number, "Units of goods"),
        new("lines", FieldType.Number, "Lines of goods"),
        new("weight", FieldType.Number, "Kilograms of all its goods"),
        new("priority", FieldType.Number, "Higher goes first; 0 is ordinary"),
        new("type", FieldType.Code, "sales or wholesale") { HasPrefixes = false },
        new("payment", FieldType.Code, "none, pending, authorised, paid, failed or terms") { HasPrefixes = false },
        new("tag", FieldType.Code, "A tag on it"),
        new("customerType", FieldType.Code, "person or company") { HasPrefixes = false, Values = ["person", "company"] },
        new("customerTag", FieldType.Code, "A tag on its customer"),
        Sku, Flag,
        Sku with { Name = Every + "sku", Meaning = "Every product in it" },
        Flag with { Name = Every + "flag", Meaning = "A handling flag of every product in it" },
    ];

    public static readonly IReadOnlyList<Field> OfNodes =
    [
        new("code", FieldType.Code, "The node's code"),
        new("kind", FieldType.Code, "warehouse, store, 3pl or supplier") { HasPrefixes = false, Values = ["warehouse", "store", "3pl", "supplier"] },
        new("group", FieldType.Code, "A group the node is in") { HasPrefixes = false },
        new("country", FieldType.Code, "The country it is in") { HasPrefixes = false },
        new("postcode", FieldType.Words, "Its postcode, or the beginning with a star") { Split = TermText.Postcode },
        new("distance", FieldType.Number, "Kilometres to the customer"),
        new("service", FieldType.Code, "A service it has to the customer"),
        new("leadDays", FieldType.Number, "Working days until it sends"),
        new("stock", FieldType.Number, "Units it has of whichever wanted SKU it has fewest of"),
        new("waiting", FieldType.Number, "Releases that wait there"),
        new("capacityLeft", FieldType.Number, "Releases it may still take today; of a node without a capacity nobody knows"),
        new("feedAge", FieldType.Number, "Hours since its last stock feed; of a node that was never fed nobody knows"),
        new("trust", FieldType.Number, "Percent of its stock that is believed, by its rule about late feeds"),
    ];

    /// <summary>Fields of nodes that change with the order or the hour; the others are known beforehand.</summary>
    internal static readonly IReadOnlySet<string> Moving = new HashSet<string> { "distance", "service", "stock", "waiting", "capacityLeft", "feedAge", "trust" };

    /// <summary>Reads a query of a scenario. Fields that merchants make themselves come after a dot: metadata., product., every.product., attr.</summary>
    /// <remarks>Errors: those of the grammar, each with its column; routing.bare_word.</remarks>
    internal static Result<BoundQuery?> Read(string? text, IReadOnlyList<Field> fields)
    {
        var parsed = QueryParser.Parse(text);
        if (parsed.Error is { } error) return error;
        if (parsed.Value is not { } tree) return (BoundQuery?)null;
        var terms = Terms(tree).ToList();
        if (terms.Find(t => t.Field is null) is { } bare)
            return QueryErrors.At(bare.Column, "routing.bare_word", $"Say what this is about, such as country:GB (column {Text.Invariant(bare.Column)}).");
        var own = terms.GroupBy(t => t.Field!, StringComparer.OrdinalIgnoreCase).Select(g => Own(g.Key, fields, g.Any(t => t.Operator != QueryOperator.Is))).OfType<Field>();
        var bound = new QueryBinder(new FieldCatalogue([.. fields, .. own], Nothing), DateTimeOffset.UnixEpoch).Bind(tree);
        return bound.Error is { } refused ? refused : bound.Value;
    }

    private static Field? Own(string name, IReadOnlyList<Field> fields, bool isCompared)
    {
        if (fields.Any(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) return null;
        bool isOrder = fields == OfOrders;
        bool isOwn = fields == OfNodes ? After(name, Attribute) : After(name, Product) || isOrder && (After(name, Metadata) || After(name, Every + Product));
        return isOwn ? new Field(name, isCompared ? FieldType.Number : FieldType.Code, "An attribute of your own") : null;
    }

    private static bool After(string name, string prefix) => name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    internal static IEnumerable<QueryNode.Term> Terms(QueryNode node) => node switch
    {
        QueryNode.And all => all.Items.SelectMany(Terms),
        QueryNode.Or any => any.Items.SelectMany(Terms),
        QueryNode.Not not => Terms(not.Item),
        QueryNode.Term term => [term],
        _ => [],
    };

    internal static IEnumerable<BoundQuery> Leaves(BoundQuery? query) => query switch
    {
        null => [],
        BoundQuery.And all => all.Items.SelectMany(Leaves),
        BoundQuery.Or any => any.Items.SelectMany(Leaves),
        BoundQuery.Not not => Leaves(not.Item),
        _ => [query],
    };

    internal static Field FieldOf(BoundQuery leaf) => leaf switch
    {
        BoundQuery.Among among => among.Field,
        BoundQuery.Within within => within.Field,
        BoundQuery.Is yes => yes.Field,
        _ => throw new InvalidOperationException("not a condition"),
    };

    // ---- values -----------------------------------------------------------------------------------------------------

    /// <summary>Does an order meet a query? Of its lines any one will do, unless the field says every.</summary>
    internal static bool Holds(BoundQuery? query, RoutedOrder order, Func<long?, SkuTraits> traits) => query switch
    {
        null => true,
        BoundQuery.And all => all.Items.All(i => Holds(i, order, traits)),
        BoundQuery.Or any => any.Items.Any(i => Holds(i, order, traits)),
        BoundQuery.Not not => !Holds(not.Item, order, traits),
        _ when FieldOf(query).Name.StartsWith(Every, StringComparison.OrdinalIgnoreCase) =>
            order.Lines.Count > 0 && order.Lines.All(l => query.Matches(f => Value(l, f.Name[Every.Length..], f, traits))),
        _ when IsOfLine(FieldOf(query).Name) => order.Lines.Any(l => query.Matches(f => Value(l, f.Name, f, traits))),
        _ => query.Matches(f => Value(order, f)),
    };

    internal static bool Holds(BoundQuery? query, RoutedLine line, Func<long?, SkuTraits> traits) => query?.Matches(f => Value(line, f.Name, f, traits)) != false;

    private static bool IsOfLine(string name) => name is "sku" or "flag" || After(name, Product);

    internal static object? Value(RoutedOrder order, Field field) => field.Name switch
    {
        "channel" => order.Channel,
        "method" => order.Method,
        "country" => order.Country,
        "postcode" => order.Postcode,
        "total" => order.Total,
        "units" => order.Lines.Sum(l => l.Quantity),
        "lines" => order.Lines.Count,
        "weight" => order.Lines.Sum(l => (decimal)l.WeightGrams * l.Quantity) / 1_000,
        "priority" => order.Priority,
        "type" => order.Type,
        "payment" => order.Payment,
        "tag" => order.Tags,
        "customerType" => order.IsCompany is { } company ? company ? "company" : "person" : null,
        "customerTag" => order.CustomerTags,
        _ when After(field.Name, Metadata) => Typed(Find(order.Metadata, field.Name[Metadata.Length..]), field),
        _ => null,
    };

    private static object? Value(RoutedLine line, string name, Field field, Func<long?, SkuTraits> traits) => name switch
    {
        "sku" => line.Sku,
        "flag" => traits(line.SkuId).Flags,
        "quantity" => line.Quantity,
        "unitWeight" => line.WeightGrams / 1_000m,
        _ when After(name, Product) => Typed(Find(traits(line.SkuId).Attributes, name[Product.Length..]), field),
        _ => null,
    };

    /// <summary>What a node says of itself at any hour and to any order.</summary>
    internal static object? Value(NodeSettings node, Field field) => field.Name switch
    {
        "code" => node.Code,
        "kind" => node.Kind,
        "group" => node.Groups,
        "country" => node.Country,
        "postcode" => node.Postcode,
        "leadDays" => node.LeadDays,
        _ when After(field.Name, Attribute) => Typed(Find(node.Attributes, field.Name[Attribute.Length..]), field),
        _ => null,
    };

    private static string? Find(IReadOnlyDictionary<string, string> attributes, string name) =>
        attributes.TryGetValue(name, out string? value) ? value
        : attributes.FirstOrDefault(a => a.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static object? Typed(string? text, Field field) => text is null || field.Type != FieldType.Number ? text
        : decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) ? number : null;
}
