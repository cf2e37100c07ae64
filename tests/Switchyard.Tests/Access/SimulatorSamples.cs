using System.Runtime.CompilerServices;

namespace Switchyard.Tests.Access;

/// <summary>Names and bodies of the simulated vendors beside a demo; the test's server has none.</summary>
public static partial class MatrixSamples
{
    [ModuleInitializer]
    internal static void AddSimulators()
    {
        Shared.Add("/simulators/{simulator}", "woocommerce");
        Bodies.Add("simulators.act", _ => new { act = "place" });
    }
}
