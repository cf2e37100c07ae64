using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Customers;

/// <summary>
/// Customers as a file: one row each, known by the email, or by what a channel calls them, or by our id. A column that the file lacks
/// leaves what is stored; an empty cell empties it. The address of the file is the customer's first one.
/// </summary>
internal sealed class CustomersFile : FileKind
{
    private const int PageRows = 500;
    private const string ById = "id ", ByEmail = "email ", ByChannel = "channel ";

    public override string Name => "customers";
    public override Permission Reads => Permission.CustomersRead;
    public override Permission Writes => Permission.CustomersWrite;
    public override int RowsAtOnce => 200;

    public override IReadOnlyList<FileColumn> Columns { get; } =
    [
        new("email", false, "email_address", "e_mail"), new("id", false, "customer_id"), new("channel"), new("external_id", false, "reference"), new("name", false, "customer_name", "full_name"),
        new("kind", false, "type"), new("phone", false, "telephone", "phone_number"), new("company"), new("line1", false, "address1", "address", "street"), new("line2", false, "address2"),
        new("city", false, "town"), new("region", false, "province", "state", "county"), new("postcode", false, "zip", "postal_code"), new("country", false, "country_code"),
        new("vat_number", false, "vat"), new("language", false, "locale"), new("tags"), new("credit_currency"), new("credit_limit"), new("terms_days"),
    ];

    public override string Key(FileRow row) => row.Word("id") is { } id ? ById + id
        : EmailKey.Of(row.Word("email")) is { } email ? ByEmail + email
        : row.Word("channel") is { } channel && row.Word("external_id") is { } external ? $"{ByChannel}{Text.Key(channel)} {external}"
        : $" line {row.Line}";

    public override async Task<Error?> Save(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<FileRow> rows)
    {
        var known = await CustomerFinder.Find(work, [.. rows.Select(Key)]);
        foreach (var row in rows)
        {
            var found = known.GetValueOrDefault(Key(row));
            if (row.Word("id") is { } id && found is null) row.Fault("id", "customers.not_found", $"There is no customer {(id.Length <= 60 ? id : id[..60])}.");
            if (Key(row)[0] == ' ') row.Fault("email", "field.required", "A row needs an email, or a channel and its external_id, or an id.");
            var body = CustomerCells.Read(row, found?.Body);
            if (!row.IsSound) continue;
            var checks = CustomerChecks.Check(body);
            if (checks.AnyFault) { row.Fault(checks.ToError(), CustomerCells.Column); continue; }
            if (found is not null && CustomerFinder.State(body) == CustomerFinder.State(found.Body)) { row.Outcome = SaveOutcome.Unchanged; continue; }
            if (await Taken(work, found, body) is { } taken) { row.Fault(taken, CustomerCells.Column); continue; }
            // Looked at a moment ago: whoever was quicker since makes the whole batch go round again.
            if (await WriteCustomer.Store(work, actor, found?.Id ?? CustomerId.New(now), body, isNew: found is null, now) is { } error) return error;
            row.Outcome = found is null ? SaveOutcome.Created : SaveOutcome.Updated;
        }
        return null;
    }

    public override bool CanUndo => true;

    public override async Task<Dictionary<string, string>> States(Work work, Actor actor, IReadOnlyList<string> keys) =>
        (await CustomerFinder.Find(work, keys)).ToDictionary(f => f.Key, f => CustomerFinder.State(f.Value.Body));

    /// <summary>A customer that did not exist goes, unless there are orders or notes of it.</summary>
    public override async Task<IReadOnlyList<Error?>> Restore(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<ThingBefore> things)
    {
        var known = await CustomerFinder.Find(work, [.. things.Select(t => t.Key)]);
        var left = new List<Error?>();
        foreach (var thing in things)
        {
            var found = known[thing.Key];
            if (thing.Before is null) { left.Add(await CustomerFinder.Remove(work, actor, found.Id, now)); continue; }
            var body = JsonSerializer.Deserialize<CustomerBody>(thing.Before, Json.Options)!;
            var taken = await Taken(work, found, body);
            left.Add(taken is not null ? taken : await WriteCustomer.Store(work, actor, found.Id, body, isNew: false, now));
        }
        return left;
    }

    public override async IAsyncEnumerable<string?[]> Export(Db db, Actor actor)
    {
        string[] names = [.. Columns.Select(c => c.Name)];
        yield return names;
        var (atMs, after) = (long.MinValue, Guid.Empty);
        List<FoundCustomer> page;
        do
        {
            page = await db.Read(actor, work => CustomerFinder.Page(work, atMs, after, PageRows));
            foreach (var customer in page) yield return [.. names.Select(n => CustomerCells.Cell(n, customer))];
            if (page.Count > 0) (atMs, after) = (page[^1].CreatedAtMs, page[^1].Id.Value);
        } while (page.Count == PageRows);
    }

    private static async Task<Error?> Taken(Work work, FoundCustomer? found, CustomerBody body)
    {
        var wanted = await WriteCustomer.Identities(work, body);
        if (wanted.Error is { } unknown) return unknown;
        foreach (var (identity, owner) in await CustomersSql.Owners(work, [.. wanted.Value.Select(w => w.Identity)]))
            if (found is null || !found.Group.Contains(owner))
                return CustomerErrors.Taken(wanted.Value.Find(w => (w.Identity.Kind, w.Identity.ChannelId, w.Identity.Key) == (identity.Kind, identity.ChannelId, identity.Key)).Pointer, owner);
        return null;
    }
}
