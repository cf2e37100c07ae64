using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>Signs out: the session is dead at once, even for somebody who copied its cookie.</summary>
public static class CloseSession
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/session", async (HttpContext http, Db db, SignIn signIn) =>
        {
            await Handle(http, db, signIn);
            http.Response.Cookies.Delete(SignIn.Cookie, OpenSession.CookieOptions(http, null));
            return Results.NoContent();
        })
        .IsOpenToAnySignedIn().WithName("session.close").WithSummary("Sign out").Produces(204).ProducesProblem(401).ProducesProblem(403);

    internal static async Task<Done> Handle(HttpContext http, Db db, SignIn signIn)
    {
        if (http.Request.Cookies[SignIn.Cookie] is not { Length: > 0 } token) return new Done();
        await db.WriteAll(async work => { await Sessions.Close(work, SignIn.HashOf(token)); return new Done(); });
        signIn.Forget();
        return new Done();
    }
}
