using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Switchyard.Database;

namespace Switchyard.Access;

/// <summary>Keeps the data protection keys in the database, so that every process and restart reads the same tokens.</summary>
public sealed class KeyRing(Db db) : IXmlRepository
{
    private const int MostKeys = 1000;

    // The framework asks synchronously, at start and when a key is made every 90 days.
    public IReadOnlyCollection<XElement> GetAllElements() => db.ReadAll(work => work.Query(
        $"select xml from data_protection_keys order by id desc limit {MostKeys}",
        row => XElement.Parse(row.Text()))).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => db.WriteAll(work => work.Execute(
        "insert into data_protection_keys (friendly_name, xml) values (@name, @xml)",
        ("name", friendlyName), ("xml", element.ToString(SaveOptions.DisableFormatting)))).GetAwaiter().GetResult();
}
