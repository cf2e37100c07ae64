using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>
/// Every request passes here after routing: it finds out who asks and whether the endpoint lets them. An endpoint that
/// names no permission is denied.
/// </summary>
public sealed class Gatekeeper(RequestDelegate next, SignIn signIn)
{
    public async Task Invoke(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        if (endpoint is null || endpoint.Metadata.GetMetadata<OpenToAnyone>() is not null) { await next(http); return; }

        var who = await signIn.Recognise(http);
        if (who.Error is { } error) { await Problems.Write(http, error); return; }
        if (endpoint.Metadata.GetMetadata<RequiredPermission>() is not { } needed || !who.Value.May(needed.Permission))
        {
            await Problems.Write(http, Error.Forbidden("access.forbidden", "You may not do this. Ask an administrator for the right."));
            return;
        }
        http.Items[typeof(Actor)] = who.Value;
        await next(http);
    }
}
