using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Customers;

/// <summary>
/// Makes two customers one, and two again. Nothing moves: orders and identities stay with the customer they came by, and the
/// survivor answers for all. So undoing a merge gives back exactly what was each one's, later orders included.
/// </summary>
public static class MergeCustomers
{
    /// <param name="Other">Who is merged into the customer of the address.</param>
    public sealed record MergeRequest(CustomerId? Other, string? Reason);
    public sealed record UnmergeRequest(string? Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/customers/{id}/merge", async (string id, MergeRequest body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await Merge(id, body, db, clock, actor)).ToHttp(http))
            .Requires(Permission.CustomersWrite).WithName("customers.merge").WithTags("Customers").WithSummary("Merge another customer into this one")
            .Produces<CustomerView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        routes.MapPost("/customers/{id}/unmerge", async (string id, UnmergeRequest? body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await Unmerge(id, body, db, clock, actor)).ToHttp(http))
            .Requires(Permission.CustomersWrite).WithName("customers.unmerge").WithTags("Customers").WithSummary("Take a merged customer out again")
            .Produces<CustomerView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    /// <remarks>Errors: customers.not_found, customers.cannot_merge, customers.is_merged.</remarks>
    public static async Task<Result<CustomerView>> Merge(string id, MergeRequest body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Words(body.Reason, "/reason", 500);
        checks.That(body.Other is not null, "/other", "field.required", "Say which customer is merged into this one.");
        if (checks.AnyFault) return checks.ToError();
        if (!CustomerId.TryParse(id, null, out var survivor)) return CustomerErrors.NotFound;
        var merged = body.Other!.Value;
        if (survivor == merged) return CustomerErrors.Itself;
        var now = clock.GetUtcNow();
        return await db.Write<CustomerView>(actor, async work =>
        {
            var both = await CustomersSql.Lock(work, [survivor, merged]);
            if (both.Count < 2) return CustomerErrors.NotFound;
            if (both.Find(c => c.IsMerged) is { } already) return CustomerErrors.IsMerged(already.Root);
            if (await IsRelayOnly(work, [survivor, merged])) return CustomerErrors.RelayOnly;
            await work.Execute("update customers set root_id = @root where merchant_id = @merchant and root_id = @from", ("root", survivor.Value), ("from", merged.Value));
            await work.Execute(
                """
                update customers set merged_into = @root, root_id = @root, updated_at_ms = @now, version = version + 1 where id = @id and merchant_id = @merchant
                """, ("root", survivor.Value), ("id", merged.Value), ("now", now.ToUnixTimeMilliseconds()));
            await Touch(work, survivor, now);
            await work.Execute(
                "insert into customer_merges (merchant_id, survivor_id, merged_id, reason, at_ms, actor) values (@merchant, @survivor, @merged, @reason::text, @now, @by)",
                ("survivor", survivor.Value), ("merged", merged.Value), ("reason", body.Reason), ("now", now.ToUnixTimeMilliseconds()), ("by", actor.Id));
            await EventLog.Append(work, actor, now,
                new Happening("customer", survivor.ToString(), "CustomerTookOver", new { merged }), new Happening("customer", merged.ToString(), "CustomerMerged", new { into = survivor }));
            return (await CustomerReader.Find(work, survivor))!;
        });
    }

    /// <remarks>Errors: customers.not_found, customers.not_merged.</remarks>
    public static async Task<Result<CustomerView>> Unmerge(string id, UnmergeRequest? body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Words(body?.Reason, "/reason", 500);
        if (checks.AnyFault) return checks.ToError();
        if (!CustomerId.TryParse(id, null, out var merged)) return CustomerErrors.NotFound;
        var now = clock.GetUtcNow();
        return await db.Write<CustomerView>(actor, async work =>
        {
            if (await CustomersSql.Find(work, merged) is not { } seen) return CustomerErrors.NotFound;
            var locked = await CustomersSql.Lock(work, [seen.Root, merged]);
            if (locked.Find(c => c.Id == merged) is not { MergedInto: { } into } || !locked.Exists(c => c.Id == seen.Root && !c.IsMerged)) return CustomerErrors.NotMerged;

            // Those that were merged into it before it was merged itself go with it.
            var batch = work.Batch();
            var group = CustomersSql.QueueGroup(batch, seen.Root);
            await batch.Run();
            var own = Below(group, merged);
            await work.Execute("update customers set merged_into = null, root_id = null, updated_at_ms = @now, version = version + 1 where id = @id and merchant_id = @merchant",
                ("id", merged.Value), ("now", now.ToUnixTimeMilliseconds()));
            await work.Execute("update customers set root_id = @root from @rows r where customers.id = r.id and customers.merchant_id = @merchant",
                Rows.Of(own).Uuid("id", o => o.Value), ("root", merged.Value));
            await Touch(work, seen.Root, now);
            await work.Execute(
                "update customer_merges set undone_at_ms = @now, undone_by = @by where merchant_id = @merchant and merged_id = @merged and undone_at_ms is null",
                ("merged", merged.Value), ("now", now.ToUnixTimeMilliseconds()), ("by", actor.Id));
            await EventLog.Append(work, actor, now, new Happening("customer", merged.ToString(), "CustomerUnmerged", new { from = into }),
                new Happening("customer", into.ToString(), "CustomerGaveBack", new { unmerged = merged }));
            return (await CustomerReader.Find(work, merged))!;
        });
    }

    private static List<CustomerId> Below(List<StoredCustomer> group, CustomerId top)
    {
        var found = new List<CustomerId>();
        for (var next = new Queue<CustomerId>([top]); next.TryDequeue(out var at);)
            foreach (var child in group.Where(c => c.MergedInto == at)) { found.Add(child.Id); next.Enqueue(child.Id); }
        return found;
    }

    /// <summary>A marketplace that hides its buyers does not want them joined with buyers of elsewhere.</summary>
    private static async Task<bool> IsRelayOnly(Work work, IReadOnlyList<CustomerId> ids) => (await work.Query(
        """
        select count(*) from (select i.customer_id from @rows r join customers c on c.merchant_id = @merchant and (c.id = r.id or c.root_id = r.id)
            join customer_identities i on i.customer_id = c.id and i.merchant_id = @merchant
            group by i.customer_id having sum(case when i.kind = 'email' then 1 else 0 end) = 0 and sum(case when i.kind = 'relay' then 1 else 0 end) > 0) g
        """, Rows.Of(ids).Uuid("id", i => i.Value), row => row.Sum())).Single() > 0;

    private static Task Touch(Work work, CustomerId id, DateTimeOffset now) => work.Execute(
        "update customers set updated_at_ms = @now, version = version + 1 where id = @id and merchant_id = @merchant", ("id", id.Value), ("now", now.ToUnixTimeMilliseconds()));
}
