package dev.conduct.identity;

import dev.conduct.identity.Authenticators.Check;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Html;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The second factor: a code of the enrolled authenticator, a recovery code, or, for whoever has none yet, enrolment.
@Controller
class SecondFactorPages {

    private static final String ENROLMENT = "/sign-in/enrolment";

    private final SignIn signIn;
    private final Authenticators authenticators;
    private final AuthenticatorAddress addresses;
    private final Passkeys passkeys;
    private final RecoveryCodes recoveryCodes;
    private final Sessions sessions;
    private final People people;
    private final Gatehouse gatehouse;
    private final Html html;
    private final InstantSource time;

    SecondFactorPages(
            SignIn signIn,
            Authenticators authenticators,
            AuthenticatorAddress addresses,
            Passkeys passkeys,
            RecoveryCodes recoveryCodes,
            Sessions sessions,
            People people,
            Gatehouse gatehouse,
            Html html,
            InstantSource time) {
        this.signIn = signIn;
        this.authenticators = authenticators;
        this.addresses = addresses;
        this.passkeys = passkeys;
        this.recoveryCodes = recoveryCodes;
        this.sessions = sessions;
        this.people = people;
        this.gatehouse = gatehouse;
        this.html = html;
        this.time = time;
    }

    @GetMapping("/sign-in/code")
    ResponseEntity<String> form() {
        var half = half();
        if (Factors.second(half)) {
            return Redirect.to("/");
        }
        return enrolled(half) ? codePage(half, HttpStatus.OK, List.of()) : Redirect.to(ENROLMENT);
    }

    @PostMapping("/sign-in/code")
    ResponseEntity<String> code(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String recovery,
            HttpServletRequest request,
            HttpServletResponse response) {
        var half = half();
        if (Factors.second(half)) {
            return Redirect.to("/");
        }
        if (!enrolled(half)) {
            return Redirect.to(ENROLMENT);
        }
        if (!recovery.isBlank()) {
            return recovery(half, recovery, request, response);
        }
        var check = signIn.code(half.getName(), digits(code));
        if (check != Check.ACCEPTED) {
            return codePage(half, status(check), List.of(new FieldProblem("code", "not_accepted", says(check))));
        }
        finish(half, Factors.TOTP, request, response);
        return Redirect.to(Sessions.wanted(request));
    }

    @GetMapping(ENROLMENT)
    ResponseEntity<String> enrolment() {
        var half = half();
        if (Factors.second(half) || enrolled(half)) {
            return Redirect.to("/sign-in/code");
        }
        return enrolmentPage(half, HttpStatus.OK, List.of());
    }

    @PostMapping(ENROLMENT)
    ResponseEntity<String> enrol(
            @RequestParam(defaultValue = "") String code, HttpServletRequest request, HttpServletResponse response) {
        var half = half();
        if (Factors.second(half) || enrolled(half)) {
            return Redirect.to("/sign-in/code");
        }
        var check = signIn.enrol(half.getName(), digits(code));
        if (check != Check.ACCEPTED) {
            return enrolmentPage(half, status(check), List.of(new FieldProblem("code", "not_accepted", says(check))));
        }
        finish(half, Factors.TOTP, request, response);
        return codesPage(half, request);
    }

    private ResponseEntity<String> recovery(
            Authentication half, String code, HttpServletRequest request, HttpServletResponse response) {
        if (!signIn.recovery(half.getName(), code, request.getRemoteAddr())) {
            var says = "This is not one of your recovery codes, or it was used.";
            return codePage(
                    half,
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    List.of(new FieldProblem("recovery", "not_accepted", says)));
        }
        finish(half, Factors.RECOVERY, request, response);
        return codesPage(half, request);
    }

    void finish(Authentication half, String factor, HttpServletRequest request, HttpServletResponse response) {
        var actor = people.actor(half.getName(), "page");
        sessions.full(request, response, actor, half.getAuthorities(), Factors.granted(factor, time.instant()));
    }

    ResponseEntity<String> codePage(Authentication half, HttpStatus status, List<FieldProblem> faults) {
        var person = people.actor(half.getName(), "page");
        var since = Objects.requireNonNull(Factors.since(half));
        return html.page(
                status,
                "identity/code.jte",
                Map.of(
                        "board", gatehouse.board(),
                        "name", person.name(),
                        "since", gatehouse.time(since),
                        "app", authenticators.enrolled(id(half)),
                        "passkey", passkeys.any(id(half)),
                        "left", authenticators.triesLeft(id(half)).orElse(5),
                        "faults", faults));
    }

    ResponseEntity<String> enrolmentPage(Authentication half, HttpStatus status, List<FieldProblem> faults) {
        var person = people.find(half.getName()).orElseThrow();
        var enrolment = addresses.of(person, authenticators.enrolling(id(half)));
        return html.page(
                status,
                "identity/enrolment.jte",
                Map.of(
                        "board", gatehouse.board(),
                        "qr", enrolment.qr(),
                        "secret", enrolment.secret(),
                        "address", enrolment.address(),
                        "faults", faults));
    }

    ResponseEntity<String> codesPage(Authentication half, HttpServletRequest request) {
        return html.page(
                "identity/codes.jte",
                Map.of(
                        "board", gatehouse.board(),
                        "codes", recoveryCodes.issue(id(half)),
                        "wanted", Sessions.wanted(request)));
    }

    static Authentication half() {
        return Objects.requireNonNull(Sessions.current());
    }

    boolean enrolled(Authentication half) {
        people.actor(half.getName(), "page");
        return authenticators.enrolled(id(half)) || passkeys.any(id(half));
    }

    private static java.util.UUID id(Authentication half) {
        return ActorId.required(half.getName());
    }

    static String digits(String code) {
        return code.replaceAll("[\\s-]", "");
    }

    static HttpStatus status(Check check) {
        return check == Check.PAUSED || check == Check.DISABLED
                ? HttpStatus.TOO_MANY_REQUESTS
                : HttpStatus.UNPROCESSABLE_CONTENT;
    }

    static String says(Check check) {
        return switch (check) {
            case ACCEPTED -> "";
            case WRONG -> "Enter the 6 digits your app shows now.";
            case USED -> "This code was used. Wait for the next one your app shows.";
            case PAUSED ->
                "Too many tries. Codes are taken again after up to " + Authenticators.PAUSE.toMinutes() + " minutes.";
            case DISABLED ->
                "Too many tries. Codes are off for this account; use a recovery code, or ask an administrator.";
        };
    }
}
