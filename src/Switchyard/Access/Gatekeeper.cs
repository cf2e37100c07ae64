using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>
/// Every request passes here after routing: it finds out who asks and whether the endpoint lets them. An endpoint that
/// names no permission is denied. Writes of a cookie session need its antiforgery token; API keys need none.
/// </summary>
public sealed class Gatekeeper(RequestDelegate next, SignIn signIn, IAntiforgery antiforgery)
{
    public async Task Invoke(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        if (endpoint is null || endpoint.Metadata.GetMetadata<OpenToAnyone>() is not null) { await next(http); return; }

        var who = await signIn.Recognise(http);
        var refusal = who.Error ?? (IsLetIn(endpoint, who.Value) ? null
            : endpoint.Metadata.GetMetadata<OnlyTheHouse>() is not null && !who.Value.IsHouse ? AccessErrors.HouseOnly : AccessErrors.Forbidden);
        if (refusal is null && http.Items[typeof(SignedInUser)] is SignedInUser session && !await IsOwnWrite(http, session))
            refusal = AccessErrors.Antiforgery;
        if (refusal is not null) { await Problems.Write(http, refusal); return; }
        http.Items[typeof(Actor)] = who.Value;
        await next(http);
    }

    /// <summary>Antiforgery tokens are bound to the session: one of another session is refused.</summary>
    public static ClaimsPrincipal Principal(byte[] tokenHash) =>
        new(new ClaimsIdentity([new Claim("sub", Convert.ToHexString(tokenHash))], "session"));

    private static bool IsLetIn(Endpoint endpoint, Actor actor)
    {
        if (endpoint.Metadata.GetMetadata<OnlyTheHouse>() is not null && !actor.IsHouse) return false;
        if (endpoint.Metadata.GetMetadata<RequiredPermission>() is { } needed) return actor.May(needed.Permission);
        return endpoint.Metadata.GetMetadata<AnySignedIn>() is not null;
    }

    private async Task<bool> IsOwnWrite(HttpContext http, SignedInUser session)
    {
        http.User = Principal(session.TokenHash);
        return await antiforgery.IsRequestValidAsync(http);
    }
}
