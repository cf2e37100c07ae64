using Shouldly;
using Switchyard.Orders;
using Switchyard.Search;

namespace Switchyard.Tests.Search;

/// <summary>The grammar of queries: what is read, and what is wrong at which column.</summary>
public sealed class QueryParserTests
{
    [Theory]
    [InlineData("ada", "ada")]
    [InlineData("ada byron", "(ada & byron)")]
    [InlineData("ada AND byron", "(ada & byron)")]
    [InlineData("ada OR byron carl", "(ada | (byron & carl))")]
    [InlineData("(ada OR byron) carl", "((ada | byron) & carl)")]
    [InlineData("-held:yes NOT tag:gift", "(!held=yes & !tag=gift)")]
    [InlineData("NOT NOT ada", "ada")]
    [InlineData("-(ada OR tag:x)", "!(ada | tag=x)")]
    [InlineData("name:\"ada byron\"", "name='ada byron'")]
    [InlineData("name:ad*", "name=ad~")]
    [InlineData("total:>10 total:<=12.50", "(total>10 & total<=12.50)")]
    [InlineData("total:10..20", "total=10..20")]
    [InlineData("placed:>=-7d", "placed>=-7d")]
    [InlineData("placed:2026-11-01T10:00:00Z..2026-11-30", "placed=2026-11-01T10:00:00Z..2026-11-30")]
    [InlineData("status:(placed, confirmed)", "status=placed,confirmed")]
    [InlineData("tag:(\"a, b\",c)", "tag='a, b',c")]
    [InlineData("\"OR\"", "'OR'")]
    [InlineData("ORANGE ANDROID NOTE", "(ORANGE & ANDROID & NOTE)")]
    [InlineData("a-b -c", "(a-b & !c)")]
    [InlineData("ada@example.test", "ada@example.test")]
    [InlineData("\"say \\\"hi\\\"\"", "'say \"hi\"'")]
    [InlineData("  ", "")]
    public void A_query_is_read_as_people_mean_it(string text, string tree) => Written(QueryParser.Parse(text).Value).ShouldBe(tree);

    [Theory]
    [InlineData("(ada", 1, "query.malformed")]
    [InlineData("ada)", 4, "query.malformed")]
    [InlineData("ada OR", 7, "query.malformed")]
    [InlineData("ada \"byron", 5, "query.malformed")]
    [InlineData("ada total:", 11, "query.malformed")]
    [InlineData("status:(a,b", 8, "query.malformed")]
    [InlineData("total:10..", 7, "query.malformed")]
    [InlineData("ada colour:red", 5, "query.unknown_field")]
    [InlineData("status:open", 8, "query.bad_value")]
    [InlineData("total:>cheap", 8, "query.bad_value")]
    [InlineData("placed:soon", 8, "query.bad_value")]
    [InlineData("channel:>a", 10, "query.bad_value")]
    [InlineData("number:10*", 8, "query.bad_value")]
    [InlineData("((((((((((((((ada))))))))))))))", 14, "query.too_deep")]
    public void What_is_wrong_is_said_with_its_column(string text, int column, string code)
    {
        var error = QueryBinder.Read(text, OrderFields.Catalogue, DateTimeOffset.UnixEpoch).Error.ShouldNotBeNull();
        error.Fields.Single().Code.ShouldBe(code, error.Detail);
        error.Extra["column"].ShouldBe(column, error.Detail);
    }

    [Fact]
    public void A_query_is_bounded()
    {
        QueryParser.Parse(new string('a', 1_000)).IsOk.ShouldBeTrue();
        QueryParser.Parse(new string('a', 1_001)).Error!.Fields[0].Code.ShouldBe("query.too_long");
        QueryParser.Parse(string.Join(' ', Enumerable.Repeat("a", 60))).IsOk.ShouldBeTrue();
        QueryParser.Parse(string.Join(' ', Enumerable.Repeat("a", 61))).Error!.Fields[0].Code.ShouldBe("query.malformed");
        QueryParser.Parse("a\0b").Error!.Fields[0].Code.ShouldBe("field.not_text");
    }

    [Theory]
    [InlineData("placed:today", "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z")]
    [InlineData("placed:2026-11", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")]
    [InlineData("placed:yesterday", "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z")]
    [InlineData("placed:2026-11-01..2026-11-02", "2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z")]
    public void Days_are_whole_days(string text, string from, string to)
    {
        var now = DateTimeOffset.Parse("2026-11-22T15:30:00Z", null);
        var query = QueryBinder.Read(text, OrderFields.Catalogue, now).Value!;
        bool Fits(string at) => query.Matches(_ => DateTimeOffset.Parse(at, null));
        Fits(from).ShouldBeTrue();
        query.Matches(_ => DateTimeOffset.Parse(to, null).AddMilliseconds(-1)).ShouldBeTrue();
        query.Matches(_ => DateTimeOffset.Parse(from, null).AddMilliseconds(-1)).ShouldBeFalse();
        Fits(to).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Müller", "muller")]
    [InlineData("O'Hara-Smith", "ohara smith")]
    [InlineData("  ÅNGSTRÖM  ", "angstrom")]
    [InlineData("---", "")]
    public void Names_become_words_without_case_and_accents(string name, string words) => string.Join(' ', TermText.Words(name)).ShouldBe(words);

    [Theory]
    [InlineData("+44 7700 900123", "700900123")]
    [InlineData("07700 900123", "700900123")]
    [InlineData("12345", "12345")]
    public void A_telephone_number_is_the_same_with_and_without_its_country(string phone, string kept) => TermText.Phone(phone).ShouldBe([kept]);

    private static string Written(QueryNode? node) => node switch
    {
        null => "",
        QueryNode.And all => $"({string.Join(" & ", all.Items.Select(Written))})",
        QueryNode.Or any => $"({string.Join(" | ", any.Items.Select(Written))})",
        QueryNode.Not not => "!" + Written(not.Item),
        QueryNode.Term term => term.Field + (term.Field is null ? "" : Sign(term.Operator)) +
            string.Join(term.Operator == QueryOperator.Range ? ".." : ",", term.Values.Select(v => (v.IsQuoted ? $"'{v.Text}'" : v.Text) + (v.IsPrefix ? "~" : ""))),
        _ => "?",
    };

    private static string Sign(QueryOperator sign) => sign switch
    {
        QueryOperator.Above => ">",
        QueryOperator.AtLeast => ">=",
        QueryOperator.Below => "<",
        QueryOperator.AtMost => "<=",
        _ => "=",
    };
}
