using Switchyard.Adapters;
using Switchyard.Database;

namespace Switchyard.Shipping;

// door: ForgetLabels, LabelId, ManifestId, CustomsData, CustomsForm, CustomsLine, ParcelNews, ParcelNote

/// <summary>The door of Shipping: which carrier and service, labels, manifests, and what becomes of parcels.</summary>
public static class ShippingRoom
{
    public static IServiceCollection AddShipping(this IServiceCollection services)
    {
        foreach (var carrier in Carriers()) services.AddSingleton(carrier);
        return services
            .AddSingleton<CarrierPatience>().AddSingleton<CarrierHttp>().AddSingleton<CarrierSecrets>().AddSingleton<CarrierDesk>().AddSingleton<TakeScans>()
            .AddSingleton<RunLabels>().AddHostedService(provider => provider.GetRequiredService<RunLabels>())
            .AddSingleton<KeepManifests>().AddHostedService(provider => provider.GetRequiredService<KeepManifests>())
            .AddSingleton<KeepTracking>().AddHostedService(provider => provider.GetRequiredService<KeepTracking>())
            .AddSingleton(ParcelsList.Spec).AddSingleton(ShippingBooks.Labels).AddSingleton(ShippingBooks.Manifests);
    }

    /// <summary>Every carrier there is an adapter for. They keep no state of their own but for tokens that run out.</summary>
    public static IReadOnlyList<ICarrier> Carriers() => [new TableCarrier(), new RoyalMailCarrier(), new DpdCarrier(), new EvriCarrier(), new EasyPostCarrier(), new ShipEngineCarrier(), new UpsCarrier()];

    public static void Map(IEndpointRouteBuilder routes)
    {
        WriteAccount.Map(routes);
        TryAccount.Map(routes);
        ShippingSettings.Map(routes);
        ListParcels.Map(routes);
        AskCarrier.Map(routes);
        CarrierPickups.Map(routes);
        BookLabel.Map(routes);
        ReadLabels.Map(routes);
        PrintLabel.Map(routes);
        CloseManifest.Map(routes);
        DayEnd.Map(routes);
        TakeMessages.Map(routes);
        SettleClaim.Map(routes);
        ReadScorecards.Map(routes);
    }
}
