using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Switchyard.Access;

namespace Switchyard.Http;

/// <summary>Serves the API document, and the same in OpenAPI 3.0 for tools that do not read 3.1 yet. Anyone may ask for it and to make it takes seconds, so it is made once.</summary>
public static class ServeApiDocument
{
    private sealed record Made(byte[] Text, EntityTagHeaderValue Tag);

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "/openapi/v1.json", OpenApiSpecVersion.OpenApi3_1);
        Map(routes, "/openapi/v1-3.0.json", OpenApiSpecVersion.OpenApi3_0);
    }

    private static void Map(IEndpointRouteBuilder routes, string path, OpenApiSpecVersion version)
    {
        var one = new SemaphoreSlim(1);
        Made? made = null;
        routes.MapGet(path, async ([FromKeyedServices("v1")] IOpenApiDocumentProvider documents, CancellationToken stop) =>
        {
            await one.WaitAsync(stop);
            Made served;
            try { served = made ??= await Make(documents, version, stop); }
            finally { one.Release(); }
            return Results.Bytes(served.Text, "application/json;charset=utf-8", entityTag: served.Tag);
        }).IsOpenToAnyone().ExcludeFromDescription();
    }

    private static async Task<Made> Make(IOpenApiDocumentProvider documents, OpenApiSpecVersion version, CancellationToken stop)
    {
        byte[] text = Encoding.UTF8.GetBytes(await (await documents.GetOpenApiDocumentAsync(stop)).SerializeAsJsonAsync(version, stop));
        return new Made(text, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(text)[..8])}\""));
    }
}
