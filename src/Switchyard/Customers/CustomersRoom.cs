using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Jobs;
using Switchyard.Kernel;

namespace Switchyard.Customers;

// door: BuyerConsents, CustomerTraits, CustomerLookup, CustomerMatch, CustomerCredit, OpenCredit, PhoneKey, EmailKey, AddressKey, CustomersList, ForgetCustomers

/// <summary>The door of Customers: who orders belong to, what they may owe, and who is looked at first.</summary>
public static class CustomersRoom
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) => services
        .AddSingleton(CustomersList.Spec).AddExport(CustomerExport.Source).AddSingleton(CustomerWords.Source)
        .AddSingleton<CustomersBulkJob>().AddSingleton<JobKind>(provider => provider.GetRequiredService<CustomersBulkJob>())
        .AddSingleton<ForgetRelayAddresses>().AddHostedService(provider => provider.GetRequiredService<ForgetRelayAddresses>());

    /// <summary>What can be imported and exported.</summary>
    public static IReadOnlyList<FileKind> Files { get; } = [new CustomersFile()];

    /// <summary>Which customers these addresses name, by <see cref="EmailKey"/>: of those that were merged, the one who stands for them.</summary>
    public static async Task<IReadOnlyDictionary<string, CustomerId>> ByEmail(Work work, IEnumerable<string> emailKeys) =>
        (await CustomerFinder.Find(work, [.. emailKeys.Distinct().Select(key => "email " + key)])).ToDictionary(found => found.Key["email ".Length..], found => found.Value.Id);

    public static void Map(IEndpointRouteBuilder routes)
    {
        WriteCustomer.Map(routes);
        ReadCustomers.Map(routes);
        BulkCustomers.Map(routes);
        MergeCustomers.Map(routes);
        NoteConsent.Map(routes);
        NoteCustomer.Map(routes);
        BlockCustomer.Map(routes);
        BlockPeople.Map(routes);
    }
}
