using System.Text.Json.Nodes;

namespace Switchyard.Documents;

/// <summary>A template with its words: what a document of one kind looks like in one language.</summary>
public static class DocumentTemplate
{
    /// <summary>Lays out one document.</summary>
    /// <param name="data">What the template may say; it reaches nothing else.</param>
    /// <param name="pictures">By the name the template calls them.</param>
    /// <returns>Its pages, or what is wrong with the template and in which line.</returns>
    public static (IReadOnlyList<Sheet> Sheets, TemplateFault? Fault) Lay(
        TemplateText template, JsonNode data, TemplateWords words, Typeface face, IReadOnlyDictionary<string, Picture> pictures)
    {
        try
        {
            return (new Layout(face, pictures).Lay(Markup.Read(template.Fill(data, words))), null);
        }
        catch (TemplateFaultException e)
        {
            return ([], e.Fault);
        }
    }

    /// <summary>Reads a template's text, or says what is wrong with it and in which line.</summary>
    public static (TemplateText? Template, TemplateFault? Fault) Parse(string text)
    {
        try { return (TemplateText.Parse(text), null); }
        catch (TemplateFaultException e) { return (null, e.Fault); }
    }
}
