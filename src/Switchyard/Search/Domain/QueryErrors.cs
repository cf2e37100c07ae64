using System.Globalization;
using Switchyard.Kernel;

namespace Switchyard.Search;

/// <summary>Every way a query can be wrong; each names the column.</summary>
public static class QueryErrors
{
    public static Error At(int column, string code, string detail) => Error.Invalid(
        [new FieldError("#query", code, detail)]) with
    { Extra = new Dictionary<string, object?> { ["column"] = column } };

    public static Error Malformed(int column, string what) => At(column, "query.malformed", $"{what} (column {Number(column)}).");

    public static Error UnknownField(int column, string name, IEnumerable<string> known) =>
        At(column, "query.unknown_field", $"There is no field {Short(name)} (column {Number(column)}). There are: {string.Join(", ", known)}.");

    public static Error BadValue(int column, string field, string wanted) =>
        At(column, "query.bad_value", $"{field} needs {wanted} (column {Number(column)}).");

    private static string Number(int column) => column.ToString(CultureInfo.InvariantCulture);
    private static string Short(string name) => name.Length <= 40 ? name : name[..40] + "…";
}
