package dev.conduct.identity;

import dev.conduct.kernel.Html;
import dev.conduct.kernel.Problem;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Where an app asks a person whether it may act for them (OAuth 2.1, authorization code with PKCE).
@Controller
class AuthorizationPages {

    private final Apps apps;
    private final AppGrants grants;
    private final Gatehouse gatehouse;
    private final Html html;

    AuthorizationPages(Apps apps, AppGrants grants, Gatehouse gatehouse, Html html) {
        this.apps = apps;
        this.grants = grants;
        this.gatehouse = gatehouse;
        this.html = html;
    }

    private record Asked(Apps.App app, String redirectUri, String state, Set<Scope> scopes, String challenge) {}

    /// A request whose app or address does not fit is refused here; what else is wrong is told to the app.
    private static final class Refused extends Exception {

        private final Apps.App app;
        private final String address;

        Refused(Apps.App app, String address) {
            this.app = app;
            this.address = address;
        }
    }

    @GetMapping("/oauth2/authorize")
    ResponseEntity<String> question(@RequestParam Map<String, String> query, Actor actor) {
        try {
            var asked = asked(query);
            var fields = new LinkedHashMap<String, String>();
            for (var name : new String[] {
                "response_type",
                "client_id",
                "redirect_uri",
                "state",
                "scope",
                "code_challenge",
                "code_challenge_method"
            }) {
                if (query.containsKey(name)) {
                    fields.put(name, query.get(name));
                }
            }
            return html.page(
                    "identity/consent.jte",
                    Map.of(
                            "board", gatehouse.board(),
                            "name", actor.name(),
                            "app", asked.app().name(),
                            "scopes", asked.scopes().stream().sorted().toList(),
                            "fields", fields));
        } catch (Refused refused) {
            return back(refused.app, refused.address);
        }
    }

    @PostMapping("/oauth2/authorize")
    ResponseEntity<String> answer(
            @RequestParam Map<String, String> form, @RequestParam(defaultValue = "no") String agree, Actor actor) {
        try {
            var asked = asked(form);
            if (!agree.equals("yes")) {
                throw error(asked.app(), asked.redirectUri(), asked.state(), "access_denied");
            }
            var code = grants.agree(actor, asked.app(), asked.scopes(), asked.challenge(), asked.redirectUri());
            return back(asked.app(), with(asked.redirectUri(), asked.state(), "code", code));
        } catch (Refused refused) {
            return back(refused.app, refused.address);
        }
    }

    private Asked asked(Map<String, String> query) throws Refused {
        var app = apps.active(query.getOrDefault("client_id", ""))
                .orElseThrow(() -> Problem.badInput("client_id", "unknown", "is no app that is registered here."));
        var redirectUri = query.getOrDefault("redirect_uri", "");
        if (!app.leadsTo(redirectUri)) {
            throw Problem.badInput("redirect_uri", "unknown", "is no address that this app registered.");
        }
        var state = query.getOrDefault("state", "");
        if (!query.getOrDefault("response_type", "").equals("code")) {
            throw error(app, redirectUri, state, "unsupported_response_type");
        }
        var challenge = query.getOrDefault("code_challenge", "");
        if (!challenge.matches("[A-Za-z0-9_-]{43}")
                || !query.getOrDefault("code_challenge_method", "").equals("S256")
                || state.length() > 1_000) {
            throw error(app, redirectUri, state, "invalid_request");
        }
        var words = Arrays.stream(query.getOrDefault("scope", "").split(" "))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
        if (!app.scopes().containsAll(words)) {
            throw error(app, redirectUri, state, "invalid_scope");
        }
        return new Asked(app, redirectUri, state, Scope.of(words.isEmpty() ? app.scopes() : words), challenge);
    }

    private static Refused error(Apps.App app, String redirectUri, String state, String error) {
        return new Refused(app, with(redirectUri, state, "error", error));
    }

    private static String with(String redirectUri, String state, String name, String value) {
        var query = new LinkedHashMap<String, String>();
        query.put(name, value);
        if (!state.isEmpty()) {
            query.put("state", state);
        }
        return redirectUri + (redirectUri.contains("?") ? "&" : "?") + ProviderTokens.encoded(query);
    }

    /// By a page that leads on by itself: our content policy lets no form of ours end at another's address.
    private ResponseEntity<String> back(Apps.App app, String address) {
        var page = html.page(
                HttpStatus.OK,
                "identity/app-back.jte",
                Map.of("board", gatehouse.board(), "app", app.name(), "address", address));
        return ResponseEntity.status(page.getStatusCode())
                .headers(page.getHeaders())
                .header("Cache-Control", "no-store")
                .header("Refresh", "0; url=" + address)
                .body(page.getBody());
    }
}
