using Xunit.Sdk;

namespace Switchyard.Tests;

/// <summary>
/// Says which rows of docs/capabilities.md (or promises, P1 …, or lessons, L1 …) a test shows.
/// <c>./run capabilities</c> lists each row with the tests that claim it.
/// </summary>
[TraitDiscoverer("Switchyard.Tests.CapabilityDiscoverer", "Switchyard.Tests")]
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class CapabilityAttribute(params string[] ids) : Attribute, ITraitAttribute
{
    public IReadOnlyList<string> Ids => ids;
}

public sealed class CapabilityDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(Xunit.Abstractions.IAttributeInfo attribute) =>
        attribute.GetConstructorArguments().OfType<string[]>().SelectMany(ids => ids).Select(id => KeyValuePair.Create("Capability", id));
}
