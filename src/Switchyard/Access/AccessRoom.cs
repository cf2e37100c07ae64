using System.CommandLine;
using Switchyard.Cli;

namespace Switchyard.Access;

/// <summary>The door of Access: users, roles, API keys, and who may do what.</summary>
public static class AccessRoom
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services.AddSingleton<SignIn>();

    public static IEnumerable<Command> Commands(CommandHost host) => [CreateKeyCommand.Create(host)];
}
