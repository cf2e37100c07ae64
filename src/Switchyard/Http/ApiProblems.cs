using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Switchyard.Kernel;

namespace Switchyard.Http;

/// <summary>
/// Which problems an operation may answer: read from the code it runs. From the handler on, every method of ours that is called is
/// looked through for the stable codes of docs/api/problems.md, so that a new refusal is described without anybody remembering to.
/// It may name one that cannot happen there; the statuses an operation declares bound that.
/// </summary>
public static class ApiProblems
{
    private static readonly Assembly Ours = typeof(ApiProblems).Assembly;
    private static readonly ConcurrentDictionary<MethodBase, IReadOnlySet<string>> Found = new();
    private static readonly ConcurrentDictionary<MethodBase, object[]> Known = new();
    private static readonly Lazy<IReadOnlyDictionary<string, ProblemPages.Response>> Pages = new(() => Answered.ToDictionary(p => p.Code));
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    /// <summary>Those that come as an answer: not of a field, and not of the command line.</summary>
    public static IEnumerable<ProblemPages.Response> Answered => ProblemPages.All.Where(p => int.TryParse(p.Status, out _));

    /// <summary>The name in components.examples of a problem with this code.</summary>
    public static string ExampleOf(string code) => "problem." + code;

    /// <summary>The documented problems that <paramref name="handler"/> can lead to, by their codes.</summary>
    /// <param name="others">Types that do its work elsewhere, all of them: see <see cref="WorksThrough"/>.</param>
    public static IReadOnlyList<ProblemPages.Response> Of(MethodInfo handler, IEnumerable<Type> others) =>
        [.. Found.GetOrAdd(handler, h => Walk([h, .. others.SelectMany(o => o.GetMethods(All))])).Where(Pages.Value.ContainsKey).Order(StringComparer.Ordinal).Select(code => Pages.Value[code])];

    /// <summary>A problem document with this code, as it is sent.</summary>
    public static JsonObject Document(ProblemPages.Response problem)
    {
        int status = int.Parse(problem.Status, CultureInfo.InvariantCulture);
        var document = new JsonObject
        {
            ["type"] = "/problems/" + problem.Code, ["title"] = Problems.Title(status), ["status"] = status, ["detail"] = problem.Meaning,
            ["code"] = problem.Code, ["requestId"] = "0HNF2K7QJ1M3A:00000004",
        };
        if (problem.Code == InvalidFields)
            document["errors"] = new JsonArray(new JsonObject { ["pointer"] = "/lines/0/quantity", ["code"] = "field.out_of_range", ["detail"] = "At least 1 is expected." });
        return document;
    }

    /// <summary>What a body with faults in its members is refused with.</summary>
    private const string InvalidFields = "request.invalid";

    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;

    private static HashSet<string> Walk(IEnumerable<MethodBase> handlers)
    {
        var codes = new HashSet<string>();
        var seen = new HashSet<MethodBase>();
        var todo = new Stack<MethodBase>(handlers);
        while (todo.TryPop(out var method))
        {
            if (method.DeclaringType?.Assembly != Ours || !seen.Add(method)) continue;
            if (method.GetCustomAttribute<StateMachineAttribute>() is { StateMachineType: { } machine })
                foreach (var step in machine.GetMethods(All)) todo.Push(step);
            foreach (object said in Known.GetOrAdd(method, m => [.. Said(m)]))
                if (said is string text) codes.Add(text);
                else if (said is FieldInfo field) codes.UnionWith(TextsOf(field));
                else if (said is MethodBase called) todo.Push(Definition(called));
        }
        return codes;
    }

    // static readonly Error BadKey = Error.Invalid("…"): the texts before the field is set in the type's initialiser.
    private static IEnumerable<string> TextsOf(FieldInfo field)
    {
        if (field.FieldType != typeof(Error) || field.DeclaringType is not { } owner || owner.Assembly != Ours || owner.TypeInitializer is not { } initializer) yield break;
        var texts = new List<string>();
        foreach (var said in Said(initializer, withStores: true))
            if (said is string text) texts.Add(text);
            else if (said is FieldInfo set)
            {
                if (set.MetadataToken == field.MetadataToken)
                    foreach (string one in texts) yield return one;
                texts.Clear();
            }
    }

    /// <summary>The texts, static fields and methods that a method's code names, in order.</summary>
    private static IEnumerable<object> Said(MethodBase method, bool withStores = false)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code) yield break;
        var typeArguments = method.DeclaringType is { IsGenericType: true } owner ? owner.GetGenericArguments() : null;
        var methodArguments = method is { IsConstructor: false, IsGenericMethod: true } ? method.GetGenericArguments() : null;
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE) value = unchecked((short)(0xFE00 | code[at++]));
            var instruction = Codes[value];
            if (instruction.OperandType == OperandType.InlineString) yield return method.Module.ResolveString(BitConverter.ToInt32(code, at));
            else if (instruction.OperandType == OperandType.InlineMethod && method.Module.ResolveMethod(BitConverter.ToInt32(code, at), typeArguments, methodArguments) is { } called)
                yield return called;
            else if (instruction == (withStores ? OpCodes.Stsfld : OpCodes.Ldsfld) && method.Module.ResolveField(BitConverter.ToInt32(code, at), typeArguments, methodArguments) is { } field)
                yield return field;
            at += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }

    // Db.Write<Order> is Db.Write<T>: looked through once.
    private static MethodBase Definition(MethodBase method)
    {
        if (method.DeclaringType?.Assembly != Ours) return method;
        return method.Module.ResolveMethod(method.MetadataToken) ?? method;
    }
}

/// <summary>Says of an endpoint that another type answers for it, whose code its handler does not call: a queue, a writer.</summary>
public sealed record WorksThrough(Type Type);
