using System.Text;
using Shouldly;
using Switchyard.Orders;

namespace Switchyard.Tests.Orders;

/// <summary>The rules of docs/import-orders.md, row by row, without a database.</summary>
public sealed class ImportRulesTests
{
    private const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
    private static readonly OrderMapping Mapping = ImportMappings.BuiltIn("online-retail")!;

    [Theory]
    [InlineData("536365,85123A,T-LIGHT,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom", "goods")]
    [InlineData("536365,85123A,T-LIGHT,6,2010-12-01 08:26:00,0.0,,United Kingdom", "goods")]
    [InlineData("536365,post,POSTAGE,1,2010-12-01 08:26:00,18.0,17850.0,France", "charge postage")]
    [InlineData("536365,m,Manual,1,2010-12-01 08:26:00,2.55,17850.0,United Kingdom", "charge manual")]
    [InlineData("536365,gift_0001_20,Voucher,1,2010-12-01 08:26:00,17.02,,United Kingdom", "charge gift_voucher")]
    [InlineData("536365,DCGSSGIRL,PARTY BAG,3,2010-12-01 08:26:00,3.29,,United Kingdom", "goods")]
    [InlineData("C536365,85123A,T-LIGHT,-6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom", "return")]
    [InlineData("536365,85123A,T-LIGHT,-6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom", "return")]
    [InlineData("C536365,85123A,T-LIGHT,-6,2010-12-01 08:26:00,2.55,,United Kingdom", "return_no_customer")]
    [InlineData("C536365,85123A,T-LIGHT,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom", "cancellation_positive")]
    [InlineData("536365,85123A,damaged,-6,2010-12-01 08:26:00,0.0,,United Kingdom", "stock_adjustment")]
    [InlineData("A563186,B,Adjust bad debt,1,2010-12-01 08:26:00,-11062.06,,United Kingdom", "adjustment")]
    [InlineData("536365,B,Adjust bad debt,1,2010-12-01 08:26:00,-11062.06,,United Kingdom", "bad_debt")]
    [InlineData("536365,S,SAMPLES,1,2010-12-01 08:26:00,30.0,,United Kingdom", "samples")]
    [InlineData("C536365,AMAZONFEE,AMAZON FEE,-1,2010-12-01 08:26:00,1.0,,United Kingdom", "fee")]
    [InlineData("536365,PADS,PADS,1,2010-12-01 08:26:00,0.001,,United Kingdom", "price_decimals")]
    [InlineData("536365,22000,A,1,2010-12-01 08:26:00,1.100,,United Kingdom", "goods")]
    [InlineData("536365,22000,A,1,2010-12-01 08:26:00,-1,,United Kingdom", "price_negative")]
    [InlineData("536365,22000,A,0,2010-12-01 08:26:00,1,,United Kingdom", "quantity_zero")]
    [InlineData("C536379,D,Discount,-1,2010-12-01 08:26:00,27.5,14527.0,United Kingdom", "discount_unusable")]
    [InlineData("C536379,POST,POSTAGE,-1,2010-12-01 08:26:00,27.5,14527.0,United Kingdom", "charge_refund")]
    public void A_row_becomes_what_the_first_fitting_rule_says(string row, string expected)
    {
        var read = Rows(row).Single();
        read.Faults.ShouldBeEmpty();
        var verdict = RowVerdict.Of(read.Row!, Mapping);
        string said = verdict.Kind switch
        {
            RowKind.Refused => verdict.Code!,
            RowKind.Charge => "charge " + verdict.Code,
            var kind => kind.ToString().ToLowerInvariant(),
        };
        said.ShouldBe(expected);
    }

    [Theory]
    [InlineData("536365,,T,6,2010-12-01 08:26:00,2.55,,France", "sku_missing")]
    [InlineData("536365,1,T,6.5,2010-12-01 08:26:00,2.55,,France", "quantity_unreadable")]
    [InlineData("536365,1,T,٣,2010-12-01 08:26:00,2.55,,France", "quantity_unreadable")]
    [InlineData("536365,1,T,1000000001,2010-12-01 08:26:00,2.55,,France", "quantity_unreadable")]
    [InlineData("536365,1,T,9223372036854775808,2010-12-01 08:26:00,2.55,,France", "quantity_unreadable")]
    [InlineData("536365,1,T,-9223372036854775808,2010-12-01 08:26:00,2.55,,France", "quantity_unreadable")]
    [InlineData("536365,1,T,1,2010-12-01 08:26:00,NaN,,France", "price_unreadable")]
    [InlineData("536365,1,T,1,2010-12-01 08:26:00,1e3,,France", "price_unreadable")]
    [InlineData("536365,1,T,1,2010-12-01 08:26:00,\"1,50\",,France", "price_unreadable")]
    [InlineData("536365,1,T,1,01/12/2010 08:26,1,,France", "date_unreadable")]
    [InlineData("536365,1,T,1,2010-12-01 08:26:00,1,,Atlantis", "country_unknown")]
    [InlineData(",1,T,1,2010-12-01 08:26:00,1,,France", "order_missing")]
    [InlineData("536365,1,T,1,2010-12-01 08:26:00,1,France", "row_malformed")]
    [InlineData("536365,\"1\"x,T,1,2010-12-01 08:26:00,1,,France", "row_malformed")]
    public void An_unreadable_cell_is_named_with_its_line(string row, string code)
    {
        var fault = Rows(row, row).Last().Faults.Single();
        fault.Code.ShouldBe(code);
        fault.Line.ShouldBe(3);
    }

