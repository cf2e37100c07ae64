using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Switchyard.Simulators;

/// <summary>Login with Amazon: consent, access tokens of an hour, tokens without a seller, and tokens for restricted data.</summary>
public sealed partial class AmazonSim
{
    private readonly Dictionary<string, (DateTimeOffset Until, HashSet<string> Paths)> _restricted = new(StringComparer.Ordinal);

    /// <summary>The seller agrees at once; a browser follows.</summary>
    private IResult Consent(SimRequest r)
    {
        if (r.Query("application_id") is not { Length: > 0 } || r.Query("redirect_uri") is not { Length: > 0 } back) return Results.Text("The application is not known.",
            statusCode: 400);
        return Results.Redirect(QueryHelpers.AddQueryString(back, new Dictionary<string, string?>
        {
            ["state"] = r.Query("state") ?? "", ["selling_partner_id"] = SellerId, ["spapi_oauth_code"] = _tokens.Code(SellerId),
        }));
    }

    private IResult Token(SimRequest r)
    {
        var form = r.Form;
        string Field(string name) => form.GetValueOrDefault(name, "");
        if (Field("client_id") != ClientId || Field("client_secret") != ClientSecret) return LwaError(401, "invalid_client", "Client authentication failed");
        switch (Field("grant_type"))
        {
            case "refresh_token":
                if (Field("refresh_token").Length == 0) return LwaError(400, "invalid_request", "The request is missing a required parameter : refresh_token");
                if (!_tokens.CanRefresh(Field("refresh_token"))) return LwaError(400, "invalid_grant", "The request has an invalid grant parameter : refresh_token");
                return Given(_tokens.Access(), Field("refresh_token"));
            case "authorization_code":
                if (_tokens.Take(Field("code")) is null) return LwaError(400, "invalid_grant", "The request has an invalid grant parameter : code");
                return Given(_tokens.Access(), _tokens.Refresh());
            case "client_credentials":
                if (Field("scope") != "sellingpartnerapi::notifications") return LwaError(400, "invalid_scope", "The requested scope is invalid, unknown, or malformed");
                return Given(_grantless.Access(), null);
            default:
                return LwaError(400, "unsupported_grant_type", "The authorization grant type is not supported by the authorization server");
        }
    }

    private IResult Given(string access, string? refresh) => PlainJson.Answer(new
    {
        access_token = access, token_type = "bearer", expires_in = _tokens.LastsSeconds,
        refresh_token = refresh
    });

    private static IResult LwaError(int status, string error, string words) => PlainJson.Answer(new { error_description = words, error }, status);

    /// <summary>A token that opens the named paths only, for as long as any other.</summary>
    private IResult Restrict(SimRequest r)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in r.Json!["restrictedResources"].Each())
        {
            if (resource.Text("method") is not "GET" || resource.Text("path") is not { Length: > 0 } path) return Invalid("A restricted resource has a method and a path.");
            paths.Add(path);
        }
        if (paths.Count is 0 or > 50) return Invalid("One to 50 restricted resources can be named.");
        string token = "Atz.sprdt|" + _grantless.Code("restricted");
        _restricted[token] = (Clock.GetUtcNow().AddHours(1), paths);
        return PlainJson.Answer(new { restrictedDataToken = token, expiresIn = 3600 });
    }

    private bool IsRestricted(string token)
    {
        lock (Shop.Gate) return _restricted.TryGetValue(token, out var known) && known.Until > Clock.GetUtcNow();
    }

    /// <summary>May this call see who the buyer is? A token opens the path it names, or all orders by <c>{orderId}</c>.</summary>
    private bool MaySee(SimRequest r, string orderId)
    {
        if (!_restricted.TryGetValue(r.Header("x-amz-access-token") ?? "", out var known) || known.Until <= Clock.GetUtcNow()) return false;
        return known.Paths.Contains(r.Path) || known.Paths.Contains(r.Path.Replace(orderId, "{orderId}", StringComparison.Ordinal));
    }
}
