namespace Switchyard.Erp;

/// <summary>The name of a thing of ours in the ERP: letters, digits, - and _ only, so that it needs no escaping in an address or a query.</summary>
public static class ErpExternalId
{
    public const string Prefix = "sy-";

    /// <param name="key">A task's key, such as <c>order:ord_…</c>.</param>
    public static string Of(string key) => Prefix + string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' ? c : '-'));
}
