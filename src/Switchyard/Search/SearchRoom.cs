namespace Switchyard.Search;

// door: QueryNode, QueryOperator, QueryParser, QueryBinder, QueryErrors, BoundQuery, WordsValue, Span, Field, FieldType, FieldCatalogue, BareWord, TermText
// door: ListSpec, ListSort, ListAsk, ListOrder, ListKey, ListPage, ListCount, SearchList, SearchAnswer, SqlField, SqlText, TermTable, WordSource

/// <summary>The door of Search: one grammar for every list, for conditions of rules, and for the views people keep.</summary>
public static class SearchRoom
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services.AddHostedService<KeepWords>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        ReadFields.Map(routes);
        KeepViews.Map(routes);
    }
}
