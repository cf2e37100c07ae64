using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Customers;

/// <summary>Marks a customer whose orders a person looks at first, and takes the mark off. Rules of holds read it.</summary>
public static class BlockCustomer
{
    public sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/customers/{id}/block", async (string id, Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await Handle(id, body.Reason, isBlock: true, db, clock, actor)).ToHttp(http))
            .Requires(Permission.CustomersWrite).WithName("customers.block").WithTags("Customers").WithSummary("Block a customer")
            .Produces<CustomerView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        routes.MapPost("/customers/{id}/unblock", async (string id, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await Handle(id, null, isBlock: false, db, clock, actor)).ToHttp(http))
            .Requires(Permission.CustomersWrite).WithName("customers.unblock").WithTags("Customers").WithSummary("Unblock a customer")
            .Produces<CustomerView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    /// <remarks>Errors: request.invalid, customers.not_found, customers.is_merged.</remarks>
    public static async Task<Result<CustomerView>> Handle(string id, string? reason, bool isBlock, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Words(reason, "/reason", 500, required: isBlock);
        if (checks.AnyFault) return checks.ToError();
        if (!CustomerId.TryParse(id, null, out var customer)) return CustomerErrors.NotFound;
        var now = clock.GetUtcNow();
        return await db.Write<CustomerView>(actor, async work =>
        {
            if (await CustomersSql.Find(work, customer, locked: true) is not { } stored) return CustomerErrors.NotFound;
            if (stored.IsMerged) return CustomerErrors.IsMerged(stored.Root);
            if (stored.BlockedReason == reason) return (await CustomerReader.Find(work, customer))!;
            // Those merged into it lose a mark of their own with it: one person, one mark.
            await work.Execute(
                """
                update customers set blocked_reason = case when id = @id then @reason::text end, updated_at_ms = @now, version = version + 1
                 where merchant_id = @merchant and (id = @id or root_id = @id and blocked_reason is not null)
                """, ("id", customer.Value), ("reason", reason), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("customer", customer.ToString(), isBlock ? "CustomerBlocked" : "CustomerUnblocked", new { }));
            return (await CustomerReader.Find(work, customer))!;
        });
    }
}
