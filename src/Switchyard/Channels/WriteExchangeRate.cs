using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Channels;

/// <summary>Shows exchange rates, and says what a currency is worth from an instant on.</summary>
public static partial class WriteExchangeRate
{
    /// <param name="Rate">Base currency units for one of the currency: a number or a text with up to 9 decimals, above 0.</param>
    /// <param name="ValidFrom">When it begins to hold; now, when left out.</param>
    public sealed record Request(JsonElement? Rate = null, DateTimeOffset? ValidFrom = null, string? Source = null);
    public sealed record Response(string Object, string Currency, string BaseCurrency, string Rate, DateTimeOffset ValidFrom, string Source);

    private const long MostE9 = 1_000_000_000_000_000_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/exchange-rates", async (string? currency, int? limit, string? after, Db db, Actor actor) =>
                (await List(currency, limit, after, db, actor)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("channels.listExchangeRates").WithSummary("List exchange rates").WithTags("Channels").Produces<Page<Response>>().ProducesProblem(400);
        routes.MapPut("/exchange-rates/{currency}", async (string currency, Request body, Db db, TimeProvider clock, Actor actor) =>
                (await Handle(currency, body, db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("channels.writeExchangeRate").WithSummary("Write an exchange rate").WithTags("Channels").Produces<Response>().ProducesProblem(400);
    }

    public static async Task<Result<Page<Response>>> List(string? currency, int? limit, string? after, Db db, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        if (currency is not null) ProductChecks.IsCurrency(checks, currency, "#currency");
        string[] from = Cursor.TryDecode(after, out string text) ? text.Split(' ') : [];
        long before = long.MaxValue;
        if (from is not ([""] or [_, _]) || from is [_, var ms] && !long.TryParse(ms, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out before))
            checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        var found = await db.Read(actor, work => work.Query(
            """
            select r.currency, m.base_currency, r.rate_e9, r.valid_from_ms, r.source from exchange_rates r join merchants m on m.id = r.merchant_id
             where r.merchant_id = @merchant and (@currency::text is null or r.currency = @currency::text)
               and (r.currency > @after or r.currency = @after and r.valid_from_ms < @before)
             order by r.currency, r.valid_from_ms desc limit @limit
            """, row => new Response("exchangeRate", row.Text(), row.Text(), Written(row.Long()), row.Instant(), row.Text()),
            ("currency", currency), ("after", from[0]), ("before", before), ("limit", most + 1L)));
        return Page<Response>.Of(found, most, r => $"{r.Currency} {Text.Invariant(r.ValidFrom.ToUnixTimeMilliseconds())}");
    }

    public static async Task<Result<Response>> Handle(string currency, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        ProductChecks.IsCurrency(checks, currency, "#currency");
        checks.Text(body.Source, "/source", 200);
        if (!TryRead(body.Rate ?? default, out long e9))
            checks.Fault("/rate", "field.out_of_range", "A rate is above 0, at most 1000000000, with at most 9 decimals: a number, or the same as a text.");
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        var from = body.ValidFrom ?? now;
        string source = string.IsNullOrEmpty(body.Source) ? "manual" : body.Source;
        return await db.Write<Response>(actor, async work =>
        {
            string baseCurrency = (await work.Query("select base_currency from merchants where id = @merchant", row => row.Text())).Single();
            if (currency == baseCurrency)
                return Error.Invalid([new FieldError("#currency", "rates.base_currency", $"{currency} is the base currency; its rate is always 1.")]);
            int changed = await work.Execute(
                """
                insert into exchange_rates (merchant_id, currency, valid_from_ms, rate_e9, source) values (@merchant, @currency, @from, @rate, @source)
                on conflict (merchant_id, currency, valid_from_ms) do update set rate_e9 = @rate, source = @source
                 where exchange_rates.rate_e9 <> @rate or exchange_rates.source <> @source
                """, ("currency", currency), ("from", from.ToUnixTimeMilliseconds()), ("rate", e9), ("source", source));
            var answer = new Response("exchangeRate", currency, baseCurrency, Written(e9), DateTimeOffset.FromUnixTimeMilliseconds(from.ToUnixTimeMilliseconds()), source);
            if (changed == 0) return answer;
            await EventLog.Append(work, actor, now, new Happening("exchangeRate", currency, "ExchangeRateSet", answer));
            await CatalogVersion.Bump(work);
            return answer;
        });
    }

    /// <summary>Reads digits exactly, never through a floating-point number.</summary>
    internal static bool TryRead(JsonElement given, out long e9)
    {
        e9 = 0;
        string? text = given.ValueKind switch { JsonValueKind.Number => given.GetRawText(), JsonValueKind.String => given.GetString(), _ => null };
        if (text is null || !Form().IsMatch(text)) return false;
        decimal rate = decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * 1_000_000_000;
        if (rate is <= 0 or > MostE9) return false;
        e9 = (long)rate;
        return true;
    }

    private static string Written(long e9) => (e9 / 1_000_000_000m).ToString("0.#########", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-9]{1,10}(\.[0-9]{1,9})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
