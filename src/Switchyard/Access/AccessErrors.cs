using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>Every way this room can say no.</summary>
public static class AccessErrors
{
    public static readonly Error SignInRequired =
        Error.Unauthorized("access.sign_in_required", "Send an API key as 'Authorization: Bearer KEY', or sign in.");
    public static readonly Error KeyNotKnown =
        Error.Unauthorized("access.sign_in_required", "This API key is not known, or it has expired or was revoked.");
    public static readonly Error WrongLogin = Error.Unauthorized("access.wrong_login", "User name or password is wrong.");
    public static readonly Error Forbidden = Error.Forbidden("access.forbidden", "You may not do this. Ask an administrator for the right.");
    public static readonly Error HouseOnly =
        Error.Forbidden("access.house_only", "Only the operator's own merchant, the first of the house, may do this.");
    public static readonly Error NoSuchMerchant =
        Error.Forbidden("access.no_such_merchant", "You have no rights at the merchant that the header Switchyard-Merchant names.");
    public static readonly Error Antiforgery = Error.Forbidden("access.antiforgery",
        "Send the antiforgeryToken of GET /api/v1/session as header Switchyard-Antiforgery with every write.");
    public static readonly Error NotYourself = Error.Conflict("access.not_yourself", "You cannot disable yourself. Ask another administrator.");
    public static readonly Error NotAPerson = Error.Forbidden("access.not_a_person", "An API key has no password. Make a new key instead.");
    public static readonly Error NoPreferences = Error.Conflict("access.no_preferences", "An API key keeps no preferences. Sign in as a person.");
    public static readonly Error PricesHidden = Error.Forbidden("access.prices_hidden", "This file or stream shows prices, which you may not see. Ask an administrator for the right prices:read.");
    public static readonly Error UserIsShared = Error.Forbidden("access.user_is_shared",
        "This user also works for another merchant. Only the operator of the house may do this.");

    public static Error TooManyLogins(int seconds) =>
        Error.Busy("access.too_many_logins", "Too many wrong logins. Wait before you try again.", seconds);
    public static Error UserNotFound(string id) => Error.NotFound("access.user_not_found", $"No user {id}.");
    public static Error RoleNotFound(string id) => Error.NotFound("access.role_not_found", $"No role {id}.");
    public static Error KeyNotFound(string id) => Error.NotFound("access.key_not_found", $"No API key {id}.");
    public static Error UserNameTaken(string name) => Error.Conflict("access.user_name_taken", $"There is already a user '{name}'.",
        new FieldError("/userName", "access.user_name_taken", "Choose another name."));
    public static Error RoleExists(string id) => Error.Conflict("access.role_exists", $"There is already a role '{id}'.",
        new FieldError("/id", "access.role_exists", "Choose another id."));
    public static Error RoleIsBuiltIn(string id) => Error.Conflict("access.role_is_built_in", $"Role '{id}' is built in and stays as it is.");
    public static Error RoleInUse(string id) => Error.Conflict("access.role_in_use", $"Users still have role '{id}'. Give them another one first.");

    /// <summary>Nobody gives what they do not have, nor changes somebody who has more.</summary>
    public static Error BeyondYours(IEnumerable<string> codes) =>
        Error.Forbidden("access.beyond_yours", $"You lack these rights yourself: {string.Join(", ", codes.Order(StringComparer.Ordinal))}.");
    public static readonly Error NodesBeyondYours = Error.Forbidden("access.nodes_beyond_yours", "You may only name nodes that you may see yourself.");
}
