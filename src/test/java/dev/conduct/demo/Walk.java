package dev.conduct.demo;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.conduct.kernel.Routes;
import dev.conduct.support.Visitor;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// One page of every route of a running sample company, found as people find them: by links.
final class Walk {

    private static final Pattern LINK = Pattern.compile("<a\\b[^>]*\\shref=\"(/[^\"#]*)");
    private static final int OF_A_KIND = 3;
    private static final int MOST = 300;
    private static final int FIRST_VISIT = 150_000;
    private static final int LATER_VISIT = 30_000;

    /// Files, parts of pages, streams, and ways that end on another page.
    private static final Set<String> NO_PAGES = Set.of(
            "/",
            "/checks",
            "/css/*",
            "/js/*",
            "/fonts/*",
            "/icons/*",
            "/health/live",
            "/health/ready",
            "/metrics",
            "/live",
            "/palette",
            "/mentions",
            "/lines/*/signals",
            "/lines/*/completion",
            "/lines/*/export.csv",
            "/lines/*/export.json",
            "/items/*/glance",
            "/items/*/proof",
            "/items/*/kept/*",
            "/items/*/attachments/*",
            "/items/*/attachments/*/image",
            "/log/entries/{index}/proof",
            "/log/export.csv",
            "/log/export.json",
            "/mock/*/**",
            "/mocks/*/*/mappings",
            "/portal/requests/{key}/files/{id}",
            "/portal/requests/{key}/files/{id}/image",
            "/standards/export.csv",
            "/sign-in/again/{id}",
            "/sign-in/sso/{id}",
            "/sign-in/sso/{id}/callback");

    /// Pages that the sample company has nothing for, by the test that looks at them.
    private static final Map<String, String> SEEN_ELSEWHERE = new HashMap<>();

    private static void elsewhere(String test, String... patterns) {
        List.of(patterns).forEach(pattern -> SEEN_ELSEWHERE.put(pattern, test));
    }

    static {
        elsewhere("SignInTest and BeginningBrowserTest", "/setup", "/invitation", "/sign-in", "/sign-in/code");
        elsewhere("BeginningBrowserTest", "/sign-in/enrolment");
        elsewhere("SingleSignOnTest", "/signed-out", "/sign-in/connection");
        elsewhere("OwnAccountTest", "/address", "/account/sign-ins/{id}", "/account/authenticator", "/sign-in/again");
        elsewhere("AppsTest", "/oauth2/authorize");
        elsewhere("PortalBrowserTest", "/portal/sign-in");
        elsewhere("NoticesTest", "/unsubscribe");
    }

    private final Map<PathPattern, String> found = new LinkedHashMap<>();
    private final List<PathPattern> patterns;
    private final List<String> faults = new ArrayList<>();

    Walk() {
        patterns = routes().stream()
                .filter(route -> route.method() == HttpMethod.GET)
                .map(Routes.Route::pattern)
                .filter(pattern ->
                        !pattern.startsWith("/api/") && !pattern.startsWith("/scim/") && !NO_PAGES.contains(pattern))
                .map(PathPatternParser.defaultInstance::parse)
                .sorted()
                .toList();
    }

    private static List<Routes.Route> routes() {
        var classes = new ClassPathScanningCandidateComponentProvider(false);
        classes.addIncludeFilter(new AssignableTypeFilter(Routes.class));
        return classes.findCandidateComponents("dev.conduct").stream()
                .map(bean -> made(String.valueOf(bean.getBeanClassName())))
                .flatMap(module -> module.routes().stream())
                .toList();
    }

