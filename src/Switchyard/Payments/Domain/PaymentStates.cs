using Switchyard.Kernel;

namespace Switchyard.Payments;

public enum PaymentType { Authorise, Capture, Void, Refund, Sale, External, Dispute }

public enum PaymentState { Created, Pending, Succeeded, Failed, Unknown }

/// <summary>Every allowed move of a payment transaction. What is unknown becomes known only by reconciliation, and is never tried again blindly.</summary>
public static class PaymentStates
{
    public static readonly Transitions<PaymentState> Allowed = new()
    {
        [PaymentState.Created] = [PaymentState.Pending],
        [PaymentState.Pending] = [PaymentState.Succeeded, PaymentState.Failed, PaymentState.Unknown],
        [PaymentState.Unknown] = [PaymentState.Succeeded, PaymentState.Failed],
        [PaymentState.Succeeded] = [],
        [PaymentState.Failed] = [],
    };

    /// <summary>As it is stored and shown: lower case.</summary>
    public static string Name(PaymentState state) => state.ToString().ToLowerInvariant();
    public static string Name(PaymentType type) => type.ToString().ToLowerInvariant();
}

/// <summary>How somebody pays. What is taken by hand is recorded by us; external was taken by a marketplace or shop; terms is an invoice on account.</summary>
public static class Tenders
{
    /// <summary>Moved is no tender: an entry with it takes money or what is reserved along to the order that was split off.</summary>
    public const string External = "external", Terms = "terms", Moved = "moved";
    public static readonly IReadOnlyList<string> Manual = ["cash", "bank_transfer", "cheque", "card_terminal"];
    public static readonly IReadOnlyList<string> All = [.. Manual, External, Terms];
}
