package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.conduct.identity.Clients;
import dev.conduct.identity.People;
import dev.conduct.kernel.Routes;
import dev.conduct.support.ConductTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Every form there is, found by the route table, filled in by somebody who means no well: each is answered in words,
/// none breaks the server, and nothing is written by halves.
@ConductTest
class EveryFormTest {

    /// What forms ask for beside what their handlers name: those take whatever is entered.
    private static final List<String> ENTERED = List.of(
            "title",
            "description",
            "name",
            "key",
            "product",
            "transition",
            "comment",
            "assignee",
            "kind",
            "verdict",
            "commit",
            "build",
            "url",
            "note",
            "other",
            "gate",
            "reason",
            "text",
            "version",
            "severity",
            "priority",
            "steps");

    private static final Map<String, String> HOSTILE = hostile();

    private final List<Routes> modules;
    private final List<RequestMappingHandlerMapping> mappings;
    private final MockMvc pages;
    private final JwtDecoder tokens;
    private final JdbcClient database;
    private final Api api;
    private final Cast cast;

    EveryFormTest(
            List<Routes> modules,
            List<RequestMappingHandlerMapping> mappings,
            MockMvc pages,
            JwtDecoder tokens,
            JdbcClient database,
            Clients clients,
            Items items,
            Products products,
            People people,
            @LocalServerPort int port) {
        this.modules = modules;
        this.mappings = mappings;
        this.pages = pages;
        this.tokens = tokens;
        this.database = database;
        this.api = new Api(port, clients, "administrator", "project_manager", "qa", "developer", "support");
        this.cast = new Cast(items, products, people);
    }

    private static Map<String, String> hostile() {
        var hostile = new LinkedHashMap<String, String>();
        hostile.put("nothing", "");
        hostile.put("a NUL", "a\u0000b");
        hostile.put("half a character", "a\ud800b");
        hostile.put("too long", "x".repeat(3_000));
        hostile.put("no such thing", "no_such_thing");
        hostile.put("a number too large", "99999999999999999999");
        return hostile;
    }

    @Test
    void answers_in_words_and_writes_nothing_by_halves() throws Exception {
        var item = cast.reported();
        var before = written();
        var forms = forms();
        var wrong = new ArrayList<String>();
        var tried = 0;

        for (var form : forms) {
            var path = form.pattern()
                    .replace("{type}", "bug")
                    .replace("{product}", cast.product)
                    .replaceAll("/items/(\\*|\\{[^}]*})", "/items/" + item.key())
                    .replaceAll("\\*|\\{[^}]*}", "0199aaaa-0000-7000-8000-000000000000");
            for (var hostile : HOSTILE.entrySet()) {
                tried++;
                var request = post(path).with(authentication(client())).with(csrf());
                for (var name : form.names()) {
                    if (!hostile.getKey().equals("nothing")) {
                        request.param(name, hostile.getValue(), hostile.getValue());
                    }
                }
                try {
                    var answer = pages.perform(request).andReturn().getResponse();
                    var says = answer.getContentAsString(StandardCharsets.UTF_8);
                    if (answer.getStatus() >= 500 || answer.getStatus() >= 400 && says.isBlank()) {
                        wrong.add(form.pattern() + ", " + hostile.getKey() + ": " + answer.getStatus());
                    }
                } catch (Exception broken) {
                    wrong.add(form.pattern() + ", " + hostile.getKey() + ": " + broken);
                }
            }
        }

        assertThat(forms).hasSizeGreaterThan(30);
        assertThat(tried).isGreaterThan(180);
        assertThat(wrong).isEmpty();
        assertThat(written()).as("rows of items and products").isEqualTo(before);
    }

    @Test
    void what_was_typed_is_still_there_when_a_form_is_refused() throws Exception {
        var typed = "A page of words that nobody wants to write again";

        var report = refused("/lines/bug/new", Map.of("product", cast.product, "title", "", "description", typed));
        var key = cast.reported().key();
        var comment = refused("/items/" + key + "/fields", Map.of("title", "a\u0000b", "description", typed));

        assertThat(report).contains(typed);
        assertThat(comment).contains(typed);
    }

    private String refused(String path, Map<String, String> entered) throws Exception {
        var request = post(path).with(authentication(client())).with(csrf());
        entered.forEach(request::param);
        var answer = pages.perform(request).andReturn().getResponse();
        assertThat(answer.getStatus()).as(path).isBetween(400, 499);
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private record Form(String pattern, Set<String> names) {}

    /// Every route of pages that takes a form; those that end the session it is sent with are left out, and
    /// those between the two factors.
    private List<Form> forms() {
        return modules.stream()
                .flatMap(module -> module.routes().stream())
                .filter(route -> route.method().equals(HttpMethod.POST))
                .filter(route -> route.access() != Routes.Access.FIRST_FACTOR)
                .map(Routes.Route::pattern)
                .filter(pattern -> !pattern.startsWith("/api/") && !pattern.startsWith("/oauth2/"))
                .filter(pattern -> !pattern.equals("/sign-out"))
                .distinct()
                .sorted()
                .map(pattern -> new Form(pattern, names(pattern)))
                .toList();
    }

    private Set<String> names(String pattern) {
        var names = new TreeSet<>(ENTERED);
        for (var mapping : mappings) {
            mapping.getHandlerMethods().forEach((info, handler) -> {
                var paths = info.getPathPatternsCondition();
                if (paths != null
                        && paths.getPatternValues().stream()
                                .anyMatch(path -> path.replaceAll("\\{[^}]*}", "*")
                                        .equals(pattern.replaceAll("\\{[^}]*}", "*")))) {
                    for (var parameter : handler.getMethodParameters()) {
                        parameter.initParameterNameDiscovery(
                                new org.springframework.core.DefaultParameterNameDiscoverer());
                        var asked = parameter.getParameterAnnotation(RequestParam.class);
                        if (asked != null && parameter.getParameterName() != null) {
                            names.add(asked.name().isEmpty() ? parameter.getParameterName() : asked.name());
                        }
                    }
                }
            });
        }
        return names;
    }

    private JwtAuthenticationToken client() {
        return new JwtAuthenticationToken(
                tokens.decode(api.token), List.of(FactorGrantedAuthority.fromAuthority("FACTOR_BEARER")), api.actor);
    }

    private List<Long> written() {
        return List.of("work.item", "work.product").stream()
                .map(table -> database.sql("select count(*) from " + table)
                        .query(Long.class)
                        .single())
                .toList();
    }
}
