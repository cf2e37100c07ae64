using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Switchyard.Simulators;

/// <summary>OAuth at eBay: consent, its code, tokens of two hours, refreshed for 18 months; and tokens of the application alone.</summary>
public sealed partial class EbaySim
{
    private const int RefreshLastsSeconds = 47_304_000;

    /// <summary>The seller agrees at once; a browser follows.</summary>
    private IResult Consent(SimRequest r)
    {
        if (r.Query("client_id") != ClientId || r.Query("response_type") != "code" || string.IsNullOrEmpty(r.Query("scope"))) return Refusal("unauthorized_client",
            "The OAuth client was not found.");
        if (r.Query("redirect_uri") != RuName || ConsentReturnsTo.Length == 0) return Refusal("invalid_request", "redirect_uri must be the RuName of the application.");
        return Results.Redirect(QueryHelpers.AddQueryString(ConsentReturnsTo, new Dictionary<string, string?>
        {
            ["state"] = r.Query("state") ?? "", ["code"] = _tokens.Code(RuName), ["expires_in"] = "299",
        }));
    }

    private IResult Token(SimRequest r)
    {
        string expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"));
        if (!SimSignature.Same(r.Header("Authorization"), expected)) return Refusal("invalid_client", "client authentication failed", 401);
        var form = r.Form;
        string Field(string name) => form.GetValueOrDefault(name, "");
        switch (Field("grant_type"))
        {
            case "authorization_code":
                if (_tokens.Take(Field("code")) is null || Field("redirect_uri") != RuName) return Refusal("invalid_grant",
                    "the provided authorization grant code is invalid or was issued to another client");
                return PlainJson.Answer(new
                {
                    access_token = _tokens.Access(), expires_in = _tokens.LastsSeconds, refresh_token = _tokens.Refresh(), refresh_token_expires_in = RefreshLastsSeconds,
                    token_type = "User Access Token",
                });
            case "refresh_token":
                if (!_tokens.CanRefresh(Field("refresh_token"))) return Refusal("invalid_grant",
                    "the provided authorization refresh token is invalid or was issued to another client");
                return PlainJson.Answer(new { access_token = _tokens.Access(), expires_in = _tokens.LastsSeconds, token_type = "User Access Token" });
            case "client_credentials":
                if (Field("scope").Length == 0) return Refusal("invalid_scope", "The requested scope is invalid, unknown, malformed, or exceeds the scope granted to the client");
                return PlainJson.Answer(new { access_token = _application.Access(), expires_in = _application.LastsSeconds, token_type = "Application Access Token" });
            default:
                return Refusal("unsupported_grant_type", "grant type in request is not supported by the authorization server");
        }
    }

    private static IResult Refusal(string error, string words, int status = 400) => PlainJson.Answer(new { error, error_description = words }, status);
}