    [Fact]
    public void A_line_number_counts_line_breaks_inside_cells_and_empty_lines()
    {
        var rows = Rows("1,A,\"two\nlines\",1,2010-12-01 08:26:00,1,,France", "", "1,B,7\" frame,1,2010-12-01 08:26:00,1,,France");
        rows.Select(r => r.Line).ShouldBe([2, 5]);
        rows[1].Row!.Name.ShouldBe("7\" frame");
    }

    [Fact]
    public void A_local_time_is_understood_in_the_mappings_zone()
    {
        var rows = Rows("1,A,,1,2011-06-01 12:00:00,1,,France", "2,A,,1,2011-10-30 01:30:00,1,,France", "3,A,,1,2011-03-27 01:30:00,1,,France");
        rows.Select(r => r.Row!.At!.Value.UtcDateTime.ToString("MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBe(["06-01 11:00", "10-30 00:30", "03-27 01:30"]);
    }

    [Fact]
    public void Rows_of_one_number_are_one_order_wherever_they_stand()
    {
        var orders = Orders("1,A,,1,2010-12-01 08:26:00,1.50,7.0,France", "2,B,,1,2010-12-01 08:27:00,2,,France", "1,POST,,2,2010-12-01 08:25:00,3,7.0,France");
        orders.Select(o => o.Number).ShouldBe(["2", "1"], "an order is complete when its last row has come");
        var first = orders[1].Order!;
        (first.Money.Goods, first.Money.Charges, first.Money.Total).ShouldBe((150, 600, 750));
        first.Customer.ShouldBe("7");
        first.At!.Value.Minute.ShouldBe(25, "the earliest date is taken");
        orders[1].Warnings.Single().Code.ShouldBe("order_two_dates");
    }

    [Fact]
    public void An_order_with_two_customers_or_an_unreadable_row_is_left_out_whole()
    {
        var two = Orders("1,A,,1,2010-12-01 08:26:00,1,7.0,France", "1,22,,1,2010-12-01 08:26:00,1,8.0,France", "1,S,,1,2010-12-01 08:26:00,1,,France").Single();
        two.Order.ShouldBeNull();
        two.Faults.Select(f => (f.Line, f.Code)).Order().ShouldBe([(2, "order_two_customers"), (3, "order_two_customers"), (4, "samples")]);

        var bad = Orders("1,A,,1,2010-12-01 08:26:00,1,7.0,France", "1,22,,x,2010-12-01 08:26:00,1,7.0,France").Single();
        bad.Order.ShouldBeNull();
        bad.Faults.Select(f => (f.Line, f.Code)).Order().ShouldBe([(2, "order_has_unreadable_row"), (3, "quantity_unreadable")]);
    }

    [Fact]
    public void A_discount_on_a_sale_is_split_over_its_goods_to_the_penny()
    {
        var order = Orders("1,A,,1,2010-12-01 08:26:00,1.00,7.0,France", "1,22,,1,2010-12-01 08:26:00,2.00,7.0,France",
            "1,POST,,1,2010-12-01 08:26:00,5.00,7.0,France", "1,D,,-1,2010-12-01 08:26:00,1.00,7.0,France").Single().Order!;
        order.Lines.Select(l => l.Money.Discount).ShouldBe([33, 67, 0]);
        order.Money.Total.ShouldBe(700);
        Orders("1,A,,1,2010-12-01 08:26:00,1.00,7.0,France", "1,D,,-1,2010-12-01 08:26:00,1.01,7.0,France").Single()
            .Faults.Select(f => f.Code).ShouldBe(["discount_too_large", "discount_too_large"]);
    }

    [Fact]
    public void Skus_that_differ_by_case_are_one_and_the_name_is_the_most_frequent_one_with_a_price()
    {
        var survey = Survey("1,85123a,WHITE,1,2010-12-01 08:26:00,1,,France", "2,85123A,found,1,2010-12-01 08:26:00,0,,France",
            "3,85123A,found,1,2010-12-01 08:26:00,0,,France", "4,9,?,1,2010-12-01 08:26:00,0,,France", "5,8,,1,2010-12-01 08:26:00,0,,France");
        survey.Products["85123A"].ShouldBe(("85123a", "WHITE"));
        survey.Products["9"].Name.ShouldBe("?");
        survey.Products["8"].Name.ShouldBe("8");
    }

    [Fact]
    public void A_mapping_names_each_of_its_faults()
    {
        var faults = ImportMappings.Parse("""{"columns":{"order":"a","colour":"b"},"currency":"XXX","timeZone":"Mars/One","codes":[{"code":"","is":"charge","name":"A b"}]}"""u8).Error!.Fields;
        faults.Select(f => f.Pointer).ShouldBe(["/columns/sku", "/columns/quantity", "/columns/price", "/columns/colour", "/currency", "/timeZone", "/codes/0/code", "/codes/0/name"]);
        ImportMappings.Parse("{"u8).Error!.Code.ShouldBe("import.mapping_malformed");
    }

    private static List<RowRead> Rows(params string[] rows) => With(rows, file => file.Rows(Mapping, needsDate: true).ToList());

    private static OrderFileSurvey Survey(params string[] rows) => With(rows, file => OrderFileSurvey.Of(file, Mapping, true, _ => { }, default));

    private static List<GatheredOrder> Orders(params string[] rows) =>
        With(rows, file => OrderFileSurvey.Of(file, Mapping, true, _ => { }, default).Orders(file, Mapping, true).ToList());

    private static T With<T>(string[] rows, Func<OrderFile, T> read)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, Header + "\n" + string.Join("\n", rows) + "\n", new UTF8Encoding(false));
            return read(new OrderFile(path, "test.csv"));
        }
        finally { File.Delete(path); }
    }
}
