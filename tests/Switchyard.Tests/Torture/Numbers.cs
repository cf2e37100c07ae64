using System.Globalization;
using Xunit.Abstractions;

namespace Switchyard.Tests.Torture;

/// <summary>Sizes and seeds of the long tests, from the environment.</summary>
internal static class Numbers
{
    public static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int said) ? said : otherwise;

    /// <summary>SWITCHYARD_SEED, or a new one; printed, so that a failure can be seen again.</summary>
    public static int Seed(ITestOutputHelper output)
    {
        int seed = FromEnvironment("SWITCHYARD_SEED", Random.Shared.Next(1_000_000));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SWITCHYARD_SEED={seed}"));
        return seed;
    }
}
