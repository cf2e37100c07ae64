namespace Switchyard.Till;

/// <summary>The door of the tills: shifts, what is rung up in them, and their reports.</summary>
public static class TillRoom
{
    public static IServiceCollection AddTill(this IServiceCollection services) => services.AddSingleton<SellAtTill>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        OpenShift.Map(routes);
        CloseShift.Map(routes);
        ReadTill.Map(routes);
        MoveCash.Map(routes);
        LinkReceipt.Map(routes);
        FindSale.Map(routes);
        SellAtTill.Map(routes);
        VoidSale.Map(routes);
        ReturnAtTill.Map(routes);
    }
}
