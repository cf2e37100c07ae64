namespace Switchyard.Search;

/// <summary>A query as it was written, before its fields are known.</summary>
public abstract record QueryNode
{
    /// <summary>All of them.</summary>
    public sealed record And(IReadOnlyList<QueryNode> Items) : QueryNode;

    /// <summary>At least one of them.</summary>
    public sealed record Or(IReadOnlyList<QueryNode> Items) : QueryNode;

    public sealed record Not(QueryNode Item) : QueryNode;

    /// <param name="Field">Null for a bare word.</param>
    /// <param name="Values">One, or those of a list of which any will do; of a range its two ends.</param>
    /// <param name="Column">Where it begins in the query, from 1.</param>
    public sealed record Term(string? Field, QueryOperator Operator, IReadOnlyList<QueryValue> Values, int Column) : QueryNode;
}

public enum QueryOperator { Is, Above, AtLeast, Below, AtMost, Range }

/// <param name="IsPrefix">It ends in a star outside quotation marks: the beginning of a word will do.</param>
/// <param name="Column">Where it begins in the query, from 1.</param>
public sealed record QueryValue(string Text, bool IsPrefix, bool IsQuoted, int Column);
