namespace Switchyard.Documents;

/// <summary>What is wrong with a template, and in which of its lines.</summary>
/// <param name="Line">From 1.</param>
public sealed record TemplateFault(int Line, string Detail);

/// <summary>Ends the work on a template; caught where the work begins, and answered as a <see cref="TemplateFault"/>.</summary>
internal sealed class TemplateFaultException(int line, string detail) : Exception(detail)
{
    public TemplateFault Fault { get; } = new(line, detail);
}
