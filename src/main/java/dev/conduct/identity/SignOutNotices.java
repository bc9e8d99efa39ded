package dev.conduct.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Where a provider tells that somebody signed out there (OpenID Connect Back-Channel Logout 1.0): what began there
/// ends here, on every node. A notice without a subject is refused.
@Controller
class SignOutNotices {

    private final Providers providers;
    private final ProviderTokens tokens;
    private final ExternalAccounts external;
    private final Sessions sessions;
    private final SignIn signIn;

    SignOutNotices(
            Providers providers, ProviderTokens tokens, ExternalAccounts external, Sessions sessions, SignIn signIn) {
        this.providers = providers;
        this.tokens = tokens;
        this.external = external;
        this.sessions = sessions;
        this.signIn = signIn;
    }

    @PostMapping("/sign-in/sso/{id}/logout")
    ResponseEntity<?> told(
            @PathVariable String id,
            @RequestParam(name = "logout_token", defaultValue = "") String token,
            HttpServletRequest request) {
        signIn.requireOpen(request.getRemoteAddr());
        var provider = providers.active(id);
        try {
            if (provider.isEmpty()) {
                throw new ProviderFailure("No such provider is connected here.");
            }
            var said = tokens.signedOut(provider.get(), token);
            external.find(said.issuer(), said.subject())
                    .filter(person -> sessions.endBegunAt(id, said.session(), person) > 0)
                    .ifPresent(person -> signIn.outAt(id, person));
            return ResponseEntity.ok().cacheControl(CacheControl.noStore()).build();
        } catch (ProviderFailure refused) {
            signIn.refusedNotice(request.getRemoteAddr());
            return ResponseEntity.badRequest()
                    .cacheControl(CacheControl.noStore())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Map.of("error", "invalid_request", "error_description", refused.says()));
        }
    }
}
