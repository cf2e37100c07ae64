using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Antiforgery;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>Who am I, what may I do, for which merchants.</summary>
public static class ReadSession
{
    public sealed record SessionUser(string Id, string UserName, string DisplayName);
    public sealed record SessionMerchant(string Code, string Name, IReadOnlyList<string> Roles);

    /// <param name="User">Null for an API key.</param>
    /// <param name="Permissions">Of this request's merchant.</param>
    /// <param name="Nodes">Ids of the nodes seen, null for all.</param>
    /// <param name="AntiforgeryToken">To be sent as header Switchyard-Antiforgery with every write; null for an API key.</param>
    public sealed record Response(string Object, string Actor, SessionUser? User, string? Merchant, IReadOnlyList<string> Permissions,
        IReadOnlyList<string>? Nodes, IReadOnlyList<SessionMerchant> Merchants, string? AntiforgeryToken)
    {
        /// <summary>What the person likes, as PATCH /session/preferences keeps it; null for an API key.</summary>
        public JsonObject? Preferences { get; init; }

        /// <summary>Is the merchant the one that runs the house? Only it changes what all merchants share.</summary>
        public bool IsHouse { get; init; }

        /// <summary>In which the merchant keeps its books; amounts of its settings are in it.</summary>
        public string? BaseCurrency { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/session", async (HttpContext http, Actor actor, IAntiforgery antiforgery, Db db) =>
        {
            var answer = http.Items[typeof(SignedInUser)] is SignedInUser user ? await Answer(http, antiforgery, user, db) : await OfKey(actor, db);
            if (answer.IsOk && actor.Nodes is not null) answer = answer.Value with { Nodes = await NodeCodes.Of(actor, db) };
            return answer.ToHttp();
        })
        .IsOpenToAnySignedIn().WithName("session.read").WithSummary("Say who is signed in, and what he may do").Produces<Response>().ProducesProblem(401).ProducesProblem(403);

    internal static async Task<Result<Response>> Answer(HttpContext http, IAntiforgery antiforgery, SignedInUser user, Db db)
    {
        var actor = user.For(http.Request.Headers[SignIn.MerchantHeader].ToString());
        if (actor.Error is { } error) return error;
        http.User = Gatekeeper.Principal(user.TokenHash);
        string? token = antiforgery.GetAndStoreTokens(http).RequestToken;
        var merchant = user.Memberships.Single(m => m.Actor.Merchant == actor.Value.Merchant);
        return new Response("session", actor.Value.Id, new SessionUser(user.Id, user.UserName, user.DisplayName), merchant.Code,
            Sorted(actor.Value), null, [.. user.Memberships.Select(m => new SessionMerchant(m.Code, m.Name, m.Roles))], token)
        {
            Preferences = await db.ReadAll(work => KeepPreferences.Of(work, user.Id)),
            BaseCurrency = await BaseCurrencyOf(actor.Value, db),
            IsHouse = actor.Value.IsHouse,
        };
    }

    private static async Task<Result<Response>> OfKey(Actor actor, Db db)
    {
        var merchant = await db.Read(actor, work => work.Find("select code, name from merchants where id = @merchant",
            row => new SessionMerchant(row.Text(), row.Text(), [])));
        return new Response("session", actor.Id, null, merchant?.Code, Sorted(actor), null, merchant is null ? [] : [merchant], null) { BaseCurrency = await BaseCurrencyOf(actor, db), IsHouse = actor.IsHouse };
    }

    private static Task<string?> BaseCurrencyOf(Actor actor, Db db) =>
        db.Read(actor, work => work.Find("select base_currency from merchants where id = @merchant", row => row.Text()));

    private static List<string> Sorted(Actor actor) => [.. actor.Permissions.Order(StringComparer.Ordinal)];
}
