namespace Switchyard.Reporting;

/// <summary>The door of Reporting: sums that others read. It may read across rooms and writes only its own tables.</summary>
public static class ReportingRoom
{
    public static IServiceCollection AddReporting(this IServiceCollection services) => services;

    public static void Map(IEndpointRouteBuilder routes) { _ = routes; }
}
