using System.Runtime.CompilerServices;

namespace Switchyard.Tests.Access;

/// <summary>Bodies of what is asked about bills.</summary>
public static partial class MatrixSamples
{
    [ModuleInitializer]
    internal static void AddBilling() => Bodies.Add("billing.approveBill", _ => new { totalMinor = 0, entries = 1 });
}
