using System.Globalization;
using Xunit.Abstractions;

namespace Switchyard.Tests.Torture;

/// <summary>Sizes and seeds of the long tests, from the environment.</summary>
internal static class Numbers
{
    public static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int said) ? said : otherwise;

    /// <summary>
    /// Where dice begin: SWITCHYARD_SEED, "random" for a new one. Printed, so that a failure can be seen again. The checks of a change
    /// throw the same dice each time, so that a red one is about the change; the long forms throw new ones.
    /// </summary>
    public static int Seed(ITestOutputHelper output)
    {
        int seed = Environment.GetEnvironmentVariable("SWITCHYARD_SEED") == "random" ? Random.Shared.Next(1_000_000) : FromEnvironment("SWITCHYARD_SEED", 20_261);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SWITCHYARD_SEED={seed}"));
        return seed;
    }
}
