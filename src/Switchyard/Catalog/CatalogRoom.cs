using Switchyard.Files;
using Switchyard.Jobs;

namespace Switchyard.Catalog;

// door: CatalogVersion, CatalogReader, CatalogErrors, ProductChecks, CatalogItem, CatalogComponent, Component
// door: ProductsList, ProductTraits, ProductPacking, Substitute
// door: ItemKind, EnsureProducts, ProductPictures, ScannedCodes, ScannedProduct, Gs1, Gs1Scan, Barcode, SkuPolicy, SaleSwitch

/// <summary>The door of Catalog: products, their barcodes, prices and bundles. Other rooms read by <see cref="CatalogReader"/>.</summary>
public static class CatalogRoom
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services
        .AddSingleton<CatalogReader>()
        .AddSingleton(ProductsList.Spec).AddExport(ProductExport.Source).AddSingleton(ProductWords.Source)
        .AddSingleton<ProductsBulkJob>().AddSingleton<JobKind>(provider => provider.GetRequiredService<ProductsBulkJob>());

    /// <summary>What can be imported and exported.</summary>
    public static IReadOnlyList<FileKind> Files { get; } = [new ProductsFile(), new BarcodesFile(), new BundlesFile()];

    public static void Map(IEndpointRouteBuilder routes)
    {
        WriteProduct.Map(routes);
        ReadProducts.Map(routes);
        BulkProducts.Map(routes);
        KeepImages.Map(routes);
        GroupVariants.Map(routes);
        WriteCustoms.Map(routes);
        WritePacking.Map(routes);
        WriteSubstitutes.Map(routes);
    }
}
