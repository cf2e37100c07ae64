using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Documents;

namespace Switchyard.Tests.Documents;

public sealed class TemplateTests
{
    private static readonly Typeface Face = HouseTypeface.Face;
    private static readonly Dictionary<string, Picture> NoPictures = [];

    [Theory]
    [InlineData(1, "{{#each lines}}", "never closed")]
    [InlineData(2, "\n{{/if}}", "closes nothing")]
    [InlineData(3, "<document>\n<page>\n{{#if a}}{{/each}}", "{{/if}} is expected")]
    [InlineData(2, "x\n{{shout name}}", "no helper shout")]
    [InlineData(2, "x\n{{{raw}}}", "data is never markup")]
    [InlineData(1, "{{#repeat 5}}{{/repeat}}", "no block repeat")]
    [InlineData(1, "{{t \"none\"", "never closed")]
    public void A_template_that_cannot_be_read_names_its_line(int line, string text, string says)
    {
        var fault = DocumentTemplate.Parse(text).Fault.ShouldNotBeNull();
        fault.Line.ShouldBe(line);
        fault.Detail.ShouldContain(says);
    }

    [Theory]
    [InlineData(2, "<document>\n<sheet/></document>", "no element <sheet>")]
    [InlineData(3, "<document><page>\n{{#each lines}}<p>{{sku}}</p>{{/each}}\n<p colour=\"red\">x</p></page></document>", "no attribute colour")]
    [InlineData(2, "<document><page>\n<p size=\"900\">x</p></page></document>", "from 4 to 96")]
    [InlineData(2, "<document><page>\n<p>x</page></document>", "p")]
    [InlineData(1, "<!DOCTYPE a [<!ENTITY b \"c\">]><document/>", "DTD")]
    [InlineData(3, "<document><page>\n\n<p>{{t \"nothing\"}}</p></page></document>", "no word nothing")]
    [InlineData(1, "<document><page margin=\"100\"><p>x</p></page></document>", "no room")]
    [InlineData(2, "<document><page>\nwords</page></document>", "put it in <p>")]
    public void A_template_that_cannot_be_laid_out_names_its_line(int line, string text, string says)
    {
        var (sheets, fault) = Lay(text, Lines(3));
        sheets.ShouldBeEmpty();
        fault.ShouldNotBeNull().Detail.ShouldContain(says);
        fault.Line.ShouldBe(line);
    }

    [Fact]
    public void A_template_that_would_not_end_is_ended()
    {
        string nested = string.Concat(Enumerable.Repeat("{{#each @root.lines}}", 8)) + string.Concat(Enumerable.Repeat("{{/each}}", 8));
        Lay($"<document><page>{nested}</page></document>", Lines(50)).Fault.ShouldNotBeNull().Detail.ShouldContain("steps");
        string much = "{{#each @root.lines}}{{#each @root.lines}}{{#each @root.lines}}" + new string('x', 200) + "{{/each}}{{/each}}{{/each}}";
        Lay($"<document><page><p>{much}</p></page></document>", Lines(60)).Fault.ShouldNotBeNull().Detail.ShouldContain("characters");
    }

    [Fact]
    public void A_table_goes_on_over_pages_with_its_head_and_the_pages_are_counted()
    {
        var (sheets, fault) = Lay(
            """
            <document><page size="A5" margin="10"><footer><p align="right">{{page}} / {{pages}}</p></footer>
            <table widths="20 60 20"><head><cell>Article</cell><cell>Name</cell><cell align="right">Price</cell></head>
            {{#each lines}}<row><cell>{{sku}}</cell><cell>{{name}}</cell><cell align="right">{{money price}}</cell></row>{{/each}}</table></page></document>
            """, Lines(90));
        fault.ShouldBeNull();
        sheets.Count.ShouldBeGreaterThan(2);
        string text = DocumentTools.Text(PdfWriter.Write(sheets, Face, "Table"));
        string[] pages = text.Split('\f', StringSplitOptions.RemoveEmptyEntries);
        pages.Length.ShouldBe(sheets.Count);
        for (int i = 0; i < pages.Length; i++)
        {
            pages[i].ShouldStartWith("Article");
            pages[i].ShouldContain($"{i + 1} / {pages.Length}");
        }
        for (int i = 0; i < 90; i++) text.ShouldContain($"SKU-{i} ");
        text.ShouldContain("£1,234.50");
        text.ShouldContain("<b>not bold</b> & {{name}}");
        // What stands at the right ends at the right edge, in each page.
        foreach (var sheet in sheets)
            foreach (var price in sheet.Marks.OfType<TextMark>().Where(t => t.Text.StartsWith('£')))
                (price.X + Face.Measure(price.Text, price.Size, price.IsBold)).ShouldBe(sheet.Width - 10 * Sheet.PointsPerMm - 2.5, 0.01);
    }

