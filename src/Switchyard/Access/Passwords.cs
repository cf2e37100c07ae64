using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>What a password must be: long, and not one that everybody tries first. Nothing about digits and capitals (NIST SP 800-63B).</summary>
internal static class Passwords
{
    public const int Shortest = 10, Longest = 200;

    public static void Check(Checks checks, string? password, string? userName, string pointer)
    {
        checks.Text(password, pointer, Longest, required: true);
        if (string.IsNullOrWhiteSpace(password)) return;
        checks.That(password.Length >= Shortest, pointer, "access.password_too_short", $"A password has at least {Shortest} characters.");
        checks.That(password.Distinct().Count() >= 5, pointer, "access.password_too_simple", "A password uses at least 5 different characters.");
        checks.That(string.IsNullOrWhiteSpace(userName) || !password.Contains(userName.Trim(), StringComparison.OrdinalIgnoreCase), pointer,
            "access.password_holds_name", "A password does not contain the user name.");
    }
}
