using Switchyard.Kernel;

namespace Switchyard.Webhooks;

/// <summary>Every way this room can say no.</summary>
public static class WebhookErrors
{
    public const int MostEndpoints = 50, MostLiveSecrets = 5;

    public static Error NotFound(string id) => Error.NotFound("webhooks.not_found", $"There is no webhook {id}.");
    public static Error NoSuchDelivery(string id) => Error.NotFound("webhooks.no_such_delivery", $"There is no delivery of {id} to this webhook.");
    public static Error NoSuchSecret(int number) => Error.NotFound("webhooks.no_such_secret", $"There is no live secret {number}.");
    public static Error Changed(long version) => new Error(ErrorKind.Precondition, "webhooks.changed", "Somebody changed the webhook meanwhile.", [])
    {
        Extra = new Dictionary<string, object?> { ["currentVersion"] = version },
    };

    public static readonly Error TooMany = Error.Conflict("webhooks.too_many", $"A merchant has at most {MostEndpoints} webhooks.");
    public static readonly Error PartnerHasOne = Error.Conflict("webhooks.partner_has_one", "A webhook for these nodes was made at the same moment. Try again to change it.");
    public static readonly Error TooManySecrets = Error.Conflict("webhooks.too_many_secrets", $"At most {MostLiveSecrets} secrets sign at once. Retire one first.");
    public static readonly Error LastSecret = Error.Conflict("webhooks.last_secret", "The last secret cannot be retired. Make a new one first.");
    public static readonly Error TooManyTests = Error.Busy("webhooks.too_many_tests", "Too many test sends are under way. Try again shortly.", 5);
}
