package dev.conduct.identity;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Html;
import dev.conduct.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The first factor, and the way out.
@Controller
class SignInPages {

    private static final String LEFT = "left";
    private static final FieldProblem NO_MATCH =
            new FieldProblem("password", "no_match", "E-mail address and password do not belong together.");

    private final SignIn signIn;
    private final Providers providers;
    private final SignOns signOns;
    private final Sessions sessions;
    private final Gatehouse gatehouse;
    private final Html html;
    private final java.time.InstantSource time;
    private final boolean demo;

    SignInPages(
            SignIn signIn,
            Providers providers,
            SignOns signOns,
            Sessions sessions,
            Gatehouse gatehouse,
            Html html,
            java.time.InstantSource time,
            @Value("${conduct.demo:false}") boolean demo) {
        this.signIn = signIn;
        this.providers = providers;
        this.signOns = signOns;
        this.sessions = sessions;
        this.gatehouse = gatehouse;
        this.html = html;
        this.time = time;
        this.demo = demo;
    }

    @GetMapping("/sign-in")
    ResponseEntity<String> form() {
        var current = Sessions.current();
        if (Factors.second(current)) {
            return Redirect.to("/");
        }
        return Factors.first(current) ? Redirect.to("/sign-in/code") : page(HttpStatus.OK, "", List.of());
    }

    @PostMapping("/sign-in")
    ResponseEntity<String> password(
            @RequestParam String email,
            @RequestParam String password,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            var person = signIn.password(email, password, request.getRemoteAddr());
            if (person.isEmpty()) {
                return page(HttpStatus.UNPROCESSABLE_CONTENT, email, List.of(NO_MATCH));
            }
            sessions.half(request, response, person.get(), Factors.granted(Factors.PASSWORD, time.instant()));
            return Redirect.to("/sign-in/code");
        } catch (Problem paused) {
            if (paused.status() != HttpStatus.TOO_MANY_REQUESTS.value()) {
                throw paused;
            }
            var says = new FieldProblem("password", paused.code(), paused.says());
            var after = String.valueOf(paused.extensions().getOrDefault("retry_after", 5));
            return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                    .header(HttpHeaders.RETRY_AFTER, after)
                    .body(page(HttpStatus.TOO_MANY_REQUESTS, email, List.of(says))
                            .getBody());
        }
    }

    @PostMapping("/sign-out")
    ResponseEntity<String> out(HttpServletRequest request) {
        var current = Sessions.current();
        if (current != null && (Factors.first(current) || Factors.second(current))) {
            signIn.out(current.getName());
        }
        var provider = request.getSession().getAttribute(SignOnPages.PROVIDER) instanceof String id
                ? providers.active(id).orElse(null)
                : null;
        sessions.end(request);
        var address = provider == null ? null : signOns.end(provider, request);
        if (provider == null || address == null) {
            return Redirect.to("/sign-in");
        }
        request.getSession().setAttribute(LEFT, new String[] {provider.name(), address.toString()});
        return Redirect.to("/signed-out");
    }

    /// A link, and not a redirect: our content policy sends no form of ours to others.
    @GetMapping("/signed-out")
    ResponseEntity<String> left(HttpServletRequest request) {
        return request.getSession().getAttribute(LEFT) instanceof String[] left
                ? html.page(
                        "identity/signed-out.jte",
                        Map.of("board", gatehouse.board(), "provider", left[0], "address", left[1]))
                : Redirect.to("/sign-in");
    }

    ResponseEntity<String> page(HttpStatus status, String email, List<FieldProblem> faults) {
        return html.page(
                status,
                "identity/password.jte",
                Map.of(
                        "board", gatehouse.board(),
                        "email", email,
                        "faults", faults,
                        "providers", providers.active(),
                        "demo", demo));
    }
}