    [Fact]
    public void Any_words_stay_inside_the_paper_whatever_their_length()
    {
        var random = new Random(7);
        for (int i = 0; i < 40; i++)
        {
            string words = string.Join(' ', Enumerable.Range(0, random.Next(1, 60)).Select(_ => new string((char)random.Next('A', 'z'), random.Next(1, random.Next(2, 120)))));
            var (sheets, fault) = Lay("<document><page size=\"100x150\" margin=\"5\"><p>{{a}}</p><columns><column><p align=\"center\">{{a}}</p></column><column><p align=\"right\">{{a}}</p></column></columns></page></document>",
                new JsonObject { ["a"] = words });
            fault.ShouldBeNull();
            foreach (var sheet in sheets)
                foreach (var text in sheet.Marks.OfType<TextMark>())
                {
                    text.X.ShouldBeGreaterThanOrEqualTo(14);
                    (text.X + Face.Measure(text.Text, text.Size, text.IsBold)).ShouldBeLessThan(sheet.Width - 14);
                    text.Y.ShouldBeInRange(14, sheet.Height - 14);
                }
            string said = string.Concat(sheets.SelectMany(s => s.Marks.OfType<TextMark>()).Select(t => t.Text)).Replace(" ", "");
            said.Length.ShouldBe(3 * words.Replace(" ", "").Length);
        }
    }

    [Fact]
    public void What_a_template_says_follows_its_data()
    {
        var (sheets, fault) = Lay(
            """
            <document><page>{{! nothing }}<p>{{#if name}}yes {{upper name}}{{else}}no{{/if}}</p><p>{{#unless none}}none{{/unless}}</p>
            <p>{{#with of}}{{deep.er}} {{../name}}{{/with}}</p><p>{{#each list}}{{@index}}{{this}}{{#if @last}}.{{else}},{{/if}}{{/each}}</p>
            <p>{{#if (and (eq name "Ada") (gt 3 2))}}both{{/if}} {{join ", " name none "x"}} {{date "2026-11-22T10:00:00Z"}} {{weight 1250}}</p></page></document>
            """, new JsonObject { ["name"] = "Ada", ["of"] = new JsonObject { ["deep"] = new JsonObject { ["er"] = "down" } }, ["list"] = new JsonArray("a", "b") });
        fault.ShouldBeNull();
        sheets[0].Marks.OfType<TextMark>().Select(t => t.Text).ShouldBe(["yes ADA", "none", "down Ada", "0a,1b.", "both Ada, x 22 November 2026 1.25 kg"]);
    }

    private static JsonObject Lines(int count)
    {
        var lines = new JsonArray();
        for (int i = 0; i < count; i++) lines.Add(new JsonObject { ["sku"] = $"SKU-{i}", ["name"] = i == 3 ? "<b>not bold</b> & {{name}}" : "Kettle", ["price"] = i == 5 ? 123450 : 100 });
        return new JsonObject { ["currency"] = "GBP", ["lines"] = lines };
    }

    private static (IReadOnlyList<Sheet> Sheets, TemplateFault? Fault) Lay(string text, JsonNode data)
    {
        var (template, fault) = DocumentTemplate.Parse(text);
        return fault is not null ? ([], fault) : DocumentTemplate.Lay(template!, data, new TemplateWords("en-GB", new Dictionary<string, string>()), Face, NoPictures);
    }
}
