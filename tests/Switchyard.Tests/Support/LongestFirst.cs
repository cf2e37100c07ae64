using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Switchyard.Tests.LongestFirst", "Switchyard.Tests")]

namespace Switchyard.Tests;

/// <summary>The collections that take longest begin first, or the end of the run waits for them with the other cores idle.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = ["pages", "browser", "browser on the floor", "SeedDemoTests", "LoadDemoTests", "SealAndVerifyTests", "ImportProcessTests", "PaymentTests", "PermissionMatrixTests"];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(Place);

    private static int Place(ITestCollection collection) =>
        Array.FindIndex(Long, name => collection.DisplayName.EndsWith(name, StringComparison.Ordinal)) is >= 0 and var place ? place : Long.Length;
}
