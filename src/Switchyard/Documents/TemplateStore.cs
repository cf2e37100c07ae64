using Switchyard.Database;

namespace Switchyard.Documents;

/// <summary>The templates that documents are printed with: a merchant's own, or those of the program.</summary>
internal static class TemplateStore
{
    public static readonly OwnTemplates Own = new("document_templates", "document_template_choices");

    /// <summary>The template used for a kind; version 0 is the one of the program.</summary>
    public static async Task<PressedTemplate> Used(Work work, string kind) => await Own.Used(work, kind) is { } own ? Pressed(own) : OfTheProgram(kind);

    public static async Task<PressedTemplate?> Find(Work work, string kind, long version) =>
        version == 0 ? OfTheProgram(kind) : await Own.Find(work, kind, version) is { } own ? Pressed(own) : null;

    private static PressedTemplate OfTheProgram(string kind) => new(Press.BuiltIn(kind), null, 0);
    private static PressedTemplate Pressed(OwnTemplate own) => new(own.Text, own.Words, own.Version);
}
