using Switchyard.Kernel;

namespace Switchyard.Customers;

/// <summary>Every way this room can say no.</summary>
public static class CustomerErrors
{
    public static readonly Error NotFound = Error.NotFound("customers.not_found", "There is no such customer.");
    public static readonly Error NoSuchBlock = Error.NotFound("customers.block_not_found", "There is no such entry.");

    public static readonly Error UnknownAtOrder = Error.Invalid([new FieldError("/customer/id", "orders.unknown_customer", "There is no such customer.")]);

    /// <param name="pointer">Where the request says the email or id that belongs to somebody else.</param>
    public static Error Taken(string pointer, CustomerId owner) =>
        Error.Conflict("customers.identity_taken", "Another customer has this email or channel id. Change that one, or merge the two.",
            new FieldError(pointer, "customers.identity_taken", "It belongs to another customer."))
        with
        { Extra = new Dictionary<string, object?> { ["customerId"] = owner.ToString() } };

    public static Error IsMerged(CustomerId root) =>
        Error.Conflict("customers.is_merged", "This customer was merged into another; change that one, or undo the merge first.")
        with
        { Extra = new Dictionary<string, object?> { ["customerId"] = root.ToString() } };

    public static readonly Error Itself = Error.Conflict("customers.cannot_merge", "A customer cannot be merged with itself.");
    public static readonly Error NotMerged = Error.Conflict("customers.not_merged", "This customer is not merged into another.");

    public static readonly Error RelayOnly = Error.Conflict("customers.cannot_merge",
        "This buyer is known only by an address of a marketplace, which keeps its buyers apart. Such customers are not merged.");

    public static Error Changed(long version) =>
        new Error(ErrorKind.Precondition, "customers.changed", "Somebody changed this customer meanwhile. Read it again.", [])
        with
        { Extra = new Dictionary<string, object?> { ["version"] = version } };

    public static Error TooMany(long most) => Error.Unprocessable("customers.too_many", $"That would be more than {most} customers. Narrow the query.");
    public static Error TooManyTags(int most) => Error.Unprocessable("customers.too_many_tags", $"A customer can have at most {most} tags.");

    public static readonly Error InUse = Error.Conflict("import.in_use", "There are orders or notes of this customer by now; it is left as it is.");
}
