using System.Globalization;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;

namespace Switchyard.Simulators;

/// <summary>An object of the API with its fields by name. A field that is a function is worked out when it is asked for.</summary>
internal sealed class Bag(string type) : Dictionary<string, object?>(StringComparer.Ordinal)
{
    public string Type { get; } = type;
}

/// <summary>The schema from its text: fields of the roots are answered by the given functions, all others are read out of a <see cref="Bag"/>.</summary>
internal static class GraphSchema
{
    private static readonly IFieldResolver FromBag = new FuncFieldResolver<object?>(ctx =>
        ctx.Source is Bag bag && bag.TryGetValue(ctx.FieldDefinition.Name, out object? value)
            ? value is Func<IResolveFieldContext, object?> ask ? ask(ctx) : value
            : throw new InvalidOperationException($"{ctx.ParentType.Name}.{ctx.FieldDefinition.Name} is in the schema and nothing fills it."));

    /// <param name="resource">The text among the program's resources.</param>
    /// <param name="scalars">Its scalars of its own, which travel as text or as they are filled in.</param>
    public static Schema Build(string resource, IReadOnlyList<string> scalars, IReadOnlyDictionary<string, Func<IResolveFieldContext, object?>> roots)
    {
        using var file = typeof(GraphSchema).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(file);
        string text = reader.ReadToEnd();
        var schema = Schema.For(text, builder =>
        {
            foreach (var type in Parser.Parse(text).Definitions.OfType<GraphQLObjectTypeDefinition>())
            {
                string name = type.Name.StringValue;
                bool isRoot = name is "QueryRoot" or "Query" or "Mutation";
                if (!isRoot) builder.Types.For(name).IsTypeOfFunc = one => one is Bag bag && bag.Type == name;
                foreach (var field in type.Fields!)
                {
                    string of = field.Name.StringValue;
                    builder.Types.For(name).FieldFor(of).Resolver = isRoot
                        ? new FuncFieldResolver<object?>(roots.TryGetValue(of, out var answer) ? answer : throw new InvalidOperationException($"Nothing answers {of}."))
                        : FromBag;
                }
            }
        });
        foreach (string scalar in scalars) schema.RegisterType(new TextScalar(scalar));
        schema.Initialize();
        return schema;
    }

    /// <summary>A scalar that travels as text; numbers are taken too where a caller writes one.</summary>
    private sealed class TextScalar : ScalarGraphType
    {
        public TextScalar(string name) => Name = name;

        public override object? ParseLiteral(GraphQLValue value) => value switch
        {
            GraphQLStringValue text => (string)text.Value,
            GraphQLIntValue whole => (string)whole.Value,
            GraphQLFloatValue number => (string)number.Value,
            GraphQLNullValue => null,
            _ => ThrowLiteralConversionError(value),
        };

        public override object? ParseValue(object? value) => value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);

        public override object? Serialize(object? value) => value;
    }
}

/// <summary>Arguments of a field as they were given, defaults filled in.</summary>
internal static class GraphArguments
{
    public static object? Arg(this IResolveFieldContext ctx, string name) =>
        ctx.Arguments is { } all && all.TryGetValue(name, out var given) ? given.Value : null;

    public static string Text(this IResolveFieldContext ctx, string name) => Convert.ToString(ctx.Arg(name), CultureInfo.InvariantCulture) ?? "";

    public static IDictionary<string, object?> Input(this IResolveFieldContext ctx, string name) => (IDictionary<string, object?>)ctx.Arg(name)!;

    public static string? Text(this IDictionary<string, object?> input, string name) =>
        input.TryGetValue(name, out object? value) && value is not null ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    public static int? Whole(this IDictionary<string, object?> input, string name) =>
        input.TryGetValue(name, out object? value) && value is not null ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : null;

    public static bool Flag(this IDictionary<string, object?> input, string name) => input.TryGetValue(name, out object? value) && value is true;

    public static IDictionary<string, object?>? Part(this IDictionary<string, object?> input, string name) =>
        input.TryGetValue(name, out object? value) ? value as IDictionary<string, object?> : null;

    public static List<IDictionary<string, object?>> Parts(this IDictionary<string, object?> input, string name) =>
        input.TryGetValue(name, out object? value) && value is System.Collections.IEnumerable list and not string ? [.. list.OfType<IDictionary<string, object?>>()] : [];

    public static List<string> Texts(object? value) =>
        value is System.Collections.IEnumerable list and not string ? [.. list.Cast<object?>().Select(v => Convert.ToString(v, CultureInfo.InvariantCulture) ?? "")] : [];
}
