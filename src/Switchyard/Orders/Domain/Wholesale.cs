using Switchyard.Customers;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What a wholesale order needs: a company, which pays by agreed terms unless it is paid otherwise.</summary>
internal static class Wholesale
{
    public static readonly PlaceOrder.Payment OnAccount = new("terms", null, null, null);

    /// <summary>Whoever asks first is refused without a company; what a channel has sold already is held. So is what is owed without terms.</summary>
    /// <param name="holds">A hold is added to these.</param>
    /// <remarks>Errors: orders.company_required.</remarks>
    public static Error? Doubt(AssembledOrder order, CustomerMatch? customer, List<NewHold> holds)
    {
        if (customer is not { IsCompany: true })
        {
            if (order.IsAsking) return OrderErrors.CompanyRequired;
            holds.Add(new NewHold(RuleKinds.Manual, "It is wholesale, and the customer is no company that is known here.") { Says = Saying.Of(Phrase.WholesaleUnknown) });
        }
        else if (!customer.HasTerms && order.Request.Payment?.Status == OnAccount.Status && order.Policy.Find(RuleKinds.Credit) is { } rule)
            holds.Add(new NewHold(RuleKinds.Credit, "No credit is agreed with this company.") { Says = Saying.Of(Phrase.CreditNone), Rule = rule.Code, Owner = rule.Owner, Permission = rule.Permission });
        return null;
    }
}
