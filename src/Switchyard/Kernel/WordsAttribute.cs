using System.Text.Json;

namespace Switchyard.Kernel;

/// <summary>The words a text may be, where the API's type is a plain text: listed in the OpenAPI document as an enum.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class WordsAttribute(params string[] words) : Attribute
{
    /// <summary>The names of an enum, in camelCase as they are sent.</summary>
    public WordsAttribute(Type names) : this([.. Enum.GetNames(names).Select(JsonNamingPolicy.CamelCase.ConvertName)]) { }

    public IReadOnlyList<string> Words { get; } = words;
}
