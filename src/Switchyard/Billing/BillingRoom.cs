using Switchyard.Log;

namespace Switchyard.Billing;

/// <summary>The door of Billing: what was done for each merchant of the house, and what it is billed for it.</summary>
public static class BillingRoom
{
    public static IServiceCollection AddBilling(this IServiceCollection services) => services
        .AddSingleton(new EventConsumer("billing", ActivityLog.Handle) { Kinds = ActivityLog.Kinds })
        .AddSingleton<KeepStorageDays>().AddHostedService(provider => provider.GetRequiredService<KeepStorageDays>());

    public static void Map(IEndpointRouteBuilder routes)
    {
        WriteTariff.Map(routes);
        ListBills.Map(routes);
        ReadBill.Map(routes);
        ApproveBill.Map(routes);
        BillFile.Map(routes);
        ListActivities.Map(routes);
    }
}
