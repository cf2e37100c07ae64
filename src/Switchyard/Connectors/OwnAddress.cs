using Switchyard.Messages;

namespace Switchyard.Connectors;

/// <summary>Where channels and their owners' browsers reach this server: what the operator says, else the address of the request.</summary>
public sealed class OwnAddress(IConfiguration configuration)
{
    private readonly string? _said = PublicUrl.Tidy(configuration["SWITCHYARD_PUBLIC_URL"]);

    public string Of(HttpContext http) => _said ?? $"{http.Request.Scheme}://{http.Request.Host}";
}
