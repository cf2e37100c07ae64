namespace Switchyard.Catalog;

// door: CatalogVersion, CatalogReader, CatalogErrors, ProductChecks, SaveOutcome, CatalogItem, Component
// door: ItemKind

/// <summary>The door of Catalog: products, their barcodes, prices and bundles. </summary>
public static class CatalogRoom
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services.AddSingleton<CatalogReader>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        WriteProduct.Map(routes);
        ReadProducts.Map(routes);
    }
}
