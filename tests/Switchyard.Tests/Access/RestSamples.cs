using System.Runtime.CompilerServices;

namespace Switchyard.Tests.Access;

/// <summary>What is asked of pick faces.</summary>
public static partial class MatrixSamples
{
    [ModuleInitializer]
    internal static void AddRest() => Queries.Add("ahead", _ => "2");
}
