using Switchyard.Files;

namespace Switchyard.Payments;

// door: RefundPayment, ReadPayments
// door: SplitPayments, ChangePayments, FirstPayment, PaymentBook, KeptBook, PaymentsSql, PaymentType, PaymentState, Payment, PaymentWish, PaymentView, Tenders

/// <summary>The door of Payments: what was authorised, taken, given back and disputed of each order, and the ledger of it.</summary>
public static class PaymentsRoom
{
    /// <summary>What can be imported and exported.</summary>
    public static IReadOnlyList<FileKind> Files { get; } = [new BalancesFile()];

    public static IServiceCollection AddPayments(this IServiceCollection services)
    {
        services.AddSingleton<ChangePayments>();
        foreach (var check in PaymentBooks.All) services.AddSingleton(check);
        foreach (var check in BalanceChecks.All) services.AddSingleton(check);
        return services;
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        TakePayment.Map(routes);
        CapturePayment.Map(routes);
        RefundPayment.Map(routes);
        SettlePayment.Map(routes);
        ReadPayments.Map(routes);
    }
}
