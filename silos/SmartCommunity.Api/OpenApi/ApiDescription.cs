using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using SmartCommunity.Api.SignIn;

namespace SmartCommunity.Api.OpenApi;

/// <summary><c>/openapi/v1.json</c>: made from the routes themselves; needs sign-in.</summary>
internal static class ApiDescription
{
    private const string BearerScheme = "bearer";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "SmartCommunity",
                Version = "v1",
                Description = "Communities, devices, incidents and what was measured. Errors are RFC 9457 problem details with a stable `code`; lists are `{items, next}`; "
                    + "texts come in the language of Accept-Language or ?lang= (zh by default, en).",
            };
            document.Components ??= new();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[BearerScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
            document.Security = [new() { [new OpenApiSecuritySchemeReference(BearerScheme, document)] = [] }];
            return Task.CompletedTask;
        });

        // Times have a converter of ours, whose schema can not be derived.
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(DateTimeOffset) || context.JsonTypeInfo.Type == typeof(DateTimeOffset?))
            {
                schema.Type = context.JsonTypeInfo.Type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
                schema.Format = "date-time";
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeParameters);
    });

    public static void MapApiDescription(this IEndpointRouteBuilder routes) =>
        routes.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(SignInServices.Staff);

    private static Task DescribeParameters(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        // Parameters that come from records carry the members' names; they are read in any case.
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Query))
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name ?? "");
        }

        // Headers are read from the request itself, so that the generator does not see them.
        foreach (var header in context.Description.ActionDescriptor.EndpointMetadata.OfType<TakesHeader>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = header.Name,
                In = ParameterLocation.Header,
                Description = header.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        return Task.CompletedTask;
    }
}

/// <summary>A request header that a route reads.</summary>
internal sealed record TakesHeader(string Name, string Description)
{
    public static TakesHeader IfMatch { get; } = new("If-Match", "The version that the change is based on, in quotes; 412 when it is stale.");

    public static TakesHeader IdempotencyKey { get; } = new("Idempotency-Key", "The same key again changes nothing and gets the first answer.");
}
