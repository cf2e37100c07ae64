namespace Switchyard.Carts;

/// <summary>The door of shared carts: what a customer chose on one device, found by its token on another.</summary>
public static class CartsRoom
{
    public static IServiceCollection AddCarts(this IServiceCollection services) => services
        .AddSingleton<ForgetCarts>().AddHostedService(provider => provider.GetRequiredService<ForgetCarts>());

    public static void Map(IEndpointRouteBuilder routes)
    {
        WriteCart.Map(routes);
        ClaimCart.Map(routes);
    }
}
