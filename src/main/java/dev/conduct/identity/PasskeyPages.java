package dev.conduct.identity;

import dev.conduct.kernel.FieldProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Signing in with a passkey: alone, since it proves both that the device is there and who uses it; or after the
/// password, in the place of a code.
@Controller
class PasskeyPages {

    private static final FieldProblem REFUSED = new FieldProblem(
            "passkey", "not_accepted", "This passkey does not open an account here. Try again, or use another way.");

    private final PasskeyCeremonies ceremonies;
    private final SignIn signIn;
    private final SignInPages passwordPages;
    private final SecondFactorPages codePages;
    private final Sessions sessions;
    private final People people;
    private final InstantSource time;

    PasskeyPages(
            PasskeyCeremonies ceremonies,
            SignIn signIn,
            SignInPages passwordPages,
            SecondFactorPages codePages,
            Sessions sessions,
            People people,
            InstantSource time) {
        this.ceremonies = ceremonies;
        this.signIn = signIn;
        this.passwordPages = passwordPages;
        this.codePages = codePages;
        this.sessions = sessions;
        this.people = people;
        this.time = time;
    }

    /// The challenge; for the passkeys of whoever is known already, else for anybody's.
    @PostMapping("/sign-in/passkey/challenge")
    ResponseEntity<String> challenge(HttpSession session) {
        return json(ceremonies.toSign(session.getId(), known()));
    }

    @PostMapping("/sign-in/passkey")
    ResponseEntity<String> signIn(
            @RequestParam(defaultValue = "") String credential,
            HttpServletRequest request,
            HttpServletResponse response) {
        var half = Sessions.current();
        if (Factors.second(half)) {
            return Redirect.to("/");
        }
        var expected = known();
        var person = signIn.passkey(request.getSession().getId(), expected, credential, request.getRemoteAddr());
        if (person.isEmpty()) {
            return expected == null
                    ? passwordPages.page(HttpStatus.UNPROCESSABLE_CONTENT, "", List.of(REFUSED))
                    : codePages.codePage(
                            Objects.requireNonNull(half), HttpStatus.UNPROCESSABLE_CONTENT, List.of(REFUSED));
        }
        var before = expected == null || half == null
                ? List.<org.springframework.security.core.GrantedAuthority>of()
                : half.getAuthorities();
        var actor = people.actor(person.get(), "page");
        sessions.full(request, response, actor, before, Factors.granted(Factors.PASSKEY, time.instant()));
        return Redirect.to(Sessions.wanted(request));
    }

    static ResponseEntity<String> json(String body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    /// Who gave a first factor, or is signed in.
    private static @Nullable String known() {
        Authentication current = Sessions.current();
        return Factors.first(current) || Factors.second(current)
                ? Objects.requireNonNull(current).getName()
                : null;
    }
}
