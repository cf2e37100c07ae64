namespace Switchyard.Reporting;

/// <summary>The door of Reporting: sums that others read. It may read across rooms, and writes only tables of its own.</summary>
public static class ReportingRoom
{
    public static IServiceCollection AddReporting(this IServiceCollection services) => services.AddSingleton(SumChannelSales.Consumer);

    public static void Map(IEndpointRouteBuilder routes)
    {
        ReportChannelSales.Map(routes);
        ReportOverview.Map(routes);
        ReportTracking.Map(routes);
        ReadDashboard.Map(routes);
        ReadStockGrid.Map(routes);
        ReportFulfilmentCosts.Map(routes);
        ReportDispatchSpeed.Map(routes);
        ReportContacts.Map(routes);
    }
}
