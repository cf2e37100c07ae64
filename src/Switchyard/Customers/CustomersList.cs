using Switchyard.Access;
using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Customers;

/// <summary>What customers can be found by, and how that becomes SQL.</summary>
public static class CustomersList
{
    /// <summary>Whoever was merged into another is found as that other.</summary>
    private const string Standing = " and c.merged_into is null";

    private static readonly FieldCatalogue Catalogue = new(
    [
        new("name", FieldType.Words, "How the name begins") { Split = text => AddressKey.Name(text) is { } key ? [key] : [] },
        new("word", FieldType.Words, "Words of the name") { Split = TermText.Words },
        new("email", FieldType.Words, "An email address, also one of several") { Split = text => EmailKey.Of(text) is { } key ? [key] : [], HasPrefixes = false },
        new("phone", FieldType.Words, "The telephone number, with the country's code") { Split = text => [PhoneKey.Of(text, null) ?? text.Trim()], HasPrefixes = false },
        new("externalId", FieldType.Code, "What a channel calls the customer") { Split = text => [text.Trim()], HasPrefixes = false, Aliases = ["external"] },
        new("tag", FieldType.Code, "A tag") { Split = text => [Text.Key(text)] },
        new("kind", FieldType.Code, "person or company") { Split = text => [text.Trim()], HasPrefixes = false, Values = ["person", "company"] },
        new("blocked", FieldType.YesNo, "Are orders looked at first?"),
        new("credit", FieldType.YesNo, "May it order on account?"),
        new("created", FieldType.Instant, "When it was first known") { Aliases = ["createdAt"] },
        new("updated", FieldType.Instant, "When it was last changed") { Aliases = ["updatedAt"] },
    ], new("anything", FieldType.Words, "a word of the name, email, telephone number") { Split = BareWord.Candidates, IsAnyWord = true });

    private const string Identities = "select i.customer_id from customer_identities i where i.merchant_id = @merchant";

    public static readonly ListSpec Spec = new("customers", Permission.CustomersRead, "customers c", "c.id", "c.merchant_id", Catalogue,
        new Dictionary<string, SqlField>
        {
            ["name"] = new((leaf, sql) => leaf is not BoundQuery.Among among ? SqlField.Never : SqlText.Join("or", among.Values.Select(v =>
                v.Words is not [var begin] ? SqlField.Never : $"(c.name_key >= {sql.Arg(begin)} and c.name_key < {sql.Arg(begin + '\uFFFD')})"))),
            ["word"] = CustomerWords.Table.Field("c.id", 3, CustomerWords.Name),
            ["email"] = new((leaf, sql) => leaf is BoundQuery.Among among ? $"c.id in ({ByEmail([.. among.Values.SelectMany(v => v.Words)], sql)})" : SqlField.Never),
            ["phone"] = new((leaf, sql) => leaf is not BoundQuery.Among among ? SqlField.Never
                : $"c.phone_key = any({sql.Arg(among.Values.SelectMany(v => v.Words).ToArray())})"),
            ["externalId"] = SqlField.Exists("c.id", Identities + " and i.kind = 'external' and i.channel_id in (select h.id from channels h where h.merchant_id = @merchant)", "i.key"),
            ["tag"] = CustomerWords.Table.Field("c.id", 4, CustomerWords.Tag),
            ["kind"] = SqlField.Code("c.kind"),
            ["blocked"] = SqlField.YesNo("c.blocked_reason is not null"),
            ["credit"] = SqlField.YesNo("c.credit_limit_minor is not null and c.kind = 'company'"),
            ["created"] = SqlField.Number("c.created_at_ms"),
            ["updated"] = SqlField.Number("c.updated_at_ms"),
            ["anything"] = Anything(),
        },
        [new("createdAt", "c.created_at_ms"), new("updatedAt", "c.updated_at_ms")])
    { Always = Standing };

    /// <summary>By the whole key, with each of the channels that may have given it as a relay address.</summary>
    private static string ByEmail(string[] keys, SqlText sql)
    {
        string asked = sql.Arg(keys);
        return $"""
            {Identities} and i.kind = 'email' and i.channel_id = 0 and i.key = any({asked}) union all
            select i.customer_id from channels h join customer_identities i on i.merchant_id = @merchant and i.kind = 'relay' and i.channel_id = h.id and i.key = any({asked})
             where h.merchant_id = @merchant
            """;
    }

    /// <summary>A bare word, or an email known to belong to somebody before the words are read.</summary>
    private static SqlField Anything()
    {
        var words = CustomerWords.Table.Field("c.id", 2, CustomerWords.Name, CustomerWords.Email, CustomerWords.Phone);
        string? Typed(BoundQuery leaf) => leaf is BoundQuery.Among { Values: [var value] } && value.Raw.Contains('@', StringComparison.Ordinal) ? EmailKey.Of(value.Raw) : null;
        return words with
        {
            Where = (leaf, sql) => Typed(leaf) is { } key ? $"(c.id in ({ByEmail([key], sql)}) or {words.Where(leaf, sql)})" : words.Where(leaf, sql),
            Rank = leaf => Typed(leaf) is null ? words.Rank(leaf) : null,
        };
    }
}
