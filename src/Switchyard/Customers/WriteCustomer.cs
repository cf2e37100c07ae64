using System.Text.Json;
using Switchyard.Access;
using Switchyard.Channels;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Customers;

/// <summary>Makes a customer (POST), or makes one exactly as told (PUT).</summary>
public static class WriteCustomer
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/customers", async (CustomerBody body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await Handle(body, null, null, db, clock, actor)).ToHttp(http, StatusCodes.Status201Created))
            .Requires(Permission.CustomersWrite).WithName("customers.create").WithTags("Customers").WithSummary("Make a customer")
            .Produces<CustomerView>(201).ProducesProblem(400).ProducesProblem(409).ProducesProblem(422);

        routes.MapPut("/customers/{id}", async (string id, CustomerBody body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                if (!CustomerId.TryParse(id, null, out var customer)) return CustomerErrors.NotFound.ToHttp();
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : (await Handle(body, customer, expected.Value, db, clock, actor)).ToHttp(http);
            })
            .Requires(Permission.CustomersWrite).WithName("customers.replace").WithTags("Customers").WithSummary("Change a customer")
            .Produces<CustomerView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
    }

    /// <param name="id">Null to make a new one.</param>
    /// <remarks>Errors: request.invalid, customers.not_found, customers.is_merged, customers.changed, customers.identity_taken.</remarks>
    public static async Task<Result<CustomerView>> Handle(CustomerBody body, CustomerId? id, long? expectedVersion, Db db, TimeProvider clock, Actor actor)
    {
        var checks = CustomerChecks.Check(body);
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<CustomerView>(actor, async work =>
        {
            var stored = id is { } known ? await CustomersSql.Find(work, known, locked: true) : null;
            if (id is not null && stored is null) return CustomerErrors.NotFound;
            if (stored is { IsMerged: true }) return CustomerErrors.IsMerged(stored.Root);
            if (expectedVersion is { } version && stored!.Version != version) return CustomerErrors.Changed(stored.Version);

            var customer = id ?? CustomerId.New(now);
            if (await Store(work, actor, customer, body, isNew: stored is null, now) is { } refused) return refused;
            return (await CustomerReader.Find(work, customer))!;
        });
    }

    /// <summary>Writes a customer that is checked and locked; after a refusal the transaction must not be kept.</summary>
    /// <remarks>Errors: orders.unknown_channel, customers.identity_taken.</remarks>
    internal static async Task<Error?> Store(Work work, Actor actor, CustomerId customer, CustomerBody body, bool isNew, DateTimeOffset now)
    {
        var wanted = await Identities(work, body);
        if (wanted.Error is { } unknown) return unknown;
        await Save(work, customer, body, isNew, now);
        if (await Claim(work, customer, body, wanted.Value) is { } taken) return taken;
        await EventLog.Append(work, actor, now, new Happening("customer", customer.ToString(), isNew ? "CustomerCreated" : "CustomerChanged",
            new { kind = body.Kind ?? "person", isOnAccount = body.Credit is not null }));
        await CustomerWords.Read(work, customer);
        return null;
    }

    private static Task Save(Work work, CustomerId id, CustomerBody body, bool isNew, DateTimeOffset now)
    {
        var details = new CustomerDetails(body.VatNumber, body.Language, [.. (body.Addresses ?? []).OfType<CustomerAddress>()],
            [.. (body.Contacts ?? []).OfType<CustomerContact>()], body.Metadata);
        string sql = isNew
            ? """
              insert into customers (id, merchant_id, kind, name, name_key, email, phone, phone_key, details, tags, credit_currency, credit_limit_minor,
                     terms_days, allow_substitutes, created_at_ms, updated_at_ms)
              values (@id, @merchant, @kind, @name::text, @nameKey::text, @email::text, @phone::text, @phoneKey::text, @details, @tags, @currency::text,
                     @limit::bigint, @days::integer, @substitutes::boolean, @now, @now)
              """
            : """
              update customers set kind = @kind, name = @name::text, name_key = @nameKey::text, email = @email::text, phone = @phone::text,
                     phone_key = @phoneKey::text, details = @details, tags = @tags, credit_currency = @currency::text, credit_limit_minor = @limit::bigint,
                     terms_days = @days::integer, allow_substitutes = @substitutes::boolean, updated_at_ms = @now, version = version + 1
               where id = @id and merchant_id = @merchant
              """;
        return work.Execute(sql, ("id", id.Value), ("kind", body.Kind ?? "person"), ("name", Tidy(body.Name)), ("nameKey", AddressKey.Name(body.Name)),
            ("email", Tidy(body.Email)), ("phone", Tidy(body.Phone)), ("phoneKey", PhoneKey.Of(body.Phone, body.Country)),
            ("details", JsonSerializer.Serialize(details, Json.Options)), ("tags", JsonSerializer.Serialize((body.Tags ?? []).OfType<string>().Distinct())),
            ("currency", body.Credit?.Currency), ("limit", body.Credit?.LimitMinor), ("days", body.Credit?.TermsDays), ("substitutes", body.AllowSubstitutes), ("now", now.ToUnixTimeMilliseconds()));
    }

    /// <summary>Emails and channel ids as they are recognised by, each with its pointer.</summary>
    internal static async Task<Result<List<(Identity Identity, string Pointer)>>> Identities(Work work, CustomerBody body)
    {
        var wanted = new List<(Identity, string)>();
        var emails = (body.OtherEmails ?? []).Select((email, i) => (email, $"/otherEmails/{i}")).Prepend((body.Email, "/email"));
        foreach (var (email, pointer) in emails)
            // A relay address is known on its channel only, and which that is only an order can tell.
            if (EmailKey.Of(email) is { } key && !EmailKey.IsRelay(key)) wanted.Add((new Identity("email", 0, null, key, null), pointer));
        if (body.ExternalIds is { Count: > 0 } externals)
        {
            var batch = work.Batch();
            var channels = ChannelsRoom.Channels(batch);
            await batch.Run();
            var checks = new Checks();
            foreach (var (i, one) in externals.Index())
            {
                var channel = channels.Find(c => Text.Key(c.Code) == Text.Key(one!.Channel!));
                if (channel is null) checks.Fault($"/externalIds/{i}/channel", "orders.unknown_channel", $"There is no channel {one!.Channel}.");
                else wanted.Add((new Identity("external", channel.Id, channel.Code, one!.Id!.Trim(), null), $"/externalIds/{i}"));
            }
            if (checks.AnyFault) return checks.ToError();
        }
        return wanted.DistinctBy(w => (w.Item1.Kind, w.Item1.ChannelId, w.Item1.Key)).ToList();
    }

    /// <summary>Makes the identities his; those he no longer names are given up.</summary>
    private static async Task<Error?> Claim(Work work, CustomerId id, CustomerBody body, List<(Identity Identity, string Pointer)> wanted)
    {
        var batch = work.Batch();
        var before = CustomersSql.QueueIdentities(batch, id);
        await batch.Run();
        var givenUp = before.Where(b => b.Customer == id && (b.Identity.Kind == "email" && body.OtherEmails is not null || b.Identity.Kind == "external" && body.ExternalIds is not null)
            && !wanted.Exists(w => IsSame(w.Identity, b.Identity))).Select(b => b.Identity).ToList();
        await CustomersSql.Take(work, id, givenUp);
        await CustomersSql.Give(work, id, [.. wanted.Select(w => w.Identity)]);
        foreach (var (identity, owner) in await CustomersSql.Owners(work, [.. wanted.Select(w => w.Identity)]))
            if (owner != id && !before.Exists(b => b.Customer == owner)) return CustomerErrors.Taken(wanted.Find(w => IsSame(w.Identity, identity)).Pointer, owner);
        return null;
    }

    private static bool IsSame(Identity a, Identity b) => (a.Kind, a.ChannelId, a.Key) == (b.Kind, b.ChannelId, b.Key);
    private static string? Tidy(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    internal static IResult ToHttp(this Result<CustomerView> result, HttpContext http, int status = StatusCodes.Status200OK)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp(status, customer => "/api/v1/customers/" + customer.Id);
    }
}
