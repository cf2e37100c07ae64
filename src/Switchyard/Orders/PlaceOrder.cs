using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Places an order: every line is promised stock that exists, in the transaction that stores the order.</summary>
public static class PlaceOrder
{
    public const int MostLines = 1_000, MostCharges = 100, MostMetadata = 50;

    /// <param name="OnShort">What becomes of it where not all can be promised; left out, as its channel has it. A channel that tells what it has sold (hold, backorder) cannot hear
    /// no: there refuse counts for nothing, and the channel decides.</param>
    /// <param name="CollectAt">The node at which the customer collects all of it; its goods come from nowhere else.</param>
    /// <param name="Type">sales, also when left out, or wholesale: to a company, on account unless a payment is said.</param>
    /// <param name="TaxOwedBy">Who owes its tax to the state: merchant, also when left out, or channel, where a marketplace collected it and pays it over.</param>
    public sealed record Request(string Channel, string? ExternalId, string Currency, Customer? Customer, Address? ShippingAddress, Address? BillingAddress,
        string? Method, IReadOnlyList<Line>? Lines, IReadOnlyList<Charge>? Charges, long? DiscountMinor, bool? PricesIncludeTax, Payment? Payment,
        [Words("refuse", "hold", "backorder")] string? OnShort, string? SourceReference, IReadOnlyDictionary<string, string>? Metadata, string? Reservation = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Words("sales", "wholesale")] string? Type = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CollectAt = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? AllowSubstitutes = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Words("merchant", "channel")] string? TaxOwedBy = null);

    /// <param name="Reference">The channel's own id of the customer.</param>
    /// <param name="Id">Our customer, when the sender knows him. Else he is found by reference or email, or made.</param>
    public sealed record Customer(string? Name, string? Email, string? Phone, string? Reference, CustomerId? Id = null);

    public sealed record Address(string? Name, string? Company, string? Line1, string? Line2, string? City, string? Region, string? Postcode,
        string? Country, string? Phone);

    /// <param name="UnitPriceMinor">Absent: the list price in the order's currency.</param>
    /// <param name="DiscountMinor">Over all units of the line.</param>
    /// <param name="TaxRate">A fraction with at most 6 decimals: 0.2 is 20 %.</param>
    /// <param name="Method">Its own delivery method, where it is not the order's.</param>
    /// <param name="CollectAt">The node at which the customer collects it; it comes from nowhere else.</param>
    public sealed record Line(string Sku, long Quantity, long? UnitPriceMinor, string? Name, long? DiscountMinor, decimal? TaxRate, long? TaxMinor,
        IReadOnlyDictionary<string, string>? Metadata,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Method = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CollectAt = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? AllowSubstitutes = null)
    {
        /// <summary>What was made for this customer is never something else.</summary>
        internal bool IsPersonalised => IsPersonal(Metadata);
    }

    internal static bool IsPersonal(IReadOnlyDictionary<string, string>? metadata) => metadata?.Keys.Any(k => k.Equals(LineText.Key, StringComparison.OrdinalIgnoreCase)) == true;

    /// <summary>What is paid but is no goods: delivery, gift wrap, tip, deposit.</summary>
    public sealed record Charge(string Code, string? Name, long AmountMinor, decimal? TaxRate, long? TaxMinor);

    /// <param name="Status">pending, authorised, paid, failed, terms, or absent when payment is not our business.</param>
    /// <param name="ExpiresAt">When a pending order gives its stock back. A channel that asks first may say at most 30 days ahead; one that tells may be late.</param>
    public sealed record Payment([Words("pending", "authorised", "paid", "failed", "terms")] string? Status, string? Method, string? Reference, DateTimeOffset? ExpiresAt);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders", async (Request body, Actor actor, OrderWriter writer) => await Handle(actor, body, writer))
            .Requires(Permission.OrdersWrite).WithMetadata(new WorksThrough(typeof(OrderWriter)), new KeepsOwnQueue()).WithName("orders.place").WithTags("Orders").WithSummary("Place an order")
            .Produces<OrderView>(201).Produces<OrderView>(200).ProducesProblem(400).ProducesProblem(409).ProducesProblem(422).ProducesProblem(429).ProducesProblem(503);

    public static async Task<IResult> Handle(Actor actor, Request request, OrderWriter writer)
    {
        var placed = await Db.Guard<OrderAnswer>(async () => Validate(request) is not { } faults ? await writer.Place(actor, request)
            : await writer.Earlier(actor) is { } earlier ? earlier : faults);
        return placed.Error is { } error ? error.ToHttp() : placed.Value;
    }

    /// <summary>Every fault of form, with its pointer; null when there is none. What is merely doubtful becomes a hold instead.</summary>
    public static Error? Validate(Request r)
    {
        var checks = new Checks();
        checks.Text(r.Channel, "/channel", 64, required: true);
        checks.Text(r.ExternalId, "/externalId", 200, required: r.ExternalId is not null);      // blank would make all orders one
        checks.That(Currency.TryParse(r.Currency, out _), "/currency", "field.unknown_currency", "currency must be an ISO 4217 code such as GBP.");
        checks.Text(r.Method, "/method", 64);
        checks.Text(r.CollectAt, "/collectAt", 64);
        checks.Text(r.SourceReference, "/sourceReference", 500);
        checks.That(r.OnShort is null or "refuse" or "hold" or "backorder", "/onShort", "field.unknown_value", "onShort must be refuse, hold or backorder.");
        if (r.DiscountMinor is { } discount) checks.Amount(discount, "/discountMinor");
        checks.That(r.Type is null || OrderTypes.IsKnown(r.Type), "/type", "field.unknown_value", "type must be sales or wholesale.");
        checks.That(r.TaxOwedBy is null or TaxOwers.Merchant or TaxOwers.Channel, "/taxOwedBy", "field.unknown_value", "taxOwedBy must be merchant or channel.");
        checks.That(r.Type != OrderTypes.Wholesale || r.Customer is { Id: not null } or { Reference.Length: > 0 } or { Email.Length: > 0 }, "/customer", "field.required",
            "A wholesale order names its company by id, reference or email.");
        if (r.Reservation is { } reservation)
            checks.That(ReservationId.TryParse(reservation, null, out _), "/reservation", "field.malformed", "reservation must be an id of the form rsv_….");
        ValidateCustomer(checks, r);
        ValidateLines(checks, r);
        ValidatePayment(checks, r.Payment);
        Metadata(checks, r.Metadata, "/metadata");
        return checks.AnyFault ? checks.ToError() : null;
    }

    private static void ValidateLines(Checks checks, Request r)
    {
        int lines = r.Lines?.Count ?? 0;
        checks.That(lines > 0, "/lines", "field.required", "An order needs at least one line.");
        checks.That(lines <= MostLines, "/lines", "field.too_many", $"An order may have at most {MostLines} lines; this has {lines}.");
        checks.That((r.Charges?.Count ?? 0) <= MostCharges, "/charges", "field.too_many", $"An order may have at most {MostCharges} charges.");
        if (lines > MostLines || (r.Charges?.Count ?? 0) > MostCharges) return;
        for (int i = 0; i < lines; i++)
        {
            if (r.Lines![i] is not { } line) { checks.Fault($"/lines/{i}", "field.required", "A line must be an object."); continue; }
            ValidateLine(checks, line, $"/lines/{i}");
        }
        for (int i = 0; i < (r.Charges?.Count ?? 0); i++)
        {
            if (r.Charges![i] is not { } charge) { checks.Fault($"/charges/{i}", "field.required", "A charge must be an object."); continue; }
            checks.Text(charge.Code, $"/charges/{i}/code", 100, required: true);
            checks.Text(charge.Name, $"/charges/{i}/name", 500);
            checks.Amount(charge.AmountMinor, $"/charges/{i}/amountMinor");
            Tax(checks, charge.TaxRate, charge.TaxMinor, $"/charges/{i}");
        }
    }

    internal static void ValidateLine(Checks checks, Line line, string at)
    {
        checks.Text(line.Sku, at + "/sku", 100, required: true);
        checks.Text(line.Name, at + "/name", 500);
        checks.Quantity(line.Quantity, at + "/quantity");
        checks.Text(line.Method, at + "/method", 64);
        checks.Text(line.CollectAt, at + "/collectAt", 64);
        if (line.UnitPriceMinor is { } price) checks.Amount(price, at + "/unitPriceMinor");
        if (line.DiscountMinor is { } off) checks.Amount(off, at + "/discountMinor");
        Tax(checks, line.TaxRate, line.TaxMinor, at);
        Metadata(checks, line.Metadata, at + "/metadata");
    }

    internal static void Tax(Checks checks, decimal? rate, long? minor, string at)
    {
        if (rate is { } r)
            checks.That(r is >= 0 and <= 1 && r * 1_000_000 == decimal.Truncate(r * 1_000_000), $"{at}/taxRate", "field.out_of_range",
                "taxRate must be a fraction from 0 to 1 with at most 6 decimals; 20 % is 0.2.");
        if (minor is { } m) checks.Amount(m, $"{at}/taxMinor");
    }

    private static void ValidateCustomer(Checks checks, Request r)
    {
        checks.Text(r.Customer?.Name, "/customer/name", 200);
        checks.Text(r.Customer?.Email, "/customer/email", 320);
        checks.Text(r.Customer?.Phone, "/customer/phone", 64);
        checks.Text(r.Customer?.Reference, "/customer/reference", 200);
        ValidateAddress(checks, r.ShippingAddress, "/shippingAddress");
        ValidateAddress(checks, r.BillingAddress, "/billingAddress");
    }

    internal static void ValidateAddress(Checks checks, Address? address, string at)
    {
        if (address is null) return;
        checks.Text(address.Name, at + "/name", 200);
        checks.Text(address.Company, at + "/company", 200);
        checks.Text(address.Line1, at + "/line1", 300);
        checks.Text(address.Line2, at + "/line2", 300);
        checks.Text(address.City, at + "/city", 200);
        checks.Text(address.Region, at + "/region", 200);
        checks.Text(address.Postcode, at + "/postcode", 32);
        checks.Text(address.Country, at + "/country", 64);
        checks.Text(address.Phone, at + "/phone", 64);
    }

    private static void ValidatePayment(Checks checks, Payment? payment)
    {
        if (payment is null) return;
        checks.That(payment.Status is null or "pending" or "authorised" or "paid" or "failed" or "terms", "/payment/status", "field.unknown_value",
            "payment.status must be pending, authorised, paid, failed or terms.");
        checks.Words(payment.Method, "/payment/method", 64);
        checks.Words(payment.Reference, "/payment/reference", 200);
    }

    /// <summary>
    /// A time limit that is over, or far away. Whoever asks before he sells has made a slip; whoever tells has sold, and his order is stored
    /// and held whatever his clock says.
    /// </summary>
    internal static bool IsOddExpiry(Payment? payment, DateTimeOffset now) => payment?.ExpiresAt is { } at && (at <= now || at > now.AddDays(30));

    internal static void Metadata(Checks checks, IReadOnlyDictionary<string, string>? metadata, string at)
    {
        if (metadata is null) return;
        checks.That(metadata.Count <= MostMetadata, at, "field.too_many", $"At most {MostMetadata} entries of metadata.");
        foreach (var (key, value) in metadata.Take(MostMetadata))
        {
            checks.Text(key, at, 100, required: true);
            checks.Text(value, $"{at}/{key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", 1_000);
        }
    }

    internal static string? ToJson<T>(T? value) where T : class => value is null ? null : JsonSerializer.Serialize(value, Json.Options);
}
