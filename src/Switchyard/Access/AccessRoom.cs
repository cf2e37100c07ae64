using System.CommandLine;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Switchyard.Cli;
using Switchyard.Database;

namespace Switchyard.Access;

// door: AccessErrors, UserNames, Actor, Permission, PermissionEndpoints, ApiKeys, SignIn, Gatekeeper, RequiredPermission, OpenToAnyone, NodeKept
// door: ActAs, AnySignedIn, OnlyTheHouse, LoginThrottle, PartnerScope, PartnerNode, PartnerPeople, PeopleOfNode, SignedInUser, Membership, OnePerson

/// <summary>The door of Access: users, roles, API keys, and who may do what.</summary>
public static class AccessRoom
{
    public const string AntiforgeryHeader = "Switchyard-Antiforgery";

    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<SignIn>().AddSingleton<Identity>().AddSingleton<LoginThrottle>().AddSingleton<Login>();
        services.AddSingleton<ChangeUser.Change>();
        services.AddHostedService<NoteLastUse>();
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>().AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddSingleton<IdentityErrorDescriber>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 210_000);     // OWASP for PBKDF2-HMAC-SHA512
        services.AddDataProtection().SetApplicationName("switchyard");
        services.AddOptions<KeyManagementOptions>().Configure<Db>((keys, db) => keys.XmlRepository = new KeyRing(db));
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        services.AddAntiforgery(tokens =>
        {
            tokens.HeaderName = AntiforgeryHeader;
            tokens.FormFieldName = AntiforgeryHeader;
            tokens.Cookie.Name = "switchyard_antiforgery";
            tokens.Cookie.SameSite = SameSiteMode.Strict;
            tokens.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            tokens.SuppressXFrameOptionsHeader = true;
        });
        return services;
    }

    public static IEnumerable<Command> Commands(CommandHost host) => [KeyCommands.Create(host), UserCommands.Create(host)];

    public static void Map(IEndpointRouteBuilder api)
    {
        OpenSession.Map(api);
        ReadSession.Map(api);
        CloseSession.Map(api);
        KeepPreferences.Map(api);
        ChangeOwnPassword.Map(api);
        CreateUser.Map(api);
        ListUsers.Map(api);
        ListColleagues.Map(api);
        ChangeUser.Map(api);
        ManageRoles.Map(api);
        ManageKeys.Map(api);
        ReadAudit.Map(api);
        CreateMerchant.Map(api);
    }
}
