using Shouldly;
using Switchyard.Customers;
using Switchyard.Kernel;

namespace Switchyard.Tests.Customers;

/// <summary>How emails, telephone numbers, addresses and card numbers are recognised.</summary>
public sealed class CustomerKeysTests
{
    [Theory]
    [InlineData(" Ada@Example.TEST ", "ada@example.test")]
    [InlineData("ada+shop@example.test", "ada+shop@example.test")]
    [InlineData("ame\u0301lie@example.test", "am\u00e9lie@example.test")]
    [InlineData("\"a@b\"@example.test", "\"a@b\"@example.test")]
    [InlineData("no address", null)]
    [InlineData("@example.test", null)]
    [InlineData("ada@", null)]
    [InlineData("", null)]
    public void Emails_compare_without_case_and_outer_blanks_and_keep_their_plus_tag(string email, string? key) => EmailKey.Of(email).ShouldBe(key);

    [Theory]
    [InlineData("x7k2@marketplace.amazon.co.uk", true)]
    [InlineData("x7k2@marketplace.amazon.com", true)]
    [InlineData("123abc@members.ebay.com", true)]
    [InlineData("q8@privaterelay.appleid.com", true)]
    [InlineData("ada@amazon.co.uk", false)]
    [InlineData("ada@marketplace.amazon-deals.test", false)]
    [InlineData("ada@notmembers.ebay.com", false)]
    public void Addresses_that_belong_to_a_marketplace_are_known(string email, bool isRelay) => EmailKey.IsRelay(EmailKey.Of(email)!).ShouldBe(isRelay);

    [Theory]
    [InlineData("07700 900123", "GB", "+447700900123")]
    [InlineData("+44 (0)7700 900-123", "US", "+447700900123")]
    [InlineData("0044 7700 900123", "GB", "+447700900123")]
    [InlineData("Tel. 07700 900123 ext. 5", "gb", "+447700900123")]
    [InlineData("(212) 555-0101", "US", "+12125550101")]
    [InlineData("1-212-555-0101", "CA", "+12125550101")]
    [InlineData("011 44 7700 900123", "US", "+447700900123")]
    [InlineData("06 12345678", "IT", "+390612345678")]
    [InlineData("8 (912) 345-67-89", "RU", "+79123456789")]
    [InlineData("06 30 123 4567", "HU", "+36301234567")]
    [InlineData("010 123 4567", "XX", "0101234567")]
    [InlineData("12", "GB", null)]
    [InlineData("none", "GB", null)]
    [InlineData(null, "GB", null)]
    public void Telephone_numbers_become_the_code_of_their_country_and_digits(string? phone, string? country, string? key) => PhoneKey.Of(phone, country).ShouldBe(key);

    [Fact]
    public void Addresses_compare_by_postcode_and_first_line_without_marks_and_half_of_one_is_none()
    {
        AddressKey.Of("m1 1ae", "1, Mill Lane").ShouldBe(AddressKey.Of("M1  1AE", "1 mill lane"));
        AddressKey.Of("M1 1AE", " ").ShouldBeNull();
        AddressKey.Of(null, "1 Mill Lane").ShouldBeNull();
        AddressKey.Name("  Ada \u00a0 Byron ").ShouldBe("ADA BYRON");
    }

    [Theory, Capability("P19")]
    [InlineData("4111111111111111", true)]
    [InlineData("card 4111 1111 1111 1111 exp 12/30", true)]
    [InlineData("5555-5555-5555-4444", true)]
    [InlineData("2223003122003222", true)]
    [InlineData("378282246310005", true)]
    [InlineData("6011000990139424", true)]
    [InlineData("3530111333300000", true)]
    [InlineData("30569309025904", true)]
    [InlineData("4000000000000000006", true)]
    [InlineData("４１１１１１１１１１１１１１１１", true)]
    [InlineData("4111111111111112", false)]
    [InlineData("7391512559861", false)]
    [InlineData("026-1234567-1234567", false)]
    [InlineData("+44 7700 900123", false)]
    [InlineData("5012345678900", false)]
    [InlineData(null, false)]
    public void Numbers_of_cards_are_seen_and_other_long_numbers_are_not(string? text, bool isCard) => CardNumber.IsIn(text).ShouldBe(isCard);
}
