using System.Reflection;
using Switchyard.Database;
using Xunit.Sdk;

namespace Switchyard.Tests;

/// <summary>Runs a theory once on SQLite and once on PostgreSQL; further arguments follow the kind.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class BothDatabasesAttribute(params object[] arguments) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [[DatabaseKind.Sqlite, .. arguments], [DatabaseKind.Postgres, .. arguments]];
}
