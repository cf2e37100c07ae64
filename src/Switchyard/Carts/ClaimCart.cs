using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Carts;

/// <summary>A checkout or a till makes the cart its own, to place it as an order: once. The same claimant is given it again, so that a claim may be sent twice.</summary>
public static class ClaimCart
{
    /// <param name="For">What it is claimed for: the external id the order will have, or the till's id of the sale.</param>
    /// <param name="Channel">The channel the order will be of; the cart's when left out.</param>
    public sealed record Request(string? For, string? Channel = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/carts/{token}/claim", async (string token, Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) => WriteCart.Answer(await Handle(token, body, db, clock, actor), http, 200))
            .Requires(Permission.OrdersWrite).WithName("carts.claim").WithTags("Carts").WithSummary("Claim a cart, to make it an order").Produces<CartView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: request.invalid with pointers, carts.not_found, carts.claimed.</remarks>
    private static async Task<Result<CartView>> Handle(string token, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.For, "/for", 200, required: true);
        checks.Text(body.Channel, "/channel", 64);
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<CartView>(actor, async work =>
        {
            var cart = await StoredCart.Find(work, token, now, isLocked: true);
            if (cart is null) return CartErrors.NotFound;
            if (cart.State == "claimed") return cart.ClaimedFor == body.For ? cart.View() : CartErrors.Claimed;
            await work.Execute(
                "update shared_carts set state = 'claimed', claimed_for = @for, claimed_by = @actor, updated_at_ms = @now, version = version + 1 where merchant_id = @merchant and id = @id",
                ("for", body.For), ("actor", actor.Id), ("now", now.ToUnixTimeMilliseconds()), ("id", cart.Id));
            // How it began is told to the order it becomes, found by the name that the order will have; the cart itself is forgotten one day.
            string channel = body.Channel ?? cart.Channel;
            await EventLog.Append(work, actor, now, new Happening("cart", $"{channel}/{body.For}", "CartClaimed", new
            {
                channel,
                @for = body.For,
                madeAt = cart.CreatedAt,
                madeBy = cart.MadeBy,
                madeChannel = cart.MadeChannel ?? cart.Channel,
                changes = cart.Version - 1,
                cart.Body.CollectAt,
                lines = cart.Body.Lines.Select(l => new { l.Sku, l.Quantity }),
            }));
            return (await StoredCart.Find(work, token, now))!.View();
        });
    }
}
