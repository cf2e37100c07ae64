using Shouldly;
using Switchyard.Connectors;

namespace Switchyard.Tests.Connectors;

public sealed class BuyersWordsTests
{
    [Fact]
    public void What_is_named_for_what_it_is_says_its_words_alone_and_anything_else_its_name_too() =>
        BuyersWords.Personal([("Personalization", " For Ada "), ("Engraving", "A.B."), ("Colour of the ribbon", "red")]).ShouldBe("For Ada · Engraving: A.B. · Colour of the ribbon: red");

    [Fact]
    public void What_is_said_of_a_gift_and_what_is_empty_make_no_line_personal()
    {
        BuyersWords.Personal([]).ShouldBeNull();
        BuyersWords.Personal([("Gift message", "Happy birthday"), ("gift_note", "x"), ("Gift wrap", "yes"), ("Engraving", "  ")]).ShouldBeNull();
        BuyersWords.Personal([("Gift tag", "To Ada")]).ShouldBe("Gift tag: To Ada", "it is fixed to the goods");
    }
}