    private static Routes made(String name) {
        try {
            var constructor = Class.forName(name).getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Routes) constructor.newInstance();
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /// What the sample company has none of: an import, a repository. Where they stand.
    static List<String> making(Visitor hana, String address) {
        var page = hana.go("/admin/repositories").page();
        page.locator("#f-name").fill("brindlemoor/tallyport");
        hana.press("Connect");
        page.locator("th a[href^='/admin/repositories/']").waitFor();
        hana.go("/admin/import");
        page.locator("#f-format").selectOption("csv");
        page.locator("#f-file")
                .setInputFiles(new FilePayload(
                        "roof.csv",
                        "text/csv",
                        "Nr;Betreff;Status;Angelegt\n7;Dach;neu;01.02.2024 08:30\n".getBytes(StandardCharsets.UTF_8)));
        page.locator("main button[type=submit]").first().click();
        page.waitForURL("**/columns");
        var columns = page.url();
        page.locator("main button[type=submit]").first().click();
        page.waitForURL(url -> !url.endsWith("/columns"));
        return Stream.of(columns, page.url())
                .map(url -> url.substring(address.length()))
                .toList();
    }

    /// Follows links from here, and looks at each page of a kind that nobody has seen.
    Walk from(Visitor visitor, String address, List<String> begin) {
        var waiting = new ArrayDeque<>(begin);
        var seen = new LinkedHashSet<>(waiting);
        var kinds = new HashMap<String, Integer>();
        var asked = 0;
        while (!waiting.isEmpty() && asked++ < MOST && !missing().isEmpty()) {
            var path = waiting.removeFirst();
            var answer = visitor.page().request().get(address + path);
            var pattern = pattern(URI.create(answer.url()).getPath());
            if (answer.status() != 200
                    || pattern == null
                    || !answer.headers().getOrDefault("content-type", "").startsWith("text/html")) {
                continue;
            }
            if (!found.containsKey(pattern)) {
                found.put(pattern, path);
                look(visitor, path);
            }
            LINK.matcher(answer.text()).results().forEach(link -> {
                var href = link.group(1).replace("&amp;", "&");
                var kind = pattern(href.replaceAll("\\?.*", "")) + href.replaceAll("^[^?]*|=[^&]*", "");
                if (!kind.startsWith("null")
                        && !seen.contains(href)
                        && kinds.merge(kind, 1, Integer::sum) <= OF_A_KIND) {
                    seen.add(href);
                    waiting.add(href);
                }
            });
        }
        faults.addAll(visitor.complaints());
        return this;
    }

    private @Nullable PathPattern pattern(String path) {
        var parsed = PathContainer.parsePath(path);
        return patterns.stream()
                .filter(pattern -> pattern.matches(parsed))
                .findFirst()
                .orElse(null);
    }

    /// Wide and light as it first comes, then on a phone in the dark, when the browser has kept what it may. What
    /// stands on the page is the same in both looks; what colours do is not.
    private void look(Visitor visitor, String path) {
        wide(visitor);
        look(visitor, path + " at 1440: ", visitor.weigh(path, true), FIRST_VISIT);
        visitor.page().setViewportSize(390, 844);
        visitor.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        var phone = path + " at 390: ";
        look(visitor, phone, visitor.weigh(path, false), LATER_VISIT);
        visitor.barriers().forEach(barrier -> faults.add(phone + barrier));
        wide(visitor);
        visitor.faint().forEach(barrier -> faults.add(path + " in the light: " + barrier));
    }

    private static void wide(Visitor visitor) {
        visitor.page().setViewportSize(1440, 900);
        visitor.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    private void look(Visitor visitor, String at, long weight, int most) {
        var shift = visitor.layoutShift();
        if (weight >= most) {
            faults.add(at + weight + " bytes, limit " + most);
        }
        if (shift >= 0.05) {
            faults.add(at + "moves by " + shift);
        }
        if (visitor.overflow() > 0) {
            faults.add(at + "sticks out by " + visitor.overflow());
        }
        var headings = visitor.page().locator("h1").count();
        if (headings != 1) {
            faults.add(at + headings + " first headings");
        }
    }

    List<String> faults() {
        return faults;
    }

    /// Routes to pages that were not seen.
    Set<String> missing() {
        var missing = new TreeSet<String>();
        for (var pattern : patterns) {
            if (!found.containsKey(pattern) && !SEEN_ELSEWHERE.containsKey(pattern.getPatternString())) {
                missing.add(pattern.getPatternString());
            }
        }
        return missing;
    }
}
