package dev.conduct.openapi;

import dev.conduct.kernel.Right;
import dev.conduct.kernel.Routes;
import dev.conduct.kernel.Routes.Access;
import dev.conduct.kernel.Routes.Route;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPatternParser;

/// What is the same for many operations, said once: who may call, the refusals, the parameters of lists and versions.
@Component
class CommonParts implements OpenApiCustomizer {

    private static final Set<HttpMethod> CHANGING = Set.of(HttpMethod.POST, HttpMethod.PATCH);
    private static final String REPEATED = "`idempotency_key_reused`: the key came with another request before;"
            + " `idempotency_key_in_use`: its first request is still under way.";

    private final List<Route> routes;

    CommonParts(List<Routes> modules) {
        routes = modules.stream().flatMap(module -> module.routes().stream()).toList();
    }

    @Override
    public void customise(OpenAPI document) {
        document.getPaths().addPathItem("/oauth2/token", TokenOperation.path());
        document.getPaths().addPathItem("/oauth2/introspect", TokenOperation.introspection());
        document.getPaths().addPathItem("/oauth2/revoke", TokenOperation.revocation());
        document.getPaths().addPathItem("/oauth2/jwks", TokenOperation.keys());
        document.getPaths().addPathItem(DescriptionRoutes.PATH, DescriptionOperation.path());
        ModelConverters.getInstance(true)
                .resolveAsResolvedSchema(new AnnotatedType(ProblemAnswer.class).resolveAsRef(true))
                .referencedSchemas
                .forEach((name, schema) -> document.getComponents().addSchemas(name, schema));
        var sorted = new Paths();
        new TreeMap<>(document.getPaths()).forEach((path, item) -> {
            sorted.addPathItem(path, item);
            item.readOperationsMap().forEach((method, operation) -> complete(path, method, operation));
        });
        document.setPaths(sorted);
        new Usage(document).apply();
    }

    private void complete(String path, HttpMethod method, Operation operation) {
        var access = access(path, method);
        var responses = new ApiResponses();
        responses.putAll(Objects.requireNonNullElseGet(operation.getResponses(), ApiResponses::new));
        if (CHANGING.contains(method) && path.startsWith("/api/v1/")) {
            operation.addParametersItem(new HeaderParameter().name(CommonParameters.REPEATABLE));
            var conflict = responses.computeIfAbsent("409", _ -> new ApiResponse().description(""));
            conflict.setDescription((conflict.getDescription() + " " + REPEATED).strip());
        }
        responses.forEach((status, response) -> asProblem(path, status, response));
        parameters(operation).forEach(parameter -> CommonParameters.describe(path, parameter));
        for (var status : refusals(path, method, operation, access)) {
            responses.computeIfAbsent(status, Answer::refused);
        }
        if (access.access() != Access.OPEN) {
            responses.forEach((status, response) -> {
                if (status.startsWith("2")) {
                    Answer.limited(response);
                }
            });
        }
        operation.setResponses(responses);
        operation.setSecurity(
                access.access() == Access.OPEN
                        ? List.of()
                        : List.of(
                                new SecurityRequirement().addList(DescriptionConfiguration.TOKEN),
                                new SecurityRequirement().addList(DescriptionConfiguration.SESSION)));
        if (access.access() == Access.RIGHTS) {
            var rights = access.rights().stream().map(Right::word).sorted().collect(Collectors.joining(", "));
            operation.setDescription("For roles with the right " + rights + "."
                    + (operation.getDescription() == null ? "" : " " + operation.getDescription()));
        }
    }

    private static List<String> refusals(String path, HttpMethod method, Operation operation, Route access) {
        var statuses = new ArrayList<String>();
        if (operation.getRequestBody() != null || !parameters(operation).isEmpty()) {
            statuses.add("400");
        }
        if (access.access() != Access.OPEN) {
            statuses.add("401");
        }
        if (access.access() != Access.OPEN && (method != HttpMethod.GET || access.access() == Access.RIGHTS)) {
            statuses.add("403");
        }
        if (path.contains("{")) {
            statuses.add("404");
        }
        if (parameters(operation).stream().anyMatch(it -> "If-Match".equals(it.getName()))) {
            statuses.add("412");
        }
        if (operation.getRequestBody() != null && !path.startsWith("/oauth2/")) {
            statuses.addAll(List.of("413", "415"));
        }
        if (access.access() != Access.OPEN) {
            statuses.add("429");
        }
        statuses.addAll(List.of("503", "default"));
        return statuses;
    }

    private static void asProblem(String path, String status, ApiResponse response) {
        if (status.startsWith("4") && !path.startsWith("/oauth2/")) {
            response.setContent(Answer.problem());
        }
    }

    private static List<Parameter> parameters(Operation operation) {
        return Objects.requireNonNullElse(operation.getParameters(), List.of());
    }

    /// The narrowest route that opens it, as the filter chain finds it.
    private Route access(String path, HttpMethod method) {
        var sample = PathContainer.parsePath(path.replaceAll("\\{[^}]*}", "1"));
        return routes.stream()
                .filter(route -> route.method().name().equals(method.name()))
                .filter(route ->
                        PathPatternParser.defaultInstance.parse(route.pattern()).matches(sample))
                .min((one, other) -> PathPatternParser.defaultInstance
                        .parse(one.pattern())
                        .compareTo(PathPatternParser.defaultInstance.parse(other.pattern())))
                .orElseGet(() -> Route.open(org.springframework.http.HttpMethod.valueOf(method.name()), path));
    }
}
