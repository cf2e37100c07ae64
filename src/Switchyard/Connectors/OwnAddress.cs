using Switchyard.Messages;

namespace Switchyard.Connectors;

/// <summary>Where channels and their owners' browsers reach this server: what the operator says, else the address of the request.</summary>
public sealed class OwnAddress(IConfiguration configuration)
{
    /// <summary>What the operator says; null: nothing.</summary>
    public string? Said { get; } = PublicUrl.Tidy(configuration["SWITCHYARD_PUBLIC_URL"]);

    public string Of(HttpContext http) => Said ?? $"{http.Request.Scheme}://{http.Request.Host}";
}
