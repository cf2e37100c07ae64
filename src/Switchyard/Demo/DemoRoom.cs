using Switchyard.Jobs;

namespace Switchyard.Demo;

/// <summary>The door of Demo: the made-up shop, for whoever looks at Switchyard for the first time.</summary>
public static class DemoRoom
{
    public static IServiceCollection AddDemo(this IServiceCollection services) =>
        services.AddSingleton<LoadDemoJob>().AddSingleton<JobKind>(provider => provider.GetRequiredService<LoadDemoJob>())
            .AddSingleton<Simulators>().AddSingleton<JoinSimulators>().AddHostedService(provider => provider.GetRequiredService<JoinSimulators>())
            .AddSingleton<JoinOffices>().AddHostedService(provider => provider.GetRequiredService<JoinOffices>());

    public static void Map(IEndpointRouteBuilder routes)
    {
        LoadDemo.Map(routes);
        SteerSimulators.Map(routes);
    }
}
