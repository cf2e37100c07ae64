using System.Reflection;
using Switchyard.Database;
using Xunit.Sdk;

namespace Switchyard.Tests;

/// <summary>
/// Runs a theory once on SQLite and once on PostgreSQL; further arguments follow the kind. Such tests carry the trait
/// Kind=Database, which <c>./run check</c> leaves out.
/// </summary>
[TraitDiscoverer("Switchyard.Tests.DatabaseKindDiscoverer", "Switchyard.Tests")]
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class BothDatabasesAttribute(params object[] arguments) : DataAttribute, ITraitAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [[DatabaseKind.Sqlite, .. arguments], [DatabaseKind.Postgres, .. arguments]];
}

public sealed class DatabaseKindDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(Xunit.Abstractions.IAttributeInfo attribute) => [KeyValuePair.Create("Kind", "Database")];
}
